"""How fast one person may speak, on however many connections to this instance (S4)."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

# Seconds in which every bucket is full again: the slowest pace that an operator may set takes 50.
FULL_AGAIN = 60.0


@dataclass(frozen=True, slots=True)
class Pace:
    """So many messages a second, and `burst` of them at once."""

    rate: float
    burst: int

    @classmethod
    def of_participants(cls, rate: float) -> "Pace":
        """What five seconds allow may come at once, and never fewer than five."""
        return cls(rate, max(5, round(5 * rate)))


class Bucket:
    """A token bucket that keeps a pace. `clock` gives seconds and never goes back."""

    __slots__ = ("_at", "_burst", "_clock", "_rate", "_tokens", "refused")

    def __init__(self, pace: Pace, clock: Callable[[], float]) -> None:
        self._rate, self._burst, self._clock = pace.rate, pace.burst, clock
        self._tokens, self._at = float(pace.burst), clock()
        self.refused = 0

    def take(self) -> float:
        """Takes one; 0 when there was one, else the seconds until there is. `refused` counts refusals in a row."""
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self._tokens >= 1:
            self._tokens -= 1
            self.refused = 0
            return 0
        self.refused += 1
        return (1 - self._tokens) / self._rate


class Buckets:
    """The buckets of those who spoke within the last one or two minutes.

    Everybody else's is full, which is as good as a new one. So nobody who only listens has one, and nothing is ever
    looked through: those that nobody used since the last turn are dropped at the next one.
    """

    __slots__ = ("_clock", "_earlier", "_lately", "_turn_at")

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lately: dict[UUID, Bucket] = {}
        self._earlier: dict[UUID, Bucket] = {}
        self._turn_at = clock() + FULL_AGAIN

    def __len__(self) -> int:
        return len(self._lately) + len(self._earlier)

    def of(self, speaker: UUID, pace: Pace) -> Bucket:
        """The one bucket of this speaker; a new one keeps `pace`. Ask for it each time: it may have been dropped."""
        if (now := self._clock()) >= self._turn_at:
            self._lately, self._earlier = {}, self._lately
            self._turn_at = now + FULL_AGAIN
        if (bucket := self._lately.get(speaker)) is None:
            bucket = self._earlier.pop(speaker, None) or Bucket(pace, self._clock)
            self._lately[speaker] = bucket
        return bucket
