"""The search that ends an erasure: what is left anywhere keeps it open, and what others said does not."""

import asyncio
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete, insert, update
from sqlmodel import col

from tests.privacy.test_erasure import House, furnish, house
from tests.support.samples import NOW
from webinar import db as database
from webinar.db import Database
from webinar.models import (
    ChatMessage,
    DataClass,
    Erasable,
    ErasureReceipt,
    ErasureScope,
    ErasureStep,
    ErasureWait,
    JournalEntry,
    Participant,
    declared,
)
from webinar.privacy import search
from webinar.privacy.eraser import Eraser, Proof
from webinar.privacy.erasure import erase_participant_rows, erase_webinar_rows
from webinar.privacy.inventory import table_named
from webinar.privacy.proof.canaries import Planted, plant_participant
from webinar.privacy.search import Search, searched_stores
from webinar.privacy.wanted import MOST_IDS, MOST_TEXTS, PEOPLE, recall, want_people
from webinar.schema import migrate

__all__ = ["house"]


async def receipt_of(house: House, receipt: ErasureReceipt) -> ErasureReceipt:
    async with house.db.reading() as db:
        return await db.get_one(ErasureReceipt, receipt.id)


async def erase(house: House, *people: Planted) -> ErasureReceipt:
    return await house.erase_participants(house.selecting(*people))


def after_a_restart(house: House) -> Eraser:
    """What a process that comes later has: the same folder and nothing in memory."""
    before = house.eraser
    return Eraser(
        house.db,
        before._clock,
        house.rooms,
        before._leftovers,
        before._journal,
        proof=Proof(Search(house.db, searched_stores(house.folder, house.folder / "journal")), before.seal),
        ballast=before._ballast,
    )


def number_of(person: Planted, kind: DataClass) -> int:
    """How many values of that kind a person left; a new column is counted by itself."""
    columns = [(name, column) for name in person.own for column in table_named(name).columns]
    return len(
        {
            person.rows[name][column.name]
            for name, column in columns
            if (found := declared(column)) is not None and found.data_class is kind
        }
    )


def something_of(person: Planted, what: str) -> bytes:
    values: dict[str, Any] = {
        "id": person.id("participant").bytes,
        "id in words": str(person.id("chat_message")).encode(),
        "token": person.rows["participant_session"]["token_hash"].hex().encode(),
        "address": person.rows["participant"]["email"].encode("utf-16-le"),
        "text": person.rows["question"]["body"].encode(),
    }
    found: bytes = values[what]
    return found


async def test_the_receipt_says_what_was_looked_for_in_which_bytes_and_that_none_was_found(house: House):
    receipt = await erase(house, house.participants[0])

    said = receipt.searched
    assert (said["found"], said["shared"], said["left_out"], said["taken_up"]) == (0, 0, 0, False)
    gone = house.participants[0]
    assert said["values"]["addresses"] == number_of(gone, DataClass.CONTACT) > 1
    assert said["values"]["hashes"] == number_of(gone, DataClass.CREDENTIAL) > 2
    assert said["values"]["ids"] > 5
    assert said["values"]["texts"] > 2
    assert list(said["octets"]) == ["mails", "exports", "audit", "journal", "database"]
    # The file, and what the erasure itself wrote into the log meanwhile.
    assert said["octets"]["database"] >= (house.folder / "webinar.sqlite3").stat().st_size
    assert said["octets"]["mails"] > 0


@pytest.mark.parametrize("what", ["id", "id in words", "token", "address", "text"])
async def test_what_is_left_in_a_file_keeps_the_erasure_open_until_it_is_gone(house: House, what: str):
    stray = house.folder / "mail" / "copy.eml"
    stray.write_bytes(b"Subject: lost\n\n" + something_of(house.participants[0], what))

    receipt = await erase(house, house.participants[0])
    assert (receipt.verified_at, receipt.waits_for, receipt.waits_in) == (None, ErasureWait.FOUND, "mails")
    assert not await house.eraser.finish_open()

    stray.unlink()
    assert await house.eraser.finish_open()
    done = await receipt_of(house, receipt)
    assert done.verified_at
    assert (done.waits_for, done.waits_in, done.searched["found"]) == (None, "", 0)


async def test_bytes_that_the_database_keeps_are_found_and_scrubbed_before_anything_is_claimed(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    async def careless(_: Database) -> bool:
        return True

    with monkeypatch.context() as broken:
        broken.setattr(Database, "scrub", careless)
        receipt = await erase(house, house.participants[0])
    assert (receipt.step, receipt.waits_for, receipt.waits_in) == (
        ErasureStep.ROWS,
        ErasureWait.FOUND,
        "database",
    )
    assert await house.eraser.finish_open()


async def test_after_a_search_another_process_can_come_and_go_and_nothing_is_lost(house: House):
    await erase(house, house.participants[0])
    file = str(house.db.url.database)
    # As `webinar verify-audit` does while the installation runs; the last one to leave takes SQLite's log away.
    await in_another_process(file, "SELECT count(*) FROM participant")
    async with house.db.writing() as db:
        await db.exec(update(Participant).values(display_name="Written afterwards"))
    seen = await in_another_process(file, "SELECT DISTINCT display_name FROM participant")
    assert seen.strip() == b"Written afterwards"


async def in_another_process(file: str, statement: str) -> bytes:
    code = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); print(*db.execute(sys.argv[2]).fetchone()); db.close()"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, file, statement, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    assert process.returncode == 0
    return said


