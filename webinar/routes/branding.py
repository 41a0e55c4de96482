"""A webinar's own colour and logo, for its public pages and for the admin's preview of a draft."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from webinar.errors import NotFound
from webinar.media.images import CONTENT_TYPE
from webinar.models import Webinar
from webinar.routes.context import services
from webinar.routes.signed_in import find_signed_in
from webinar.webinars.catalogue import find_public_webinar, get_webinar
from webinar.webinars.look import read_colour

# Pages add ?v=… which changes with what it names.
CACHE = "private, max-age=3600"


async def brand_css(request: Request) -> Response:
    """The style sheet that gives a page the webinar's colour; everything else follows from that one."""
    async with services(request).db.reading() as db:
        webinar = await _visible(request, db)
    # Checked again on the way out: this is the one value of people's that goes into a style sheet.
    colour = read_colour(webinar.brand_colour)
    # The admin keeps its own colour and shows the webinar's in a part of the page.
    where = ".branded" if "preview" in request.query_params else ":root, .branded"
    text = f"{where} {{ --brand: {colour} }}\n" if colour else ""
    return Response(text, media_type="text/css", headers={"cache-control": CACHE})


async def logo(request: Request) -> Response:
    """The webinar's logo; NotFound when it has none."""
    found = services(request)
    async with found.db.reading() as db:
        webinar = await _visible(request, db)
    path = found.library.path(webinar.id, webinar.logo_id) if webinar.logo_id else None
    if path is None or not path.is_file():
        raise NotFound
    return FileResponse(path, media_type=CONTENT_TYPE, headers={"cache-control": CACHE})


async def _visible(request: Request, db: AsyncSession) -> Webinar:
    webinar_id: UUID = request.path_params["webinar_id"]
    try:
        return await find_public_webinar(db, webinar_id)
    except NotFound:
        actor = await find_signed_in(request, db)
        if actor is None:
            raise
        return await get_webinar(db, actor.account_id, webinar_id)
