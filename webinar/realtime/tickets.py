"""Tickets: the right to open one socket, asked for over HTTP where the cookie is, used within seconds (S2).

A ticket has 256 bits, is stored hashed, works once, and is bound to the session and the webinar it was asked for.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam
from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.models import SocketTicket, Webinar, table_of
from webinar.signing import hash_token, new_token

LIFETIME = timedelta(seconds=30)
TICKET = table_of(SocketTicket)
_USE = TICKET.delete().where(TICKET.c.token_hash.in_(bindparam("hashes", expanding=True))).returning(TICKET)


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


def use_tickets(db: Connection, tokens: Sequence[str], now: datetime) -> list[Row[Any] | None]:
    """The tickets, in order, which are used up now; None for each that is unknown, was used, or is too old.

    The database deletes and gives them in one step, so that of two who use one at once only one gets it. They have
    `account_id`, `webinar_id`, `participant_session_id` and `user_session_id`.
    """
    hashes = [hash_token(token) for token in tokens]
    rows = db.execute(_USE, {"hashes": hashes})
    used = {row.token_hash: row for row in rows if row.expires_at > now}
    return [used.pop(each, None) for each in hashes]
