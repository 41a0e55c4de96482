"""The socket that the application is put on."""

import asyncio
import socket
from contextlib import AsyncExitStack, closing
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support.serving import begin_and_end, serving
from webinar import server as server_module
from webinar.server import AT_A_TIME, listen

UPGRADE = (
    "GET /live HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
    "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n"
)
ASKED = "GET / HTTP/1.1\r\nhost: x\r\n\r\n"


async def nothing_there(scope: Any, receive: Any, send: Any) -> None:
    """An application that has nothing to say."""
    if scope["type"] == "lifespan":
        await begin_and_end(receive, send)
        return
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body"})


async def all_that_comes(url: str, *said: str) -> bytes:
    """What the server says until it ends the connection; `said` is said piece by piece, each after an answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(url).port)
    heard = b""
    async with asyncio.timeout(60):
        for piece in said:
            heard += await reader.readuntil(b"\r\n\r\n") if piece is not said[0] else b""
            writer.write(piece.encode())
        heard += await reader.read()
    writer.close()
    return heard


async def test_a_small_answer_does_not_wait_for_the_client_to_confirm_the_one_before():
    """Without TCP_NODELAY the second of two small writes waits up to 40 ms for the client's delayed ACK."""
    accepted: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = writer.get_extra_info("socket")
        accepted.set_result(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    with closing(listen("127.0.0.1", 0)) as listener:
        async with await asyncio.start_server(meet, sock=listener):
            _, writer = await asyncio.open_connection(*listener.getsockname())
            assert await accepted == 1
            writer.close()


async def test_a_crowd_waits_before_the_door_and_comes_in_a_few_at_a_time():
    """Let in all at once, two thousand newcomers would be one turn of the loop, and hold up whoever is in."""
    crowd, came, turns = 4 * AT_A_TIME, 0, [0]

    async def app(scope: Any, receive: Any, send: Any) -> None:
        nonlocal came
        came += scope["type"] != "lifespan"
        await nothing_there(scope, receive, send)

    async with serving(lambda _: app) as url, AsyncExitStack() as stack:
        address = ("127.0.0.1", urlsplit(url).port)
        # The loop stands still meanwhile, so whoever finds no place before the door waits in vain.
        for _ in range(crowd):
            caller = stack.enter_context(closing(socket.create_connection(address, timeout=30)))
            caller.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        async with asyncio.timeout(60):
            while came < crowd:
                turns.append(came)
                await asyncio.sleep(0)
    assert max(after - before for before, after in pairwise([*turns, came])) <= AT_A_TIME


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (f"cookie: {'x' * 9_000}\r\n\r\n", b"431"),
        ("".join(f"x-{number}: y\r\n" for number in range(200)) + "\r\n", b"431"),
        ("content-length: 2\r\n\r\n{}", b"400"),
    ],
    ids=["a long header", "many headers", "a body"],
)
async def test_a_handshake_that_the_parser_refuses_is_answered(headers: str, status: bytes):
    """uvicorn would leave the client waiting."""
    async with serving(lambda _: nothing_there) as url:
        answer = await all_that_comes(url, UPGRADE + headers)
    assert answer.split(b" ")[1] == status


@pytest.mark.parametrize(
    "said",
    [("",), ("GET / HT",), (ASKED, "GET / HTTP/1.1\r\nhost:")],
    ids=["nothing", "half a head", "half a head after a request"],
)
async def test_a_connection_without_a_whole_request_is_ended(
    said: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
):
    """Thousands of them would leave no descriptor for anybody else."""
    monkeypatch.setattr(server_module, "HEAD_SECONDS", 0.3)
    async with serving(lambda _: nothing_there) as url:
        heard = await all_that_comes(url, *said)
    assert heard.count(b"204 No Content") == len(said) - 1


async def test_whoever_has_asked_is_not_hurried(monkeypatch: pytest.MonkeyPatch):
    """A large upload, or an answer that takes its time."""
    monkeypatch.setattr(server_module, "HEAD_SECONDS", 0.1)

    async def slowly(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            while (await receive())["more_body"]:
                pass
        await nothing_there(scope, receive, send)

    async with serving(lambda _: slowly) as url:
        reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(url).port)
        writer.write(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\n")
        with pytest.raises(TimeoutError):  # not ended meanwhile
            async with asyncio.timeout(0.5):
                await reader.read()
        writer.write(b"body")
        async with asyncio.timeout(60):
            assert b"204" in await reader.readuntil(b"\r\n")
        writer.close()
