"""The broker for several instances: one Redis channel, with nothing kept in Redis.

A notice that cannot be published waits here (one of a kind, so the queue is bounded by the rooms), and is
published as soon as Redis answers. Whoever was cut off catches up from the database after subscribing again.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

import msgspec
from redis.asyncio import Redis
from redis.exceptions import RedisError

from webinar.realtime.notices import AnyNotice, Present, from_wire, to_wire

log = logging.getLogger(__name__)
CHANNEL = "webinar:notices"
TIMEOUT = 2.0  # seconds for Redis to answer
PAUSE = 0.5  # seconds between two tries
SILENCE = 5.0  # seconds without a word before Redis is asked whether it is still there
MOST_ON_THEIR_WAY = 1000  # notices
FAREWELL = 1.0  # seconds for the last notices at the end
AWAY = (RedisError, OSError, TimeoutError)


class RedisBroker:
    """Publishes and subscribes through one Redis. `url` is like redis://host:6379/0.

    `on_echo` is told how many seconds each notice took until it was heard back.
    """

    def __init__(self, url: str, on_echo: Callable[[float], None] = lambda _: None) -> None:
        # A stopped Redis must look like an absent one: every answer has a time limit.
        self._redis: Redis = Redis.from_url(
            url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT, retry=None
        )
        self._id = uuid4().bytes
        self._on_echo = on_echo
        # When what was not heard back yet was published: a channel keeps the order.
        self._on_their_way: deque[float] = deque(maxlen=MOST_ON_THEIR_WAY)
        self._waiting: dict[Any, AnyNotice] = {}
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._subscribed = self._published = self._closed = False

    @property
    def connected(self) -> bool:
        """Whether Redis answered both ways the last time."""
        return self._subscribed and self._published

    def start(self, deliver: Callable[[AnyNotice], None], missed: Callable[[], None]) -> None:
        """Begins to publish and to deliver; `missed` is called after each subscription, the first included."""
        self._tasks = [
            asyncio.create_task(self._publish_forever()),
            asyncio.create_task(self._subscribe_forever(deliver, missed)),
        ]

    def publish(self, notice: AnyNotice) -> None:
        """Queues the notice; a newer one about the same thing takes its place."""
        self._waiting[_subject(notice)] = notice
        self._wake.set()

    async def close(self) -> None:
        """Ends, after a last try to publish what waits."""
        self._closed = True
        with suppress(*AWAY):
            async with asyncio.timeout(FAREWELL):
                await self._publish_waiting()
        for task in self._tasks:
            task.cancel()
        # Whoever took the cancellation for something else wakes up, and sees that it is over.
        self._wake.set()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(*AWAY):
            await self._redis.aclose()

    async def _publish_forever(self) -> None:
        # Asked each round: the client may take a cancellation for one of its own time limits.
        while not self._closed:
            try:
                await self._publish_waiting()
                self._published = True
                await self._wake.wait()
            except AWAY:
                self._note_absence(self._published)
                self._published = False
                await asyncio.sleep(PAUSE)

    async def _publish_waiting(self) -> None:
        self._wake.clear()
        batch = dict(self._waiting)
        if not batch:
            await self._redis.ping()
            return
        async with self._redis.pipeline(transaction=False) as pipe:
            for notice in batch.values():
                pipe.publish(CHANNEL, self._id + to_wire(notice))
            self._on_their_way.extend([time.monotonic()] * len(batch))
            await pipe.execute()
        for subject, notice in batch.items():
            if self._waiting.get(subject) is notice:
                del self._waiting[subject]

    async def _subscribe_forever(
        self, deliver: Callable[[AnyNotice], None], missed: Callable[[], None]
    ) -> None:
        while not self._closed:
            try:
                await self._listen(deliver, missed)
            except AWAY:
                self._note_absence(self._subscribed)
            self._subscribed = False
            await asyncio.sleep(PAUSE)

    async def _listen(self, deliver: Callable[[AnyNotice], None], missed: Callable[[], None]) -> None:
        async with self._redis.pubsub() as pubsub:
            await pubsub.subscribe(CHANNEL)
            asked = False
            while not self._closed:
                message = await pubsub.get_message(timeout=SILENCE)
                if message is None:
                    if asked:
                        return
                    asked = True
                    await pubsub.ping()
                    continue
                asked = False
                if message["type"] == "subscribe":
                    self._subscribed = True
                    self._on_their_way.clear()
                    missed()
                elif message["type"] == "message":
                    self._receive(message["data"], deliver)

    def _receive(self, data: bytes, deliver: Callable[[AnyNotice], None]) -> None:
        sender, body = data[: len(self._id)], data[len(self._id) :]
        if sender == self._id:
            if self._on_their_way:
                self._on_echo(time.monotonic() - self._on_their_way.popleft())
            return
        try:
            notice = from_wire(body)
        except msgspec.DecodeError:
            # A newer version beside this one, while they are being replaced.
            log.warning("broker_notice_unknown")
            return
        deliver(notice)

    def _note_absence(self, was_there: bool) -> None:
        if was_there:
            log.warning("broker_away")


def _subject(notice: AnyNotice) -> object:
    return (Present, notice.webinar_id, notice.instance) if isinstance(notice, Present) else notice
