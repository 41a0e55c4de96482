"""What is held about somebody, read from the models' own declarations: a new column is looked for by itself."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Enum, Integer, Table, select, update
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from webinar.models import declared
from webinar.privacy.inventory import Within, destroyed_with, personal_tables, root_of, rows_of
from webinar.privacy.proof.needles import SHORTEST, Needle

# A state, a count, two letters of a language: many people share the value, so nobody is found by it.
INDISTINCT = (Enum, Boolean, Integer)
FEW_WORDS = {"language", "role"}


@dataclass(frozen=True)
class Held:
    """A value in a personal column."""

    column: str
    value: Any

    def needles(self) -> Iterator[Needle]:
        values = list(_leaves(self.value))
        for number, value in enumerate(values):
            yield Needle(
                f"{self.column} {number}", value, hashed=self.column.endswith(("email", "email_key"))
            )


async def make_distinct(db: AsyncSession, within: Within) -> None:
    """Writes a canary into each personal column where features leave nothing that is only theirs: times of the
    standing clock, and words of ours.
    """
    for table in _tables(within):
        plain = [column for column in _distinct(table) if not column.foreign_keys]
        for row in await _rows(db, table, within):
            new = {
                column.name: canary
                for column in plain
                if (canary := _canary(column, getattr(row, column.name))) is not None
            }
            if new:
                await db.exec(update(table).where(table.c.id == row.id).values(new))


async def all_held(db: AsyncSession, within: Within) -> list[Held]:
    """Every value in the personal columns of the rows that go, links to rows that stay left out."""
    going = {row.id for table in destroyed_with(root_of(within)) for row in await _rows(db, table, within)}
    return [
        Held(f"{table.name}.{column.name}", value)
        for table in _tables(within)
        for row in await _rows(db, table, within)
        for column in _distinct(table)
        if (value := getattr(row, column.name)) is not None and (not column.foreign_keys or value in going)
    ]


def columns_of(within: Within) -> set[str]:
    """The personal columns in which something must be held, links to what is not erased left out."""
    tables = destroyed_with(root_of(within))
    return {
        f"{table.name}.{column.name}"
        for table in _tables(within)
        for column in _distinct(table)
        if all(key.column.table in tables for key in column.foreign_keys)
    }


def _tables(within: Within) -> list[Table]:
    destroyed = destroyed_with(root_of(within))
    return [table for table in personal_tables() if table in destroyed]


def _distinct(table: Table) -> list[Column[Any]]:
    return [
        column
        for column in table.columns
        if declared(column) is not None
        and not isinstance(column.type, INDISTINCT)
        and (column.name not in FEW_WORDS or table.name == "speaker")
    ]


async def _rows(db: AsyncSession, table: Table, within: Within) -> list[Any]:
    found = await (await db.connection()).execute(
        select(table).where(table.c.id.in_(select(rows_of(table, within))))
    )
    return list(found.all())


def _canary(column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, UTCDateTime):
        return datetime(2031, 1, 1, tzinfo=UTC) + timedelta(microseconds=secrets.randbelow(10**15))
    # Words of ours say how somebody answered; a value of their own shows whether it stays.
    if isinstance(column.type, AutoString) and (not value or column.name == "method"):
        return f"Kanárie {secrets.token_hex(8)}"
    return None


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    elif isinstance(value, bool | int):
        return  # SQLite keeps a number in four bytes: too few to be told from chance
    elif isinstance(value, UUID | datetime) or len(value) >= SHORTEST:
        yield value
