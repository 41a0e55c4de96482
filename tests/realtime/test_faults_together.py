"""R1 and R7 together: whatever fails, at any moment, and several things at once, no word is lost, doubled or out of order."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from tests.support.instances import Instances, conversation, some_instances
from tests.support.postgres import PostgresServer
from tests.support.proxy import Proxy, proxy_to
from tests.support.redis import RedisServer
from webinar.schema import migrate

FAULTS = 8
LASTS = (0.1, 1.5)  # seconds
CARRIES = (2_000, 60_000)  # bytes of one connection of people to an instance, before it breaks

Act = Callable[[], Awaitable[object]]


def faults_of(
    found: Instances, postgres: PostgresServer, chance: random.Random
) -> list[list[tuple[Act, Act]]]:
    """What may begin and end, each with real servers and lines: of Redis, of a line to it, of PostgreSQL."""

    def apart(act: Callable[[], object]) -> Act:
        return lambda: asyncio.to_thread(act)

    async def at_once(act: Callable[[], object]) -> None:
        act()

    line, redis = chance.choice(found.lines), found.redis
    return [
        [
            (apart(redis.pause), apart(redis.resume)),
            (apart(redis.stop), apart(redis.restart)),
            (apart(lambda: redis.sleep(1)), apart(lambda: redis.tell("PING"))),
            (apart(lambda: redis.tell("FLUSHALL", "CLIENT KILL TYPE pubsub")), nothing),
        ],
        [
            (lambda: at_once(line.hold), lambda: at_once(line.flow)),
            (lambda: at_once(line.refuse), lambda: at_once(line.flow)),
            (lambda: at_once(line.forget), nothing),
        ],
        [
            (apart(postgres.pause), apart(postgres.resume)),
            (apart(postgres.kill), apart(postgres.start_again)),
            (postgres.cut_everybody, nothing),
        ],
    ]


async def nothing() -> None:
    """It ends by itself."""


@asynccontextmanager
async def lasting(fault: tuple[Act, Act]) -> AsyncIterator[None]:
    begin, end = fault
    await begin()
    try:
        yield
    finally:
        await end()


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_fails_together(
    tmp_path: Path, own_postgres: PostgresServer, own_redis: RedisServer, seed: int
):
    """One or two things at a time fail for a while, and people's own lines break; once all is well they agree."""
    chance = random.Random(seed)
    url = own_postgres.url(await own_postgres.create())
    await asyncio.to_thread(migrate, url)
    async with some_instances(tmp_path, url, own_redis) as found, AsyncExitStack() as stack:
        doors: list[Proxy] = [
            await stack.enter_async_context(proxy_to(house.url, lambda: chance.randint(*CARRIES)))
            for house in found.houses
        ]
        async with conversation(found.houses[0], doors):
            for _ in range(FAULTS):
                one, other = map(chance.choice, chance.sample(faults_of(found, own_postgres, chance), 2))
                async with AsyncExitStack() as failing:
                    await failing.enter_async_context(lasting(one))
                    await asyncio.sleep(chance.uniform(*LASTS))
                    if chance.random() < 0.5:
                        await failing.enter_async_context(lasting(other))
                        await asyncio.sleep(chance.uniform(*LASTS))
            await found.in_touch()
