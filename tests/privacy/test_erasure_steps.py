"""An erasure's steps: what is hidden from the request on, what it waits for, and going on after any death."""

import asyncio
import signal
import sqlite3
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import func
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from tests.privacy.test_erasure import House, house, remaining
from tests.support.samples import NOW
from webinar import db as database
from webinar.errors import NotFound
from webinar.models import (
    Account,
    ErasureReceipt,
    ErasureStep,
    ErasureWait,
    Participant,
    User,
    Webinar,
)
from webinar.privacy import ballast as on_disk
from webinar.privacy import eraser, erasure
from webinar.privacy.ballast import Ballast
from webinar.privacy.chunks import Pace
from webinar.privacy.erasure import erase_account_rows, erase_participant_rows, erase_webinar_rows
from webinar.privacy.inventory import Within, count_rows, table_named
from webinar.privacy.receipts import check_receipt, receipt_file
from webinar.webinars.catalogue import get_webinar

__all__ = ["house"]
STEPS = [step for step in ErasureStep if step is not ErasureStep.VERIFIED]


async def receipt_of(house: House, receipt: ErasureReceipt) -> ErasureReceipt:
    async with house.db.reading() as db:
        return await db.get_one(ErasureReceipt, receipt.id)


@pytest.mark.parametrize("step", STEPS)
async def test_killed_at_any_step_an_erasure_is_finished_by_the_next_process(house: House, step: ErasureStep):
    account_id, webinar_id = house.account.id("account"), house.webinar.id("webinar")
    async with house.db.reading() as db:
        before = await count_rows(db, Within(account_id, webinar_id))
    command = [sys.executable, "-m", "tests.support.dying", house.folder, account_id, webinar_id, step.value]

    dying = await asyncio.create_subprocess_exec(*map(str, command))
    assert await dying.wait() == -signal.SIGKILL
    async with house.db.reading() as db:
        left = (await db.exec(select(ErasureReceipt).where(ErasureReceipt.subject_id == webinar_id))).one()
    assert (left.step, left.verified_at) == (step, None)

    assert await house.eraser.finish_open()
    done = await receipt_of(house, left)
    assert done.step is ErasureStep.VERIFIED
    assert house.found(house.webinar, *house.participants) == set()
    if step is not ErasureStep.BLOCKED:
        assert done.counts == before
    # Who comes when all rows are gone only knows their ids.
    assert done.searched["taken_up"] == (step not in {ErasureStep.REQUESTED, ErasureStep.BLOCKED})
    assert done.searched["values"]["ids"] > 5
    check_receipt(receipt_file(done))


async def test_from_the_request_on_nothing_finds_a_webinar(house: House):
    account_id, webinar_id = house.account.id("account"), house.webinar.id("webinar")
    async with house.db.writing() as db:
        await erase_webinar_rows(db, account_id, webinar_id, role="owner", now=NOW)

    async with house.db.reading() as db:
        with pytest.raises(NotFound):
            await get_webinar(db, account_id, webinar_id)
        assert (await db.exec(select(col(Webinar.id)).where(Webinar.id == webinar_id))).first() is None
    async with house.db.writing() as db:
        with pytest.raises(NotFound):
            await erase_webinar_rows(db, account_id, webinar_id, role="owner", now=NOW)


async def test_from_the_request_on_an_account_and_its_users_are_gone(house: House):
    account_id = house.account.id("account")
    async with house.db.writing() as db:
        await erase_account_rows(db, account_id, role="owner", now=NOW)

    async with house.db.reading() as db:
        assert await db.get(Account, account_id) is None
        for model in (User, Webinar):
            assert (await db.exec(select(model).where(model.account_id == account_id))).first() is None


async def test_many_people_are_hidden_first_and_go_in_chunks(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(erasure, "AT_ONCE", 1)
    monkeypatch.setattr(eraser, "pace_of", lambda *_: Pace(most=10, largest=10))
    gone, also_gone, staying = house.participants
    within = house.selecting(gone, also_gone)
    async with house.db.reading() as db:
        before = await count_rows(db, within)
    async with house.db.writing() as db:
        erased = await erase_participant_rows(db, within, role="admin", now=NOW)

    async with house.db.reading() as db:
        people = select(col(Participant.id)).where(col(Participant.webinar_id) == within.webinar_id)
        assert (await db.exec(people)).all() == [staying.id("participant")]
        assert (await db.exec(select(func.count()).select_from(table_named("participant")))).one() == 5
    receipt = await house.eraser.finish(erased)

    assert receipt.verified_at
    assert receipt.counts == before
    assert await remaining(house.db, gone) | await remaining(house.db, also_gone) == set()


async def test_while_other_instances_cannot_be_reached_an_erasure_waits_for_them(house: House):
    house.rooms.reached = False
    receipt = await house.erase_webinar(house.webinar)
    assert (receipt.waits_for, receipt.verified_at) == (ErasureWait.BROKER, None)
    assert not await house.eraser.finish_open()

    house.rooms.reached = True
    assert await house.eraser.finish_open()
    done = await receipt_of(house, receipt)
    assert done.verified_at
    assert done.waits_for is None


async def test_while_somebody_reads_it_says_so(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(database, "SCRUB_TRIES", 1)
    monkeypatch.setattr(database, "SCRUB_PATIENCE", 0)
    async with house.db.reading() as reader:
        await reader.exec(select(func.count()).select_from(Participant))
        receipt = await house.erase_webinar(house.webinar)
    assert (receipt.step, receipt.waits_for) == (ErasureStep.BROKER, ErasureWait.READER)


async def test_a_full_disk_is_waited_for(house: House, monkeypatch: pytest.MonkeyPatch):
    async def full() -> bool:
        raise OperationalError("", {}, sqlite3.OperationalError("database or disk is full"))

    with monkeypatch.context() as broken:
        broken.setattr(house.db, "scrub", full)
        receipt = await house.erase_webinar(house.webinar)
    assert (receipt.waits_for, receipt.verified_at) == (ErasureWait.DISK, None)
    assert await house.eraser.finish_open()


def test_the_ballast_gives_its_room_when_the_disk_is_full_and_takes_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    free = [on_disk.PLENTY]
    monkeypatch.setattr(Ballast, "_free", lambda _: free[0])
    ballast = Ballast(tmp_path, 4096)
    ballast.keep()
    assert (tmp_path / "ballast").stat().st_size == 4096
    assert not ballast.give_when_scarce()

    free[0] = 0
    assert ballast.give_when_scarce()
    assert list(tmp_path.iterdir()) == []
    ballast.keep()
    assert list(tmp_path.iterdir()) == []


async def test_a_row_that_comes_in_late_sends_the_erasure_back_to_the_rows(house: House):
    async def slip_in(receipt: ErasureReceipt) -> None:
        async with house.db.writing() as db:
            db.add(
                Webinar(**{**house.other_webinar.rows["webinar"], "id": receipt.subject_id, "epoch": uuid4()})
            )
        house.eraser._steps[ErasureStep.CHECKPOINT] = verify
        await verify(receipt)

    verify = house.eraser._steps[ErasureStep.CHECKPOINT]
    house.eraser._steps[ErasureStep.CHECKPOINT] = slip_in
    receipt = await house.erase_webinar(house.webinar)
    assert (receipt.step, receipt.waits_for) == (ErasureStep.BLOCKED, ErasureWait.LEFT)
    assert await house.eraser.finish_open()


def test_chunks_get_smaller_when_they_take_long_and_larger_when_they_do_not():
    pace = Pace(most=400, wanted=0.02)
    pace.took(0.04)
    assert pace.most == 200
    pace.took(0.001)
    assert pace.most == 400
