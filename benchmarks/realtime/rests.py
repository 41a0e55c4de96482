"""What the rest of a large room (`fanout/stream.py`) changes: the product beside itself without it."""

from collections.abc import Sequence

from benchmarks.realtime import instances
from benchmarks.realtime.fanout import PRODUCT, RATE, sizes
from benchmarks.realtime.report import Section, median_of, median_ratio
from benchmarks.realtime.stage import Measured, Options, Pace, Webinar, interleaved

RESTLESS = Webinar(senders=PRODUCT.senders, rests=False, name=f"{PRODUCT.name}, no rests")
PACE = Pace(f"{RATE} a second", rate=RATE)
HEADINGS = (
    "server",
    "µs CPU a delivery",
    "× no rests",
    "deliveries/s",
    "p50 ms",
    "p99 ms",
    "max ms",
    "lost",
    "out of order",
)
READING = (
    "Medians of {runs} interleaved runs of {seconds:.0f} s; `× no rests` is the median of the ratios within each round. A room "
    "that rests tells several messages together and leaves half of the time to everybody else: less CPU, longer latency."
)


async def measure(options: Options) -> list[Section]:
    """One instance with and without, in turns; then two instances without, in turns with one."""
    _, viewers = sizes(options)
    found, missing = await interleaved([PRODUCT, RESTLESS], options, viewers, [PACE])
    title = f"The rest of a large room: {viewers:,} viewers, {PACE.name}"
    rows = [HEADINGS, *(_row(found, subject.name) for subject in (PRODUCT, RESTLESS))]
    return [
        Section(
            title,
            rows,
            READING.format(runs=options.repeats, seconds=options.seconds),
            missing=missing,
        ),
        await instances.compared(options, rests=False),
    ]


def _row(found: dict[tuple[str, str], list[Measured]], name: str) -> Sequence[object]:
    runs, others = found[name, PACE.name], found[RESTLESS.name, PACE.name]
    return (
        name,
        median_of(runs, lambda run: run.cost),
        median_ratio(runs, others, lambda run: run.cost),
        median_of(runs, lambda run: run.ran.rate),
        median_of(runs, lambda run: run.ran.p50),
        median_of(runs, lambda run: run.ran.p99),
        max((run.ran.max for run in runs), default=None),
        sum(run.ran.lost for run in runs),
        sum(run.ran.disordered for run in runs),
    )
