"""Tickets: the right to open one socket, asked for over HTTP where the cookie is, used within seconds (S2).

A ticket has 256 bits, is stored hashed, works once, and is bound to the session and the webinar it was asked for.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import Connection, bindparam
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.db import within
from webinar.models import SocketTicket, Webinar, table_of
from webinar.signing import hash_token, new_token
from webinar.statements import Listing, Statement

LIFETIME = timedelta(seconds=30)
TICKET = table_of(SocketTicket)


class Holder(NamedTuple):
    """Whom a ticket lets in, to which webinar: by a session, or a nameless viewer."""

    account_id: UUID
    webinar_id: UUID
    participant_session_id: UUID | None = None
    user_session_id: UUID | None = None


class UsedTicket(NamedTuple):
    """A ticket that was there: for which session, if for any."""

    account_id: UUID
    webinar_id: UUID
    participant_session_id: UUID | None
    user_session_id: UUID | None
    token_hash: bytes
    expires_at: datetime


_SWEEP = Statement(TICKET.delete().where(TICKET.c.expires_at <= bindparam("now")))
_INSERT = Statement(TICKET.insert())
_USE = Listing(
    lambda places: (
        TICKET.delete()
        .where(TICKET.c.token_hash.in_(places("hashes", TICKET.c.token_hash)))
        .returning(*(TICKET.c[name] for name in UsedTicket._fields))
    )
)


async def issue_ticket(
    db: AsyncSession,
    webinar: Webinar,
    *,
    now: datetime,
    participant_session_id: UUID | None = None,
    user_session_id: UUID | None = None,
) -> str:
    """A ticket for the session, or for a nameless viewer when neither session is given. Give it to nobody else."""
    await db.flush()
    holder = Holder(webinar.account_id, webinar.id, participant_session_id, user_session_id)
    [token] = await within(db, issue_tickets, [holder], now)
    return token


def issue_tickets(db: Connection, holders: Sequence[Holder], now: datetime) -> list[str]:
    """A ticket's token for each of them, in order; tickets that ran out are swept away."""
    _SWEEP.carry_out(db, [{"now": now}])
    tokens = [new_token() for _ in holders]
    rows = [
        {"id": uuid4(), **holder._asdict(), "token_hash": hash_token(token), "expires_at": now + LIFETIME}
        for holder, token in zip(holders, tokens, strict=True)
    ]
    if rows:
        _INSERT.carry_out(db, rows)
    return tokens


def use_tickets(db: Connection, tokens: Sequence[str], now: datetime) -> list[UsedTicket | None]:
    """The tickets, in order, which are used up now; None for each that is unknown, was used, or is too old.

    The database deletes and gives them in one step, so that of two who use one at once only one gets it.
    """
    hashes = [hash_token(token) for token in tokens]
    tickets = (UsedTicket(*row) for row in _USE.rows(db, {"hashes": hashes}))
    used = {ticket.token_hash: ticket for ticket in tickets if ticket.expires_at > now}
    return [used.pop(each, None) for each in hashes]
