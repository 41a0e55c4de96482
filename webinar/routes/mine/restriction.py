"""Restricting the use of one's own data, and ending that: one click each, at once."""

from starlette.requests import Request
from starlette.responses import Response

from webinar.privacy.restriction import lift, restrict
from webinar.routes.context import services
from webinar.routes.incoming import read_form, text_in
from webinar.routes.mine.page import back, myself


async def change_restriction(request: Request) -> Response:
    """Restricts, or with `wanted=no` ends it."""
    found = services(request)
    wanted = text_in(await read_form(request), "wanted") != "no"
    async with found.db.writing() as db:
        participant, webinar = await myself(request, db)
        await (restrict if wanted else lift)(db, participant, found.clock.now())
    await found.hub.close_room(webinar.id)
    await found.prepared.clear()
    return back(request, "restricted" if wanted else "unrestricted", "restriction")
