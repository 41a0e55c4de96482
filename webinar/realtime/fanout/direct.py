"""A line that writes to its socket itself, and hears without a task of its own: all that an idle viewer costs."""

import asyncio
import errno
import os
from asyncio.trsock import TransportSocket
from collections import deque
from typing import Any

from websockets.frames import CloseCode, Frame, Opcode
from websockets.protocol import OPEN
from websockets.server import ServerProtocol

from webinar.realtime.codes import Close
from webinar.realtime.fanout.conversation import Listener
from webinar.realtime.fanout.frames import Batch
from webinar.realtime.fanout.handover import Handover
from webinar.realtime.fanout.line import CHUNK, GRACE, Line
from webinar.realtime.fanout.stream import UNREACHABLE
from webinar.realtime.fanout.whole import is_between_messages, messages_in, parser_of

PARSED_AT_ONCE = 4096  # bytes; between them it is seen whether the client has gone too far
MOST_PARTS = 32  # frames that one message may come in
MOST_UNHEARD = 64  # messages
PAUSED_AT = 8  # messages that wait to be heard; nothing more is read until they were
PING = Frame(Opcode.PING, b"").serialize(mask=False)


class DirectLine(Line, asyncio.Protocol):
    """A socket's protocol and its client's way out in one.

    While the transport holds nothing, a write goes straight to the descriptor. What the kernel does not take is left
    to the transport, a piece at a time, and until that is through nothing else is written: then frames stay whole,
    and a client that does not read costs one piece and a place in the stream.
    """

    __slots__ = (
        "_binary",
        "_hearing",
        "_listener",
        "_most",
        "_parser",
        "_parts",
        "_pong",
        "_quiet",
        "_rest",
        "_server",
        "_transport",
        "_unheard",
    )

    def __init__(self, socket: Handover) -> None:
        super().__init__()
        self._transport, self._most = socket.transport, socket.most
        self._parser = socket.parser if socket.parser and not is_between_messages(socket.parser) else None
        self._server = socket.connections, socket.tasks
        self._parts: list[bytes] | None = socket.parts or None
        self._binary = socket.binary
        self._unheard: deque[str | bytes] | None = deque(socket.waiting) or None
        self._listener: Listener | None = None
        self._hearing: asyncio.Future[Any] | None = None
        self._quiet = 0
        self._pong = b""
        # The transport tells at once when it holds something, and when it holds nothing any more. Under TLS asyncio counts
        # from the limit on and not above it: with 0 it would hold something always, and tell so with every other write.
        secret = self._transport.get_extra_info("sslcontext") is not None
        self._transport.set_write_buffer_limits(high=1 if secret else 0)
        self._rest = memoryview(b"") if self._transport.get_write_buffer_size() else None
        self.descriptor = _descriptor_of(self._transport)

    # The way out.

    @property
    def busy(self) -> bool:
        """Whether the transport holds something."""
        return self._rest is not None

    def write(self, batch: Batch) -> bool:
        """Writes to the socket; what it does not take goes through the transport."""
        wire = batch.wire
        try:
            taken = 0 if self.descriptor == UNREACHABLE else os.write(self.descriptor, wire)
        except BlockingIOError:
            taken = 0
        except OSError:
            self.cut()
            return False
        return taken == len(wire) or self._pass_on(memoryview(wire)[taken:])

    def took(self, batch: Batch, taken: int) -> bool:
        """Passes on to the transport what the socket did not take, and drops one that is broken."""
        if taken < 0 and -taken not in {errno.EAGAIN, errno.EWOULDBLOCK}:
            self.cut()
            return False
        return self._pass_on(memoryview(batch.wire)[max(taken, 0) :])

    def end(self, code: Close) -> None:
        """Sends the close frame; the transport closes when the client answers it."""
        parser = self._with_parser()
        if parser.state is OPEN:
            parser.send_close(code, code.reason)
            self._transport.write(b"".join(parser.data_to_send()))

    def cut(self) -> None:
        """Drops the socket, and whatever the transport holds."""
        self._transport.abort()

    def beat(self) -> None:
        """Pings a client of whom nothing came since the last beat, and cuts one who stays silent after that (R8)."""
        if not self._transport.is_reading() and not self._transport.is_closing():
            return  # it is us who do not listen
        self._quiet += 1
        if self._quiet > 2:
            self.cut()
        elif self._quiet == 2 and not self.busy and not self.over:
            self._transport.write(PING)

    def pause_writing(self) -> None:
        """The transport holds something: a ping, say, that the kernel did not take."""
        if self._rest is None:
            self._rest = memoryview(b"")
            self.stream.fall_behind(self)

    def resume_writing(self) -> None:
        """The transport holds nothing any more: the client reads, so it lives."""
        self._quiet = 0
        rest, self._rest = self._rest, None
        if rest and not self._pass_on(rest):
            return
        if self._pong:
            pong, self._pong = self._pong, b""
            self._transport.write(pong)
        if not self.busy:
            self.drain()

    def _pass_on(self, rest: memoryview) -> bool:
        while rest:
            piece, self._rest = rest[:CHUNK], rest[CHUNK:]
            rest = self._rest
            self._transport.write(piece)
            if self._transport.get_write_buffer_size():
                return False
        self._rest = None
        return True

    # The way in.

    def listen(self, listener: Listener) -> None:
        """Lets `listener` hear the client, from what came before on."""
        self._listener = listener
        self._hear_on()

    def data_received(self, data: bytes) -> None:
        """Takes the frames in what came, a bit at a time: nobody's flood is parsed to its end."""
        self._quiet = 0
        whole = self._parser is None and len(data) <= PARSED_AT_ONCE and not self._transport.is_closing()
        if whole and (messages := messages_in(data, self._most)) is not None:
            self._binary = False
            for message in messages:
                self._take_message(message)
            return
        for start in range(0, len(data), PARSED_AT_ONCE):
            if self._transport.is_closing():
                return
            self._parse(data[start : start + PARSED_AT_ONCE])

    def eof_received(self) -> None:
        """The client says no more: the transport closes."""

    def connection_lost(self, _: Exception | None) -> None:
        """Forgets the socket before its descriptor is somebody else's."""
        self.descriptor = UNREACHABLE
        self._server[0].discard(self)
        self.gone()
        if self._listener is not None:
            self._listener.hung_up()
            self._listener = None

    def shutdown(self) -> None:
        """The server ends, and waits for this line: whoever listens says when it is over."""
        if self._listener is not None:
            self._listener.server_ends()

    def _with_parser(self) -> ServerProtocol:
        if self._parser is None:
            self._parser = parser_of(self._most)
        return self._parser

    def _parse(self, data: bytes) -> None:
        parser = self._with_parser()
        parser.receive_data(data)
        for event in parser.events_received():
            if isinstance(event, Frame):
                self._take(event)
        if parser.parser_exc is not None:
            self._hang_up()
        elif is_between_messages(parser):
            self._parser = None

    def _take(self, frame: Frame) -> None:
        if frame.opcode is Opcode.CLOSE:
            self._hang_up()
        elif self.over:
            return
        elif frame.opcode is Opcode.PING:
            self._answer_ping()
        elif frame.opcode is not Opcode.PONG:
            self._take_part(frame)

    def _take_part(self, frame: Frame) -> None:
        if frame.opcode is not Opcode.CONT or self._parts is None:
            self._parts, self._binary = [], frame.opcode is Opcode.BINARY
        self._parts.append(bytes(frame.data))
        if len(self._parts) > MOST_PARTS:
            self._fail(CloseCode.MESSAGE_TOO_BIG, "too many fragments")
        elif frame.fin:
            message, self._parts = b"".join(self._parts), None
            self._take_message(message)

    def _take_message(self, message: bytes) -> None:
        if self.over:
            return
        try:
            heard = message if self._binary else message.decode()
        except UnicodeDecodeError:
            self._fail(CloseCode.INVALID_DATA, "not UTF-8")
            return
        self._unheard = self._unheard or deque()
        self._unheard.append(heard)
        if len(self._unheard) > MOST_UNHEARD:
            self.close(Close.FLOOD)
        elif len(self._unheard) == PAUSED_AT:
            self._transport.pause_reading()
        self._hear_on()

    def _hear_on(self, _: object = None) -> None:
        """Has the next message heard, once the one before is dealt with."""
        while self._hearing is None or self._hearing.done():
            if not self._unheard or self._listener is None or self.over:
                self._unheard = self._hearing = None
                self._transport.resume_reading()
                return
            self._hearing = self._listener.hear(self._unheard.popleft())
            if self._hearing is not None:
                self._server[1].add(self._hearing)
                self._hearing.add_done_callback(self._server[1].discard)
                self._hearing.add_done_callback(self._hear_on)

    def _answer_ping(self) -> None:
        # A client that pings and does not read gets one pong when it does (RFC 6455 §5.5.3).
        pong = b"".join(self._with_parser().data_to_send())
        if self.busy:
            self._pong = pong or self._pong
        else:
            self._transport.write(pong)

    def _fail(self, code: CloseCode, reason: str) -> None:
        self._with_parser().fail(code, reason)
        self._hang_up()

    def _hang_up(self) -> None:
        """Closes the socket, after a close frame if one is due and fits between whole frames."""
        self.gone()
        if self._transport.is_closing():
            return  # a TLS transport that is closed twice can't even be asked any more whether it reads
        if self.busy:
            self.cut()
            return
        self._transport.write(b"".join(self._with_parser().data_to_send()))
        self._transport.close()
        asyncio.get_running_loop().call_later(GRACE, self.cut)


def _descriptor_of(transport: asyncio.Transport) -> int:
    """The socket's descriptor; UNREACHABLE where only the transport may write: under TLS, and in a loop not known here.

    asyncio's own transports hold back nothing that they do not count, so their descriptor is free when they are
    empty. Other loops send at their own time.
    """
    socket = transport.get_extra_info("socket")
    if transport.get_extra_info("sslcontext") is not None or not isinstance(socket, TransportSocket):
        return UNREACHABLE
    return socket.fileno()
