"""What every request passes on its way in and every answer on its way out, outermost first."""

from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from webinar.routes.middleware.clean_address import CleanAddress
from webinar.routes.middleware.doors import Doors
from webinar.routes.middleware.failures import Failures
from webinar.routes.middleware.hosts import KnownHosts
from webinar.routes.middleware.request_log import RequestLog
from webinar.routes.middleware.same_site import SameSite
from webinar.routes.middleware.security_headers import SecurityHeaders
from webinar.routes.middleware.session_use import SessionUse
from webinar.site import Site

MAX_BODY = 1024 * 1024


def all_middleware(site: Site) -> list[Middleware]:
    """The middleware of the site. A route that takes more than 1 MiB says so itself (`Route(max_body_size=…)`)."""
    proxies = [Middleware(ProxyHeadersMiddleware, list(site.trusted_proxies))] if site.trusted_proxies else []
    return [
        *proxies,
        Middleware(RequestLog),
        Middleware(SecurityHeaders, site),
        Middleware(Failures),
        Middleware(KnownHosts, site.hosts),
        Middleware(Doors),
        Middleware(CleanAddress),
        Middleware(SameSite, site),
        Middleware(SessionUse),
        Middleware(RequestBodyLimitMiddleware, MAX_BODY),
    ]
