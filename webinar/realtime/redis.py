"""The broker for several instances: one Redis channel, with nothing kept in Redis.

A notice that cannot be published waits here (one of a kind, so the queue is bounded by the rooms), and is
published as soon as Redis answers. Whoever was cut off catches up from the database after subscribing again.

The time limits below make an absence that nobody announces show within two seconds (SILENCE and ANSWER), and its end
within one (CONNECT or ANSWER, and PAUSE): a ban must be everywhere a second after Redis is back (S3, R7).
"""

import asyncio
import logging
import struct
import time
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
CONNECT = 0.7  # seconds for Redis to take a connection
ANSWER = 1.0  # seconds for Redis to answer
PAUSE = 0.2  # seconds between two tries
SILENCE = 1.0  # seconds without a word before Redis is asked whether it is still there
FAREWELL = 1.0  # seconds for the last notices at the end
AWAY = (RedisError, OSError, TimeoutError)
# Before each notice: which instance says it, and when by its own clock, which tells only itself something.
HEAD = struct.Struct("!16sd")


class RedisBroker:
    """Publishes and subscribes through one Redis. `url` is like redis://host:6379/0.

    `on_echo` is told how many seconds each notice took until it was heard back.
    """

    loses = True

    def __init__(self, url: str, on_echo: Callable[[float], None] = lambda _: None) -> None:
        # A stopped Redis must look like an absent one: every answer has a time limit.
        self._redis: Redis = Redis.from_url(
            url, socket_timeout=ANSWER, socket_connect_timeout=CONNECT, retry=None
        )
        self._id = uuid4().bytes
        self._on_echo = on_echo
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
            except Exception as error:  # noqa: BLE001 - whatever it was: nobody else would try again
                self._note(error, self._published)
                self._published = False
                await asyncio.sleep(PAUSE)

    async def _publish_waiting(self) -> None:
        self._wake.clear()
        batch = dict(self._waiting)
        if not batch:
            await self._redis.ping()
            return
        async with self._redis.pipeline(transaction=False) as pipe:
            head = HEAD.pack(self._id, time.monotonic())
            for notice in batch.values():
                pipe.publish(CHANNEL, head + to_wire(notice))
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
            except Exception as error:  # noqa: BLE001 - the same
                self._note(error, self._subscribed)
            # The other connection may be as dead and not know it yet: it is tried before it counts again.
            self._subscribed = self._published = False
            self._wake.set()
            await asyncio.sleep(PAUSE)

    async def _listen(self, deliver: Callable[[AnyNotice], None], missed: Callable[[], None]) -> None:
        async with self._redis.pubsub() as pubsub:
            await pubsub.subscribe(CHANNEL)
            asked = False
            while not self._closed:
                message = await pubsub.get_message(timeout=ANSWER if asked else SILENCE)
                if message is None:
                    if asked:
                        raise TimeoutError
                    asked = True
                    await pubsub.ping()
                    continue
                asked = False
                if message["type"] == "subscribe":
                    self._subscribed = True
                    missed()
                elif message["type"] == "message":
                    self._receive(message["data"], deliver)

    def _receive(self, data: bytes, deliver: Callable[[AnyNotice], None]) -> None:
        try:
            sender, said_at = HEAD.unpack_from(data)
            notice = from_wire(data[HEAD.size :])
        except (struct.error, msgspec.DecodeError):
            # A newer version beside this one, while they are being replaced.
            log.warning("broker_notice_unknown")
            return
        if sender == self._id:
            self._on_echo(time.monotonic() - said_at)
            return
        deliver(notice)

    def _note(self, error: Exception, was_there: bool) -> None:
        if not isinstance(error, AWAY):
            log.error("broker_failed", exc_info=error)
        elif was_there:
            log.warning("broker_away")


def _subject(notice: AnyNotice) -> object:
    return (Present, notice.webinar_id, notice.instance) if isinstance(notice, Present) else notice
