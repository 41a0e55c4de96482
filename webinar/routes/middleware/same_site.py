"""Changes are taken from our own pages only (CSRF): by what the browser says about where a request comes from.

A browser states `Sec-Fetch-Site` on secure addresses and `Origin` on every cross-site POST; pages can forge
neither. What states none of them is no browser with somebody's cookies: a mail provider's one-click withdrawal, a
script with a token. Works in embeds, where tokens in session cookies would not. See ADR 0010.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from webinar.errors import Forbidden
from webinar.routes.errors import Refused
from webinar.site import Site

SAFE = {"GET", "HEAD", "OPTIONS"}
OURSELVES = {"same-origin", "none"}
API_PREFIX = "/api/"
# A form can't send either of these across sites, and no answer of ours allows a script to (S16).
API_HEADER = "x-requested-with"
JSON = "application/json"


class SameSite:
    """Refuses changes that another site's page asks for, and API calls that a mere form could make."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        own = urlsplit(site.base_url)
        self.hosts = {(own.hostname or "").lower(), *(host.lower() for host in site.hosts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE:
            headers = Headers(scope=scope)
            if not self._from_ourselves(headers):
                raise Forbidden("This request came from another site.", code="cross_site")
            if scope["path"].startswith(API_PREFIX) and not _beyond_forms(headers):
                raise Refused(415, "json_needed", "Please send application/json.")
        await self.app(scope, receive, send)

    def _from_ourselves(self, headers: Headers) -> bool:
        if (fetch_site := headers.get("sec-fetch-site")) is not None:
            return fetch_site in OURSELVES
        # The Referer stands in for a browser that sends no Origin.
        stated = headers.get("origin") or headers.get("referer")
        return stated is None or self._is_own(stated, headers.get("host", ""))

    def _is_own(self, origin: str, host: str) -> bool:
        try:
            parts = urlsplit(origin)
            name = (parts.hostname or "").lower()
        except ValueError:
            return False
        # The Host header was checked before; with its port it tells two servers on one machine apart.
        return name in self.hosts and parts.netloc.lower() == host.lower()


def _beyond_forms(headers: Headers) -> bool:
    return headers.get("content-type", "").partition(";")[0].strip().lower() == JSON or API_HEADER in headers
