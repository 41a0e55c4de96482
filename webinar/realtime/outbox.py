"""A connection's way out: a bounded queue, so that nobody ever waits for somebody who does not read (S4)."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable

from starlette.websockets import WebSocket, WebSocketDisconnect

from webinar.realtime.codes import Close
from webinar.realtime.protocol.events import Frame

QUEUE_BYTES = 1024 * 1024
GRACE = 5.0  # seconds for a client to take its close frame


class Outbox:
    """Frames on their way to one client. `push` never waits; whoever lets 1 MiB pile up is dropped."""

    __slots__ = ("_abort", "_frames", "_held", "_size", "_wake", "_websocket", "closing")

    def __init__(self, websocket: WebSocket, abort: Callable[[], None]) -> None:
        self._websocket = websocket
        self._abort = abort
        self._frames: deque[Frame] = deque()
        self._held: deque[Frame] | None = None
        self._size = 0
        self._wake = asyncio.Event()
        self.closing: Close | None = None

    @property
    def behind(self) -> bool:
        """Whether frames wait for the client."""
        return bool(self._frames)

    def push(self, frame: Frame) -> None:
        """Queues a frame; closes the connection when too much waits already."""
        self._queue(self._frames if self._held is None else self._held, frame)

    def hold(self) -> None:
        """Keeps what is pushed from now on until `release`: the client is getting its snapshot first."""
        self._held = deque()

    def release(self, first: Iterable[Frame], *, after: int) -> None:
        """Queues `first`, and then what was held, without the durable events up to the number `after`."""
        held, self._held = self._held or (), None
        self._size = 0
        for frame in first:
            self._queue(self._frames, frame)
        for frame in held:
            if frame.seq is None or frame.seq > after:
                self._queue(self._frames, frame)

    def close(self, code: Close) -> None:
        """Closes once what waits is sent; at once when the client is too slow for that."""
        if self.closing is not None:
            return
        self.closing = code
        self._held = None
        if code is Close.SLOW:
            self._frames.clear()
        asyncio.get_running_loop().call_later(GRACE, self._abort)
        self._wake.set()

    async def run(self) -> None:
        """Sends until the connection closes, from either side."""
        try:
            while True:
                while self._frames:
                    frame = self._frames.popleft()
                    await self._websocket.send({"type": "websocket.send", "text": frame.text})
                    self._size -= frame.size
                if self.closing is not None:
                    await self._websocket.close(self.closing, self.closing.reason)
                    return
                self._wake.clear()
                await self._wake.wait()
        except WebSocketDisconnect:
            return

    def _queue(self, queue: deque[Frame], frame: Frame) -> None:
        if self.closing is not None:
            return
        self._size += frame.size
        if self._size > QUEUE_BYTES:
            self.close(Close.SLOW)
            return
        queue.append(frame)
        self._wake.set()
