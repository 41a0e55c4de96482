"""Rows in every table with a canary in every personal column, generated from the columns' declarations.

A new table or column takes part without anybody adding it here.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Boolean, Column, Enum, Integer, LargeBinary, Table, Uuid, insert
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.sqltypes import UTCDateTime

from webinar.models import declared
from webinar.privacy.inventory import Within, all_tables, cascade_path
from webinar.privacy.proof.needles import Needle

# Too few values to be told from others: of these a canary can't be made, and their row is counted instead.
INDISTINCT = (Enum, Boolean, Integer)


# The smallest form there is.
FORM = [{"type": "email", "key": "email", "label": {"en": "E-mail address"}, "required": True}]


# Each is itself alone: values may be of kinds that cannot be compared.
@dataclass(frozen=True, eq=False)
class Canary:
    """One unmistakable value in one personal column."""

    table: str
    column: str
    value: Any

    @property
    def name(self) -> str:
        """What a finding is reported under."""
        return f"{self.table}.{self.column}"


@dataclass
class Planted:
    """The rows of one owner (an account, webinar or participant) and of its parents, by table."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    own: list[str] = field(default_factory=list)

    def id(self, table: str) -> UUID:
        """The id of the row of `table`."""
        found: UUID = self.rows[table]["id"]
        return found

    def within(self) -> Within:
        """The webinar that the rows are in, or without one the account."""
        return Within(self.id("account"), self.id("webinar") if "webinar" in self.rows else None)

    def canaries(self) -> list[Canary]:
        """Those of the own rows; a link to a parent's row is the parent's canary."""
        return [
            Canary(name, column.name, self.rows[name][column.name])
            for name in self.own
            for column in _table(name).columns
            if declared(column) is not None
            and not isinstance(column.type, INDISTINCT)
            and not self._links_to_a_parent(column)
        ]

    def _links_to_a_parent(self, column: Column[Any]) -> bool:
        return any(key.column.table.name not in self.own for key in column.foreign_keys)


async def plant_account(db: AsyncSession) -> Planted:
    """An account with a row in every table that is neither a webinar's nor a participant's."""
    names = [table.name for table in all_tables() if _home(table) == "account"]
    return await _plant(db, Planted(), names)


async def plant_webinar(db: AsyncSession, account: Planted) -> Planted:
    """A webinar of `account` with a row in every table below it that is not a participant's."""
    names = [table.name for table in all_tables() if _home(table) == "webinar"]
    return await _plant(db, account, names)


async def plant_participant(db: AsyncSession, webinar: Planted) -> Planted:
    """A participant of `webinar` with a row in every table below them."""
    names = [table.name for table in all_tables() if _home(table) == "participant"]
    return await _plant(db, webinar, names)


def needles_of(canaries: Iterable[Canary]) -> list[Needle]:
    """What finds these canaries, each by its place among them: whole, or cut short to the part that is random."""
    found = []
    for number, canary in enumerate(canaries):
        value = canary.value["text"] if isinstance(canary.value, dict) else canary.value
        values = [value, value.rsplit(" ", 1)[-1]] if isinstance(value, str) else [value]
        found += [Needle(str(number), each, hashed=isinstance(each, str)) for each in values]
    return found


def _home(table: Table) -> str:
    return next((root for root in ("participant", "webinar") if cascade_path(table, root)), "account")


def _table(name: str) -> Table:
    return next(table for table in all_tables() if table.name == name)


async def _plant(db: AsyncSession, parents: Planted, names: list[str]) -> Planted:
    planted = Planted(dict(parents.rows), names)
    for name in names:
        row = {column.name: _value(column, planted.rows) for column in _table(name).columns}
        planted.rows[name] = row
        await db.exec(insert(_table(name)).values(**row))
    return planted


def _value(column: Column[Any], rows: dict[str, dict[str, Any]]) -> Any:
    for key in column.foreign_keys:
        if key.column.table.name in rows:
            return rows[key.column.table.name][key.column.name]
    if column.name in {"account_id", "webinar_id"}:
        owner = rows.get(column.name.removesuffix("_id"))
        return owner["id"] if owner else (uuid4() if not column.nullable else None)
    # What is being erased already is hidden.
    return None if column.name == "erasure_id" else _made_up(column)


def _made_up(column: Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, Uuid):
        return None if column.foreign_keys else uuid4()
    if isinstance(kind, Enum):
        return kind.enums[0]
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Integer):
        return secrets.randbelow(10**6)
    if isinstance(kind, LargeBinary):
        return secrets.token_bytes(32)
    if isinstance(kind, UTCDateTime):
        return _moment()
    if isinstance(kind, JSON) and declared(column) is None:
        return FORM if column.name == "fields" else {}
    text = f"Kanárie {column.table.name} {column.name} {secrets.token_hex(8)}"
    return {"text": text} if isinstance(kind, JSON) else text


def _moment() -> datetime:
    """A time that no other row has, to the microsecond."""
    return datetime(2031, 1, 1, tzinfo=UTC) + timedelta(microseconds=secrets.randbelow(10**15))
