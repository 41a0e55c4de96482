"""While a restore is under way nothing is served: erased people could be in what was restored (G9)."""

from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from webinar.errors import Unavailable
from webinar.i18n import N_
from webinar.routes import errors
from webinar.routes.context import services

# A supervisor must not kill the process that is just replaying; pages need their style sheets.
OPEN = ("/healthz", "/static/")
SHUT = N_(
    "A backup is being restored. Before anything is shown, everything that was erased since is erased again. "
    "Please come back in a few minutes."
)
WAIT_SECONDS = "30"


class Doors:
    """Answers 503 to everything until a restore is finished."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes requests on once the doors are open."""
        shut = scope["type"] in {"http", "websocket"} and services(HTTPConnection(scope)).restoring.under_way
        if not shut or scope["path"].startswith(OPEN):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1013})
        else:
            response = await errors.answer(Request(scope, receive), Unavailable(SHUT, code="restoring"))
            response.headers["Retry-After"] = WAIT_SECONDS
            await response(scope, receive, send)
