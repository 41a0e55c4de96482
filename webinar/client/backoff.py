"""How long to wait before coming back: full jitter, so that a crowd that was cut off together does not return as one."""

import random
from collections.abc import Callable
from dataclasses import dataclass

FIRST = 0.5  # seconds
LONGEST = 20.0
DOUBLINGS = 16  # beyond that the cap is reached anyway


@dataclass(frozen=True, slots=True)
class BackOff:
    """Between nothing and `first` · 2ⁿ seconds, at most `longest`; `chance` gives numbers from 0 to 1."""

    first: float = FIRST
    longest: float = LONGEST
    chance: Callable[[], float] = random.random

    def delay(self, attempt: int) -> float:
        """Seconds to wait before the attempt of that number; the first is 0."""
        return self.chance() * min(self.longest, self.first * 2.0 ** min(attempt, DOUBLINGS))
