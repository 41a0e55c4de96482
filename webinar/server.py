"""How the application is put on a socket: the same for an operator, the demo and the tests."""

import asyncio
import gc
import socket
from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import Any

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from webinar.realtime.fanout.gate import Gate
from webinar.realtime.fanout.handover import HandingOver

# S4: what a client may send in one frame. Deflate is off: it costs per viewer, and frames are small.
MAX_FRAME_BYTES = 16 * 1024
GRACE_SECONDS = 20
# Within which a request's head must come: whoever sends none, or a byte now and then, keeps a connection from others.
HEAD_SECONDS = 20.0
# Connections that may wait to be let in, and how many are in one turn of the loop: a storm of newcomers waits in the
# kernel, where it holds up nobody who is in.
WAITING, AT_A_TIME = 2048, 2
# Objects until the young are looked through, times that until those that stayed are once more, and times that until all
# are, each at one go while everybody waits. A storm of joins makes hundreds of thousands that stay: with Python's own
# 700 it looked through all of them, again and again; with its own 10 the second look takes longer than a message may.
COLLECT_AFTER = (5_000, 4, 250)


class ImpatientHTTP(H11Protocol):
    """uvicorn's own HTTP, which also ends connections on which a request's head begins and never becomes whole.

    Those on which nothing comes never get here: the gate ends them.
    """

    _too_late: asyncio.TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        """Waits on as long as the head is not whole, from its first byte on."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._wait_no_longer()
        elif self._too_late is None:
            self._too_late = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        """Waits no longer."""
        self._wait_no_longer()
        super().connection_lost(exc)

    def _wait_no_longer(self) -> None:
        if self._too_late is not None:
            self._too_late.cancel()
            self._too_late = None


def server_config(app: ASGIApp | Callable[[], ASGIApp], **options: Any) -> uvicorn.Config:
    """Uvicorn's configuration for `app`; `options` override it.

    Access logs and proxy headers are the application's own affair (`routes.middleware`), so uvicorn's are off.
    """
    return uvicorn.Config(
        app,
        **{
            "lifespan": "on",
            "http": partial(Gate, ImpatientHTTP, HEAD_SECONDS),
            "ws": HandingOver,
            "ws_max_size": MAX_FRAME_BYTES,
            "ws_per_message_deflate": False,
            "access_log": False,
            # At "info" it writes an address for every socket (G14).
            "log_level": "warning",
            "log_config": None,
            "proxy_headers": False,
            "server_header": False,
            "timeout_graceful_shutdown": GRACE_SECONDS,
            "backlog": AT_A_TIME,
            **options,
        },
    )


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; raises OSError when the port is taken. Port 0 picks a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=WAITING)
    # Connections inherit it. asyncio sets it only on sockets that name their protocol, which create_server's do not;
    # without it the body of a small answer, or a second frame, waits up to 40 ms until the client has said "got it".
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def serve(app: ASGIApp, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serves `app` until the process is told to stop; calls `ready` once requests are answered."""

    def settled() -> None:
        spare_the_collector()
        ready()

    with closing(listener):
        asyncio.run(ReadyServer(server_config(app), settled).serve(sockets=[listener]))


def spare_the_collector() -> None:
    """Leaves all that is there now to itself: code and tables never die, and need not be looked through again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


class ReadyServer(uvicorn.Server):
    """uvicorn, with room for a crowd before its door, which calls `ready` once it answers requests."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None] = lambda: None) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in sockets or ():
            listener.listen(WAITING)  # asyncio has just made it as many as it lets in at a time
        if not self.should_exit:
            self._ready()
