"""Asking again by mail: whoever agreed to words that mean something else by now.

Planned like reminders, little by little, so that publishing new words to 100,000 people holds up nobody.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import exists
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.coverage import is_latest
from webinar.consent.standing import unopposed
from webinar.mail import enqueue_mails
from webinar.models import ConsentRecord, ConsentState, NoticeVersion, OutgoingMail, Participant, Purpose

WORDS_CHANGED = "words_changed"
# After that nobody is asked by mail any more (the machine was off, say); their own page and the room still do.
LATEST = timedelta(days=2)
CHUNK = 500


async def plan_renewals(db: AsyncSession, now: datetime) -> int:
    """Adds to the outbox the mails that ask again; gives their number. Call it until that is 0.

    One for each person and change, though several purposes change at once; who answers before it leaves gets none.
    """
    changed = (
        select(NoticeVersion)
        .join(Purpose, col(Purpose.id) == col(NoticeVersion.purpose_id))
        .where(
            col(NoticeVersion.substantive).is_(True),
            col(NoticeVersion.number) > 1,
            col(NoticeVersion.created_at) > now - LATEST,
            col(Purpose.retired_at).is_(None),
        )
    )
    return sum([await _plan(db, notice, now) for notice in (await db.exec(changed)).all()])


async def _plan(db: AsyncSession, new: NoticeVersion, now: datetime) -> int:
    asked = exists().where(
        col(OutgoingMail.account_id) == col(Participant.account_id),
        col(OutgoingMail.webinar_id) == col(Participant.webinar_id),
        col(OutgoingMail.participant_id) == col(Participant.id),
        col(OutgoingMail.kind) == WORDS_CHANGED,
        col(OutgoingMail.created_at) >= new.created_at,
    )
    to_ask = (
        select(Participant)
        .join(ConsentRecord, col(ConsentRecord.participant_id) == col(Participant.id))
        .join(NoticeVersion, col(NoticeVersion.id) == col(ConsentRecord.notice_version_id))
        .where(
            col(ConsentRecord.account_id) == new.account_id,
            col(ConsentRecord.purpose_id) == new.purpose_id,
            col(ConsentRecord.state) == ConsentState.GIVEN,
            is_latest(ConsentRecord),
            col(NoticeVersion.language) == new.language,
            col(NoticeVersion.number) < new.number,
            col(Participant.email).is_not(None),
            unopposed(col(Participant.id)),
            ~asked,
        )
        .limit(CHUNK)
    )
    people = (await db.exec(to_ask)).all()
    await enqueue_mails(db, [_mail(person, new.id, now) for person in people])
    return len(people)


def _mail(person: Participant, notice_id: UUID, now: datetime) -> OutgoingMail:
    return OutgoingMail(
        # The same whoever plans it: no two processes ask one person twice.
        id=uuid5(person.id, f"{WORDS_CHANGED} {notice_id}"),
        account_id=person.account_id,
        webinar_id=person.webinar_id,
        participant_id=person.id,
        kind=WORDS_CHANGED,
        created_at=now,
        due_at=now,
    )
