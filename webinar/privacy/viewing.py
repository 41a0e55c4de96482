"""How many watched, minute by minute: counters that every instance adds its own viewers to, never who they were (G13).

What is told afterwards is a curve. Minutes with one to four viewers are left out of it, and of the watch minutes
too: those are the sum of what is told, so nothing can be worked out by subtraction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.models import ViewerMinute, Webinar, WebinarStatistics
from webinar.privacy.suppression import FEWEST, single

MINUTE = timedelta(minutes=1)
# A curve of more points than this says no more, and nobody reads the table beside it.
MOST_POINTS = 60
STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440)  # minutes


@dataclass(frozen=True, slots=True)
class Curve:
    """Viewers by the beginning (ISO 8601, UTC) of each `step` minutes on average; None where one to four watched."""

    step: int
    points: Mapping[str, int | None]
    watch_minutes: int


def minute_of(moment: datetime) -> datetime:
    """The minute that has begun."""
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


async def add_viewers(db: AsyncSession, webinar: Webinar, minute: datetime, viewers: int) -> None:
    """Adds one instance's viewers to a minute. Each instance calls it once a minute."""
    if viewers <= 0:
        return
    counted = (
        update(ViewerMinute)
        .where(
            col(ViewerMinute.account_id) == webinar.account_id,
            col(ViewerMinute.webinar_id) == webinar.id,
            col(ViewerMinute.minute) == minute,
        )
        .values(viewers=col(ViewerMinute.viewers) + viewers)
    )
    if (await db.exec(counted)).rowcount:
        return
    row = ViewerMinute(account_id=webinar.account_id, webinar_id=webinar.id, minute=minute, viewers=viewers)
    try:
        async with db.begin_nested():
            db.add(row)
    except IntegrityError:
        # Another instance was faster with the first of this minute.
        await db.exec(counted)


async def read_curve(db: AsyncSession, webinar: Webinar) -> Curve:
    """What was counted of a webinar, without the small numbers."""
    found = select(col(ViewerMinute.minute), col(ViewerMinute.viewers)).where(
        col(ViewerMinute.account_id) == webinar.account_id, col(ViewerMinute.webinar_id) == webinar.id
    )
    return curve_of({minute.astimezone(UTC): viewers for minute, viewers in (await db.exec(found)).all()})


def curve_of(counted: Mapping[datetime, int]) -> Curve:
    """The curve of these minutes, from the first to the last one that somebody watched; others had nobody."""
    if not counted:
        return Curve(1, {}, 0)
    first, last = min(counted), max(counted)
    span = (last - first) // MINUTE + 1
    step = next((step for step in STEPS if span <= step * MOST_POINTS), STEPS[-1])
    points = {}
    for start in range(0, span, step):
        minutes = [counted.get(first + MINUTE * n, 0) for n in range(start, min(start + step, span))]
        # One small minute hides its whole point: the others of it might give it away.
        small = any(0 < viewers < FEWEST for viewers in minutes)
        points[(first + MINUTE * start).isoformat()] = (
            None if small else single(round(sum(minutes) / len(minutes)))
        )
    return Curve(step, points, sum(viewers for viewers in counted.values() if viewers >= FEWEST))


async def forget_minutes(db: AsyncSession) -> None:
    """Deletes the minutes of every webinar whose figures are frozen: the small numbers are in them."""
    frozen = select(col(WebinarStatistics.webinar_id)).where(col(WebinarStatistics.frozen_at).is_not(None))
    await db.exec(delete(ViewerMinute).where(col(ViewerMinute.webinar_id).in_(frozen)))
