"""Erasing again, in a database that came from a backup, what was erased since the backup was made (G9)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.db import Database
from webinar.models import Erasable, JournalEntry, Question, QuestionVote, Webinar
from webinar.privacy.inventory import table_named
from webinar.privacy.journal import Entry, digest_of, read_journal
from webinar.privacy.mention_sweep import rewrite
from webinar.privacy.redaction import blanked
from webinar.privacy.text_columns import text_columns

CHUNK = 500


async def replay(db: Database, entries: Sequence[Entry], now: datetime) -> int:
    """Deletes every row that the journal names, and texts that lost a mention; gives their number. Doing it again
    changes nothing.

    Every room gets a new epoch, so that pages from before the restore take a fresh snapshot (R3).
    """
    erased = 0
    async with db.writing() as session:
        erased += await _blank_mentions(session, entries)
        for kind in Erasable:
            digests = {entry.digest for entry in entries if entry.subject is kind}
            if digests and kind is not Erasable.MENTION:
                erased += await _erase(session, kind, digests)
        await _recount_votes(session)
        for webinar_id in (await session.exec(select(col(Webinar.id)))).all():
            await session.exec(update(Webinar).where(col(Webinar.id) == webinar_id).values(epoch=uuid4()))
        await _keep(session, entries)
    return erased


async def _erase(db: AsyncSession, kind: Erasable, digests: set[bytes]) -> int:
    table = table_named(kind)
    ids: Sequence[UUID] = (await db.exec(select(table.c.id))).all()
    named = [row_id for row_id in ids if digest_of(kind, row_id) in digests]
    for start in range(0, len(named), CHUNK):
        await db.exec(delete(table).where(table.c.id.in_(named[start : start + CHUNK])))
    return len(named)


async def _blank_mentions(db: AsyncSession, entries: Iterable[Entry]) -> int:
    """Takes whole texts out where only a mention was: where it stood in them is not known any more.

    What the backup's own journal notes had happened before it was made, so what it holds of that is in order.
    """
    known = set(await read_journal(db))
    digests = {entry.digest for entry in entries if entry.subject is Erasable.MENTION and entry not in known}
    blank = 0
    for column in text_columns() if digests else ():
        ids: Sequence[UUID] = (await db.exec(select(column.table.c.id))).all()
        named = [
            row_id for row_id in ids if digest_of(Erasable.MENTION, column.in_journal(row_id)) in digests
        ]
        for start in range(0, len(named), CHUNK):
            where = [column.table.c.id.in_(named[start : start + CHUNK])]
            blank += len(await rewrite(db, column, where, lambda _, value: blanked(value)))
    return blank


async def _recount_votes(db: AsyncSession) -> None:
    votes = select(func.count()).where(col(QuestionVote.question_id) == col(Question.id))
    await db.exec(update(Question).values(votes=votes.correlate(Question).scalar_subquery()))


async def _keep(db: AsyncSession, entries: Iterable[Entry]) -> None:
    """An older backup may still be restored one day: the entries are taken over."""
    known = {(entry.subject, entry.digest) for entry in await read_journal(db)}
    missing = [
        {"id": uuid4(), "subject": entry.subject, "digest": entry.digest, "at": entry.at}
        for entry in {(each.subject, each.digest): each for each in entries}.values()
        if (entry.subject, entry.digest) not in known
    ]
    for start in range(0, len(missing), CHUNK):
        await (await db.connection()).execute(insert(JournalEntry), missing[start : start + CHUNK])
