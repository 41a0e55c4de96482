"""An erasure from the commit of its request to the signed receipt, step by step (`models.ErasureStep`).

Each step is done before it is noted, and doing it again changes nothing: a process that dies anywhere leaves an
erasure that the next one goes on with. What stands in the way is noted too, and tried again until it is gone.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError

from webinar.clock import Clock
from webinar.db import Database
from webinar.logs import brief
from webinar.models import ErasureProof, ErasureReceipt, ErasureScope, ErasureStep, ErasureWait
from webinar.privacy.ballast import Ballast
from webinar.privacy.chunks import delete_chunk, pace_of, rooms_of, start_epoch
from webinar.privacy.erasure import Erased, add_counts, note_wait, note_wanted, open_receipts, reach_step
from webinar.privacy.journal import Journal
from webinar.privacy.leftovers import Leftovers
from webinar.privacy.mention_places import forget_gone
from webinar.privacy.receipts import seal_receipt
from webinar.privacy.search import Search, search_facts
from webinar.privacy.wanted import Wanted, recall, want_marked
from webinar.seal import Seal

# Seconds between two chunks: whoever waits for the writer gets it first.
PAUSE = 0.003
# Seconds that a person waits for the proof before they are shown how far it is.
PATIENCE = 5.0
FULL = "disk is full"

log = structlog.get_logger(__name__)


class Rooms(Protocol):
    """The open rooms of all instances."""

    @property
    def reached(self) -> bool:
        """Whether all instances have been told what was said so far."""
        ...

    async def close_room(self, webinar_id: UUID) -> None:
        """Closes the sockets of people who are gone and makes all others take a fresh snapshot."""
        ...


@dataclass(frozen=True, slots=True)
class Proof:
    """What an erasure is proven with: the search for what went, and the seal on the receipt."""

    search: Search
    seal: Seal


class Waits(Exception):
    """An erasure can't go on now."""

    def __init__(self, wait: ErasureWait, stores: Sequence[str] = ()) -> None:
        super().__init__(wait.value)
        self.wait, self.stores = wait, stores


