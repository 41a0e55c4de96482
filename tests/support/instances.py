"""Three instances of one installation on PostgreSQL and Redis, each with a line of its own to Redis that can fail."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import httpx2
from sqlmodel import col, select

from benchmarks.kills import Talker, compare, rooms, settle
from tests.support.proxy import Proxy, proxy_to
from tests.support.redis import RedisServer
from tests.support.room import Event, House, a_house
from tests.support.room import RoomClient as Person
from webinar.client import BackOff, RoomClient
from webinar.models import ChatMessage

PATIENCE = 45  # seconds until what doesn't come fails the test
BACK_SOON = BackOff(first=0.05, longest=0.3)
PAUSE = 0.3  # seconds between two messages of a talker


@dataclass
class Instances:
    """The instances, and in the same order their lines to Redis."""

    houses: list[House]
    lines: list[Proxy]
    redis: RedisServer

    async def in_touch(self, *wanted: bool) -> None:
        """Waits until each instance thinks so of its tie to the others; all of them, without any wish."""
        hopes = wanted or (True,) * len(self.houses)
        async with asyncio.timeout(PATIENCE):
            while [house.services.hub.reached for house in self.houses] != [*hopes]:  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def readiness(self) -> list[str]:
        """What each instance tells a load balancer."""
        return [await readiness(house) for house in self.houses]

    async def all_ready(self) -> None:
        """Waits until each instance is ready; one may notice only now that its connection is gone, and mend it."""
        async with asyncio.timeout(PATIENCE):
            while await self.readiness() != ["ready"] * len(self.houses):  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def ledger(self) -> list[str]:
        """What the database holds of the chat: ids, in order."""
        async with self.houses[0].services.db.reading() as db:
            found = await db.exec(
                select(ChatMessage.id)
                .where(col(ChatMessage.webinar_id) == self.houses[0].webinar.id)
                .order_by(col(ChatMessage.posted_seq))
            )
            return [str(message_id) for message_id in found]

    async def agree(self, *clients: Person) -> None:
        """Waits until everybody has the ledger; fails if somebody heard anything twice, or in another order."""
        ledger = await self.ledger()
        for client in clients:
            await client.wait_until(lambda room: {*ledger} <= room.messages.keys())
            shown = [message["id"] for message in client.room.shown()["messages"]]
            assert shown == ledger
            assert heard_well(client.events)


def heard_well(events: list[Event]) -> bool:
    """Whether the messages came one after the other as they were posted, each once, after the first picture."""
    places = [event["message"]["posted_seq"] for event in events if event["type"] == "chat.posted"]
    return all(earlier < later for earlier, later in pairwise(places))


async def readiness(house: House) -> str:
    """What the instance tells a load balancer."""
    async with httpx2.AsyncClient(base_url=house.url) as client:
        status: str = (await client.get("/readyz")).json()["status"]
        return status


@asynccontextmanager
async def some_instances(
    data: Path, database_url: str, redis: RedisServer, *, number: int = 3
) -> AsyncIterator[Instances]:
    """Starts the instances; they know each other when the block begins."""
    async with AsyncExitStack() as stack:
        houses: list[House] = []
        lines: list[Proxy] = []
        for _ in range(number):
            line = await stack.enter_async_context(proxy_to(redis.url))
            opened = a_house(
                data,
                like=houses[0] if houses else None,
                database_url=database_url,
                redis_url=f"redis://127.0.0.1:{line.port}/0",
            )
            houses.append(await stack.enter_async_context(opened))
            lines.append(line)
        found = Instances(houses, lines, redis)
        await found.in_touch()
        yield found


@asynccontextmanager
async def conversation(
    house: House, doors: Sequence[House | Proxy], *, each: int = 2
) -> AsyncIterator[list[Talker]]:
    """So many people at each door of `house` talk as long as the block runs; then all is compared with the database."""
    webinar, database_url = house.webinar, house.services.db.url.render_as_string(hide_password=False)
    talkers: list[Talker] = []
    found: list[RoomClient] = []
    stop = asyncio.Event()
    async with AsyncExitStack() as stack:
        for door in doors:
            names = [f"{len(talkers) + number}" for number in range(each)]
            these = [Talker(name, (await house.guest(name)).token) for name in names]
            talkers += these
            found += await stack.enter_async_context(rooms(door, webinar, these, BACK_SOON))
        async with asyncio.TaskGroup() as group:
            for talker, room in zip(talkers, found, strict=True):
                group.create_task(talker.talk(room, PAUSE, stop))
            await all_say_more(talkers)
            yield talkers
            await all_say_more(talkers)
            stop.set()
        await settle(database_url, webinar, talkers, found)
    outcome = await compare(database_url, webinar, talkers)
    assert outcome.faultless, outcome


async def all_say_more(talkers: list[Talker]) -> None:
    """Waits until each has been acknowledged once more."""
    before = [len(talker.acked) for talker in talkers]
    async with asyncio.timeout(PATIENCE):
        while any(  # noqa: ASYNC110
            len(talker.acked) <= so_far for talker, so_far in zip(talkers, before, strict=True)
        ):
            await asyncio.sleep(0.02)


class Watch:
    """Measures from the moment it is made: the time in which this process could do anything, in ticks.

    So a machine that others use, or that stands still for a moment, makes nothing late.
    """

    TICK, LONGEST = 0.01, 60.0  # seconds

    def __init__(self) -> None:
        self._ticks = 0
        self._ticking = asyncio.create_task(self._tick())

    async def _tick(self) -> None:
        while self._ticks * self.TICK < self.LONGEST:
            await asyncio.sleep(self.TICK)
            self._ticks += 1

    def within(self, seconds: float) -> bool:
        """Whether that was so lately; servers of other processes may have had to wait for the processor, too."""
        shared_with = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
        return self._ticks * self.TICK < seconds * shared_with
