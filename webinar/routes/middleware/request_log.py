"""Our own access log: which route, which answer, how long. Nothing that a person typed (G14, ASVS 5 16.2.5).

The route's template is logged and never the path, the query, a header or an address.
"""

import secrets
import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.stdlib.get_logger("webinar.access")
ID_BYTES = 8


class RequestLog:
    """Gives each request an id, which the answer and every log line carry, and logs how it ended."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = secrets.token_hex(ID_BYTES)
        scope.setdefault("state", {})["request_id"] = request_id
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            await send(message)

        began = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, send_with_id)
            finally:
                elapsed = round((time.perf_counter() - began) * 1000, 1)
                log.info("request", method=_method(scope), route=route_of(scope), status=status, ms=elapsed)


def route_of(scope: Scope) -> str:
    """The template of the route that took the request, such as `/w/{id}`; `-` when none did."""
    return getattr(scope.get("route"), "path", "-")


def _method(scope: Scope) -> str:
    method = scope["method"]
    return method if method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} else "-"
