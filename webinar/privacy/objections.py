"""Objecting to uses on a legitimate interest (Art. 21 GDPR): they stop at once, and a human assesses (Art. 18(1)(d))."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.notices import latest_wordings, pick_language
from webinar.consent.purposes import get_purpose, list_interest_purposes
from webinar.consent.standing import STANDING
from webinar.errors import NotFound
from webinar.models import NoticeVersion, Participant, RequestKind, SubjectRequest, Webinar
from webinar.privacy.requests import open_request


@dataclass(frozen=True, slots=True)
class Interest:
    """A purpose on a legitimate interest as the person is told it, and their objection to it if one stands."""

    id: UUID
    notice: NoticeVersion
    objection: SubjectRequest | None


async def list_interests(db: AsyncSession, participant: Participant, webinar: Webinar) -> Sequence[Interest]:
    """What the participant can object to, in the purposes' order and in their language where there is one."""
    purposes = await list_interest_purposes(db, webinar.account_id, webinar.id)
    wordings = await latest_wordings(db, purposes)
    objections = {each.purpose_id: each for each in await standing_objections(db, participant)}
    found = []
    for purpose in purposes:
        notice = pick_language(wordings.get(purpose.id, {}), participant.language, webinar.language)
        if notice is not None:
            found.append(Interest(purpose.id, notice, objections.get(purpose.id)))
    return found


async def object_to(
    db: AsyncSession,
    participant: Participant,
    webinar: Webinar,
    purpose_id: UUID,
    grounds: str,
    *,
    now: datetime,
) -> SubjectRequest:
    """Objects to one purpose; again changes nothing. Raises NotFound for what nobody can object to, and Invalid (`body`)."""
    # Locked, so that two clicks at once make one objection.
    await db.exec(select(col(Participant.id)).where(col(Participant.id) == participant.id).with_for_update())
    interests = {each.id: each for each in await list_interests(db, participant, webinar)}
    if purpose_id not in interests:
        raise NotFound
    standing = interests[purpose_id].objection
    if standing is not None:
        return standing
    kind = RequestKind.OBJECTION
    return await open_request(db, participant, kind, grounds, purpose_id=purpose_id, now=now)


async def standing_objections(db: AsyncSession, participant: Participant) -> Sequence[SubjectRequest]:
    """The participant's objections that are neither refused nor taken back, oldest first."""
    mine = select(SubjectRequest).where(
        col(SubjectRequest.participant_id) == participant.id,
        col(SubjectRequest.kind) == RequestKind.OBJECTION,
        col(SubjectRequest.state).in_(STANDING),
    )
    return (await db.exec(mine.order_by(col(SubjectRequest.received_at)))).all()


async def purpose_title(db: AsyncSession, request: SubjectRequest, webinar: Webinar) -> str:
    """What the purpose that is objected to is called last; empty where none is named."""
    if request.purpose_id is None:
        return ""
    purpose = await get_purpose(db, request.account_id, request.purpose_id)
    wordings = (await latest_wordings(db, [purpose]))[purpose.id]
    notice = pick_language(wordings, webinar.language, webinar.language)
    return notice.title if notice else ""
