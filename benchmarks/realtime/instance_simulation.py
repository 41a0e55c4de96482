"""Many instances on one PostgreSQL and one Redis, as those two see them.

Each simulated instance has the product's own broker and database, and does what an instance with viewers in one room does
when something happens there: it hears the notice and reads what changed. Only the viewers are left out. What the engines
spend is read from /proc, so it does not matter that all instances share one process here, only that they keep up.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlmodel import col, select

from benchmarks.realtime.processes import Running
from webinar.db import Database
from webinar.interaction.actor import Actor
from webinar.interaction.changes import changes_after
from webinar.interaction.posting import Posting, post_messages
from webinar.models import Participant
from webinar.realtime.notices import Advanced, AnyNotice
from webinar.realtime.redis import RedisBroker

MOST_CHANGES = 200
BODY = "Good evening from Rotterdam, where the harbour is lit yellow until the last ship is in."


@dataclass(frozen=True)
class Engines:
    """The two engines, their addresses and their processes."""

    database: str
    redis: str
    postgres_process: Running
    redis_process: Running


@dataclass(frozen=True)
class Spent:
    """What one run cost the engines. `instances` listened, beside the one that wrote."""

    instances: int
    seconds: float
    messages: int
    heard: int
    reads: int
    behind: int
    redis_seconds: float
    postgres_seconds: float


class Instance:
    """One instance as the engines see it. `seq` is the last number it has read."""

    def __init__(self, engines: Engines, webinar_id: UUID) -> None:
        self.heard = self.reads = self.seq = 0
        self._db = Database(engines.database)
        self._webinar_id = webinar_id
        self._broker = RedisBroker(engines.redis)
        self._wake = asyncio.Event()
        self.listening = asyncio.Event()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Instance"]:
        """Hears and reads until the block ends."""
        self._broker.start(self._hear, self.listening.set)
        reading = asyncio.create_task(self._read_forever())
        try:
            yield self
        finally:
            reading.cancel()
            with suppress(asyncio.CancelledError):
                await reading
            await self._broker.close()
            await self._db.close()

    def _hear(self, _: AnyNotice) -> None:
        self.heard += 1
        self._wake.set()

    async def _read_forever(self) -> None:
        """Notices that come while it reads share the next reading, as in a room."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            changes = await self._db.read(changes_after, self._webinar_id, self.seq, limit=MOST_CHANGES)
            self.seq = changes.webinar.last_seq
            self.reads += 1


async def simulate(engines: Engines, webinar_id: UUID, instances: int, rate: float, seconds: float) -> Spent:
    """One instance commits `rate` messages a second; `instances` others follow."""
    async with AsyncExitStack() as stack:
        others = [
            await stack.enter_async_context(Instance(engines, webinar_id).running()) for _ in range(instances)
        ]
        db, broker = Database(engines.database), RedisBroker(engines.redis)
        subscribed = asyncio.Event()
        broker.start(lambda _: None, subscribed.set)
        stack.push_async_callback(db.close)
        stack.push_async_callback(broker.close)
        for event in (subscribed, *(other.listening for other in others)):
            await event.wait()
        author = await _author(db, webinar_id)
        await _write(db, broker, author, 1, rate)  # opens the connections
        heard, reads = sum(other.heard for other in others), sum(other.reads for other in others)
        redis_before = engines.redis_process.scheduled_seconds()
        postgres_before = engines.postgres_process.scheduled_seconds()
        began = asyncio.get_running_loop().time()
        last = await _write(db, broker, author, max(1, round(rate * seconds)), rate)
        took = asyncio.get_running_loop().time() - began
        behind = sum(other.seq < last for other in others)
        await asyncio.sleep(0.5)
        return Spent(
            instances,
            took,
            max(1, round(rate * seconds)),
            sum(other.heard for other in others) - heard,
            sum(other.reads for other in others) - reads,
            behind,
            engines.redis_process.scheduled_seconds() - redis_before,
            engines.postgres_process.scheduled_seconds() - postgres_before,
        )


async def _author(db: Database, webinar_id: UUID) -> Actor:
    async with db.reading() as unit:
        found = await unit.exec(select(Participant).where(col(Participant.webinar_id) == webinar_id).limit(1))
        person = found.one()
    return Actor(person.account_id, webinar_id, participant_id=person.id)


async def _write(db: Database, broker: RedisBroker, author: Actor, messages: int, rate: float) -> int:
    """Commits messages at an even pace, each followed by its notice; gives the last one's number."""
    loop = asyncio.get_running_loop()
    due, seq = loop.time(), 0
    for _ in range(messages):
        said = await db.write(post_messages, [Posting(author, uuid4(), BODY)], now=datetime.now(UTC))
        seq = said.turn.last_seq
        broker.publish(Advanced(author.webinar_id))
        due += 1 / rate
        await asyncio.sleep(max(0, due - loop.time()))
    return seq
