"""Counting viewers by the minute, on every database: what instances add at the same time adds up."""

import asyncio

from sqlmodel import col, select

from tests.support.samples import NOW, make_account, make_webinar
from webinar.db import Database
from webinar.models import ViewerMinute, Webinar
from webinar.privacy.viewing import MINUTE, add_viewers, minute_of, read_curve


async def a_webinar(database: Database) -> Webinar:
    async with database.writing() as db:
        return await make_webinar(db, await make_account(db))


async def test_instances_that_count_at_the_same_moment_are_added_up(database: Database):
    webinar = await a_webinar(database)

    async def instance(viewers: int) -> None:
        for minute in range(3):
            async with database.writing() as db:
                await add_viewers(db, webinar, minute_of(NOW) + MINUTE * minute, viewers)

    await asyncio.gather(*(instance(viewers) for viewers in (2, 3, 4)))
    async with database.reading() as db:
        rows = (await db.exec(select(col(ViewerMinute.viewers)))).all()
        curve = await read_curve(db, webinar)
    assert rows == [9, 9, 9]
    # Each instance alone has too few to be told; together they are nine.
    assert (list(curve.points.values()), curve.watch_minutes) == ([9, 9, 9], 27)


async def test_a_minute_without_viewers_leaves_no_row(database: Database):
    webinar = await a_webinar(database)
    async with database.writing() as db:
        await add_viewers(db, webinar, minute_of(NOW), 0)
    async with database.reading() as db:
        assert (await db.exec(select(ViewerMinute))).first() is None
