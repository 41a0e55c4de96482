"""Two instances on PostgreSQL and Redis against one, all together on the machine's two cores."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path

from benchmarks.realtime import product
from benchmarks.realtime.client import crowd
from benchmarks.realtime.report import Check, Section, median_of, median_ratio
from benchmarks.realtime.stage import Measured, Options
from tests.support.postgres import PostgresServer
from tests.support.redis import RedisServer
from tests.support.tools import POSTGRES, REDIS

WINDOW = 64
DURABLE = "-c listen_addresses= -c fsync=on -c synchronous_commit=on"
HEADINGS = (
    "instances",
    "deliveries/s",
    "µs CPU a delivery",
    "p50 ms",
    "p99 ms",
    "lost",
    "out of order",
    "client's core %",
)


async def measure(options: Options) -> list[Section]:
    """One instance and two, in turns."""
    title = "Two instances on PostgreSQL and Redis"
    if lacking := [tool.name for tool in (POSTGRES, REDIS) if not tool.find()]:
        return [Section(title, [HEADINGS], "", missing=[f"{name} is not installed" for name in lacking])]
    viewers = 200 if options.quick else 1000
    found: dict[int, list[Measured]] = {1: [], 2: []}
    with engines() as (postgres, redis):
        for _ in range(options.repeats):
            for count, runs in found.items():
                runs.append(await _run(options, postgres, redis, viewers, count))
    more = median_ratio(found[2], found[1], lambda run: run.ran.rate)
    return [
        Section(
            f"{title}: {viewers:,} viewers, {WINDOW} messages on their way",
            [HEADINGS, *(_row(count, runs) for count, runs in found.items())],
            f"Medians of {options.repeats} runs. Nothing is pinned: the instances, PostgreSQL (fsync on), Redis and the load "
            "client share the two cores; half of the viewers are on each instance. CPU is the instances' own.",
            [
                Check("deliveries of two × one", more, 1.6, at_least=True),
                Check(
                    "lost or out of order",
                    float(sum(run.ran.lost + run.ran.disordered for run in found[2])),
                    0,
                ),
            ],
        )
    ]


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


async def _run(
    options: Options, postgres: PostgresServer, redis: RedisServer, viewers: int, count: int
) -> Measured:
    name = await postgres.create()
    try:
        with tempfile.TemporaryDirectory(dir=options.programs) as folder:
            installation = await product.prepare(Path(folder), viewers, postgres.url(name))
            async with AsyncExitStack() as stack:
                servers = [
                    await stack.enter_async_context(
                        product.serving(installation, redis=redis.url, core=None, messages_per_second=100)
                    )
                    for _ in range(count)
                ]
                ports = [server.port for server in servers]
                arguments = product.joining(installation, ports, viewers, 200)
                people = await stack.enter_async_context(crowd(options.programs, arguments, core=None))
                joined = await people.join(tickets_first=False)
                await people.speak(1, rate=20)
                before = sum(server.processor_seconds() for server in servers)
                ran = await people.speak(options.seconds, window=WINDOW)
                used = sum(server.processor_seconds() for server in servers) - before
    finally:
        await postgres.drop(name)
    return Measured(ran, used, 0, joined)


def _row(count: int, runs: Sequence[Measured]) -> tuple[object, ...]:
    return (
        count,
        median_of(runs, lambda run: run.ran.rate),
        median_of(runs, lambda run: run.cost),
        median_of(runs, lambda run: run.ran.p50),
        median_of(runs, lambda run: run.ran.p99),
        sum(run.ran.lost for run in runs),
        sum(run.ran.disordered for run in runs),
        median_of(runs, lambda run: run.client_share),
    )
