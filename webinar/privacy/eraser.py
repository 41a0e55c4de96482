"""An erasure from the commit to the proof: open rooms, files, and the bytes that deleted rows leave."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

import structlog

from webinar.clock import Clock
from webinar.db import Database
from webinar.models import ErasureProof, ErasureReceipt
from webinar.privacy.erasure import (
    Erased,
    note_files,
    open_receipts,
    verify_receipts,
)
from webinar.privacy.journal import Journal
from webinar.privacy.leftovers import Leftovers

log = structlog.get_logger(__name__)


class Rooms(Protocol):
    """The open rooms of all instances."""

    async def close_room(self, webinar_id: UUID) -> None:
        """Closes the sockets of people who are gone and makes all others take a fresh snapshot."""
        ...


class Eraser:
    """Completes and proves erasures. One is verified only when the database says that nothing is left.

    Where something still holds the bytes (somebody reads, a file is busy), the receipt stays unverified and
    `finish_open` completes it later.
    """

    def __init__(
        self, db: Database, clock: Clock, rooms: Rooms, leftovers: Leftovers, journal: Journal
    ) -> None:
        self._db = db
        self._clock = clock
        self._rooms = rooms
        self._leftovers = leftovers
        self._journal = journal

    async def finish(self, erased: Erased) -> ErasureReceipt:
        """What follows the commit of an erasure; gives its receipt as it is then, proven or not yet."""
        # First of all: from here on no restored backup brings it back.
        await self._journal.write()
        for webinar_id in erased.rooms:
            await self._rooms.close_room(webinar_id)
        await self._prove([erased.receipt])
        async with self._db.reading() as db:
            return await db.get_one(ErasureReceipt, erased.receipt.id)

    async def finish_open(self) -> bool:
        """Completes the erasures that could not be proven yet; True when none is left open."""
        await self._journal.write()
        async with self._db.reading() as db:
            receipts = await open_receipts(db)
        return not receipts or await self._prove(receipts)

    async def clean(self) -> bool:
        """Removes leftover files and bytes that no receipt waits for; True once nothing is left."""
        await self._leftovers.remove()
        return await self._db.scrub()

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
                proof = ErasureProof.BYTES if self._db.scrubs_bytes else ErasureProof.TABLES
                await verify_receipts(db, [receipt.id for receipt in receipts], proof, self._clock.now())
        return clean
