"""How a participant gets in: the personal link, the mailed code, and the sessions they open."""

import hmac
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.mail import enqueue_mails
from webinar.models import AdmissionClaim, OutgoingMail, Participant, ParticipantSession, ParticipantState
from webinar.signing import Signer, hash_token, new_token

CODE_DIGITS = 8
CODE_ATTEMPTS = 5
CLAIM_LIFE = timedelta(minutes=30)
# Each open claim allows its own attempts and sends its own mail: so few of them that neither adds up.
OPEN_CLAIMS = 10
SESSION_LIFE = timedelta(days=30)
LIVE_SESSIONS = 2


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A browser just admitted. `evicted` are the sessions that had to go: close their sockets after the commit."""

    id: UUID
    token: str
    expires_at: datetime
    evicted: Sequence[UUID]


@dataclass(frozen=True, slots=True)
class Admission:
    """A browser recognised: who it is, in which session."""

    participant: Participant
    session_id: UUID


@dataclass(frozen=True, slots=True)
class WayIn:
    """A mail with a personal link and a code for the page that waits under `claim_id`. `kind` is its composer."""

    account_id: UUID
    webinar_id: UUID
    participant_id: UUID
    claim_id: UUID
    kind: str

    @classmethod
    def of(cls, participant: Participant, claim_id: UUID, kind: str) -> "WayIn":
        """The way in for somebody who is stored."""
        return cls(participant.account_id, participant.webinar_id, participant.id, claim_id, kind)


def link_token(signer: Signer, participant_id: UUID, generation: int) -> str:
    """The 256-bit token of a participant's personal link; a new `generation` makes the old link void."""
    return signer.derive_token("personal-link", participant_id, generation)


def link_hash(token: str) -> bytes:
    """What `participant.link_hash` stores of a personal link's token."""
    return hash_token(token)


async def open_claims(db: AsyncSession, wanted: Sequence[WayIn], now: datetime) -> list[WayIn]:
    """Lets pages of one webinar wait for the codes that are about to be mailed; gives those that may.

    Too many may not wait for one person. The pages must look the same either way, so a `claim_id` is chosen
    before anything is known.
    """
    if not wanted:
        return []
    theirs = (
        col(AdmissionClaim.account_id) == wanted[0].account_id,
        col(AdmissionClaim.webinar_id) == wanted[0].webinar_id,
        col(AdmissionClaim.participant_id).in_({each.participant_id for each in wanted}),
    )
    await db.exec(delete(AdmissionClaim).where(*theirs, col(AdmissionClaim.expires_at) <= now))
    waiting = Counter((await db.exec(select(AdmissionClaim.participant_id).where(*theirs))).all())
    opened = []
    for each in wanted:
        waiting[each.participant_id] += 1
        if waiting[each.participant_id] <= OPEN_CLAIMS:
            opened.append(each)
    if opened:
        await (await db.connection()).execute(insert(AdmissionClaim), [_claim(each, now) for each in opened])
    return opened


async def send_ways_in(db: AsyncSession, wanted: Sequence[WayIn], now: datetime) -> None:
    """Mails people of one webinar their personal links, each with a code for the page that waits.

    Nothing is sent to whom too many such mails are on their way already.
    """
    opened = await open_claims(db, wanted, now)
    mails = [
        OutgoingMail(
            account_id=each.account_id,
            webinar_id=each.webinar_id,
            participant_id=each.participant_id,
            claim_id=each.claim_id,
            kind=each.kind,
            created_at=now,
            due_at=now,
        )
        for each in opened
    ]
    await enqueue_mails(db, mails)


def code_for(signer: Signer, claim_id: UUID, participant_id: UUID) -> str:
    """The eight digits that admit the page waiting under this claim. Shown as 1234 5678."""
    number = int.from_bytes(signer.derive("admission-code", claim_id, participant_id))
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}}"


async def admit_by_link(db: AsyncSession, token: str) -> Participant | None:
    """The participant whose personal link this is; None for every other token."""
    found = select(Participant).where(col(Participant.link_hash) == link_hash(token))
    return (await db.exec(found)).one_or_none()


