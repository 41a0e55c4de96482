"""Tickets: the right to open one socket, asked for over HTTP where the cookie is, used within seconds (S2).

A ticket has 256 bits, is stored hashed, works once, and is bound to the session and the webinar it was asked for.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.models import SocketTicket, Webinar
from webinar.signing import hash_token, new_token

LIFETIME = timedelta(seconds=30)


async def issue_ticket(
    db: AsyncSession,
    webinar: Webinar,
    *,
    now: datetime,
    participant_session_id: UUID | None = None,
    user_session_id: UUID | None = None,
) -> str:
    """A ticket for the session, or for a nameless viewer when neither session is given. Give it to nobody else."""
    await db.exec(delete(SocketTicket).where(col(SocketTicket.expires_at) <= now))
    token = new_token()
    db.add(
        SocketTicket(
            account_id=webinar.account_id,
            webinar_id=webinar.id,
            participant_session_id=participant_session_id,
            user_session_id=user_session_id,
            token_hash=hash_token(token),
            expires_at=now + LIFETIME,
        )
    )
    await db.flush()
    return token


async def use_ticket(db: AsyncSession, token: str, now: datetime) -> SocketTicket | None:
    """The ticket, which is used up now; None when it is unknown, was used, or is too old.

    The database deletes and gives it in one step, so that of two who use it at once only one gets it.
    """
    used = (
        delete(SocketTicket)
        .where(col(SocketTicket.token_hash) == hash_token(token))
        .returning(SocketTicket)
        .execution_options(synchronize_session=False)
    )
    ticket: SocketTicket | None = (await db.exec(used)).scalar()
    return ticket if ticket is not None and ticket.expires_at > now else None
