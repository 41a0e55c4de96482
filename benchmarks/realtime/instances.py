"""Two instances on PostgreSQL and Redis against one, all together on the machine's two cores.

What more instances are for is more viewers: each writes to its own. But each pays for every message by itself, commits it
or hears of it and reads it, and more instances make that no less. So a message is told to everybody in a large room before
the next is said, and nothing is measured but how long that takes. In a room of that size telling is followed by as long a
rest (`fanout/stream.py`), for one instance as for two: so none is busy for more than about half of the time, and two gain
by halving both. With more messages on their way an instance joins those
that wait into one write, so that one instance is told them with fewer writes than two: that is shown, too.

The load client leaves the cores to the instances: it reads a sample of the viewers at once, all others once a second.
"""

import resource
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.realtime import product
from benchmarks.realtime.client import crowd
from benchmarks.realtime.processes import Running
from benchmarks.realtime.report import Check, Section, median_of, median_ratio
from benchmarks.realtime.stage import Measured, Options
from tests.support.postgres import PostgresServer
from tests.support.redis import RedisServer
from tests.support.tools import POSTGRES, REDIS

VIEWERS, QUICK_VIEWERS = 15_000, 2_000
WINDOWS = (1, 8)  # messages on their way
WATCHING, ROUND = 250, 1000  # one viewer in so many is read at once, and may speak; milliseconds
OTHER_FILES = 500  # of a process with so many connections
DURABLE = "-c listen_addresses= -c fsync=on -c synchronous_commit=on"
HEADINGS = (
    "messages on their way",
    "instances",
    "deliveries/s",
    "× one instance",
    "µs CPU a delivery",
    "p50 ms",
    "p99 ms",
    "lost",
    "out of order",
    "core %: instances",
    "PostgreSQL",
    "Redis",
    "client",
)
READING = (
    f"Medians of {{runs}} runs. Nothing is pinned: the instances, PostgreSQL (fsync on), Redis and the load "
    "client share the two cores; half of the viewers are on each instance, and speak there. µs are the instances' own; "
    "core % are of one core, so all together have 200. One message on its way: it is told to everybody before the next "
    "is said, so that deliveries/s say how long that takes, with the rest that follows in a large room: see how busy the "
    "instances are. More instances share both among them; what each has to do "
    "for a message by itself, before it tells anybody, they don't share, so they bring the more, the larger the room "
    "is. Eight on their way: an instance joins those that wait into one write, one alone more of them than each of "
    "two, which also tell apart what they commit themselves and what they hear of. Of the viewers the client reads "
    f"one in {WATCHING} at once, whose latencies these are, and the others every {ROUND} ms; a message is on its way "
    "until all who are read at once have it. Loss and order are everybody's."
)


@dataclass(frozen=True)
class Sharing:
    """One run, and what the engines used beside it, in seconds of CPU."""

    run: Measured
    postgres: float
    redis: float

    @property
    def rate(self) -> float:
        """Deliveries a second."""
        return self.run.ran.rate

    def share(self, seconds: float) -> float:
        """Seconds of CPU in percent of one core."""
        return 100 * seconds / self.run.ran.seconds


# Runs by messages on their way and instances.
Found = dict[tuple[int, int], list[Sharing]]


async def measure(options: Options) -> list[Section]:
    """One instance and two, in turns."""
    return [await compared(options)]


async def compared(options: Options, *, rests: bool = True) -> Section:
    """One table; without rests there is no goal of speed."""
    title = f"Two instances on PostgreSQL and Redis{'' if rests else ', no rests'}"
    viewers = QUICK_VIEWERS if options.quick else VIEWERS
    lacking = [f"{tool.name} is not installed" for tool in (POSTGRES, REDIS) if not tool.find()]
    if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < viewers + OTHER_FILES:
        lacking.append(f"{viewers:,} connections need as many open files in each process (ulimit -n)")
    if lacking:
        return Section(title, [HEADINGS], "", missing=lacking)
    found: Found = {(window, count): [] for window in WINDOWS for count in (1, 2)}
    with engines() as (postgres, redis):
        for _ in range(options.repeats):
            for count in (1, 2):
                sharings = await _run(options, postgres, redis, viewers, count, rests=rests)
                for window, sharing in zip(WINDOWS, sharings, strict=True):
                    found[window, count].append(sharing)
    runs = [sharing.run.ran for sharings in found.values() for sharing in sharings]
    goal = Check("deliveries of two × one, one message on its way", _more(found, 1), 1.6, at_least=True)
    return Section(
        f"{title}: {viewers:,} viewers",
        [HEADINGS, *(_row(found, *which) for which in found)],
        READING.format(runs=options.repeats),
        [
            *([goal] if rests else []),
            Check("lost or out of order", float(sum(ran.lost + ran.disordered for ran in runs)), 0),
        ],
    )


