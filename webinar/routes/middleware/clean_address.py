"""Refuses addresses with characters that no page makes and no database takes: null bytes and broken UTF-8."""

from urllib.parse import unquote_to_bytes

from starlette.types import ASGIApp, Receive, Scope, Send

from webinar.routes.errors import Refused


class CleanAddress:
    """Looks at the path and at the query."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"}:
            address = scope.get("raw_path", b"") + b"?" + scope.get("query_string", b"")
            if not _is_clean(unquote_to_bytes(address)) or not _is_clean(
                scope["path"].encode(errors="replace")
            ):
                raise Refused(400, "malformed", "This address contains characters that can't be read.")
        await self.app(scope, receive, send)


def _is_clean(address: bytes) -> bool:
    try:
        return "\0" not in address.decode()
    except UnicodeDecodeError:
        return False
