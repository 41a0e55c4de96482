"""Restricting the use of somebody's data because they asked for it, and lifting that: they are told first."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.privacy.restriction import announce_end, restrict_on_request
from webinar.registration.participants import get_participant
from webinar.routes.admin.webinars.editor import address_of
from webinar.routes.context import services
from webinar.routes.signed_in import signed_in
from webinar.webinars.catalogue import get_webinar


async def restrict(request: Request) -> Response:
    """Restricts from now on, or takes an announced end back."""
    found = services(request)
    async with found.db.writing() as db:
        actor = await signed_in(request, db)
        webinar = await get_webinar(db, actor.account_id, request.path_params["webinar_id"])
        person = await get_participant(db, webinar, request.path_params["participant_id"])
        await restrict_on_request(db, actor, person, found.clock.now())
    await found.hub.close_room(webinar.id)
    await found.prepared.clear()
    found.mail.wake()
    return _back(request, "restricted")


async def lift(request: Request) -> Response:
    """Announces to the person that the restriction ends in a week; then it does."""
    found = services(request)
    async with found.db.writing() as db:
        actor = await signed_in(request, db)
        webinar = await get_webinar(db, actor.account_id, request.path_params["webinar_id"])
        person = await get_participant(db, webinar, request.path_params["participant_id"])
        await announce_end(db, actor, person, found.clock.now())
    found.mail.wake()
    return _back(request, "announced")


def _back(request: Request, done: str) -> Response:
    webinar_id, person_id = (request.path_params[name] for name in ("webinar_id", "participant_id"))
    return RedirectResponse(f"{address_of(webinar_id)}/participants/{person_id}?done={done}", 303)
