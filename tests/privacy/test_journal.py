"""The erasure journal: a hash of each erased row, in the database and in a file for each day, for thirty days."""

import hashlib
import json
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete

from tests.support.installation import SECRET, MovableClock
from webinar.db import Database
from webinar.models import Erasable, JournalEntry
from webinar.privacy import journal as module
from webinar.privacy.journal import (
    Entry,
    Journal,
    Stamp,
    digest_of,
    forget_old_entries,
    installation_of,
    note_erased,
    read_files,
    read_journal,
    write_files,
)
from webinar.signing import Signer

ROW = UUID("8b2e4a2c-6a53-4f1f-9f0e-0d8d3b9b7c11")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def an_entry(at: datetime = NOON, kind: Erasable = Erasable.PARTICIPANT) -> Entry:
    return Entry(kind, digest_of(kind, uuid4()), at)


async def note(database: Database, at: datetime, *ids: UUID, kind: Erasable = Erasable.PARTICIPANT) -> None:
    async with database.writing() as db:
        await note_erased(db, kind, ids, at)


async def noted(database: Database, since: datetime | None = None) -> list[Entry]:
    async with database.reading() as db:
        return await read_journal(db, since)


def test_a_row_is_known_by_a_hash_of_its_kind_and_id_that_old_journals_have_too():
    assert (
        digest_of(Erasable.PARTICIPANT, ROW) == hashlib.sha256(f"erased participant {ROW}".encode()).digest()
    )
    assert digest_of(Erasable.MESSAGE, ROW) != digest_of(Erasable.PARTICIPANT, ROW)


def test_an_installation_knows_its_own_journal_and_nobody_its_secret():
    ours = installation_of(Signer(SECRET, MovableClock()))
    assert ours == Signer(SECRET, MovableClock()).derive("erasure-journal").hex()[:32]
    assert len(ours) == 32
    assert installation_of(Signer("another secret, just as long as ours", MovableClock())) != ours


async def test_what_is_noted_is_read_back_oldest_first(
    bare_database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "CHUNK", 2)
    many = [uuid4() for _ in range(5)]
    await note(bare_database, NOON, *many)
    await note(bare_database, NOON - DAY, ROW, kind=Erasable.WEBINAR)
    await note(bare_database, NOON)
    entries = await noted(bare_database)
    assert entries[0] == Entry(Erasable.WEBINAR, digest_of(Erasable.WEBINAR, ROW), NOON - DAY)
    digests = sorted(digest_of(Erasable.PARTICIPANT, each) for each in many)
    assert entries[1:] == [Entry(Erasable.PARTICIPANT, digest, NOON) for digest in digests]
    assert await noted(bare_database, NOON) == entries[1:]
    assert await noted(bare_database, NOON - DAY) == entries
    assert await noted(bare_database, NOON + DAY) == []


async def test_after_thirty_days_an_entry_is_forgotten(bare_database: Database):
    for seconds in (-1, 0):
        await note(bare_database, NOON + timedelta(seconds=seconds), uuid4())
    async with bare_database.writing() as db:
        await forget_old_entries(db, NOON + 30 * DAY)
    assert [entry.at for entry in await noted(bare_database)] == [NOON]


def test_the_files_hold_what_was_written_and_whose_it_is(tmp_path: Path):
    folder = tmp_path / "deep" / "journal"
    midnight = datetime(2026, 11, 23, 23, 59, 59, 1, tzinfo=UTC)
    entries = [an_entry(), an_entry(midnight, Erasable.MESSAGE), an_entry(midnight + DAY, Erasable.QUESTION)]
    stamp = Stamp("ours", NOON + 2 * DAY)
    write_files(folder, entries, stamp)
    assert sorted(path.name for path in folder.iterdir()) == [
        "2026-11-23.txt",
        "2026-11-24.txt",
        "stamp.json",
    ]
    assert folder.stat().st_mode & 0o777 == 0o700
    found = read_files(folder)
    assert found is not None
    assert found[0] == stamp
    assert found[1] == sorted(entries, key=lambda entry: entry.at)
    assert json.loads((folder / "stamp.json").read_text()) == {
        "installation": "ours", "complete_until": "2026-11-25T12:00:00+00:00",
    }  # fmt: skip


def test_a_day_is_one_of_utc_whatever_the_zone_of_the_entry_or_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    late = datetime(2026, 11, 23, 1, 0, tzinfo=timezone(timedelta(hours=2)))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        write_files(tmp_path, [an_entry(late)], Stamp("ours", NOON))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert (tmp_path / "2026-11-22.txt").exists()


