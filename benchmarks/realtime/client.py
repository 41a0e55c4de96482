"""The load client: compiled here, driven over its input and output, one JSON line for each command."""

import asyncio
import subprocess
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from benchmarks.realtime.processes import CLIENT_CORE, pinned

SOURCES = Path(__file__).parent / "load"
FLAGS = ("-O2", "-std=gnu17", "-Wall", "-Wextra")
T = TypeVar("T")
SLACK = 180.0  # seconds that a command may take beyond its own time


class Joined(msgspec.Struct, frozen=True):
    """How a crowd came in. Waits are in milliseconds, counted from the beginning of the storm."""

    joined: int
    failed: int
    seconds: float
    ticket_seconds: float
    wait_p50: float
    wait_p99: float
    wait_max: float
    last_words: str

    @property
    def rate(self) -> float:
        """Joins a second."""
        return self.joined / self.seconds if self.seconds else 0.0


class Fetched(msgspec.Struct, frozen=True):
    """How a crowd got its tickets."""

    tickets: int
    failed: int
    seconds: float

    @property
    def rate(self) -> float:
        """Tickets a second."""
        return self.tickets / self.seconds if self.seconds else 0.0


class Ran(msgspec.Struct, frozen=True):
    """What a run came to, in milliseconds where it is a latency, from the sender's call to the receiver's."""

    seconds: float
    said: int
    refused: int
    delivered: int
    expected: int
    lost: int
    disordered: int
    cut_off: int
    bytes: int
    p50: float
    p99: float
    max: float
    acked: int
    ack_p50: float
    ack_p99: float
    ack_max: float
    client_seconds: float
    latencies: list[tuple[float, int]]  # milliseconds, and how many deliveries took about as long
    problem: str
    last_words: str

    @property
    def rate(self) -> float:
        """Deliveries a second."""
        return self.delivered / self.seconds if self.seconds else 0.0


def percentile(runs: Iterable[Ran], share: float) -> float:
    """The latency that `share` (0 to 1) of the deliveries of all `runs` stayed below, in milliseconds."""
    counted = sorted(each for run in runs for each in run.latencies)
    left = share * sum(count for _, count in counted)
    for milliseconds, count in counted:
        left -= count
        if left < 0:
            return milliseconds
    return counted[-1][0] if counted else 0.0


def compile_programs(folder: Path) -> None:
    """Puts `client` and `floor` into `folder`. Raises RuntimeError with the compiler's words."""
    shared = [SOURCES / name for name in ("client.c", "dialects.c", "socket.c", "tally.c")]
    for name, sources in (("client", shared), ("floor", [SOURCES / "floor.c"])):
        command = ["cc", *FLAGS, "-o", str(folder / name), *map(str, sources)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"cc failed:\n{done.stderr}")


class Crowd:
    """Many viewers in one process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.pid = process.pid
        self._process = process

    async def fetch_tickets(self) -> Fetched:
        """Everybody asks for a ticket; `join` uses them."""
        return await self._ask("tickets", 0, Fetched)

    async def join(self, *, at_once: int = 256, tickets_first: bool = True) -> Joined:
        """Everybody comes in; with `tickets_first` the clock starts once all have their tickets.

        `at_once` are on their way in at a time.
        """
        return await self._ask(f"join at_once={at_once} first={int(tickets_first)}", 0, Joined)

    async def speak(self, seconds: float, *, rate: float = 0, window: int = 0) -> Ran:
        """The senders say `rate` messages a second, or keep `window` on their way; neither: all only listen."""
        line = f"run rate={rate} window={window} seconds={seconds}"
        return await self._ask(line, seconds, Ran)

    async def _ask(self, line: str, seconds: float, kind: type[T]) -> T:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{line}\n".encode())
        async with asyncio.timeout(seconds + SLACK):
            answer = await self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the load client ended at: {line}")
        return msgspec.json.decode(answer, type=kind)


@asynccontextmanager
async def crowd(
    folder: Path, arguments: Sequence[str], *, core: int | None = CLIENT_CORE
) -> AsyncIterator[Crowd]:
    """A load client that `compile_programs` put into `folder`, until the block ends."""
    prefix = ["taskset", "-c", str(core)] if core is not None and pinned() else []
    process = await asyncio.create_subprocess_exec(
        *prefix,
        folder / "client",
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield Crowd(process)
    finally:
        if process.returncode is None:
            process.kill()  # also ends one that is stopped
        await process.wait()
