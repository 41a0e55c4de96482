"""How fast one connection may speak (S4)."""

from collections.abc import Callable


class Bucket:
    """A token bucket: `burst` at once, then `rate` a second. `clock` gives seconds and never goes back."""

    __slots__ = ("_at", "_burst", "_clock", "_rate", "_tokens", "refused")

    def __init__(self, rate: float, burst: int, clock: Callable[[], float]) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._tokens, self._at = float(burst), clock()
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
