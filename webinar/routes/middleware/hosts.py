"""Answers only to the host names that the operator set, so that no page or mail is made for a forged one (S13)."""

import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from webinar.routes.errors import Refused

# A name, or an IPv6 address in brackets. What comes after is a port or a forgery: `ours:8000@theirs` is a place at theirs.
_HOST = re.compile(r"(?:\[([0-9A-Fa-f.]*:[0-9A-Fa-f:.]+)\]|([^\[\]:]+))(?::[0-9]+)?")
# Load balancers and Prometheus ask by address.
FOR_EVERYBODY = {"/healthz", "/readyz", "/metrics"}


class KnownHosts:
    """Refuses requests and sockets for other hosts, and those with more than one Host header."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...]) -> None:
        self.app = app
        self.hosts = {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"} and scope["path"] not in FOR_EVERYBODY:
            named = Headers(scope=scope).getlist("host")
            if len(named) != 1 or _without_port(named[0]) not in self.hosts:
                raise Refused(400, "unknown_host", "This address is not served here.")
        await self.app(scope, receive, send)


def _without_port(host: str) -> str:
    """The name in a Host header, without brackets; empty when anything but a port follows it."""
    found = _HOST.fullmatch(host)
    return (found[1] or found[2]).lower() if found else ""
