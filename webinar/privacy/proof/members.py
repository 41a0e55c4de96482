"""What is compressed inside other bytes: gzip, zlib and zip members, wherever they start, unpacked as they pass by."""

import re
import struct
import zlib
from collections.abc import Iterator

# gzip, the four usual beginnings of zlib (PDF, PNG, sockets), and the header of a member of a zip.
BEGINNINGS = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]|PK\x03\x04", re.DOTALL)
LONGEST_BEGINNING = 4
ZIP_HEADER = struct.Struct("<4s5HLLLHH")
ENCRYPTED = 1
STORED, DEFLATED = 0, 8
# So much comes out at a time, whatever goes in.
PORTION = 256 * 1024


class Unreadable(Exception):
    """There is something inside that can't be unpacked; the message says why."""


class Member:
    """One compressed member. `over` once its end was reached, or it turned out to be none."""

    def __init__(self, beginning: bytes) -> None:
        self.kind = "zip" if beginning == b"PK\x03\x04" else "gzip" if beginning[0] == 0x1F else "zlib"
        self.over = False
        self._header = b""
        self._inflating = (
            None if self.kind == "zip" else zlib.decompressobj(31 if self.kind == "gzip" else 15)
        )

    def unpack(self, data: bytes) -> Iterator[bytes]:
        """What comes out for the next bytes of it. Raises Unreadable."""
        if self._inflating is None:
            data = self._pass_header(data)
        while self._inflating is not None and not self.over and data:
            try:
                unpacked = self._inflating.decompress(data, PORTION)
            except zlib.error:
                self.over = True
                return
            self.over = self._inflating.eof
            data = self._inflating.unconsumed_tail
            if unpacked:
                yield unpacked

    def _pass_header(self, data: bytes) -> bytes:
        """Takes the header of a zip member away; what is stored as it is needs no unpacking."""
        self._header += data
        if len(self._header) < ZIP_HEADER.size:
            return b""
        _, _, flags, method, *_, name, extra = ZIP_HEADER.unpack_from(self._header)
        body = ZIP_HEADER.size + name + extra
        if method == STORED and not flags & ENCRYPTED:
            self.over = True
        elif flags & ENCRYPTED or method != DEFLATED:
            self.over = True
            raise Unreadable("a zip member that is encrypted or compressed in another way")
        elif len(self._header) >= body:
            self._inflating = zlib.decompressobj(-15)
            return self._header[body:]
        return b""
