"""Registering: one unit of work from a filled-in form to a participant, their answers, consents and mail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, Update, func, insert, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.records import record_first_decisions
from webinar.errors import Conflict, Full, NotFound
from webinar.models import (
    Access,
    AdmissionClaim,
    Answer,
    FormVersion,
    Participant,
    ParticipantState,
    Registration,
    Webinar,
    WebinarState,
)
from webinar.registration.admission import link_hash, link_token, send_way_in
from webinar.registration.form import CompiledForm, Entry
from webinar.signing import Signer

REGISTERED = "registered"
ALREADY_REGISTERED = "already_registered"
METHOD = "registration form"
NONCE_LENGTH = 64
INVITATION_TOKEN = "invitation"  # noqa: S105 - the purpose of a signature


@dataclass(frozen=True, slots=True)
class Submission:
    """A form that was filled in without errors, as it arrived.

    `nonce` came with the empty form, so a form that is sent twice is stored once. `invited` is the participant
    whose personal link opened the form.
    """

    form: CompiledForm
    entry: Entry
    nonce: str
    invited: UUID | None = None


def takes_registrations(webinar: Webinar) -> bool:
    """Whether people can register in the webinar's present state, full or not."""
    coming = webinar.state in {WebinarState.SCHEDULED, WebinarState.LIVE, WebinarState.PAUSED}
    replay = webinar.state is WebinarState.ENDED and webinar.replay_enabled
    return webinar.access is not Access.OPEN and (coming or replay)


async def register(db: AsyncSession, signer: Signer, submission: Submission, now: datetime) -> UUID:
    """Registers a person; gives the id under which the page waits for the mailed code.

    Somebody who is registered already gets the same answer after the same work, and a mail that says so (S8).
    The same submission again, even in parallel, changes nothing and gives the same answer (R12). Raises
    Full when every seat is taken, Conflict when the form isn't the present one or nobody can register now.
    """
    form, entry = submission.form, submission.entry
    webinar = await _lock(db, form.webinar_id)
    claim_id = claim_id_for(signer, form.webinar_id, submission.nonce, entry.email_key)
    facts = await _facts(db, webinar, entry.email_key, claim_id, submission_key(claim_id))
    if facts.claimed or facts.stored:
        return claim_id
    _check_open(webinar, submission, facts)
    known = facts.state is not None and facts.state is not ParticipantState.INVITED
    new = _participant(signer, submission, facts, now, throwaway=known)
    # What a known address would have stored is stored and taken back, so that both cost the same (S8).
    savepoint = await db.begin_nested()
    accepted = facts.state is ParticipantState.INVITED
    await _store(db, submission, new, key=submission_key(claim_id), accepted=accepted, now=now)
    await (savepoint.rollback() if known else savepoint.commit())
    addressee = new if not known else _reference(form, facts.participant_id)
    kind = ALREADY_REGISTERED if known else REGISTERED
    await send_way_in(db, addressee, kind=kind, now=now, claim_id=claim_id)
    return claim_id


def claim_id_for(signer: Signer, webinar_id: UUID, nonce: str, email_key: str) -> UUID:
    """The same for one form and one address: a corrected address sent with the same form is another submission."""
    return UUID(bytes=signer.derive("registration", webinar_id, nonce, email_key)[:16], version=4)


def submission_key(claim_id: UUID) -> str:
    """What makes a submission unique in the database."""
    return claim_id.hex


def invitation_reference(signer: Signer, participant: Participant) -> str:
    """What the page of the personal link adds to the form's address (`?invitation=…`) for somebody invited."""
    return signer.sign(INVITATION_TOKEN, [str(participant.webinar_id), str(participant.id)])


async def seats_left(db: AsyncSession, webinar: Webinar) -> int | None:
    """How many more people can register; None where there is no limit."""
    if webinar.max_registrants is None:
        return None
    taken: int = (await db.exec(select(_taken(webinar)))).one()
    return max(0, webinar.max_registrants - taken)


async def _lock(db: AsyncSession, webinar_id: UUID) -> Webinar:
    # Registrations of one webinar queue here on PostgreSQL; on SQLite every unit of work that writes does.
    found = select(Webinar).where(col(Webinar.id) == webinar_id).with_for_update(key_share=True)
    webinar = (await db.exec(found)).one_or_none()
    if webinar is None:
        raise NotFound
    return webinar


