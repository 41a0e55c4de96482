"""Who is admitted to a webinar: the participant's cookie, or the same token as a bearer where cookies are blocked."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import HTTPConnection

from webinar.registration.admission import Admission, participant_of
from webinar.routes.context import services
from webinar.site import Site

BEARER = "bearer "


async def find_admitted(request: HTTPConnection, db: AsyncSession, webinar_id: UUID) -> Admission | None:
    """The participant of this webinar behind the request; None for everybody else."""
    token = admission_token(request, webinar_id)
    return await participant_of(db, token, webinar_id, services(request).clock.now()) if token else None


def admission_token(request: HTTPConnection, webinar_id: UUID) -> str:
    """The token of the participant's session that came with the request; empty without one."""
    stated = request.headers.get("authorization", "")
    if stated[: len(BEARER)].lower() == BEARER:
        return stated[len(BEARER) :].strip()
    return request.cookies.get(admission_cookie(services(request).site, webinar_id), "")


def admission_cookie(site: Site, webinar_id: UUID) -> str:
    """The name of the participant's cookie; each webinar has its own."""
    return f"__Host-participant-{webinar_id}" if site.secure else f"participant-{webinar_id}"
