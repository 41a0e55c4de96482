"""The outbox and its worker: at least once, never two at a time, nothing to erase, nothing left behind."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, update
from sqlmodel import select

from tests.mail.posting import SENDER, Pigeon, Posting
from webinar.mail.outbox import claim_due, release_mails
from webinar.mail.transport import FolderTransport, MailError
from webinar.mail.worker import KEEP_SENT, LEASE, MAX_ATTEMPTS, retry_delay
from webinar.models import OutgoingMail, Participant


async def test_a_mail_leaves_once_and_never_again(posting: Posting):
    (mail_id,) = await posting.enqueue()
    worker = posting.worker()
    assert await worker.send_due() == 1
    assert await worker.send_due() == 0
    ((sent_id, message),) = posting.pigeon.delivered
    assert sent_id == mail_id
    assert message["Message-ID"] == SENDER.message_id(mail_id)


async def test_the_content_is_written_when_it_leaves_not_when_it_was_queued(posting: Posting):
    await posting.enqueue()
    async with posting.db.writing() as db:
        await db.exec(update(Participant).values(display_name="Mira Novak"))
    await posting.worker().send_due()
    text = posting.pigeon.delivered[0][1].as_string()
    assert "Mira Novak" in text
    assert "Castell" not in text


async def test_mail_queued_for_somebody_erased_never_leaves(posting: Posting):
    await posting.enqueue(3)
    async with posting.db.writing() as db:
        await db.exec(delete(Participant))
    assert await posting.worker().send_due() == 0
    assert posting.pigeon.delivered == []


async def test_a_file_written_while_its_person_was_erased_is_removed(posting: Posting, tmp_path):
    folder = FolderTransport(tmp_path / "mail")

    class ErasingFolder(FolderTransport):
        async def send(self, mail_id, message):
            await super().send(mail_id, message)
            async with posting.db.writing() as db:
                await db.exec(delete(Participant))

    await posting.enqueue()
    await posting.worker(ErasingFolder(tmp_path / "mail")).send_due()
    assert list(folder.folder.iterdir()) == []


async def test_a_mail_for_later_waits_for_its_time(posting: Posting):
    await posting.enqueue(due_at=posting.clock.now() + timedelta(hours=1))
    worker = posting.worker()
    assert await worker.send_due() == 0
    posting.clock.move(hours=1)
    assert await worker.send_due() == 1


async def test_two_workers_never_send_one_mail_twice(posting: Posting):
    ids = await posting.enqueue(60)
    workers = [posting.worker() for _ in range(3)]
    sent = await asyncio.gather(*(worker.send_due() for worker in workers))
    assert sum(sent) == len(ids)
    assert sorted(str(mail_id) for mail_id, _ in posting.pigeon.delivered) == sorted(map(str, ids))


async def test_a_worker_killed_in_the_middle_of_a_batch_costs_at_most_one_duplicate(posting: Posting):
    ids = await posting.enqueue(7)
    reached = asyncio.Event()

    class Dying(Pigeon):
        async def send(self, mail_id: UUID, message):
            await super().send(mail_id, message)
            if len(self.delivered) == 4:
                # Delivered, but the worker dies before it can note that.
                reached.set()
                await asyncio.Event().wait()

    dying = Dying()
    first = asyncio.create_task(posting.worker(dying).send_due())
    await reached.wait()
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)

    second = posting.worker()
    assert await second.send_due() == 0, "the dead worker's lease still holds"
    posting.clock.move(seconds=LEASE.total_seconds())
    assert await second.send_due() == 4
    delivered = [*dying.delivered, *posting.pigeon.delivered]
    assert {mail_id for mail_id, _ in delivered} == set(ids)
    assert len(delivered) == len(ids) + 1
    assert len({message["Message-ID"] for _, message in delivered}) == len(ids)


async def test_a_worker_that_was_frozen_past_its_lease_leaves_the_rest_to_whoever_took_it(posting: Posting):
    await posting.enqueue(5)
    others = Pigeon()

    async def freeze(_: UUID) -> None:
        posting.pigeon.hook = None
        posting.clock.move(seconds=LEASE.total_seconds())
        await posting.worker(others).send_due()

    posting.pigeon.hook = freeze
    await posting.worker().send_due()
    assert len(others.delivered) == 5
    assert len(posting.pigeon.delivered) == 1, "the one in hand is the one duplicate"


@pytest.mark.postgres
async def test_a_mail_that_somebody_is_just_claiming_is_passed_over(postgres_posting: Posting):
    await postgres_posting.enqueue(4)
    now = postgres_posting.clock.now()
    async with postgres_posting.db.writing() as first, postgres_posting.db.writing() as second:
        one = await claim_due(first, now=now, lease=LEASE, limit=2)
        async with asyncio.timeout(60):
            other = await claim_due(second, now=now, lease=LEASE, limit=4)
    assert len(one) == len(other) == 2
    assert {mail.id for mail in one}.isdisjoint(mail.id for mail in other)


async def test_giving_mails_back_leaves_those_alone_that_another_has_claimed(posting: Posting):
    await posting.enqueue(2)
    async with posting.db.writing() as db:
        mine = await claim_due(db, now=posting.clock.now(), lease=LEASE, limit=2)
    posting.clock.move(seconds=LEASE.total_seconds())
    async with posting.db.writing() as db:
        await claim_due(db, now=posting.clock.now(), lease=LEASE, limit=1)
    async with posting.db.writing() as db:
        await release_mails(db, mine)
    rows = [row for mail in mine if (row := await posting.row(mail.id))]
    assert sorted((row.attempts, row.leased_until is None) for row in rows) == [(0, True), (2, False)]


async def test_a_refused_mail_is_tried_again_later_and_later(posting: Posting):
    (mail_id,) = await posting.enqueue()
    tries = 0

    async def refuse(_: UUID) -> None:
        nonlocal tries
        tries += 1
        raise MailError("smtp.451")

    posting.pigeon.hook = refuse
    worker = posting.worker()
    await worker.send_due()
    await worker.send_due()
    assert tries == 1
    posting.clock.move(seconds=30)
    await worker.send_due()
    assert tries == 2
    posting.pigeon.hook = None
    posting.clock.move(hours=1)
    assert await worker.send_due() == 1
    row = await posting.row(mail_id)
    assert row
    assert (row.attempts, row.error_code) == (3, "")


async def test_a_mail_is_given_up_after_the_last_try(posting: Posting):
    (mail_id,) = await posting.enqueue()

    async def refuse(_: UUID) -> None:
        raise MailError("smtp.451")

    posting.pigeon.hook = refuse
    worker = posting.worker()
    for _ in range(MAX_ATTEMPTS + 2):
        await worker.send_due()
        posting.clock.move(hours=5)
    row = await posting.row(mail_id)
    assert row
    assert row.failed_at is not None
    assert (row.attempts, row.error_code) == (MAX_ATTEMPTS, "smtp.451")


async def test_a_mail_refused_for_good_is_not_tried_again(posting: Posting):
    (mail_id,) = await posting.enqueue()

    async def refuse(_: UUID) -> None:
        raise MailError("smtp.550", permanent=True)

    posting.pigeon.hook = refuse
    await posting.worker().send_due()
    row = await posting.row(mail_id)
    assert row
    assert row.failed_at
    assert row.error_code == "smtp.550"


async def test_while_nothing_can_leave_only_one_mail_pays_for_finding_out(posting: Posting):
    ids = await posting.enqueue(6)

    async def closed(_: UUID) -> None:
        raise MailError("smtp.unreachable", unreachable=True)

    posting.pigeon.hook = closed
    await posting.worker().send_due()
    rows = [await posting.row(mail_id) for mail_id in ids]
    assert sorted(row.attempts for row in rows if row) == [0, 0, 0, 0, 0, 1]
    assert sum(row.leased_until is None for row in rows if row) == 5


async def test_one_mail_that_cannot_be_written_does_not_hold_up_the_others(posting: Posting):
    async def broken(db, mail):
        raise RuntimeError("mira@example.org")

    (bad,) = await posting.enqueue(kind="broken")
    (unknown,) = await posting.enqueue(kind="nobody_writes_this")
    await posting.enqueue()
    assert await posting.worker(composers={"broken": broken}).send_due() == 1
    codes = [row.error_code for mail_id in (bad, unknown) if (row := await posting.row(mail_id))]
    assert codes == ["mail.not_composed", "mail.unknown_kind"]


async def test_a_mail_with_nothing_to_say_any_more_is_dropped(posting: Posting):
    async def silent(db, mail):
        return None

    (mail_id,) = await posting.enqueue(kind="silent")
    assert await posting.worker(composers={"silent": silent}).send_due() == 0
    assert await posting.row(mail_id) is None


async def test_mails_sent_long_ago_are_forgotten_with_their_files(posting: Posting, tmp_path):
    folder = FolderTransport(tmp_path / "mail")
    worker = posting.worker(folder)
    (old,) = await posting.enqueue()
    await worker.send_due()
    posting.clock.move(seconds=KEEP_SENT.total_seconds() + 1)
    (recent,) = await posting.enqueue()
    await worker.send_due()
    await worker.tidy()
    assert await posting.row(old) is None
    assert [path.stem for path in folder.folder.iterdir()] == [str(recent)]


async def test_a_woken_worker_sends_at_once_and_stops_when_told(posting: Posting):
    gone = asyncio.Event()

    async def note(_: UUID) -> None:
        gone.set()

    posting.pigeon.hook = note
    worker = posting.worker()
    async with asyncio.timeout(60), worker.running():
        await posting.enqueue()
        worker.wake()
        await gone.wait()
    async with posting.db.reading() as db:
        (sent_at,) = await db.exec(select(OutgoingMail.sent_at))
    assert sent_at, "the mail in hand was finished before the end"


def test_retries_wait_longer_and_longer_but_never_in_step():
    waits = [retry_delay(attempts).total_seconds() for attempts in range(1, MAX_ATTEMPTS)]
    assert 15 <= waits[0] <= 30
    assert 2 * 3600 <= waits[-1] <= 4 * 3600
    assert len({retry_delay(3) for _ in range(20)}) > 1
