"""What every instance begins by itself at the same moment is done once, and fails in none of them."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from tests.support.installation import MovableClock
from tests.support.samples import NOW, make_account, make_webinar
from webinar.db import Database
from webinar.models import WebinarState, WebinarStatistics
from webinar.privacy.processor import Processor
from webinar.privacy.record_versions import keep_versions
from webinar.privacy.statistics import StatisticsWork, freeze_figures

INSTANCES = 4


async def connected(database: Database) -> None:
    """Each has its connection already: whoever had to make one first would come when another is through."""
    everybody = asyncio.Barrier(INSTANCES)

    async def instance() -> None:
        async with database.reading() as db:
            await db.connection()
            await everybody.wait()

    await asyncio.gather(*(instance() for _ in range(INSTANCES)))


async def at_once(database: Database, work: Callable[[AsyncSession], Awaitable[int]]) -> list[int]:
    """What the work gives in each instance."""

    async def instance() -> int:
        async with database.writing() as db:
            return await work(db)

    await connected(database)
    return sorted(await asyncio.gather(*(instance() for _ in range(INSTANCES))))


async def test_instances_freeze_the_figures_of_a_webinar_once(database: Database):
    async with database.writing() as db:
        await make_webinar(db, await make_account(db), state=WebinarState.ENDED, ended_at=NOW)
    assert await at_once(database, lambda db: freeze_figures(db, NOW)) == [0, 0, 0, 1]


async def test_instances_keep_a_version_of_the_record_once(database: Database):
    async with database.writing() as db:
        await make_account(db)
    assert await at_once(database, lambda db: keep_versions(db, Processor(), NOW)) == [0, 0, 0, 1]


class Watching:
    """So many watch, as far as one instance has heard."""

    def __init__(self, viewers: int) -> None:
        self._viewers = viewers

    def viewers(self, _: UUID) -> int:
        return self._viewers

    def viewers_here(self, _: UUID) -> int:
        return 0


async def test_instances_that_note_the_viewers_at_the_same_moment_keep_the_highest(database: Database):
    async with database.writing() as db:
        await make_webinar(db, await make_account(db), state=WebinarState.LIVE)
    clock = MovableClock()
    works = [StatisticsWork(database, clock, Watching(viewers)) for viewers in (7, 9, 8, 6)]
    await connected(database)
    await asyncio.gather(*(work.look() for work in works))
    async with database.reading() as db:
        peaks = (await db.exec(select(col(WebinarStatistics.peak_viewers)))).all()
    assert peaks == [9]
