"""How the application gets a socket from uvicorn: with `gate` and `webinar.server` the only place that touches uvicorn's insides.

uvicorn does the handshake and runs the application. Once that has accepted, it may take the socket: then a small
object of ours becomes the transport's protocol, the ASGI task ends, and all that uvicorn kept for it is forgotten.
`tests/contracts/test_handover.py` holds what is relied on; another server just doesn't offer it.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from uvicorn._types import WebSocketScope
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request
from websockets.protocol import OPEN
from websockets.server import ServerProtocol

from webinar.realtime.fanout.whole import begin_frames

EXTENSION = "webinar.handover"
REFUSED = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Handover:
    """A socket after its handshake, and what has come through it but was not received by the application.

    `most`: bytes that a message may have. `parser`: None where it would be at its beginning.
    """

    transport: asyncio.Transport
    most: int
    parser: ServerProtocol | None
    waiting: list[str | bytes]
    parts: list[bytes]
    binary: bool
    # Whom the server tells that it ends, by `shutdown()`, and which tasks it then lets finish.
    connections: set[Any]
    tasks: set[Any]


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

    def go_on(
        self, transport: asyncio.Transport, scope: WebSocketScope, answer: bytes, *, accepted: bool
    ) -> None:
        """Takes up a handshake that was read already, in place of its bytes; `accepted`: it was answered, too."""
        self.connection_made(transport)
        begin_frames(self.conn)  # what comes next
        self.handshake_initiated, self.handshake_complete = True, accepted
        self.scope, self._answer = scope, None if accepted else answer
        if accepted:
            self.conn.state = OPEN
        transport.set_protocol(self)

    async def send(self, message: Any) -> None:
        """As uvicorn, except for accepting a handshake that it has not seen."""
        answer, self._answer = self._answer, None
        if answer is None or message["type"] != "websocket.accept":
            await super().send(message)
        elif not self.disconnected and not self.transport.is_closing():
            self.handshake_complete = True
            self.conn.state = OPEN
            self.transport.write(welcome(answer, self.default_headers, message))

    async def conclude(self, failure: BaseException | None) -> None:
        """Does what uvicorn does when the application, that was asked by somebody else, has returned or failed."""

        async def outcome(*_: object) -> None:
            if failure is not None:
                raise failure

        self.app = outcome
        await self.run_asgi()

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
                self.config.ws_max_size,
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
        self.transport = Nothing()
        # This object holds the scope, and the scope held it: with that it would be the collector's.
        del self.scope["extensions"][EXTENSION]
        return True

    def _unheard(self) -> Iterator[str | bytes]:
        while not self.queue.empty():
            message: Any = self.queue.get_nowait()
            yield message["bytes"] if message.get("text") is None else message["text"]


def welcome(answer: bytes, headers: Iterable[tuple[bytes, bytes]], accepting: Mapping[str, Any]) -> bytes:
    """The answer to a handshake that is accepted: its beginning, the server's headers, then the application's."""
    more = [*headers, *accepting.get("headers", ())]
    if subprotocol := accepting.get("subprotocol"):
        more.append((b"sec-websocket-protocol", subprotocol.encode()))
    return answer + b"".join(name + b": " + value + b"\r\n" for name, value in more) + b"\r\n"


class Nothing(asyncio.Transport):
    """What uvicorn closes when the application's task ends: the socket is somebody else's by then."""

    def close(self) -> None:
        """Leaves the socket alone."""
