"""How often something may happen: sliding windows, in memory or in Redis, under keys that name nobody."""

import logging
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from typing import Any, TypeVar, cast

from limits import RateLimitItem, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage, Storage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string

from webinar.errors import TooMany
from webinar.signing import Signer

log = logging.getLogger(__name__)
IPV6_SITE_BITS = 64
SWEEP_SECONDS = 60
REDIS_SECONDS = 0.5  # for Redis to answer: somebody's request waits meanwhile
ALONE_SECONDS = 5.0  # for which a Redis that did not answer is not asked again
AWAY = (StorageError, OSError, TimeoutError)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` per `window` for each key. `name` keeps the keys of different limits apart."""

    name: str
    times: int
    window: timedelta

    @property
    def item(self) -> RateLimitItem:
        """The limit in the library's words."""
        return RateLimitItemPerSecond(self.times, int(self.window.total_seconds()), namespace=self.name)


@dataclass(frozen=True, slots=True)
class Window:
    """The count of the window with this number, and of the one before. Nothing of it matters once it `ends`."""

    number: int
    previous: int
    current: int
    ends: float


class MonotonicMemory(MemoryStorage):
    """This process's counts, on a clock that nobody sets: a step of the wall clock opens and closes nothing (R11).

    The library's own goes by the wall clock. `now` gives seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now = now
        self._windows: dict[str, Window] = {}
        self._swept = now()

    async def acquire_sliding_window_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Counts `amount` more, unless that would be more than `limit`."""
        self._sweep()
        previous, left, current, _ = await self.get_sliding_window(key, expiry)
        if math.floor(previous * left / expiry + current) + amount > limit:
            return False
        number = int(self._now() // expiry)
        self._windows[key] = Window(number, previous, current + amount, ends=(number + 2) * expiry)
        return True

    async def get_sliding_window(self, key: str, expiry: int) -> tuple[int, float, int, float]:
        """The last window's count and how long it still weighs, the present one's and how long that goes on."""
        number, passed = divmod(self._now(), expiry)
        left = expiry - passed
        known = self._windows.get(key)
        if known is None or known.number < number - 1:
            return 0, left, 0, left
        if known.number < number:
            return known.current, left, 0, left
        return known.previous, left, known.current, left

    async def clear_sliding_window(self, key: str, expiry: int) -> None:
        """Forgets the key."""
        self._windows.pop(key, None)

    def _sweep(self) -> None:
        now = self._now()
        if now - self._swept > SWEEP_SECONDS:
            self._swept = now
            self._windows = {key: window for key, window in self._windows.items() if window.ends > now}


class Limits:
    """Counts hits. With Redis all instances count together; while it is away each counts for itself."""

    def __init__(self, signer: Signer, redis_url: str = "") -> None:
        self._signer = signer
        self._local = SlidingWindowCounterRateLimiter(MonotonicMemory())
        self._shared = SlidingWindowCounterRateLimiter(_redis(redis_url)) if redis_url else self._local
        self._alone_until = -math.inf

    async def hit(self, limit: Limit, *key: object) -> None:
        """Counts one more for `key`; raises TooMany once `limit` is passed.

        `key` may hold an address or a network: only a keyed hash of it is kept (G14).
        """
        name = self._signer.derive_token("limit", limit.name, *key)
        if not await self._try(lambda limiter: limiter.hit(limit.item, name)):
            stats = await self._try(lambda limiter: limiter.get_window_stats(limit.item, name))
            raise TooMany(max(1, math.ceil(stats.reset_time - time.time())))

    async def close(self) -> None:
        """Lets the connections to Redis go."""
        if isinstance(storage := self._shared.storage, RedisStorage):
            bridge: Any = storage.bridge
            await bridge.storage.aclose()

    async def _try(self, ask: Callable[[SlidingWindowCounterRateLimiter], Awaitable[T]]) -> T:
        if time.monotonic() >= self._alone_until:
            try:
                return await ask(self._shared)
            except AWAY:
                log.warning("limits_without_redis")
                self._alone_until = time.monotonic() + ALONE_SECONDS
        return await ask(self._local)


def network_of(host: str) -> str:
    """The network that `host` stands for when counting: an IPv6 customer has a whole /64 to choose from."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(int(address) >> IPV6_SITE_BITS)


def _redis(url: str) -> Storage:
    # A stopped Redis must look like an absent one: by itself the client would wait for it for seconds, and again.
    patience: dict[str, Any] = {
        "socket_timeout": REDIS_SECONDS,
        "socket_connect_timeout": REDIS_SECONDS,
        "retry": None,
    }
    named = f"async+redis+{url}" if url.startswith("unix:") else f"async+{url}"
    storage = storage_from_string(named, implementation="redispy", wrap_exceptions=True, **patience)
    return cast(Storage, storage)
