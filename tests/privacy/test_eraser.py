"""The eraser by itself: what each step does before it is noted, what it waits for, and that it works on each only once."""

import asyncio
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from tests.privacy.estate import Estate, ids
from tests.support.installation import MovableClock
from webinar.models import (
    Erasable,
    ErasureProof,
    ErasureReceipt,
    ErasureScope,
    ErasureStep,
    ErasureWait,
    Webinar,
)
from webinar.privacy import ballast as on_disk
from webinar.privacy import eraser as module
from webinar.privacy import erasure
from webinar.privacy.ballast import Ballast
from webinar.privacy.chunks import Pace
from webinar.privacy.eraser import Eraser, Proof
from webinar.privacy.erasure import Erased, erase_account_rows, erase_participant_rows, erase_webinar_rows
from webinar.privacy.journal import Journal, digest_of, read_files
from webinar.privacy.leftovers import Leftovers, files_of_rows
from webinar.privacy.receipts import check_receipt, receipt_file
from webinar.privacy.search import Search, Searched
from webinar.privacy.wanted import Wanted
from webinar.seal import Seal


class Rooms:
    """The open rooms, which only take notes here."""

    def __init__(self) -> None:
        self.closed: list[UUID] = []
        self.reached = True

    async def close_room(self, webinar_id: UUID) -> None:
        self.closed.append(webinar_id)


class Looking(Search):
    """A search that says what it is told to and keeps what it was asked; the real one has its own tests."""

    def __init__(self, estate: Estate) -> None:
        super().__init__(estate.db, [])
        self.asked: list[Wanted] = []
        self.found_in: Sequence[str] = ()

    async def look_for(self, wanted: Wanted) -> Searched:
        self.asked.append(wanted)
        return Searched({"database": 7}, 1, 2, self.found_in)


class Works:
    """An eraser and all it works with."""

    def __init__(self, estate: Estate, data: Path) -> None:
        data.mkdir(exist_ok=True)
        self.estate, self.data = estate, data
        self.rooms, self.search, self.clock = Rooms(), Looking(estate), MovableClock()
        self.ballast = Ballast(data, 4096)
        self.eraser = Eraser(
            estate.db,
            self.clock,
            self.rooms,
            Leftovers(estate.db, files_of_rows(data), data / "exports"),
            Journal(estate.db, data / "journal", "ours", self.clock),
            proof=Proof(self.search, Seal("s" * 32)),
            ballast=self.ballast,
        )

    async def ask_for_people(self, *people: Any) -> Erased:
        chosen = people or self.estate.people[:2]
        async with self.estate.db.writing() as db:
            within = self.estate.selecting(*chosen)
            return await erase_participant_rows(db, within, role="owner", now=self.clock.now())

    async def ask_for_webinar(self) -> Erased:
        async with self.estate.db.writing() as db:
            place = self.estate.account_id, self.estate.webinar_id
            return await erase_webinar_rows(db, *place, role="owner", now=self.clock.now())

    async def ask_for_account(self) -> Erased:
        async with self.estate.db.writing() as db:
            account_id = self.estate.account_id
            return await erase_account_rows(db, account_id, role="owner", now=self.clock.now())

    async def receipt(self, erased: Erased) -> ErasureReceipt:
        async with self.estate.db.reading() as db:
            return await db.get_one(ErasureReceipt, erased.receipt.id)

    async def epoch(self) -> UUID:
        async with self.estate.db.reading() as db:
            return (await db.get_one(Webinar, self.estate.webinar_id)).epoch

    def in_journal(self) -> set[bytes]:
        found = read_files(self.data / "journal")
        return {entry.digest for entry in found[1]} if found else set()

    def without_step(self, step: ErasureStep, instead: Any) -> Any:
        """Replaces what follows `step`; gives what would have."""
        usual, self.eraser._steps[step] = self.eraser._steps[step], instead
        return usual


