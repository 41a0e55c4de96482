"""Who was reachable, and which of their data, should somebody have read the database (Art. 33 and 34 GDPR, G15).

Read from the columns' own declarations, so that no table is forgotten. The report names people: it is for telling
them. Whoever was erased meanwhile can't be named any more; receipts say how many they were.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Table, and_, cast, func, or_
from sqlalchemy import String as Text
from sqlalchemy import select as select_rows
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.errors import NotFound
from webinar.models import Account, DataClass, ErasureReceipt, Personal, Webinar, declared
from webinar.privacy.inventory import destroyed_with, personal_tables
from webinar.privacy.reach import READERS, Reach, within
from webinar.privacy.tabular import BYTE_ORDER_MARK, Cell, csv_lines

# Whose rows are told apart, with the column by which rows of theirs name them.
OWNERS = {"participant": "participant_id", "user": "user_id", "speaker": "speaker_id"}
# What a thief could not read: random tokens are stored as SHA-256, passwords as argon2id.
HASHED = {DataClass.CREDENTIAL: "stored as a hash only"}


@dataclass(frozen=True, slots=True)
class ReachedField:
    """A column, whether it could be read, and of how many people it held something."""

    table: str
    column: str
    data_class: str
    readable: bool
    people: int


@dataclass(frozen=True, slots=True)
class ReachedPerson:
    """Somebody to be told, with the fields of theirs that held something."""

    account: str
    webinar: str
    kind: str
    email: str
    name: str
    language: str
    since: datetime
    readable: tuple[str, ...]
    hashed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReachedRows:
    """A column of rows that are nobody's in particular, and in how many of them it held something."""

    table: str
    column: str
    data_class: str
    readable: bool
    rows: int


@dataclass(slots=True)
class BreachReport:
    """Everything that a notification to the authority (Art. 33(3)) counts, and everybody to be told (Art. 34)."""

    reach: Reach
    people: list[ReachedPerson] = field(default_factory=list)
    fields: list[ReachedField] = field(default_factory=list)
    unowned: list[ReachedRows] = field(default_factory=list)
    erased_since: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    table: str
    column: str
    declaration: Personal
    owners: frozenset[UUID]


async def read_breach(db: AsyncSession, reach: Reach) -> BreachReport:
    """The report on `reach`: what existed at some moment of the span and is still there. Raises NotFound."""
    await _check(db, reach)
    report = BreachReport(reach)
    for root, owner in OWNERS.items():
        if root == "user" and reach.webinar_id is not None:
            continue
        people = await READERS[root](db, reach)
        ids = {each["id"] for each in people}
        found = [each for each in await _fields(db, root, owner, reach) if each.owners & ids]
        report.fields += [_counted(each, ids) for each in found]
        by_person = _by_person(found)
        report.people += [_person(each, by_person.get(each["id"], [])) for each in people]
    report.unowned = await _unowned(db, reach)
    report.erased_since = await _erased(db, reach)
    return report


def breach_as_csv(report: BreachReport) -> bytes:
    """Everybody to be told, one line each."""
    headings = (
        "Account",
        "Webinar",
        "Who",
        "E-mail address",
        "Name",
        "Language",
        "Since",
        "Readable",
        "Hashed",
    )
    lines: list[Sequence[Cell]] = [
        (
            person.account,
            person.webinar,
            person.kind,
            person.email,
            person.name,
            person.language,
            person.since,
            "; ".join(person.readable),
            "; ".join(person.hashed),
        )
        for person in report.people
    ]
    return (BYTE_ORDER_MARK + csv_lines([headings, *lines])).encode()


def breach_in_words(report: BreachReport) -> str:
    """The counts, for the form of the supervisory authority. Names nobody."""
    reach = report.reach
    kinds = Counter(person.kind for person in report.people)
    lines = [
        f"Reachable from {reach.since:%Y-%m-%d %H:%M} to {reach.until:%Y-%m-%d %H:%M} UTC:",
        f"{kinds['participant']} participants, {kinds['user']} users, {kinds['speaker']} speakers.",
        f"Erased since then, and not to be named any more: {report.erased_since} participants.",
        "",
        f"{'People':>8}  Field",
    ]
    fields = sorted(report.fields, key=lambda found: (not found.readable, -found.people))
    lines += [f"{each.people:>8}  {_told(each)}" for each in fields]
    if report.unowned:
        lines += ["", f"{'Rows':>8}  Field of nobody in particular: whom it names is to be read there"]
        lines += [f"{each.rows:>8}  {_told(each)}" for each in report.unowned]
    return "\n".join(lines)


