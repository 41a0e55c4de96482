"""The columns in which people write in words of their own, read from the models' declarations.

A new one takes part in everything here by being declared as content or as an answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Table, cast, or_

from webinar.models import DataClass
from webinar.privacy.inventory import personal_columns, table_named

WRITTEN = frozenset({DataClass.CONTENT, DataClass.ANSWER})
# Names a text: the column, and the row's id.
Ref = tuple[str, UUID]


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column of what people write; `name` is its table and itself."""

    table: Table
    column: Column[Any]

    @property
    def name(self) -> str:
        """What places call it."""
        return f"{self.table.name}.{self.column.name}"

    def in_journal(self, row_id: UUID) -> str:
        """What the journal knows words of a row by."""
        return f"{self.name} {row_id}"

    @property
    def order(self) -> list[Column[Any]]:
        """By what it is read page by page: an index begins with the owners and these."""
        if "posted_seq" in self.table.c:
            return [self.table.c.posted_seq]
        person = self.table.c.get("participant_id")
        return [self.table.c.id] if person is None or person.nullable else [person, self.table.c.id]

    def rows_in(self, account_id: UUID, webinar_id: UUID) -> list[ColumnElement[bool]]:
        """The rows of the webinar, and those that belong to all of the account."""
        return self._owned(self.table.c.account_id, self.table.c.webinar_id, account_id, webinar_id)

    def these_in(self, ids: Sequence[UUID], account_id: UUID, webinar_id: UUID) -> list[ColumnElement[bool]]:
        """Those of `rows_in` that have these ids; no others are read.

        The casts change nothing but that: SQLite takes what an account and a webinar have in common for a few rows, fewer
        than there are ids, and would read all that was ever said in the webinar.
        """
        account, webinar = (
            cast(each, each.type) for each in (self.table.c.account_id, self.table.c.webinar_id)
        )
        return [self.table.c.id.in_(ids), *self._owned(account, webinar, account_id, webinar_id)]

    def _owned(
        self, account: ColumnElement[Any], webinar: ColumnElement[Any], account_id: UUID, webinar_id: UUID
    ) -> list[ColumnElement[bool]]:
        inside = webinar == webinar_id
        everywhere = self.table.c.webinar_id.nullable
        return [account == account_id, or_(inside, webinar.is_(None)) if everywhere else inside]


def text_columns() -> list[TextColumn]:
    """Every column of what people write in a webinar, read from the declarations."""
    return [
        TextColumn(table_named(found.table), table_named(found.table).c[found.column])
        for found in personal_columns()
        if found.declaration.data_class in WRITTEN
    ]


def text_column(name: str) -> TextColumn:
    """The column of this name; raises ValueError when there is none."""
    for column in text_columns():
        if column.name == name:
            return column
    raise ValueError("no such column")


def read_ref(name: str) -> Ref:
    """What a form sent as the name of a place; raises ValueError."""
    column, _, row_id = name.rpartition(".")
    return text_column(column).name, UUID(row_id)
