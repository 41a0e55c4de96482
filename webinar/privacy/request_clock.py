"""The clock of data subject requests: the account's people are told a week before one is due, and when it is overdue.

Worked out from the rows and the time alone, so downtime is caught up with; what was told is noted in the same unit of work,
so nobody is told twice.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from webinar.models import Participant, RequestState, SubjectRequest
from webinar.privacy.request_mails import DUE_SOON, OVERDUE
from webinar.privacy.requests import tell_responsible

NOTICE = timedelta(days=7)


async def anything_to_tell(db: AsyncSession, now: datetime) -> bool:
    """Whether the time of a request runs out, or has, of which nobody was told yet: a look that locks nothing."""
    return (await db.exec(_to_tell(now).limit(1))).first() is not None


async def tell_of_time(db: AsyncSession, now: datetime) -> int:
    """Queues the mails that are to be sent by now; gives the number of requests that they are about."""
    requests: Sequence[SubjectRequest] = (
        await db.exec(_to_tell(now).with_for_update(of=SubjectRequest))
    ).all()
    for request in requests:
        overdue = request.due_at <= now
        request.warned_at = request.warned_at or now
        request.overdue_at = now if overdue else None
        db.add(request)
        await db.flush()
        await tell_responsible(db, request, OVERDUE if overdue else DUE_SOON, now)
    return len(requests)


def _to_tell(now: datetime) -> SelectOfScalar[SubjectRequest]:
    return (
        select(SubjectRequest)
        .join(Participant, col(Participant.id) == col(SubjectRequest.participant_id))
        .where(
            col(SubjectRequest.state) == RequestState.OPEN,
            or_(
                and_(col(SubjectRequest.warned_at).is_(None), col(SubjectRequest.due_at) <= now + NOTICE),
                and_(col(SubjectRequest.overdue_at).is_(None), col(SubjectRequest.due_at) <= now),
            ),
        )
    )
