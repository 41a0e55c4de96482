"""Every broker tells all other instances, in order, without content; and a Redis that is away holds up nobody."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from uuid import UUID, uuid4

import pytest

from tests.support.redis import RedisServer
from webinar.errors import Unavailable
from webinar.realtime import broker as opening
from webinar.realtime import redis as redis_broker
from webinar.realtime.broker import Broker, open_broker
from webinar.realtime.memory import MemoryBroker, MemoryBus
from webinar.realtime.notices import Advanced, AnyNotice, Present, Revoked, Touched, to_wire
from webinar.realtime.redis import CHANNEL, RedisBroker

PATIENCE = 15


class Instance:
    """One instance at its broker, with what it heard."""

    def __init__(self, broker: Broker) -> None:
        self.broker = broker
        self.heard: list[AnyNotice] = []
        self.missed = 0
        self._changed = asyncio.Event()
        broker.start(self._hear, self._miss)

    async def hears(self, *wanted: AnyNotice) -> None:
        await self.until(lambda: all(notice in self.heard for notice in wanted))

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not holds():
                self._changed.clear()
                await self._changed.wait()

    def _hear(self, notice: AnyNotice) -> None:
        self.heard.append(notice)
        self._changed.set()

    def _miss(self) -> None:
        self.missed += 1
        self._changed.set()


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
async def instances(request: pytest.FixtureRequest) -> AsyncIterator[list[Instance]]:
    brokers: list[Broker]
    if request.param == "memory":
        bus = MemoryBus()
        brokers = [MemoryBroker(bus) for _ in range(3)]
        found = [Instance(broker) for broker in brokers]
    else:
        url = request.getfixturevalue("redis_url")
        brokers = [RedisBroker(url) for _ in range(3)]
        found = [Instance(broker) for broker in brokers]
        for instance in found:
            await instance.until(lambda instance=instance: instance.missed == 1)  # type: ignore[misc]
    yield found
    for broker in brokers:
        await broker.close()


async def test_every_other_instance_hears_every_kind_of_notice(instances: list[Instance]):
    teller, *others = instances
    notices: list[AnyNotice] = [
        Advanced(uuid4()),
        Touched(uuid4(), uuid4()),
        Revoked(uuid4()),
        Present(uuid4(), uuid4(), 7),
    ]
    for notice in notices:
        teller.broker.publish(notice)
    for other in others:
        await other.hears(*notices)
    assert teller.heard == []


async def test_nobody_hears_after_closing(instances: list[Instance]):
    teller, gone, there = instances
    await gone.broker.close()
    notice = Advanced(uuid4())
    teller.broker.publish(notice)
    await there.hears(notice)
    assert gone.heard == []


def test_a_notice_holds_ids_and_numbers_only():
    for notice in (Advanced, Touched, Revoked, Present):
        assert set(notice.__annotations__.values()) <= {UUID, int}


async def test_without_redis_nothing_is_shared():
    assert isinstance(open_broker(""), MemoryBroker)


async def test_a_missing_redis_client_is_said_plainly(monkeypatch: pytest.MonkeyPatch):
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(opening, "import_module", absent)
    with pytest.raises(Unavailable, match="pip install"):
        open_broker("redis://127.0.0.1:1/0")


async def connected(*instances: Instance, wanted: bool = True) -> None:
    async with asyncio.timeout(PATIENCE):
        while any(instance.broker.connected is not wanted for instance in instances):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_what_could_not_be_told_while_redis_stood_still_is_told_after(
    own_redis: RedisServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(redis_broker, "ANSWER", 0.2)
    teller, listener = Instance(RedisBroker(own_redis.url)), Instance(RedisBroker(own_redis.url))
    await connected(teller, listener)
    own_redis.pause()
    notices: list[AnyNotice] = [Advanced(uuid4()), Revoked(uuid4())]
    for notice in notices:
        teller.broker.publish(notice)
    await connected(teller, wanted=False)
    own_redis.resume()
    await listener.hears(*notices)
    for instance in (teller, listener):
        await instance.broker.close()


async def test_a_notice_that_could_not_be_sent_is_sent_again(redis_url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(redis_broker, "PAUSE", 0.01)
    teller, listener = Instance(RedisBroker(redis_url)), Instance(RedisBroker(redis_url))
    await connected(teller, listener)
    client = teller.broker._redis  # type: ignore[attr-defined]
    real, failures = client.pipeline, iter(range(2))

    def cut(**options: bool) -> object:
        if next(failures, None) is not None:
            raise ConnectionError("cut")
        return real(**options)

    monkeypatch.setattr(client, "pipeline", cut)
    notice = Revoked(uuid4())
    teller.broker.publish(notice)
    await listener.hears(notice)
    for instance in (teller, listener):
        await instance.broker.close()


async def test_after_redis_died_and_came_back_everybody_looks_again(own_redis: RedisServer):
    teller, listener = Instance(RedisBroker(own_redis.url)), Instance(RedisBroker(own_redis.url))
    for instance in (teller, listener):
        await instance.until(lambda instance=instance: instance.missed == 1)  # type: ignore[misc]
    own_redis.restart()
    await listener.until(lambda: listener.missed == 2)
    notice = Advanced(uuid4())
    teller.broker.publish(notice)
    await listener.hears(notice)
    for instance in (teller, listener):
        await instance.broker.close()


async def test_after_redis_died_an_instance_counts_as_tied_only_once_both_ways_work(own_redis: RedisServer):
    """With nothing to publish meanwhile, nobody tries the connection on which it is published."""
    teller = Instance(RedisBroker(own_redis.url))
    await connected(teller)
    client = teller.broker._redis  # type: ignore[attr-defined]
    real, asked = client.ping, 0

    async def ping() -> object:
        nonlocal asked
        asked += 1
        return await real()

    client.ping = ping
    own_redis.restart()
    await teller.until(lambda: teller.missed == 2)
    await connected(teller)
    assert asked
    await teller.broker.close()


async def test_a_notice_that_nobody_understands_is_passed_over(redis_url: str):
    listener, teller = Instance(RedisBroker(redis_url)), RedisBroker(redis_url)
    await listener.until(lambda: listener.missed == 1)
    for strange in (b"", b"x" * 16, b"x" * 24 + b'{"type":"new"}'):
        await teller._redis.publish(CHANNEL, strange)
    notice = Advanced(uuid4())
    await teller._redis.publish(CHANNEL, b"y" * 24 + to_wire(notice))
    await listener.hears(notice)
    assert listener.heard == [notice]
    await listener.broker.close()
    await teller.close()


async def test_a_cancellation_that_the_client_swallows_holds_up_nobodys_end(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
):
    teller = Instance(RedisBroker(redis_url))
    await connected(teller)
    client, began = teller.broker._redis, asyncio.Event()  # type: ignore[attr-defined]
    real = client.pipeline

    def swallowing(**options: bool) -> object:
        pipe = real(**options)

        async def execute() -> None:
            began.set()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.Event().wait()

        pipe.execute = execute
        return pipe

    monkeypatch.setattr(client, "pipeline", swallowing)
    monkeypatch.setattr(redis_broker, "FAREWELL", 0.1)
    teller.broker.publish(Advanced(uuid4()))
    await began.wait()
    async with asyncio.timeout(PATIENCE):
        await teller.broker.close()


async def test_the_way_to_redis_and_back_is_measured(redis_url: str):
    seconds: list[float] = []
    teller = Instance(RedisBroker(redis_url, seconds.append))
    listener = Instance(RedisBroker(redis_url))
    await connected(teller, listener)
    for _ in range(3):
        notice = Advanced(uuid4())
        teller.broker.publish(notice)
        await listener.hears(notice)
    for instance in (teller, listener):
        await instance.broker.close()
    assert len(seconds) >= 3
    assert all(0 <= second < PATIENCE for second in seconds)
