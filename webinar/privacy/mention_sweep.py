"""Where others wrote the name or address of people who are to be erased, and taking these words out of the rows.

The columns come from the models' own declarations: one that holds what people write takes part by being declared.
Rows are read page by page and searched in a thread, so that the loop goes on, however much was said.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, or_, tuple_, update
from sqlalchemy import select as select_rows
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.standing import usable
from webinar.models import Answer, Erasable, FormVersion, Participant
from webinar.privacy.inventory import table_named
from webinar.privacy.journal import note_erased
from webinar.privacy.mentions import Mentions, Named
from webinar.privacy.participant_table import Reading
from webinar.privacy.redaction import Mention, redacted
from webinar.privacy.text_columns import Ref, TextColumn, text_columns
from webinar.registration.definition import read_definition
from webinar.registration.field_types import EmailAddress, ShortText

# So few that they are forgotten before Python looks for garbage everywhere, which stops the loop for 150 ms.
PAGE = 250
# Rows that are changed in one go; other writers wait so long.
CHUNK = 200
# With more people a part of somebody's name is in everything.
PARTS_UP_TO = 200
MOST_SHOWN = 100  # of each kind, on one page


@dataclass(frozen=True, slots=True)
class Chosen:
    """The people of a webinar who are to be erased; `people` is None where that is everybody."""

    account_id: UUID
    webinar_id: UUID
    people: Sequence[UUID] | None


@dataclass(frozen=True, slots=True)
class Place:
    """A row in which somebody is named, with what it says and when it was written, if that is known."""

    column: str
    row_id: UUID
    value: Any
    mentions: Sequence[Mention]
    at: datetime | None = None

    @property
    def sure(self) -> bool:
        """Whether a whole name or address is in it."""
        return any(mention.sure for mention in self.mentions)

    @property
    def name(self) -> str:
        """What a form calls it; `read_ref` reads it."""
        return f"{self.column}.{self.row_id}"


@dataclass(slots=True)
class Offer:
    """The first places of each kind, and how many there are."""

    sure: list[Place] = field(default_factory=list)
    perhaps: list[Place] = field(default_factory=list)
    more_sure: int = 0
    more_perhaps: int = 0

    def add(self, place: Place) -> None:
        """Takes a place in, as far as it is shown."""
        shown = self.sure if place.sure else self.perhaps
        if len(shown) < MOST_SHOWN:
            shown.append(place)
        elif place.sure:
            self.more_sure += 1
        else:
            self.more_perhaps += 1


async def read_mentions(reading: Reading, chosen: Chosen) -> Mentions:
    """What finds the chosen people: by their names and addresses, also those that they entered in the form."""
    few = chosen.people is not None and len(chosen.people) <= PARTS_UP_TO
    async with reading() as db:
        named = await _read_named(db, chosen)
        if few:
            named += await _read_answered(db, chosen)
    return await asyncio.to_thread(Mentions, named, parts=few)


async def find_places(reading: Reading, chosen: Chosen, mentions: Mentions) -> AsyncIterator[list[Place]]:
    """Where others named the chosen people, in the order of writing; some pages have none."""
    for column in text_columns():
        async for rows in _pages(reading, chosen, column):
            yield await asyncio.to_thread(_search, mentions, column, rows)


async def offer_places(reading: Reading, chosen: Chosen, mentions: Mentions) -> Offer:
    """What is offered for redacting."""
    offer = Offer()
    async for places in find_places(reading, chosen, mentions):
        for place in places:
            offer.add(place)
    async with reading() as db:
        offer.sure, offer.perhaps = await _dated(db, offer.sure), await _dated(db, offer.perhaps)
    return offer


async def _dated(db: AsyncSession, places: Sequence[Place]) -> list[Place]:
    """The places with when they were written: only of what is shown, because reading moments takes as long as searching."""
    dates: dict[UUID, datetime] = {}
    for column in text_columns():
        ids = [place.row_id for place in places if place.column == column.name]
        if ids and "posted_at" in column.table.c:
            rows = select_rows(column.table.c.id, column.table.c.posted_at).where(column.table.c.id.in_(ids))
            dates |= dict(await _read(db, rows))
    return [replace(place, at=dates.get(place.row_id)) for place in places]


async def redact_mentions(
    db: AsyncSession, chosen: Chosen, mentions: Mentions, refs: Iterable[Ref], now: datetime
) -> Counter[str]:
    """Puts a mark instead of every mention in these rows; gives the changed rows by table.

    What is not there, or in another webinar, is passed over. The caller starts a new epoch of the room.
    """

    def change(_: UUID, value: Any) -> Any:
        return redacted(value, mentions.find(value))

    by_column = defaultdict(list)
    for name, row_id in refs:
        by_column[name].append(row_id)
    changed: Counter[str] = Counter()
    for column in text_columns():
        ids = by_column[column.name]
        for start in range(0, len(ids), CHUNK):
            these = column.these_in(ids[start : start + CHUNK], chosen.account_id, chosen.webinar_id)
            ids_changed = await rewrite(db, column, [*these, *_of_others(column, chosen)], change)
            await note_redacted(db, column, ids_changed, now)
            changed[column.table.name] += len(ids_changed)
    return +changed


async def note_redacted(db: AsyncSession, column: TextColumn, ids: Iterable[UUID], now: datetime) -> None:
    """Notes in the journal which rows lost words, so that no restored backup brings them back."""
    await note_erased(db, Erasable.MENTION, (column.in_journal(row_id) for row_id in ids), now)


async def rewrite(
    db: AsyncSession,
    column: TextColumn,
    where: Sequence[ColumnElement[bool]],
    change: Callable[[UUID, Any], Any],
) -> Sequence[UUID]:
    """Replaces what these rows say by what `change` (in a thread) makes of it; gives those that changed."""
    rows = await _read(db, select_rows(column.table.c.id, column.column).where(*where).with_for_update())
    changed = await asyncio.to_thread(_changed, rows, change)
    if changed:
        await (await db.connection()).execute(
            update(column.table)
            .where(column.table.c.id == bindparam("row_id"))
            .values({column.column.name: bindparam("said", type_=column.column.type)}),
            [{"row_id": row_id, "said": value} for row_id, value in changed.items()],
        )
    return list(changed)


def _changed(rows: Sequence[Any], change: Callable[[UUID, Any], Any]) -> Mapping[UUID, Any]:
    after = {row_id: (value, change(row_id, value)) for row_id, value in rows}
    return {row_id: new for row_id, (old, new) in after.items() if new != old}


def _search(mentions: Mentions, column: TextColumn, rows: Sequence[Any]) -> list[Place]:
    found = ((row, mentions.find(row[1])) for row in rows)
    return [Place(column.name, row[0], row[1], mentioned) for row, mentioned in found if mentioned]


async def _pages(reading: Reading, chosen: Chosen, column: TextColumn) -> AsyncIterator[Sequence[Any]]:
    statement = (
        select_rows(column.table.c.id, column.column, *column.order)
        .where(*column.rows_in(chosen.account_id, chosen.webinar_id), *_of_others(column, chosen))
        .order_by(*column.order)
        .limit(PAGE)
    )
    after: ColumnElement[bool] | None = None
    while True:
        async with reading() as db:
            rows = await _read(db, statement if after is None else statement.where(after))
        if rows:
            yield rows
        if len(rows) < PAGE:
            return
        after = tuple_(*column.order) > tuple_(*(rows[-1][-len(column.order) :]))


def _of_others(column: TextColumn, chosen: Chosen) -> list[ColumnElement[bool]]:
    """Rows that stay and may be used: not of the chosen, of those who go already, nor of who restricted that."""
    person = column.table.c.get("participant_id")
    if person is None:
        return []
    if chosen.people is None:
        return [person.is_(None)]
    people = table_named("participant")
    going = select_rows(people.c.id).where(people.c.erasure_id.is_not(None))
    return [or_(person.is_(None), person.not_in(chosen.people) & person.not_in(going) & usable(person))]


async def _read_named(db: AsyncSession, chosen: Chosen) -> list[Named]:
    people = select(col(Participant.display_name), col(Participant.email)).where(
        col(Participant.account_id) == chosen.account_id, col(Participant.webinar_id) == chosen.webinar_id
    )
    if chosen.people is not None:
        people = people.where(col(Participant.id).in_(chosen.people))
    else:
        people = people.where(usable(col(Participant.id)))
    # In a stream: of 100,000 people the loop would otherwise stand still.
    found = await db.stream(people.execution_options(yield_per=PAGE))
    return [Named([name] if name else [], [address] if address else []) async for name, address in found]


async def _read_answered(db: AsyncSession, chosen: Chosen) -> list[Named]:
    """By what else the chosen people are called: their answers to fields that ask for names and addresses."""
    names, addresses = await _naming_fields(db, chosen)
    if not names | addresses:
        return []
    answers = select(col(Answer.field_key), col(Answer.value)).where(
        col(Answer.account_id) == chosen.account_id,
        col(Answer.webinar_id) == chosen.webinar_id,
        col(Answer.participant_id).in_(chosen.people or ()),
        col(Answer.field_key).in_(names | addresses),
    )
    return [
        Named([value], []) if key in names else Named([], [value])
        for key, value in (await db.exec(answers)).all()
        if isinstance(value, str)
    ]


async def _naming_fields(db: AsyncSession, chosen: Chosen) -> tuple[set[str], set[str]]:
    forms = select(FormVersion).where(
        col(FormVersion.account_id) == chosen.account_id, col(FormVersion.webinar_id) == chosen.webinar_id
    )
    fields = [each for form in (await db.exec(forms)).all() for each in read_definition(form.fields).fields]
    names = {each.key for each in fields if isinstance(each, ShortText) and each.names_somebody}
    return names, {each.key for each in fields if isinstance(each, EmailAddress)}


async def _read(db: AsyncSession, statement: Any) -> Sequence[Any]:
    """Rows of a table: what a model hides is among them."""
    return (await (await db.connection()).execute(statement)).all()