@pytest.fixture
async def works(estate: Estate, tmp_path: Path) -> Works:
    # What was planted is no erasure of anybody.
    for planted in (estate.account, estate.stranger):
        await estate.change(
            "erasure_receipt", planted.id("erasure_receipt"), verified_at=MovableClock().now()
        )
    return Works(estate, tmp_path / "data")


def broken(error: Exception) -> Any:
    async def breaks(*_: Any, **__: Any) -> None:
        raise error

    return breaks


def full() -> OperationalError:
    return OperationalError("", {}, sqlite3.OperationalError("database or disk is full"))


async def test_an_erasure_ends_with_a_sealed_receipt_of_what_was_looked_for(works: Works):
    (works.data / "mail").mkdir()
    (works.data / "mail" / f"{works.estate.people[0].id('outgoing_mail')}.eml").touch()
    works.clock.move(hours=1)
    erased = await works.ask_for_people()
    works.clock.move(hours=1)
    receipt = await works.eraser.finish(erased)
    assert (receipt.step, receipt.proof) == (ErasureStep.VERIFIED, ErasureProof.BYTES)
    assert receipt.verified_at == works.clock.now()
    assert (receipt.waits_for, receipt.waits_in, receipt.wanted) == (None, "", b"")
    assert receipt.files == 1
    facts = check_receipt(receipt_file(receipt), works.eraser.seal.fingerprint).facts
    assert facts["searched"] == receipt.searched == {
        "found": 0, "left_out": 1, "octets": {"database": 7}, "shared": 2, "taken_up": False,
        "values": works.search.asked[0].counts(),
    }  # fmt: skip
    (asked,) = works.search.asked
    assert set(ids(works.estate.people[:2], "participant")) <= asked.ids
    assert works.estate.people[0].rows["participant"]["email"] in asked.addresses
    assert list((works.data / "mail").iterdir()) == []
    assert await works.estate.left_of(*works.estate.people[:2]) == set()
    assert works.eraser._working == {}
    assert works.eraser._wanted == {}


async def test_who_goes_with_the_request_has_the_room_closed_once_and_is_in_the_journal_first(works: Works):
    erased = await works.ask_for_people()
    epoch = await works.epoch()
    journals = []

    async def close_room(webinar_id: UUID) -> None:
        journals.append(works.in_journal())
        works.rooms.closed.append(webinar_id)

    works.rooms.close_room = close_room  # type: ignore[method-assign]
    await works.eraser.finish(erased)
    assert works.rooms.closed == [works.estate.webinar_id]
    gone = {digest_of(Erasable.PARTICIPANT, each) for each in ids(works.estate.people[:2], "participant")}
    assert gone <= journals[0]
    assert await works.epoch() == epoch


