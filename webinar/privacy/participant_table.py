"""The participants of a webinar as a table: who they are, what they answered, what they agreed to.

An answer stands under the words it was asked with: a field that was reworded in a later version of the form has a
column for each wording.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, exists, tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.coverage import changed_since
from webinar.consent.standing import listable
from webinar.models import (
    Answer,
    ConsentRecord,
    ConsentState,
    FormVersion,
    NoticeVersion,
    Participant,
    Purpose,
    Registration,
    RequestKind,
    RequestState,
    SubjectRequest,
    Webinar,
)
from webinar.privacy.tabular import Cell, Table
from webinar.registration.definition import BUILT_IN, read_definition
from webinar.registration.field_types import Consent, Field, say

# Rows in one short unit of work: a long one would hold up the scrub after an erasure.
PAGE = 500

# Given to words that have changed in substance since: it covers nothing until the person agrees again.
OUTDATED = "outdated"

Reading = Callable[[], AbstractAsyncContextManager[AsyncSession]]
Asked = tuple[str, str]  # a field's key and the words it was asked with

# Everything that rests on a legitimate interest, where no purpose is named.
EVERYTHING = "everything on a legitimate interest"
OBJECTS = "Objects to"
ABOUT = ("E-mail address", "Name", "State", "Language", "Invited or registered (UTC)", "First joined (UTC)")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What all versions of the form asked, and the purposes that were asked for, with their titles."""

    language: str
    fields: Mapping[tuple[UUID, str], Field]  # by form version and key
    columns: Sequence[Asked]
    purposes: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """One participant with their answers (by wording), the consents that hold, and the objections that were granted."""

    person: Row[Any]
    answers: dict[Asked, tuple[Field | None, Any]] = field(default_factory=dict)
    consents: dict[UUID, str] = field(default_factory=dict)
    objects_to: list[str] = field(default_factory=list)


async def participant_table(db: AsyncSession, webinar: Webinar, reading: Reading) -> Table[ParticipantRow]:
    """The table of all participants of `webinar` whose data may be listed; its pages open short units of work with `reading`."""
    meaning = await _read_meaning(db, webinar)
    consents = [f"Consent: {title}" for title in meaning.purposes.values()]
    return Table(
        headings=[*ABOUT, *(words for _, words in meaning.columns), *consents, OBJECTS],
        pages=lambda: _pages(reading, webinar, meaning),
        cells=lambda row: _cells(row, meaning),
        facts=lambda row: _facts(row, meaning),
    )


async def _read_meaning(db: AsyncSession, webinar: Webinar) -> Meaning:
    versions = select(FormVersion).where(
        col(FormVersion.account_id) == webinar.account_id,
        col(FormVersion.webinar_id) == webinar.id,
        col(FormVersion.published_at).is_not(None),
    )
    fields: dict[tuple[UUID, str], Field] = {}
    for version in (await db.exec(versions.order_by(col(FormVersion.number).desc()))).all():
        for found in read_definition(version.fields).fields:
            if found.key not in BUILT_IN and not isinstance(found, Consent):
                fields[version.id, found.key] = found
    columns = dict.fromkeys(asked(found, webinar.language) for found in fields.values())
    return Meaning(webinar.language, fields, list(columns), await asked_purposes(db, webinar))


async def asked_purposes(db: AsyncSession, webinar: Webinar) -> dict[UUID, str]:
    """Every purpose that somebody of the webinar answered, in order, with its latest title."""
    answered = exists().where(
        col(ConsentRecord.account_id) == webinar.account_id,
        col(ConsentRecord.purpose_id) == col(Purpose.id),
        col(ConsentRecord.webinar_id) == webinar.id,
    )
    titles = (
        select(col(Purpose.id), col(NoticeVersion.title), col(NoticeVersion.language))
        .join(NoticeVersion, col(NoticeVersion.purpose_id) == col(Purpose.id))
        .where(col(Purpose.account_id) == webinar.account_id, answered)
        .order_by(col(Purpose.position), col(Purpose.id), col(NoticeVersion.number))
    )
    found: dict[UUID, str] = {}
    for purpose_id, title, language in (await db.exec(titles)).all():
        if purpose_id not in found or language == webinar.language:
            found[purpose_id] = title
    return found


async def _pages(
    reading: Reading, webinar: Webinar, meaning: Meaning
) -> AsyncIterator[Sequence[ParticipantRow]]:
    after: tuple[datetime, UUID] | None = None
    while True:
        async with reading() as db:
            page = await _read_page(db, webinar, meaning, after)
        if page:
            yield page
        if len(page) < PAGE:
            return
        after = (page[-1].person.created_at, page[-1].person.id)


async def _read_page(
    db: AsyncSession, webinar: Webinar, meaning: Meaning, after: tuple[datetime, UUID] | None
) -> list[ParticipantRow]:
    order = (col(Participant.created_at), col(Participant.id))
    about = (
        *order,
        col(Participant.email),
        col(Participant.display_name),
        col(Participant.state),
        col(Participant.language),
        col(Participant.first_joined_at),
    )
    of_webinar = (col(Participant.webinar_id) == webinar.id, listable(col(Participant.id)))
    people: Any = select(*about).where(*of_webinar)  # type: ignore[call-overload]
    if after is not None:
        people = people.where(tuple_(*order) > after)
    rows = {
        person.id: ParticipantRow(person)
        for person in (await db.exec(people.order_by(*order).limit(PAGE))).all()
    }
    await _add_answers(db, webinar, meaning, rows)
    await _add_consents(db, webinar, rows)
    await _add_objections(db, webinar, rows)
    return list(rows.values())


