"""The Content-Security-Policy of an answer: strict unless the page that is being rendered asks for more.

A page that plays media calls `allow_player`, one inside an embed `allow_framing`; nothing else relaxes it, so a new
page starts strict (S6; ASVS 5 3.4.3, 3.4.6).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from webinar.pages import nonce_of

EMBED_PREFIX = "/e/"
# For what is no page: opened by itself it runs nothing, loads nothing and is framed by nobody.
NO_PAGE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@dataclass(slots=True)
class Wishes:
    """What the answer asked for. `media` and `frames` are origins."""

    no_page: bool = False
    player: bool = False
    media: set[str] = field(default_factory=set)
    frames: list[str] = field(default_factory=list)


def no_page(request: HTTPConnection) -> None:
    """This answer is a file that pages use, so a policy of a few words will do: a page loads dozens of them."""
    _wishes(request).no_page = True


def allow_player(request: HTTPConnection, streams: Iterable[str] = ()) -> None:
    """Lets this page play: media-chrome styles itself inline, hls.js feeds blobs from a worker.

    `streams` are the addresses of external streams, or their origins.
    """
    wishes = _wishes(request)
    wishes.player = True
    wishes.media.update(origin for origin in map(origin_of, streams) if origin)


def allow_framing(request: HTTPConnection, origins: Iterable[str]) -> None:
    """Lets the sites at `origins` show this page in a frame. Only pages below `/e/`: the admin never."""
    if not request.url.path.startswith(EMBED_PREFIX):
        raise ValueError(f"only pages below {EMBED_PREFIX} can be framed")
    _wishes(request).frames[:] = [origin for origin in map(origin_of, origins) if origin]


def origin_of(address: str) -> str:
    """The origin of an http(s) address as a CSP source; empty for anything that could break out of the header."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    plain = host.replace("-", "").replace(".", "").replace(":", "").replace("_", "")
    if parts.scheme not in {"http", "https"} or not plain.isascii() or not plain.isalnum():
        return ""
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port else "")


def policy(request: HTTPConnection, base_url: str) -> str:
    """The header of the answer to `request`."""
    asked = _wishes(request)
    if asked.no_page:
        return NO_PAGE
    streams = sorted(asked.media)
    directives = {
        "default-src": ["'none'"],
        "script-src": [f"'nonce-{nonce_of(request)}'", "'strict-dynamic'"],
        "style-src": ["'self'", *(["'unsafe-inline'"] if asked.player else [])],
        "img-src": ["'self'", "data:", *streams],
        "font-src": ["'self'"],
        # Not every browser takes 'self' for sockets too.
        "connect-src": ["'self'", base_url.replace("http", "ws", 1), *streams],
        "media-src": ["'self'", *(["blob:", "data:"] if asked.player else []), *streams],
        "worker-src": ["blob:" if asked.player else "'none'"],
        "frame-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": asked.frames or ["'none'"],
    }
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())


def _wishes(request: HTTPConnection) -> Wishes:
    if not hasattr(request.state, "csp"):
        request.state.csp = Wishes()
    found: Wishes = request.state.csp
    return found
