"""What participants change about themselves: their name, their reminders, and all consents at once."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.prepared import drop_exports
from webinar.consent.records import current_consents, withdraw_consent
from webinar.mail import enqueue_mail
from webinar.models import ConsentState, Participant
from webinar.registration.mails import WITHDRAWN
from webinar.webinars.order import new_epoch


async def rename(db: AsyncSession, participant: Participant, name: str) -> None:
    """Corrects the name (Art. 16 GDPR) to what `read_name` gave: in the room, in exports, in mails that wait.

    Names are joined, never copied, so the room only has to be shown anew. Tell the hub after the commit.
    """
    if name != participant.display_name:
        participant.display_name = name
        db.add(participant)
        await db.flush()
        await drop_exports(db, webinar_id=participant.webinar_id)
        await new_epoch(db, participant.webinar_id)


async def want_reminders(db: AsyncSession, participant: Participant, *, wanted: bool, now: datetime) -> None:
    """Stops reminders, those already queued included, or lets them come again."""
    participant.reminders_stopped_at = None if wanted else participant.reminders_stopped_at or now
    db.add(participant)
    await db.flush()


async def withdraw_one(
    db: AsyncSession, participant: Participant, purpose_id: UUID, *, method: str, now: datetime
) -> None:
    """Withdraws one consent and queues the mail that confirms it. Raises NotFound for a purpose never asked about."""
    consents = {consent.purpose.id: consent for consent in await current_consents(db, participant)}
    await withdraw_consent(db, participant, purpose_id, method=method, now=now)
    if consents[purpose_id].record.state is ConsentState.GIVEN and participant.email:
        await enqueue_mail(
            db,
            account_id=participant.account_id,
            webinar_id=participant.webinar_id,
            participant_id=participant.id,
            kind=WITHDRAWN,
            now=now,
        )


async def withdraw_everything(
    db: AsyncSession, participant: Participant, *, method: str, now: datetime
) -> None:
    """Withdraws every consent and stops reminders: what the unsubscribe button of a mail program asks for."""
    for consent in await current_consents(db, participant):
        await withdraw_consent(db, participant, consent.purpose.id, method=method, now=now)
    await want_reminders(db, participant, wanted=False, now=now)


async def get_participant(db: AsyncSession, participant_id: UUID) -> Participant | None:
    """The participant whose id a signed token carries; None once they are erased."""
    return (await db.exec(select(Participant).where(col(Participant.id) == participant_id))).one_or_none()