def _told(each: ReachedField | ReachedRows) -> str:
    mark = "" if each.readable else f" ({HASHED[DataClass(each.data_class)]})"
    return f"{each.table}.{each.column}: {each.data_class}{mark}"


async def _check(db: AsyncSession, reach: Reach) -> None:
    webinar = await db.get(Webinar, reach.webinar_id) if reach.webinar_id else None
    account = await db.get(Account, reach.account_id) if reach.account_id else None
    if bool(reach.webinar_id) != bool(webinar) or bool(reach.account_id) != bool(account):
        raise NotFound
    if webinar and account and webinar.account_id != account.id:
        raise NotFound


async def _fields(db: AsyncSession, root: str, owner: str, reach: Reach) -> list[_Found]:
    found = []
    for table in personal_tables():
        if (key := _key_of(table, root, owner)) is None:
            continue
        for column, declaration in _telling(table):
            owners = await _holders(db, table, column, key, reach)
            found.append(_Found(table.name, column.name, declaration, owners))
    return found


def _key_of(table: Table, root: str, owner: str) -> Column[Any] | None:
    """The column of `table` that says whose a row is; None when its rows are not theirs."""
    key = table.c.id if table.name == root else table.c.get(owner)
    return None if key is None or table not in destroyed_with(root) else key


def _telling(table: Table) -> Iterator[tuple[Column[Any], Personal]]:
    """The columns that say something by themselves: a link only says whose the row is."""
    for column in table.columns:
        declaration = declared(column)
        if declaration is not None and declaration.data_class is not DataClass.LINK:
            yield column, declaration


async def _unowned(db: AsyncSession, reach: Reach) -> list[ReachedRows]:
    """What is nobody's row, such as the reason of a legal hold, as far as there is any."""
    found = []
    for table in personal_tables():
        if any(_key_of(table, root, owner) is not None for root, owner in OWNERS.items()):
            continue
        for column, declaration in _telling(table):
            rows = select_rows(func.count()).select_from(table).where(_filled(column), *within(table, reach))
            if number := (await (await db.connection()).execute(rows)).scalar_one():
                kind = declaration.data_class
                found.append(ReachedRows(table.name, column.name, kind.value, kind not in HASHED, number))
    return found


def _filled(column: Column[Any]) -> ColumnElement[bool]:
    return and_(column.is_not(None), cast(column, Text) != "")


async def _holders(
    db: AsyncSession, table: Table, column: Column[Any], key: Column[Any], reach: Reach
) -> frozenset[UUID]:
    """Whose rows of `table` hold something in `column`."""
    rows = select_rows(key).where(key.is_not(None), _filled(column), *within(table, reach)).distinct()
    return frozenset((await (await db.connection()).execute(rows)).scalars())


def _by_person(found: Sequence[_Found]) -> dict[UUID, list[_Found]]:
    people: dict[UUID, list[_Found]] = {}
    for each in found:
        for owner in each.owners:
            people.setdefault(owner, []).append(each)
    return people


def _person(facts: Mapping[str, Any], held: Sequence[_Found]) -> ReachedPerson:
    names = {True: [], False: []}  # type: dict[bool, list[str]]
    for each in held:
        names[each.declaration.data_class not in HASHED].append(f"{each.table}.{each.column}")
    about = {name: value for name, value in facts.items() if name != "id"}
    return ReachedPerson(**about, readable=tuple(names[True]), hashed=tuple(names[False]))


def _counted(found: _Found, people: AbstractSet[UUID]) -> ReachedField:
    kind = found.declaration.data_class
    return ReachedField(found.table, found.column, kind.value, kind not in HASHED, len(found.owners & people))


async def _erased(db: AsyncSession, reach: Reach) -> int:
    """How many participants were erased after the span began: they were reachable then."""
    receipts = select(ErasureReceipt).where(col(ErasureReceipt.requested_at) >= reach.since)
    if reach.account_id is not None:
        receipts = receipts.where(col(ErasureReceipt.account_id) == reach.account_id)
    if reach.webinar_id is not None:
        receipts = receipts.where(
            or_(
                col(ErasureReceipt.subject_id) == reach.webinar_id,
                col(ErasureReceipt.subject_id) == reach.account_id,
            )
        )
    return sum(receipt.counts.get("participant", 0) for receipt in (await db.exec(receipts)).all())
