"""Where a room's commands become durable: as many as have come, with one commit (R2).

Nobody waits for company. A command that finds the desk free is carried out at once; those that come meanwhile share
the next commit, so a commit serves the more of them the longer it takes.
"""

from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from webinar.clock import Clock
from webinar.db import Database
from webinar.interaction.posting import PostedTogether
from webinar.metrics import Metrics
from webinar.realtime.commands import Asked, Done, carry_out, send_messages
from webinar.realtime.protocol.commands import ChatSend, QuestionUnvote, QuestionVote
from webinar.together import Together

MOST_AT_ONCE = 128  # commands in one commit: it stays short for other writers
VOTES = (QuestionVote, QuestionUnvote)
STORING_FAILED = (SQLAlchemyError, OSError, TimeoutError)

Outcomes = Sequence[Done | Exception]


class Desk(Together[Asked, Done]):
    """One room's desk: takes commands in the order in which they come. What it is asked is to carry one out.

    After each commit `said` is called with what it was, where it was nothing but messages; else `committed`, with
    whether it was nothing but votes.
    """

    __slots__ = ("_clock", "_committed", "_db", "_metrics", "_said", "_to_tell")

    def __init__(
        self,
        db: Database,
        clock: Clock,
        metrics: Metrics,
        *,
        committed: Callable[[bool], None],
        said: Callable[[PostedTogether], None],
    ) -> None:
        super().__init__(self._commit, MOST_AT_ONCE)
        self._db, self._clock, self._metrics = db, clock, metrics
        self._committed, self._said = committed, said
        self._to_tell: list[Callable[[], None]] = []

    def answered(self) -> None:
        """Tells the room: whoever spoke hears first that it is kept."""
        telling, self._to_tell = self._to_tell, []
        for tell in telling:
            tell()

    async def _commit(self, batch: Sequence[Asked]) -> Outcomes:
        """Each one's outcome: one that the database refuses must not fail the others, then each gets its own commit."""
        try:
            return await self._commit_together(batch)
        except (IntegrityError, DataError) as error:
            if len(batch) == 1:
                return [error]
            return [await self._commit_alone(each) for each in batch]

    async def _commit_alone(self, asked: Asked) -> Done | Exception:
        try:
            [outcome] = await self._commit_together([asked])
        except Exception as error:  # noqa: BLE001 - whoever asked is told; others of the batch are kept
            return error
        return outcome

    async def _commit_together(self, batch: Sequence[Asked]) -> Outcomes:
        now = self._clock.now()
        if all(isinstance(each.command, ChatSend) for each in batch):
            outcomes, posted = await self._db.write(send_messages, batch, now=now)
            self._to_tell.append(partial(self._said, posted))
        else:
            async with self._db.writing() as db:
                outcomes = await carry_out(db, batch, now=now)
            only_votes = all(isinstance(each.command, VOTES) for each in batch)
            self._to_tell.append(partial(self._committed, only_votes))
        self._metrics.commit_batch.observe(len(batch))
        return outcomes
