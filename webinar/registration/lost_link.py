"""The personal link once more, for whoever has lost it."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.addresses import address_key
from webinar.models import Participant, Webinar
from webinar.registration.admission import WayIn, send_ways_in
from webinar.registration.mails import LOST_LINK


async def send_lost_link(
    db: AsyncSession, webinar: Webinar, address: str, *, claim_id: UUID, now: datetime
) -> None:
    """Mails the link and a code to `address` if somebody of the webinar has it. The caller must not tell which."""
    known = select(Participant).where(
        col(Participant.account_id) == webinar.account_id,
        col(Participant.webinar_id) == webinar.id,
        col(Participant.email_key) == address_key(address),
    )
    participant = (await db.exec(known)).one_or_none()
    if participant is not None:
        await send_ways_in(db, [WayIn.of(participant, claim_id, LOST_LINK)], now)
