"""Pages with single islands on them, under the policy of the real pages, beside the demo's clip."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tests.support.browser import Pages
from tests.support.serving import serving
from webinar.app import PACKAGE
from webinar.pages import nonce_of
from webinar.routes.csp import allow_player, policy
from webinar.static_files import StaticFiles

CLIP = PACKAGE / "media" / "clips" / "demo"


@dataclass
class Workbench:
    """Serves `body` at its `url` with the modules `scripts`; while `broken`, the clip can't be had."""

    url: str = ""
    body: str = ""
    scripts: tuple[str, ...] = ()
    language: str = "en"
    direction: str = "ltr"
    strings: dict[str, Any] = field(default_factory=dict)
    broken: bool = False
    asked: int = 0

    @property
    def clip(self) -> str:
        """The address of the clip's main playlist."""
        return f"{self.url}/clip/main.m3u8"


@pytest.fixture
async def workbench(pages: Pages) -> AsyncIterator[Workbench]:
    """One page to put islands on: set `body` and `scripts`, then open `url`."""
    bench = Workbench()
    static = StaticFiles.load(PACKAGE / "static")

    async def page(request: Request) -> Response:
        allow_player(request)
        nonce = nonce_of(request)
        scripts = "".join(
            f'<script type="module" nonce="{nonce}" src="{static.url(path)}"></script>'
            for path in bench.scripts
        )
        html = (
            f'<!doctype html><html lang="{bench.language}" dir="{bench.direction}"><head><title>Workbench</title>'
            f'<link rel="icon" href="data:,"><link rel="stylesheet" href="{escape(static.url("css/app.css"))}">'
            f'<link rel="preload" as="fetch" crossorigin href="/strings.json" data-catalogue>'
            f"</head><body><main><h1>Workbench</h1>{bench.body}</main>{scripts}</body></html>"
        )
        return HTMLResponse(html, headers={"content-security-policy": policy(request, bench.url)})

    async def strings(request: Request) -> Response:
        return JSONResponse(bench.strings)

    async def clip(request: Request) -> Response:
        bench.asked += 1
        path: Path = CLIP / request.path_params["path"]
        return Response(status_code=503) if bench.broken else FileResponse(path)

    async def serve(request: Request) -> Response:
        return static.respond(request, request.path_params["release"], request.path_params["path"])

    routes = [
        Route("/", page),
        Route("/strings.json", strings),
        Route("/clip/{path:path}", clip),
        Route("/static/{release}/{path:path}", serve),
    ]

    def make_app(url: str) -> Starlette:
        bench.url = url
        return Starlette(routes=routes)

    async with serving(make_app):
        yield bench
        # Before the server goes: a player that loses it rightly complains.
        await pages.close()
