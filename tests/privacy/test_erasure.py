"""Erasure: the rows, the files, and every byte in which they were."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, insert, update
from sqlmodel import col, select

from tests.privacy.estate import WRITTEN
from tests.support.canaries import found_in, places
from tests.support.installation import MovableClock
from tests.support.samples import NOW
from webinar import db as database
from webinar.db import Database
from webinar.errors import NotFound
from webinar.models import (
    ErasureProof,
    ErasureReceipt,
    ErasureScope,
    Participant,
    Question,
    QuestionVote,
    Webinar,
)
from webinar.privacy.ballast import Ballast
from webinar.privacy.eraser import Eraser, Proof
from webinar.privacy.erasure import erase_account_rows, erase_participant_rows, erase_webinar_rows
from webinar.privacy.inventory import Within, all_tables, count_rows, table_named
from webinar.privacy.journal import Journal
from webinar.privacy.leftovers import Leftovers, files_of_rows
from webinar.privacy.proof.canaries import Canary, Planted, plant_account, plant_participant, plant_webinar
from webinar.privacy.search import Search, searched_stores
from webinar.schema import migrate
from webinar.seal import Seal
from webinar.settings import Settings

# What ends with an erasure because it may hold somebody, and is nobody's row.
ENDED = {"export_file"}


class Rooms:
    """The open rooms, which only take notes here."""

    def __init__(self) -> None:
        self.refreshed: list[UUID] = []
        self.reached = True

    async def close_room(self, webinar_id: UUID) -> None:
        self.refreshed.append(webinar_id)


@dataclass
class House:
    """A data folder in which two accounts hold webinars with participants, and what erases in it."""

    db: Database
    folder: Path
    rooms: Rooms
    eraser: Eraser
    account: Planted
    webinar: Planted
    other_webinar: Planted
    participants: list[Planted]
    other_participant: Planted
    stranger: Planted

    async def erase_participants(self, within: Within, role: str = "owner") -> ErasureReceipt:
        async with self.db.writing() as db:
            erased = await erase_participant_rows(db, within, role=role, now=NOW)
        return await self.eraser.finish(erased)

    async def erase_webinar(self, webinar: Planted) -> ErasureReceipt:
        async with self.db.writing() as db:
            erased = await erase_webinar_rows(
                db, self.account.id("account"), webinar.id("webinar"), role="owner", now=NOW
            )
        return await self.eraser.finish(erased)

    async def erase_account(self) -> ErasureReceipt:
        async with self.db.writing() as db:
            erased = await erase_account_rows(db, self.account.id("account"), role="owner", now=NOW)
        return await self.eraser.finish(erased)

    def selecting(self, *participants: Planted) -> Within:
        ids = [planted.id("participant") for planted in participants]
        selection = select(col(Participant.id)).where(col(Participant.id).in_(ids))
        return Within(self.account.id("account"), self.webinar.id("webinar"), selection)

    def found(self, *planted: Planted) -> set[tuple[str, str]]:
        """The personal columns of which a canary is found somewhere in the data folder."""
        return {(canary.table, canary.column) for canary in found_in(self.folder, _canaries(*planted))}


def _canaries(*planted: Planted) -> list[Canary]:
    return [canary for some in planted for canary in some.canaries()]


def columns_of(*planted: Planted) -> set[tuple[str, str]]:
    return {(canary.table, canary.column) for canary in _canaries(*planted)}


@pytest.fixture
async def house(settings: Settings) -> AsyncIterator[House]:
    db = Database(settings.database)
    try:
        yield await furnish(db, settings.data_dir)
    finally:
        await db.close()


async def furnish(db: Database, folder: Path) -> House:
    async with db.writing() as unit:
        account = await plant_account(unit)
        webinar = await plant_webinar(unit, account)
        other_webinar = await plant_webinar(unit, account)
        participants = [await plant_participant(unit, webinar) for _ in range(3)]
        other_participant = await plant_participant(unit, other_webinar)
        stranger = await plant_participant(unit, await plant_webinar(unit, await plant_account(unit)))
    rooms = Rooms()
    clock = MovableClock()
    eraser = Eraser(
        db,
        clock,
        rooms,
        Leftovers(db, files_of_rows(folder), folder / "exports"),
        Journal(db, folder / "journal", "ours", clock),
        proof=Proof(Search(db, searched_stores(folder, folder / "journal")), Seal("s" * 32)),
        ballast=Ballast(folder, 4096),
    )
    for planted in (*participants, other_participant, stranger):
        write_files(folder, planted)
    return House(
        db,
        folder,
        rooms,
        eraser,
        account,
        webinar,
        other_webinar,
        participants,
        other_participant,
        stranger,
    )


def write_files(folder: Path, planted: Planted) -> None:
    """What the rest of the house would have written about a participant: media, a mail, an export."""
    email = planted.rows["participant"]["email"]
    for path in (
        folder / "media" / str(planted.id("webinar")) / uuid4().hex / "segment.ts",
        folder / "mail" / f"0001-{planted.id('outgoing_mail')}.eml",
        folder / "exports" / uuid4().hex / "sheet1.xml",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(email, encoding="utf-16")


async def test_erasing_a_participant_leaves_no_byte_of_them_and_all_of_the_others(house: House):
    gone, *staying = house.participants
    everyone = (gone, *staying, house.other_participant, house.stranger)
    assert house.found(*everyone) == columns_of(*everyone)

    receipt = await house.erase_participants(house.selecting(gone))

    assert receipt.verified_at
    assert receipt.proof is ErasureProof.BYTES
    for canary in gone.canaries():
        # The webinar's own folder stays: what it holds is the webinar's, not the participant's.
        assert all(place.endswith("segment.ts") for place in places(house.folder, canary)), canary
    for kept in (*staying, house.other_participant, house.stranger):
        assert house.found(kept) == columns_of(kept)


async def test_erasing_every_participant_leaves_the_webinar(house: House):
    everyone = select(col(Participant.id)).where(col(Participant.webinar_id) == house.webinar.id("webinar"))
    within = Within(house.account.id("account"), house.webinar.id("webinar"), everyone)

    receipt = await house.erase_participants(within, role="admin")

    assert receipt.counts["participant"] == 3
    assert house.found(house.webinar) == columns_of(house.webinar)
    assert house.found(house.other_participant) == columns_of(house.other_participant)


async def test_erasing_a_webinar_leaves_no_byte_of_it_and_all_of_the_others(house: House):
    erased = (house.webinar, *house.participants)
    assert house.found(*erased) == columns_of(*erased)

    receipt = await house.erase_webinar(house.webinar)

    assert receipt.verified_at
    assert receipt.files > 0
    assert house.found(*erased) == set()
    kept = (house.account, house.other_webinar, house.other_participant, house.stranger)
    assert house.found(*kept) == columns_of(*kept)


async def test_erasing_an_account_leaves_no_byte_of_it_and_all_of_the_others(house: House):
    erased = (
        house.account,
        house.webinar,
        house.other_webinar,
        *house.participants,
        house.other_participant,
    )
    assert house.found(*erased) == columns_of(*erased)

    receipt = await house.erase_account()

    assert receipt.verified_at
    assert house.found(*erased) == set()
    assert house.found(house.stranger) == columns_of(house.stranger)


async def test_while_somebody_reads_an_erasure_stays_unverified_and_completes_later(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(database, "SCRUB_TRIES", 1)
    monkeypatch.setattr(database, "SCRUB_PAUSE", 0)
    monkeypatch.setattr(database, "SCRUB_PATIENCE", 0)
    gone = house.participants[0]
    async with house.db.reading() as reader:
        await reader.exec(select(func.count()).select_from(Participant))
        receipt = await house.erase_participants(house.selecting(gone))
        assert receipt.verified_at is None
        assert not await house.eraser.finish_open()

    assert await house.eraser.finish_open()
    async with house.db.reading() as db:
        assert (await db.get_one(ErasureReceipt, receipt.id)).verified_at
    assert ("participant", "email_key") not in house.found(gone)


async def test_the_counts_shown_before_are_what_the_receipt_says_and_what_is_gone(house: House):
    within = house.selecting(*house.participants[:2])
    async with house.db.writing() as db:
        # The third participant's vote for the first one's question goes with the question.
        await db.exec(insert(QuestionVote).values([vote(house.participants[2], house.participants[0])]))
    async with house.db.reading() as db:
        before = await total(house.db)
        counts = await count_rows(db, within)

    receipt = await house.erase_participants(within)

    after = await total(house.db)
    assert receipt.counts == counts
    assert counts["question_vote"] == 3
    gone = {name: before[name] - after[name] for name in before if name not in WRITTEN | ENDED}
    assert {name: number for name, number in gone.items() if number} == counts


async def test_a_receipt_names_no_person(house: House):
    receipt = await house.erase_participants(house.selecting(house.participants[0]))
    assert receipt.scope == ErasureScope.PARTICIPANTS
    assert receipt.subject_id == house.webinar.id("webinar")


async def test_questions_lose_the_votes_of_the_erased(house: House):
    gone, staying, third = house.participants
    async with house.db.writing() as db:
        await db.exec(insert(QuestionVote).values([vote(gone, staying), vote(third, staying)]))
        await db.exec(update(Question).values(votes=3))

    await house.erase_participants(house.selecting(gone))

    async with house.db.reading() as db:
        assert (await db.get_one(Question, staying.id("question"))).votes == 2


async def test_open_pages_of_the_room_are_told_and_find_a_new_epoch(house: House):
    async with house.db.reading() as db:
        before = await db.get_one(Webinar, house.webinar.id("webinar"))

    await house.erase_participants(house.selecting(house.participants[0]))

    async with house.db.reading() as db:
        after = await db.get_one(Webinar, house.webinar.id("webinar"))
    assert after.epoch != before.epoch
    assert after.last_seq > before.last_seq
    assert house.rooms.refreshed == [before.id]


async def test_a_participant_of_another_webinar_or_account_is_not_there_to_be_erased(house: House):
    for other in (house.other_participant, house.stranger):
        with pytest.raises(NotFound):
            await house.erase_participants(house.selecting(other))
    with pytest.raises(NotFound):
        await house.erase_webinar(house.stranger)
    assert house.found(house.other_participant) == columns_of(house.other_participant)


async def test_a_file_that_cannot_be_removed_keeps_the_erasure_unverified(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    def busy(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError

    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", busy)
        receipt = await house.erase_participants(house.selecting(house.participants[0]))
    assert receipt.verified_at is None
    assert await house.eraser.finish_open()


@pytest.mark.postgres
async def test_erasing_on_postgresql_takes_the_same_rows(postgres_url: str, tmp_path: Path):
    await asyncio.to_thread(migrate, postgres_url)
    db = Database(postgres_url)
    house = await furnish(db, tmp_path)
    gone, staying, _ = house.participants

    receipt = await house.erase_participants(house.selecting(gone))
    assert receipt.verified_at
    assert receipt.proof is ErasureProof.TABLES
    assert await remaining(db, gone) == set()
    assert await remaining(db, staying) == set(staying.own)

    await house.erase_webinar(house.webinar)
    assert await remaining(db, house.webinar) | await remaining(db, staying) == set()
    assert await remaining(db, house.other_participant) == set(house.other_participant.own)

    await house.erase_account()
    assert await remaining(db, house.account) <= WRITTEN
    assert await remaining(db, house.stranger) == set(house.stranger.own)
    await db.close()


@pytest.mark.postgres
async def test_on_postgresql_nothing_is_claimed_while_somebody_still_sees_the_rows(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(database, "SCRUB_TRIES", 1)
    monkeypatch.setattr(database, "SCRUB_PAUSE", 0)
    await asyncio.to_thread(migrate, postgres_url)
    db = Database(postgres_url)
    house = await furnish(db, tmp_path)
    async with db.reading() as reader:
        await reader.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        await reader.exec(select(func.count()).select_from(Participant))
        receipt = await house.erase_participants(house.selecting(house.participants[0]))
        assert receipt.verified_at is None

    assert await house.eraser.finish_open()
    await db.close()


async def test_many_erasures_at_once_are_all_proven(house: House):
    receipts = await asyncio.gather(
        *(house.erase_participants(house.selecting(planted)) for planted in house.participants)
    )
    assert all(receipt.verified_at for receipt in receipts)


def vote(voter: Planted, author: Planted) -> dict[str, UUID]:
    return {
        "id": uuid4(),
        "account_id": voter.id("account"),
        "webinar_id": voter.id("webinar"),
        "question_id": author.id("question"),
        "participant_id": voter.id("participant"),
    }


async def total(db: Database) -> dict[str, int]:
    async with db.reading() as unit:
        return {
            table.name: (await unit.exec(select(func.count()).select_from(table))).one()
            for table in all_tables()
        }


async def remaining(db: Database, planted: Planted) -> set[str]:
    """The tables in which an own row of `planted` still is."""
    async with db.reading() as unit:
        return {
            name
            for name in planted.own
            if (
                await unit.exec(
                    select(table_named(name).c.id).where(table_named(name).c.id == planted.id(name))
                )
            ).first()
        }
