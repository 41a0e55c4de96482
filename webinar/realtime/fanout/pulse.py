"""Finding lines whose other end is gone without a word (R8): one sweep for all, a part of them at a time."""

import asyncio
from itertools import cycle

from webinar.realtime.fanout.line import Line

HANDS = 8


class Pulse:
    """Beats every line once in `seconds`: a dead one is cut at its third beat in silence, within three times as long.

    The lines are dealt into hands, and the hands beaten one after the other, so that no turn of the loop beats all.
    """

    def __init__(self, seconds: float) -> None:
        self._pause = seconds / HANDS
        self._hands: list[set[Line]] = [set() for _ in range(HANDS)]
        self._deal = cycle(self._hands)

    def watch(self, line: Line) -> None:
        """Beats the line from now on."""
        next(self._deal).add(line)

    def forget(self, line: Line) -> None:
        """Leaves the line alone."""
        for hand in self._hands:
            hand.discard(line)

    def lines(self) -> list[Line]:
        """All who are watched."""
        return [line for hand in self._hands for line in hand]

    async def run(self) -> None:
        """Beats until it is cancelled."""
        for hand in cycle(self._hands):
            for line in tuple(hand):
                line.beat()
            await asyncio.sleep(self._pause)
