"""A webinar's statistics: counted once, when it is over, and frozen (G13).

Whoever restricted the use of their data or objects to one is not counted. Nothing is counted again afterwards, so comparing the figures before and after somebody was erased tells nothing.
While it runs only numbers of viewers are noted, which belong to nobody: the highest, and one for each minute.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.clock import Clock
from webinar.consent.standing import unopposed
from webinar.db import Database, one_at_a_time
from webinar.logs import brief
from webinar.models import (
    ChatMessage,
    Participant,
    ParticipantState,
    Question,
    QuestionState,
    QuestionVote,
    Webinar,
    WebinarState,
    WebinarStatistics,
)
from webinar.privacy.suppression import single, suppressed, total_of
from webinar.privacy.viewing import add_viewers, forget_minutes, minute_of, read_curve

WORK = "statistics"
LOOK_SECONDS = 60
# What the French authority lets audience figures be kept for.
KEPT = timedelta(days=760)
RUNNING = (WebinarState.LIVE, WebinarState.PAUSED)
LONGEST_SPAN = 400  # days in a row; beyond it only those with registrations are listed

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Counted:
    """A frozen table: `cells` by their words in order, None where they stay hidden."""

    total: int | None
    cells: Mapping[str, int | None]


class Audience(Protocol):
    """Who tells how many are watching."""

    def viewers(self, webinar_id: UUID) -> int:
        """How many watch the webinar, on all instances."""
        ...

    def viewers_here(self, webinar_id: UUID) -> int:
        """How many of them watch it through this instance."""
        ...


class StatisticsWork:
    """The background work: the numbers of viewers every minute, and freezing what is over."""

    def __init__(self, db: Database, clock: Clock, audience: Audience) -> None:
        self._db = db
        self._clock = clock
        self._audience = audience
        # Counted from the next minute on: an instance that ends and comes back within one adds nobody twice.
        self._minute = minute_of(clock.now())
        self._stopping = asyncio.Event()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Works as long as the block lasts."""
        self._stopping.clear()
        task = asyncio.create_task(self._run(), name="statistics")
        try:
            yield
        finally:
            self._stopping.set()
            await task

    async def look(self) -> None:
        """Notes how many watch now, and freezes the figures of what is over."""
        async with self._db.reading() as db:
            running = (await db.exec(select(Webinar).where(col(Webinar.state).in_(RUNNING)))).all()
            over = (await db.exec(_unfrozen().limit(1))).first()
        watched = [webinar for webinar in running if self._audience.viewers(webinar.id)]
        minute = minute_of(self._clock.now())
        begun, self._minute = minute > self._minute, max(minute, self._minute)
        if over is None and not watched:
            return
        async with self._db.writing() as db:
            await one_at_a_time(db, WORK)
            for webinar in watched:
                await note_viewers(db, webinar.id, self._audience.viewers(webinar.id))
                if begun:
                    await add_viewers(db, webinar, minute, self._audience.viewers_here(webinar.id))
            await freeze_figures(db, self._clock.now())

    async def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 - a database that is away for a while must not end the work
                log.error("statistics.failed", **brief(error))
            with suppress(TimeoutError):
                # At the beginning of the next minute, as on every other instance.
                left = LOOK_SECONDS - self._clock.now().timestamp() % LOOK_SECONDS
                await asyncio.wait_for(self._stopping.wait(), left)


async def note_viewers(db: AsyncSession, webinar_id: UUID, viewers: int) -> None:
    """Raises the webinar's highest number of viewers to `viewers`, while its figures are open."""
    statistics = await read_statistics(db, webinar_id)
    if statistics is None:
        webinar = await db.get(Webinar, webinar_id)
        if webinar is None:
            return
        statistics = WebinarStatistics(account_id=webinar.account_id, webinar_id=webinar_id)
    if statistics.frozen_at is None and viewers > statistics.peak_viewers:
        statistics.peak_viewers = viewers
        db.add(statistics)
        await db.flush()


