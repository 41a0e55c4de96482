"""How the application gets a socket from uvicorn: with `gate` and `webinar.server` the only place that touches uvicorn's insides.

uvicorn does the handshake and runs the application. Once that has accepted, it may take the socket: then a small
object of ours becomes the transport's protocol, the ASGI task ends, and all that uvicorn kept for it is forgotten.
`tests/contracts/test_handover.py` holds what is relied on; another server just doesn't offer it.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request
from websockets.protocol import OPEN, Protocol
from websockets.server import ServerProtocol
from websockets.utils import accept_key

from webinar.realtime.fanout.handshake import Handshake

EXTENSION = "webinar.handover"
REFUSED = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
WELCOME = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
)


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

    # The headers of an answer that is due, once the application has accepted; None once it was given, or is uvicorn's.
    _answer: bytes | None = None

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

    def shake_hands(self, asked: Handshake) -> None:
        """Takes a handshake that was read already, in place of its bytes: asks the application as `handle_connect` does."""
        # What comes next are frames.
        self.conn.parser.close()
        self.conn.parser = Protocol.parse(self.conn)
        next(self.conn.parser)
        self.handshake_initiated = True
        self._answer = WELCOME + accept_key(asked.key).encode() + b"\r\n"
        path, _, query = asked.target.partition(b"?")
        self.scope = {
            "type": "websocket",
            "asgi": {"version": self.asgi_version, "spec_version": "2.4"},
            "http_version": "1.1",
            "scheme": self.scheme,
            "server": self.server,
            "client": self.client,
            "root_path": self.root_path,
            "path": self.root_path + unquote(path.decode()),
            "raw_path": self.root_path.encode() + path,
            "query_string": query,
            "headers": asked.headers,
            "subprotocols": [],
            "state": self.app_state.copy(),
            "extensions": {"websocket.http.response": {}, EXTENSION: {"handover": self.hand_over}},
        }
        self.queue.put_nowait({"type": "websocket.connect"})
        task = self.loop.create_task(self.run_asgi())
        task.add_done_callback(self.tasks.discard)
        self.tasks.add(task)

    async def send(self, message: Any) -> None:
        """As uvicorn, except for accepting a handshake that it has not seen."""
        answer, self._answer = self._answer, None
        if answer is None or message["type"] != "websocket.accept":
            await super().send(message)
        elif not self.disconnected and not self.transport.is_closing():
            self.handshake_complete = True
            self.conn.state = OPEN
            headers = [*self.default_headers, *message.get("headers", ())]
            if subprotocol := message.get("subprotocol"):
                headers.append((b"sec-websocket-protocol", subprotocol.encode()))
            more = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
            self.transport.write(answer + more + b"\r\n")

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