async def test_a_name_of_a_file_is_searched_too(house: House):
    stray = (
        house.folder / "audit" / f"of {something_of(house.participants[0], 'address').decode('utf-16-le')}"
    )
    stray.parent.mkdir()
    stray.touch()
    receipt = await erase(house, house.participants[0])
    assert receipt.waits_in == "audit"


async def test_an_address_that_somebody_else_has_too_is_not_held_against_the_erasure(house: House):
    gone, other = house.participants[0], house.other_participant
    async with house.db.writing() as db:
        same = {name: gone.rows["participant"][name] for name in ("email", "email_key")}
        them = update(Participant).where(col(Participant.id) == other.id("participant"))
        await db.exec(them.values(**same))
    mail = next((house.folder / "mail").glob(f"*{other.id('outgoing_mail')}*"))
    mail.write_text(gone.rows["participant"]["email"])

    receipt = await erase(house, gone)
    assert receipt.verified_at
    assert receipt.searched["shared"] == 2


@pytest.mark.parametrize("their", ["id in words", "token", "text"])
async def test_nobody_can_hold_an_erasure_up_by_saying_what_will_be_looked_for(house: House, their: str):
    gone, stays = house.participants[:2]
    words = something_of(gone, their).decode()
    async with house.db.writing() as db:
        said = update(ChatMessage).where(col(ChatMessage.id) == stays.id("chat_message"))
        await db.exec(said.values(body=f"Look at this: {words.upper()} 100%_!"))

    receipt = await erase(house, gone)
    assert receipt.verified_at
    assert receipt.searched["shared"] == 1


