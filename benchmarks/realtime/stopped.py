"""One viewer in ten stops reading (SIGSTOP): what the others and the server's memory feel of it."""

import os
import signal
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.realtime import product
from benchmarks.realtime.client import Ran, crowd
from benchmarks.realtime.report import Check, Section, median_of
from benchmarks.realtime.stage import Options

RATE, SENDERS, WINDOW = 20, 40, 16
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
    """The same room before and while some viewers take nothing."""

    before: Ran
    during: Ran
    pressed: Ran
    grown_kilobytes: float
    after: Ran

    @property
    def ratio(self) -> float:
        """How much slower the others' p99 is."""
        return self.during.p99 / self.before.p99


async def measure(options: Options) -> list[Section]:
    """Every run with its own server."""
    reading, stopping = (180, 20) if options.quick else (900, 100)
    stalls = [await _stall(options, reading, stopping) for _ in range(options.repeats)]
    checks = [
        Check("p99 of the others × without", median_of(stalls, lambda stall: stall.ratio), 1.2),
        Check(
            "kB grown for each stopped", max(stall.grown_kilobytes / stopping for stall in stalls), QUEUE_KB
        ),
        Check(
            "lost by the others", float(sum(stall.during.lost + stall.pressed.lost for stall in stalls)), 0
        ),
    ]
    rows = [HEADINGS, *(_row(number, stall, stopping) for number, stall in enumerate(stalls, 1))]
    return [
        Section(
            f"Stopped viewers: {stopping} of {reading + stopping:,}",
            rows,
            f"p99 at {RATE} messages a second. Then {WINDOW} messages are kept on their way, so that what waits for the "
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
                before = await readers.speak(options.seconds, rate=RATE)
                weight = server.kilobytes()
                os.kill(others.pid, signal.SIGSTOP)
                during = await readers.speak(options.seconds, rate=RATE)
                pressed = await readers.speak(2 * options.seconds, window=WINDOW)
                grown = server.kilobytes() - weight
                os.kill(others.pid, signal.SIGCONT)
                after = await others.speak(2)
    return Stall(before, during, pressed, grown, after)


def _row(number: int, stall: Stall, stopping: int) -> tuple[object, ...]:
    return (
        number,
        stall.before.p99,
        stall.during.p99,
        stall.ratio,
        stall.pressed.said / stall.pressed.seconds,
        stall.grown_kilobytes / stopping,
        stall.after.cut_off,
        stall.during.lost + stall.pressed.lost,
    )
