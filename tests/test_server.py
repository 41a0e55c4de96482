"""The socket that the application is put on."""

import asyncio
import socket
from contextlib import AsyncExitStack, closing
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from tests.support.serving import serving
from webinar.server import AT_A_TIME, listen


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
        if scope["type"] == "lifespan":
            for kind in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{kind}.complete"})
            return
        came += 1
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

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
