"""Registering: one unit of work from filled-in forms to participants, their answers, consents and mails."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from webinar.errors import Conflict, Full, NotFound
from webinar.models import (
    Access,
    AdmissionClaim,
    FormVersion,
    Participant,
    ParticipantState,
    Registration,
    Webinar,
    WebinarState,
)
from webinar.registration.admission import WayIn, link_hash, link_token, send_ways_in
from webinar.registration.form import CompiledForm, Entry
from webinar.registration.storing import Accepted, store
from webinar.signing import Signer

REGISTERED = "registered"
ALREADY_REGISTERED = "already_registered"
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


@dataclass(slots=True)
class Standing:
    """What decides about registrations of a webinar, kept up to date as they are accepted one after the other.

    `done` are the claims of submissions that arrived before; `people` are found by the key of their address;
    `taken` are seats, counted only where their number is limited.
    """

    version_id: UUID | None
    taken: int
    done: set[UUID]
    people: dict[str, tuple[UUID, ParticipantState]]


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
    (outcome,) = await register_together(db, signer, [submission], now)
    if isinstance(outcome, Conflict):
        raise outcome
    return outcome


async def register_together(
    db: AsyncSession, signer: Signer, submissions: Sequence[Submission], now: datetime
) -> list[UUID | Conflict]:
    """Registers people of one webinar, one after the other, for little more than what one of them costs.

    Gives each one's outcome: what `register` would give or raise.
    """
    webinar = await _lock(db, submissions[0].form.webinar_id)
    claims = [claim_id_for(signer, webinar.id, each.nonce, each.entry.email_key) for each in submissions]
    standing = await _read_standing(db, webinar, submissions, claims)
    outcomes: list[UUID | Conflict] = []
    accepted: list[Accepted] = []
    for submission, claim_id in zip(submissions, claims, strict=True):
        refusal = None
        if claim_id not in standing.done:
            refusal = _refusal(webinar, submission, standing)
        if claim_id not in standing.done and refusal is None:
            accepted.append(_accept(signer, submission, standing, claim_id, now))
        outcomes.append(refusal or claim_id)
    await store(db, accepted, now)
    await send_ways_in(db, [each.way_in for each in accepted], now)
    return outcomes


def claim_id_for(signer: Signer, webinar_id: UUID, nonce: str, email_key: str) -> UUID:
    """The same for one form and one address: a corrected address sent with the same form is another submission."""
    return UUID(bytes=signer.derive("registration", webinar_id, nonce, email_key)[:16], version=4)


def submission_key(claim_id: UUID) -> str:
    """What makes a submission unique in the database."""
    return claim_id.hex


def invitation_reference(signer: Signer, participant: Participant) -> str:
    """What the page of the personal link adds to the form's address (`?invitation=…`) for somebody invited."""
    facts = [str(participant.webinar_id), str(participant.id), participant.link_generation]
    return signer.sign(INVITATION_TOKEN, facts)


async def seats_left(db: AsyncSession, webinar: Webinar) -> int | None:
    """How many more people can register; None where there is no limit."""
    if webinar.max_registrants is None:
        return None
    taken: int = (await db.exec(_taken(webinar))).one()
    return max(0, webinar.max_registrants - taken)


async def has_registered_people(db: AsyncSession, webinar: Webinar) -> bool:
    """Whether anybody who registered is still there: after the time to keep them nobody is."""
    one = select(Registration.id).where(
        col(Registration.account_id) == webinar.account_id, col(Registration.webinar_id) == webinar.id
    )
    return (await db.exec(one.limit(1))).first() is not None


async def _lock(db: AsyncSession, webinar_id: UUID) -> Webinar:
    # Registrations of one webinar queue here on PostgreSQL; on SQLite every unit of work that writes does.
    found = select(Webinar).where(col(Webinar.id) == webinar_id).with_for_update(key_share=True)
    webinar = (await db.exec(found)).one_or_none()
    if webinar is None:
        raise NotFound
    return webinar


