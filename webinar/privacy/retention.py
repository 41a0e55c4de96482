"""What has been kept long enough is erased by itself (Art. 5(1)(e) GDPR), also after days of downtime.

What is due is worked out from the data and the time alone, so a missed day is caught up with by the next run.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.clock import Clock
from webinar.consent.standing import unawaited
from webinar.db import Database, one_at_a_time
from webinar.errors import Held, NotFound, Restricted
from webinar.logs import brief
from webinar.models import (
    AddressChange,
    AdmissionClaim,
    DataCategory,
    MentionPlace,
    Participant,
    ParticipantSession,
    SocketTicket,
    UserSession,
    UserToken,
)
from webinar.privacy.audit_check import Anchors
from webinar.privacy.eraser import Eraser, Rooms
from webinar.privacy.erasure import Erased, erase_answer_rows, erase_category_rows, erase_participant_rows
from webinar.privacy.inventory import Within
from webinar.privacy.journal import forget_old_entries
from webinar.privacy.prepared import PreparedExports
from webinar.privacy.processor import Processor
from webinar.privacy.record_versions import keep_versions
from webinar.privacy.request_clock import anything_to_tell, tell_of_time
from webinar.privacy.restriction import end_announced, list_ending
from webinar.privacy.schedule import Due, list_dues
from webinar.privacy.statistics import freeze_figures
from webinar.privacy.warnings import plan_warnings

ROLE = "retention"
EVERY = timedelta(days=1)
LOOK_SECONDS = 60.0  # between two looks at what is due, and at erasures that wait for their proof
# Everything that expires by a time of its own.
EXPIRING = (
    SocketTicket,
    AdmissionClaim,
    AddressChange,
    ParticipantSession,
    UserSession,
    UserToken,
    MentionPlace,
)

log = structlog.get_logger(__name__)


async def end_expired(db: AsyncSession, now: datetime) -> int:
    """Deletes sessions, tickets, claims and links whose time is over; gives their number."""
    ended = 0
    for model in EXPIRING:
        ended += (await db.exec(delete(model).where(col(model.expires_at) <= now))).rowcount
    return ended


class Retention:
    """The background work: once a day what is overdue, every minute what waits, expired exports and the audit trail's end."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        eraser: Eraser,
        anchors: Anchors,
        processor: Processor,
        *,
        prepared: PreparedExports,
        rooms: Rooms,
    ) -> None:
        self._db = db
        self._clock = clock
        self._eraser = eraser
        self._anchors = anchors
        self._processor = processor
        self._prepared = prepared
        self._rooms = rooms
        self._ran_at: datetime | None = None
        self._stopping = asyncio.Event()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Works as long as the block lasts: at its start, then daily."""
        self._stopping.clear()
        task = asyncio.create_task(self._run(), name="retention")
        try:
            yield
        finally:
            self._stopping.set()
            await task

    async def run(self) -> None:
        """Erases what is due by now, plans the mails about what is due in a week, and keeps changed records."""
        now = self._clock.now()
        async with self._db.writing() as db:
            # Before anybody goes: afterwards there would be nothing to count.
            await freeze_figures(db, now)
        async with self._db.reading() as db:
            dues = [due for due in await list_dues(db, until=now) if not due.held]
        # People first: what is theirs goes with them, in one receipt.
        for due in sorted(dues, key=lambda due: due.category is not DataCategory.PEOPLE):
            await self._erase(due)
        await self._warn(now)
        async with self._db.writing() as db:
            # Two that delete the same rows in different orders would block each other.
            await one_at_a_time(db, ROLE)
            ended = await end_expired(db, now)
            await forget_old_entries(db, now)
            await keep_versions(db, self._processor, now)
        if ended:
            await self._db.scrub()

    async def end_restrictions(self) -> None:
        """Ends the restrictions whose announced time has come, and shows their rooms anew."""
        now = self._clock.now()
        async with self._db.reading() as db:
            if not await list_ending(db, now):
                return
        async with self._db.writing() as db:
            rooms = await end_announced(db, now)
        for webinar_id in rooms:
            await self._rooms.close_room(webinar_id)

    async def watch_requests(self) -> None:
        """Tells the accounts' people of data subject requests whose time runs out."""
        now = self._clock.now()
        async with self._db.reading() as db:
            if not await anything_to_tell(db, now):
                return
        async with self._db.writing() as db:
            await tell_of_time(db, now)

    async def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                await self._look()
            except Exception as error:  # noqa: BLE001 - a database that is away for a while must not end the work
                log.error("retention.failed", **brief(error))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), LOOK_SECONDS)

    async def _look(self) -> None:
        # First, because it makes room where the disk is full and everything else would fail.
        await self._eraser.finish_open()
        now = self._clock.now()
        if self._ran_at is None or now - self._ran_at >= EVERY:
            await self.run()
            self._ran_at = now
        await self.end_restrictions()
        await self.watch_requests()
        await self._prepared.clear()
        await self._anchors.write()

    async def _warn(self, now: datetime) -> None:
        # Another process may plan the same at the same moment.
        with suppress(IntegrityError):
            async with self._db.writing() as db:
                await plan_warnings(db, now)

    async def _erase(self, due: Due) -> None:
        # Somebody else, or another instance, may have been faster, and a hold may have come in between.
        with suppress(NotFound, Held, Restricted):
            await self._eraser.make_room()
            async with self._db.writing() as db:
                erased = await _erase_rows(db, due, self._clock.now())
            if erased:
                await self._eraser.finish(erased)


async def _erase_rows(db: AsyncSession, due: Due, now: datetime) -> Erased | None:
    webinar = due.webinar
    if due.form is not None:
        return await erase_answer_rows(db, due.form, due.fields, role=ROLE, now=now)
    if due.category is not DataCategory.PEOPLE:
        return await erase_category_rows(db, webinar, due.category, role=ROLE, now=now)
    everyone = select(col(Participant.id)).where(
        col(Participant.webinar_id) == webinar.id, unawaited(col(Participant.id))
    )
    within = Within(webinar.account_id, webinar.id, everyone)
    return await erase_participant_rows(db, within, role=ROLE, now=now)
