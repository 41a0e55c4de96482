"""Turns whatever goes wrong into an answer: errors raised by middleware, and those that nobody expected.

An unexpected error must not travel on: the server's own log would write its message, which may quote what a
person typed (G14). It is logged here, without its message and without values.
"""

import structlog
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from webinar.errors import WebinarError
from webinar.logs import described
from webinar.routes import errors
from webinar.routes.middleware.request_log import route_of

log = structlog.stdlib.get_logger("webinar.failures")


class Failures:
    """Answers with a page or JSON, 500 for the unexpected."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            if not started and _is_bare_refusal(message):
                raise errors.Refused(413, "too_large", errors.SENTENCES[413])
            started = True
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except ClientDisconnect:
            log.info("client_left", route=route_of(scope))
        except Exception as error:  # noqa: BLE001 - the last stop before the server's own log
            if not isinstance(error, WebinarError | errors.Refused):
                log.error("unexpected_error", route=route_of(scope), **described(error))
            # After half an answer there is nothing to say: the server sees that it never ended, and hangs up.
            if not started:
                await _answer(scope, receive, send, error)


async def _answer(scope: Scope, receive: Receive, send: Send, error: Exception) -> None:
    if scope["type"] == "websocket":
        await WebSocketClose()(scope, receive, send)
        return
    response = await errors.answer(Request(scope, receive), error)
    await response(scope, receive, send)


def _is_bare_refusal(message: Message) -> bool:
    """Whether the body limit speaks, which knows nothing of pages."""
    if message["type"] != "http.response.start" or message["status"] != 413:
        return False
    return Headers(raw=message["headers"]).get("content-type", "").startswith("text/plain")