async def admit_by_code(
    db: AsyncSession, signer: Signer, *, webinar_id: UUID, claim_id: UUID, code: str, now: datetime
) -> Participant | None:
    """The participant when `code` is the claim's; None when it is wrong, too late or tried too often.

    It doesn't raise, because an attempt counts only if the unit of work is committed. A claim admits once.
    """
    attempt = (
        update(AdmissionClaim)
        .where(
            col(AdmissionClaim.id) == claim_id,
            col(AdmissionClaim.webinar_id) == webinar_id,
            col(AdmissionClaim.attempts) < CODE_ATTEMPTS,
            col(AdmissionClaim.expires_at) > now,
        )
        .values(attempts=col(AdmissionClaim.attempts) + 1)
        .returning(col(AdmissionClaim.participant_id))
    )
    participant_id = (await db.exec(attempt)).scalar_one_or_none()
    if participant_id is None:
        return None
    typed = "".join(character for character in code if character.isdecimal())
    wanted = code_for(signer, claim_id, participant_id)
    if not hmac.compare_digest(typed.encode(), wanted.encode()):
        return None
    await db.exec(delete(AdmissionClaim).where(col(AdmissionClaim.id) == claim_id))
    return await db.get(Participant, participant_id)


async def open_session(db: AsyncSession, participant: Participant, now: datetime) -> OpenedSession:
    """Admits a browser as the participant. At most two are admitted at a time; the oldest has to go."""
    token = new_token()
    session = ParticipantSession(
        account_id=participant.account_id,
        webinar_id=participant.webinar_id,
        participant_id=participant.id,
        token_hash=hash_token(token),
        created_at=now,
        expires_at=now + SESSION_LIFE,
    )
    older = (
        select(col(ParticipantSession.id))
        .where(col(ParticipantSession.participant_id) == participant.id)
        .order_by(col(ParticipantSession.created_at).desc(), col(ParticipantSession.id))
        .offset(LIVE_SESSIONS - 1)
        .with_for_update()
    )
    evicted = (await db.exec(older)).all()
    await close_sessions(db, evicted)
    db.add(session)
    if participant.first_joined_at is None:
        participant.first_joined_at = now
        db.add(participant)
    await db.flush()
    return OpenedSession(session.id, token, session.expires_at, evicted)


async def close_sessions(db: AsyncSession, session_ids: Sequence[UUID]) -> None:
    """Ends these sessions; their unused tickets go with them."""
    if session_ids:
        await db.exec(delete(ParticipantSession).where(col(ParticipantSession.id).in_(session_ids)))


async def visitor_of(db: AsyncSession, token: str, webinar_id: UUID, now: datetime) -> Admission | None:
    """Whose session of this webinar the token is, invited persons who have not registered yet included."""
    found = (
        select(Participant, col(ParticipantSession.id))
        .join(ParticipantSession, col(ParticipantSession.participant_id) == col(Participant.id))
        .where(
            col(ParticipantSession.token_hash) == hash_token(token),
            col(ParticipantSession.webinar_id) == webinar_id,
            col(ParticipantSession.expires_at) > now,
        )
    )
    row = (await db.exec(found)).one_or_none()
    return Admission(row[0], row[1]) if row else None


async def participant_of(db: AsyncSession, token: str, webinar_id: UUID, now: datetime) -> Admission | None:
    """Who may take part in this webinar with this session token; None for everybody else."""
    admission = await visitor_of(db, token, webinar_id, now)
    if admission is None or admission.participant.state is ParticipantState.INVITED:
        return None
    return admission


def _claim(way_in: WayIn, now: datetime) -> dict[str, object]:
    return {
        "id": way_in.claim_id,
        "account_id": way_in.account_id,
        "webinar_id": way_in.webinar_id,
        "participant_id": way_in.participant_id,
        "attempts": 0,
        "expires_at": now + CLAIM_LIFE,
    }
