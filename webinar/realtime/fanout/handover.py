"""How the application gets a socket from uvicorn: the only place that touches uvicorn's insides.

uvicorn does the handshake and runs the application. Once that has accepted, it may take the socket: then a small
object of ours becomes the transport's protocol, the ASGI task ends, and all that uvicorn kept for it is forgotten.
`tests/contracts/test_handover.py` holds what is relied on; another server just doesn't offer it.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request
from websockets.server import ServerProtocol

EXTENSION = "webinar.handover"
REFUSED = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Handover:
    """A socket after its handshake, and what has come through it but was not received by the application."""

    transport: asyncio.Transport
    parser: ServerProtocol
    waiting: list[str | bytes]
    parts: list[bytes]
    binary: bool
    # Whom the server tells that it ends, by `shutdown()`, and which tasks it then lets finish.
    connections: set[Any]
    tasks: set[asyncio.Task[None]]


class HandingOver(WebSocketsSansIOProtocol):
    """uvicorn's own websocket protocol, which can hand its socket over after the handshake.

    An application finds the connection in its scope's extensions, as `handover` under `webinar.handover`.
    """

    def data_received(self, data: bytes) -> None:
        """Answers a handshake that the parser refuses: uvicorn overlooks it, and its client would wait for ever."""
        super().data_received(data)
        if self.conn.handshake_exc is not None and not self.handshake_initiated:
            self.transport.write(b"".join(self.conn.data_to_send()) or REFUSED)
            self.transport.close()

    def handle_connect(self, event: Request) -> None:
        """Offers the socket: the application's task first runs after this."""
        super().handle_connect(event)
        if not self.close_sent:
            self.scope["extensions"][EXTENSION] = {"handover": self.hand_over}

    def start_keepalive(self) -> None:
        """Leaves it to the pulse of whoever takes the socket to find dead lines: two timers each are too many."""

    def hand_over(self, take: Callable[[Handover], asyncio.Protocol]) -> bool:
        """Makes what `take` gives the socket's protocol; False when the socket is closing.

        After accepting. The application's task should end then; the server will call `shutdown()` on the taker.
        """
        if self.disconnected or self.close_sent or self.transport.is_closing():
            return False
        taker = take(
            Handover(
                self.transport,
                self.conn,
                list(self._unheard()),
                self.frames,
                self.curr_msg_data_type == "bytes",
                self.connections,
                self.tasks,
            )
        )
        everybody: set[Any] = self.connections
        everybody.discard(self)
        everybody.add(taker)
        self.transport.set_protocol(taker)
        if self.read_paused:
            self.transport.resume_reading()
        self.transport = _Nothing()
        # This object holds the scope, and the scope held it: with that it would be the collector's.
        del self.scope["extensions"][EXTENSION]
        return True

    def _unheard(self) -> Iterator[str | bytes]:
        while not self.queue.empty():
            message: Any = self.queue.get_nowait()
            yield message["bytes"] if message.get("text") is None else message["text"]


class _Nothing(asyncio.Transport):
    """What uvicorn closes when the application's task ends: the socket is somebody else's by then."""

    def close(self) -> None:
        """Leaves the socket alone."""
