"""Finding lines whose other end is gone without a word (R8): one sweep for all, a part of them at a time."""

import logging
from itertools import cycle

from webinar.realtime.fanout.line import Line
from webinar.realtime.rounds import rounds

log = logging.getLogger(__name__)
HANDS = 8


class Pulse:
    """Beats every line once in `seconds`: a dead one is cut at its third beat in silence, within three times as long.

    The lines are dealt into hands, and the hands beaten one after the other, so that no turn of the loop beats all.
    """

    def __init__(self, seconds: float) -> None:
        self._pause = seconds / HANDS
        self._hands: list[set[Line]] = [set() for _ in range(HANDS)]
        self._deal, self._turn = cycle(self._hands), cycle(self._hands)

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
        await rounds(self._beat, self._pause, "lines_not_beaten")

    def _beat(self) -> None:
        for line in tuple(next(self._turn)):
            try:
                line.beat()
            except Exception:  # one that is broken must not keep the others from being found
                log.exception("line_not_beaten")
                _drop(line)


def _drop(line: Line) -> None:
    try:
        line.cut()
    except Exception:
        log.exception("line_not_cut")
