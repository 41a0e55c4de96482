"""What the installation is to the outside: its address, and what follows from it."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Site:
    """The public face of an installation. `base_url` has no final slash; links in mails come from here only (S13)."""

    base_url: str
    hosts: tuple[str, ...]
    trusted_proxies: tuple[str, ...] = ()
    demo: bool = False

    @property
    def secure(self) -> bool:
        """Whether browsers reach the installation over TLS, so that cookies may carry `Secure` and `__Host-`."""
        return self.base_url.startswith("https://")

    @property
    def trustworthy(self) -> bool:
        """Whether browsers treat the address as secure: TLS, or this very machine."""
        return self.secure or _is_loopback(urlsplit(self.base_url).hostname or "")

    def url(self, path: str) -> str:
        """The absolute address of `path`, which starts with a slash."""
        return self.base_url + path


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
