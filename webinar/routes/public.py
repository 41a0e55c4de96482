"""A webinar's public page."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.models import Access
from webinar.routes.context import services
from webinar.routes.event_page import base_of, load_event_page, render_event_page


async def show_webinar(request: Request) -> Response:
    """What it is about, when, who speaks, and the form. An open webinar leads straight to the picture."""
    async with services(request).db.reading() as db:
        page = await load_event_page(request, db)
    if page.webinar.access is Access.OPEN:
        return RedirectResponse(f"{base_of(request)}/watch", 303)
    return render_event_page(request, page)
