"""For load balancers and operators: is the process alive, is it ready to serve."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from webinar.routes.context import services


async def alive(request: Request) -> Response:
    """The process runs and its event loop turns."""
    return JSONResponse({"status": "ok"})


async def ready(request: Request) -> Response:
    """The database answers; raises Unavailable (503) otherwise.

    `degraded` when other instances cannot be reached: this one still serves, so it stays in the balancer.
    """
    await services(request).db.check()
    return JSONResponse({"status": "ready" if services(request).hub.broker.connected else "degraded"})
