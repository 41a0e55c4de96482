"""A process that erases a webinar and is killed on the way: `python -m tests.support.dying FOLDER ACCOUNT WEBINAR STEP`.

It dies by SIGKILL right after the work of the step that follows STEP, before that step is noted; while rows are
deleted, after the first chunk.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path
from uuid import UUID

from tests.support.installation import MovableClock
from tests.support.samples import NOW
from webinar.db import Database
from webinar.models import ErasureReceipt, ErasureStep
from webinar.privacy import chunks, eraser
from webinar.privacy.ballast import Ballast
from webinar.privacy.erasure import erase_webinar_rows
from webinar.privacy.journal import Journal
from webinar.privacy.leftovers import Leftovers, files_of_rows
from webinar.privacy.search import Search, searched_stores
from webinar.seal import Seal


class Rooms:
    """The open rooms, of which there are none here."""

    reached = True

    async def close_room(self, webinar_id: UUID) -> None:
        """Nobody is in it."""


class Dying(eraser.Eraser):
    """Dies at its step."""

    dies_at: ErasureStep

    async def _reached(self, receipt: ErasureReceipt, step: ErasureStep, files: int = 0) -> None:
        self._die_at(receipt.step)
        await super()._reached(receipt, step, files)

    async def _delete_rows(self, receipt: ErasureReceipt) -> None:
        if self.dies_at is ErasureStep.BLOCKED:
            async with self._db.writing() as db:
                await chunks.delete_chunk(db, receipt, 1, NOW)
            self._die_at(receipt.step)
        await super()._delete_rows(receipt)

    async def _verify(self, receipt: ErasureReceipt) -> None:
        self._die_at(receipt.step)
        await super()._verify(receipt)

    def _die_at(self, step: ErasureStep) -> None:
        if step is self.dies_at:
            os.kill(os.getpid(), signal.SIGKILL)


async def main(folder: Path, account_id: UUID, webinar_id: UUID, step: ErasureStep) -> None:
    """Erases, and does not live to see the end."""
    db = Database(f"sqlite+aiosqlite:///{folder / 'webinar.sqlite3'}")
    clock = MovableClock()
    dying = Dying(
        db,
        clock,
        Rooms(),
        Leftovers(db, files_of_rows(folder), folder / "exports"),
        Journal(db, folder / "journal", "ours", clock),
        proof=eraser.Proof(Search(db, searched_stores(folder, folder / "journal")), Seal("s" * 32)),
        ballast=Ballast(folder, 4096),
    )
    dying.dies_at = step
    async with db.writing() as unit:
        erased = await erase_webinar_rows(unit, account_id, webinar_id, role="owner", now=NOW)
    await dying.finish(erased)


if __name__ == "__main__":
    where, account, webinar, after = sys.argv[1:]
    asyncio.run(main(Path(where), UUID(account), UUID(webinar), ErasureStep(after)))
