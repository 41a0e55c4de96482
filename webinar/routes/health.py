"""For load balancers, operators and Prometheus: is the process alive, is it ready to serve, how does it do."""

import asyncio
import hmac

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from webinar.metrics import CONTENT_TYPE
from webinar.routes.context import services

ANSWERS_WITHIN = 2.0  # seconds; a balancer that waits longer learns less


async def alive(request: Request) -> Response:
    """The process runs and its event loop turns."""
    return JSONResponse({"status": "ok"})


async def ready(request: Request) -> Response:
    """The database answers, and soon; raises Unavailable, or what ends in the same 503, otherwise.

    `degraded` when other instances cannot be reached: this one still serves, so it stays in the balancer.
    """
    async with asyncio.timeout(ANSWERS_WITHIN):
        await services(request).db.check()
    return JSONResponse({"status": "ready" if services(request).hub.broker.connected else "degraded"})


async def measure(request: Request) -> Response:
    """The process's figures, for whoever shows the operator's token; where none is set there is no such page."""
    token = services(request).metrics_token
    if not token:
        return Response(status_code=404)
    if not hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {token}".encode()):
        return Response(status_code=401, headers={"WWW-Authenticate": "Bearer"})
    return Response(
        services(request).metrics.render(), media_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"}
    )
