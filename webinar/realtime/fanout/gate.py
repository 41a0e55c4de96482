"""Who takes a new connection: whoever speaks websockets or whoever speaks HTTP, as its first bytes say.

uvicorn has its HTTP protocol read a handshake, puts it together again and has its websocket protocol read that, and a
storm of newcomers is thousands of handshakes. Here one that comes as browsers send it is read once, at one go; everything
else goes uvicorn's way.
"""

import asyncio
from typing import Any, cast

from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from webinar.realtime.fanout.handshake import read_handshake
from webinar.realtime.fanout.newcomer import Newcomer


class Gate(asyncio.Protocol):
    """Stands in the place of `http`, uvicorn's HTTP or one made from it, until something comes, for `patience` seconds."""

    __slots__ = ("_given", "_http", "_patience", "_state", "_too_late", "_transport")

    def __init__(
        self,
        http: type[H11Protocol],
        patience: float,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self._http, self._patience = http, patience
        self._given = config, server_state, app_state, _loop
        self._state = server_state
        self._too_late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Waits for what it has to say."""
        self._transport = cast(asyncio.Transport, transport)
        self._everybody.add(self)
        self._too_late = asyncio.get_running_loop().call_later(self._patience, transport.close)

    def data_received(self, data: bytes) -> None:
        """Hands the connection on, with what came."""
        config = self._given[0]
        handshake = None if config.ws_per_message_deflate else read_handshake(data)
        self._forget()
        protocol = self._http(*self._given) if handshake is None else Newcomer(*self._given, asked=handshake)
        self._transport.set_protocol(protocol)
        protocol.connection_made(self._transport)
        if handshake is None:
            protocol.data_received(data)

    def eof_received(self) -> None:
        """Nothing will come: the transport closes."""

    def connection_lost(self, _: Exception | None) -> None:
        """Forgets it."""
        self._forget()

    def shutdown(self) -> None:
        """The server ends, and nothing was asked here."""
        self._transport.close()

    def _forget(self) -> None:
        self._everybody.discard(self)
        if self._too_late is not None:
            self._too_late.cancel()
            self._too_late = None

    @property
    def _everybody(self) -> set[Any]:
        """The connections that the server tells of its end."""
        return self._state.connections