class Eraser:
    """Takes erasures through their steps. None is verified before nothing is left."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        rooms: Rooms,
        leftovers: Leftovers,
        journal: Journal,
        *,
        proof: Proof,
        ballast: Ballast,
    ) -> None:
        self.seal, self._search = proof.seal, proof.search
        self._db, self._clock, self._rooms, self._leftovers = db, clock, rooms, leftovers
        self._journal, self._ballast = journal, ballast
        # What this process saw going, until it is verified: the only place where it still is.
        self._wanted: dict[UUID, Wanted] = {}
        # What erasures wait for that could not be noted: a full disk takes no note of itself.
        self._untold: dict[UUID, ErasureWait] = {}
        self._working: dict[UUID, asyncio.Task[None]] = {}
        self._steps: dict[ErasureStep, Callable[[ErasureReceipt], Awaitable[None]]] = {
            ErasureStep.REQUESTED: self._block,
            ErasureStep.BLOCKED: self._delete_rows,
            ErasureStep.ROWS: self._remove_files,
            ErasureStep.FILES: self._reach_everybody,
            ErasureStep.BROKER: self._scrub,
            ErasureStep.CHECKPOINT: self._verify,
        }

    async def finish(self, erased: Erased, *, within: float | None = None) -> ErasureReceipt:
        """What follows the commit of a request; gives the receipt as it is then, verified or waiting.

        After `within` seconds the work goes on by itself, and the receipt is given as it is by then.
        """
        self._want(erased.receipt.id, erased.wanted)
        task = self._work_on(erased.receipt.id)
        await asyncio.wait({task}, timeout=within)
        if task.done():
            task.result()
        async with self._db.reading() as db:
            return await db.get_one(ErasureReceipt, erased.receipt.id)

    async def finish_open(self) -> bool:
        """Takes up every erasure that isn't verified yet; True when none is left open."""
        await self._journal.write()
        async with self._db.reading() as db:
            receipts = await open_receipts(db)
        if receipts:
            await asyncio.gather(*(self._work_on(receipt.id) for receipt in receipts))
            async with self._db.reading() as db:
                receipts = await open_receipts(db)
        if not receipts:
            await asyncio.to_thread(self._ballast.keep)
        return not receipts

    def waiting(self, receipt: ErasureReceipt) -> ErasureWait | None:
        """What an erasure waits for, also if that could not be noted."""
        return None if receipt.verified_at else self._untold.get(receipt.id, receipt.waits_for)

    async def clean(self) -> bool:
        """Removes leftover files and bytes that no receipt waits for; True once nothing is left."""
        await self._leftovers.remove()
        return await self._db.scrub()

    async def make_room(self) -> None:
        """Call before asking for an erasure: where the disk is full, it gets the room that is kept for it."""
        await asyncio.to_thread(self._ballast.give_when_scarce)

    async def close(self) -> None:
        """Stops working; the next process goes on."""
        tasks = list(self._working.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._wanted.clear()

    def _want(self, receipt_id: UUID, wanted: Wanted) -> None:
        self._wanted.setdefault(receipt_id, Wanted()).add(wanted)

    def _work_on(self, receipt_id: UUID) -> asyncio.Task[None]:
        if (task := self._working.get(receipt_id)) is None:
            task = self._working[receipt_id] = asyncio.create_task(self._run(receipt_id), name="erasure")
            task.add_done_callback(lambda _: self._working.pop(receipt_id, None))
        return task

    async def _run(self, receipt_id: UUID) -> None:
        try:
            await self._go_through(receipt_id)
        except (Waits, SQLAlchemyError, OSError) as error:
            await self._note(receipt_id, error)

    async def _go_through(self, receipt_id: UUID) -> None:
        while True:
            async with self._db.reading() as db:
                receipt = await db.get_one(ErasureReceipt, receipt_id)
            if receipt.verified_at is not None:
                self._wanted.pop(receipt_id, None)
                self._untold.pop(receipt_id, None)
                return
            await self.make_room()
            await self._steps[receipt.step](receipt)

    async def _note(self, receipt_id: UUID, error: Exception) -> None:
        wait = _wait_of(error)
        stores = error.stores if isinstance(error, Waits) else ()
        log.warning("erasure.waits", wait=wait.value, stores=stores, **brief(error))
        try:
            async with self._db.writing() as db:
                await note_wait(db, receipt_id, wait, stores)
            self._untold.pop(receipt_id, None)
        except (SQLAlchemyError, OSError) as again:
            self._untold[receipt_id] = wait
            log.warning("erasure.not_noted", **brief(again))

    async def _block(self, receipt: ErasureReceipt) -> None:
        # First of all: from here on no restored backup brings it back.
        await self._journal.write()
        async with self._db.reading() as db:
            rooms = await rooms_of(db, receipt)
        for webinar_id in rooms:
            await self._rooms.close_room(webinar_id)
        await self._reached(receipt, ErasureStep.BLOCKED)

    async def _delete_rows(self, receipt: ErasureReceipt) -> None:
        await self._remember(receipt)
        pace, chunks = pace_of(receipt.scope, self._db), 0
        while True:
            async with self._db.writing() as db:
                await db.connection()
                # From here on others wait for this; before, it waited for them.
                began = time.perf_counter()
                fresh = await db.get_one(ErasureReceipt, receipt.id, with_for_update=True)
                now, seconds = self._clock.now(), pace.wanted
                counts = await delete_chunk(db, fresh, pace.most, now, seconds=seconds)
                add_counts(fresh, counts)
                db.add(fresh)
                if not counts:
                    # Who came while the last ones went has a picture of before.
                    if chunks and receipt.scope is ErasureScope.PARTICIPANTS:
                        await start_epoch(db, receipt.subject_id)
                    await forget_gone(db, fresh.account_id)
                    await reach_step(db, fresh, ErasureStep.ROWS)
            if not counts:
                break
            chunks += 1
            pace.took(time.perf_counter() - began)
            await asyncio.sleep(PAUSE)
        await self._journal.write()
        if chunks and receipt.scope is ErasureScope.PARTICIPANTS:
            await self._rooms.close_room(receipt.subject_id)

    async def _remember(self, receipt: ErasureReceipt) -> None:
        """Before rows go: what to look for when they are gone."""
        async with self._db.reading() as db:
            wanted = await want_marked(db, receipt)
        if wanted:
            self._want(receipt.id, wanted)
            async with self._db.writing() as db:
                await note_wanted(db, receipt.id, wanted)

    async def _remove_files(self, receipt: ErasureReceipt) -> None:
        try:
            files = await self._leftovers.remove()
        except OSError as error:
            raise Waits(ErasureWait.FILES) from error
        await self._reached(receipt, ErasureStep.FILES, files)

    async def _reach_everybody(self, receipt: ErasureReceipt) -> None:
        if not self._rooms.reached:
            raise Waits(ErasureWait.BROKER)
        await self._reached(receipt, ErasureStep.BROKER)

    async def _scrub(self, receipt: ErasureReceipt) -> None:
        if not await self._db.scrub():
            raise Waits(ErasureWait.READER)
        await self._reached(receipt, ErasureStep.CHECKPOINT)

    async def _verify(self, receipt: ErasureReceipt) -> None:
        async with self._db.writing() as db:
            left = await delete_chunk(db, receipt, 1, self._clock.now())
            if left:
                await reach_step(db, receipt, ErasureStep.BLOCKED)
        if left:
            raise Waits(ErasureWait.LEFT)
        searched = await self._look_for(receipt)
        async with self._db.writing() as db:
            fresh = await db.get_one(ErasureReceipt, receipt.id, with_for_update=True)
            if fresh.verified_at is not None:
                return
            fresh.verified_at = self._clock.now()
            fresh.proof = ErasureProof.BYTES if self._db.scrubs_bytes else ErasureProof.TABLES
            fresh.waits_for, fresh.waits_in, fresh.wanted, fresh.searched = None, "", b"", searched
            await seal_receipt(db, fresh, self.seal)

    async def _look_for(self, receipt: ErasureReceipt) -> dict[str, Any]:
        """Searches for what went; gives what the receipt says of it."""
        wanted = recall(receipt.wanted)
        seen = self._wanted.get(receipt.id)
        if seen is not None:
            wanted.add(seen)
        found = await self._search.look_for(wanted)
        if found.found_in:
            async with self._db.writing() as db:
                # Files, instances and the database's log are gone through once more.
                await reach_step(db, receipt, ErasureStep.ROWS)
            raise Waits(ErasureWait.FOUND, found.found_in)
        return search_facts(wanted, found, taken_up=seen is None)

    async def _reached(self, receipt: ErasureReceipt, step: ErasureStep, files: int = 0) -> None:
        async with self._db.writing() as db:
            await reach_step(db, receipt, step, files=files)


def _wait_of(error: Exception) -> ErasureWait:
    if isinstance(error, Waits):
        return error.wait
    return ErasureWait.DISK if FULL in str(error) or isinstance(error, OSError) else ErasureWait.DATABASE