@pytest.mark.parametrize(
    "words", ["CREATE TABLE participant ( account_id", "Да, я хочу спросить, когда будет запись"]
)
async def test_words_that_stand_in_every_database_are_not_held_against_the_erasure(house: House, words: str):
    gone = house.participants[0]
    with closing(sqlite3.connect(house.folder / "webinar.sqlite3")) as connection:
        (schema,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'participant'").fetchone()
    body = schema[:60] if words.startswith("CREATE") else words
    async with house.db.writing() as db:
        await db.exec(
            update(ChatMessage).where(col(ChatMessage.id) == gone.id("chat_message")).values(body=body)
        )

    assert (await erase(house, gone)).verified_at


async def test_the_note_for_a_later_process_holds_ids_only_and_goes_with_the_proof(house: House):
    gone = house.participants[0]
    async with house.db.writing() as db:
        erased = await erase_participant_rows(db, house.selecting(gone), role="owner", now=NOW)
    noted = (await receipt_of(house, erased.receipt)).wanted
    assert gone.id("participant") in recall(noted).ids
    assert gone.id("participant").bytes not in noted
    assert len(noted) == 16 * len(recall(noted).ids)

    done = await house.eraser.finish(erased)
    assert done.verified_at
    assert done.wanted == b""


async def test_a_process_that_takes_an_erasure_up_searches_for_the_ids_and_says_so(house: House):
    gone = house.participants[0]
    stray = house.folder / "mail" / "copy.eml"
    stray.write_bytes(something_of(gone, "id"))
    receipt = await erase(house, gone)

    later = after_a_restart(house)
    assert not await later.finish_open()
    assert (await receipt_of(house, receipt)).waits_in == "mails"
    stray.unlink()
    assert await later.finish_open()

    said = (await receipt_of(house, receipt)).searched
    assert said["taken_up"]
    assert said["values"]["ids"] > 5
    assert said["values"]["addresses"] == said["values"]["hashes"] == said["values"]["texts"] == 0


async def test_a_process_that_takes_a_large_erasure_up_sees_the_rows_that_are_still_there(house: House):
    async with house.db.writing() as db:
        erased = await erase_webinar_rows(
            db, house.account.id("account"), house.webinar.id("webinar"), role="owner", now=NOW
        )
    assert await after_a_restart(house).finish_open()
    said = (await receipt_of(house, erased.receipt)).searched
    assert not said["taken_up"]
    assert said["values"]["addresses"] == sum(
        number_of(each, DataClass.CONTACT) for each in house.participants
    )


async def test_however_many_go_few_values_are_looked_for(house: House):
    async with house.db.writing() as db:
        crowd = [await plant_participant(db, house.webinar) for _ in range(PEOPLE + 5)]
    async with house.db.reading() as db:
        wanted = await want_people(db, house.selecting(*crowd))
    counts = wanted.counts()
    assert counts["addresses"] == number_of(crowd[0], DataClass.CONTACT) * PEOPLE
    assert PEOPLE < counts["ids"] <= MOST_IDS
    assert counts["texts"] == MOST_TEXTS
    together = recall(wanted.note())
    for _ in range(MOST_IDS):
        together.add(recall(uuid4().bytes))
    assert together.counts()["ids"] == MOST_IDS


async def test_erasures_that_wait_share_one_search(house: House, monkeypatch: pytest.MonkeyPatch):
    searches: list[object] = []
    one = Search._search

    async def counted(self: Search, first: Any) -> Any:
        searches.append(first)
        return await one(self, first)

    monkeypatch.setattr(Search, "_search", counted)
    looking = house.eraser._search
    wanted = [recall(uuid4().bytes) for _ in range(5)]
    outcomes = await asyncio.gather(*(looking.look_for(each) for each in wanted))
    assert [each.found_in for each in outcomes] == [[]] * 5
    # The first, which found nobody waiting, and one for all who came meanwhile.
    assert len(searches) == 2

    # Each is told of its own: the others' are none of its business.
    (house.folder / "mail" / "copy").write_text(str(next(iter(wanted[3].ids))))
    outcomes = await asyncio.gather(*(looking.look_for(each) for each in wanted))
    assert [each.found_in for each in outcomes] == [[], [], [], ["mails"], []]


async def test_a_search_that_fails_leaves_the_others_to_search_by_themselves(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    looking = house.eraser._search
    files = Database.files
    failures = [OSError()]

    def failing(self: Database) -> list[Path]:
        if failures:
            raise failures.pop()
        return files(self)

    monkeypatch.setattr(Database, "files", failing)
    outcomes = await asyncio.gather(
        *(looking.look_for(recall(uuid4().bytes)) for _ in range(3)), return_exceptions=True
    )
    assert [isinstance(each, OSError) for each in outcomes] == [True, False, False]


async def test_what_is_beyond_the_bytes_of_one_search_is_said(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(search, "MOST_OCTETS", search.PORTION)
    receipt = await erase(house, house.participants[0])
    assert receipt.verified_at
    size = (house.folder / "webinar.sqlite3").stat().st_size
    read = sum(receipt.searched["octets"].values())
    assert 0 < read <= search.PORTION
    assert read + receipt.searched["left_out"] >= size


@pytest.mark.postgres
async def test_on_postgresql_every_row_of_every_table_is_searched(postgres_url: str, tmp_path: Path):
    await asyncio.to_thread(migrate, postgres_url)
    db = Database(postgres_url)
    house = await furnish(db, tmp_path)
    gone, stays, also = house.participants
    # A reference that no foreign key takes away.
    dangling = {
        "id": uuid4(),
        "account_id": house.account.id("account"),
        "scope": ErasureScope.WORDS,
        "subject_id": gone.id("participant"),
        "role": "owner",
        "requested_at": NOW,
        "verified_at": NOW,
    }
    async with db.writing() as unit:
        await unit.exec(insert(ErasureReceipt).values(**dangling))
        said = update(ChatMessage).where(col(ChatMessage.id) == stays.id("chat_message"))
        await unit.exec(said.values(body=str(also.id("chat_message"))))

    receipt = await erase(house, gone)
    assert (receipt.waits_for, receipt.waits_in) == (ErasureWait.FOUND, "tables")
    async with db.writing() as unit:
        await unit.exec(delete(ErasureReceipt).where(col(ErasureReceipt.id) == dangling["id"]))
    assert await house.eraser.finish_open()
    said_now = (await receipt_of(house, receipt)).searched
    assert list(said_now["octets"]) == ["mails", "exports", "audit", "journal", "tables"]
    assert said_now["octets"]["tables"] > 1000

    also_gone = await erase(house, also)
    assert also_gone.verified_at
    assert also_gone.searched["shared"] == 1
    await db.close()


@pytest.mark.postgres
async def test_on_postgresql_a_table_is_read_page_by_page_to_its_last_row(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(database, "PAGES_AT_ONCE", 1)
    await asyncio.to_thread(migrate, postgres_url)
    db = Database(postgres_url)
    digests = [uuid4().bytes * 20 for _ in range(200)]
    rows = [{"id": uuid4(), "subject": Erasable.WEBINAR, "digest": each, "at": NOW} for each in digests]
    async with db.writing() as unit:
        await unit.exec(insert(JournalEntry).values(rows))
    read = bytearray()

    async def take(data: bytes) -> None:
        read.extend(data)

    await db.read_tables(["erasure_journal"], take)
    assert not [each for each in digests if each not in read]
    await db.close()
