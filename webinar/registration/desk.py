"""The desk where people register: those who arrive together share a unit of work, and one wait for the disk."""

import asyncio
from collections import deque
from dataclasses import dataclass
from uuid import UUID

from webinar.clock import Clock
from webinar.db import Database
from webinar.errors import Conflict
from webinar.registration.register import Submission, register_together
from webinar.signing import Signer

# In one unit of work: enough that its fixed costs hardly count, and the loop is soon free again.
MOST_TOGETHER = 50


@dataclass(eq=False, slots=True)
class _Turn:
    """A submission in the queue, and what comes of it."""

    submission: Submission
    outcome: asyncio.Future[UUID]
    # Something went wrong with others in the same unit of work: this one gets its own.
    alone: bool = False


class Desk:
    """Takes registrations and commits them in groups. Create one per process.

    Nobody waits for a group to fill: whoever comes to the front takes along all who queued up meanwhile.
    """

    def __init__(self, db: Database, signer: Signer, clock: Clock) -> None:
        self._db = db
        self._signer = signer
        self._clock = clock
        self._queue: deque[_Turn] = deque()
        self._front = asyncio.Lock()

    async def register(self, submission: Submission) -> UUID:
        """Registers a person, durably once this returns; gives and raises what `registration.register` does."""
        mine = _Turn(submission, asyncio.get_running_loop().create_future())
        self._queue.append(mine)
        try:
            async with self._front:
                if not mine.outcome.done():
                    await self._serve(mine)
        finally:
            self._queue.remove(mine)
        return mine.outcome.result()

    async def _serve(self, mine: _Turn) -> None:
        group = [mine]
        try:
            async with self._db.writing() as db:
                # Taken only now: more have queued up while the database was busy.
                group = self._group(mine)
                submissions = [turn.submission for turn in group]
                outcomes = await register_together(db, self._signer, submissions, self._clock.now())
        except Exception:
            if group == [mine]:
                raise
            # One that can't be stored must not take the others with it.
            for turn in group:
                turn.alone = True
            await self._serve(mine)
            return
        for turn, outcome in zip(group, outcomes, strict=True):
            if isinstance(outcome, Conflict):
                turn.outcome.set_exception(outcome)
            else:
                turn.outcome.set_result(outcome)

    def _group(self, mine: _Turn) -> list[_Turn]:
        """Those who can be served together with `mine`, in the order in which they came."""
        if mine.alone:
            return [mine]
        webinar_id = mine.submission.form.webinar_id
        together = [
            turn
            for turn in self._queue
            if not turn.outcome.done() and not turn.alone and turn.submission.form.webinar_id == webinar_id
        ]
        return together[:MOST_TOGETHER]
