"""The inventory: proofs by a walk over the tables, so that a new table cannot forget anything."""

import pytest
from sqlalchemy import Index, Table, UniqueConstraint
from sqlmodel import SQLModel

from webinar.privacy.inventory import cascade_path, destroyed_with, personal_columns, personal_tables

# The account's own people, and the speakers it presents: no participant's data.
STAFF = {"user", "user_session", "user_token", "audit_entry", "legal_hold", "agreement_acceptance"}
# Speakers, and who of the account made a file.
OF_OTHERS = {"speaker", "export_file"}


@pytest.mark.parametrize("table", personal_tables(), ids=lambda table: table.name)
def test_every_personal_table_ends_with_its_account(table: Table):
    assert cascade_path(table, "account")


@pytest.mark.parametrize(
    "table", [table for table in personal_tables() if table.name not in STAFF], ids=lambda table: table.name
)
def test_every_personal_table_of_participants_ends_with_its_webinar_and_participant(table: Table):
    assert cascade_path(table, "webinar")
    if table.name not in OF_OTHERS:
        assert cascade_path(table, "participant")


def test_a_table_below_a_webinar_names_it_so_that_its_rows_can_be_counted():
    for table in destroyed_with("webinar"):
        assert table.name == "webinar" or "webinar_id" in table.c
    for table in destroyed_with("account"):
        assert table.name == "account" or "account_id" in table.c


@pytest.mark.parametrize("table", SQLModel.metadata.sorted_tables, ids=lambda table: table.name)
def test_every_foreign_key_has_an_index_that_begins_with_its_columns(table: Table):
    """Without one, deleting a parent reads the whole table for each deleted row."""
    for key in table.foreign_key_constraints:
        columns = [column.name for column in key.columns]
        assert any(set(index[: len(columns)]) == set(columns) for index in indexes(table)), columns


def test_a_column_that_links_a_row_to_a_participant_is_personal():
    declared = {(found.table, found.column) for found in personal_columns()}
    for table in destroyed_with("participant"):
        assert "participant_id" not in table.c or (table.name, "participant_id") in declared


def indexes(table: Table) -> list[list[str]]:
    """The column names of everything that the database can look any row of `table` up by."""
    unique = [list(kept.columns) for kept in table.constraints if isinstance(kept, UniqueConstraint)]
    full = [list(kept.columns) for kept in table.indexes if is_whole(kept)]
    return [
        [column.name for column in columns] for columns in (list(table.primary_key.columns), *unique, *full)
    ]


def is_whole(index: Index) -> bool:
    """Whether it has every row that some value of its first column could be looked for in."""
    wheres = {str(index.dialect_options[name].get("where")) for name in ("sqlite", "postgresql")}
    return wheres <= {"None", f"{next(iter(index.columns)).name} IS NOT NULL"}
