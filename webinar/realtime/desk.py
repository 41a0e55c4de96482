"""Where a room's commands become durable: as many as have come, with one commit (R2).

Nobody waits for company. A command that finds the desk free is carried out at once; those that come meanwhile share
the next commit, so a commit serves the more of them the longer it takes.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from webinar.clock import Clock
from webinar.db import Database
from webinar.metrics import Metrics
from webinar.realtime.commands import Asked, Done, carry_out
from webinar.realtime.protocol.commands import QuestionUnvote, QuestionVote

MOST_AT_ONCE = 128  # commands in one commit: it stays short for other writers
VOTES = (QuestionVote, QuestionUnvote)
STORING_FAILED = (SQLAlchemyError, OSError, TimeoutError)


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    asked: Asked
    outcome: asyncio.Future[Done]


class Desk:
    """One room's desk: takes commands in the order in which they come.

    `committed` is called after each commit, with whether it was about nothing but votes.
    """

    def __init__(
        self, db: Database, clock: Clock, metrics: Metrics, committed: Callable[[bool], None]
    ) -> None:
        self._db, self._clock, self._metrics, self._committed = db, clock, metrics, committed
        self._waiting: list[_Waiting] = []
        self._work: asyncio.Task[None] | None = None

    async def carry_out(self, asked: Asked) -> Done:
        """What the command did, once it is committed; raises what the domain refused it with, or STORING_FAILED."""
        outcome: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(asked, outcome))
        if self._work is None:
            self._work = asyncio.create_task(self._work_off())
        return await outcome

    async def _work_off(self) -> None:
        try:
            while self._waiting:
                batch = self._waiting[:MOST_AT_ONCE]
                del self._waiting[:MOST_AT_ONCE]
                await self._commit(batch)
        finally:
            self._work = None

    async def _commit(self, batch: Sequence[_Waiting]) -> None:
        try:
            async with self._db.writing() as db:
                outcomes = await carry_out(db, [each.asked for each in batch], now=self._clock.now())
        except Exception as error:  # noqa: BLE001 - whoever asked is told, and nobody else
            await self._failed(batch, error)
            return
        self._metrics.commit_batch.observe(len(batch))
        for each, outcome in zip(batch, outcomes, strict=True):
            _settle(each, outcome)
        self._committed(all(isinstance(each.asked.command, VOTES) for each in batch))

    async def _failed(self, batch: Sequence[_Waiting], error: Exception) -> None:
        """One that the database refuses must not fail the others: then each gets a commit of its own."""
        if len(batch) > 1 and isinstance(error, IntegrityError | DataError):
            for each in batch:
                await self._commit([each])
            return
        for each in batch:
            _settle(each, error)


def _settle(each: _Waiting, outcome: Done | Exception) -> None:
    if each.outcome.done():  # whoever asked has stopped waiting
        return
    if isinstance(outcome, Exception):
        each.outcome.set_exception(outcome)
    else:
        each.outcome.set_result(outcome)
