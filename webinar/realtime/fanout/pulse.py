"""Finding lines whose other end is gone without a word (R8): one sweep for all, a part of them each second."""

import asyncio
from itertools import cycle

from webinar.realtime.fanout.line import Line

# Seconds from one beat of a line to its next. A dead one is cut at its third beat in silence, within 24 seconds.
ROUND = 8


class Pulse:
    """Beats every line once in a round. The lines are dealt into as many hands as a round has seconds."""

    def __init__(self) -> None:
        self._hands: list[set[Line]] = [set() for _ in range(ROUND)]
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
            await asyncio.sleep(1)
