"""Who was reachable, and which of their data, should somebody have read the database (Art. 33 and 34 GDPR, G15).

Read from the columns' own declarations, so that no table is forgotten. The report names people: it is for telling
them. Whoever was erased meanwhile can't be named any more; receipts say how many they were.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, and_, cast, or_
from sqlalchemy import String as Text
from sqlalchemy import select as select_rows
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.errors import NotFound
from webinar.models import Account, DataClass, ErasureReceipt, Participant, Personal, User, Webinar, declared
from webinar.privacy.inventory import destroyed_with, personal_tables
from webinar.privacy.tabular import BYTE_ORDER_MARK, Cell, csv_lines

# What a thief could not read: random tokens are stored as SHA-256, passwords as argon2id.
HASHED = {DataClass.CREDENTIAL: "stored as a hash only"}


@dataclass(frozen=True, slots=True)
class Reach:
    """What was within reach: everything, an account, or one webinar of it, as it was in a span of time."""

    since: datetime
    until: datetime
    account_id: UUID | None = None
    webinar_id: UUID | None = None


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


@dataclass(slots=True)
class BreachReport:
    """Everything that a notification to the authority (Art. 33(3)) counts, and everybody to be told (Art. 34)."""

    reach: Reach
    people: list[ReachedPerson] = field(default_factory=list)
    fields: list[ReachedField] = field(default_factory=list)
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
    for root, owner in (("participant", "participant_id"), ("user", "user_id")):
        if root == "user" and reach.webinar_id is not None:
            continue
        people = await (_participants(db, reach) if root == "participant" else _users(db, reach))
        ids = {each["id"] for each in people}
        found = [each for each in await _fields(db, root, owner, reach) if each.owners & ids]
        report.fields += [_counted(each, ids) for each in found]
        by_person = _by_person(found)
        report.people += [_person(each, by_person.get(each["id"], [])) for each in people]
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
    kinds = {kind: sum(person.kind == kind for person in report.people) for kind in ("participant", "user")}
    lines = [
        f"Reachable from {reach.since:%Y-%m-%d %H:%M} to {reach.until:%Y-%m-%d %H:%M} UTC:",
        f"{kinds['participant']} participants, {kinds['user']} users.",
        f"Erased since then, and not to be named any more: {report.erased_since} participants.",
        "",
        f"{'People':>8}  Field",
    ]
    for each in sorted(report.fields, key=lambda found: (not found.readable, -found.people)):
        mark = "" if each.readable else f" ({HASHED[DataClass(each.data_class)]})"
        lines.append(f"{each.people:>8}  {each.table}.{each.column}: {each.data_class}{mark}")
    return "\n".join(lines)


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
        key = table.c.id if table.name == root else table.c.get(owner)
        if key is None or table not in destroyed_with(root):
            continue
        for column in table.columns:
            declaration = declared(column)
            if declaration is not None and declaration.data_class is not DataClass.LINK:
                owners = await _holders(db, table, column, key, reach)
                found.append(_Found(table.name, column.name, declaration, owners))
    return found


async def _holders(
    db: AsyncSession, table: Table, column: Column[Any], key: Column[Any], reach: Reach
) -> frozenset[UUID]:
    """Whose rows of `table` hold something in `column`."""
    filled = and_(column.is_not(None), cast(column, Text) != "")
    rows = select_rows(key).where(key.is_not(None), filled, *_within(table, reach)).distinct()
    return frozenset((await (await db.connection()).execute(rows)).scalars())


def _within(table: Table, reach: Reach) -> list[Any]:
    conditions: list[Any] = []
    if reach.account_id is not None:
        conditions.append(table.c.account_id == reach.account_id)
    if reach.webinar_id is not None and "webinar_id" in table.c:
        conditions.append(table.c.webinar_id == reach.webinar_id)
    made = next(
        (table.c[name] for name in ("created_at", "submitted_at", "posted_at", "at") if name in table.c), None
    )
    if made is not None:
        conditions.append(made <= reach.until)
    return conditions


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


async def _participants(db: AsyncSession, reach: Reach) -> list[dict[str, Any]]:
    people = (
        select(Participant, Webinar, Account)
        .join(Webinar, col(Webinar.id) == col(Participant.webinar_id))
        .join(Account, col(Account.id) == col(Participant.account_id))
        .where(*_within(Participant.__table__, reach))  # type: ignore[attr-defined]
        .order_by(col(Participant.webinar_id), col(Participant.created_at), col(Participant.id))
    )
    return [
        {
            "id": person.id,
            "account": account.name,
            "webinar": webinar.title,
            "kind": "participant",
            "email": person.email or "",
            "name": person.display_name,
            "language": person.language,
            "since": person.created_at,
        }
        for person, webinar, account in (await db.exec(people)).all()
    ]


async def _users(db: AsyncSession, reach: Reach) -> list[dict[str, Any]]:
    people = (
        select(User, Account)
        .join(Account, col(Account.id) == col(User.account_id))
        .where(*_within(User.__table__, reach))  # type: ignore[attr-defined]
        .order_by(col(User.account_id), col(User.created_at), col(User.id))
    )
    return [
        {
            "id": user.id,
            "account": account.name,
            "webinar": "",
            "kind": "user",
            "email": user.email,
            "name": user.name,
            "language": "en",
            "since": user.created_at,
        }
        for user, account in (await db.exec(people)).all()
    ]


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
