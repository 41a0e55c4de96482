"""Runs the demo: the installation on one port, somebody else's page on another, and the addresses to open."""

import asyncio
import contextlib
import json
import secrets
import socket
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from webinar.app import app_to_serve, compose
from webinar.clock import SystemClock
from webinar.demo.build import Demo, allow_embedding, build_demo
from webinar.demo.content import OWNER
from webinar.demo.neighbour import neighbour_app
from webinar.logs import configure_logs
from webinar.routes.context import Services
from webinar.schema import migrate
from webinar.server import ReadyServer, listen, server_config
from webinar.settings import Settings, load_settings

HOST = "127.0.0.1"
# A page on another site: same machine, but for browsers `localhost` and `127.0.0.1` have nothing in common.
NEIGHBOUR = "localhost"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where to look, and the sign-in of the account's owner."""

    base_url: str
    register_url: str
    watch_url: str
    replay_url: str
    host_url: str
    admin_url: str
    embed_url: str
    email: str
    password: str


def run_demo(port: int, data: Path, announce: Callable[[Addresses], None]) -> None:
    """Serves the demo until the process is told to stop. Raises OSError when the port is taken."""
    with contextlib.closing(listen(HOST, port)) as own, contextlib.closing(_next_to(own)) as neighbour:
        settings = load_settings(base_url=f"http://{HOST}:{_port(own)}", data_dir=data, demo=True)
        configure_logs(settings.log_format)
        migrate(settings.database)
        asyncio.run(_serve(settings, own, neighbour, announce))


async def _serve(
    settings: Settings, own: socket.socket, neighbour: socket.socket, announce: Callable[[Addresses], None]
) -> None:
    password = secrets.token_urlsafe(9)
    origin = f"http://{NEIGHBOUR}:{_port(neighbour)}"
    services = compose(settings, SystemClock())
    demo = await build_demo(services, password)
    await allow_embedding(services, demo.live, origin)
    await services.db.close()
    addresses = _addresses(services, demo, origin, password)
    servers = [
        ReadyServer(server_config(app_to_serve(settings)), lambda: announce(addresses)),
        ReadyServer(server_config(neighbour_app(_snippet(services, demo)), lifespan="off"), lambda: None),
    ]
    serving = [
        asyncio.create_task(server.serve(sockets=[listener]))
        for server, listener in zip(servers, (own, neighbour), strict=True)
    ]
    # Ctrl-C reaches one of the two; the other follows.
    await asyncio.wait(serving, return_when=asyncio.FIRST_COMPLETED)
    for server in servers:
        server.should_exit = True
    await asyncio.gather(*serving)


def _addresses(services: Services, demo: Demo, origin: str, password: str) -> Addresses:
    url = services.site.url
    return Addresses(
        base_url=services.site.base_url,
        register_url=url(f"/w/{demo.live}"),
        watch_url=url(f"/w/{demo.open_house}/watch"),
        replay_url=url(f"/w/{demo.replay}"),
        host_url=url(f"/host/{demo.live}"),
        admin_url=url("/admin/"),
        embed_url=f"{origin}/",
        email=OWNER[0],
        password=password,
    )


def _snippet(services: Services, demo: Demo) -> str:
    source = services.site.url("/embed.js")
    return f'<script src="{source}" data-webinar="{demo.live}" async></script>'


def _next_to(own: socket.socket) -> socket.socket:
    """The neighbour's listener: the next port if it is free, any otherwise."""
    try:
        return listen(HOST, _port(own) + 1)
    except OSError:
        return listen(HOST, 0)


def _port(listener: socket.socket) -> int:
    port: int = listener.getsockname()[1]
    return port


def as_json(addresses: Addresses) -> str:
    """One line for programs."""
    told = asdict(addresses)
    del told["replay_url"]  # for people: what programs read keeps its eight names
    return json.dumps(told)


def as_text(addresses: Addresses) -> str:
    """The tour for people."""
    return f"""
  Register     {addresses.register_url}
  Watch        {addresses.watch_url}   (open, no registration)
  Replay       {addresses.replay_url}   (ended last week)
  Embedded     {addresses.embed_url}   (the same webinar on another site)
  Mails        {addresses.base_url}/demo/mail   (what would be sent)

  Host         {addresses.host_url}
  Admin        {addresses.admin_url}
  Sign in as   {addresses.email}   {addresses.password}   (new at each start)

  Ctrl-C ends it.
"""
