"""How fast one connection may speak (S4)."""

from collections.abc import Callable
from dataclasses import dataclass


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
