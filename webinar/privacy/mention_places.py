"""Places in which others named somebody who erased themselves, for admins to look at.

Nobody is there to decide when a person erases themselves. So it is kept where they were named, never what was said
or who they were: the words themselves are only in the rows of the others. A place goes with its row, when somebody has
looked at it, and after 30 days.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, exists, func, insert
from sqlalchemy import select as select_rows
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.models import ErasureScope, MentionPlace, Webinar
from webinar.privacy.chunks import start_epoch
from webinar.privacy.erasure import Erased, write_receipt
from webinar.privacy.holds import require_not_held
from webinar.privacy.inventory import Within
from webinar.privacy.mention_sweep import (
    Chosen,
    Place,
    find_places,
    note_redacted,
    read_mentions,
    rewrite,
)
from webinar.privacy.participant_table import Reading
from webinar.privacy.redaction import Mention, blanked, redacted, texts_of
from webinar.privacy.text_columns import Ref, text_column, text_columns

KEPT = timedelta(days=30)
MOST_KEPT = 1000  # of one person
MOST_SHOWN = 100  # of one webinar


@dataclass(frozen=True, slots=True)
class KeptPlaces:
    """What is to be looked at in one webinar. A place without mentions was changed since: nobody knows where they are."""

    webinar: Webinar
    places: Sequence[Place]
    more: int


async def find_own_mentions(reading: Reading, chosen: Chosen) -> list[Place]:
    """Where others named the person who is about to erase themselves."""
    mentions = await read_mentions(reading, chosen)
    found: list[Place] = []
    async for places in find_places(reading, chosen, mentions):
        found += places
        if len(found) >= MOST_KEPT:
            break
    return found[:MOST_KEPT]


async def keep_places(db: AsyncSession, chosen: Chosen, places: Sequence[Place], now: datetime) -> None:
    """Keeps where somebody was named, in the unit of work that erases them."""
    rows = [
        {
            "id": uuid4(),
            "account_id": chosen.account_id,
            "webinar_id": chosen.webinar_id,
            "written_in": place.column,
            "row_id": place.row_id,
            "spans": [[mention.text, mention.start, mention.end] for mention in place.mentions],
            "size": _size(place.value),
            "expires_at": now + KEPT,
        }
        for place in places
    ]
    if rows:
        await (await db.connection()).execute(insert(MentionPlace), rows)


async def list_kept(db: AsyncSession, account_id: UUID, now: datetime) -> list[KeptPlaces]:
    """What admins of the account have to look at, by webinar."""
    kept = select(MentionPlace, Webinar).join(Webinar, col(Webinar.id) == col(MentionPlace.webinar_id))
    kept = kept.where(col(MentionPlace.account_id) == account_id, col(MentionPlace.expires_at) > now)
    webinars: dict[UUID, Webinar] = {}
    by_webinar: dict[UUID, list[MentionPlace]] = defaultdict(list)
    for place, webinar in (await db.exec(kept.order_by(col(MentionPlace.expires_at)))).all():
        webinars[webinar.id] = webinar
        by_webinar[webinar.id].append(place)
    found = []
    for webinar_id, places in by_webinar.items():
        rows = await _rows(db, places)
        if rows:
            found.append(KeptPlaces(webinars[webinar_id], rows[:MOST_SHOWN], max(0, len(rows) - MOST_SHOWN)))
    return found


async def count_kept(db: AsyncSession, account_id: UUID, now: datetime) -> int:
    """How many places wait to be looked at."""
    kept = select(func.count()).select_from(MentionPlace)
    kept = kept.where(col(MentionPlace.account_id) == account_id, col(MentionPlace.expires_at) > now)
    return (await db.exec(kept)).one()


async def redact_kept(
    db: AsyncSession, webinar: Webinar, refs: Collection[Ref], *, role: str, now: datetime
) -> Erased | None:
    """Puts a mark in these places, or instead of a text that was changed since; None when nothing is there any more.

    The room gets a new epoch. Raises Held under a legal hold.
    """
    within = Within(webinar.account_id, webinar.id)
    await require_not_held(db, within)
    places = {
        (place.column, place.row_id): place for place in await _rows(db, await _kept(db, webinar, refs))
    }
    counts: dict[str, int] = {}
    for name in {column for column, _ in places}:
        column = text_column(name)
        ids = [row_id for where, row_id in places if where == name]
        where = column.these_in(ids, webinar.account_id, webinar.id)

        def change(row_id: UUID, value: Any, name: str = name) -> Any:
            mentions = places[name, row_id].mentions
            return redacted(value, mentions) if mentions else blanked(value)

        changed = await rewrite(db, column, where, change)
        await note_redacted(db, column, changed, now)
        counts[column.table.name] = counts.get(column.table.name, 0) + len(changed)
    await leave_kept(db, webinar, refs)
    if not any(counts.values()):
        return None
    await start_epoch(db, webinar.id)
    receipt = await write_receipt(db, within, ErasureScope.MENTIONS, {}, role=role, now=now)
    receipt.redacted = counts
    return Erased(receipt)


async def leave_kept(db: AsyncSession, webinar: Webinar, refs: Collection[Ref]) -> None:
    """Forgets these places: somebody has looked at them."""
    ids = [place.id for place in await _kept(db, webinar, refs)]
    await db.exec(delete(MentionPlace).where(col(MentionPlace.id).in_(ids)))


async def forget_gone(db: AsyncSession, account_id: UUID) -> None:
    """Forgets the places whose rows are gone."""
    for column in text_columns():
        there = exists().where(column.table.c.id == col(MentionPlace.row_id))
        await db.exec(
            delete(MentionPlace).where(
                col(MentionPlace.account_id) == account_id,
                col(MentionPlace.written_in) == column.name,
                ~there,
            )
        )


async def _kept(db: AsyncSession, webinar: Webinar, refs: Collection[Ref]) -> list[MentionPlace]:
    kept = select(MentionPlace).where(
        col(MentionPlace.account_id) == webinar.account_id,
        col(MentionPlace.webinar_id) == webinar.id,
        col(MentionPlace.row_id).in_([row_id for _, row_id in refs]),
    )
    return [place for place in (await db.exec(kept)).all() if (place.written_in, place.row_id) in refs]


async def _rows(db: AsyncSession, kept: Sequence[MentionPlace]) -> list[Place]:
    """The rows of these places as they are now, each once; what nothing is left of is not among them."""
    by_ref: dict[Ref, list[MentionPlace]] = defaultdict(list)
    for place in kept:
        by_ref[place.written_in, place.row_id].append(place)
    found: list[Place] = []
    for name in dict.fromkeys(column for column, _ in by_ref):
        column = text_column(name)
        ids = [row_id for where, row_id in by_ref if where == name]
        shown = [column.table.c.posted_at] if "posted_at" in column.table.c else []
        rows = select_rows(column.table.c.id, column.column, *shown).where(
            column.table.c.account_id == kept[0].account_id, column.table.c.id.in_(ids)
        )
        for row in (await (await db.connection()).execute(rows)).all():
            if any(texts_of(row[1])):
                mentions = _mentions(by_ref[name, row[0]], row[1])
                found.append(Place(name, row[0], row[1], mentions, getattr(row, "posted_at", None)))
    return found


def _mentions(kept: Sequence[MentionPlace], value: Any) -> Sequence[Mention]:
    if any(place.size != _size(value) for place in kept):
        return ()
    return [Mention(text, start, end, sure=True) for place in kept for text, start, end in place.spans]


def _size(value: Any) -> int:
    return sum(len(text) for text in texts_of(value))
