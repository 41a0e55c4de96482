"""Correcting one's e-mail address: asked for here, proven from the new mailbox, told to the old one.

Nothing here looks whether somebody else of the webinar has the address: only the mail that goes there says so (S8).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Table, delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.addresses import address_key
from webinar.consent.prepared import drop_exports
from webinar.errors import Conflict
from webinar.i18n import N_
from webinar.mail import enqueue_mail
from webinar.models import AddressChange, AdmissionClaim, OutgoingMail, Participant, Webinar
from webinar.registration.admission import link_hash, link_token
from webinar.signing import Signer, hash_token

LIFE = timedelta(hours=24)
ADDRESS_ASKED = "address_asked"
ADDRESS_PROOF = "address_proof"
ADDRESS_CHANGED = "address_changed"
ASKING: Sequence[str] = (ADDRESS_ASKED, ADDRESS_PROOF)
TAKEN = N_("This address is registered for this webinar already.")


def proof_token(signer: Signer, change_id: UUID) -> str:
    """The 256-bit token that is mailed to the new address."""
    return signer.derive_token("address-change", change_id)


async def ask_for_address(
    db: AsyncSession, signer: Signer, participant: Participant, address: str, now: datetime
) -> bool:
    """Queues the mail that has `address` proven, and the one that tells the present address of it.

    What was asked for before is forgotten; True if there was something.
    """
    replaced = await call_off(db, participant)
    change_id = uuid4()
    db.add(
        AddressChange(
            id=change_id,
            account_id=participant.account_id,
            webinar_id=participant.webinar_id,
            participant_id=participant.id,
            email=address,
            token_hash=hash_token(proof_token(signer, change_id)),
            created_at=now,
            expires_at=now + LIFE,
        )
    )
    for kind in ASKING:
        await _enqueue(db, participant, kind, now)
    return replaced


async def call_off(db: AsyncSession, participant: Participant) -> bool:
    """Forgets the address that was asked for, with the mails about it that have not left; False if there was none."""
    waiting = delete(AddressChange).where(col(AddressChange.participant_id) == participant.id)
    unsent = delete(OutgoingMail).where(
        col(OutgoingMail.participant_id) == participant.id,
        col(OutgoingMail.kind).in_(ASKING),
        col(OutgoingMail.sent_at).is_(None),
    )
    await db.exec(unsent)
    return (await db.exec(waiting)).rowcount > 0


async def pending_change(db: AsyncSession, participant: Participant, now: datetime) -> AddressChange | None:
    """The address that waits to be proven."""
    waiting = select(AddressChange).where(
        col(AddressChange.participant_id) == participant.id, col(AddressChange.expires_at) > now
    )
    return (await db.exec(waiting)).one_or_none()


async def prove_address(db: AsyncSession, signer: Signer, token: str, now: datetime) -> Participant | None:
    """Gives the participant the address that `token` was mailed to; None for a token that is over. It works once.

    Raises Conflict when somebody else of the webinar has the address by now.
    """
    used = (
        delete(AddressChange)
        .where(col(AddressChange.token_hash) == hash_token(token), col(AddressChange.expires_at) > now)
        .returning(col(AddressChange.participant_id), col(AddressChange.email))
    )
    row = (await db.exec(used)).one_or_none()
    if row is None:
        return None
    found = select(Participant).where(col(Participant.id) == row.participant_id)
    participant = (await db.exec(found)).one_or_none()
    if participant is not None:
        await give_address(db, signer, participant, row.email, now)
        await drop_exports(db, webinar_id=participant.webinar_id)
    return participant


async def give_address(
    db: AsyncSession, signer: Signer, participant: Participant, address: str, now: datetime
) -> None:
    """Moves the participant to `address`, and mails them the personal link that is theirs from now on.

    Whoever reads the old mailbox holds nothing any more: its links, codes and one-click withdrawals are void. Sessions
    stay. Raises Conflict when somebody else of the webinar has the address; the old one is left to the scrub.
    """
    # Registrations of the webinar queue here too, so nobody takes the address in between.
    locked = select(col(Webinar.id)).where(col(Webinar.id) == participant.webinar_id)
    await db.exec(locked.with_for_update(key_share=True))
    if await is_taken(db, participant, address):
        raise Conflict(TAKEN, code="taken")
    participant.email, participant.email_key = address, address_key(address)
    participant.link_generation += 1
    participant.link_hash = link_hash(link_token(signer, participant.id, participant.link_generation))
    db.add(participant)
    await db.flush()
    await call_off(db, participant)
    await db.exec(delete(AdmissionClaim).where(col(AdmissionClaim.participant_id) == participant.id))
    await _enqueue(db, participant, ADDRESS_CHANGED, now)


async def mails_that_left(db: AsyncSession, participant: Participant) -> Sequence[UUID]:
    """The mails that were sent to the participant: files of them may be in our hands, with the address on them."""
    sent = select(col(OutgoingMail.id)).where(
        col(OutgoingMail.participant_id) == participant.id, col(OutgoingMail.sent_at).is_not(None)
    )
    return (await db.exec(sent)).all()


async def is_taken(db: AsyncSession, participant: Participant, address: str) -> bool:
    """Whether somebody else of the webinar has `address`, somebody who is just being erased included."""
    people: Table = Participant.__table__  # type: ignore[attr-defined]  # no model: those are hidden
    others = select(people.c.id).where(
        people.c.webinar_id == participant.webinar_id,
        people.c.email_key == address_key(address),
        people.c.id != participant.id,
    )
    return (await db.exec(others)).first() is not None


async def holder_of(db: AsyncSession, participant: Participant, address: str) -> Participant | None:
    """Who else of the webinar has `address`."""
    other = select(Participant).where(
        col(Participant.webinar_id) == participant.webinar_id,
        col(Participant.email_key) == address_key(address),
        col(Participant.id) != participant.id,
    )
    return (await db.exec(other)).one_or_none()


async def _enqueue(db: AsyncSession, participant: Participant, kind: str, now: datetime) -> None:
    await enqueue_mail(
        db,
        account_id=participant.account_id,
        webinar_id=participant.webinar_id,
        participant_id=participant.id,
        kind=kind,
        now=now,
    )