async def freeze_figures(db: AsyncSession, now: datetime) -> int:
    """Counts every webinar that is over and not frozen yet, and forgets what is too old; gives their number."""
    await one_at_a_time(db, WORK)
    webinars = (await db.exec(_unfrozen())).all()
    for webinar in webinars:
        statistics = await read_statistics(db, webinar.id) or WebinarStatistics(
            account_id=webinar.account_id, webinar_id=webinar.id
        )
        statistics.figures = await _count(db, webinar, statistics.peak_viewers)
        statistics.peak_viewers = 0  # the figures have it, if it is large enough to be told
        statistics.frozen_at = now
        db.add(statistics)
    await db.flush()
    await forget_minutes(db)
    # Emptied, not deleted: the webinar must not be counted anew.
    old = update(WebinarStatistics).where(col(WebinarStatistics.frozen_at) < now - KEPT)
    await db.exec(old.values(figures={}))
    return len(webinars)


async def read_statistics(db: AsyncSession, webinar_id: UUID) -> WebinarStatistics | None:
    """The webinar's statistics, frozen or open; look the webinar up in its account first."""
    found = select(WebinarStatistics).where(col(WebinarStatistics.webinar_id) == webinar_id)
    return (await db.exec(found)).first()


def tables_of(statistics: WebinarStatistics) -> dict[str, Counted]:
    """The frozen tables by their name."""
    return {name: Counted(**table) for name, table in statistics.figures.get("tables", {}).items()}


async def _count(db: AsyncSession, webinar: Webinar, peak: int) -> dict[str, Any]:
    registered = select(
        col(Participant.created_at), col(Participant.language), col(Participant.first_joined_at)
    ).where(
        col(Participant.webinar_id) == webinar.id,
        col(Participant.state) != ParticipantState.INVITED,
        unopposed(col(Participant.id)),
    )
    people = (await db.exec(registered)).all()
    zone = ZoneInfo(webinar.time_zone)
    tables = {
        "days": _every_day(Counter(at.astimezone(zone).date() for at, _, _ in people)),
        "languages": dict(sorted(Counter(language for _, language, _ in people).items())),
        "turnout": {
            "came": sum(joined is not None for _, _, joined in people),
            "stayed_away": sum(joined is None for _, _, joined in people),
        },
    }
    curve = await read_curve(db, webinar)
    numbers = {name: single(count) for name, count in (await _numbers(db, webinar, peak)).items()}
    return {
        "numbers": {**numbers, "watch_minutes": curve.watch_minutes},
        "step": curve.step,
        "tables": {
            "viewers": {"total": None, "cells": dict(curve.points)},
            **{
                name: {"total": total_of(cells), "cells": suppressed(cells)} for name, cells in tables.items()
            },
        },
    }


async def _numbers(db: AsyncSession, webinar: Webinar, peak: int) -> dict[str, int]:
    counts = {}
    for name, model in (("messages", ChatMessage), ("questions", Question), ("votes", QuestionVote)):
        theirs = (col(model.webinar_id) == webinar.id, unopposed(col(model.participant_id)))
        rows = select(func.count()).select_from(model).where(*theirs)
        counts[name] = (await db.exec(rows)).one()
    answered = select(func.count()).where(
        col(Question.webinar_id) == webinar.id,
        col(Question.state) == QuestionState.ANSWERED,
        unopposed(col(Question.participant_id)),
    )
    return {"peak_viewers": peak, **counts, "answered": (await db.exec(answered)).one()}


def _every_day(counted: Counter[date]) -> dict[str, int]:
    if not counted:
        return {}
    first, last = min(counted), max(counted)
    span = (last - first).days + 1
    days = (
        [first + timedelta(days=number) for number in range(span)]
        if span <= LONGEST_SPAN
        else sorted(counted)
    )
    return {day.isoformat(): counted[day] for day in days}


def _unfrozen() -> Any:
    frozen = select(col(WebinarStatistics.webinar_id)).where(col(WebinarStatistics.frozen_at).is_not(None))
    return select(Webinar).where(col(Webinar.ended_at).is_not(None), col(Webinar.id).not_in(frozen))
