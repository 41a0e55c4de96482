"""Asking other people's servers, on behalf of somebody who typed an address, without lending them our network (S11).

A name is resolved once and the connection goes to that very address, so that a name server that answers
differently the second time (rebinding) gains nothing. Only addresses of the public internet are reached; hosts
that the operator names may be anything. No redirects, no proxy of the environment, five seconds, 64 KiB.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpx

TIMEOUT = 5.0
MOST_BYTES = 64 * 1024
HIGHEST_PORT = 65535
NAT64 = IPv6Network("64:ff9b::/96")
# Ranges that carry an IPv4 address to somewhere else, or that `ipaddress` counts as global and are not.
NOT_PUBLIC = (IPv6Network("64:ff9b:1::/48"), IPv6Network("2002::/16"), IPv6Network("2001::/32"), IPv6Network("fec0::/10"))  # fmt: skip

Resolver = Callable[[str, int], Awaitable[list[str]]]


class Refused(Exception):
    """The address was not asked, or its answer not taken; the message says why, for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: its body, and whether a page of ours may read it in a browser (CORS)."""

    body: bytes
    content_type: str
    readable_by: str


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, from the system's resolver; raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(sockaddr[0]) for *_, sockaddr in found]


class Outbound:
    """Fetches small texts. `private_hosts` are the operator's exceptions; create one per process."""

    def __init__(
        self, private_hosts: Collection[str] = (), *, origin: str = "", resolver: Resolver = resolve
    ) -> None:
        self._private_hosts = frozenset(host.lower() for host in private_hosts)
        self._origin = origin
        self._resolve = resolver

    async def fetch(self, address: str) -> Answer:
        """What the server at `address` answers to a GET; raises Refused."""
        url = read_address(address)
        try:
            async with asyncio.timeout(TIMEOUT):
                pinned = await self._pin(url)
                return await self._get(url, pinned)
        except TimeoutError:
            raise Refused(f"{url.host} did not answer within {TIMEOUT:.0f} seconds.") from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            raise Refused(f"{url.host} could not be reached.") from None

    async def _pin(self, url: httpx.URL) -> str:
        try:
            addresses = await self._resolve(url.host, _port(url))
        except (OSError, UnicodeError):
            raise Refused(f"There is no server called {url.host}.") from None
        if not addresses:
            raise Refused(f"There is no server called {url.host}.")
        # One private address among public ones is reason enough: which one is used must not depend on luck.
        # As it is asked for on the wire: `host` shows the letters of a name that is written as xn--….
        named = url.raw_host.decode("ascii").lower()
        if named not in self._private_hosts and not all(map(is_public, addresses)):
            raise Refused(f"{url.host} is not on the public internet.")
        return addresses[0]

    async def _get(self, url: httpx.URL, pinned: str) -> Answer:
        headers = {"host": url.netloc.decode(), "accept-encoding": "identity", "user-agent": "webinar"}
        if self._origin:
            headers["origin"] = self._origin
        async with (
            httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=TIMEOUT) as client,
            client.stream(
                "GET",
                url.copy_with(host=pinned),
                headers=headers,
                # The certificate must be the name's, not the address's.
                extensions={"sni_hostname": url.host},
            ) as response,
        ):
            _check(response)
            body = b""
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise Refused(f"The answer is longer than {MOST_BYTES // 1024} KiB.")
            return Answer(
                body,
                response.headers.get("content-type", ""),
                response.headers.get("access-control-allow-origin", ""),
            )


def read_address(address: str) -> httpx.URL:
    """An http(s) address without a name and password in it; raises Refused."""
    try:
        url = httpx.URL(address.strip())
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise Refused("This is not a web address.") from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise Refused("Type an address that begins with https://")
    if url.port is not None and not 0 < url.port <= HIGHEST_PORT:
        raise Refused("The port in this address does not exist.")
    if url.userinfo:
        raise Refused("The address contains a name or password, which every viewer would see.")
    return url


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, looking into addresses inside of addresses."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found in NAT64:
            found = IPv4Address(int(found) & 0xFFFFFFFF)
        elif found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif any(found in network for network in NOT_PUBLIC):
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def _check(response: httpx.Response) -> None:
    if response.is_redirect:
        raise Refused("The server sends us on to another address. Type that one instead.")
    if response.status_code != httpx.codes.OK:
        raise Refused(f"The server answered with status {response.status_code}.")
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        # Unpacking would let a few bytes become any number.
        raise Refused("The server compresses its answer although it was asked not to.")


def _port(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)