async def _read_standing(
    db: AsyncSession, webinar: Webinar, submissions: Sequence[Submission], claims: Sequence[UUID]
) -> Standing:
    """Everything that decides, read after the lock."""
    keys = {submission_key(claim_id): claim_id for claim_id in claims}
    stored = select(col(Registration.submission_key)).where(
        col(Registration.webinar_id) == webinar.id, col(Registration.submission_key).in_(keys)
    )
    claimed = select(col(AdmissionClaim.id)).where(col(AdmissionClaim.id).in_(claims))
    people = select(col(Participant.email_key), col(Participant.id), col(Participant.state)).where(
        col(Participant.webinar_id) == webinar.id,
        col(Participant.email_key).in_({each.entry.email_key for each in submissions}),
    )
    done = {keys[key] for key in (await db.exec(stored)).all()}
    return Standing(
        version_id=(await db.exec(_current_version(webinar))).first(),
        # Counting reads every seat that is taken, so only where there is a limit.
        taken=(await db.exec(_taken(webinar))).one() if webinar.max_registrants is not None else 0,
        done=done.union((await db.exec(claimed)).all()),
        people={key or "": (found, state) for key, found, state in (await db.exec(people)).all()},
    )


def _current_version(webinar: Webinar) -> SelectOfScalar[UUID]:
    published = select(col(FormVersion.id)).where(
        col(FormVersion.account_id) == webinar.account_id,
        col(FormVersion.webinar_id) == webinar.id,
        col(FormVersion.published_at).is_not(None),
    )
    return published.order_by(col(FormVersion.number).desc()).limit(1)


def _taken(webinar: Webinar) -> SelectOfScalar[int]:
    return (
        select(func.count())
        .select_from(Registration)
        .where(col(Registration.account_id) == webinar.account_id, col(Registration.webinar_id) == webinar.id)
    )


def _refusal(webinar: Webinar, submission: Submission, standing: Standing) -> Conflict | None:
    """Why this registration can't be accepted now; None when it can."""
    if not takes_registrations(webinar):
        return Conflict("Registration is closed.", code="closed")
    participant_id, _ = standing.people.get(submission.entry.email_key, (None, None))
    invited = submission.invited is not None and submission.invited == participant_id
    if webinar.access is Access.INVITATION and not invited:
        return Conflict("This webinar is by invitation only.", code="invitation_only")
    if standing.version_id != submission.form.version_id:
        return Conflict("The form has changed.", code="form_changed")
    if webinar.max_registrants is not None and standing.taken >= webinar.max_registrants:
        return Full()
    return None


def _accept(
    signer: Signer, submission: Submission, standing: Standing, claim_id: UUID, now: datetime
) -> Accepted:
    form, entry = submission.form, submission.entry
    participant_id, state = standing.people.get(entry.email_key, (uuid4(), None))
    # Whoever was invited and registers by the public page is the one who was invited.
    known = state is not None and state is not ParticipantState.INVITED
    stored_id = uuid4() if known else participant_id
    participant = Participant(
        id=stored_id,
        account_id=form.account_id,
        webinar_id=form.webinar_id,
        email=entry.email,
        email_key=None if known else entry.email_key,
        display_name=entry.display_name,
        state=ParticipantState.REGISTERED,
        language=form.language,
        link_hash=link_hash(link_token(signer, stored_id, 1)),
        created_at=now,
    )
    standing.done.add(claim_id)
    standing.people[entry.email_key] = (participant_id, ParticipantState.REGISTERED)
    standing.taken += not known
    return Accepted(
        form=form,
        entry=entry,
        participant=participant,
        key=submission_key(claim_id),
        known=known,
        invited=state is ParticipantState.INVITED,
        way_in=WayIn(
            form.account_id,
            form.webinar_id,
            participant_id,
            claim_id=claim_id,
            kind=ALREADY_REGISTERED if known else REGISTERED,
        ),
    )
