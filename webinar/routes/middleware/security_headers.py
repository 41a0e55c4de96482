"""Headers that make browsers protect people: on every answer, whoever made it."""

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from webinar.routes.csp import policy
from webinar.site import Site

ALWAYS = {
    "x-content-type-options": "nosniff",
    # Not no-referrer: with it browsers send `Origin: null` with our own forms, which SameSite could not tell
    # from a stranger's where there is no Sec-Fetch-Site. To other sites nothing is sent either way.
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
}
# What a route may decide otherwise. Pages hold personal data: neither proxies nor the back button keep them.
UNLESS_SAID = {"cache-control": "no-store", "cross-origin-resource-policy": "same-origin"}
ONE_YEAR = "max-age=31536000"


class SecurityHeaders:
    """Adds the headers to every answer."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self.base_url = site.base_url
        self.always = {**ALWAYS, **({"strict-transport-security": ONE_YEAR} if site.secure else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["content-security-policy"] = policy(connection, self.base_url)
                for name, value in self.always.items():
                    headers[name] = value
                for name, value in UNLESS_SAID.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)
