"""Which protocol a connection gets, and what is relied on of uvicorn and websockets for that (docs/fan-out.md)."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.types import Receive, Scope, Send
from websockets.frames import Opcode

from tests.support.raw_socket import frame
from tests.support.serving import begin_and_end, serving
from webinar.realtime.fanout.handover import EXTENSION
from webinar.realtime.fanout.handshake import read_handshake

HANDSHAKE = (
    b"GET /live?a=%20b HTTP/1.1\r\nHost: example.com\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n"
    b"X-Seen-By: Nobody\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


async def speaks_itself(receive: Receive, send: Send) -> None:
    assert (await receive())["type"] == "websocket.connect"
    await send({"type": "websocket.accept", "subprotocol": "chat"})
    await send({"type": "websocket.send", "text": f"you said {(await receive())['text']}"})
    await send({"type": "websocket.close", "code": 4000, "reason": "enough"})
    assert (await receive())["type"] == "websocket.disconnect"


async def refuses(_: Receive, send: Send) -> None:
    await send({"type": "websocket.close"})


async def refuses_in_words(_: Receive, send: Send) -> None:
    await send({"type": "websocket.http.response.start", "status": 429, "headers": [(b"retry-after", b"9")]})
    await send({"type": "websocket.http.response.body", "body": b"later"})


async def fails(_: Receive, __: Send) -> None:
    raise LookupError("nothing here")


async def fails_after_accepting(_: Receive, send: Send) -> None:
    await send({"type": "websocket.accept"})
    raise LookupError("nothing here")


async def says_nothing(_: Receive, __: Send) -> None:
    pass


def behaving(behave: Callable[[Receive, Send], Awaitable[None]]) -> Callable[[str], Any]:
    """An application that does that with a websocket."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await begin_and_end(receive, send)
        else:
            await behave(receive, send)

    return lambda _: app


def noting(scopes: list[Scope]) -> Callable[[str], Any]:
    """An application that keeps the scope of all it is asked, accepts sockets, and answers the rest with 204."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await begin_and_end(receive, send)
            return
        scopes.append(scope)
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept", "headers": [(b"x-said", b"welcome")]})
            await send({"type": "websocket.close"})
            return
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    return lambda _: app


async def answer_to(*pieces: bytes) -> tuple[list[Scope], list[bytes]]:
    """What the application was asked, and the lines of the answer's head, when these come one after the other."""
    scopes: list[Scope] = []
    async with serving(noting(scopes)) as url:
        address = urlsplit(url)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        answer = await reader.readuntil(b"\r\n\r\n")
        writer.close()
    return scopes, answer.split(b"\r\n")


def seen(scope: Scope) -> dict[str, Any]:
    """What of a scope does not change from one connection to the next."""
    kept = {name: value for name, value in scope.items() if name not in {"client", "server", "extensions"}}
    return {**kept, "offers": sorted(scope["extensions"])}


def undated(answer: list[bytes]) -> list[bytes]:
    return sorted(line for line in answer if not line.startswith(b"date:"))


async def test_the_application_is_asked_the_same_whether_a_handshake_comes_whole_or_in_pieces():
    [whole], welcome = await answer_to(HANDSHAKE)
    [pieces], the_same = await answer_to(HANDSHAKE[:40], HANDSHAKE[40:])
    assert welcome[0] == b"HTTP/1.1 101 Switching Protocols"
    assert undated(welcome) == undated(the_same)
    assert seen(whole) == seen(pieces)
    assert EXTENSION in whole["extensions"]
    assert (b"x-seen-by", b"Nobody") in whole["headers"]
    assert (whole["path"], whole["query_string"]) == ("/live", b"a=%20b")


@pytest.mark.parametrize(
    "behave", [speaks_itself, refuses, refuses_in_words, fails, fails_after_accepting, says_nothing]
)
async def test_whatever_an_application_does_its_client_hears_the_same(
    behave: Callable[[Receive, Send], Awaitable[None]],
):
    heard = []
    for pieces in ([HANDSHAKE], [HANDSHAKE[:40], HANDSHAKE[40:]]):
        async with serving(behaving(behave)) as url:
            address = urlsplit(url)
            reader, writer = await asyncio.open_connection(address.hostname, address.port)
            for piece in pieces:
                writer.write(piece)
                await asyncio.sleep(0)
            head = await reader.readuntil(b"\r\n\r\n")
            if behave is speaks_itself:
                writer.write(frame(b"hello") + frame(b"\x0f\xa0enough", Opcode.CLOSE))
            heard.append((undated(head.lower().split(b"\r\n")), await reader.read()))
            writer.close()
    assert heard[0] == heard[1]


@pytest.mark.parametrize(
    ("change", "to"),
    [
        (b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", b"Sec-WebSocket-Key: short"),
        (b"Version: 13", b"Version: 12"),
        (b"HTTP/1.1", b"HTTP/1.x"),
        (b"X-Seen-By: Nobody", b"Content-Length: 5"),
        (b"X-Seen-By: Nobody", b"Transfer-Encoding: chunked"),
        (b"X-Seen-By: Nobody", b"X-Long: " + b"x" * 9000),
        (b"X-Seen-By: Nobody", b"\r\n".join([b"X: y"] * 200)),
        (b"GET /live", "GET /livé".encode()),
    ],
)
async def test_a_handshake_that_makes_no_sense_is_refused_and_the_application_is_not_asked(
    change: bytes, to: bytes
):
    scopes, answer = await answer_to(HANDSHAKE.replace(change, to))
    assert scopes == []
    assert answer[0].startswith((b"HTTP/1.1 4", b"HTTP/1.1 505"))


async def test_whatever_is_no_handshake_is_http():
    [scope], answer = await answer_to(b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n")
    assert scope["type"] == "http"
    assert answer[0] == b"HTTP/1.1 204 No Content"


@pytest.mark.parametrize(
    "data",
    [
        HANDSHAKE[:-1],
        HANDSHAKE + b"x",
        HANDSHAKE + HANDSHAKE,
        HANDSHAKE.replace(b"GET", b"POST"),
        HANDSHAKE.replace(b"Upgrade: WebSocket", b"Upgrade: h2c"),
        HANDSHAKE.replace(b", Upgrade", b""),
        HANDSHAKE.replace(b"Upgrade: WebSocket", b"X: Upgrade: WebSocket"),
        HANDSHAKE.replace(b"GET /live", b"GET http://example.com/live"),
        HANDSHAKE.replace(b"X-Seen-By", b"Host"),
        HANDSHAKE.replace(b"X-Seen-By", b"Sec-WebSocket-Protocol"),
        HANDSHAKE.replace(b"X-Seen-By", b"X Seen By"),
        HANDSHAKE.replace(b"X-Seen-By: Nobody", b" folded"),
        HANDSHAKE.replace(b"X-Seen-By: Nobody", b"X: \0"),
        HANDSHAKE.replace(b"Host: example.com\r\n", b""),
        HANDSHAKE.replace(b"\r\n", b"\n"),
        b"",
    ],
)
def test_only_the_whole_head_of_a_handshake_is_one(data: bytes):
    assert read_handshake(HANDSHAKE) is not None
    assert read_handshake(data) is None


async def test_a_connection_that_says_nothing_is_closed_when_the_server_ends():
    async with serving(noting([])) as url:
        address = urlsplit(url)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        await asyncio.sleep(0)
    assert await reader.read() == b""
    writer.close()
