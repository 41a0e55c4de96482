"""Correcting answers (Art. 16 GDPR): the very form that somebody filled in, once more, with what they answered."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.prepared import drop_exports
from webinar.consent.standing import require_usable
from webinar.errors import NotFound
from webinar.models import Answer, Corrector, FormVersion, Participant, Registration
from webinar.registration.definition import BUILT_IN, FormDefinition
from webinar.registration.field_types import AnyField, Consent, Hidden, Value
from webinar.registration.form import CompiledForm


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """What somebody may correct: `form` has those fields alone, `answers` is what is stored of all of them."""

    registration: Registration
    form: CompiledForm
    answers: Mapping[str, Value]


async def get_registration(
    db: AsyncSession, participant: Participant, *, lock: bool = False
) -> tuple[Registration, FormVersion]:
    """What `participant` submitted, with the version of the form; `lock` holds it until the unit of work ends.

    Raises NotFound for somebody who never filled in a form.
    """
    found = (
        select(Registration, FormVersion)
        .join(FormVersion, col(FormVersion.id) == col(Registration.form_version_id))
        .where(
            col(Registration.account_id) == participant.account_id,
            col(Registration.webinar_id) == participant.webinar_id,
            col(Registration.participant_id) == participant.id,
        )
    )
    if lock:
        found = found.with_for_update(of=Registration)
    row = (await db.exec(found)).one_or_none()
    if row is None:
        raise NotFound
    return row


async def open_sheet(
    db: AsyncSession, registration: Registration, form: CompiledForm, overdue: Collection[str]
) -> AnswerSheet:
    """The answers of `registration` in the `form` it was made with; those to `overdue` fields stay out of it."""
    stored = select(col(Answer.field_key), col(Answer.value)).where(*_given_with(registration))
    answers: dict[str, Value] = dict((await db.exec(stored)).all())
    return AnswerSheet(registration, form.of_fields(_correctable(form.definition, overdue, answers)), answers)


async def correct_answers(
    db: AsyncSession, sheet: AnswerSheet, values: Mapping[str, Value], *, by: Corrector, now: datetime
) -> bool:
    """Stores `values`, what the sheet's form came to; an answer that is not among them is deleted. False for no change.

    What was answered before is kept nowhere: scrub the database after the commit. Raises Restricted where somebody else
    corrects what is only kept.
    """
    if by is not Corrector.PARTICIPANT:
        await require_usable(db, sheet.registration.participant_id)
    asked = {field.key for field in sheet.form.definition.fields}
    before = {key: value for key, value in sheet.answers.items() if key in asked}
    if before == values:
        return False
    registration = sheet.registration
    changed = [key for key in before if values.get(key) != before[key]]
    await db.exec(delete(Answer).where(*_given_with(registration), col(Answer.field_key).in_(changed)))
    new = [key for key, value in values.items() if before.get(key) != value]
    db.add_all(_answer(registration, key, values[key]) for key in new)
    registration.corrected_at, registration.corrected_by = now, by
    db.add(registration)
    await db.flush()
    await drop_exports(db, webinar_id=registration.webinar_id)
    return True


def _correctable(
    definition: FormDefinition, overdue: Collection[str], answers: Mapping[str, Value]
) -> list[AnyField]:
    """The fields that can be corrected, in order.

    Name and address have ways of their own, so have consents, and what came with the link nobody answered. A field
    whose condition nobody can judge any more, because that answer's time is over, is asked of those who answered it.
    """
    found: list[AnyField] = []
    out: set[str] = set(overdue)
    for field in definition.fields:
        if field.key in BUILT_IN or isinstance(field, Consent | Hidden) or field.key in overdue:
            continue
        if field.shown_if is None or field.shown_if.field not in out:
            found.append(field)
        elif field.key in answers:
            found.append(field.model_copy(update={"shown_if": None}))
        else:
            out.add(field.key)
    return found


def _given_with(registration: Registration) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Answer.account_id) == registration.account_id,
        col(Answer.webinar_id) == registration.webinar_id,
        col(Answer.registration_id) == registration.id,
    )


def _answer(registration: Registration, key: str, value: Value) -> Answer:
    return Answer(
        account_id=registration.account_id,
        webinar_id=registration.webinar_id,
        participant_id=registration.participant_id,
        registration_id=registration.id,
        field_key=key,
        value=value,
    )
