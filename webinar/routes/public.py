"""A webinar's public page."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.models import Access
from webinar.routes.admitted import find_admitted
from webinar.routes.context import services
from webinar.routes.event_page import base_of, load_event_page, render_event_page


async def show_webinar(request: Request) -> Response:
    """What it is about, when, who speaks, and the form. An open webinar leads straight to the picture."""
    async with services(request).db.reading() as db:
        page = await load_event_page(request, db)
        here = await find_admitted(request, db, page.webinar.id)
    if page.webinar.access is Access.OPEN:
        return RedirectResponse(f"{base_of(request)}/watch", 303)
    somebody_else = "another" in request.query_params
    return render_event_page(request, page, here=None if somebody_else or not here else here.participant)
