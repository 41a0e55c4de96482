"""A storm of 5,000 joins into a room where 1,000 are talking, and what an idle viewer weighs afterwards."""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.realtime import product
from benchmarks.realtime.client import Crowd, Fetched, Joined, Ran, crowd
from benchmarks.realtime.report import Check, Section, median_of
from benchmarks.realtime.stage import SETTLE, Options

RATE, SENDERS = (
    5,
    40,
)  # what a room of this size can read; twenty a second would fill the core by themselves at 6,000
AT_ONCE = 2000  # connections on their way in at a time, below the server's backlog
HEADINGS = (
    "run",
    "tickets/s",
    "joins/s",
    "wait p50 ms",
    "wait p99 ms",
    "wait max ms",
    "failed",
    "ms CPU a ticket",
    "ms CPU a join",
    "kB an idle viewer",
    "p99 ms of those in",
    "before ms",
)


@dataclass(frozen=True)
class Storm:
    """How one storm went, and what those who were in already felt of it."""

    tickets: Fetched
    joined: Joined
    ticket_cost: float
    join_cost: float
    kilobytes_each: float
    before: Ran
    during: list[Ran]

    @property
    def worst(self) -> float:
        """The worst p99 of any second of the storm, in milliseconds."""
        return max(run.p99 for run in self.during)


async def measure(options: Options) -> list[Section]:
    """Every run with its own server."""
    early, late = (100, 500) if options.quick else (1000, 5000)
    storms = [await _storm(options, early, late) for _ in range(options.repeats)]
    checks = [
        Check("joins/s", median_of(storms, lambda storm: storm.joined.rate), 2000, at_least=True),
        Check("longest wait ms", median_of(storms, lambda storm: storm.joined.wait_max), 5000),
        Check("failed", float(sum(storm.joined.failed for storm in storms)), 0),
        Check("p99 ms of those who were in", median_of(storms, lambda storm: storm.worst), 50),
        Check("kB an idle viewer", median_of(storms, lambda storm: storm.kilobytes_each), 15),
    ]
    rows = [HEADINGS, *(_row(number, storm) for number, storm in enumerate(storms, 1))]
    return [
        Section(
            f"Join storm: {late:,} come, {early:,} are in",
            rows,
            "Everybody has a ticket when the storm begins, as a page that has loaded does; a join is over when snapshot and "
            "standing have come. Waits count from the beginning of the storm, for everybody. Those who are in get "
            f"{RATE} messages a second; their p99 is of the worst second. A viewer's weight is what all processes of the "
            "server grew by, kernel buffers not counted. The CPU of a join includes the messages that go on meanwhile.",
            checks,
        )
    ]


async def _storm(options: Options, early: int, late: int) -> Storm:
    with tempfile.TemporaryDirectory(dir=options.programs) as name:
        installation = await product.prepare(Path(name), early + late)
        async with product.serving(installation) as server:
            first = product.joining(installation, [server.port], early, SENDERS)
            second = [*product.joining(installation, [server.port], late, 1), f"skip={early}"]
            async with crowd(options.programs, first) as inside, crowd(options.programs, second) as outside:
                await inside.join(tickets_first=False)
                before = await inside.speak(options.seconds, rate=RATE)
                began = server.processor_seconds()
                tickets = await outside.fetch_tickets()
                fetched = server.processor_seconds()
                weight = server.kilobytes()
                joined, during = await _meanwhile(inside, outside)
                over = server.processor_seconds()
                await asyncio.sleep(SETTLE)
                each = (server.kilobytes() - weight) / max(joined.joined, 1)
    return Storm(
        tickets,
        joined,
        1000 * (fetched - began) / max(tickets.tickets, 1),
        1000 * (over - fetched) / max(joined.joined, 1),
        each,
        before,
        during,
    )


async def _meanwhile(inside: Crowd, outside: Crowd) -> tuple[Joined, list[Ran]]:
    """The storm, while those inside go on talking, measured second by second."""
    storm = asyncio.create_task(outside.join(at_once=AT_ONCE))
    during = []
    while not storm.done():
        during.append(await inside.speak(1, rate=RATE))
    return await storm, during


def _row(number: int, storm: Storm) -> tuple[object, ...]:
    return (
        number,
        storm.tickets.rate,
        storm.joined.rate,
        storm.joined.wait_p50,
        storm.joined.wait_p99,
        storm.joined.wait_max,
        storm.joined.failed,
        storm.ticket_cost,
        storm.join_cost,
        storm.kilobytes_each,
        storm.worst,
        storm.before.p99,
    )
