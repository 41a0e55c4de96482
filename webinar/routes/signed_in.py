"""Who is signed in: the cookie of users' sessions, and the check that every admin and host route begins with."""

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import HTTPConnection
from starlette.responses import Response

from webinar.accounts.actor import Actor
from webinar.accounts.sessions import LIFETIME, StartedSession, find_actor, needs_touch
from webinar.errors import NotSignedIn
from webinar.models import Role
from webinar.privacy.requests import count_open
from webinar.routes.context import services
from webinar.site import Site


async def signed_in(request: HTTPConnection, db: AsyncSession, at_least: Role = Role.ADMIN) -> Actor:
    """The user behind the request; raises NotSignedIn, or Forbidden when they are less than `at_least`.

    Every lookup goes through `actor.account_id`, so another account's things are not found. Call it in the unit
    of work of the action, so that somebody who was just removed doesn't slip through.
    """
    actor = await find_signed_in(request, db)
    if actor is None:
        raise NotSignedIn
    actor.require(at_least)
    return actor


async def find_signed_in(request: HTTPConnection, db: AsyncSession) -> Actor | None:
    """The user behind the request, for pages that are there for everybody."""
    token = session_token(request)
    now = services(request).clock.now()
    actor = await find_actor(db, token, now) if token else None
    if actor is not None:
        # For the templates' `user`, and for the middleware that notes the session's last use.
        request.state.user = actor.user
        request.state.session_in_use = actor.session.id if needs_touch(actor.session, now) else None
        if actor.may(Role.ADMIN):
            # Shown beside the name of their page, wherever somebody is in the admin.
            request.state.open_requests = await count_open(db, actor.account_id)
    return actor


def session_token(request: HTTPConnection) -> str:
    """The token in the request's session cookie; empty without one."""
    return request.cookies.get(cookie_name(services(request).site), "")


def cookie_name(site: Site) -> str:
    """`__Host-` makes browsers insist on TLS, on this very host and on the whole path (ASVS 5 3.3)."""
    return "__Host-session" if site.secure else "session"


def set_session_cookie(response: Response, site: Site, started: StartedSession) -> None:
    """Hands the browser its new session. Lax: another site's form arrives without it."""
    response.set_cookie(
        cookie_name(site),
        started.token,
        max_age=int(LIFETIME.total_seconds()),
        path="/",
        secure=site.secure,
        httponly=True,
        samesite="lax",
    )


def clear_session_cookie(response: Response, site: Site) -> None:
    """Takes the session from the browser."""
    response.delete_cookie(cookie_name(site), path="/", secure=site.secure, httponly=True, samesite="lax")
