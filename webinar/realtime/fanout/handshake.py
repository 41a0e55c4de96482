"""A websocket's handshake as browsers send it, read at one go; all others are left to who reads HTTP in full.

Nothing is taken here that uvicorn and `websockets` would not take: everything stands in one packet, each header once, and
what would need a second look (a body, a subprotocol, a folded line) is not there.
"""

import re
from dataclasses import dataclass

MOST_BYTES, MOST_HEADERS = 8192, 128  # what `websockets` takes in one line, and at all
HEAD = re.compile(
    rb"GET (/[!-~]*) HTTP/1\.1\r\n((?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t -~\x80-\xff]*\r\n)+)\r\n", re.ASCII
)
KEY = re.compile(rb"[A-Za-z0-9+/]{22}==")
LEFT_TO_OTHERS = {b"content-length", b"transfer-encoding", b"sec-websocket-protocol"}


@dataclass(frozen=True, slots=True)
class Handshake:
    """What is asked for, and the key that the answer has to know. Names of headers are in small letters."""

    target: bytes
    headers: list[tuple[bytes, bytes]]
    key: str


def read_handshake(data: bytes) -> Handshake | None:
    """The handshake, if `data` is the whole of one and nothing else."""
    head = HEAD.fullmatch(data) if len(data) <= MOST_BYTES else None
    if head is None:
        return None
    target, lines = head.groups()
    fields = (line.partition(b":") for line in lines.split(b"\r\n")[:-1])
    headers = [(name.lower(), value.strip(b" \t")) for name, _, value in fields]
    found = dict(headers)
    key = found.get(b"sec-websocket-key", b"")
    fits = (
        len(found) == len(headers) <= MOST_HEADERS
        and b"host" in found
        and found.get(b"upgrade", b"").lower() == b"websocket"
        and b"upgrade" in found.get(b"connection", b"").lower().replace(b" ", b"").split(b",")
        and found.get(b"sec-websocket-version") == b"13"
        and KEY.fullmatch(key) is not None
        and LEFT_TO_OTHERS.isdisjoint(found)
    )
    return Handshake(target, headers, key.decode()) if fits else None
