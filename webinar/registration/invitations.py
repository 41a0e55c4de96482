"""Inviting people to a webinar: reading a pasted list, adding who is new, and sending the mails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import getaddresses
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.addresses import address_key, normal_address
from webinar.consent.standing import require_usable, unopposed
from webinar.errors import Conflict, Invalid, NotFound
from webinar.mail import enqueue_mail
from webinar.models import Access, OutgoingMail, Participant, ParticipantState, Webinar, WebinarState
from webinar.registration.admission import link_hash, link_token
from webinar.registration.join import NAME_LENGTH
from webinar.registration.mails import INVITATION
from webinar.signing import Signer

PAGE = 50
MOST_LINES = 2000
SENDABLE = (WebinarState.SCHEDULED, WebinarState.LIVE, WebinarState.PAUSED)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody on a pasted list, with the line they are on (from 1)."""

    line: int
    email: str
    name: str


@dataclass(frozen=True, slots=True)
class Invited:
    """What became of a list: who is new, and the lines of those who were there already or stood there twice."""

    new: Sequence[Participant]
    known: Sequence[int]
    repeated: Sequence[int]


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody invited who has not registered yet, with the newest of their invitation mails, if any."""

    participant: Participant
    mail: OutgoingMail | None


def read_guests(text: str) -> list[Guest]:
    """The people in `text`: one a line, as `address` or `Name <address>`; empty lines are skipped.

    Raises Invalid naming `guests` with every line that is wrong, by its number.
    """
    guests, wrong = [], []
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise Invalid({"guests": f"At most {MOST_LINES} lines at once."})
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            guests.append(_guest(number, line.strip().rstrip(",;")))
        except ValueError:
            wrong.append(f"{number} (“{line.strip()[:60]}”)")
    if wrong:
        shown = ", ".join(wrong[:20]) + (" …" if len(wrong) > 20 else "")
        raise Invalid({"guests": f"These lines hold no e-mail address: {shown}. Nobody was invited yet."})
    if not guests:
        raise Invalid({"guests": "Paste at least one address."})
    return guests


async def invite(
    db: AsyncSession, signer: Signer, webinar: Webinar, guests: Sequence[Guest], now: datetime
) -> Invited:
    """Adds who is new and queues their mails once the webinar is published. Hold the webinar's row locked.

    Whoever is invited or registered already stays as they are. Raises Conflict unless the webinar is by invitation.
    """
    if webinar.access is not Access.INVITATION:
        raise Conflict("This webinar is not by invitation.")
    known = await _known_addresses(db, webinar)
    seen: set[str] = set()
    new, there, repeated = [], [], []
    for guest in guests:
        key = address_key(guest.email)
        if key in known:
            there.append(guest.line)
        elif key in seen:
            repeated.append(guest.line)
        else:
            new.append(_participant(signer, webinar, guest, now))
        seen.add(key)
    db.add_all(new)
    await db.flush()
    if webinar.state in SENDABLE:
        for participant in new:
            await _send(db, participant, now)
    return Invited(new, there, repeated)


async def send_waiting(db: AsyncSession, webinar: Webinar, now: datetime) -> int:
    """Sends the invitations that were added before the webinar was published; gives their number."""
    _check_sendable(webinar)
    sent = select(col(OutgoingMail.participant_id)).where(
        col(OutgoingMail.webinar_id) == webinar.id, col(OutgoingMail.kind) == INVITATION
    )
    waiting = select(Participant).where(
        *_invited(webinar), col(Participant.id).not_in(sent), unopposed(col(Participant.id))
    )
    people = (await db.exec(waiting)).all()
    for participant in people:
        await _send(db, participant, now)
    return len(people)


async def send_again(db: AsyncSession, webinar: Webinar, participant_id: UUID, now: datetime) -> None:
    """Sends one invitation once more, with the same link. Raises NotFound once they have registered.

    Raises Restricted while their data is only kept.
    """
    _check_sendable(webinar)
    guest = await get_invited(db, webinar, participant_id)
    await require_usable(db, guest.id)
    await _send(db, guest, now)


async def get_invited(db: AsyncSession, webinar: Webinar, participant_id: UUID) -> Participant:
    """Somebody of this webinar who was invited and has not registered; raises NotFound."""
    found = select(Participant).where(*_invited(webinar), col(Participant.id) == participant_id)
    participant = (await db.exec(found)).one_or_none()
    if participant is None:
        raise NotFound
    return participant


async def list_invitations(db: AsyncSession, webinar: Webinar, page: int) -> Sequence[Invitation]:
    """Page `page` (from 1) of those who were invited and have not registered, the newest first."""
    people = (
        select(Participant)
        .where(*_invited(webinar))
        .order_by(col(Participant.created_at).desc(), col(Participant.id))
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    )
    found = (await db.exec(people)).all()
    mails = await _newest_mails(db, webinar, [participant.id for participant in found])
    return [Invitation(participant, mails.get(participant.id)) for participant in found]


async def count_invitations(db: AsyncSession, webinar: Webinar) -> int:
    """How many were invited and have not registered yet."""
    return (await db.exec(select(func.count()).select_from(Participant).where(*_invited(webinar)))).one()


def _guest(number: int, text: str) -> Guest:
    found = getaddresses([text])
    if len(found) != 1:
        # Two on one line: taking the first would lose the other.
        raise ValueError(text)
    name, address = found[0]
    return Guest(number, normal_address(address), " ".join(name.split())[:NAME_LENGTH])


def _invited(webinar: Webinar) -> list[ColumnElement[bool]]:
    return [
        col(Participant.account_id) == webinar.account_id,
        col(Participant.webinar_id) == webinar.id,
        col(Participant.state) == ParticipantState.INVITED,
    ]


def _check_sendable(webinar: Webinar) -> None:
    if webinar.state not in SENDABLE:
        raise Conflict("Publish the webinar first: the invitation leads to its page.")


async def _known_addresses(db: AsyncSession, webinar: Webinar) -> set[str]:
    keys = select(col(Participant.email_key)).where(
        col(Participant.account_id) == webinar.account_id, col(Participant.webinar_id) == webinar.id
    )
    return {key for key in (await db.exec(keys)).all() if key}


async def _newest_mails(
    db: AsyncSession, webinar: Webinar, participant_ids: Sequence[UUID]
) -> Mapping[UUID, OutgoingMail]:
    mails = (
        select(OutgoingMail)
        .where(
            col(OutgoingMail.account_id) == webinar.account_id,
            col(OutgoingMail.webinar_id) == webinar.id,
            col(OutgoingMail.participant_id).in_(participant_ids),
            col(OutgoingMail.kind) == INVITATION,
        )
        .order_by(col(OutgoingMail.created_at))
    )
    return {mail.participant_id: mail for mail in (await db.exec(mails)).all() if mail.participant_id}


def _participant(signer: Signer, webinar: Webinar, guest: Guest, now: datetime) -> Participant:
    participant_id = uuid4()
    return Participant(
        id=participant_id,
        account_id=webinar.account_id,
        webinar_id=webinar.id,
        email=guest.email,
        email_key=address_key(guest.email),
        display_name=guest.name,
        state=ParticipantState.INVITED,
        language=webinar.language,
        link_hash=link_hash(link_token(signer, participant_id, 1)),
        created_at=now,
    )


async def _send(db: AsyncSession, participant: Participant, now: datetime) -> None:
    await enqueue_mail(
        db,
        account_id=participant.account_id,
        webinar_id=participant.webinar_id,
        participant_id=participant.id,
        kind=INVITATION,
        now=now,
    )
