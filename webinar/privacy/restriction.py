"""Restricting the use of somebody's data (Art. 18 GDPR): from the commit on it is only kept.

`consent.standing` has the conditions by which mails, exports, figures and the room leave it alone. Erasing is a use
too: only the person themselves may ask for that meanwhile.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.accounts.actor import Actor
from webinar.accounts.audit import Action, record_action
from webinar.consent.prepared import drop_exports
from webinar.errors import Conflict
from webinar.mail import enqueue_mails
from webinar.models import OutgoingMail, Participant, Restriction
from webinar.privacy.chunks import start_epoch
from webinar.registration.rights_mails import RESTRICTED, RESTRICTION_ENDS

# Between telling somebody that their restriction is to be lifted (Art. 18(3) GDPR) and lifting it.
NOTICE = timedelta(days=7)


async def find_restriction(db: AsyncSession, participant: Participant) -> Restriction | None:
    """The participant's restriction that is in force."""
    found = select(Restriction).where(
        col(Restriction.participant_id) == participant.id, col(Restriction.ended_at).is_(None)
    )
    return (await db.exec(found)).one_or_none()


async def restrict(db: AsyncSession, participant: Participant, now: datetime) -> Restriction:
    """Restricts the use of the participant's data, or takes an announced end back; doing it again changes nothing.

    Prepared files of the webinar end, and its room is to be shown anew: tell the hub after the commit.
    """
    # Locked, so that two clicks at once place one restriction.
    await db.exec(select(col(Participant.id)).where(col(Participant.id) == participant.id).with_for_update())
    restriction = await find_restriction(db, participant)
    if restriction is None:
        restriction = Restriction(
            account_id=participant.account_id,
            webinar_id=participant.webinar_id,
            participant_id=participant.id,
            placed_at=now,
        )
        await drop_exports(db, webinar_id=participant.webinar_id)
        await start_epoch(db, participant.webinar_id)
    restriction.ends_at = None
    db.add(restriction)
    await db.flush()
    return restriction


async def lift(db: AsyncSession, participant: Participant, now: datetime) -> None:
    """Ends the restriction at the participant's own wish, at once; without one nothing changes."""
    restriction = await find_restriction(db, participant)
    if restriction is not None:
        await _end(db, restriction, now)


async def restrict_on_request(
    db: AsyncSession, actor: Actor, participant: Participant, now: datetime
) -> Restriction:
    """Restricts for somebody who asked the organisation to, and tells them by mail."""
    before = await find_restriction(db, participant)
    restriction = await restrict(db, participant, now)
    if before is None:
        await _tell(db, participant, RESTRICTED, uuid5(restriction.id, RESTRICTED), now)
    # By the webinar: the trail names no participant.
    await record_action(db, actor, Action.PARTICIPANT_RESTRICTED, participant.webinar_id, now=now)
    return restriction


async def announce_end(
    db: AsyncSession, actor: Actor, participant: Participant, now: datetime
) -> Restriction:
    """Tells the participant that their restriction ends in a week (Art. 18(3) GDPR). Raises Conflict without one."""
    restriction = await find_restriction(db, participant)
    if restriction is None:
        raise Conflict("The use of this person's data is not restricted any more.")
    restriction.ends_at = now + NOTICE
    db.add(restriction)
    await db.flush()
    await _tell(db, participant, RESTRICTION_ENDS, notice_id(restriction), now)
    await record_action(db, actor, Action.PARTICIPANT_RESTRICTION_ENDING, participant.webinar_id, now=now)
    return restriction


async def list_ending(db: AsyncSession, now: datetime) -> Sequence[Restriction]:
    """The restrictions whose announced time has come, of people who were told.

    Where the mail has not left, the restriction stays: none ends without the person's knowing.
    """
    due = (
        select(Restriction, Participant)
        .join(Participant, col(Participant.id) == col(Restriction.participant_id))
        .where(col(Restriction.ended_at).is_(None), col(Restriction.ends_at) <= now)
    )
    found = (await db.exec(due)).all()
    return [restriction for restriction, person in found if await is_told(db, restriction, person)]


async def end_announced(db: AsyncSession, now: datetime) -> Sequence[UUID]:
    """Ends what `list_ending` gives; gives the rooms to show anew."""
    ending = await list_ending(db, now)
    for restriction in ending:
        await _end(db, restriction, now)
    return sorted({restriction.webinar_id for restriction in ending})


async def is_told(db: AsyncSession, restriction: Restriction, participant: Participant) -> bool:
    """Whether the announcement has left; somebody without an address reads it on their own page only."""
    if participant.email is None:
        return True
    mail = await db.get(OutgoingMail, notice_id(restriction))
    return mail is not None and mail.sent_at is not None


def notice_id(restriction: Restriction) -> UUID:
    """The id of the mail that announces the end: another one for each announcement."""
    ends_at = restriction.ends_at.isoformat() if restriction.ends_at else ""
    return uuid5(restriction.id, f"{RESTRICTION_ENDS} {ends_at}")


async def _end(db: AsyncSession, restriction: Restriction, now: datetime) -> None:
    restriction.ended_at = now
    db.add(restriction)
    await db.flush()
    await start_epoch(db, restriction.webinar_id)


async def _tell(db: AsyncSession, participant: Participant, kind: str, mail_id: UUID, now: datetime) -> None:
    if participant.email is None or await db.get(OutgoingMail, mail_id) is not None:
        return
    mail = OutgoingMail(
        id=mail_id,
        account_id=participant.account_id,
        webinar_id=participant.webinar_id,
        participant_id=participant.id,
        kind=kind,
        created_at=now,
        due_at=now,
    )
    await enqueue_mails(db, [mail])
