"""Chat as people use it: durable, admitted, acknowledged after the commit, into a room of 1,000 viewers."""

import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.realtime import product
from benchmarks.realtime.client import Ran, crowd
from benchmarks.realtime.report import Check, Section, median_of
from benchmarks.realtime.stage import Options, Pace

RATE = 500  # messages a second
SENDERS = 200
ALLOWED = 5.0  # messages a second that each may send: twice what they do
LIMIT_MS = 250
HEADINGS = (
    "offered",
    "accepted/s",
    "ack p50 ms",
    "ack p99 ms",
    "delivery p50 ms",
    "delivery p99 ms",
    "max ms",
    "refused",
    "acked, not stored",
    "lost",
    "out of order",
    "server's core %",
)


@dataclass(frozen=True)
class Chatted:
    """One run, and how many of the acknowledged messages the database lacks afterwards."""

    ran: Ran
    missing: int
    server_share: float

    @property
    def accepted(self) -> float:
        """Acknowledged messages a second, the time until the last ack included."""
        return self.ran.acked / self.ran.seconds


async def measure(options: Options) -> list[Section]:
    """At the wanted load, at half of it, and as fast as 200 messages on their way allow."""
    viewers = 300 if options.quick else 1000
    rate = 60 if options.quick else RATE
    paces = [
        Pace(f"{rate}/s", rate=rate),
        Pace(f"{rate // 2}/s", rate=rate / 2),
        Pace("200 on their way", window=200),
    ]
    found: dict[str, list[Chatted]] = {pace.name: [] for pace in paces}
    for _ in range(options.repeats):
        for pace in paces:
            found[pace.name].append(await _chat(options, viewers, pace))
    full, half = found[paces[0].name], found[paces[1].name]
    checks = [
        Check(
            f"accepted/s of {rate} offered",
            median_of(full, lambda run: run.accepted),
            0.99 * rate,
            at_least=True,
        ),
        Check("p99 ack ms at half of it", median_of(half, lambda run: run.ran.ack_p99), LIMIT_MS),
        Check("p99 delivery ms at half of it", median_of(half, lambda run: run.ran.p99), LIMIT_MS),
        Check("acked and not stored, or lost", float(sum(_wrong(run) for run in full + half)), 0),
    ]
    rows = [HEADINGS, *(_row(name, runs) for name, runs in found.items())]
    return [
        Section(
            f"Chat: {viewers:,} viewers, {SENDERS} of whom speak",
            rows,
            f"Medians of {options.repeats} runs of {options.seconds:.0f} s, each on a fresh SQLite database with "
            f"synchronous=FULL. Each sender may say {ALLOWED:.0f} messages a second (WEBINAR_MESSAGES_PER_SECOND), in the last row 100.",
            checks,
        )
    ]


def _wrong(run: Chatted) -> int:
    return run.missing + run.ran.lost + run.ran.disordered


async def _chat(options: Options, viewers: int, pace: Pace) -> Chatted:
    with tempfile.TemporaryDirectory(dir=options.programs) as name:
        folder = Path(name)
        installation = await product.prepare(folder, viewers)
        allowed = 100.0 if pace.window else ALLOWED
        async with product.serving(installation, messages_per_second=allowed) as server:
            arguments = product.joining(installation, [server.port], viewers, SENDERS)
            async with crowd(options.programs, arguments) as people:
                await people.join(tickets_first=False)
                before = server.processor_seconds()
                ran = await people.speak(options.seconds, rate=pace.rate, window=pace.window)
                used = server.processor_seconds() - before
        with sqlite3.connect(folder / "webinar.sqlite3") as database:
            stored: int = database.execute("SELECT count(*) FROM chat_message").fetchone()[0]
    return Chatted(ran, max(0, ran.acked - stored), 100 * used / ran.seconds)


def _row(name: str, runs: list[Chatted]) -> tuple[object, ...]:
    return (
        name,
        median_of(runs, lambda run: run.accepted),
        median_of(runs, lambda run: run.ran.ack_p50),
        median_of(runs, lambda run: run.ran.ack_p99),
        median_of(runs, lambda run: run.ran.p50),
        median_of(runs, lambda run: run.ran.p99),
        max(run.ran.max for run in runs),
        sum(run.ran.refused for run in runs),
        sum(run.missing for run in runs),
        sum(run.ran.lost for run in runs),
        sum(run.ran.disordered for run in runs),
        median_of(runs, lambda run: run.server_share),
    )