async def test_many_people_go_in_chunks_and_the_room_is_told_when_the_last_is_gone(
    works: Works, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(erasure, "AT_ONCE", 1)
    monkeypatch.setattr(module, "pace_of", lambda *_: Pace(most=10, smallest=10, largest=10))
    erased = await works.ask_for_people()
    epoch = await works.epoch()
    receipt = await works.eraser.finish(erased)
    assert receipt.counts["participant"] == 2
    assert receipt.verified_at
    assert works.rooms.closed == [works.estate.webinar_id] * 2
    assert await works.epoch() != epoch
    gone = {digest_of(Erasable.PARTICIPANT, each) for each in ids(works.estate.people[:2], "participant")}
    assert gone <= works.in_journal()
    assert set(ids(works.estate.people[:2], "participant")) <= works.search.asked[0].ids


async def test_a_webinars_room_is_closed_once_and_all_of_an_account(works: Works):
    receipt = await works.eraser.finish(await works.ask_for_webinar())
    assert (receipt.counts["webinar"], receipt.counts["participant"]) == (1, 3)
    assert works.rooms.closed == [works.estate.webinar_id]
    works.rooms.closed.clear()
    receipt = await works.eraser.finish(await works.ask_for_account())
    assert receipt.counts["account"] == 1
    assert works.rooms.closed == [works.estate.other_webinar.id("webinar")]
    assert works.estate.account_id not in await works.estate.rows("account")


async def test_the_pace_is_taken_from_how_long_a_chunk_took(works: Works, monkeypatch: pytest.MonkeyPatch):
    took: list[float] = []

    class Noted(Pace):
        def took(self, seconds: float) -> None:
            took.append(seconds)

    monkeypatch.setattr(module, "pace_of", lambda *_: Noted(wanted=60.0))
    await works.eraser.finish(await works.ask_for_webinar())
    assert len(took) == 1
    assert 0 < took[0] < 60


async def test_a_chunk_takes_no_longer_than_the_pace_wants(works: Works, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "pace_of", lambda *_: Pace(most=10_000, wanted=0.0))
    paces: list[int] = []
    monkeypatch.setattr(Pace, "took", lambda pace, seconds: paces.append(pace.most))
    receipt = await works.eraser.finish(await works.ask_for_webinar())
    assert len(paces) == len(
        receipt.counts
    )  # each table's rows are one statement, and nothing fits beside it


@pytest.mark.parametrize(
    ("error", "wait"),
    [
        (full(), ErasureWait.DISK),
        (OSError(), ErasureWait.DISK),
        (OperationalError("", {}, sqlite3.OperationalError("locked")), ErasureWait.DATABASE),
    ],
)
async def test_what_stands_in_the_way_is_noted_until_it_is_gone(
    works: Works, error: Exception, wait: ErasureWait
):
    usual = works.without_step(ErasureStep.BROKER, broken(error))
    erased = await works.ask_for_people()
    with capture_logs() as logs:
        receipt = await works.eraser.finish(erased)
    assert (receipt.step, receipt.waits_for) == (ErasureStep.BROKER, wait)
    assert (receipt.verified_at, works.eraser.waiting(receipt)) == (None, wait)
    told = {"wait": wait.value, "stores": (), "error": type(error).__name__}
    assert {"event": "erasure.waits", "log_level": "warning", **told} in logs
    assert not await works.eraser.finish_open()
    works.without_step(ErasureStep.BROKER, usual)
    assert await works.eraser.finish_open()
    done = await works.receipt(erased)
    assert (done.step, done.waits_for) == (ErasureStep.VERIFIED, None)
    assert works.eraser.waiting(done) is None
    # The same process ended it, so it still knew all that went.
    assert done.searched["taken_up"] is False


async def test_a_file_that_cannot_be_removed_is_waited_for(works: Works, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patched:
        patched.setattr(works.eraser._leftovers, "remove", broken(PermissionError()))
        receipt = await works.eraser.finish(await works.ask_for_people())
    assert (receipt.step, receipt.waits_for) == (ErasureStep.ROWS, ErasureWait.FILES)


async def test_other_instances_and_readers_are_waited_for(works: Works, monkeypatch: pytest.MonkeyPatch):
    async def not_clean() -> bool:
        return False

    works.rooms.reached = False
    erased = await works.ask_for_people()
    receipt = await works.eraser.finish(erased)
    assert (receipt.step, receipt.waits_for) == (ErasureStep.FILES, ErasureWait.BROKER)
    works.rooms.reached = True
    with monkeypatch.context() as patched:
        patched.setattr(works.estate.db, "scrub", not_clean)
        assert not await works.eraser.finish_open()
    receipt = await works.receipt(erased)
    assert (receipt.step, receipt.waits_for) == (ErasureStep.BROKER, ErasureWait.READER)


async def test_what_is_found_in_a_store_is_said_and_everything_is_gone_through_again(works: Works):
    works.search.found_in = ("mails", "database")
    erased = await works.ask_for_people()
    receipt = await works.eraser.finish(erased)
    assert (receipt.step, receipt.waits_for) == (ErasureStep.ROWS, ErasureWait.FOUND)
    assert receipt.waits_in == "mails database"
    assert receipt.verified_at is None
    assert receipt.wanted != b""
    works.search.found_in = ()
    assert await works.eraser.finish_open()
    done = await works.receipt(erased)
    assert (done.waits_in, done.wanted) == ("", b"")
    assert works.search.asked[1].counts() == works.search.asked[0].counts()


async def test_a_row_that_came_in_late_goes_too(works: Works):
    async def slip_in(receipt: ErasureReceipt) -> None:
        row = works.estate.other_webinar.rows["webinar"] | {"id": receipt.subject_id, "epoch": uuid4()}
        async with works.estate.db.writing() as db:
            db.add(Webinar(**row))
        works.without_step(ErasureStep.CHECKPOINT, usual)
        await usual(receipt)

    usual = works.without_step(ErasureStep.CHECKPOINT, slip_in)
    erased = await works.ask_for_webinar()
    receipt = await works.eraser.finish(erased)
    assert (receipt.step, receipt.waits_for) == (ErasureStep.BLOCKED, ErasureWait.LEFT)
    assert works.search.asked == []
    assert await works.eraser.finish_open()
    assert works.estate.webinar_id not in await works.estate.rows("webinar")


async def test_when_not_even_the_waiting_can_be_noted_nothing_breaks(
    works: Works, monkeypatch: pytest.MonkeyPatch
):
    works.without_step(ErasureStep.BROKER, broken(full()))
    erased = await works.ask_for_people()
    with monkeypatch.context() as patched, capture_logs() as logs:
        patched.setattr(module, "note_wait", broken(full()))
        receipt = await works.eraser.finish(erased)
    assert (receipt.step, receipt.waits_for) == (ErasureStep.BROKER, None)
    assert works.eraser.waiting(receipt) is ErasureWait.DISK
    assert {
        "event": "erasure.not_noted",
        "log_level": "warning",
        "error": type(full()).__name__,
    } in logs
    works.without_step(ErasureStep.BROKER, broken(PermissionError()))
    receipt = await works.eraser.finish(erased)
    assert works.eraser.waiting(receipt) is receipt.waits_for is not None


async def test_a_mistake_of_our_own_is_not_taken_for_waiting(works: Works):
    works.without_step(ErasureStep.BROKER, broken(KeyError("mistake")))
    with pytest.raises(KeyError, match="mistake"):
        await works.eraser.finish(await works.ask_for_people())


async def test_another_process_ends_it_with_the_ids_that_were_noted(works: Works):
    works.rooms.reached = False
    erased = await works.ask_for_people()
    await works.eraser.finish(erased)
    after = Works(works.estate, works.data)
    assert await after.eraser.finish_open()
    receipt = await after.receipt(erased)
    assert receipt.searched["taken_up"] is True
    (asked,) = after.search.asked
    assert set(ids(works.estate.people[:2], "participant")) <= asked.ids
    assert (asked.addresses, asked.hashes, asked.texts) == (set(), set(), set())


async def test_a_process_that_deletes_the_rows_knows_what_it_saw(works: Works):
    await works.ask_for_webinar()
    after = Works(works.estate, works.data)
    assert await after.eraser.finish_open()
    (asked,) = after.search.asked
    assert works.estate.people[0].rows["participant"]["email"] in asked.addresses


async def test_of_two_who_finish_an_erasure_one_is_proven_once(works: Works):
    erased = await works.ask_for_people()
    after = Works(works.estate, works.data)
    usual = works.eraser._steps[ErasureStep.CHECKPOINT]

    async def overtaken(receipt: ErasureReceipt) -> None:
        assert await after.eraser.finish_open()
        await usual(receipt)

    works.without_step(ErasureStep.CHECKPOINT, overtaken)
    receipt = await works.eraser.finish(erased)
    assert receipt.searched["taken_up"] is True  # the other one's receipt stands
    assert (await works.receipt(erased)).number == receipt.number


async def test_who_asks_twice_waits_for_the_same_work(works: Works):
    erased = await works.ask_for_people()
    receipts = await asyncio.gather(*(works.eraser.finish(erased) for _ in range(3)))
    assert {receipt.step for receipt in receipts} == {ErasureStep.VERIFIED}
    assert works.rooms.closed == [works.estate.webinar_id]
    assert len(works.search.asked) == 1


async def test_whoever_does_not_want_to_wait_is_shown_how_far_it_is(works: Works):
    going_on = asyncio.Event()
    usual = works.eraser._steps[ErasureStep.FILES]

    async def stop(receipt: ErasureReceipt) -> None:
        await going_on.wait()
        await usual(receipt)

    works.without_step(ErasureStep.FILES, stop)
    erased = await works.ask_for_people()
    receipt = await works.eraser.finish(erased, within=0)
    assert receipt.step is ErasureStep.REQUESTED
    going_on.set()
    assert await works.eraser.finish_open()
    assert (await works.receipt(erased)).verified_at


async def test_closing_stops_the_work_and_forgets_what_was_looked_for(works: Works):
    async def for_ever(_: ErasureReceipt) -> None:
        await asyncio.Event().wait()

    works.without_step(ErasureStep.REQUESTED, for_ever)
    erased = await works.ask_for_people()
    await works.eraser.finish(erased, within=0)
    (task,) = works.eraser._working.values()
    assert task.get_name() == "erasure"
    await works.eraser.close()
    assert task.cancelled()
    assert works.eraser._wanted == {}
    assert (await works.receipt(erased)).step is ErasureStep.REQUESTED


async def test_with_nothing_open_the_journal_is_written_and_room_is_kept(
    works: Works, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Ballast, "_free", lambda _: on_disk.PLENTY)
    assert await works.eraser.finish_open()
    assert (works.data / "journal" / "stamp.json").exists()
    assert (works.data / "ballast").stat().st_size == 4096


async def test_while_something_is_open_no_room_is_taken_and_what_was_kept_is_given(
    works: Works, monkeypatch: pytest.MonkeyPatch
):
    free = [on_disk.PLENTY]
    monkeypatch.setattr(Ballast, "_free", lambda _: free[0])
    works.rooms.reached = False
    await works.eraser.finish(await works.ask_for_people())
    assert not await works.eraser.finish_open()
    assert not (works.data / "ballast").exists()
    works.ballast.keep()
    free[0] = 0
    await works.eraser.make_room()
    assert not (works.data / "ballast").exists()


async def test_the_work_itself_makes_room_where_the_disk_is_full(
    works: Works, monkeypatch: pytest.MonkeyPatch
):
    works.ballast.keep()
    monkeypatch.setattr(Ballast, "_free", lambda _: 0)
    await works.eraser.finish(await works.ask_for_people())
    assert not (works.data / "ballast").exists()


@pytest.mark.parametrize("clean", [True, False])
async def test_cleaning_removes_files_and_bytes_that_no_receipt_waits_for(
    works: Works, monkeypatch: pytest.MonkeyPatch, *, clean: bool
):
    async def scrub() -> bool:
        return clean

    monkeypatch.setattr(works.estate.db, "scrub", scrub)
    left = works.data / "media" / f"{uuid4()}.ts"
    left.parent.mkdir()
    left.touch()
    assert await works.eraser.clean() is clean
    assert not left.exists()


async def test_where_the_server_keeps_old_bytes_the_receipt_claims_the_tables_alone(
    works: Works, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(type(works.estate.db), "scrubs_bytes", property(lambda _: False))
    receipt = await works.eraser.finish(await works.ask_for_people())
    assert receipt.proof is ErasureProof.TABLES
    assert receipt.scope is ErasureScope.PARTICIPANTS
