"""Events to 1,000 and to 5,000 viewers, twenty a second, beside every peer."""

from collections.abc import Sequence

from benchmarks.realtime import peers
from benchmarks.realtime.report import Check, Section, median_of, median_ratio
from benchmarks.realtime.stage import Measured, Options, Pace, Relay, Split, Subject, Webinar, interleaved

RATE = 20  # messages a second
# A participant may say one message a second: forty of them say one every two seconds.
PRODUCT = Webinar(senders=40)
SUBJECTS: Sequence[Subject] = (PRODUCT, *map(Relay, peers.PEERS))
LIMITS = {peers.FLOOR: 1.25, peers.NCHAN: 0.9, peers.NATS: 0.6, peers.WS: 0.8, peers.STARLETTE: 0.5}
HEADINGS = (
    "server",
    "µs CPU a delivery",
    "× floor",
    "deliveries/s",
    "p50 ms",
    "p99 ms",
    "max ms",
    "kB a viewer",
    "joins/s",
    "lost",
    "out of order",
    "client's core %",
)
READING = (
    "Medians of {runs} interleaved runs of {seconds:.0f} s; `× floor` is the median of the ratios within each round. CPU is "
    "user and system time of the server's processes, with receiving the messages and, in the product, storing them. Latency "
    "runs from the sender's call to the receiver's. Joins of the product include asking for the ticket. Where the client's "
    "core is nearly full, deliveries a second are the client's and not the server's."
)


async def measure(options: Options) -> list[Section]:
    """One table for each size of the room, and one that tells a message's own cost from its deliveries'."""
    sections = []
    pace = Pace(f"{RATE} a second", rate=RATE)
    costs: dict[str, list[tuple[int, float]]] = {}
    for viewers in sizes(options):
        found, missing = await interleaved(SUBJECTS, options, viewers, [pace])
        checks = [
            Check(
                f"CPU a delivery, {viewers:,} viewers, × {peer.name}",
                ratio(found, PRODUCT.name, peer.name, pace),
                limit,
            )
            for peer, limit in LIMITS.items()
        ]
        title = f"Fan-out: {viewers:,} viewers, {RATE} messages a second"
        sections.append(Section(title, rows(found, pace), reading(options), checks, missing))
        for (name, _), runs in found.items():
            if (cost := median_of(runs, lambda run: run.message_cost)) is not None:
                costs.setdefault(name, []).append((viewers, cost))
    return [*sections, _split(costs)]


def sizes(options: Options) -> tuple[int, int]:
    """The viewers of a small and of a large room."""
    return (200, 1000) if options.quick else (1000, 5000)


def _split(costs: dict[str, list[tuple[int, float]]]) -> Section:
    splits = {name: Split.between(*found) for name, found in costs.items() if len(found) == 2}
    return Section(
        "Fan-out: what a message costs, and what a delivery adds",
        [
            ("server", "ms CPU a message", "µs CPU each delivery adds"),
            *((name, split.message * 1e3, split.delivery * 1e6) for name, split in splits.items()),
        ],
        "The straight line through the two rooms above. A message's own cost is receiving it, and in the product checking, "
        "storing, acknowledging and reading it; peers do nothing of that kind, and what they show here is noise.",
    )


def reading(options: Options) -> str:
    """How the table was made."""
    return READING.format(runs=options.repeats, seconds=options.seconds)


def ratio(found: dict[tuple[str, str], list[Measured]], name: str, other: str, pace: Pace) -> float | None:
    """What a delivery costs one server, as a multiple of what it costs another."""
    return median_ratio(found[name, pace.name], found[other, pace.name], lambda run: run.cost)


def rows(found: dict[tuple[str, str], list[Measured]], pace: Pace) -> list[Sequence[object]]:
    """The table of all servers at one pace."""
    made: list[Sequence[object]] = [HEADINGS]
    for (name, paced), runs in found.items():
        if paced != pace.name or not runs:
            continue
        made.append(
            (
                name,
                median_of(runs, lambda run: run.cost),
                ratio(found, name, peers.FLOOR.name, pace),
                median_of(runs, lambda run: run.ran.rate),
                median_of(runs, lambda run: run.ran.p50),
                median_of(runs, lambda run: run.ran.p99),
                max(run.ran.max for run in runs),
                median_of(runs, lambda run: run.kilobytes_each),
                median_of(runs, lambda run: run.joined.rate),
                sum(run.ran.lost for run in runs),
                sum(run.ran.disordered for run in runs),
                median_of(runs, lambda run: run.client_share),
            )
        )
    return made
