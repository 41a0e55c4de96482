"""What has been kept long enough is erased by itself (Art. 5(1)(e) GDPR), also after days of downtime.

What is due is worked out from the data and the time alone, so a missed day is caught up with by the next run.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.clock import Clock
from webinar.db import Database
from webinar.errors import NotFound
from webinar.models import (
    AdmissionClaim,
    FormVersion,
    Participant,
    ParticipantSession,
    SocketTicket,
    UserSession,
    UserToken,
    Webinar,
    WebinarState,
)
from webinar.privacy.eraser import Eraser
from webinar.privacy.erasure import erase_answer_rows, erase_participant_rows
from webinar.privacy.inventory import Within

ROLE = "retention"
EVERY = timedelta(days=1)
LOOK_SECONDS = 60.0  # between two looks at what is due, and at erasures that wait for their proof
# Everything that expires by a time of its own.
EXPIRING = (SocketTicket, AdmissionClaim, ParticipantSession, UserSession, UserToken)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Overdue:
    """What has been kept too long: whole webinars' participants, and answers by version of a form."""

    webinars: Sequence[Webinar]
    answers: Sequence[tuple[FormVersion, list[str]]]


def over_since(webinar: Webinar) -> datetime | None:
    """When the webinar was over; None while it runs, or has neither run nor a time at which it should have."""
    if webinar.ended_at is not None:
        return webinar.ended_at
    if webinar.starts_at is None or webinar.state in {WebinarState.LIVE, WebinarState.PAUSED}:
        return None
    return webinar.starts_at + timedelta(minutes=webinar.duration_minutes)


async def find_overdue(db: AsyncSession, now: datetime) -> Overdue:
    """What the retention times of webinars and of fields say must go by `now`."""
    over = {
        webinar.id: (webinar, since)
        for webinar in (await db.exec(select(Webinar))).all()
        if (since := over_since(webinar)) is not None
    }
    late = [webinar for webinar, since in over.values() if since + _days(webinar.retention_days) <= now]
    peopled = set((await db.exec(select(col(Participant.webinar_id)).distinct())).all())
    forms = (await db.exec(select(FormVersion).where(col(FormVersion.published_at).is_not(None)))).all()
    answers = [
        (form, keys)
        for form in forms
        if form.webinar_id in over and (keys := _overdue_fields(form, over[form.webinar_id][1], now))
    ]
    return Overdue([webinar for webinar in late if webinar.id in peopled], answers)


async def end_expired(db: AsyncSession, now: datetime) -> int:
    """Deletes sessions, tickets, claims and links whose time is over; gives their number."""
    ended = 0
    for model in EXPIRING:
        ended += (await db.exec(delete(model).where(col(model.expires_at) <= now))).rowcount
    return ended


class Retention:
    """The background work: once a day what is overdue, every minute the erasures that wait for their proof."""

    def __init__(self, db: Database, clock: Clock, eraser: Eraser) -> None:
        self._db = db
        self._clock = clock
        self._eraser = eraser
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
        """Erases what is overdue now."""
        now = self._clock.now()
        async with self._db.reading() as db:
            overdue = await find_overdue(db, now)
        for webinar in overdue.webinars:
            await self._erase_participants(webinar)
        for form, keys in overdue.answers:
            await self._erase_answers(form, keys)
        async with self._db.writing() as db:
            ended = await end_expired(db, now)
        if ended:
            await self._db.scrub()

    async def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                await self._look()
            except Exception as error:  # noqa: BLE001 - a database that is away for a while must not end the work
                log.error("retention.failed", error=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), LOOK_SECONDS)

    async def _look(self) -> None:
        now = self._clock.now()
        if self._ran_at is None or now - self._ran_at >= EVERY:
            await self.run()
            self._ran_at = now
        await self._eraser.finish_open()

    async def _erase_participants(self, webinar: Webinar) -> None:
        everyone = select(col(Participant.id)).where(col(Participant.webinar_id) == webinar.id)
        within = Within(webinar.account_id, webinar.id, everyone)
        # Somebody else, or another instance, may have been faster.
        with suppress(NotFound):
            async with self._db.writing() as db:
                erased = await erase_participant_rows(db, within, role=ROLE, now=self._clock.now())
            await self._eraser.finish(erased)

    async def _erase_answers(self, form: FormVersion, keys: Sequence[str]) -> None:
        async with self._db.writing() as db:
            erased = await erase_answer_rows(db, form, keys, role=ROLE, now=self._clock.now())
        if erased:
            await self._eraser.finish(erased)


def _overdue_fields(form: FormVersion, over: datetime, now: datetime) -> list[str]:
    return [
        str(field["key"])
        for field in form.fields
        if field.get("retention_days") and over + _days(field["retention_days"]) <= now
    ]


def _days(days: int) -> timedelta:
    return timedelta(days=days)
