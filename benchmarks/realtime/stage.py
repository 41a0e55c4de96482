"""A server with a crowd that has joined, and what a run of messages costs it."""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks.realtime import product
from benchmarks.realtime.client import Crowd, Joined, Ran, crowd
from benchmarks.realtime.peers import Missing, Peer
from benchmarks.realtime.processes import Running

SETTLE = 1.0  # seconds between joining and the first message


@dataclass(frozen=True)
class Options:
    """How thoroughly to measure. `programs` is the folder of the compiled load client and floor."""

    programs: Path
    quick: bool = False
    length: float = 8.0

    @property
    def repeats(self) -> int:
        """Runs of each server, interleaved."""
        return 1 if self.quick else 5

    @property
    def seconds(self) -> float:
        """The length of a run."""
        return 2.0 if self.quick else self.length


class Subject(Protocol):
    """Something to be measured."""

    @property
    def name(self) -> str:
        """What the tables call it."""
        ...

    def opened(self, folder: Path, viewers: int) -> AbstractAsyncContextManager[tuple[Running, list[str]]]:
        """Runs it; gives it with the load client's arguments. Raises Missing or RuntimeError."""
        ...


@dataclass(frozen=True)
class Webinar:
    """The product. Every viewer is a participant with a session; `senders` of them speak, each so often at most."""

    senders: int
    messages_per_second: float = 1.0
    rests: bool = True
    name: str = "webinar serve"

    @asynccontextmanager
    async def opened(self, folder: Path, viewers: int) -> AsyncIterator[tuple[Running, list[str]]]:
        """On a fresh SQLite database, with `synchronous=FULL` as ever."""
        installation = await product.prepare(folder, viewers)
        async with product.serving(
            installation, messages_per_second=self.messages_per_second, rests=self.rests
        ) as server:
            yield server, product.joining(installation, [server.port], viewers, min(self.senders, viewers))


@dataclass(frozen=True)
class Relay:
    """A peer, which relays messages as long as the product's events."""

    peer: Peer

    @property
    def name(self) -> str:
        """The peer's name."""
        return self.peer.name

    @asynccontextmanager
    async def opened(self, folder: Path, viewers: int) -> AsyncIterator[tuple[Running, list[str]]]:
        """On a free port."""
        async with self.peer.serving(folder) as server:
            yield server, self.peer.joining(server.port, viewers, product.event_size())


@dataclass(frozen=True)
class Measured:
    """One run: what the viewers saw, and what it cost the server."""

    ran: Ran
    processor_seconds: float
    kilobytes_each: float
    joined: Joined

    @property
    def cost(self) -> float:
        """Microseconds of the server's CPU for each delivery."""
        return self.processor_seconds / self.ran.delivered * 1e6 if self.ran.delivered else float("inf")

    @property
    def message_cost(self) -> float:
        """Seconds of the server's CPU for each message with all its deliveries."""
        return self.processor_seconds / self.ran.said if self.ran.said else float("inf")

    @property
    def client_share(self) -> float:
        """How much of its core the load client used, in percent: near 100 it measured itself."""
        return 100 * self.ran.client_seconds / self.ran.seconds


@dataclass(frozen=True)
class Split:
    """What a message costs by itself, and what each delivery of it adds, in seconds of the server's CPU."""

    message: float
    delivery: float

    @classmethod
    def between(cls, small: tuple[int, float], large: tuple[int, float]) -> "Split":
        """The line through two rooms, each given as its viewers and the cost of a message with all its deliveries."""
        delivery = (large[1] - small[1]) / (large[0] - small[0])
        return cls(small[1] - delivery * small[0], delivery)


@dataclass(frozen=True)
class Stage:
    """A server, and the crowd in it."""

    server: Running
    crowd: Crowd
    joined: Joined
    kilobytes_each: float

    async def measure(self, seconds: float, *, rate: float = 0, window: int = 0) -> Measured:
        """One run of messages."""
        before = self.server.processor_seconds()
        ran = await self.crowd.speak(seconds, rate=rate, window=window)
        used = self.server.processor_seconds() - before
        return Measured(ran, used, self.kilobytes_each, self.joined)


@asynccontextmanager
async def stage(subject: Subject, options: Options, viewers: int) -> AsyncIterator[Stage]:
    """A fresh server that all viewers have joined. Raises Missing or RuntimeError when there is none."""
    with tempfile.TemporaryDirectory(dir=options.programs) as name:
        folder = Path(name)
        async with subject.opened(folder, viewers) as (server, arguments):
            empty = server.kilobytes()
            async with crowd(options.programs, arguments) as people:
                joined = await people.join(tickets_first=False)
                await asyncio.sleep(SETTLE)
                each = (server.kilobytes() - empty) / max(joined.joined, 1)
                yield Stage(server, people, joined, each)


@dataclass(frozen=True)
class Pace:
    """How messages are sent: so many a second, or so many on their way at any time."""

    name: str
    rate: float = 0
    window: int = 0


async def interleaved(
    subjects: Sequence[Subject], options: Options, viewers: int, paces: Sequence[Pace]
) -> tuple[dict[tuple[str, str], list[Measured]], list[str]]:
    """All subjects one after the other, over and over; gives the runs by subject and pace, and what was missing."""
    found: dict[tuple[str, str], list[Measured]] = {
        (subject.name, pace.name): [] for subject in subjects for pace in paces
    }
    missing: dict[str, str] = {}
    for _ in range(options.repeats):
        for subject in subjects:
            if subject.name in missing:
                continue
            try:
                async with stage(subject, options, viewers) as here:
                    await here.measure(1, rate=20)  # warms it up
                    for pace in paces:
                        run = await here.measure(options.seconds, rate=pace.rate, window=pace.window)
                        found[subject.name, pace.name].append(run)
                        _progress(subject.name, viewers, pace, run)
            except (Missing, RuntimeError) as error:
                missing[subject.name] = f"{subject.name}: {error}"
                print(f"  {missing[subject.name]}", file=sys.stderr)
    return found, list(missing.values())


def _progress(name: str, viewers: int, pace: Pace, run: Measured) -> None:
    print(
        f"  {name}, {viewers} viewers, {pace.name}: {run.cost:.2f} µs a delivery, {run.ran.rate:,.0f} a second",
        file=sys.stderr,
    )
