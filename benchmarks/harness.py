"""What benchmarks share: a server on a core of its own, a cheap load client, and a table with how to read it."""

import asyncio
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

SERVER_CORE, CLIENT_CORE = 0, 1


@dataclass
class Load:
    """What a run of requests came to. Latencies are in milliseconds."""

    seconds: float
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, percent: int) -> float:
        """The latency that `percent` of the requests stayed below, in milliseconds."""
        return statistics.quantiles(self.latencies, n=100, method="inclusive")[percent - 1]


class Port(int):
    """Where a server listens, and the id of its `process`."""

    process: int


@asynccontextmanager
async def server(factory: str, data: Path) -> AsyncIterator[Port]:
    """Serves `module:function(data, url)` in a process pinned to one core, with the product's own server settings.

    The client is pinned to the other core, where there is one.
    """
    cores = os.sched_getaffinity(0)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.serve", factory, str(data), stdout=asyncio.subprocess.PIPE
    )
    if {SERVER_CORE, CLIENT_CORE} <= cores:
        os.sched_setaffinity(process.pid, {SERVER_CORE})
        os.sched_setaffinity(0, {CLIENT_CORE})
    try:
        assert process.stdout is not None
        line = await process.stdout.readline()
        port = Port(line)
        port.process = process.pid
        yield port
    finally:
        process.terminate()
        await process.wait()
        os.sched_setaffinity(0, cores)


async def hammer(port: int, requests: Iterable[bytes], *, at_once: int) -> Load:
    """Sends ready-made HTTP/1.1 requests over `at_once` kept-alive connections, each waiting for its answer."""
    waiting = iter(requests)
    load = Load(seconds=0)
    began = time.perf_counter()
    await asyncio.gather(*(_one_connection(port, waiting, load) for _ in range(at_once)))
    load.seconds = time.perf_counter() - began
    return load


async def _one_connection(port: int, waiting: Iterator[bytes], load: Load) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in waiting:
        sent = time.perf_counter()
        writer.write(request)
        status = await read_answer(reader)
        load.latencies.append((time.perf_counter() - sent) * 1000)
        load.statuses[status] += 1
    writer.close()


async def read_answer(reader: asyncio.StreamReader) -> int:
    """Reads one answer to its end; gives its status."""
    head = await reader.readuntil(b"\r\n\r\n")
    await reader.readexactly(_length(head))
    return int(head[9:12])


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def http(method: str, path: str, port: int, body: bytes = b"", **headers: str) -> bytes:
    """One HTTP/1.1 request; header names are written with underscores."""
    lines = [f"{method} {path} HTTP/1.1", f"host: 127.0.0.1:{port}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"content-length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def table(rows: Sequence[Sequence[object]], how_to_read: str) -> None:
    """Prints rows under the first one's headings, and how to read them."""
    texts = [[f"{cell:,.1f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in texts) for column in range(len(texts[0]))]
    for number, row in enumerate(texts):
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print("  ".join(cells))
        if number == 0:
            print("  ".join("-" * width for width in widths))
    print(f"\n{how_to_read}", flush=True)
