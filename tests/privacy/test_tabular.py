"""Tables on their way out: harmless for spreadsheets, exact for programs, whole when opened again."""

import asyncio
import csv
import io
import json
import shutil
import zipfile
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from webinar.errors import Conflict
from webinar.privacy import tabular
from webinar.privacy.tabular import Cell, Table, csv_chunks, harmless, json_chunks, xlsx_chunks

TRIGGERS = ["=", "+", "-", "@", "\t", "\r", "\0"]
MOMENT = datetime(2026, 11, 23, 12, 0, 5, tzinfo=UTC)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def a_table(*pages: Sequence[Sequence[Cell]], headings: Sequence[str] = ("Name",)) -> Table[Sequence[Cell]]:
    async def all_pages() -> AsyncIterator[Sequence[Sequence[Cell]]]:
        for page in pages:
            yield page

    return Table(headings, all_pages, lambda row: row, lambda row: {"cells": list(row)})


async def as_bytes(chunks: AsyncIterator[bytes]) -> bytes:
    return b"".join([chunk async for chunk in chunks])


async def as_csv(table: Table) -> list[list[str]]:
    text = (await as_bytes(csv_chunks(table))).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


async def as_sheets(table: Table, folder: Path) -> list[list[list[str | None]]]:
    """The sheets of the workbook; a cell that is a formula fails."""
    content = await as_bytes(xlsx_chunks(table, folder))
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
        sheets = [ET.fromstring(book.read(name)) for name in names]
    assert not [formula for sheet in sheets for formula in sheet.iter(f"{MAIN}f")]
    return [
        [["".join(cell.itertext()) for cell in row.iter(f"{MAIN}c")] for row in sheet.iter(f"{MAIN}row")]
        for sheet in sheets
    ]


@pytest.mark.parametrize("trigger", TRIGGERS)
@pytest.mark.parametrize("before", ["", ",", ";", "|", '"', "\n", "a,", "a; ", "  "])
async def test_what_a_spreadsheet_would_take_for_a_formula_is_text(trigger: str, before: str, tmp_path: Path):
    typed = f"{before}{trigger}cmd|' /C calc'!A0"
    table = a_table([[typed]], headings=(typed,))
    place = before.rstrip(" ")
    assert harmless(typed).startswith(f"{place}'")
    for row in await as_csv(table):
        assert row == [harmless(typed)]
    [sheet] = await as_sheets(table, tmp_path)
    assert all(cell and cell.startswith(f"{place}'") for row in sheet for cell in row)


@given(st.text(alphabet=st.sampled_from([*TRIGGERS, *",;|\"\n ' abé"]), max_size=12))
@example("\t=1")
@example('","=1')
def test_no_cell_begins_like_a_formula_however_the_text_is_taken_apart(text: str):
    for separators in ("\n", "\n,", "\n;", "\n|", '\n"', '\n,;|"'):
        cells = harmless(text)
        for separator in separators:
            cells = cells.replace(separator, "\n")
        for cell in cells.split("\n"):
            assert not cell.lstrip(" ").startswith(tuple("=+-@\t\r\0")), repr(harmless(text))


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="=+-@\t\r\0＝＋－＠")))
def test_text_without_such_characters_is_left_as_it_is(text: str):
    assert harmless(text) == text


@given(st.lists(st.lists(st.text(alphabet=st.characters(codec="utf-8")), min_size=2, max_size=2), max_size=5))
async def test_a_csv_opened_again_has_the_same_rows(rows: list[list[str]]):
    found = await as_csv(a_table(rows, headings=("a", "b")))
    assert found == [["a", "b"], *([harmless(cell) for cell in row] for row in rows)]


async def test_numbers_stay_numbers_and_times_are_in_utc(tmp_path: Path):
    row: list[Cell] = [-5, 2.5, True, None, MOMENT]
    assert await as_csv(a_table([row])) == [["Name"], ["-5", "2.5", "yes", "", "2026-11-23 12:00:05"]]
    [[_, cells]] = await as_sheets(a_table([row]), tmp_path)
    assert cells[:3] == ["-5", "2.5", "yes"]


async def test_a_csv_begins_with_a_byte_order_mark_so_that_excel_reads_accents():
    assert (await as_bytes(csv_chunks(a_table([["Zoë"]])))).startswith(b"\xef\xbb\xbf")


async def test_json_says_exactly_what_is_stored():
    table = a_table([["=1+1"], ["b"]], [["c"]])
    assert json.loads(await as_bytes(json_chunks(table))) == [
        {"cells": ["=1+1"]},
        {"cells": ["b"]},
        {"cells": ["c"]},
    ]
    assert json.loads(await as_bytes(json_chunks(a_table()))) == []


async def test_a_full_sheet_is_continued_on_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tabular, "XLSX_ROWS", 3)
    sheets = await as_sheets(a_table([["a"], ["b"]], [["c"]]), tmp_path)
    assert sheets == [[["Name"], ["a"], ["b"]], [["Name"], ["c"]]]


async def test_a_workbook_leaves_no_file_behind(tmp_path: Path):
    await as_bytes(xlsx_chunks(a_table([["a"]]), tmp_path / "tmp"))
    assert list((tmp_path / "tmp").iterdir()) == []


async def test_a_workbook_that_an_erasure_took_away_is_not_handed_out(tmp_path: Path):
    async def pages() -> AsyncIterator[Sequence[Sequence[Cell]]]:
        yield [["erased meanwhile"]]
        [made_in] = await asyncio.to_thread(lambda: list(tmp_path.iterdir()))
        await asyncio.to_thread(shutil.rmtree, made_in)

    table = Table(("Name",), pages, lambda row: row, lambda row: {})
    with pytest.raises(Conflict, match="erased"):
        await as_bytes(xlsx_chunks(table, tmp_path))
