"""Tables on their way out: CSV, JSON and XLSX, page by page, so that memory doesn't grow with the rows.

Text in CSV and XLSX is made harmless for spreadsheets (ASVS 5 1.2.10); JSON says exactly what is stored.
"""

import asyncio
import csv
import io
import re
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Generic, TypeVar

import msgspec
import xlsxwriter  # type: ignore[import-untyped]

from webinar.errors import Conflict

Row = TypeVar("Row")
Cell = str | int | float | bool | datetime | None

# Excel takes a CSV without it for the country's old 8-bit encoding and garbles every accent.
BYTE_ORDER_MARK = "\ufeff"
XLSX_ROWS = 1_048_576
CHUNK_BYTES = 256 * 1024

# A cell that begins with one of these is a formula to a spreadsheet. A cell may also begin where a separator or a
# quote inside a text is taken for the real one, so what follows those is looked at too, blanks skipped.
STARTS_FORMULA = re.compile(
    r"""(^|[,;|"\t\r\n])(?=[ \v\f\xa0\ufeff\u200b]{0,40}[=+\-@\t\r\0\uff1d\uff0b\uff0d\uff20])"""
)


@dataclass(frozen=True)
class Table(Generic[Row]):
    """What is exported: its headings, its rows by the page, and a row as cells or as JSON facts."""

    headings: Sequence[str]
    pages: Callable[[], AsyncIterator[Sequence[Row]]]
    cells: Callable[[Row], Sequence[Cell]]
    facts: Callable[[Row], Mapping[str, Any]]


def harmless(text: str) -> str:
    """`text` with an apostrophe wherever a spreadsheet would see the start of a formula."""
    return STARTS_FORMULA.sub(r"\1'", text)


async def csv_chunks(table: Table[Row]) -> AsyncIterator[bytes]:
    """The table as CSV after RFC 4180: UTF-8 with a byte order mark, times in UTC."""
    yield (BYTE_ORDER_MARK + csv_lines([table.headings])).encode()
    async for page in table.pages():
        yield csv_lines([table.cells(row) for row in page]).encode()


async def json_chunks(table: Table[Row]) -> AsyncIterator[bytes]:
    """The table as one JSON array of objects."""
    opening = b"[\n"
    async for page in table.pages():
        for row in page:
            yield opening + msgspec.json.encode(table.facts(row))
            opening = b",\n"
    yield b"[]\n" if opening == b"[\n" else b"\n]\n"


async def xlsx_chunks(table: Table[Row], folder: Path) -> AsyncIterator[bytes]:
    """The table as an XLSX workbook, made in a folder of its own inside `folder` that is gone at the end.

    Raises Conflict when an erasure took the unfinished file away: it would hold what was just erased.
    """
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as made_in:
        path = Path(made_in) / "table.xlsx"
        try:
            await _write_workbook(table, path)
            file = await asyncio.to_thread(path.open, "rb")
        except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
            if path.parent.exists():
                raise
            raise Conflict("Data was erased while this file was made. Please export again.") from error
        with file:
            while chunk := await asyncio.to_thread(file.read, CHUNK_BYTES):
                yield chunk


def chunks_of(table: Table[Any], kind: str, folder: Path) -> AsyncIterator[bytes]:
    """The table as `csv`, `json` or `xlsx`; the last is made in `folder`."""
    if kind == "xlsx":
        return xlsx_chunks(table, folder)
    return csv_chunks(table) if kind == "csv" else json_chunks(table)


def csv_lines(rows: Sequence[Sequence[Cell]]) -> str:
    """`rows` as lines of CSV, every cell made harmless."""
    lines: IO[str] = io.StringIO(newline="")
    csv.writer(lines, lineterminator="\r\n").writerows([_csv_cell(cell) for cell in row] for row in rows)
    lines.seek(0)
    return lines.read()


def _csv_cell(cell: Cell) -> str | int | float:
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else cell


async def _write_workbook(table: Table[Row], path: Path) -> None:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "tmpdir": str(path.parent),
    }
    book = xlsxwriter.Workbook(str(path), options)
    sheets = _Sheets(book, table.headings)
    try:
        async for page in table.pages():
            await asyncio.to_thread(sheets.write, [table.cells(row) for row in page])
        await asyncio.to_thread(book.close)
    except BaseException:
        # Somebody who stopped the download, or an erasure: the library would leave the rows' files open.
        for sheet in book.worksheets():
            sheet.row_data_fh.close()
        book.fileclosed = True
        raise


class _Sheets:
    """Rows in a workbook, on a further sheet whenever one is full."""

    def __init__(self, book: Any, headings: Sequence[str]) -> None:
        self._book = book
        self._headings = headings
        self._bold = book.add_format({"bold": True})
        self._time = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._begin()

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        for row in rows:
            if self._next == XLSX_ROWS:
                self._begin()
            for column, cell in enumerate(row):
                self._write_cell(column, cell)
            self._next += 1

    def _begin(self) -> None:
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, max(0, len(self._headings) - 1), 22)
        for column, heading in enumerate(self._headings):
            self._sheet.write_string(0, column, harmless(heading), self._bold)
        self._next = 1

    def _write_cell(self, column: int, cell: Cell) -> None:
        if isinstance(cell, datetime):
            moment = cell.astimezone(UTC).replace(tzinfo=None)
            self._sheet.write_datetime(self._next, column, moment, self._time)
        elif isinstance(cell, int | float) and not isinstance(cell, bool):
            self._sheet.write_number(self._next, column, cell)
        elif cell is not None:
            self._sheet.write_string(self._next, column, str(_csv_cell(cell)))
