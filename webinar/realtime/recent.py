"""What was said last, ready to be sent: whoever knows the room as of a moment ago needs no fresh snapshot."""

from collections import deque
from collections.abc import Mapping

from webinar.realtime.fanout.frames import Frame
from webinar.realtime.identity import Audience

MOST = 256  # messages


class Recent:
    """Everything that happened in a room after the number `since`, which was nothing but chat messages.

    Whatever else happens begins it anew. So nothing in it can have been removed meanwhile, by a host or by an erasure.
    """

    __slots__ = ("_said", "since")

    def __init__(self) -> None:
        self.since = 0
        self._said: deque[tuple[int, Mapping[Audience, Frame]]] = deque()

    def begin(self, seq: int) -> None:
        """Forgets all of it; from here on it holds what happens after `seq`."""
        self.since = seq
        self._said.clear()

    def add(self, seq: int, frames: Mapping[Audience, Frame]) -> None:
        """A message was said, and nothing else happened since the one before."""
        self._said.append((seq, frames))
        if len(self._said) > MOST:
            self.since, _ = self._said.popleft()

    def after(self, seq: int, audience: Audience, *, most: int = MOST) -> list[Frame] | None:
        """What an audience heard after `seq`; None when this does not reach back so far, or it is more than `most`."""
        if seq < self.since:
            return None
        found: list[Frame] = []
        for number, frames in reversed(self._said):
            if number <= seq:
                break
            if len(found) == most:
                return None
            found.append(frames[audience])
        return found[::-1]