async def _facts(db: AsyncSession, webinar: Webinar, email_key: str, claim_id: UUID, key: str) -> Row[Any]:
    """Everything that decides, read in one statement after the lock."""
    mine = col(Participant.webinar_id) == webinar.id
    person = select(Participant).where(mine, col(Participant.email_key) == email_key).subquery()
    current = (
        select(col(FormVersion.id))
        .where(
            col(FormVersion.account_id) == webinar.account_id,
            col(FormVersion.webinar_id) == webinar.id,
            col(FormVersion.published_at).is_not(None),
        )
        .order_by(col(FormVersion.number).desc())
        .limit(1)
    )
    stored = select(col(Registration.id)).where(
        col(Registration.webinar_id) == webinar.id, col(Registration.submission_key) == key
    )
    columns = [
        current.scalar_subquery().label("version_id"),
        select(col(AdmissionClaim.id)).where(col(AdmissionClaim.id) == claim_id).exists().label("claimed"),
        stored.exists().label("stored"),
        select(person.c.id).scalar_subquery().label("participant_id"),
        select(person.c.state).scalar_subquery().label("state"),
    ]
    if webinar.max_registrants is not None:
        columns.append(_taken(webinar).label("taken"))
    row: Row[Any] = (await (await db.connection()).execute(select(*columns))).one()
    return row


def _taken(webinar: Webinar) -> Any:
    return (
        select(func.count())
        .select_from(Registration)
        .where(col(Registration.account_id) == webinar.account_id, col(Registration.webinar_id) == webinar.id)
        .scalar_subquery()
    )


def _check_open(webinar: Webinar, submission: Submission, facts: Row[Any]) -> None:
    if not takes_registrations(webinar):
        raise Conflict("Registration is closed.", code="closed")
    invited = submission.invited is not None and submission.invited == facts.participant_id
    if webinar.access is Access.INVITATION and not invited:
        raise Conflict("This webinar is by invitation only.", code="invitation_only")
    if facts.version_id != submission.form.version_id:
        raise Conflict("The form has changed.", code="form_changed")
    if webinar.max_registrants is not None and facts.taken >= webinar.max_registrants:
        raise Full


def _participant(
    signer: Signer, submission: Submission, facts: Row[Any], now: datetime, *, throwaway: bool
) -> Participant:
    # Whoever was invited and registers by the public page is the one who was invited.
    new_id = facts.participant_id if facts.state is ParticipantState.INVITED else uuid4()
    entry = submission.entry
    return Participant(
        id=new_id,
        account_id=submission.form.account_id,
        webinar_id=submission.form.webinar_id,
        email=entry.email,
        email_key=None if throwaway else entry.email_key,
        display_name=entry.display_name,
        state=ParticipantState.REGISTERED,
        language=submission.form.language,
        link_hash=link_hash(link_token(signer, new_id, 1)),
        created_at=now,
    )


def _reference(form: CompiledForm, participant_id: UUID) -> Participant:
    """Somebody who is there already, as far as a mail to them is concerned."""
    return Participant(id=participant_id, account_id=form.account_id, webinar_id=form.webinar_id)


async def _store(
    db: AsyncSession,
    submission: Submission,
    participant: Participant,
    *,
    key: str,
    accepted: bool,
    now: datetime,
) -> None:
    form, entry = submission.form, submission.entry
    connection = await db.connection()
    owner = {"account_id": form.account_id, "webinar_id": form.webinar_id, "participant_id": participant.id}
    registration = {
        "id": uuid4(),
        **owner,
        "form_version_id": form.version_id,
        "privacy_notice_id": form.privacy_notice_id,
        "submission_key": key,
        "submitted_at": now,
    }
    if accepted:
        await connection.execute(_accepted(participant))
    else:
        await connection.execute(insert(Participant), participant.model_dump())
    await connection.execute(insert(Registration), registration)
    answers = [
        {"id": uuid4(), **owner, "registration_id": registration["id"], "field_key": field, "value": value}
        for field, value in entry.answers.items()
    ]
    if answers:
        await connection.execute(insert(Answer), answers)
    await record_first_decisions(db, participant, entry.decisions, form.terms, method=METHOD, now=now)


def _accepted(participant: Participant) -> Update:
    """What changes when somebody who was invited registers. Their link stays the one they were sent."""
    return (
        update(Participant)
        .where(col(Participant.id) == participant.id)
        .values(state=participant.state, display_name=participant.display_name, language=participant.language)
    )
