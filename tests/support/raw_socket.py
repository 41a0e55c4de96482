"""A websocket client that sends whatever bytes it is told to, right or wrong."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from websockets.frames import Opcode
from websockets.utils import apply_mask

PATIENCE = 30  # seconds
MASK = b"\x12\x34\x56\x78"


def frame(payload: bytes, opcode: int = Opcode.TEXT, *, fin: bool = True) -> bytes:
    """A frame as a client sends it, masked; also one that no library would make."""
    length = len(payload)
    if length < 126:
        head = bytes([0x80 | length])
    elif length < 65536:
        head = b"\xfe" + length.to_bytes(2)
    else:
        head = b"\xff" + length.to_bytes(8)
    return bytes([fin << 7 | opcode]) + head + MASK + apply_mask(payload, MASK)


@dataclass
class RawSocket:
    """A connection after its handshake."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, *data: bytes) -> None:
        """Sends bytes, each in a packet of its own as far as the kernel agrees."""
        for piece in data:
            self.writer.write(piece)
            await self.writer.drain()

    async def read_frame(self) -> tuple[int, bytes]:
        """The next frame from the server: its opcode and payload."""
        async with asyncio.timeout(PATIENCE):
            first, length = await self.reader.readexactly(2)
            if length >= 126:
                length = int.from_bytes(await self.reader.readexactly(2 if length == 126 else 8))
            return first & 0x0F, await self.reader.readexactly(length)

    async def read_text(self, part: bytes) -> bytes:
        """The next text that has `part` in it."""
        while True:
            opcode, payload = await self.read_frame()
            if opcode == Opcode.TEXT and part in payload:
                return payload
            if opcode == Opcode.CLOSE:
                raise ConnectionError(f"closed with {int.from_bytes(payload[:2])}")

    async def close_code(self) -> int:
        """Reads until the server ends it: the code of its close frame, 1006 when it sent none."""
        try:
            while True:
                opcode, payload = await self.read_frame()
                if opcode == Opcode.CLOSE:
                    return int.from_bytes(payload[:2])
        except (asyncio.IncompleteReadError, ConnectionError):
            return 1006


@asynccontextmanager
async def open_raw(url: str) -> AsyncIterator[RawSocket]:
    """Shakes hands at `/live` of the server at `url`."""
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    lines = (
        "GET /live HTTP/1.1",
        f"Host: {address.netloc}",
        f"Origin: {url}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
    )
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    answer = await reader.readuntil(b"\r\n\r\n")
    if b" 101 " not in answer:
        raise ConnectionError(answer.decode())
    try:
        yield RawSocket(reader, writer)
    finally:
        writer.transport.abort()
        with suppress(ConnectionError):
            await writer.wait_closed()
