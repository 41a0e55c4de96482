"""Signed-in browsers of users: started at sign-in, found by their cookie, ended at once and everywhere.

The cookie holds a random token, the database its hash (ASVS 5 7.2). A session ends 12 hours after its last use
and in any case after 7 days, which covers a long day of webinars but not a forgotten browser.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.accounts.actor import Actor
from webinar.models import User, UserSession
from webinar.signing import hash_token, new_token

IDLE = timedelta(hours=12)
LIFETIME = timedelta(days=7)
# The last use is noted this exactly, so that reading a page costs no write.
GRAIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class StartedSession:
    """A new session. `token` goes into the cookie and is kept nowhere else. `replaced` is the one that ended for it."""

    session: UserSession
    token: str
    replaced: UUID | None = None


async def start_session(
    db: AsyncSession, user: User, now: datetime, *, replacing: str = ""
) -> StartedSession:
    """Signs a browser in. Its token is always new, and the one it came with, `replacing`, ends (ASVS 5 7.2.4)."""
    replaced = await end_session(db, replacing) if replacing else None
    await db.exec(delete(UserSession).where(_over(now)))
    token = new_token()
    session = UserSession(
        account_id=user.account_id,
        user_id=user.id,
        token_hash=hash_token(token),
        created_at=now,
        seen_at=now,
        expires_at=now + LIFETIME,
    )
    db.add(session)
    await db.flush()
    return StartedSession(session, token, replaced)


async def find_actor(db: AsyncSession, token: str, now: datetime) -> Actor | None:
    """Who holds the session cookie `token`; None when the session is over or never was."""
    statement = (
        select(User, UserSession)
        .join(UserSession, col(UserSession.user_id) == col(User.id))
        .where(UserSession.token_hash == hash_token(token), ~_over(now))
    )
    row = (await db.exec(statement)).first()
    return Actor(*row) if row else None


def needs_touch(session: UserSession, now: datetime) -> bool:
    """Whether the session's last use should be noted again."""
    return now - session.seen_at >= GRAIN


async def touch_session(db: AsyncSession, session_id: UUID, now: datetime) -> None:
    """Notes that the session is in use."""
    await db.exec(update(UserSession).where(col(UserSession.id) == session_id).values(seen_at=now))


async def end_session(db: AsyncSession, token: str) -> UUID | None:
    """Signs the browser with this cookie out; gives the session that ended. Its sockets are to be revoked then (S3)."""
    ended = delete(UserSession).where(col(UserSession.token_hash) == hash_token(token))
    return (await db.exec(ended.returning(col(UserSession.id)))).scalar()


async def end_sessions(db: AsyncSession, user: User, *, but: UUID | None = None) -> list[UUID]:
    """Signs the user out everywhere, except in the session `but`; gives the sessions that ended, as `end_session` does."""
    ended = delete(UserSession).where(
        col(UserSession.account_id) == user.account_id, col(UserSession.user_id) == user.id
    )
    if but is not None:
        ended = ended.where(col(UserSession.id) != but)
    return [*(await db.exec(ended.returning(col(UserSession.id)))).scalars()]


def _over(now: datetime) -> ColumnElement[bool]:
    return or_(col(UserSession.expires_at) <= now, col(UserSession.seen_at) <= now - IDLE)
