"""One viewer in ten stops reading (SIGSTOP): what the others and the server's memory feel of it."""

import os
import signal
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.realtime import product
from benchmarks.realtime.client import Crowd, Ran, crowd, percentile
from benchmarks.realtime.report import Check, Section, median_of
from benchmarks.realtime.stage import Options

RATE, SENDERS, WINDOW = 20, 40, 16
TURNS, HALF = 4, 10.0  # in so many turns, all read for so many seconds, and a tenth is stopped for as many
CATCHING_UP = 0.5  # seconds between two turns
QUEUE_KB = 1024  # what may wait for one viewer (S4)
HEADINGS = (
    "run",
    "p99 ms, all reading",
    "p99 ms, a tenth stopped",
    "ratio",
    "messages/s under pressure",
    "grown kB for each stopped",
    "cut off as slow",
    "lost by the others",
)


@dataclass(frozen=True)
class Stall:
    """The same room, in turns, while all read and while some take nothing; then those still don't, under pressure."""

    reading: Sequence[Ran]
    stopped: Sequence[Ran]
    pressed: Ran
    grown_kilobytes: float
    after: Ran

    @property
    def ratio(self) -> float:
        """How much slower the others' p99 is."""
        return percentile(self.stopped, 0.99) / percentile(self.reading, 0.99)

    @property
    def lost(self) -> int:
        """Deliveries that the others lack."""
        return sum(ran.lost for ran in (*self.reading, *self.stopped, self.pressed))


async def measure(options: Options) -> list[Section]:
    """Every run with its own server."""
    reading, stopping = (180, 20) if options.quick else (900, 100)
    seconds = half_of(options)
    stalls = [await _stall(options, reading, stopping) for _ in range(options.repeats)]
    checks = [
        Check("p99 of the others × without", median_of(stalls, lambda stall: stall.ratio), 1.2),
        Check(
            "kB grown for each stopped", max(stall.grown_kilobytes / stopping for stall in stalls), QUEUE_KB
        ),
        Check("lost by the others", float(sum(stall.lost for stall in stalls)), 0),
    ]
    rows = [HEADINGS, *(_row(number, stall, stopping) for number, stall in enumerate(stalls, 1))]
    return [
        Section(
            f"Stopped viewers: {stopping} of {reading + stopping:,}",
            rows,
            f"p99 at {RATE} messages a second, of {seconds:.0f} seconds in which all read and as many in which a tenth is "
            f"stopped, in turns in one room. Then {WINDOW} messages are kept on their way, so that what waits for the "
            "stopped ones, whose own buffers are small, outgrows the kernel's buffers. The growth is the whole server's.",
            checks,
        )
    ]


async def _stall(options: Options, reading: int, stopping: int) -> Stall:
    with tempfile.TemporaryDirectory(dir=options.programs) as name:
        installation = await product.prepare(Path(name), reading + stopping)
        async with product.serving(installation, messages_per_second=100) as server:
            first = product.joining(installation, [server.port], reading, SENDERS)
            second = [
                *product.joining(installation, [server.port], stopping, 1),
                f"skip={reading}",
                "buffer=4096",
            ]
            async with crowd(options.programs, first) as readers, crowd(options.programs, second) as others:
                await readers.join(tickets_first=False)
                await others.join(tickets_first=False)
                await readers.speak(1, rate=RATE)
                halves = await _in_turns(readers, others, half_of(options) / TURNS)
                weight = server.kilobytes()
                with standing_still(others):
                    pressed = await readers.speak(2 * options.seconds, window=WINDOW)
                    grown = server.kilobytes() - weight
                after = await others.speak(2)
    return Stall(*halves, pressed, grown, after)


def half_of(options: Options) -> float:
    """Seconds that each half lasts: a p99 of a few dozen messages would be that of the worst one."""
    return options.seconds if options.quick else max(HALF, options.seconds)


async def _in_turns(readers: Crowd, others: Crowd, seconds: float) -> tuple[list[Ran], list[Ran]]:
    """What `readers` see while all read, and while `others` stand still; whatever the machine does meets both."""
    reading: list[Ran] = []
    stopped: list[Ran] = []
    for _ in range(TURNS):
        reading.append(await readers.speak(seconds, rate=RATE))
        with standing_still(others):
            stopped.append(await readers.speak(seconds, rate=RATE))
        await readers.speak(CATCHING_UP, rate=RATE)
    return reading, stopped


@contextmanager
def standing_still(people: Crowd) -> Iterator[None]:
    """Nobody of them takes anything as long as the block runs."""
    os.kill(people.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(people.pid, signal.SIGCONT)


def _row(number: int, stall: Stall, stopping: int) -> tuple[object, ...]:
    return (
        number,
        percentile(stall.reading, 0.99),
        percentile(stall.stopped, 0.99),
        stall.ratio,
        stall.pressed.said / stall.pressed.seconds,
        stall.grown_kilobytes / stopping,
        stall.after.cut_off,
        stall.lost,
    )
