"""The site's own static files."""

from starlette.requests import Request
from starlette.responses import Response

from webinar.routes.context import services
from webinar.routes.csp import no_page


async def serve(request: Request) -> Response:
    """One file of a release; raises NotFound."""
    no_page(request)
    release, path = request.path_params["release"], request.path_params["path"]
    return services(request).static.respond(request, release, path)


async def embed_script(request: Request) -> Response:
    """The script that other sites paste: at an address that stays the same, asked for anew each time."""
    no_page(request)
    return services(request).static.respond(request, "", "embed.js")
