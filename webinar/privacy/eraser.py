"""An erasure from the request to the proof: rows, open rooms, files, and the bytes of deleted rows."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol
from uuid import UUID

import structlog
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.clock import Clock
from webinar.db import Database
from webinar.models import ErasureReceipt, FormVersion, Webinar
from webinar.privacy.erasure import (
    erase_account_rows,
    erase_answer_rows,
    erase_participant_rows,
    erase_webinar_rows,
    note_files,
    open_receipts,
    verify_receipts,
)
from webinar.privacy.inventory import Within
from webinar.privacy.leftovers import Leftovers

log = structlog.get_logger(__name__)

# Writes who did it into the audit trail, in the unit of work of the erasure itself.
Recorded = Callable[[AsyncSession, ErasureReceipt], Awaitable[None]]


class Rooms(Protocol):
    """The open rooms of all instances."""

    async def close_room(self, webinar_id: UUID) -> None:
        """Closes the sockets of people who are gone and makes all others take a fresh snapshot."""
        ...


async def unrecorded(db: AsyncSession, receipt: ErasureReceipt) -> None:
    """For an erasure that nobody of the account asked for: its receipt is its only record."""


class Eraser:
    """Erases and proves it. An erasure is verified only when the database says that no byte is left.

    Where something still holds the bytes (somebody reads, a file is busy), the receipt stays unverified and
    `finish_open` completes it later.
    """

    def __init__(self, db: Database, clock: Clock, rooms: Rooms, leftovers: Leftovers) -> None:
        self._db = db
        self._clock = clock
        self._rooms = rooms
        self._leftovers = leftovers

    async def erase_participants(
        self, within: Within, *, role: str, recorded: Recorded = unrecorded
    ) -> ErasureReceipt:
        """Erases the participants that `within` selects; raises NotFound when there are none."""
        async with self._db.writing() as db:
            receipt = await erase_participant_rows(db, within, role=role, now=self._clock.now())
            await recorded(db, receipt)
        return await self._finish(receipt, [receipt.subject_id])

    async def erase_webinar(
        self, account_id: UUID, webinar_id: UUID, *, role: str, recorded: Recorded = unrecorded
    ) -> ErasureReceipt:
        """Erases a webinar with everything in it; raises NotFound."""
        async with self._db.writing() as db:
            receipt = await erase_webinar_rows(db, account_id, webinar_id, role=role, now=self._clock.now())
            await recorded(db, receipt)
        return await self._finish(receipt, [webinar_id])

    async def erase_account(self, account_id: UUID, *, role: str) -> ErasureReceipt:
        """Erases an account with its users and everything else; the receipt is all that remains."""
        async with self._db.writing() as db:
            webinars = select(col(Webinar.id)).where(col(Webinar.account_id) == account_id)
            rooms = (await db.exec(webinars)).all()
            receipt = await erase_account_rows(db, account_id, role=role, now=self._clock.now())
        return await self._finish(receipt, rooms)

    async def erase_answers(
        self, form: FormVersion, field_keys: Sequence[str], *, role: str
    ) -> ErasureReceipt | None:
        """Erases the answers to these fields of one version of a form; None when there are none."""
        async with self._db.writing() as db:
            receipt = await erase_answer_rows(db, form, field_keys, role=role, now=self._clock.now())
        return await self._finish(receipt, []) if receipt else None

    async def finish_open(self) -> bool:
        """Completes the erasures that could not be proven yet; True when none is left open."""
        async with self._db.reading() as db:
            receipts = await open_receipts(db)
        return not receipts or await self._prove(receipts)

    async def _finish(self, receipt: ErasureReceipt, rooms: Sequence[UUID]) -> ErasureReceipt:
        for webinar_id in rooms:
            await self._rooms.close_room(webinar_id)
        await self._prove([receipt])
        async with self._db.reading() as db:
            return await db.get_one(ErasureReceipt, receipt.id)

    async def _prove(self, receipts: Sequence[ErasureReceipt]) -> bool:
        try:
            files = await self._leftovers.remove()
        except OSError as error:
            log.warning("erasure.files_busy", error=type(error).__name__, receipts=len(receipts))
            return False
        clean = await self._db.scrub()
        async with self._db.writing() as db:
            await note_files(db, receipts[0].id, files)
            if clean:
                await verify_receipts(db, [receipt.id for receipt in receipts], self._clock.now())
        return clean
