"""What is relied on of uvicorn and of asyncio when a socket changes hands (docs/fan-out.md)."""

import asyncio
import gc
import os
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from starlette.websockets import WebSocket
from websockets.asyncio.client import ClientConnection, connect
from websockets.frames import Frame, Opcode

from tests.support.serving import begin_and_end, serving
from webinar.realtime.codes import Close
from webinar.realtime.fanout.direct import DirectLine
from webinar.realtime.fanout.frames import frame_text
from webinar.realtime.fanout.handover import EXTENSION, HandingOver, Handover
from webinar.realtime.fanout.line import CHUNK
from webinar.realtime.fanout.newcomer import Newcomer
from webinar.realtime.fanout.stream import Entry, Stream
from webinar.realtime.fanout.whole import parser_of


class Taker(asyncio.Protocol):
    """Takes a socket and notes what it is told."""

    def __init__(self, socket: Handover) -> None:
        self.socket = socket
        self.parser = socket.parser or parser_of(socket.most)
        self.data = b""
        self.descriptor = socket.transport.get_extra_info("socket").fileno()
        self.told: list[str] = []
        self.lost = asyncio.Event()
        self.alive_when_lost = False

    def data_received(self, data: bytes) -> None:
        self.data += data

    def pause_writing(self) -> None:
        self.told.append("pause")

    def resume_writing(self) -> None:
        self.told.append("resume")

    def connection_lost(self, _: Exception | None) -> None:
        os.fstat(self.descriptor)  # raises if it were closed, and perhaps somebody else's, already
        self.alive_when_lost = True
        self.socket.connections.discard(self)
        self.lost.set()

    def shutdown(self) -> None:
        self.told.append("shutdown")
        self.socket.transport.close()


def noted(takers: list[Taker]) -> Callable[[Handover], Taker]:
    """What takes a socket, and puts the taker among these."""

    def take(socket: Handover) -> Taker:
        takers.append(Taker(socket))
        return takers[-1]

    return take


async def until(holds: Callable[[], object]) -> None:
    """Lets the loop turn until it is so."""
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0)


