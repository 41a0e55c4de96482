"""What everybody in one audience of a room hears, in order."""

import asyncio
from array import array
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf
from time import monotonic
from typing import TYPE_CHECKING
from uuid import UUID

from webinar.realtime.codes import Close
from webinar.realtime.fanout.frames import Batch, Frame
from webinar.realtime.fanout.ring import UNASKED, Ring

if TYPE_CHECKING:
    from webinar.realtime.fanout.line import Line

LOG_BYTES = 1024 * 1024
WORTH_A_RING = (
    16  # lines that are ready; for fewer, filling in what the kernel reads costs more than it saves
)
# Lines from which on telling them takes so long (tens of milliseconds in which nobody else is served) that it is followed by
# as long a rest, which is everybody else's.
LARGE = 2_000
UNREACHABLE = -1  # the descriptor of a line that only its transport may write to


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is said: `frame` to everybody (None: to nobody), but to the participant `owner` their `own`."""

    frame: Frame | None
    owner: UUID | None = None
    own: Frame | None = None

    def frame_for(self, owner: UUID | None) -> Frame | None:
        """What somebody hears of it."""
        return self.own if self.own is not None and self.owner == owner else self.frame

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(len(frame.wire) for frame in (self.frame, self.own) if frame is not None)


@dataclass(frozen=True, slots=True)
class Roll:
    """Who is ready, as it is written to: those with a descriptor, these, and whoever has none."""

    lines: "list[Line]"
    descriptors: "array[int]"
    others: "list[Line]"


class Stream:
    """Positions count entries from the first one ever. Up to `told` everybody who is ready has got everything.

    Whoever keeps up is in the ready set and costs one write a turn of the loop. Whoever does not is taken out of it
    and keeps a position, its line's `cursor`; the log reaches back to the hindmost of them, but never over 1 MiB,
    and who falls off its end is closed as too slow. The room waits for nobody, and holds nothing for each of them.
    """

    __slots__ = (
        "_behind",
        "_first",
        "_log",
        "_ready",
        "_resting",
        "_rests_until",
        "_ring",
        "_roll",
        "_scheduled",
        "_since",
        "_size",
        "_then",
        "_told_after",
        "told",
    )

    def __init__(
        self, ring: Ring | None = None, told_after: Callable[[float], None] = lambda _: None
    ) -> None:
        """`told_after` hears, once for each time of telling, how many seconds old the oldest of its news was."""
        self.told = 0
        self._told_after, self._since = told_after, inf
        self._ring = ring
        self._log: deque[Entry] = deque()
        self._first = 0
        self._size = 0
        # In the order in which they came: in a storm of newcomers, whoever was there before hears first.
        self._ready: dict[Line, None] = {}
        # Kept from one write to the next, as long as nobody comes, leaves or falls behind.
        self._roll: Roll | None = None
        self._behind: set[Line] = set()
        self._scheduled = False
        # While a large room rests: until when, whether something waits for that, and what comes after it.
        self._rests_until, self._resting = 0.0, False
        self._then: list[Callable[[], None]] = []

    @property
    def behind(self) -> int:
        """How many do not keep up."""
        return len(self._behind)

    @property
    def rest(self) -> float:
        """Seconds until what is published now is told: 0 but in a large room."""
        return max(0.0, self._rests_until - monotonic())

    def publish(self, entries: Iterable[Entry], since: float = inf) -> None:
        """Tells everybody at the end of this turn of the loop, together with whatever else is published in it.

        In a large room, when it has rested: together with whatever else is published until then. They are news `since`
        then (`time.monotonic`).
        """
        self._since = min(self._since, since)
        for entry in entries:
            self._log.append(entry)
            self._size += entry.size
        if self._scheduled:
            return
        self._scheduled = True
        rest, loop = self.rest, asyncio.get_running_loop()
        self._resting = rest > 0
        if self._resting:
            loop.call_later(rest, self._flush_scheduled)
        else:
            loop.call_soon(self._flush_scheduled)

    def in_turn(self, go_on: Callable[[], None]) -> None:
        """Goes on when everything published so far has been told: at once, or when a large room has rested."""
        if self._resting:
            self._then.append(go_on)
        else:
            self.flush()
            go_on()

    def renew(self, frame: Frame) -> None:
        """Tells everybody something that replaces all that was said before it, and forgets that."""
        self.flush()
        for line in self._behind:
            line.cursor = self.told
            line.renewed()
        for line in self._ready:
            line.renewed()
        self._trim()
        self.publish([Entry(frame)])

    def flush(self) -> None:
        """Tells everybody what they have not been told yet, with one write each."""
        if fresh := [self._log[index] for index in range(self.told - self._first, len(self._log))]:
            began = monotonic()
            self._tell(fresh)
            ended = monotonic()
            self._rests_until = ended + (ended - began) if len(self._ready) >= LARGE else 0.0
            if self._ready and self._since < inf:
                self._told_after(ended - self._since)
            self._since = inf
        then, self._then = self._then, []
        for go_on in then:
            go_on()

    def follow(self, line: "Line") -> None:
        """Gives a line its place: it will hear all that is published from now on, once it is ready."""
        self.flush()
        line.cursor = self.told
        self._behind.add(line)

    def catch_up(self, line: "Line") -> None:
        """The line has heard everything up to `told`, and its socket takes more."""
        self._behind.discard(line)
        self._ready[line] = self._roll = None

    def fall_behind(self, line: "Line") -> None:
        """The line's socket takes no more, after it was given everything up to `told`."""
        if line in self._ready:
            del self._ready[line]
            self._roll = None
            self._behind.add(line)
            line.cursor = self.told

    def is_ready(self, line: "Line") -> bool:
        """Whether the line is among those who keep up."""
        return line in self._ready

    def leave(self, line: "Line") -> None:
        """Forgets a line."""
        if line in self._ready:
            del self._ready[line]
            self._roll = None
        self._behind.discard(line)

    def entry_at(self, position: int) -> Entry | None:
        """The entry at a position that everybody who is ready has been told; None at the end."""
        return self._log[position - self._first] if position < self.told else None

    def _tell(self, fresh: list[Entry]) -> None:
        self.told += len(fresh)
        shared = _batch_for(fresh, None)
        owned = {entry.owner: _batch_for(fresh, entry.owner) for entry in fresh if entry.own is not None}
        if not owned:
            fallen = self._write(shared) if shared.wire else []
        elif shared.wire:
            fallen = [line for line in self._ready if not line.write(owned.get(line.owner, shared))]
        else:
            fallen = [
                line for line in self._ready if line.owner in owned and not line.write(owned[line.owner])
            ]
        for line in fallen:
            self.fall_behind(line)
        self._trim()

    def _write(self, batch: Batch) -> list["Line"]:
        """Writes to everybody who is ready; gives those who did not take it all."""
        if self._ring is None or self._ring.given_up or len(self._ready) < WORTH_A_RING:
            return [line for line in self._ready if not line.write(batch)]
        roll = self._roll or self._call_roll()
        taken = self._ring.send(roll.descriptors, batch.wire)
        fallen = [line for line in roll.others if not line.write(batch)]
        if taken is not None:
            size = len(batch.wire)
            fallen += [
                line
                for line, took in zip(roll.lines, taken, strict=True)
                if took != size and not (line.write(batch) if took == UNASKED else line.took(batch, took))
            ]
        return fallen

    def _call_roll(self) -> Roll:
        reachable = [line for line in self._ready if line.descriptor != UNREACHABLE]
        others = [line for line in self._ready if line.descriptor == UNREACHABLE]
        self._roll = Roll(reachable, array("I", [line.descriptor for line in reachable]), others)
        return self._roll

    def _flush_scheduled(self) -> None:
        self._scheduled = self._resting = False
        self.flush()

    def _trim(self) -> None:
        needed = min((line.cursor for line in self._behind), default=self.told)
        while self._first < self.told and (self._first < needed or self._size > LOG_BYTES):
            self._size -= self._log.popleft().size
            self._first += 1
        for line in [line for line in self._behind if line.cursor < self._first]:
            line.close(Close.SLOW)


def _batch_for(entries: list[Entry], owner: UUID | None) -> Batch:
    frames = (entry.frame_for(owner) for entry in entries)
    return Batch(frame for frame in frames if frame is not None)
