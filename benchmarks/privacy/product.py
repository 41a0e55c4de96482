"""The product with a probe in its own process: how long its event loop stalls, and what an erasure takes."""

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlmodel import col, select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from benchmarks.admin import settings_in
from webinar.app import create_app
from webinar.logs import configure_logs
from webinar.models import ErasureReceipt, ErasureStep, Participant, Role
from webinar.privacy.erasure import Erased, erase_participant_rows, erase_webinar_rows
from webinar.privacy.inventory import Within
from webinar.routes.context import Services, services

DATABASE = "database"  # a file in the data folder with the database's URL
TICK = 0.005
LOOK = 0.05  # seconds between two looks at how far an erasure is


class Probe:
    """Answers what the benchmark asks."""

    def __init__(self) -> None:
        self._watching: asyncio.Task[None] | None = None
        self._longest = 0.0

    async def stall(self, request: Request) -> Response:
        """The longest time, in seconds, that the event loop did not come round since the last time this was asked."""
        if self._watching is None:
            self._watching = asyncio.create_task(self._watch())
        longest, self._longest = self._longest, 0.0
        return JSONResponse(longest)

    async def erase(self, request: Request) -> Response:
        """Erases as the admin's page does, and says what it took."""
        found, asked = services(request), await request.json()
        account, webinar = UUID(asked["account"]), UUID(asked["webinar"])
        await found.eraser.make_room()
        began = time.perf_counter()
        erased = await _ask(found, account, webinar, asked.get("person"))
        requested = time.perf_counter() - began
        gone = asyncio.create_task(_gone(found, erased.receipt.id))
        receipt = await found.eraser.finish(erased)
        whole = time.perf_counter() - began
        return JSONResponse(
            {
                "request": requested,
                "gone": await gone - began,
                "whole": whole,
                "rows": sum(receipt.counts.values()),
                "proof": receipt.proof if receipt.verified_at else None,
            }
        )

    async def _watch(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK)
            self._longest = max(self._longest, time.perf_counter() - before - TICK)


async def _gone(found: Services, receipt_id: UUID) -> float:
    """When rows, files and SQLite's log were without it: all but the search, and the signature."""
    while True:
        async with found.db.reading() as db:
            step = (await db.get_one(ErasureReceipt, receipt_id)).step
        if step in {ErasureStep.CHECKPOINT, ErasureStep.VERIFIED}:
            return time.perf_counter()
        await asyncio.sleep(LOOK)


async def _ask(found: Services, account: UUID, webinar: UUID, person: str | None) -> Erased:
    now = datetime.now(UTC)
    async with found.db.writing() as db:
        if person is None:
            return await erase_webinar_rows(db, account, webinar, role=Role.OWNER, now=now)
        people = select(col(Participant.id)).where(col(Participant.id) == UUID(person))
        return await erase_participant_rows(db, Within(account, webinar, people), role=Role.OWNER, now=now)


def probed(data: Path, url: str) -> Starlette:
    """The whole product on the database that the file says, and the probe beside it."""
    configure_logs("json", (data / "log").open("w"))
    app, probe = create_app(settings_in(data, url, (data / DATABASE).read_text())), Probe()
    app.router.routes[:0] = [
        Route("/benchmark/stall", probe.stall),
        Route("/benchmark/erase", probe.erase, methods=["POST"]),
    ]
    return app