def sockets_only(converse: Callable[[WebSocket], Awaitable[None]]) -> Callable[[str], Any]:
    """An application that accepts every websocket and then does that with it."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await begin_and_end(receive, send)
            return
        websocket = WebSocket(scope, receive, send)
        await websocket.accept()
        await converse(websocket)

    return lambda _: app


@asynccontextmanager
async def taken(*, after_a_frame: bool = False) -> AsyncIterator[tuple[Taker, ClientConnection]]:
    """A socket that was taken over, and its client; `after_a_frame` has come, if so wished."""
    takers: list[Taker] = []
    ready = asyncio.Event()

    def take(socket: Handover) -> Taker:
        takers.append(Taker(socket))
        ready.set()
        return takers[0]

    async def converse(websocket: WebSocket) -> None:
        hand_over = websocket.scope["extensions"][EXTENSION]["handover"]
        newcomer: Newcomer = hand_over.__self__
        await until(lambda: not after_a_frame or (newcomer.uvicorns and not newcomer.uvicorns.queue.empty()))
        hand_over(take)

    async with serving(sockets_only(converse)) as url:
        address = url.replace("http", "ws")
        client = await connect(address, compression=None, proxy=None, max_size=None, close_timeout=0.1)
        if after_a_frame:
            await client.send("early")
        await ready.wait()
        yield takers[0], client
    await client.close()


async def test_the_socket_stays_open_when_the_applications_task_has_ended():
    async with taken() as (taker, client):
        await until(lambda: not taker.socket.tasks)
        taker.parser.send_text(b"still here")
        taker.socket.transport.write(b"".join(taker.parser.data_to_send()))
        assert await client.recv() == "still here"


async def test_what_came_before_is_handed_over_too():
    async with taken(after_a_frame=True) as (taker, client):
        assert taker.socket.waiting == ["early"]
        await client.send("and reading goes on")
        await until(lambda: taker.data)


async def test_half_a_frame_that_came_before_is_handed_over_too():
    takers: list[Taker] = []
    ready = asyncio.Event()

    async def converse(websocket: WebSocket) -> None:
        hand_over = websocket.scope["extensions"][EXTENSION]["handover"]
        newcomer: Newcomer = hand_over.__self__
        await until(lambda: newcomer.uvicorns and newcomer.uvicorns.conn.reader.buffer)
        hand_over(noted(takers))
        ready.set()

    frame = Frame(Opcode.TEXT, b"in two halves").serialize(mask=True)
    async with (
        serving(sockets_only(converse)) as url,
        connect(url.replace("http", "ws"), proxy=None, close_timeout=0.1) as client,
    ):
        client.transport.write(frame[:9])
        await ready.wait()
        client.transport.write(frame[9:])
        await until(lambda: takers[0].data)
        takers[0].parser.receive_data(takers[0].data)
        [heard] = takers[0].parser.events_received()
        assert isinstance(heard, Frame)
        assert bytes(heard.data) == b"in two halves"


async def test_the_taker_hears_of_the_end_while_the_descriptor_is_still_its_own():
    """A write after that would reach whoever got the descriptor next."""
    async with taken() as (taker, client):
        client.transport.abort()
        await taker.lost.wait()
        assert taker.alive_when_lost


async def test_an_aborted_transport_tells_before_it_closes_the_descriptor():
    async with taken() as (taker, _):
        taker.socket.transport.abort()
        await taker.lost.wait()
        assert taker.alive_when_lost


async def test_a_transport_that_holds_anything_says_so_at_once_and_again_when_it_holds_nothing():
    async with taken() as (taker, client):
        transport = taker.socket.transport
        transport.set_write_buffer_limits(high=0)
        client.transport.pause_reading()
        frame = b"\x82\x7f" + (8_000_000).to_bytes(8, "big") + bytes(8_000_000)
        transport.write(frame)
        assert taker.told == ["pause"]
        assert transport.get_write_buffer_size() > 0
        client.transport.resume_reading()
        await until(lambda: taker.told == ["pause", "resume"])
        assert transport.get_write_buffer_size() == 0


async def test_the_server_tells_the_taker_that_it_ends():
    async with taken() as (taker, _):
        assert taker in taker.socket.connections
    assert taker.told[-1] == "shutdown"


async def test_what_the_server_kept_is_forgotten_without_the_collector():
    """A storm of joins would leave it a garbage heap, and everybody waits while it looks through that."""
    takers: list[Taker] = []

    def kept() -> set[int]:
        return {id(each) for each in gc.get_objects() if type(each) in {Newcomer, HandingOver}}

    async def converse(websocket: WebSocket) -> None:
        websocket.scope["extensions"][EXTENSION]["handover"](noted(takers))

    gc.disable()
    before = kept()
    try:
        async with (
            serving(sockets_only(converse)) as url,
            connect(url.replace("http", "ws"), close_timeout=0.1),
        ):
            await until(lambda: takers and not takers[0].socket.tasks)
            assert kept() <= before
    finally:
        gc.enable()


async def test_a_socket_that_is_closing_is_not_handed_over():
    refused: list[bool] = []

    async def converse(websocket: WebSocket) -> None:
        hand_over = websocket.scope["extensions"][EXTENSION]["handover"]
        await websocket.close()
        refused.append(hand_over(Taker))

    async with (
        serving(sockets_only(converse)) as url,
        connect(url.replace("http", "ws"), proxy=None) as client,
    ):
        await client.wait_closed()
    assert refused == [False]


class Echo:
    """Tells its client what the client says, and that is all."""

    def __init__(self, line: DirectLine) -> None:
        self.line, self.stream = line, Stream()
        line.follow(self.stream, None)
        line.release([], after=-1)

    def hear(self, frame: str | bytes) -> None:
        assert isinstance(frame, str)
        self.stream.publish([Entry(frame_text(frame.encode()))])

    def server_ends(self) -> None:
        self.line.close(Close.RESTART)

    def hung_up(self) -> None:
        pass


@asynccontextmanager
async def in_secret(certificate: tuple[str, str]) -> AsyncIterator[tuple[DirectLine, ClientConnection]]:
    """A line under TLS that echoes, and its client."""
    lines: list[DirectLine] = []

    def take(socket: Handover) -> DirectLine:
        lines.append(DirectLine(socket))
        lines[0].listen(Echo(lines[0]))
        return lines[0]

    async def converse(websocket: WebSocket) -> None:
        websocket.scope["extensions"][EXTENSION]["handover"](take)

    key, chain = certificate
    trusting = ssl.create_default_context(cafile=chain)
    trusting.check_hostname = False
    async with (
        serving(sockets_only(converse), ssl_keyfile=key, ssl_certfile=chain) as url,
        connect(url.replace("http", "wss"), ssl=trusting, proxy=None, max_size=None) as client,
    ):
        await until(lambda: lines)
        yield lines[0], client


async def test_under_tls_every_byte_goes_through_the_transport(certificate: tuple[str, str]):
    """Past it, plain text would go out on a line that is meant to be secret."""
    async with in_secret(certificate) as (line, client):
        for said in ("Hello", "x" * 10_000, "Goodbye"):
            await client.send(said)
            assert await client.recv() == said
        assert line.descriptor == -1
        # More than a socket takes at once, to somebody who does not read yet.
        long = ["y" * CHUNK] * 12
        line.stream.publish(Entry(frame_text(text.encode())) for text in long)
        assert [await client.recv() for _ in long] == long


async def test_two_endings_in_one_packet_close_a_tls_transport_once(certificate: tuple[str, str]):
    """One that is closed twice fails whoever asks it anything, as the pulse does that beats everybody."""
    async with in_secret(certificate) as (line, client):
        text, end = Frame(Opcode.TEXT, b"\xff"), Frame(Opcode.CLOSE, b"\x03\xe8")
        client.transport.write(text.serialize(mask=True) + end.serialize(mask=True))
        await until(lambda: line.over)
        line.beat()
        await client.wait_closed()
