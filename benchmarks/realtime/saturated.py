"""1,000 viewers as fast as it goes, with 4 and with 64 messages on their way at any time."""

from collections.abc import Sequence

from benchmarks.realtime import peers
from benchmarks.realtime.fanout import ratio, reading, rows
from benchmarks.realtime.report import Check, Section, median_ratio
from benchmarks.realtime.stage import Measured, Options, Pace, Relay, Subject, Webinar, interleaved

FEW, MANY = Pace("4 on their way", window=4), Pace("64 on their way", window=64)
NOTE = (
    " A message is on its way until every viewer has it. The product's are chat messages: each is committed with "
    "synchronous=FULL before anybody sees it, and 200 of the viewers send them, each allowed 100 a second "
    "(WEBINAR_MESSAGES_PER_SECOND). Peers only relay, for one sender."
)


async def measure(options: Options) -> list[Section]:
    """One table for each pace."""
    viewers = 200 if options.quick else 1000
    product = Webinar(senders=200, messages_per_second=100)
    subjects: Sequence[Subject] = (product, *map(Relay, peers.PEERS))
    found, missing = await interleaved(subjects, options, viewers, [FEW, MANY])
    checks = {
        FEW: [Check("CPU a delivery × floor", ratio(found, product.name, peers.FLOOR.name, FEW), 0.6)],
        MANY: [
            Check("deliveries × NATS", _faster(found, product, peers.NATS), 2, at_least=True),
            Check("deliveries × Bun", _faster(found, product, peers.BUN), 1, at_least=True),
            _nothing("lost or out of order", found[product.name, MANY.name]),
        ],
    }
    return [
        Section(
            f"Saturated: {viewers:,} viewers, {pace.name}",
            rows(found, pace),
            reading(options) + NOTE,
            checks[pace],
            missing,
        )
        for pace in (FEW, MANY)
    ]


def _faster(found: dict[tuple[str, str], list[Measured]], product: Subject, peer: peers.Peer) -> float | None:
    mine, theirs = found[product.name, MANY.name], found[peer.name, MANY.name]
    return median_ratio(mine, theirs, lambda run: run.ran.rate)


def _nothing(what: str, runs: Sequence[Measured]) -> Check:
    wrong = sum(run.ran.lost + run.ran.disordered for run in runs)
    return Check(what, float(wrong) if runs else None, 0)
