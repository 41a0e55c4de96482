"""Deleting rows: a few people at one go, and what is large in chunks, so that other writers get their turn.

Within a chunk the database cascades by itself. Everything here works on tables, which see what is hidden from models.
"""

import math
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Table, case, delete, exists, func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.db import Database
from webinar.models import Erasable, ErasureReceipt, ErasureScope, Question, QuestionVote, Webinar
from webinar.privacy.inventory import (
    Within,
    cascade_path,
    cascades,
    count_rows,
    destroyed_with,
    owner_conditions,
    table_named,
)
from webinar.privacy.journal import note_erased

# Ids in one statement; databases bound the number of parameters.
IDS = 500
# Rows in one statement of a chunk, between two looks at the clock: so many, or a tenth of a chunk that is larger.
STEP = 1000

# By what rows of the large tables lie in the order in which they were stored; an index begins with the webinar and this. Taken
# in that order, rows of one chunk are neighbours in the table and its indexes, and few pages are written for them.
STORED_BY = {
    "answer": "registration_id",
    "chat_message": "posted_seq",
    "question": "posted_seq",
    "registration": "id",
}


@dataclass
class Pace:
    """How many rows a chunk has: as many as are deleted in the time that another writer may well wait."""

    most: int = 500
    wanted: float = 0.05  # seconds
    smallest: int = 100
    largest: int = 10_000

    def took(self, seconds: float) -> None:
        """Fits the next chunk to what the last one took."""
        factor = min(2.0, max(0.25, self.wanted / max(seconds, 0.001)))
        self.most = min(self.largest, max(self.smallest, int(self.most * factor)))


def pace_of(scope: ErasureScope, db: Database) -> Pace:
    """How an erasure begins. Nobody waits for rows of a webinar that is gone for them already, but where all share one writer.

    PostgreSQL reads past all that was deleted since the last VACUUM, for each statement: there large chunks are faster.
    """
    if db.one_writer or scope is ErasureScope.PARTICIPANTS:
        return Pace()
    return Pace(wanted=1.0, largest=100_000)


async def delete_people(db: AsyncSession, within: Within, now: datetime) -> dict[str, int]:
    """Deletes the participants that `within` selects with everything of theirs; gives the rows by table.

    The votes of questions that stay are counted again.
    """
    _, participants = within.people()
    counts = await count_rows(db, within)
    voted = await _questions_voted_for(db, within)
    people = table_named("participant")
    chosen = (*owner_conditions(people, within), people.c.id.in_(participants))
    gone = (await db.exec(select(people.c.id).where(*chosen))).all()
    await note_erased(db, Erasable.PARTICIPANT, gone, now)
    await db.exec(delete(people).where(*chosen))
    await _recount_votes(db, voted)
    return counts


async def delete_users(db: AsyncSession, account_id: UUID) -> dict[str, int]:
    """Deletes all users of an account with their sessions, links and mails; gives the rows by table."""
    counts = {}
    for table, conditions in reversed(of_users(account_id)):
        if found := (await db.exec(delete(table).where(*conditions))).rowcount:
            counts[table.name] = found
    return counts


def of_users(account_id: UUID) -> list[tuple[Table, list[ColumnElement[bool]]]]:
    """The tables with something of an account's users, and which of their rows are that."""
    found = []
    for table in destroyed_with("user"):
        conditions: list[ColumnElement[bool]] = [table.c.account_id == account_id]
        theirs = [
            list(key.columns)[-1].is_not(None)
            for key in cascades(table)
            if cascade_path(key.referred_table, "user") is not None
        ]
        if table.name != "user":
            conditions.append(or_(*theirs))
        found.append((table, conditions))
    return found


async def delete_chunk(
    db: AsyncSession, receipt: ErasureReceipt, most: int, now: datetime, *, seconds: float = math.inf
) -> dict[str, int]:
    """Deletes about `most` more rows of an erasure; gives them by table, and nothing once none is left.

    After `seconds` it leaves rows of a webinar or account to the next chunk: those of one table take five times as
    long as those of another.
    """
    if receipt.scope is ErasureScope.PARTICIPANTS:
        return await _people_chunk(db, receipt, most, now)
    if receipt.scope is ErasureScope.WEBINAR:
        return await _rows_chunk(db, Within(receipt.account_id, receipt.subject_id), "webinar", most, seconds)
    if receipt.scope is ErasureScope.ACCOUNT:
        return await _account_chunk(db, receipt, most, seconds)
    return {}


