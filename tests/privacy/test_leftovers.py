"""Files whose row is gone are removed and counted; what still belongs to somebody stays."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tests.privacy.estate import Estate
from webinar.privacy import leftovers as module
from webinar.privacy.inventory import table_named
from webinar.privacy.leftovers import FilesOfRows, Leftovers, files_of_rows


def put(path: Path, content: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def left(folder: Path) -> set[str]:
    return {
        str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder, beside the database of the test."""
    return tmp_path / "data"


async def removed(estate: Estate, folder: Path) -> int:
    return await Leftovers(estate.db, files_of_rows(folder), folder / "exports").remove()


async def test_each_folder_belongs_to_the_rows_of_its_own_table(estate: Estate, data: Path):
    tables = {"media": "webinar", "prepared": "export_file", "mail": "outgoing_mail", "audit": "account"}
    owners = {"webinar": estate.webinar, "export_file": estate.webinar, "account": estate.account}
    kept = set()
    for folder, table in tables.items():
        whose = owners.get(table, estate.people[0])
        name = f"{folder}/0001-{whose.id(table)}.bin"
        put(data / name)
        put(data / folder / f"0002-{uuid4()}.bin")
        # An id of another table is nobody's here.
        put(data / folder / f"{estate.people[0].id('participant')}.bin")
        kept.add(name)
    assert await removed(estate, data) == 8
    assert left(data) == kept


async def test_ids_are_recognised_however_they_are_written_and_other_names_are_left_alone(
    estate: Estate, data: Path
):
    mine = estate.webinar_id
    names = [f"{mine}", mine.hex, f"{str(mine).upper()}.m3u8", "readme.txt", "0123-4567"]
    for name in names:
        put(data / "media" / name)
    put(data / "media" / f"{uuid4().hex.upper()}-poster.png")
    assert await removed(estate, data) == 1
    assert left(data) == {f"media/{name}" for name in names}


async def test_a_folder_goes_with_all_in_it_and_every_file_counts(estate: Estate, data: Path):
    gone = data / "media" / str(uuid4())
    for name in ("a.ts", "deep/b.ts", "deep/er/c.ts"):
        put(gone / name)
    (gone / "empty").mkdir()
    put(data / "media" / str(estate.webinar_id) / "a.ts")
    assert await removed(estate, data) == 3
    assert left(data) == {f"media/{estate.webinar_id}/a.ts"}
    assert not gone.exists()


async def test_what_was_only_on_its_way_never_stays(estate: Estate, data: Path):
    put(data / "exports" / "one.csv")
    put(data / "exports" / str(estate.webinar_id) / "sheet.xml")
    assert await removed(estate, data) == 2
    assert left(data) == set()
    assert await removed(estate, data) == 0


async def test_a_link_goes_and_what_it_leads_to_stays(estate: Estate, data: Path):
    elsewhere = put(data / "elsewhere" / "kept.txt")
    (data / "media").mkdir(parents=True)
    (data / "media" / str(uuid4())).symlink_to(elsewhere.parent)
    (data / "media" / f"{uuid4()}.ts").symlink_to(elsewhere)
    inside = data / "media" / str(uuid4())
    inside.mkdir()
    (inside / "link").symlink_to(elsewhere)
    assert await removed(estate, data) == 3
    assert left(data) == {"elsewhere/kept.txt"}


async def test_owners_are_looked_up_in_chunks_none_of_which_is_forgotten(
    estate: Estate, data: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "CHUNK", 2)
    mine = [each.id("webinar") for each in (estate.webinar, estate.other_webinar, estate.stranger)]
    gone = [uuid4() for _ in range(4)]
    for row_id in (*mine, *gone):
        put(data / "media" / f"{row_id}.ts")
        put(data / "media" / f"{row_id}.png")
    assert await removed(estate, data) == 8
    assert left(data) == {f"media/{row_id}.{end}" for row_id in mine for end in ("ts", "png")}


async def test_a_hidden_row_has_its_files_until_it_is_deleted(estate: Estate, data: Path):
    await estate.change("webinar", estate.webinar_id, erasure_id=uuid4())
    put(data / "media" / f"{estate.webinar_id}.ts")
    assert await removed(estate, data) == 0


def test_what_is_there_is_told_by_owner(data: Path):
    one, two = UUID(int=1), UUID(int=2)
    found = FilesOfRows(data / "media", table_named("webinar"))
    assert found.owners() == {}
    paths = [put(data / "media" / name) for name in (f"{one}.a", f"{one}.b", f"x-{two}")]
    owners = {owner: sorted(files) for owner, files in found.owners().items()}
    assert owners == {one: paths[:2], two: paths[2:]}


async def test_a_file_that_cannot_be_removed_is_said(
    estate: Estate, data: Path, monkeypatch: pytest.MonkeyPatch
):
    put(data / "media" / f"{uuid4()}.ts")

    def refuse(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(PermissionError):
        await removed(estate, data)


async def test_a_file_that_somebody_else_removed_meanwhile_is_no_error(
    estate: Estate, data: Path, monkeypatch: pytest.MonkeyPatch
):
    path = put(data / "media" / f"{uuid4()}.ts")
    monkeypatch.setattr(module, "_files", lambda path: iter([path.unlink()]))
    assert await removed(estate, data) == 1
    assert not path.exists()
