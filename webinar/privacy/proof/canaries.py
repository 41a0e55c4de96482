"""Rows in every table with a canary in every personal column, generated from the columns' declarations.

A new table or column takes part without anybody adding it here.
"""

import base64
import gzip
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

from sqlalchemy import JSON, Boolean, Column, Enum, Integer, LargeBinary, Table, Uuid, insert
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.sqltypes import UTCDateTime

from webinar.models import declared
from webinar.privacy.inventory import Within, all_tables, cascade_path

# Too few values to be told from others: of these a canary can't be made, and their row is counted instead.
INDISTINCT = (Enum, Boolean, Integer)


# The smallest form there is.
FORM = [{"type": "email", "key": "email", "label": {"en": "E-mail address"}, "required": True}]


@dataclass(frozen=True)
class Canary:
    """One unmistakable value in one personal column."""

    table: str
    column: str
    value: Any

    def needles(self) -> Iterator[bytes]:
        """The bytes by which the value would be found: raw and in the usual encodings."""
        for raw in _raw(self.value):
            yield from _encodings(raw)


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


def places(folder: Path, canary: Canary) -> list[str]:
    """Where in the files of `folder` the canary is found, by file name."""
    needles = [needle.lower() for needle in canary.needles()]
    return [name for name, content in contents(folder) if any(needle in content for needle in needles)]


def contents(folder: Path) -> list[tuple[str, bytes]]:
    """Every file of `folder` in lower case, and what its gzip members hold."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        found.append((path.name, content.lower()))
        if content.startswith(b"\x1f\x8b"):
            found.append((path.name, gzip.decompress(content).lower()))
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


def _raw(value: Any) -> Iterator[bytes]:
    if isinstance(value, dict):
        value = value["text"]
    if isinstance(value, bytes):
        yield value
    elif isinstance(value, UUID):
        yield from (value.hex.encode(), str(value).encode(), value.bytes)
    elif isinstance(value, datetime):
        yield from (value.strftime("%Y-%m-%d %H:%M:%S.%f").encode(), value.isoformat()[:26].encode())
    elif isinstance(value, str):
        # The random part alone would be enough; the whole also shows a value that was cut short.
        yield from (value.encode(), value.rsplit(" ", 1)[-1].encode())


def _encodings(raw: bytes) -> Iterator[bytes]:
    yield raw
    yield raw.hex().encode()
    # Base64 of the value wherever it starts within a group of three bytes; the ends depend on the neighbours.
    for offset in range(3):
        yield base64.b64encode(b"\0" * offset + raw)[4 if offset else 0 : -4]
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return
    yield from (text.encode("utf-16-le"), text.encode("utf-16-be"))
    yield from (quote(text).encode(), quote(text, safe="").encode(), json.dumps(text)[1:-1].encode())
