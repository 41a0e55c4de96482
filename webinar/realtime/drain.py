"""How an instance takes its leave (R5): everybody is told when to come back, one after the other and not as a crowd."""

import asyncio

from webinar.realtime.codes import Close
from webinar.realtime.fanout.frames import encode
from webinar.realtime.fanout.line import Line
from webinar.realtime.protocol.events import Reconnect

# Seconds in which what is on its way is still answered, where nobody is there to take over.
LAST_WORDS = 0.5


class Drain:
    """Gives each connection a moment of its own to come back at, `rate` of them a second.

    Those whose moment is near leave by themselves and lose no second. Whoever is still here after `stay` seconds is
    closed, and comes back at their moment all the same.
    """

    def __init__(self, rate: int, stay: float) -> None:
        self._rate, self._stay = rate, max(stay, LAST_WORDS)
        self._told = 0

    def send_off(self, line: Line) -> None:
        """Tells a connection when to come back."""
        self._told += 1
        line.send(encode(Reconnect(after_ms=1000 * self._told // self._rate)))
        asyncio.get_running_loop().call_later(self._stay, line.close, Close.RESTART)
