"""Routes that only tests have: to see what happens around a route, and what it is given."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from tests.support.installation import Installation, MovableClock, client_of
from webinar.app import create_app
from webinar.settings import Settings


@asynccontextmanager
async def installation_with(settings: Settings, *probes: BaseRoute) -> AsyncIterator[Installation]:
    """An installation like any other that has `probes` too."""
    clock = MovableClock()
    app: Starlette = create_app(settings, clock=clock)
    app.router.routes[:0] = probes
    async with app.router.lifespan_context(app), client_of(app, settings) as client:
        yield Installation(app, settings, clock, client)
