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


class Limits:
    """Counts hits. With Redis all instances count together; while it is away each counts for itself."""

    def __init__(self, signer: Signer, redis_url: str = "") -> None:
        self._signer = signer
        self._local = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._shared = SlidingWindowCounterRateLimiter(_redis(redis_url)) if redis_url else self._local

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
        try:
            return await ask(self._shared)
        except StorageError:
            log.warning("limits_without_redis")
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
    storage = storage_from_string(f"async+{url}", implementation="redispy", wrap_exceptions=True)
    return cast(Storage, storage)
