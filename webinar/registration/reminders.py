"""Reminders: planned again and again from the calendar as it stands, so that no change of it can be missed."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import exists
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.standing import usable
from webinar.models import OutgoingMail, Participant, ParticipantState, Webinar, WebinarState

# How long before the start each kind of reminder leaves.
DAY_BEFORE = "reminder_day"
SOON = "reminder_soon"
REMINDERS = {DAY_BEFORE: timedelta(hours=24), SOON: timedelta(minutes=15)}
# After that a reminder would only confuse: it is skipped (the machine was off, say).
LATEST = timedelta(minutes=30)
AHEAD = timedelta(minutes=5)
CHUNK = 500


async def plan_reminders(db: AsyncSession, now: datetime) -> int:
    """Adds to the outbox the reminders that are due within minutes; gives their number. Call it until that is 0.

    A row's id follows from the person, the kind and the start, so that no two processes plan one twice. Who
    registered after a reminder was due has just got a mail with the link, and gets none.
    """
    planned = 0
    for kind, lead in REMINDERS.items():
        coming = select(Webinar).where(
            col(Webinar.state) == WebinarState.SCHEDULED,
            col(Webinar.starts_at) > max(now, now + lead - LATEST),
            col(Webinar.starts_at) <= now + lead + AHEAD,
        )
        for webinar in (await db.exec(coming)).all():
            if webinar.starts_at:
                planned += await _plan(db, webinar, kind, webinar.starts_at - lead, now)
    return planned


def is_timely(webinar: Webinar, mail: OutgoingMail, now: datetime) -> bool:
    """Whether a reminder still says what is so: the webinar is to begin, at the time it was planned for."""
    return (
        webinar.state is WebinarState.SCHEDULED
        and webinar.starts_at is not None
        and webinar.starts_at > now
        and mail.due_at == webinar.starts_at - REMINDERS[mail.kind]
    )


def reminder_id(participant_id: UUID, kind: str, due_at: datetime) -> UUID:
    """The id of the one reminder of this kind that is due then for this person."""
    return uuid5(participant_id, f"{kind} {due_at.isoformat()}")


async def _plan(db: AsyncSession, webinar: Webinar, kind: str, due_at: datetime, now: datetime) -> int:
    already = exists().where(
        col(OutgoingMail.participant_id) == col(Participant.id),
        col(OutgoingMail.kind) == kind,
        col(OutgoingMail.due_at) == due_at,
    )
    missing = (
        select(col(Participant.id))
        .where(
            col(Participant.account_id) == webinar.account_id,
            col(Participant.webinar_id) == webinar.id,
            col(Participant.state) == ParticipantState.REGISTERED,
            col(Participant.email).is_not(None),
            col(Participant.reminders_stopped_at).is_(None),
            usable(col(Participant.id)),
            col(Participant.created_at) < due_at,
            ~already,
        )
        .limit(CHUNK)
    )
    ids = (await db.exec(missing)).all()
    for participant_id in ids:
        db.add(
            OutgoingMail(
                id=reminder_id(participant_id, kind, due_at),
                account_id=webinar.account_id,
                webinar_id=webinar.id,
                participant_id=participant_id,
                kind=kind,
                created_at=now,
                due_at=due_at,
            )
        )
    await db.flush()
    return len(ids)
