"""Erasing one person, and a webinar of 100,000 people, against a bare DELETE whose cascade takes the same rows.

Through the product's own functions: the request, the chunks, the closing of rooms and the proof that no byte is left in
the database's files. Meanwhile the event loop is asked every millisecond whether it answers, and somebody in another
webinar writes all the time.
"""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select

from benchmarks.admin import FILE, make_installation, settings_in
from benchmarks.crowd import Crowd
from benchmarks.harness import table
from webinar.app import compose
from webinar.clock import SystemClock
from webinar.models import Participant, Role
from webinar.privacy.erasure import Erased, erase_participant_rows, erase_webinar_rows
from webinar.privacy.inventory import Within, table_named
from webinar.routes.context import Services
from webinar.sqlite import PRAGMAS

PEOPLE = 100_000
MESSAGES_EACH = 10
TICK = 0.001
PAUSE = 0.02  # seconds between two writes elsewhere


@dataclass
class Erasure:
    """What one erasure took, in seconds. `rows` are those that its receipt counts; `wait` is the longest that another
    writer had to wait, of `writes`.
    """

    request: float = 0
    whole: float = 0
    stall: float = 0
    wait: float = 0
    writes: int = 0
    floor: float = 0
    rows: int = 0
    proven: bool = False


async def main() -> None:
    """Erases somebody, then the webinar with everybody else; the floor does the same to a copy."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        crowd = await make_installation(data, PEOPLE, messages_each=MESSAGES_EACH)
        services = compose(settings_in(data, "http://localhost"), SystemClock())
        async with services.db.reading() as db:
            someone = (await db.exec(select(col(Participant.id)).limit(1))).one()
        floors = await asyncio.to_thread(_bare, data, crowd, someone)
        one = await _measure(services, _one(services, crowd, someone))
        everybody = await _measure(services, _webinar(services, crowd))
        await services.db.close()
    one.floor, everybody.floor = floors
    _print({"one person": one, f"a webinar of {PEOPLE:,}, {PEOPLE * MESSAGES_EACH:,} messages": everybody})


Work = Callable[[], Awaitable[Erased]]


def _one(services: Services, crowd: Crowd, someone: UUID) -> Work:
    people = select(col(Participant.id)).where(col(Participant.id) == someone)
    within = Within(crowd.account.id, crowd.webinar.id, people)

    async def erase() -> Erased:
        async with services.db.writing() as db:
            return await erase_participant_rows(db, within, role=Role.OWNER, now=datetime.now(UTC))

    return erase


def _webinar(services: Services, crowd: Crowd) -> Work:
    async def erase() -> Erased:
        async with services.db.writing() as db:
            return await erase_webinar_rows(
                db, crowd.account.id, crowd.webinar.id, role=Role.OWNER, now=datetime.now(UTC)
            )

    return erase


async def _measure(services: Services, erase: Work) -> Erasure:
    found = Erasure()
    async with _watching(found), _writing(services, found):
        began = time.perf_counter()
        erased = await erase()
        found.request = time.perf_counter() - began
        receipt = await services.eraser.finish(erased)
        found.whole = time.perf_counter() - began
    found.rows = sum(receipt.counts.values())
    found.proven = receipt.verified_at is not None
    return found


@asynccontextmanager
async def _watching(found: Erasure) -> AsyncIterator[None]:
    """Notes the longest time that the event loop did not come round."""

    async def tick() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK)
            found.stall = max(found.stall, time.perf_counter() - before - TICK)

    watching = asyncio.create_task(tick())
    try:
        yield
    finally:
        watching.cancel()


@asynccontextmanager
async def _writing(services: Services, found: Erasure) -> AsyncIterator[None]:
    """Writes as somebody who chats elsewhere does, and notes the longest wait for the commit."""
    rows = table_named("socket_ticket")
    write = delete(rows).where(rows.c.expires_at < datetime(2000, 1, 1, tzinfo=UTC))

    async def keep_writing() -> None:
        while True:
            began = time.perf_counter()
            async with services.db.writing() as db:
                await db.exec(write)
            found.wait, found.writes = max(found.wait, time.perf_counter() - began), found.writes + 1
            await asyncio.sleep(PAUSE)

    writing = asyncio.create_task(keep_writing())
    try:
        yield
    finally:
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)


def _bare(data: Path, crowd: Crowd, someone: UUID) -> tuple[float, float]:
    """Seconds that the bare deletes take, in a copy of the database with the same pragmas."""
    place = data / "bare.sqlite3"
    copy(data / FILE, place)
    connection = sqlite3.connect(place)
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}")
    seconds = []
    for what, row in (("participant", someone), ("webinar", crowd.webinar.id)):
        began = time.perf_counter()
        connection.execute(f"DELETE FROM {what} WHERE id = ?", (row.hex,))
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        seconds.append(time.perf_counter() - began)
    connection.close()
    return seconds[0], seconds[1]


def _print(erasures: dict[str, Erasure]) -> None:
    rows: list[list[object]] = [
        [
            "",
            "rows",
            "request s",
            "in all s",
            "bare s",
            "times the floor",
            "longest stall ms",
            "others wait ms",
            "others' writes",
            "proven",
        ]
    ]
    rows += [
        [
            name,
            f"{each.rows:,}",
            f"{each.request:.3f}",
            f"{each.whole:.3f}",
            f"{each.floor:.3f}",
            each.whole / each.floor,
            each.stall * 1000,
            each.wait * 1000,
            each.writes,
            "yes" if each.proven else "no",
        ]
        for name, each in erasures.items()
    ]
    table(
        rows,
        "In all: with files, rooms and the proof; bare: the delete and the truncated log. Wanted: one person within a\n"
        "second, the webinar within 60, no stall over 100 ms, others never waiting long, proven.",
    )
