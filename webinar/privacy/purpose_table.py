"""What may be used for one purpose, as a table: the people who agree to it now, and the fields declared for it.

An answer is in it only when the form that the person filled in declared its field for the purpose: what is declared
later holds for those who register later (Art. 5(1)(b) GDPR).
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.coverage import agrees, is_latest
from webinar.consent.standing import usable
from webinar.models import Answer, ConsentRecord, FormVersion, Participant, Registration, Webinar
from webinar.privacy.participant_table import PAGE, Asked, Reading, asked, asked_purposes
from webinar.privacy.tabular import Cell, Table
from webinar.registration.definition import BUILT_IN, EMAIL, NAME, read_definition, serves
from webinar.registration.field_types import Consent, Field

AGREED = "Agreed (UTC)"


@dataclass(frozen=True, slots=True)
class Serving:
    """The fields that all versions of a webinar's form declare for one purpose, by version and key."""

    language: str
    purpose_id: UUID
    fields: Mapping[tuple[UUID, str], Field]

    @property
    def columns(self) -> list[Asked]:
        """One column for each wording of a field; the address and the name first."""
        found = dict.fromkeys(asked(each, self.language) for each in self.fields.values())
        built_in = [next((each for each in found if each[0] == key), None) for key in (EMAIL, NAME)]
        others = [each for each in found if each[0] not in BUILT_IN]
        return [*(each for each in built_in if each), *others]


@dataclass(frozen=True, slots=True)
class ListedPurpose:
    """A purpose that people of the webinar were asked for: how many agree now, and which fields are declared for it."""

    id: UUID
    title: str
    people: int
    fields: Sequence[str]


@dataclass(frozen=True, slots=True)
class PurposeRow:
    """One person who agrees, and their answers by wording. Of `person` only what is declared may be told."""

    person: Row[Any]
    answers: dict[Asked, str | int | float] = field(default_factory=dict)


async def list_exportable(db: AsyncSession, webinar: Webinar) -> list[ListedPurpose]:
    """Every purpose that somebody of the webinar answered, in the purposes' order."""
    forms = await _published(db, webinar)
    found = []
    for purpose_id, title in (await asked_purposes(db, webinar)).items():
        agreeing = select(func.count()).select_from(Participant)
        people = (await db.exec(agreeing.where(*_agreeing(webinar, purpose_id)))).one()
        columns = _serving(forms, webinar, purpose_id).columns
        found.append(ListedPurpose(purpose_id, title, people, [words for _, words in columns]))
    return found


async def purpose_table(
    db: AsyncSession, webinar: Webinar, purpose_id: UUID, reading: Reading
) -> Table[PurposeRow]:
    """The table for one purpose; its pages open short units of work with `reading`."""
    serving = _serving(await _published(db, webinar), webinar, purpose_id)
    columns = serving.columns
    return Table(
        headings=[*(words for _, words in columns), AGREED],
        pages=lambda: _pages(reading, webinar, serving),
        cells=lambda row: _cells(row, columns),
        facts=lambda row: _facts(row, columns),
    )


async def _published(db: AsyncSession, webinar: Webinar) -> list[FormVersion]:
    versions = select(FormVersion).where(
        col(FormVersion.account_id) == webinar.account_id,
        col(FormVersion.webinar_id) == webinar.id,
        col(FormVersion.published_at).is_not(None),
    )
    return list((await db.exec(versions.order_by(col(FormVersion.number).desc()))).all())


def _serving(forms: Sequence[FormVersion], webinar: Webinar, purpose_id: UUID) -> Serving:
    fields = {
        (version.id, found.key): found
        for version in forms
        for found in read_definition(version.fields).fields
        if not isinstance(found, Consent) and serves(found, purpose_id)
    }
    return Serving(webinar.language, purpose_id, fields)


def _agreeing(webinar: Webinar, purpose_id: UUID) -> tuple[Any, ...]:
    agreeing = (col(Participant.webinar_id) == webinar.id, agrees(col(Participant.id), purpose_id))
    return (*agreeing, usable(col(Participant.id)))


async def _pages(reading: Reading, webinar: Webinar, serving: Serving) -> AsyncIterator[Sequence[PurposeRow]]:
    after: tuple[datetime, UUID] | None = None
    while True:
        async with reading() as db:
            page = await _read_page(db, webinar, serving, after)
        if page:
            yield page
        if len(page) < PAGE:
            return
        after = (page[-1].person.created_at, page[-1].person.id)


async def _read_page(
    db: AsyncSession, webinar: Webinar, serving: Serving, after: tuple[datetime, UUID] | None
) -> list[PurposeRow]:
    order = (col(Participant.created_at), col(Participant.id))
    about: tuple[Any, ...] = (
        *order,
        col(Participant.email),
        col(Participant.display_name),
        col(Registration.form_version_id),
        col(ConsentRecord.at).label("agreed_at"),
    )
    people: Any = (
        select(*about)
        .join(Registration, col(Registration.participant_id) == col(Participant.id))
        .join(ConsentRecord, col(ConsentRecord.participant_id) == col(Participant.id))
        .where(*_agreeing(webinar, serving.purpose_id))
        .where(col(ConsentRecord.purpose_id) == serving.purpose_id, is_latest(ConsentRecord))
    )
    if after is not None:
        people = people.where(tuple_(*order) > after)
    found = (await db.exec(people.order_by(*order).limit(PAGE))).all()
    rows = {person.id: PurposeRow(person) for person in found}
    await _add_answers(db, webinar, serving, rows)
    return list(rows.values())


async def _add_answers(
    db: AsyncSession, webinar: Webinar, serving: Serving, rows: Mapping[UUID, PurposeRow]
) -> None:
    for row in rows.values():
        for key, value in ((EMAIL, row.person.email), (NAME, row.person.display_name)):
            if value and (found := serving.fields.get((row.person.form_version_id, key))):
                row.answers[_place(serving, found)] = value
    given = select(col(Answer.participant_id), col(Answer.field_key), col(Answer.value)).where(
        col(Answer.account_id) == webinar.account_id,
        col(Answer.webinar_id) == webinar.id,
        col(Answer.participant_id).in_(list(rows)),
    )
    for participant_id, key, value in (await db.exec(given)).all():
        row = rows[participant_id]
        if found := serving.fields.get((row.person.form_version_id, key)):
            row.answers[_place(serving, found)] = found.export(value, serving.language)


def _place(serving: Serving, found: Field) -> Asked:
    # The address and the name are one column each, however they were asked for.
    if found.key not in BUILT_IN:
        return asked(found, serving.language)
    return next(column for column in serving.columns if column[0] == found.key)


def _cells(row: PurposeRow, columns: Sequence[Asked]) -> list[Cell]:
    return [*(row.answers.get(column) for column in columns), row.person.agreed_at]


def _facts(row: PurposeRow, columns: Sequence[Asked]) -> dict[str, Any]:
    answers = [
        {"field": column[0], "label": column[1], "value": row.answers[column]}
        for column in columns
        if column in row.answers
    ]
    return {"answers": answers, "agreed_at": row.person.agreed_at}
