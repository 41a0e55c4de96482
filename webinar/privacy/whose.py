"""Whose a row is, or who wrote a column of it: participants, users and speakers, by the columns that name them."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, and_, true

# Whose rows are told apart, with the column by which rows of theirs name them.
OWNERS = {"participant": "participant_id", "user": "user_id", "speaker": "speaker_id"}
# What a user wrote into a row that is somebody else's, with the column that names who.
WRITERS = {"question.answer": "answered_by", "data_subject_request.answer": "answered_by"}


def key_of(table: Table, column: Column[Any], root: str) -> Column[Any] | None:
    """The column of `table` that says whose `column` is; None when it is none of theirs."""
    writer = WRITERS.get(f"{table.name}.{column.name}")
    if root == "user" and writer:
        return table.c[writer]
    return table.c.id if table.name == root else table.c.get(OWNERS[root])


def nobodys(table: Table, column: Column[Any], roots: Collection[str]) -> ColumnElement[bool] | None:
    """The rows in which `column` is of none of `roots` who is still there; None when there can't be any.

    What a removed user wrote stays without them, so it is nobody's.
    """
    if writer := WRITERS.get(f"{table.name}.{column.name}"):
        return table.c[writer].is_(None) if "user" in roots else true()
    keys = {root: key for root in OWNERS if (key := key_of(table, column, root)) is not None}
    if any(not key.nullable for key in keys.values()):
        return None
    return and_(true(), *(key.is_(None) for root, key in keys.items() if root in roots))
