"""What is looked for when an erasure is done: unmistakable values of what goes, taken while it is still there.

They stay in memory until it is verified. Only random ids are also noted with the erasure, so that the process that
takes it up after a crash has something to look for; without their rows they say nothing about anybody.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Table
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.models import DataClass, ErasureReceipt, ErasureScope, declared
from webinar.privacy.inventory import (
    Within,
    cascade_path,
    destroyed_with,
    owner_conditions,
    root_of,
    rows_of,
    table_named,
)
from webinar.privacy.proof.needles import PIECE, Needle

# Of so many of those who go, and of each table so many rows: a search for more would hold everybody up and prove no more.
PEOPLE = 10
ROWS = 10
# Others may well have said something shorter, or of fewer different letters, in the same words.
SHORTEST_TEXT, LETTERS = 32, 8
MOST_TEXTS = 10
MOST_IDS = 250
# Chosen by people, so long ones are nobody else's. What others hold all the same is found out when it is found.
SPOKEN = frozenset({DataClass.CONTENT, DataClass.ANSWER, DataClass.NAME})
# Whose rows' ids are written nowhere else, as those of webinars and purposes are.
OWNERS = ("participant", "user")
Value = UUID | bytes | str


@dataclass(slots=True)
class Wanted:
    """Values that must be found nowhere. Never print or log one."""

    ids: set[UUID] = field(default_factory=set, repr=False)
    hashes: set[bytes | str] = field(default_factory=set, repr=False)
    addresses: set[str] = field(default_factory=set, repr=False)
    texts: set[str] = field(default_factory=set, repr=False)

    def add(self, other: "Wanted") -> None:
        """Takes over what `other` has, as far as there is room."""
        self.ids.update(list(other.ids)[: MOST_IDS - len(self.ids)])
        self.hashes |= other.hashes
        self.addresses |= other.addresses
        self.texts.update(list(other.texts)[: MOST_TEXTS - len(self.texts)])

    def counts(self) -> dict[str, int]:
        """How many values of each kind."""
        return {
            "addresses": len(self.addresses),
            "hashes": len(self.hashes),
            "ids": len(self.ids),
            "texts": len(self.texts),
        }

    def __len__(self) -> int:
        """How many values it is in all."""
        return sum(self.counts().values())

    def values(self) -> Iterator[Value]:
        """All of them."""
        yield from self.ids
        yield from self.hashes
        yield from self.addresses
        yield from self.texts

    def chosen(self, value: Value) -> bool:
        """Whether somebody chose it, so that who stays may have chosen the same: an address or a text."""
        return value in self.addresses or value in self.texts

    def needle(self, name: str, value: Value) -> Needle:
        """What finds `value`, of an address also its hashes."""
        return Needle(name, value, hashed=value in self.addresses)

    def note(self) -> bytes:
        """The ids, as they are noted until the search is over: each bit turned, or it would find the note itself."""
        return b"".join(_turned(each.bytes) for each in sorted(self.ids, key=str))


def recall(note: bytes) -> Wanted:
    """What is still known of what another process looked for."""
    return Wanted(ids={UUID(bytes=_turned(note[start : start + 16])) for start in range(0, len(note), 16)})


async def want_people(db: AsyncSession, within: Within) -> Wanted:
    """Values of the first `PEOPLE` by their (random) ids of the participants that `within` selects."""
    people = table_named("participant")
    chosen = owner_conditions(people, within)
    if within.participants is not None:
        chosen.append(people.c.id.in_(within.participants))
    # In the order of an index, so that 100,000 need not be sorted.
    order = (people.c.account_id, people.c.webinar_id, people.c.id)
    some = (await db.exec(select(people.c.id).where(*chosen).order_by(*order).limit(PEOPLE))).all()
    if not some:
        return Wanted()
    them = select(people.c.id).where(people.c.id.in_(some))
    theirs = Within(within.account_id, within.webinar_id, them)
    tables = destroyed_with("participant")
    return await want_rows(db, [(each, [each.c.id.in_(select(rows_of(each, theirs)))]) for each in tables])


async def want_everything(db: AsyncSession, within: Within) -> Wanted:
    """Values of a webinar, or of an account, that goes with everybody in it."""
    wanted = await want_people(db, within)
    tables = [each for each in destroyed_with(root_of(within)) if not cascade_path(each, "participant")]
    wanted.add(await want_rows(db, [(each, owner_conditions(each, within)) for each in tables]))
    return wanted


async def want_marked(db: AsyncSession, receipt: ErasureReceipt) -> Wanted:
    """Values of what an erasure has marked and not deleted yet."""
    if receipt.scope is ErasureScope.PARTICIPANTS:
        people = table_named("participant")
        marked = select(people.c.id).where(people.c.erasure_id == receipt.id)
        return await want_people(db, Within(receipt.account_id, receipt.subject_id, marked))
    if receipt.scope is ErasureScope.WEBINAR:
        return await want_everything(db, Within(receipt.account_id, receipt.subject_id))
    if receipt.scope is ErasureScope.ACCOUNT:
        return await want_everything(db, Within(receipt.account_id))
    return Wanted()


async def want_rows(
    db: AsyncSession, chosen: Iterable[tuple[Table, Sequence[ColumnElement[bool]]]]
) -> Wanted:
    """Values of the first rows of each table that fit its conditions, as the database gives them."""
    wanted = Wanted()
    for table, conditions in chosen:
        columns = _telling(table)
        known = any(cascade_path(table, owner) for owner in OWNERS)
        if not columns and not known:
            continue
        first = select(table.c.id, *columns).where(*conditions).limit(ROWS)
        for row_id, *values in await (await db.connection()).execute(first):
            found = Wanted(ids={row_id} if known else set())
            for column, value in zip(columns, values, strict=True):
                _keep(found, column, value)
            wanted.add(found)
    return wanted


def _telling(table: Table) -> Sequence[Column[Any]]:
    """The columns by whose values somebody is known."""
    return [
        column
        for column in table.columns
        if (declaration := declared(column)) is not None
        and not column.foreign_keys
        and declaration.data_class in SPOKEN | {DataClass.CONTACT, DataClass.CREDENTIAL}
    ]


def _keep(wanted: Wanted, column: Column[Any], value: Any) -> None:
    declaration = declared(column)
    if declaration is None or not value:
        return
    if declaration.data_class is DataClass.CREDENTIAL:
        wanted.hashes.add(value)
    elif declaration.data_class is DataClass.CONTACT:
        wanted.addresses.add(value)
    else:
        texts = (text[:PIECE] for text in _texts(value) if len(text) >= SHORTEST_TEXT)
        wanted.texts.update(text for text in texts if len(set(text)) >= LETTERS)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _turned(octets: bytes) -> bytes:
    return bytes(octet ^ 0xFF for octet in octets)
