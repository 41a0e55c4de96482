"""The same line over plain ASGI: for a server that hands no socket over, and for comparing with."""

import asyncio
from contextlib import suppress

from starlette.websockets import WebSocket, WebSocketDisconnect

from webinar.realtime.codes import Close
from webinar.realtime.fanout.conversation import Listener
from webinar.realtime.fanout.frames import Batch
from webinar.realtime.fanout.line import Line


class PlainLine(Line):
    """Sends with a task of its own, one frame after the other."""

    __slots__ = ("_batch", "_tasks", "_wake", "_websocket")

    def __init__(self, websocket: WebSocket) -> None:
        super().__init__()
        self._websocket = websocket
        self._batch: Batch | None = None
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def busy(self) -> bool:
        """Whether frames are being sent."""
        return self._batch is not None

    def write(self, batch: Batch) -> bool:
        """Leaves the frames to the task."""
        self._batch = batch
        self._wake.set()
        return False

    def end(self, code: Close) -> None:
        """Leaves the close frame to the task."""
        self._wake.set()

    def cut(self) -> None:
        """Ends the conversation; the server drops the socket then."""
        for task in self._tasks:
            task.cancel()

    def beat(self) -> None:
        """Leaves finding dead lines to the server."""

    async def converse(self, listener: Listener) -> None:
        """Speaks and hears until the client or we end it."""
        self._tasks = [asyncio.create_task(self._speak()), asyncio.create_task(self._hear(listener))]
        speaking, hearing = self._tasks
        try:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            if hearing.done():
                speaking.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        finally:
            # Also when the server cancels this: nobody may stay in a room whose socket is gone.
            self.cut()
            self.gone()
            listener.hung_up()

    async def _speak(self) -> None:
        with suppress(WebSocketDisconnect):
            while True:
                await self._wake.wait()
                self._wake.clear()
                if self._batch is not None:
                    for frame in self._batch.frames:
                        await self._websocket.send_text(frame.text)
                    self._batch = None
                    self.drain()
                elif self.closing is not None:
                    await self._websocket.close(self.closing, self.closing.reason)
                    return

    async def _hear(self, listener: Listener) -> None:
        while (message := await self._websocket.receive())["type"] == "websocket.receive":
            text: str | None = message.get("text")
            if not self.over:
                dealing = listener.hear(message["bytes"] if text is None else text)
                if dealing is not None:
                    await asyncio.wait([dealing])
