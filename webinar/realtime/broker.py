"""The tie between instances. Losing a notice loses nothing: rows are read from the database anyway, and after an
interruption `missed` makes every room catch up and every connection prove its standing again.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Protocol

from webinar.errors import Unavailable
from webinar.realtime.memory import MemoryBroker
from webinar.realtime.notices import AnyNotice


class Broker(Protocol):
    """Carries notices to all other instances. Nothing here waits: a broker that is away must not hold up a room."""

    @property
    def loses(self) -> bool:
        """Whether a notice can get lost without anybody's noticing."""
        ...

    @property
    def connected(self) -> bool:
        """Whether other instances can be reached now."""
        ...

    def start(self, deliver: Callable[[AnyNotice], None], missed: Callable[[], None]) -> None:
        """Begins to deliver the others' notices; `missed` is called when some may have been lost."""
        ...

    def publish(self, notice: AnyNotice) -> None:
        """Tells all other instances, at once or as soon as they can be reached."""
        ...

    async def close(self) -> None:
        """Ends, after a last try to publish what waits."""
        ...


def open_broker(redis_url: str, on_echo: Callable[[float], None] = lambda _: None) -> Broker:
    """The broker of an installation: through Redis, or none but this process when `redis_url` is empty.

    `on_echo` is told how many seconds each notice took to Redis and back.
    Raises Unavailable when the Redis client is not installed.
    """
    if not redis_url:
        return MemoryBroker()
    try:
        found = import_module("webinar.realtime.redis")
    except ImportError as error:
        raise Unavailable("Several instances need the Redis client: pip install 'webinar[redis]'.") from error
    broker: Broker = found.RedisBroker(redis_url, on_echo)
    return broker
