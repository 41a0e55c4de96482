"""The outbox: rows that say who is to get which kind of mail, when. They never hold what the mail says."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, insert, or_, update
from sqlmodel import Session, col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from webinar.models import OutgoingMail


async def enqueue_mail(  # noqa: PLR0913 - one row, each of its columns by name
    db: AsyncSession,
    *,
    account_id: UUID,
    kind: str,
    now: datetime,
    webinar_id: UUID | None = None,
    participant_id: UUID | None = None,
    user_id: UUID | None = None,
    claim_id: UUID | None = None,
    request_id: UUID | None = None,
    due_at: datetime | None = None,
) -> UUID:
    """Puts one mail to a participant (with their webinar) or to a user into the outbox; gives the row's id.

    `kind` names the composer that will write it. It leaves at `due_at`, or as soon as the unit of work is
    committed; call `services.mail.wake()` then. `claim_id` is the admission claim whose code the mail carries,
    `request_id` the data subject request that it is about.
    """
    mail = OutgoingMail(
        account_id=account_id,
        webinar_id=webinar_id,
        participant_id=participant_id,
        user_id=user_id,
        claim_id=claim_id,
        request_id=request_id,
        kind=kind,
        created_at=now,
        due_at=due_at or now,
    )
    # Whom the mail is about may be as new as the mail.
    await db.flush()
    await enqueue_mails(db, [mail])
    return mail.id


async def enqueue_mails(db: AsyncSession, mails: Sequence[OutgoingMail]) -> None:
    """Puts many mails into the outbox, in one statement. What they refer to must have been sent to the database."""
    if mails:
        await (await db.connection()).execute(insert(OutgoingMail), [mail.model_dump() for mail in mails])


def anything_due(db: Session, now: datetime) -> bool:
    """Whether a mail waits to be sent: a look that keeps nobody from writing."""
    return db.exec(_due(now).limit(1)).first() is not None


async def claim_due(
    db: AsyncSession, *, now: datetime, lease: timedelta, limit: int
) -> Sequence[OutgoingMail]:
    """Takes up to `limit` due mails for this process alone until the lease ends, oldest first.

    A process that dies loses its mails to the next one when its lease ends. PostgreSQL skips rows that
    another process is just claiming; SQLite has one writer at a time anyway.
    """
    due = _due(now).order_by(col(OutgoingMail.due_at)).limit(limit).with_for_update(skip_locked=True)
    ids = (await db.exec(due)).all()
    claimed = (
        update(OutgoingMail)
        .where(col(OutgoingMail.id).in_(ids))
        .values(leased_until=now + lease, attempts=col(OutgoingMail.attempts) + 1)
        .returning(OutgoingMail)
    )
    mails = (await db.exec(claimed)).scalars().all()
    return sorted(mails, key=lambda mail: mail.due_at)


async def release_mails(db: AsyncSession, mails: Sequence[OutgoingMail]) -> None:
    """Gives claimed mails back untried, except those that somebody else has claimed since."""
    for mail in mails:
        mine = update(OutgoingMail).where(
            col(OutgoingMail.id) == mail.id, col(OutgoingMail.leased_until) == mail.leased_until
        )
        await db.exec(mine.values(leased_until=None, attempts=col(OutgoingMail.attempts) - 1))


async def mark_sent(db: AsyncSession, mail_id: UUID, now: datetime) -> bool:
    """Notes that the mail left; False when its row is gone because the person was erased meanwhile."""
    return await _change(db, mail_id, sent_at=now, leased_until=None, error_code="")


async def mark_for_retry(db: AsyncSession, mail_id: UUID, at: datetime, error_code: str) -> bool:
    """Gives the mail another try then; until that nobody may claim it. When it was due stays as it was."""
    return await _change(db, mail_id, leased_until=at, error_code=error_code)


async def mark_failed(db: AsyncSession, mail_id: UUID, now: datetime, error_code: str) -> bool:
    """Gives the mail up."""
    return await _change(db, mail_id, failed_at=now, leased_until=None, error_code=error_code)


async def drop_mail(db: AsyncSession, mail_id: UUID) -> None:
    """Takes a mail out that has nothing to say any more."""
    await db.exec(delete(OutgoingMail).where(col(OutgoingMail.id) == mail_id))


async def purge_old_mails(db: AsyncSession, before: datetime) -> Sequence[UUID]:
    """Deletes the rows of mails that left or failed before that time; gives their ids."""
    done = or_(col(OutgoingMail.sent_at) < before, col(OutgoingMail.failed_at) < before)
    return (await db.exec(delete(OutgoingMail).where(done).returning(col(OutgoingMail.id)))).scalars().all()


async def _change(db: AsyncSession, mail_id: UUID, **values: object) -> bool:
    statement = update(OutgoingMail).where(col(OutgoingMail.id) == mail_id).values(**values)
    return (await db.exec(statement.returning(col(OutgoingMail.id)))).first() is not None


def _due(now: datetime) -> SelectOfScalar[UUID]:
    return select(col(OutgoingMail.id)).where(
        col(OutgoingMail.sent_at).is_(None),
        col(OutgoingMail.failed_at).is_(None),
        col(OutgoingMail.due_at) <= now,
        or_(col(OutgoingMail.leased_until).is_(None), col(OutgoingMail.leased_until) <= now),
    )
