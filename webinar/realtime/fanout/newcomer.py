"""A websocket whose handshake was read at the gate, until the application has taken it.

uvicorn's protocol object for a websocket is made for a whole conversation: a queue, an event, a parser, timers. What
newcomers need of it is one answer, and a storm of them is thousands of such objects. So it is made only for those who are
not simply let in.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import unquote

from uvicorn._types import WebSocketScope
from uvicorn.config import Config
from uvicorn.protocols.utils import get_local_addr, get_remote_addr, is_ssl
from uvicorn.server import ServerState
from websockets.utils import accept_key

from webinar.realtime.fanout.handover import EXTENSION, HandingOver, Handover, welcome
from webinar.realtime.fanout.handshake import Handshake

log = logging.getLogger("uvicorn.error")
WELCOME = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
)


class Newcomer(asyncio.Protocol):
    """Asks the application as uvicorn does, and offers it the socket. Whatever else than taking it happens, uvicorn's
    protocol does.
    """

    __slots__ = (
        "_accepted",
        "_answer",
        "_asked",
        "_given",
        "_greeted",
        "_lost",
        "_scope",
        "_state",
        "_taken",
        "_transport",
        "uvicorns",
    )

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        asked: Handshake,
    ) -> None:
        self._given = config, server_state, app_state, _loop
        self._state, self._asked = server_state, asked
        self._answer = WELCOME + accept_key(asked.key).encode() + b"\r\n"
        self._greeted = self._accepted = self._taken = self._lost = False
        # Who does the rest, if it is not simply taken.
        self.uvicorns: HandingOver | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Has the application decide."""
        self._transport = cast(asyncio.Transport, transport)
        self._everybody.add(self)
        self._scope = self._scope_of(self._asked)
        task = asyncio.get_running_loop().create_task(self._ask())
        self._state.tasks.add(task)
        task.add_done_callback(self._state.tasks.discard)

    def data_received(self, data: bytes) -> None:
        """Somebody speaks before they were answered."""
        self._leave_to_uvicorn().data_received(data)

    def eof_received(self) -> None:
        """They have left: the transport closes."""

    def connection_lost(self, _: Exception | None) -> None:
        """Forgets the socket."""
        self._lost = True
        self._everybody.discard(self)

    def shutdown(self) -> None:
        """The server ends."""
        self._leave_to_uvicorn().shutdown()

    def hand_over(self, take: Callable[[Handover], asyncio.Protocol]) -> bool:
        """As `HandingOver.hand_over`."""
        if self.uvicorns is not None:
            return self.uvicorns.hand_over(take)
        if self._lost or self._transport.is_closing():
            return False
        config = self._given[0]
        taker = take(
            Handover(
                self._transport, config.ws_max_size, None, [], [], False, self._everybody, self._state.tasks
            )
        )
        self._everybody.discard(self)
        self._everybody.add(taker)
        self._transport.set_protocol(taker)
        self._taken = True
        # This object holds the scope, and the scope held it: with that it would be the collector's.
        del self._scope["extensions"][EXTENSION]
        return True

    async def _ask(self) -> None:
        failure: BaseException | None = None
        try:
            await self._given[0].loaded_app(self._scope, self._receive, self._send)
        except BaseException as error:  # noqa: BLE001 - logged and answered as uvicorn does it
            failure = error
        if not self._taken:
            await self._leave_to_uvicorn().conclude(failure)
        elif failure is not None:
            log.error("Exception in ASGI application\n", exc_info=failure)

    async def _receive(self) -> Any:
        if not self._greeted:
            self._greeted = True
            return {"type": "websocket.connect"}
        return await self._leave_to_uvicorn().receive()

    async def _send(self, message: Any) -> None:
        if self.uvicorns is not None or self._lost or self._accepted or message["type"] != "websocket.accept":
            await self._leave_to_uvicorn().send(message)
        elif not self._transport.is_closing():
            self._accepted = True
            self._transport.write(welcome(self._answer, self._state.default_headers, message))

    def _leave_to_uvicorn(self) -> HandingOver:
        if self.uvicorns is None:
            self.uvicorns = HandingOver(*self._given)
            self.uvicorns.go_on(self._transport, self._scope, self._answer, accepted=self._accepted)
            self._everybody.discard(self)
            if self._lost:
                self.uvicorns.connection_lost(None)
        return self.uvicorns

    def _scope_of(self, asked: Handshake) -> WebSocketScope:
        config, _, app_state, _ = self._given
        path, _, query = asked.target.partition(b"?")
        return {
            "type": "websocket",
            "asgi": {"version": config.asgi_version, "spec_version": "2.4"},
            "http_version": "1.1",
            "scheme": "wss" if is_ssl(self._transport) else "ws",
            "server": get_local_addr(self._transport),
            "client": get_remote_addr(self._transport),
            "root_path": config.root_path,
            "path": config.root_path + unquote(path.decode()),
            "raw_path": config.root_path.encode() + path,
            "query_string": query,
            "headers": asked.headers,
            "subprotocols": [],
            "state": app_state.copy(),
            "extensions": {"websocket.http.response": {}, EXTENSION: {"handover": self.hand_over}},
        }

    @property
    def _everybody(self) -> set[Any]:
        """The connections that the server tells of its end."""
        return self._state.connections
