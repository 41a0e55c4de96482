"""How a webinar looks, and on which sites it may be embedded."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.errors import Invalid
from webinar.models import Webinar
from webinar.webinars.catalogue import get_webinar
from webinar.webinars.order import mark_state

COLOUR = re.compile(r"#[0-9a-f]{6}", re.ASCII)
HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*", re.ASCII)
LONGEST_HOST = 253
MOST_ORIGINS = 20
DEFAULT_PORTS = {"https": 443, "http": 80}


def read_colour(text: str) -> str:
    """A colour as `#rrggbb` in lower case, or nothing. Raises Invalid: the value goes into a style sheet."""
    colour = text.strip().lower()
    if colour and not COLOUR.fullmatch(colour):
        raise Invalid({"brand_colour": "A colour such as #1a5fb4."})
    return colour


def read_origins(text: str) -> list[str]:
    """The sites in `text`, one a line, normalised and without repeats. Raises Invalid naming the first bad one."""
    origins: dict[str, None] = {}
    for line in text.split():
        try:
            origins[normalise_origin(line)] = None
        except ValueError as error:
            raise Invalid({"embed_origins": f"“{line[:80]}”: {error}"}) from None
    if len(origins) > MOST_ORIGINS:
        raise Invalid({"embed_origins": f"At most {MOST_ORIGINS} sites."})
    return list(origins)


def normalise_origin(text: str) -> str:
    """An origin as browsers write it, e.g. `https://example.org`. Raises ValueError saying what is wrong.

    The result goes into the header Content-Security-Policy, so nothing but a plain host may get through.
    """
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        raise ValueError("this is not a web address.") from None
    host = _ascii_host(parts.hostname or "")
    if parts.scheme not in DEFAULT_PORTS or not host:
        raise ValueError("write the site's address with https:// in front.")
    if parts.scheme == "http" and not _is_this_machine(host):
        raise ValueError("the site needs https, or its visitors' answers could be read on the way.")
    if parts.path not in {"", "/"} or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("only the site's address, without what follows it.")
    suffix = "" if port in {None, DEFAULT_PORTS[parts.scheme]} else f":{port}"
    return f"{parts.scheme}://{host}{suffix}"


async def set_colour(db: AsyncSession, account_id: UUID, webinar_id: UUID, colour: str) -> Webinar:
    """Changes the brand colour (from `read_colour`)."""
    webinar = await get_webinar(db, account_id, webinar_id, lock=True)
    webinar.brand_colour = colour
    await mark_state(db, webinar)
    return webinar


async def set_logo(db: AsyncSession, account_id: UUID, webinar_id: UUID, logo_id: UUID | None) -> Webinar:
    """Changes the logo to one of the webinar's assets, or takes it away."""
    webinar = await get_webinar(db, account_id, webinar_id, lock=True)
    webinar.logo_id = logo_id
    await mark_state(db, webinar)
    return webinar


async def set_embed_origins(
    db: AsyncSession, account_id: UUID, webinar_id: UUID, origins: list[str]
) -> Webinar:
    """Changes the sites that may embed the webinar (from `read_origins`)."""
    webinar = await get_webinar(db, account_id, webinar_id, lock=True)
    webinar.embed_origins = origins
    return webinar


def _ascii_host(host: str) -> str:
    try:
        ascii_host = host.encode("idna").decode().lower() if host else ""
    except UnicodeError:
        return ""
    return ascii_host if len(ascii_host) <= LONGEST_HOST and HOST.fullmatch(ascii_host) else ""


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
