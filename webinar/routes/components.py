"""The page that shows every component of the design system. Part of the demo: a real installation has no use for it."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from webinar.errors import NotFound
from webinar.routes.context import services


async def show_components(request: Request) -> Response:
    """Every component in every state."""
    found = services(request)
    if not found.site.demo:
        raise NotFound
    now = found.clock.now()
    moments = {"now": now, "server_now": now, "soon": now + timedelta(days=1, hours=2)}
    return found.templates.render(request, "styleguide.html", moments)
