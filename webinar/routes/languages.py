"""The translations that scripts need."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from webinar.errors import NotFound
from webinar.i18n import LANGUAGES
from webinar.routes.context import services

# Pages name the release in the query; a new one asks for a new file.
CACHE = "public, max-age=86400"


async def browser_strings(request: Request) -> Response:
    """A language's catalogue for scripts: English → translation, or → every plural form. NotFound for no such language."""
    language = request.path_params["language"]
    if language not in LANGUAGES:
        raise NotFound
    strings = services(request).catalogues.for_browser(language)
    return JSONResponse(dict(strings), headers={"cache-control": CACHE})
