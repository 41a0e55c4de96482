"""Who is admitted to a webinar: the participant's cookie, or the same token as a bearer where cookies are blocked."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import HTTPConnection
from starlette.responses import Response

from webinar.models import Participant
from webinar.registration.admission import (
    SESSION_LIFE,
    Admission,
    OpenedSession,
    open_session,
    participant_of,
    visitor_of,
)
from webinar.routes.context import services
from webinar.routes.csp import EMBED_PREFIX
from webinar.site import Site

BEARER = "bearer "


async def find_admitted(request: HTTPConnection, db: AsyncSession, webinar_id: UUID) -> Admission | None:
    """The participant of this webinar behind the request; None for everybody else."""
    token = admission_token(request, webinar_id)
    return await participant_of(db, token, webinar_id, services(request).clock.now()) if token else None


async def find_visitor(request: HTTPConnection, db: AsyncSession, webinar_id: UUID) -> Admission | None:
    """The person behind the request, somebody invited who has not registered yet included; None for nobody."""
    token = admission_token(request, webinar_id)
    return await visitor_of(db, token, webinar_id, services(request).clock.now()) if token else None


def admission_token(request: HTTPConnection, webinar_id: UUID) -> str:
    """The token of the participant's session that came with the request; empty without one."""
    stated = request.headers.get("authorization", "")
    if stated[: len(BEARER)].lower() == BEARER:
        return stated[len(BEARER) :].strip()
    return request.cookies.get(admission_cookie(services(request).site, webinar_id), "")


def admission_cookie(site: Site, webinar_id: UUID) -> str:
    """The name of the participant's cookie; each webinar has its own."""
    return f"__Host-participant-{webinar_id}" if site.secure else f"participant-{webinar_id}"


async def admit_here(
    request: HTTPConnection, db: AsyncSession, participant: Participant
) -> OpenedSession | None:
    """Opens a session for the browser behind the request; None when it is admitted as this person already."""
    present = await find_visitor(request, db, participant.webinar_id)
    if present is not None and present.participant.id == participant.id:
        return None
    return await open_session(db, participant, services(request).clock.now())


async def hand_over(
    request: HTTPConnection, response: Response, webinar_id: UUID, opened: OpenedSession | None
) -> None:
    """Gives the browser its cookie and closes the sockets of the browser that had to go. Call after the commit."""
    if opened is None:
        return
    found = services(request)
    embedded = request.url.path.startswith(EMBED_PREFIX)
    seconds = int(SESSION_LIFE.total_seconds())
    header = admission_header(found.site, webinar_id, opened.token, seconds, embedded=embedded)
    response.headers.append("set-cookie", header)
    await found.hub.revoke(*opened.evicted)


def take_cookie(request: HTTPConnection, response: Response, webinar_id: UUID) -> None:
    """Takes the participant's cookie from the browser."""
    embedded = request.url.path.startswith(EMBED_PREFIX)
    header = admission_header(services(request).site, webinar_id, "", 0, embedded=embedded)
    response.headers.append("set-cookie", header)


def admission_header(site: Site, webinar_id: UUID, token: str, seconds: int, *, embedded: bool) -> str:
    """The Set-Cookie header of a participant's session that is kept for so many seconds.

    On our own pages the cookie is Lax. Inside another site's frame browsers take it only as `SameSite=None;
    Secure`, and where they block third-party cookies only `Partitioned`: kept apart for that one site. Python
    below 3.14 can't write that attribute, so the header is written here.
    """
    name = admission_cookie(site, webinar_id)
    if embedded and site.trustworthy:
        policy = "Secure; SameSite=None; Partitioned"
    else:
        policy = "Secure; SameSite=Lax" if site.secure else "SameSite=Lax"
    return f"{name}={token}; Max-Age={seconds}; Path=/; HttpOnly; {policy}"