async def _add_answers(
    db: AsyncSession, webinar: Webinar, meaning: Meaning, rows: Mapping[UUID, ParticipantRow]
) -> None:
    given = (
        select(
            col(Answer.participant_id),
            col(Answer.field_key),
            col(Answer.value),
            col(Registration.form_version_id),
        )
        .join(Registration, col(Registration.id) == col(Answer.registration_id))
        .where(*_of_page(Answer, webinar, rows))
        .order_by(col(Answer.field_key), col(Answer.registration_id))
    )
    for participant_id, key, value, version_id in (await db.exec(given)).all():
        found = meaning.fields.get((version_id, key))
        place = asked(found, meaning.language) if found else (key, key)
        rows[participant_id].answers[place] = (found, value)


async def _add_consents(db: AsyncSession, webinar: Webinar, rows: Mapping[UUID, ParticipantRow]) -> None:
    records = (
        select(
            col(ConsentRecord.participant_id),
            col(ConsentRecord.purpose_id),
            col(ConsentRecord.state),
            changed_since(ConsentRecord),
        )
        .where(*_of_page(ConsentRecord, webinar, rows))
        .order_by(col(ConsentRecord.number), col(ConsentRecord.purpose_id))
    )
    # The latest record of a purpose is what holds.
    for participant_id, purpose_id, state, changed in (await db.exec(records)).all():
        outdated = changed and state is ConsentState.GIVEN
        rows[participant_id].consents[purpose_id] = OUTDATED if outdated else str(state)


async def _add_objections(db: AsyncSession, webinar: Webinar, rows: Mapping[UUID, ParticipantRow]) -> None:
    objections = (
        select(col(SubjectRequest.participant_id), col(SubjectRequest.purpose_id))
        .where(
            *_of_page(SubjectRequest, webinar, rows),
            col(SubjectRequest.kind) == RequestKind.OBJECTION,
            col(SubjectRequest.state) == RequestState.ANSWERED,
        )
        .order_by(col(SubjectRequest.received_at))
    )
    found = (await db.exec(objections)).all()
    titles = await _titles(db, webinar, {purpose_id for _, purpose_id in found if purpose_id})
    for participant_id, purpose_id in found:
        rows[participant_id].objects_to.append(titles.get(purpose_id, EVERYTHING))


async def _titles(db: AsyncSession, webinar: Webinar, purpose_ids: Iterable[UUID]) -> dict[UUID | None, str]:
    wordings = (
        select(col(NoticeVersion.purpose_id), col(NoticeVersion.title), col(NoticeVersion.language))
        .where(
            col(NoticeVersion.account_id) == webinar.account_id,
            col(NoticeVersion.purpose_id).in_(list(purpose_ids)),
        )
        .order_by(col(NoticeVersion.number))
    )
    found: dict[UUID | None, str] = {}
    for purpose_id, title, language in (await db.exec(wordings)).all():
        if purpose_id not in found or language == webinar.language:
            found[purpose_id] = title
    return found


def _of_page(model: type[Any], webinar: Webinar, ids: Iterable[UUID]) -> tuple[Any, ...]:
    return (
        col(model.account_id) == webinar.account_id,
        col(model.webinar_id) == webinar.id,
        col(model.participant_id).in_(list(ids)),
    )


def asked(found: Field, language: str) -> Asked:
    """A field's place in the table: its key, and the words it was asked with."""
    return found.key, say(found.label, language)


def _cells(row: ParticipantRow, meaning: Meaning) -> list[Cell]:
    person = row.person
    return [
        person.email,
        person.display_name,
        str(person.state),
        person.language,
        person.created_at,
        person.first_joined_at,
        *(_shown(row.answers.get(column), meaning.language) for column in meaning.columns),
        *(row.consents.get(purpose_id) for purpose_id in meaning.purposes),
        ", ".join(row.objects_to) or None,
    ]


def _facts(row: ParticipantRow, meaning: Meaning) -> dict[str, Any]:
    person = row.person
    return {
        "id": person.id,
        "email": person.email,
        "name": person.display_name,
        "state": str(person.state),
        "language": person.language,
        "created_at": person.created_at,
        "first_joined_at": person.first_joined_at,
        "answers": [
            {
                "field": key,
                "label": words,
                "value": value,
                "shown": _shown((found, value), meaning.language),
            }
            for (key, words), (found, value) in row.answers.items()
        ],
        "consents": [
            {"purpose": purpose_id, "title": meaning.purposes.get(purpose_id, ""), "state": state}
            for purpose_id, state in row.consents.items()
        ],
        "objects_to": row.objects_to,
    }


def _shown(answer: tuple[Field | None, Any] | None, language: str) -> str | int | float | None:
    if answer is None:
        return None
    found, value = answer
    return found.export(value, language) if found else str(value)
