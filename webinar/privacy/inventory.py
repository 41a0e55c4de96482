"""Where personal data is, read from the columns' own declarations and the tables' foreign keys.

Nothing here is a list that somebody has to keep up to date: a new table or column joins by being declared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    Table,
    func,
    union,
)
from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from webinar.models import Personal, declared

# The roots of deleting, with the column by which every row below one names it.
OWNER_COLUMNS = {"account": "account_id", "webinar": "webinar_id"}


@dataclass(frozen=True, slots=True)
class PersonalColumn:
    """One column of personal data and what its author declared about it."""

    table: str
    column: str
    declaration: Personal


@dataclass(frozen=True, slots=True)
class Within:
    """The rows of one webinar, some of its participants, or (`webinar_id` empty) a whole account.

    `participants` selects participant ids; None means that the webinar or account as a whole is meant.
    """

    account_id: UUID
    webinar_id: UUID | None = None
    participants: SelectOfScalar[UUID] | None = None

    def people(self) -> tuple[UUID, SelectOfScalar[UUID]]:
        """The webinar and the selection of its participants; raises ValueError when it isn't about participants."""
        if self.webinar_id is None or self.participants is None:
            raise ValueError("participants are erased within a webinar")
        return self.webinar_id, self.participants


def all_tables() -> list[Table]:
    """Every table, parents before children."""
    return SQLModel.metadata.sorted_tables


def table_named(name: str) -> Table:
    """The table called `name`; raises KeyError when there is none."""
    return SQLModel.metadata.tables[name]


def personal_columns() -> list[PersonalColumn]:
    """Every column that says something about a person, in the order of the tables."""
    return [
        PersonalColumn(table.name, column.name, declaration)
        for table in all_tables()
        for column in table.columns
        if (declaration := declared(column)) is not None
    ]


def personal_tables() -> list[Table]:
    """Every table with a column of personal data."""
    names = {found.table for found in personal_columns()}
    return [table for table in all_tables() if table.name in names]


def cascades(table: Table) -> Iterator[ForeignKeyConstraint]:
    """The foreign keys by which the database itself deletes rows of `table`."""
    for key in table.foreign_key_constraints:
        if (key.ondelete or "").upper() == "CASCADE":
            yield key


def cascade_path(table: Table, root: str) -> list[str] | None:
    """Table names from `table` up to `root` along CASCADE keys, shortest first; None when there is no path."""
    paths = [[table.name]]
    seen = {table.name}
    for path in paths:
        if path[-1] == root:
            return path
        for key in cascades(table_named(path[-1])):
            parent = key.referred_table.name
            if parent not in seen:
                seen.add(parent)
                paths.append([*path, parent])
    return None


def destroyed_with(root: str) -> list[Table]:
    """Every table of which rows go when a row of `root` is deleted, `root` itself first."""
    return [table for table in all_tables() if cascade_path(table, root) is not None]


async def count_rows(db: AsyncSession, within: Within) -> dict[str, int]:
    """How many rows of each table deleting what `within` names would destroy; empty tables are left out."""
    counts = {}
    for table in destroyed_with(root_of(within)):
        found = (await db.exec(select(func.count()).select_from(rows_of(table, within)))).one()
        if found:
            counts[table.name] = found
    return counts


def root_of(within: Within) -> str:
    """The table whose row is deleted."""
    if within.participants is not None:
        return "participant"
    return "account" if within.webinar_id is None else "webinar"


def rows_of(table: Table, within: Within) -> Any:
    """A subquery of the ids of the rows of `table` that go with what `within` names."""
    if within.participants is None:
        return select(table.c.id).where(*owner_conditions(table, within)).subquery()
    return _rows_below(within.participants, table, within).subquery()


def owner_conditions(table: Table, within: Within) -> list[ColumnElement[bool]]:
    """What ties rows of `table` to the account and webinar; the columns lead the indexes that serve it."""
    owners: Mapping[str, UUID | None] = {"account": within.account_id, "webinar": within.webinar_id}
    return [
        (table.c.id if table.name == root else table.c[OWNER_COLUMNS[root]]) == owner
        for root, owner in owners.items()
        if owner is not None and (table.name == root or OWNER_COLUMNS[root] in table.c)
    ]


def _rows_below(participants: SelectOfScalar[UUID], table: Table, within: Within) -> Any:
    """Ids of the rows that go with `participants`, by any way the database would reach them.

    A vote goes with its voter and also with the question it is for, so the ways are united.
    """
    owned = owner_conditions(table, within)
    if table.name == "participant":
        return select(table.c.id).where(*owned, table.c.id.in_(participants))
    ways = [
        select(table.c.id).where(*owned, _last_column(key).in_(_rows_below(participants, parent, within)))
        for key in cascades(table)
        if cascade_path(parent := key.referred_table, "participant") is not None
    ]
    return ways[0] if len(ways) == 1 else union(*ways)


def _last_column(key: ForeignKeyConstraint) -> Column[Any]:
    """The column of a composite key that names the parent itself; those before it name the owners."""
    return list(key.columns)[-1]
