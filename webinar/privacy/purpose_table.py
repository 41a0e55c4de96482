"""What may be used for one purpose, as a table: the people it covers now, and the fields declared for it.

A consent covers those who agree to it, a legitimate interest those who were told of it and don't object (Art. 21 GDPR);
nobody whose data is only kept (Art. 18). An answer is in it only when the form that the person filled in declared its
field for the purpose: what is declared later holds for those who register later (Art. 5(1)(b)).
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.coverage import agrees, is_latest, reworded_since
from webinar.consent.notices import latest_wordings, pick_language
from webinar.consent.purposes import get_purpose, list_interest_purposes
from webinar.consent.standing import unopposed, usable
from webinar.models import (
    Answer,
    Basis,
    ConsentRecord,
    FormVersion,
    Participant,
    Purpose,
    Registration,
    Webinar,
)
from webinar.privacy.participant_table import PAGE, Asked, Reading, asked, asked_purposes
from webinar.privacy.tabular import Cell, Table
from webinar.registration.definition import BUILT_IN, EMAIL, NAME, declared_for, read_definition, serves
from webinar.registration.field_types import Consent, Field

# Since when it covers a person, by what it rests on: the heading, and the name in JSON.
SINCE = {
    Basis.CONSENT: ("Agreed (UTC)", "agreed_at"),
    Basis.LEGITIMATE_INTEREST: ("Told (UTC)", "told_at"),
}


ABOUT = (
    col(Participant.created_at),
    col(Participant.id),
    col(Participant.email),
    col(Participant.display_name),
    col(Registration.form_version_id),
)


@dataclass(frozen=True, slots=True)
class Serving:
    """The fields that all versions of a webinar's form declare for one purpose, by version and key."""

    language: str
    purpose: Purpose
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
    """A purpose that people of the webinar were asked for or told of: how many it covers, and which fields are declared."""

    id: UUID
    title: str
    basis: Basis
    people: int
    fields: Sequence[str]


@dataclass(frozen=True, slots=True)
class PurposeRow:
    """One person whom it covers, and their answers by wording. Of `person` only what is declared may be told."""

    person: Row[Any]
    answers: dict[Asked, str | int | float] = field(default_factory=dict)


async def list_exportable(db: AsyncSession, webinar: Webinar) -> list[ListedPurpose]:
    """Every consent that somebody of the webinar answered, then the legitimate interests, each in the purposes' order."""
    forms = await _published(db, webinar)
    titles = await asked_purposes(db, webinar)
    interests = await list_interest_purposes(db, webinar.account_id, webinar.id)
    wordings = await latest_wordings(db, interests)
    for interest in interests:
        notice = pick_language(wordings[interest.id], webinar.language, webinar.language)
        titles[interest.id] = notice.title if notice else ""
    found = []
    for purpose_id, title in titles.items():
        serving = _serving(forms, webinar, await get_purpose(db, webinar.account_id, purpose_id))
        covered = select(func.count()).select_from(_covered(webinar, serving).subquery())
        people = (await db.exec(covered)).one()
        fields = [words for _, words in serving.columns]
        found.append(ListedPurpose(purpose_id, title, serving.purpose.basis, people, fields))
    return found


async def purpose_table(
    db: AsyncSession, webinar: Webinar, purpose_id: UUID, reading: Reading
) -> Table[PurposeRow]:
    """The table for one purpose of `list_exportable`; its pages open short units of work with `reading`."""
    purpose = await get_purpose(db, webinar.account_id, purpose_id)
    serving = _serving(await _published(db, webinar), webinar, purpose)
    columns = serving.columns
    heading, since = SINCE[purpose.basis]
    return Table(
        headings=[*(words for _, words in columns), heading],
        pages=lambda: _pages(reading, webinar, serving),
        cells=lambda row: _cells(row, columns),
        facts=lambda row: _facts(row, columns, since),
    )


async def _published(db: AsyncSession, webinar: Webinar) -> list[FormVersion]:
    versions = select(FormVersion).where(
        col(FormVersion.account_id) == webinar.account_id,
        col(FormVersion.webinar_id) == webinar.id,
        col(FormVersion.published_at).is_not(None),
    )
    return list((await db.exec(versions.order_by(col(FormVersion.number).desc()))).all())


def _serving(forms: Sequence[FormVersion], webinar: Webinar, purpose: Purpose) -> Serving:
    declared = serves if purpose.basis is Basis.CONSENT else declared_for
    fields = {
        (version.id, found.key): found
        for version in forms
        for found in read_definition(version.fields).fields
        if not isinstance(found, Consent) and declared(found, purpose.id)
    }
    return Serving(webinar.language, purpose, fields)


def _covered(webinar: Webinar, serving: Serving) -> Any:
    """The people whom the purpose covers now, with `since`."""
    if serving.purpose.basis is Basis.CONSENT:
        return _agreeing(webinar, serving.purpose.id)
    return _told(webinar, serving)


def _agreeing(webinar: Webinar, purpose_id: UUID) -> Any:
    return (
        select(*ABOUT, col(ConsentRecord.at).label("since"))  # type: ignore[call-overload]
        .join(Registration, col(Registration.participant_id) == col(Participant.id))
        .join(ConsentRecord, col(ConsentRecord.participant_id) == col(Participant.id))
        .where(col(Participant.webinar_id) == webinar.id, agrees(col(Participant.id), purpose_id))
        .where(usable(col(Participant.id)))
        .where(col(ConsentRecord.purpose_id) == purpose_id, is_latest(ConsentRecord))
    )


def _told(webinar: Webinar, serving: Serving) -> Any:
    # A version that declares something for the purpose was published together with the notice that tells of it.
    versions = {version for version, _ in serving.fields}
    return (
        select(*ABOUT, col(Registration.submitted_at).label("since"))  # type: ignore[call-overload]
        .join(Registration, col(Registration.participant_id) == col(Participant.id))
        .join(FormVersion, col(FormVersion.id) == col(Registration.form_version_id))
        .where(col(Participant.webinar_id) == webinar.id, col(FormVersion.id).in_(versions))
        .where(unopposed(col(Participant.id)))
        .where(~reworded_since(serving.purpose.id, col(FormVersion.published_at)))
    )


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
    people = _covered(webinar, serving)
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
    return [*(row.answers.get(column) for column in columns), row.person.since]


def _facts(row: PurposeRow, columns: Sequence[Asked], since: str) -> dict[str, Any]:
    answers = [
        {"field": column[0], "label": column[1], "value": row.answers[column]}
        for column in columns
        if column in row.answers
    ]
    return {"answers": answers, since: row.person.since}
