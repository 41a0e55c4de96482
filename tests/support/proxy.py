"""A line that breaks: a TCP proxy that cuts connections after so many bytes, both ways at once and without a word.

It also stands still, forgets connections and refuses them, as cables, firewalls and machines do.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

CHUNK = 16 * 1024


@dataclass
class Proxy:
    """Forwards `port` to `target`. `budget` gives the bytes that each new connection may carry; None: no end."""

    target: int
    budget: Callable[[], int | None]
    port: int = 0
    cuts: int = 0
    refuses: bool = False
    _flowing: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _carrying: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def flow(self) -> None:
        """Lets everything through, as at the beginning; what was held goes on its way."""
        self.refuses = False
        self._flowing.set()

    def hold(self) -> None:
        """Lets nothing through in either direction: connections are taken, and nothing ever answers."""
        self._flowing.clear()

    def forget(self) -> None:
        """Lets nothing through on the connections that are there, ever again and without a word; new ones work."""
        self._flowing.clear()
        self._flowing = asyncio.Event()
        self._flowing.set()

    def refuse(self) -> None:
        """Cuts every connection, and each new one at once."""
        self.refuses = True
        for task in self._tasks:
            task.cancel()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carries one connection until either side ends it or its bytes are used up."""
        task = asyncio.create_task(self._carry(reader, writer))
        self._carrying.add(task)
        task.add_done_callback(self._carrying.discard)
        await task

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        flowing = self._flowing
        try:
            if self.refuses:
                raise ConnectionRefusedError
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        left = [self.budget()]
        ways = [
            asyncio.create_task(self._copy(reader, there_writer, left, flowing)),
            asyncio.create_task(self._copy(there_reader, writer, left, flowing)),
        ]
        self._tasks.update(ways)
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        self._tasks.difference_update(ways)
        for end in (writer, there_writer):
            end.transport.abort()

    async def _copy(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        left: list[int | None],
        flowing: asyncio.Event,
    ) -> None:
        while data := await reader.read(CHUNK):
            await flowing.wait()
            if left[0] is not None:
                data, left[0] = data[: left[0]], left[0] - len(data)
            writer.write(data)
            await writer.drain()
            if left[0] is not None and left[0] <= 0:
                self.cuts += 1
                return

    async def close(self) -> None:
        """Cuts whatever is still open."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._carrying, return_exceptions=True)


@asynccontextmanager
async def proxy_to(url: str, budget: Callable[[], int | None] = lambda: None) -> AsyncIterator[Proxy]:
    """A proxy before the server at `url`."""
    proxy = Proxy(int(urlsplit(url).port or 0), budget)
    proxy.flow()
    server = await asyncio.start_server(proxy.carry, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        await proxy.close()
