"""Every URL on one screen."""

from starlette.routing import BaseRoute, Route

from webinar.routes import health, static
from webinar.routes.api import description


def all_routes() -> list[BaseRoute]:
    """The routes of the whole site, in the order in which they are tried."""
    return [
        Route("/healthz", health.alive),
        Route("/readyz", health.ready),
        Route("/api/v1/openapi.json", description.openapi),
        Route("/static/{release}/{path:path}", static.serve),
    ]