@contextmanager
def engines() -> Iterator[tuple[PostgresServer, RedisServer]]:
    """A PostgreSQL that keeps what it commits, and a Redis."""
    programs, redis_program = POSTGRES.find(), REDIS.find()
    assert programs
    assert redis_program
    postgres, redis = PostgresServer(Path(programs).parent), RedisServer(redis_program)
    postgres.start(DURABLE)
    try:
        redis.start()
        try:
            yield postgres, redis
        finally:
            redis.stop()
    finally:
        postgres.stop()


def postgres_process(postgres: PostgresServer) -> Running:
    """The server with all who work for it."""
    return Running(int((postgres.folder / "data/postmaster.pid").read_text().split()[0]), 0)


def _used(processes: Sequence[Sequence[Running]]) -> list[float]:
    """Seconds of CPU so far, of each lot of them."""
    return [sum(process.processor_seconds() for process in lot) for lot in processes]


async def _run(
    options: Options, postgres: PostgresServer, redis: RedisServer, viewers: int, count: int, *, rests: bool
) -> list[Sharing]:
    """A fresh installation with so many instances: a run for each of WINDOWS."""
    name = await postgres.create()
    try:
        with tempfile.TemporaryDirectory(dir=options.programs) as folder:
            installation = await product.prepare(Path(folder), viewers, postgres.url(name))
            async with AsyncExitStack() as stack:
                servers = [
                    await stack.enter_async_context(
                        product.serving(
                            installation, redis=redis.url, core=None, messages_per_second=100, rests=rests
                        )
                    )
                    for _ in range(count)
                ]
                ports = [server.port for server in servers]
                arguments = product.joining(installation, ports, viewers, viewers // WATCHING)
                arguments += [f"watching={WATCHING}", f"round={ROUND}"]
                people = await stack.enter_async_context(crowd(options.programs, arguments, core=None))
                joined = await people.join(tickets_first=False)
                await people.speak(1, rate=20)
                processes = [servers, [postgres_process(postgres)], [Running(redis.process.pid, redis.port)]]
                found = []
                for window in WINDOWS:
                    before = _used(processes)
                    ran = await people.speak(options.seconds, window=window)
                    instances, *engines_ = (
                        after - so_far for after, so_far in zip(_used(processes), before, strict=True)
                    )
                    found.append(Sharing(Measured(ran, instances, 0, joined), *engines_))
    finally:
        await postgres.drop(name)
    return found


def _more(found: Found, window: int) -> float | None:
    """Deliveries of two instances for each of one."""
    return median_ratio(found[window, 2], found[window, 1], lambda sharing: sharing.rate)


def _row(found: Found, window: int, count: int) -> tuple[object, ...]:
    runs = found[window, count]
    measured = [sharing.run for sharing in runs]
    return (
        window,
        count,
        median_of(measured, lambda run: run.ran.rate),
        _more(found, window) if count > 1 else None,
        median_of(measured, lambda run: run.cost),
        median_of(measured, lambda run: run.ran.p50),
        median_of(measured, lambda run: run.ran.p99),
        sum(run.ran.lost for run in measured),
        sum(run.ran.disordered for run in measured),
        median_of(runs, lambda sharing: sharing.share(sharing.run.processor_seconds)),
        median_of(runs, lambda sharing: sharing.share(sharing.postgres)),
        median_of(runs, lambda sharing: sharing.share(sharing.redis)),
        median_of(measured, lambda run: run.client_share),
    )
