"""Everything about one participant, for themselves (Art. 15 and 20 GDPR): read from the columns' declarations.

A new personal column is in it without anybody adding it here. Links to users stay out: a host is another person.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Column, Table
from sqlalchemy import select as select_rows
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.models import (
    FormVersion,
    NoticeVersion,
    Participant,
    Registration,
    Webinar,
    declared,
)
from webinar.privacy.inventory import Within, destroyed_with, owner_conditions, personal_tables
from webinar.privacy.tabular import BYTE_ORDER_MARK, Cell, csv_lines
from webinar.registration.definition import read_definition
from webinar.registration.field_types import say

# Columns that are not about the person but without which a row says little.
TELLING = {
    "answer": {"field_key"},
    "question": {"state", "votes"},
    "chat_message": {"kind", "removed_at"},
    "outgoing_mail": {"kind"},
    "consent_record": {"withdrawal_method", "controller", "retention"},
}

Facts = dict[str, Any]


async def export_person(db: AsyncSession, participant: Participant) -> Facts:
    """What is held about `participant`: `webinar`, then a list of rows for every table that has any."""
    webinar = await db.get_one(Webinar, participant.webinar_id)
    facts: Facts = {"webinar": {"title": webinar.title, "starts_at": webinar.starts_at}}
    for table in personal_tables():
        if table not in destroyed_with("participant"):
            continue
        if rows := await _rows(db, table, participant):
            facts[table.name] = rows
    await _add_labels(db, webinar, participant, facts.get("answer", []))
    await _add_wording(db, facts.get("consent_record", []))
    return facts


def person_as_json(facts: Facts) -> bytes:
    """The export for machines (Art. 20: structured, commonly used)."""
    return msgspec.json.format(msgspec.json.encode(facts), indent=2)


def person_as_csv(facts: Facts) -> bytes:
    """The export for a spreadsheet: one line for each value, with where it is from."""
    lines: list[list[Cell]] = [["what", "number", "field", "value"]]
    for section, found in facts.items():
        rows: list[Facts] = found if isinstance(found, list) else [found]
        for number, row in enumerate(rows, start=1):
            lines.extend([section, number, name, _cell(value)] for name, value in row.items())
    return (BYTE_ORDER_MARK + csv_lines(lines)).encode()


def exported_columns(table: Table) -> list[Column[Any]]:
    """The columns of `table` that the person sees of their own rows."""
    return [
        column
        for column in table.columns
        if column.name in TELLING.get(table.name, ())
        or ((found := declared(column)) is not None and found.exported and not _links_to_user(column))
    ]


def _links_to_user(column: Column[Any]) -> bool:
    return any(key.column.table.name == "user" for key in column.foreign_keys)


async def _rows(db: AsyncSession, table: Table, participant: Participant) -> list[Facts]:
    """The participant's own rows; what only hangs on one of theirs (a vote by somebody else) is not their own."""
    within = Within(participant.account_id, participant.webinar_id)
    own = table.c.id if table.name == "participant" else table.c.get("participant_id")
    columns = exported_columns(table)
    if own is None or not columns:
        return []
    rows = select_rows(*columns).where(*owner_conditions(table, within), own == participant.id)
    found = await (await db.connection()).execute(rows.order_by(table.c.id))
    return [dict(row) for row in found.mappings()]


async def _add_labels(
    db: AsyncSession, webinar: Webinar, participant: Participant, answers: list[Facts]
) -> None:
    version = (
        await db.exec(
            select(FormVersion)
            .join(Registration, col(Registration.form_version_id) == col(FormVersion.id))
            .where(
                col(Registration.webinar_id) == webinar.id,
                col(Registration.participant_id) == participant.id,
            )
        )
    ).first()
    if version is None:
        return
    definition = read_definition(version.fields)
    for answer in answers:
        if found := definition.find(answer["field_key"]):
            answer["label"] = say(found.label, participant.language)
            answer["shown"] = found.show(answer["value"], participant.language)


async def _add_wording(db: AsyncSession, records: list[Facts]) -> None:
    """The very words that were agreed to or refused."""
    wanted = {record["notice_version_id"] for record in records}
    notices = (await db.exec(select(NoticeVersion).where(col(NoticeVersion.id).in_(wanted)))).all()
    by_id: Mapping[UUID, NoticeVersion] = {notice.id: notice for notice in notices}
    for record in records:
        if notice := by_id.get(record["notice_version_id"]):
            record["title"], record["wording"] = notice.title, notice.body


def _cell(value: Any) -> Cell:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Enum | UUID):
        return str(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return msgspec.json.encode(value).decode()
    cell: Cell = value
    return cell
