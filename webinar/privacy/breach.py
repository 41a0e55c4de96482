"""Who was reachable, and which of their data, should somebody have read the database (Art. 33 and 34 GDPR, G15).

Read from the columns' own declarations, so that no table is forgotten. The report names people: it is for telling
them. Whoever was erased or removed meanwhile can't be named any more; receipts and the audit trail say how many they
were, and what removed users wrote is counted.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Table, and_, cast, func, or_
from sqlalchemy import String as Text
from sqlalchemy import select as select_rows
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.accounts.audit import Action
from webinar.errors import NotFound
from webinar.models import Account, AuditEntry, DataClass, ErasureReceipt, Personal, Webinar, declared
from webinar.privacy.inventory import personal_tables
from webinar.privacy.reach import READERS, Reach, within
from webinar.privacy.tabular import BYTE_ORDER_MARK, Cell, csv_lines
from webinar.privacy.whose import OWNERS, key_of, nobodys

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
    """A column of rows of nobody whom the report could name, and in how many of them it held something."""

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
    removed_since: int = 0


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
    # Users belong to the account, so a report on one webinar names none.
    roots = [root for root in OWNERS if root != "user" or reach.webinar_id is None]
    counted: Counter[tuple[str, str, DataClass]] = Counter()
    for root in roots:
        people = await READERS[root](db, reach)
        ids = {each["id"] for each in people}
        found = [each for each in await _fields(db, root, reach) if each.owners & ids]
        for each in found:
            counted[each.table, each.column, each.declaration.data_class] += len(each.owners & ids)
        by_person = _by_person(found)
        report.people += [_person(each, by_person.get(each["id"], [])) for each in people]
    report.fields = [
        ReachedField(table, column, kind.value, kind not in HASHED, number)
        for (table, column, kind), number in counted.items()
    ]
    report.unowned = await _unowned(db, roots, reach)
    report.erased_since = await _erased(db, reach)
    report.removed_since = await _removed(db, reach)
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
    gone = f"{report.erased_since} participants erased, {report.removed_since} users removed"
    lines = [
        f"Reachable from {reach.since:%Y-%m-%d %H:%M} to {reach.until:%Y-%m-%d %H:%M} UTC:",
        f"{kinds['participant']} participants, {kinds['user']} users, {kinds['speaker']} speakers.",
        f"Gone since then, and not to be named any more: {gone}.",
        "",
        f"{'People':>8}  Field",
    ]
    fields = sorted(report.fields, key=lambda found: (not found.readable, -found.people))
    lines += [f"{each.people:>8}  {_told(each)}" for each in fields]
    if report.unowned:
        lines += ["", f"{'Rows':>8}  Field of nobody named here: whom it tells of is to be read there"]
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


async def _fields(db: AsyncSession, root: str, reach: Reach) -> list[_Found]:
    found = []
    for table in personal_tables():
        for column, declaration in _telling(table):
            if (key := key_of(table, column, root)) is None:
                continue
            owners = await _holders(db, table, column, key, reach)
            found.append(_Found(table.name, column.name, declaration, owners))
    return found


def _telling(table: Table) -> Iterator[tuple[Column[Any], Personal]]:
    """The columns that say something by themselves: a link only says whose the row is."""
    for column in table.columns:
        declaration = declared(column)
        if declaration is not None and declaration.data_class is not DataClass.LINK:
            yield column, declaration


async def _unowned(db: AsyncSession, roots: Sequence[str], reach: Reach) -> list[ReachedRows]:
    """What is nobody's row, as far as there is any: the reason of a legal hold, what a removed user wrote."""
    found = []
    for table in personal_tables():
        for column, declaration in _telling(table):
            if (unnamed := nobodys(table, column, roots)) is None:
                continue
            rows = (
                select_rows(func.count())
                .select_from(table)
                .where(unnamed, _filled(column), *within(table, reach))
            )
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


async def _removed(db: AsyncSession, reach: Reach) -> int:
    """How many users were removed after the span began: they were reachable then. Users are in no single webinar."""
    if reach.webinar_id is not None:
        return 0
    acts = (
        select(func.count())
        .select_from(AuditEntry)
        .where(col(AuditEntry.action) == Action.USER_REMOVED, col(AuditEntry.at) >= reach.since)
    )
    if reach.account_id is not None:
        acts = acts.where(col(AuditEntry.account_id) == reach.account_id)
    return (await db.exec(acts)).one()
