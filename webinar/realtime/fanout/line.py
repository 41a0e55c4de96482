"""One client's way out. It never waits, and nobody waits for it (S4)."""

import asyncio
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterable
from functools import partial
from uuid import UUID

from webinar.realtime.codes import Close
from webinar.realtime.fanout.frames import Batch, Frame
from webinar.realtime.fanout.stream import UNREACHABLE, Stream

MOST_WAITING = 1024 * 1024  # bytes that only this client is told and does not take
CHUNK = 64 * 1024  # bytes that are given to a slow socket at once
GRACE = 5.0  # seconds for a client to take its close frame


class Line(ABC):
    """What a client is told, by the stream and in private, arrives in the order in which it was said.

        held ──release──→ ready ⇄ behind         each ──close──→ closed

    Held: the client is getting its first picture of the room, and keeps its place in the stream meanwhile. Ready: its
    socket took everything, so the stream writes to it at once. Behind: the socket is full; the stream goes on, and
    when the socket takes more, the line reads on from its place.
    """

    __slots__ = (
        "_after",
        "_alone",
        "_held",
        "_renewed",
        "closing",
        "cursor",
        "descriptor",
        "over",
        "owner",
        "stream",
    )

    def __init__(self) -> None:
        # Nothing further is told; `closing` says why, when it was us who ended it.
        self.over = False
        self.closing: Close | None = None
        self.cursor = 0
        self.owner: UUID | None = None
        self.stream = Stream()
        # The socket's, for whoever writes to many at once and only while the line is ready.
        self.descriptor = UNREACHABLE
        # What only this client is told, each with the position in the stream that it comes at.
        self._alone: deque[tuple[int, Frame]] | None = None
        self._after = -1
        self._held, self._renewed = True, False

    @property
    @abstractmethod
    def busy(self) -> bool:
        """Whether something that was begun is still on its way into the socket."""

    @abstractmethod
    def write(self, batch: Batch) -> bool:
        """Gives the socket all of it; False when it has not taken everything yet: then `drain` is called once it has.

        Only when not `busy`.
        """

    def took(self, batch: Batch, taken: int) -> bool:
        """Somebody else gave the socket `batch`, of which it took so many bytes, or had the error number `-taken`.

        As `write`. Only for lines that have a `descriptor`.
        """
        raise ValueError("only its transport may write to this line")

    @abstractmethod
    def end(self, code: Close) -> None:
        """Sends the close frame. Only when not `busy`."""

    @abstractmethod
    def cut(self) -> None:
        """Drops the line, whatever is still on its way."""

    @abstractmethod
    def beat(self) -> None:
        """Called every few seconds: a line that shows no life is cut."""

    def follow(self, stream: Stream, owner: UUID | None) -> None:
        """Takes a place in the stream, on behalf of the participant `owner`; nothing is written until `release`."""
        self.owner, self.stream = owner, stream
        if not self.over:
            stream.follow(self)

    def release(self, first: Iterable[Frame], *, after: int) -> None:
        """Tells `first`, then what the stream said meanwhile, without the durable events up to the number `after`."""
        if self.over:
            return
        self._held = False
        if not self._renewed:
            self._after = after
        self._alone = deque([*((self.cursor, frame) for frame in first), *(self._alone or ())])
        self.drain()

    def renewed(self) -> None:
        """The stream gives everybody a fresh picture: whatever follows it is told, even if something newer was told first."""
        self._after, self._renewed = -1, self._held

    def send(self, frame: Frame) -> None:
        """Tells only this client; closes the line when too much waits already."""
        if not self.over:
            self.stream.in_turn(partial(self._send, frame))

    def close(self, code: Close) -> None:
        """Ends the conversation: what was begun is finished, what merely waits is not. Comes back for the rest."""
        if self.over:
            return
        self.over, self.closing = True, code
        self.stream.leave(self)
        self._alone = None
        asyncio.get_running_loop().call_later(GRACE, self.cut)
        if not self.busy:
            self.end(code)

    def drain(self) -> None:
        """Goes on where the socket had stopped taking."""
        while (batch := self._next()) is not None:
            if not self.write(batch):
                return
        if self.closing is not None:
            self.end(self.closing)
        elif not self._held and not self.over:
            self.stream.catch_up(self)

    def gone(self) -> None:
        """The client is gone, or nothing it says matters any more: tells nothing further, and takes no place again."""
        self.over = True
        self.stream.leave(self)
        self._alone = None

    def _send(self, frame: Frame) -> None:
        if self.over:
            return
        if self.stream.is_ready(self):
            if not self.write(Batch((frame,))):
                self.stream.fall_behind(self)
            return
        self._alone = self._alone or deque()
        if sum(len(waiting.wire) for _, waiting in self._alone) > MOST_WAITING:
            self.close(Close.SLOW)
            return
        self._alone.append((self.stream.told, frame))

    def _next(self) -> Batch | None:
        """What comes next, about `CHUNK` bytes of it; None when there is nothing."""
        if self._held or self.over:
            return None
        frames: list[Frame] = []
        size = 0
        while size < CHUNK:
            if self._alone and self._alone[0][0] <= self.cursor:
                frame: Frame | None = self._alone.popleft()[1]
            elif (entry := self.stream.entry_at(self.cursor)) is not None:
                self.cursor += 1
                frame = entry.frame_for(self.owner)
                if frame is not None and frame.seq is not None and frame.seq <= self._after:
                    continue
            else:
                break
            if frame is not None:
                frames.append(frame)
                size += len(frame.wire)
        if not self._alone:
            self._alone = None
        return Batch(frames) if frames else None
