"""R5 and R6: 1,000 people are in a room when its only server is told to end (SIGTERM), and again when it is killed.

Once it has begun anew: how they come back, whether the pages stay quick meanwhile, and whether everybody has everything.
"""

import asyncio
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx

from benchmarks.harness import table
from benchmarks.kills import Outcome, Server, Talker, compare, prepare, rooms, settle, sqlite_in
from webinar.client import BackOff

CLIENTS, TALKERS = 1000, 20
PAUSE = 1.0  # seconds, between what each talker says
BACK_WITHIN = 120.0  # seconds until it counts as failed


@dataclass(frozen=True)
class Return:
    """How the room came back. Times are in seconds."""

    ended: float  # from the signal to the end of the process
    arrivals: list[float]  # of each, from the moment the new server answered
    pages: list[float]  # how long a page took meanwhile
    early: int  # who came back before the moment that they were told
    moments: list[int]  # which moments were given, in milliseconds
    outcome: Outcome

    @property
    def busiest_second(self) -> int:
        """How many came back within the fullest second."""
        return max(Counter(int(arrival) for arrival in self.arrivals).values())

    @property
    def slow_page(self) -> float:
        """The p95 of a page."""
        return statistics.quantiles(self.pages, n=20, method="inclusive")[-1]


async def run(
    how: signal.Signals, data: Path, clients: int, *, talkers: int = TALKERS, back_off: BackOff | None = None
) -> Return:
    """Ends a server that way once, in the empty folder `data`, and lets everybody come back to the next."""
    database = sqlite_in(data)
    webinar, people = await prepare(database, clients)
    server, stop = Server(data), asyncio.Event()
    await server.start()
    try:
        async with rooms(server, webinar, people, back_off) as found:
            await _until_back(people, after=0.0)
            async with asyncio.TaskGroup() as group:
                for talker, room in zip(people[:talkers], found, strict=False):
                    group.create_task(talker.talk(room, PAUSE, stop))
                began = time.monotonic()
                await server.kill(how)
                ended = time.monotonic() - began
                await server.start()
                answered = time.monotonic()
                looking = group.create_task(_look(server.url, webinar.id, stop))
                await _until_back(people, after=answered)
                stop.set()
            await settle(database, webinar, people, found)
    finally:
        await server.kill()
    return Return(
        ended,
        [person.arrivals[-1] - answered for person in people],
        looking.result(),
        sum(_came_early(person) for person in people),
        sorted(after for person in people for _, after in person.summons),
        await compare(database, webinar, people),
    )


async def _until_back(people: list[Talker], *, after: float) -> None:
    async with asyncio.timeout(BACK_WITHIN):
        while not all(person.arrivals and person.arrivals[-1] > after for person in people):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def _look(url: str, webinar_id: UUID, stop: asyncio.Event) -> list[float]:
    """Opens the watch page again and again; how long each took."""
    took: list[float] = []
    async with httpx.AsyncClient(base_url=url, timeout=30, trust_env=False) as client:
        while not stop.is_set() or len(took) < 2:
            began = time.monotonic()
            (await client.get(f"/w/{webinar_id}/watch")).raise_for_status()
            took.append(time.monotonic() - began)
            await asyncio.sleep(0.05)
    return took


def _came_early(person: Talker) -> bool:
    return any(
        any(told < arrival < told + after / 1000 for arrival in person.arrivals)
        for told, after in person.summons
    )


async def main() -> None:
    """Both ways, at full size."""
    heads = (
        "how",
        "ended after s",
        "back: median s",
        "last s",
        "busiest second",
        "page p95 s",
        "lost",
        "doubled",
    )
    rows: list[tuple[object, ...]] = [heads]
    faultless = True
    for how in (signal.SIGTERM, signal.SIGKILL):
        with tempfile.TemporaryDirectory(prefix="webinar-restarts-") as folder:
            found = await run(how, Path(folder), CLIENTS)
        back, outcome = found.arrivals, found.outcome
        rows.append(
            (
                *(how.name, round(found.ended, 2), round(statistics.median(back), 2), round(max(back), 2)),
                *(found.busiest_second, round(found.slow_page, 3), outcome.lost, outcome.doubled),
            )
        )
        faultless &= outcome.faultless and not found.early
    table(
        rows,
        "R5: at most 50 a second after SIGTERM, ended within 30 s. R6: all back within 30 s, a page's p95 below 1 s.",
    )
    if not faultless:
        sys.exit(1)
