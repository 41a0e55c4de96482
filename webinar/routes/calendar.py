"""A webinar's calendar entry, for everybody who may see the webinar."""

from starlette.requests import Request
from starlette.responses import Response

from webinar.errors import NotFound
from webinar.models import Account
from webinar.registration.calendar import CONTENT_TYPE, FILE_NAME, calendar_file
from webinar.routes.context import services
from webinar.webinars.catalogue import find_public_webinar


async def serve(request: Request) -> Response:
    """The `.ics` file; raises NotFound while the webinar has no time."""
    found = services(request)
    async with found.db.reading() as db:
        webinar = await find_public_webinar(db, request.path_params["webinar_id"])
        account = await db.get_one(Account, webinar.account_id)
    content = calendar_file(webinar, account, found.site, found.clock.now())
    if content is None:
        raise NotFound
    headers = {"content-disposition": f'attachment; filename="{FILE_NAME}"', "content-type": CONTENT_TYPE}
    return Response(content, headers=headers)