async def start_epoch(db: AsyncSession, webinar_id: UUID) -> None:
    """Makes every open page of the webinar's room take a fresh snapshot."""
    await db.exec(
        update(Webinar)
        .where(col(Webinar.id) == webinar_id)
        .values(epoch=uuid4(), last_seq=col(Webinar.last_seq) + 1)
    )


async def rooms_of(db: AsyncSession, receipt: ErasureReceipt) -> Sequence[UUID]:
    """The webinars whose open rooms an erasure concerns."""
    if receipt.scope is not ErasureScope.ACCOUNT:
        return [receipt.subject_id]
    webinars = table_named("webinar")
    return (await db.exec(select(webinars.c.id).where(webinars.c.account_id == receipt.account_id))).all()


async def _people_chunk(
    db: AsyncSession, receipt: ErasureReceipt, most: int, now: datetime
) -> dict[str, int]:
    people = table_named("participant")
    some = select(people.c.id).where(people.c.erasure_id == receipt.id).limit(max(1, most // 10))
    ids = (await db.exec(some)).all()
    if not ids:
        return {}
    chosen = select(people.c.id).where(people.c.id.in_(ids))
    return await delete_people(db, Within(receipt.account_id, receipt.subject_id, chosen), now)


async def _account_chunk(
    db: AsyncSession, receipt: ErasureReceipt, most: int, seconds: float
) -> dict[str, int]:
    webinars = table_named("webinar")
    some = select(webinars.c.id).where(webinars.c.account_id == receipt.account_id).limit(1)
    if (webinar_id := (await db.exec(some)).first()) is not None:
        return await _rows_chunk(db, Within(receipt.account_id, webinar_id), "webinar", most, seconds)
    return await _rows_chunk(db, Within(receipt.account_id), "account", most, seconds)


async def _rows_chunk(
    db: AsyncSession, within: Within, root: str, most: int, seconds: float
) -> dict[str, int]:
    """Children first, so that a parent's cascade finds little: late rows, of which there should be none."""
    until = time.perf_counter() + seconds
    counts: Counter[str] = Counter()
    tables = {table.name: table for table in reversed(destroyed_with(root))}
    name: str | None = None
    while counts.total() < most:
        # The empty ones are passed over by one statement; here the next may be empty only after this one.
        name = name or await _first_with_rows(db, tables, within)
        if name is None:
            break
        asked = min(max(STEP, most // 10), most - counts.total())
        gone = await _delete_some(db, tables[name], within, asked)
        counts[name] += gone
        if time.perf_counter() >= until:
            break
        name = name if gone == asked else None
    return dict(counts)


async def _first_with_rows(db: AsyncSession, tables: Mapping[str, Table], within: Within) -> str | None:
    """The first of `tables` that still has rows, asked at one go: a chunk must not wait once for each table."""
    there = [
        (exists().select_from(table).where(*owner_conditions(table, within)), name)
        for name, table in tables.items()
    ]
    first: str | None = (await db.exec(select(case(*there, else_=None)))).one()
    return first


async def _delete_some(db: AsyncSession, table: Table, within: Within, most: int) -> int:
    some = select(table.c.id).where(*owner_conditions(table, within)).limit(most)
    if table.name in STORED_BY and within.webinar_id is not None:
        some = some.order_by(table.c[STORED_BY[table.name]])
    return (await db.exec(delete(table).where(table.c.id.in_(some)))).rowcount


async def _questions_voted_for(db: AsyncSession, within: Within) -> Sequence[UUID]:
    webinar_id, participants = within.people()
    votes = (
        select(col(QuestionVote.question_id))
        .where(col(QuestionVote.webinar_id) == webinar_id, col(QuestionVote.participant_id).in_(participants))
        .distinct()
    )
    return (await db.exec(votes)).all()


async def _recount_votes(db: AsyncSession, question_ids: Sequence[UUID]) -> None:
    votes = (
        select(func.count())
        .where(col(QuestionVote.question_id) == col(Question.id))
        .correlate(Question)
        .scalar_subquery()
    )
    for start in range(0, len(question_ids), IDS):
        chunk = question_ids[start : start + IDS]
        await db.exec(update(Question).where(col(Question.id).in_(chunk)).values(votes=votes))