def test_a_database_from_a_backup_takes_nothing_out_of_the_files(tmp_path: Path):
    first, second = an_entry(), an_entry()
    write_files(tmp_path, [first], Stamp("ours", NOON))
    write_files(tmp_path, [second], Stamp("ours", NOON))
    found = read_files(tmp_path)
    assert found is not None
    assert set(found[1]) == {first, second}
    assert len((tmp_path / "2026-11-23.txt").read_text().splitlines()) == 2


def test_a_file_that_says_everything_already_is_not_written_again(tmp_path: Path):
    entry = an_entry()
    write_files(tmp_path, [entry], Stamp("ours", NOON))
    before = (tmp_path / "2026-11-23.txt").stat().st_ino
    write_files(tmp_path, [entry], Stamp("ours", NOON + DAY))
    assert (tmp_path / "2026-11-23.txt").stat().st_ino == before
    found = read_files(tmp_path)
    assert found == (Stamp("ours", NOON + DAY), [entry])


def test_files_go_when_no_backup_can_be_that_old(tmp_path: Path):
    entries = [an_entry(NOON - DAY), an_entry(NOON)]
    write_files(tmp_path, entries, Stamp("ours", NOON))
    (tmp_path / "notes.txt").touch()
    write_files(tmp_path, [], Stamp("ours", NOON + 30 * DAY))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2026-11-23.txt", "notes.txt", "stamp.json"]


def test_without_a_stamp_there_is_no_journal_and_a_broken_one_is_not_taken(tmp_path: Path):
    assert read_files(tmp_path) is None
    assert read_files(tmp_path / "nowhere") is None
    write_files(tmp_path, [an_entry()], Stamp("ours", NOON))
    (tmp_path / "2026-11-23.txt").write_text("this is no line")
    with pytest.raises(ValueError, match="unpack"):
        read_files(tmp_path)
    (tmp_path / "stamp.json").write_text("{")
    with pytest.raises(ValueError, match="Expecting"):
        read_files(tmp_path)


@pytest.fixture
def journal(bare_database: Database, tmp_path: Path) -> Journal:
    return Journal(bare_database, tmp_path / "journal", "ours", MovableClock(NOON))


def clock_of(journal: Journal) -> MovableClock:
    clock = journal._clock
    assert isinstance(clock, MovableClock)
    return clock


def in_files(journal: Journal) -> tuple[Stamp, set[Entry]]:
    found = read_files(journal.folder)
    assert found is not None
    return found[0], set(found[1])


async def test_the_files_follow_the_database(bare_database: Database, journal: Journal):
    await note(bare_database, NOON - 9 * DAY, uuid4())
    await note(bare_database, NOON, uuid4())
    assert await journal.write()
    assert in_files(journal) == (Stamp("ours", NOON), set(await noted(bare_database)))
    clock_of(journal).move(hours=1)
    await note(bare_database, NOON + timedelta(hours=1), uuid4())
    assert await journal.write()
    stamp, entries = in_files(journal)
    assert stamp.complete_until == NOON + timedelta(hours=1)
    assert entries == set(await noted(bare_database))


async def test_once_all_is_written_only_the_days_that_can_change_are_read(bare_database, journal: Journal):
    assert await journal.write()
    late = [(days, uuid4()) for days in (3, 2)]
    for days, row_id in late:
        await note(bare_database, NOON - days * DAY, row_id)
    assert await journal.write()
    assert {entry.at for entry in in_files(journal)[1]} == {NOON - 2 * DAY}


async def test_a_disk_that_refuses_keeps_nobody_waiting_and_is_tried_again_with_everything(
    bare_database: Database, journal: Journal
):
    await note(bare_database, NOON - 9 * DAY, uuid4())
    journal.folder.parent.mkdir(exist_ok=True)
    journal.folder.write_text("a file is in the way")
    assert await journal.write() is False
    journal.folder.unlink()
    assert await journal.write() is True
    assert in_files(journal)[1] == set(await noted(bare_database))


async def test_what_the_database_lost_stays_in_the_files(bare_database: Database, journal: Journal):
    await note(bare_database, NOON, uuid4())
    await journal.write()
    kept = in_files(journal)[1]
    async with bare_database.writing() as db:
        await db.exec(delete(JournalEntry))
    await note(bare_database, NOON, uuid4())
    await journal.write()
    assert in_files(journal)[1] == kept | set(await noted(bare_database))
