"""Where participants get their tickets: those who ask at the same time share a transaction, as they do at the door."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from webinar.clock import Clock
from webinar.db import Database
from webinar.errors import Forbidden
from webinar.interaction.actor import shut_out
from webinar.models import (
    Participant,
    ParticipantSession,
    ParticipantState,
    Webinar,
    WebinarState,
    table_of,
)
from webinar.realtime.tickets import Holder, issue_tickets
from webinar.signing import hash_token
from webinar.statements import Listing
from webinar.together import Together

MOST_AT_ONCE = 128  # tickets in one transaction

SESSION, PARTICIPANT, WEBINAR = table_of(ParticipantSession), table_of(Participant), table_of(Webinar)
_ADMITTED = Listing(
    lambda places: (
        select(
            SESSION.c.token_hash,
            SESSION.c.id,
            SESSION.c.account_id,
            SESSION.c.webinar_id,
            PARTICIPANT.c.banned_at,
        )
        .join(PARTICIPANT, PARTICIPANT.c.id == SESSION.c.participant_id)
        .join(WEBINAR, WEBINAR.c.id == SESSION.c.webinar_id)
        .where(
            SESSION.c.token_hash.in_(places("hashes", SESSION.c.token_hash)),
            SESSION.c.expires_at > bindparam("now"),
            PARTICIPANT.c.state != ParticipantState.INVITED,
            PARTICIPANT.c.erasure_id.is_(None),
            WEBINAR.c.state != WebinarState.DRAFT,
            WEBINAR.c.erasure_id.is_(None),
        )
    )
)


class AdmittedSession(NamedTuple):
    """A session that admits somebody to a webinar, unless they are banned."""

    token_hash: bytes
    id: UUID
    account_id: UUID
    webinar_id: UUID
    banned_at: datetime | None


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody asks for a ticket to a webinar, with the token of their session."""

    webinar_id: UUID
    session_token: str


class Office(Together[Asking, str | None]):
    """Gives a ticket's token, or None to a session that admits nobody to that webinar. Raises Forbidden (`banned`)."""

    __slots__ = ("_clock", "_db")

    def __init__(self, db: Database, clock: Clock) -> None:
        super().__init__(self._issue, MOST_AT_ONCE)
        self._db, self._clock = db, clock

    async def _issue(self, asking: Sequence[Asking]) -> Sequence[str | Forbidden | None]:
        return await self._db.write(tickets_for, asking, now=self._clock.now())


def tickets_for(db: Connection, asking: Sequence[Asking], *, now: datetime) -> list[str | Forbidden | None]:
    """A ticket for each who is admitted, in order."""
    hashes = [hash_token(each.session_token) for each in asking]
    rows = (AdmittedSession(*row) for row in _ADMITTED.rows(db, {"hashes": [*{*hashes}]}, {"now": now}))
    admitted = {(row.token_hash, row.webinar_id): row for row in rows}
    sessions = [admitted.get((digest, each.webinar_id)) for each, digest in zip(asking, hashes, strict=True)]
    welcome = [session for session in sessions if session is not None and session.banned_at is None]
    holders = [Holder(session.account_id, session.webinar_id, session.id) for session in welcome]
    tokens = iter(issue_tickets(db, holders, now))
    return [_outcome(session, tokens) for session in sessions]


def _outcome(session: AdmittedSession | None, tokens: Iterator[str]) -> str | Forbidden | None:
    if session is None:
        return None
    if session.banned_at is not None:
        return shut_out()
    return next(tokens)
