"""Where participants get their tickets: those who ask at the same time share a transaction, as they do at the door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, bindparam, select

from webinar.clock import Clock
from webinar.db import Database
from webinar.errors import Forbidden
from webinar.models import (
    Participant,
    ParticipantSession,
    ParticipantState,
    Webinar,
    WebinarState,
    table_of,
)
from webinar.realtime.tickets import LIFETIME, TICKET
from webinar.signing import hash_token, new_token
from webinar.together import Together

MOST_AT_ONCE = 128  # tickets in one transaction

SESSION, PARTICIPANT, WEBINAR = table_of(ParticipantSession), table_of(Participant), table_of(Webinar)
_SWEEP = TICKET.delete().where(TICKET.c.expires_at <= bindparam("now"))
_ADMITTED = (
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
        SESSION.c.token_hash.in_(bindparam("hashes", expanding=True)),
        SESSION.c.expires_at > bindparam("now"),
        PARTICIPANT.c.state != ParticipantState.INVITED,
        PARTICIPANT.c.erasure_id.is_(None),
        WEBINAR.c.state != WebinarState.DRAFT,
        WEBINAR.c.erasure_id.is_(None),
    )
)
_INSERT = TICKET.insert()


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
        return await self._db.write(issue_tickets, asking, now=self._clock.now())


def issue_tickets(db: Connection, asking: Sequence[Asking], *, now: datetime) -> list[str | Forbidden | None]:
    """A ticket for each who is admitted, as `tickets.issue_ticket` makes it; tickets that ran out are swept away."""
    db.execute(_SWEEP, {"now": now})
    hashes = [hash_token(each.session_token) for each in asking]
    rows = db.execute(_ADMITTED, {"hashes": list(set(hashes)), "now": now})
    admitted = {(row.token_hash, row.webinar_id): row for row in rows}
    outcomes: list[str | Forbidden | None] = []
    tickets: list[dict[str, Any]] = []
    for each, digest in zip(asking, hashes, strict=True):
        session = admitted.get((digest, each.webinar_id))
        if session is None:
            outcomes.append(None)
        elif session.banned_at is not None:
            outcomes.append(Forbidden("You can no longer take part in this webinar.", code="banned"))
        else:
            token = new_token()
            outcomes.append(token)
            tickets.append(
                {
                    "id": uuid4(),
                    "account_id": session.account_id,
                    "webinar_id": session.webinar_id,
                    "participant_session_id": session.id,
                    "user_session_id": None,
                    "token_hash": hash_token(token),
                    "expires_at": now + LIFETIME,
                }
            )
    if tickets:
        db.execute(_INSERT, tickets)
    return outcomes
