"""The ground: health, the database's pragmas, and what every column declares."""

import asyncio
import time
from uuid import RFC_4122, uuid4

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from tests.support.installation import Installation
from webinar.db import Database
from webinar.errors import Unavailable
from webinar.models import Speaker, declared, next_id
from webinar.sqlite import PRAGMAS, WRITERS_CACHE


async def test_a_fresh_installation_is_alive_and_ready(installation: Installation):
    assert (await installation.client.get("/healthz")).json() == {"status": "ok"}
    assert (await installation.client.get("/readyz")).json() == {"status": "ready"}


async def test_every_connection_has_the_pragmas_that_make_the_data_safe(installation: Installation):
    for unit in (installation.services.db.reading, installation.services.db.writing):
        async with unit() as db:
            for name, wanted in PRAGMAS.items():
                assert await pragma(db, name) == str(wanted)


async def test_a_connection_that_writes_keeps_more_pages_at_hand_than_one_that_reads(
    installation: Installation,
):
    db = installation.services.db
    async with db.writing() as writing, db.reading() as reading:
        assert (
            int(await pragma(writing, "cache_size")) < int(await pragma(reading, "cache_size")) < 0
        )  # in kilobytes
    cached = await db.write(lambda at_once: at_once.exec_driver_sql("PRAGMA cache_size").scalar_one())
    assert cached == WRITERS_CACHE


def test_an_id_that_begins_with_the_time_is_version_7_and_follows_those_before():
    before = time.time_ns() // 1_000_000
    ids = [next_id() for _ in range(1000)]
    assert {each.version for each in ids} == {7}
    assert {each.variant for each in ids} == {RFC_4122}
    moments = [each.int >> 80 for each in ids]
    assert before <= moments[0]
    assert moments == sorted(moments)
    assert moments[-1] <= time.time_ns() // 1_000_000
    assert len({each.int & (1 << 62) - 1 for each in ids}) == len(ids)
    assert len({(each.int >> 64) & 0xFFF for each in ids}) > 500


async def test_a_database_without_write_ahead_log_is_refused():
    database = Database("sqlite+aiosqlite://")
    with pytest.raises(Unavailable, match="journal_mode"):
        await database.check()
    await database.close()


async def test_a_speaker_of_a_webinar_that_does_not_exist_is_refused(installation: Installation):
    with pytest.raises(IntegrityError):
        async with installation.services.db.writing() as db:
            db.add(Speaker(account_id=uuid4(), webinar_id=uuid4(), position=1, name="Nobody"))


def test_every_column_says_whether_it_is_personal_data():
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            declared(column)


async def pragma(db: AsyncSession, name: str) -> str:
    connection = await db.connection()
    return str((await connection.exec_driver_sql(f"PRAGMA {name}")).scalar())


async def test_a_database_that_is_closed_refuses_what_is_asked_of_it_at_once(bare_database: Database):
    """Nobody would ever do it, and whoever waits for a unit of work can't be cancelled."""
    await bare_database.close()
    for asked in (bare_database.write(_ask), bare_database.read(lambda db: _ask(db.connection()))):
        with pytest.raises(Unavailable):
            asked.send(None)


async def test_what_was_asked_of_a_database_before_it_closed_is_still_done(bare_database: Database):
    asked = [asyncio.create_task(bare_database.read(lambda db: _ask(db.connection()))) for _ in range(9)]
    asked.append(asyncio.create_task(bare_database.write(_ask)))
    await asyncio.sleep(0)
    await bare_database.close()
    assert await asyncio.gather(*asked) == [1] * 10


def _ask(db: Connection) -> int:
    return int(db.exec_driver_sql("SELECT 1").scalar_one())
