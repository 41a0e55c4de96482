"""Notes that a user's session is in use, after the answer went out, so that idle ones can end."""

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from webinar.accounts.sessions import touch_session
from webinar.routes.context import services


class SessionUse:
    """Writes the time of the last use when `signed_in` found that it is due."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)
        if scope["type"] == "http":
            connection = HTTPConnection(scope)
            if session_id := getattr(connection.state, "session_in_use", None):
                found = services(connection)
                async with found.db.writing() as db:
                    await touch_session(db, session_id, found.clock.now())
