"""Processes of a benchmark: started on a core of their own, what they use read from /proc, and ended for certain."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

SERVERS = Path(__file__).parent / "servers"
SERVER_CORE, CLIENT_CORE = 0, 1
TICKS = os.sysconf("SC_CLK_TCK")
START_WITHIN = 60.0  # seconds


def pinned() -> bool:
    """Whether server and client can have a core each."""
    return {SERVER_CORE, CLIENT_CORE} <= os.sched_getaffinity(0)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@dataclass(frozen=True)
class Running:
    """A server, with the processes that it started itself."""

    pid: int
    port: int

    def processor_seconds(self) -> float:
        """User and system time of all its processes since they began."""
        return sum(_ticks(pid) for pid in self._processes()) / TICKS

    def scheduled_seconds(self) -> float:
        """The same of the threads that live now, to the nanosecond: for what uses little."""
        return sum(_nanoseconds(pid) for pid in self._processes()) / 1e9

    def kilobytes(self) -> float:
        """Memory of all its processes; what they share counts once."""
        return sum(_proportional_size(pid) for pid in self._processes())

    def _processes(self) -> list[int]:
        return list(_descendants(self.pid))


@asynccontextmanager
async def running(
    command: Sequence[str],
    port: int,
    *,
    core: int | None = SERVER_CORE,
    environment: Mapping[str, str] | None = None,
    ready: str = "",
) -> AsyncIterator[Running]:
    """Runs a server until the block ends; gives it once it prints a line with `ready`, or else listens on `port`.

    Raises RuntimeError with its last words when it does not get that far.
    """
    prefix = ["taskset", "-c", str(core)] if core is not None and pinned() else []
    process = await asyncio.create_subprocess_exec(
        *prefix,
        *command,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, **(environment or {})},
        start_new_session=True,
    )
    words: list[str] = []
    listening = asyncio.create_task(_listen(process, words))
    try:
        async with asyncio.timeout(START_WITHIN):
            while not (any(ready in word for word in words) if ready else _answers(port)):
                if process.returncode is not None:
                    raise RuntimeError(f"{command[0]} ended: {' '.join(words[-5:])}")
                await asyncio.sleep(0.02)
        yield Running(process.pid, port)
    finally:
        await _end(process)
        await listening


async def _listen(process: asyncio.subprocess.Process, words: list[str]) -> None:
    """Reads all that a server prints, so that it never waits for us; keeps a little."""
    assert process.stdout is not None
    async for line in process.stdout:
        if len(words) < 200:
            words.append(line.decode(errors="replace").strip())


async def _end(process: asyncio.subprocess.Process) -> None:
    """Ends a server with everything that it started: it leads a session of its own."""
    if process.returncode is None:
        os.killpg(process.pid, signal.SIGTERM)
        with suppress(TimeoutError):
            async with asyncio.timeout(3):
                await process.wait()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _descendants(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except FileNotFoundError:
        return
    for child in children:
        yield from _descendants(child)


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):  # it ended a moment ago
        return 0
    return int(fields[11]) + int(fields[12])


def _nanoseconds(pid: int) -> int:
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads)


def _proportional_size(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return float(line.split()[1])
    return 0.0
