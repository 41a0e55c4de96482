"""Sends what is due: claims it, has it written, hands it over, notes it."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage

import structlog
from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.clock import Clock
from webinar.db import Database
from webinar.logs import brief
from webinar.mail import outbox
from webinar.mail.letter import Composer
from webinar.mail.message import RendersText, Sender, build_message
from webinar.mail.transport import SEND_TIMEOUT, MailError, MailTransport
from webinar.models import OutgoingMail

BATCH = 20
LEASE = timedelta(minutes=2)
# What must be left of a lease before a mail is begun, so that two processes never send one at the same time.
MARGIN = timedelta(seconds=SEND_TIMEOUT + 10)
POLL_SECONDS = 2.0
CLOSED_SECONDS = 30.0  # between tries while nothing can leave at all
GRACE_SECONDS = 15.0
# With the waits below: a day and a bit.
MAX_ATTEMPTS = 12
FIRST_RETRY = timedelta(seconds=30)
LONGEST_RETRY = timedelta(hours=4)
KEEP_SENT = timedelta(days=30)
HOUSEKEEPING = timedelta(minutes=1)

log = structlog.get_logger(__name__)
_random = secrets.SystemRandom()

# Adds to the outbox some of what the calendar demands (reminders); called again until it adds nothing.
Planner = Callable[[AsyncSession, datetime], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Writing:
    """How mails are written: who composes each kind, with which templates, from whom."""

    composers: Mapping[str, Composer]
    templates: RendersText
    sender: Sender


class MailWorker:
    """The background work of the outbox. One per process; any number of processes may share a database."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        transport: MailTransport,
        writing: Writing,
        planners: Sequence[Planner] = (),
    ) -> None:
        self.transport = transport
        self._db = db
        self._clock = clock
        self._writing = writing
        self._planners = planners
        self._work = asyncio.Event()
        self._sending = asyncio.Lock()
        self._stopping = False
        self._way_closed = False
        self._tidied_at: datetime | None = None

    def wake(self) -> None:
        """Something was enqueued and committed: don't wait for the next look into the outbox."""
        self._work.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Works as long as the block lasts; the mail in hand is finished before it ends."""
        self._stopping = False
        task = asyncio.create_task(self._run(), name="mail worker")
        try:
            yield
        finally:
            self._stopping = True
            self.wake()
            with suppress(TimeoutError):
                await asyncio.wait_for(task, GRACE_SECONDS)

    async def send_due(self) -> int:
        """Sends everything that is due now; gives the number of mails that left."""
        async with self._sending:
            self._way_closed = False
            sent = 0
            try:
                while not (self._stopping or self._way_closed) and (mails := await self._claim()):
                    sent += await self._send_batch(mails)
            finally:
                await self.transport.rest()
            return sent

    async def tidy(self) -> None:
        """Plans what the calendar demands and forgets mails that left long ago, with their files."""
        now = self._clock.now()
        for planner in self._planners:
            while await self._plan(planner, now):
                pass
        async with self._db.writing() as db:
            purged = await outbox.purge_old_mails(db, now - KEEP_SENT)
        await self.transport.remove(purged)

    async def _plan(self, planner: Planner, now: datetime) -> int:
        try:
            async with self._db.writing() as db:
                return await planner(db, now)
        except IntegrityError:
            # Another process planned the same at the same moment.
            return 0

    async def _run(self) -> None:
        while not self._stopping:
            self._work.clear()
            try:
                if self._tidied_at is None or self._clock.now() - self._tidied_at >= HOUSEKEEPING:
                    self._tidied_at = self._clock.now()
                    await self.tidy()
                await self.send_due()
            except Exception as error:  # noqa: BLE001 - a database that is away for a while must not end the work
                log.error("mail.round_failed", **brief(error))
            with suppress(TimeoutError):
                pause = CLOSED_SECONDS if self._way_closed else POLL_SECONDS
                await asyncio.wait_for(self._work.wait(), pause)

    async def _claim(self) -> Sequence[OutgoingMail]:
        now = self._clock.now()
        if not await self._db.read(outbox.anything_due, now):
            return []
        async with self._db.writing() as db:
            return await outbox.claim_due(db, now=now, lease=LEASE, limit=BATCH)

    async def _send_batch(self, mails: Sequence[OutgoingMail]) -> int:
        sent = 0
        for position, mail in enumerate(mails):
            if self._stopping or self._way_closed or not self._time_left(mail):
                await self._release(mails[position:])
                break
            try:
                sent += await self._send(mail)
            except MailError as error:
                self._way_closed = error.unreachable
                await self._note_failure(mail, error)
        return sent

    def _time_left(self, mail: OutgoingMail) -> bool:
        return mail.leased_until is not None and mail.leased_until - self._clock.now() >= MARGIN

    async def _send(self, mail: OutgoingMail) -> bool:
        message = await self._compose(mail)
        if message is None:
            async with self._db.writing() as db:
                await outbox.drop_mail(db, mail.id)
            return False
        await self.transport.send(mail.id, message)
        async with self._db.writing() as db:
            still_there = await outbox.mark_sent(db, mail.id, self._clock.now())
        if not still_there:
            # Erased while it was on its way: a file of it must not stay behind.
            await self.transport.remove([mail.id])
        return True

    async def _compose(self, mail: OutgoingMail) -> EmailMessage | None:
        composer = self._writing.composers.get(mail.kind)
        if composer is None:
            raise MailError("mail.unknown_kind", permanent=True)
        try:
            async with self._db.reading() as db:
                letter = await composer(db, mail)
            if letter is None:
                return None
            return build_message(
                letter,
                mail_id=mail.id,
                sender=self._writing.sender,
                templates=self._writing.templates,
                now=self._clock.now(),
            )
        except MailError:
            raise
        except Exception as error:  # noqa: BLE001 - one broken mail must not hold up all the others
            # Its message may quote what a person typed.
            log.error("mail.not_composed", kind=mail.kind, **brief(error))
            raise MailError("mail.not_composed") from None

    async def _note_failure(self, mail: OutgoingMail, error: MailError) -> None:
        now = self._clock.now()
        given_up = error.permanent or mail.attempts >= MAX_ATTEMPTS
        log.warning("mail.given_up" if given_up else "mail.delayed", mail_id=str(mail.id), code=error.code)
        async with self._db.writing() as db:
            if given_up:
                await outbox.mark_failed(db, mail.id, now, error.code)
            else:
                await outbox.mark_for_retry(db, mail.id, now + retry_delay(mail.attempts), error.code)

    async def _release(self, mails: Sequence[OutgoingMail]) -> None:
        async with self._db.writing() as db:
            await outbox.release_mails(db, mails)


def retry_delay(attempts: int) -> timedelta:
    """How long to wait after that many tries: four times as long each time, and never all at the same moment."""
    delay: timedelta = min(FIRST_RETRY * 4 ** min(attempts - 1, 10), LONGEST_RETRY)
    return delay * _random.uniform(0.5, 1.0)
