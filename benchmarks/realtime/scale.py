"""From one instance to a million viewers in one webinar, on paper, with the engines' share measured by simulation."""

import math
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from benchmarks.realtime import product
from benchmarks.realtime.fanout import PRODUCT, RATE, sizes
from benchmarks.realtime.instance_simulation import Engines, Spent, simulate
from benchmarks.realtime.instances import engines, postgres_process
from benchmarks.realtime.processes import Running
from benchmarks.realtime.report import Section
from benchmarks.realtime.stage import Measured, Options, Split, stage
from tests.support.postgres import PostgresServer
from tests.support.redis import RedisServer
from tests.support.tools import POSTGRES, REDIS

MILLION = 1_000_000
BUDGET = 0.6  # of a core that an instance may use for fan-out: the rest is for joins, and for a neighbour that fails
STORM = 300.0  # seconds in which everybody comes
SIMULATED = (
    "listening instances",
    "notices heard/s",
    "reads/s",
    "Redis core %",
    "PostgreSQL core %",
    "behind at the end",
)
PAPER = ("one webinar", "10,000", "100,000", "1,000,000")


@dataclass(frozen=True)
class Costs:
    """What was measured, in seconds of a core, bytes and viewers."""

    split: Split
    viewer_kilobytes: float
    joins: float
    event_bytes: int
    notice: float
    read: float
    commit: float

    def viewers_per_instance(self) -> int:
        """How many one core can serve at `RATE`."""
        return max(1, int((BUDGET / RATE - self.split.message) / max(self.split.delivery, 1e-9)))

    def paper(self, viewers: int) -> list[object]:
        """The column of a webinar with so many viewers."""
        each = self.viewers_per_instance()
        count = math.ceil(viewers / each)
        reads = RATE * (count - 1)
        return [
            count,
            min(viewers, each),
            viewers * RATE * self.event_bytes * 8 / 1e9,
            min(viewers, each) * RATE * self.event_bytes * 8 / 1e9,
            viewers * self.viewer_kilobytes / 1e6,
            float(RATE * count),
            RATE * count * self.notice,
            float(reads),
            reads * self.read + RATE * self.commit,
            viewers / (self.joins * count),
            viewers / STORM / 1000,
        ]


ROWS = (
    "instances (cores) for it",
    "viewers on each",
    "Gbit/s of events, all together",
    "Gbit/s of events, each",
    "GB of memory, all together",
    "notices/s that Redis delivers",
    "Redis cores for it",
    "catch-up reads/s on PostgreSQL",
    "PostgreSQL cores for it",
    "seconds until all are in, at the measured joins/s",
    f"thousand joins/s when all come within {STORM:.0f} s",
)


async def measure(options: Options) -> list[Section]:
    """The simulation's table, and the paper that follows from it."""
    title = "Scale: the engines under many instances"
    if lacking := [tool.name for tool in (POSTGRES, REDIS) if not tool.find()]:
        return [Section(title, [SIMULATED], "", missing=[f"{name} is not installed" for name in lacking])]
    rooms = [await _room(options, viewers) for viewers in sizes(options)]
    with engines() as (postgres, redis):
        spent = await _simulations(options, postgres, redis)
    simulated = Section(
        title,
        [SIMULATED, *map(_row, spent)],
        f"One instance commits {RATE} messages a second into a room; the others hear of each and read it. The engines are "
        "real and so are broker and queries; only the viewers are left out. `behind` counts instances that had not read the "
        "last message the moment it was committed and its pause over.",
    )
    return [simulated, _paper(costs(rooms, spent))]


async def _room(options: Options, viewers: int) -> Measured:
    async with stage(PRODUCT, options, viewers) as here:
        await here.measure(1, rate=RATE)
        return await here.measure(options.seconds, rate=RATE)


def costs(rooms: Sequence[Measured], spent: Sequence[Spent]) -> Costs:
    """What each thing costs: the engines' by the difference between many listeners and none."""
    small, large = rooms
    alone, crowded = spent[0], spent[-1]
    redis = crowded.redis_seconds - alone.redis_seconds
    postgres = crowded.postgres_seconds - alone.postgres_seconds
    return Costs(
        split=Split.between(
            (small.joined.joined, small.message_cost), (large.joined.joined, large.message_cost)
        ),
        viewer_kilobytes=large.kilobytes_each,
        joins=large.joined.rate,
        event_bytes=product.event_size(),
        notice=max(0.0, redis) / max(1, crowded.heard),
        read=max(0.0, postgres) / max(1, crowded.reads),
        commit=alone.postgres_seconds / alone.messages,
    )


async def _simulations(options: Options, postgres: PostgresServer, redis: RedisServer) -> list[Spent]:
    name = await postgres.create()
    with tempfile.TemporaryDirectory(dir=options.programs) as folder:
        installation = await product.prepare(Path(folder), 1, postgres.url(name))
    both = Engines(
        installation.database,
        redis.url,
        postgres_process(postgres),
        Running(redis.process.pid, redis.port),
    )
    counts = (0, 4, 16) if options.quick else (0, 8, 16, 32, 64)
    try:
        return [
            await simulate(both, UUID(installation.webinar), count, RATE, options.seconds) for count in counts
        ]
    finally:
        await postgres.drop(name)


def _row(spent: Spent) -> tuple[object, ...]:
    return (
        spent.instances,
        spent.heard / spent.seconds,
        spent.reads / spent.seconds,
        100 * spent.redis_seconds / spent.seconds,
        100 * spent.postgres_seconds / spent.seconds,
        spent.behind,
    )


def _paper(found: Costs) -> Section:
    columns = [found.paper(MILLION // part) for part in (100, 10, 1)]
    rows = [PAPER, *((name, *cells) for name, *cells in zip(ROWS, *columns, strict=True))]
    return Section(
        "Scale: one webinar, on paper",
        rows,
        f"Computed from what was measured above and in this run: {found.split.message * 1e3:.2f} ms of a core a "
        f"message and {found.split.delivery * 1e6:.2f} µs each delivery, "
        f"{found.viewer_kilobytes:.1f} kB a viewer, {found.joins:,.0f} joins/s, {found.event_bytes} bytes an event, "
        f"{found.notice * 1e6:.1f} µs of Redis a notice, {found.read * 1e6:.0f} µs of PostgreSQL a read and "
        f"{found.commit * 1e6:.0f} µs a commit. {RATE} events a second; an instance may spend {BUDGET:.0%} of its core on "
        "fan-out. docs/scale.md says how to read it and where the walls stand.",
    )
