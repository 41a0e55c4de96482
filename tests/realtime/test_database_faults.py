"""PostgreSQL dies, stands still, cuts everybody off: nothing is acknowledged that is not kept, and all goes on after."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from tests.support.instances import PATIENCE, Instances, all_say_more, conversation, some_instances
from tests.support.postgres import PostgresServer
from tests.support.redis import RedisServer
from tests.support.room import House, Pass
from webinar.db import Database
from webinar.routes.errors import problem_of
from webinar.schema import migrate


@dataclass(frozen=True)
class Fault:
    """What happens to PostgreSQL, and what ends it; `away`: nobody can use it meanwhile."""

    name: str
    begin: Callable[[PostgresServer], Awaitable[None]]
    end: Callable[[PostgresServer], Awaitable[None]]
    away: bool = True


def apart(act: Callable[[PostgresServer], None]) -> Callable[[PostgresServer], Awaitable[None]]:
    return lambda server: asyncio.to_thread(act, server)


async def nothing(_: PostgresServer) -> None:
    """It ends by itself."""


FAULTS = [
    Fault("dies and is started again", apart(PostgresServer.kill), apart(PostgresServer.start_again)),
    Fault("stands still", apart(PostgresServer.pause), apart(PostgresServer.resume)),
    Fault("ends every connection", PostgresServer.cut_everybody, nothing, away=False),
]


@asynccontextmanager
async def lasting(fault: Fault, server: PostgresServer) -> AsyncIterator[None]:
    """It ends whatever happens: with a server that stands still nothing here could be closed."""
    await fault.begin(server)
    try:
        yield
    finally:
        await fault.end(server)


@pytest.fixture
async def database_url(own_postgres: PostgresServer) -> str:
    url = own_postgres.url(await own_postgres.create())
    await asyncio.to_thread(migrate, url)
    return url


@pytest.fixture
async def instances(tmp_path: Path, database_url: str, own_redis: RedisServer) -> AsyncIterator[Instances]:
    async with some_instances(tmp_path, database_url, own_redis, number=2) as found:
        yield found


async def ready(house: House, wanted: int) -> None:
    async with httpx2.AsyncClient(base_url=house.url) as http, asyncio.timeout(PATIENCE):
        while (await http.get("/readyz")).status_code != wanted:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


@asynccontextmanager
async def visitors(house: House, guest: Pass) -> AsyncIterator[None]:
    """People who ask for pages and tickets as long as the block runs; nobody may get a 500."""
    seen: set[int] = set()

    async def visit(http: httpx2.AsyncClient) -> None:
        path = f"/api/v1/webinars/{house.webinar.id}/ticket"
        while True:
            seen.add((await http.get(f"/w/{house.webinar.id}")).status_code)
            answer = await http.post(path, json={}, headers={"Authorization": f"Bearer {guest.token}"})
            seen.add(answer.status_code)
            await asyncio.sleep(0.02)

    async with httpx2.AsyncClient(base_url=house.url, timeout=PATIENCE) as http:
        visiting = asyncio.create_task(visit(http))
        try:
            yield
        finally:
            visiting.cancel()
            with suppress(asyncio.CancelledError):
                await visiting
    assert {200} <= seen <= {200, 503}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_when_postgresql(instances: Instances, own_postgres: PostgresServer, fault: Fault):
    """… everybody stays connected, is told what did not work or waits, and goes on by themselves after."""
    here, there = instances.houses
    async with visitors(there, await there.guest()), conversation(here, [here, there]) as talkers:
        async with lasting(fault, own_postgres):
            if fault.away:
                for house in (here, there):
                    await ready(house, 503)
        for house in (here, there):
            await ready(house, 200)
        await all_say_more(talkers)
    assert [len(talker.arrivals) for talker in talkers] == [1] * len(talkers)


async def test_a_query_that_postgresql_ends_is_answered_with_try_again(postgres_url: str):
    database = Database(postgres_url)
    with pytest.raises(SQLAlchemyError) as ended:
        async with database.reading() as db:
            await db.exec(text("SELECT pg_terminate_backend(pg_backend_pid())"))  # type: ignore[call-overload]
    assert problem_of(ended.value).status == 503
    async with database.reading() as db:
        assert (await db.exec(text("SELECT 1"))).scalar() == 1  # type: ignore[call-overload]
    await database.close()


async def test_a_value_that_postgresql_cannot_read_is_no_failure_of_the_database(postgres_url: str):
    database = Database(postgres_url)
    with pytest.raises(SQLAlchemyError) as refused:
        async with database.reading() as db:
            await db.exec(text("SELECT CAST('eleven' || now() AS integer)"))  # type: ignore[call-overload]
    assert problem_of(refused.value).status == 400
    await database.close()


@pytest.fixture
async def impatient(own_postgres: PostgresServer) -> AsyncIterator[Database]:
    database = Database(own_postgres.url(await own_postgres.create()), patience=0.5)
    async with database.writing() as db:
        await db.exec(text("CREATE TABLE rooms AS SELECT 1 AS seq"))  # type: ignore[call-overload]
    yield database
    await database.close()


async def look(database: Database) -> None:
    async with database.reading() as db:
        await db.exec(text("SELECT seq FROM rooms"))  # type: ignore[call-overload]


async def test_nobody_waits_for_ever_for_a_postgresql_that_stands_still(
    impatient: Database, own_postgres: PostgresServer
):
    """Neither who asks when it stands still, nor who was in the middle of something, nor who comes new."""
    stands_still = asyncio.Event()

    async def asks_later() -> None:
        async with impatient.writing() as db:
            await db.exec(text("UPDATE rooms SET seq = 2"))  # type: ignore[call-overload]
            await stands_still.wait()
            await db.exec(text("UPDATE rooms SET seq = 3"))  # type: ignore[call-overload]

    in_the_middle = asyncio.create_task(asks_later())
    await look(impatient)
    async with lasting(FAULTS[1], own_postgres):
        stands_still.set()
        async with asyncio.timeout(PATIENCE):
            asked = [in_the_middle, *(look(impatient) for _ in range(5))]
            ends = await asyncio.gather(*asked, return_exceptions=True)
    assert [problem_of(end).status for end in ends if isinstance(end, Exception)] == [503] * 6
    await look(impatient)


async def test_an_instance_that_vanished_in_the_middle_holds_nobody_up(
    impatient: Database, own_postgres: PostgresServer
):
    """Its transaction is ended, and with it its hold on the rows: others would wait for them for hours."""
    other = Database(str(impatient.url))
    with pytest.raises(DBAPIError):  # noqa: PT012
        async with impatient.writing() as vanished:
            await vanished.exec(text("UPDATE rooms SET seq = 2"))  # type: ignore[call-overload]
            async with asyncio.timeout(PATIENCE), other.writing() as db:
                await db.exec(text("UPDATE rooms SET seq = 3"))  # type: ignore[call-overload]
            await vanished.exec(text("UPDATE rooms SET seq = 4"))  # type: ignore[call-overload]
    await other.close()
