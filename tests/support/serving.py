"""Any application behind a real port, for browsers and websockets."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from typing import Any

from starlette.types import ASGIApp, Receive, Send
from uvicorn import Config

from webinar.server import ReadyServer, listen, server_config


class _Server(ReadyServer):
    """uvicorn inside the tests' event loop: it leaves signals alone and tells when it is ready."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        except SystemExit:  # would end the test run
            self.should_exit = True
        self.ready.set()


async def begin_and_end(receive: Receive, send: Send) -> None:
    """What an application says about its lifespan when nothing has to be made ready."""
    for kind in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{kind}.complete"})


@asynccontextmanager
async def serving(
    make_app: Callable[[str], ASGIApp], *, also: Callable[[int], socket.socket] | None = None, **options: Any
) -> AsyncIterator[str]:
    """Serve an application on a free port, lifespan included, and give its base URL (`http://127.0.0.1:port`).

    `make_app` is given the base URL, since an application may need to know its own address; `also` gives one more
    socket to listen on, as another network has it at the same port; `options` are uvicorn's.
    """
    with ExitStack() as stack:
        listener = stack.enter_context(closing(listen("127.0.0.1", 0)))
        listeners = [listener]
        if also is not None:
            listeners.append(stack.enter_context(closing(also(listener.getsockname()[1]))))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        config = server_config(make_app(url), **{"timeout_graceful_shutdown": 2, **options})
        server = _Server(config)
        running = asyncio.create_task(server.serve(sockets=listeners))
        await server.ready.wait()
        if server.should_exit:
            await running
            raise RuntimeError("The application refused to start; the log says why")
        try:
            yield url
        finally:
            server.should_exit = True
            await running
