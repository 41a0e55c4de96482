"""The way in for everybody who comes at once: tickets are used, and who holds them is looked up, many in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from webinar.clock import Clock
from webinar.db import Database
from webinar.interaction.actor import Actor
from webinar.models import (
    Access,
    Participant,
    ParticipantSession,
    ParticipantState,
    User,
    UserSession,
    Webinar,
    WebinarState,
    table_of,
)
from webinar.realtime.codes import Close
from webinar.realtime.identity import Identity
from webinar.realtime.tickets import UsedTicket, use_tickets
from webinar.statements import Listing
from webinar.together import Together

MOST_AT_ONCE = 128  # tickets in one transaction
# Seconds from one transaction to the next in a storm: by itself each costs as much as a dozen tickets, and as long as it
# lasts nobody's chat message can be stored.
APART = 0.02

WEBINAR, PARTICIPANT, USER = table_of(Webinar), table_of(Participant), table_of(User)
SESSION, USER_SESSION = table_of(ParticipantSession), table_of(UserSession)


class Destination(NamedTuple):
    """The webinar that a ticket leads to, and what tells whether somebody may come in."""

    id: UUID
    state: WebinarState
    access: Access


class Guest(NamedTuple):
    """A participant's session, and what tells whether it lets them in."""

    id: UUID
    webinar_id: UUID
    participant_id: UUID
    state: ParticipantState
    banned_at: datetime | None


class Host(NamedTuple):
    """A user's session."""

    id: UUID
    user_id: UUID
    account_id: UUID


_DESTINATIONS = Listing(
    lambda places: select(WEBINAR.c.id, WEBINAR.c.state, WEBINAR.c.access).where(
        WEBINAR.c.id.in_(places("ids", WEBINAR.c.id)), WEBINAR.c.erasure_id.is_(None)
    )
)
_GUESTS = Listing(
    lambda places: (
        select(
            SESSION.c.id,
            SESSION.c.webinar_id,
            SESSION.c.participant_id,
            PARTICIPANT.c.state,
            PARTICIPANT.c.banned_at,
        )
        .join(PARTICIPANT, PARTICIPANT.c.id == SESSION.c.participant_id)
        .where(
            SESSION.c.id.in_(places("ids", SESSION.c.id)),
            SESSION.c.expires_at > bindparam("now"),
            PARTICIPANT.c.erasure_id.is_(None),
        )
    )
)
_HOSTS = Listing(
    lambda places: (
        select(USER_SESSION.c.id, USER_SESSION.c.user_id, USER.c.account_id)
        .join(USER, USER.c.id == USER_SESSION.c.user_id)
        .where(
            USER_SESSION.c.id.in_(places("ids", USER_SESSION.c.id)),
            USER_SESSION.c.expires_at > bindparam("now"),
        )
    )
)

Admitted = Identity | Close
R = TypeVar("R", Destination, Guest, Host)


class Door(Together[str, Admitted]):
    """Asked with a ticket's token, it gives who its holder is, or why they must not come in. A ticket works once."""

    __slots__ = ("_clock", "_db")

    def __init__(self, db: Database, clock: Clock) -> None:
        super().__init__(self._admit, MOST_AT_ONCE, apart=APART)
        self._db, self._clock = db, clock

    async def _admit(self, tokens: Sequence[str]) -> Sequence[Admitted]:
        return await self._db.write(admit, tokens, now=self._clock.now())


def admit(db: Connection, tokens: Sequence[str], *, now: datetime) -> list[Admitted]:
    """Uses the tickets; gives for each who may come in as whom, or why not."""
    tickets = use_tickets(db, tokens, now)
    real = [ticket for ticket in tickets if ticket is not None]
    destinations = _find(db, _DESTINATIONS, Destination, {ticket.webinar_id for ticket in real}, now)
    guests = _find(db, _GUESTS, Guest, {ticket.participant_session_id for ticket in real}, now)
    hosts = _find(db, _HOSTS, Host, {ticket.user_session_id for ticket in real}, now)
    return [
        Close.BAD_TICKET if ticket is None else _identify(ticket, destinations, guests, hosts)
        for ticket in tickets
    ]


def _find(
    db: Connection, listing: Listing, kind: Callable[..., R], ids: set[UUID | None] | set[UUID], now: datetime
) -> dict[UUID | None, R]:
    rows = (kind(*row) for row in listing.rows(db, {"ids": [*ids - {None}]}, {"now": now}))
    return {row.id: row for row in rows}


def _identify(
    ticket: UsedTicket,
    destinations: Mapping[UUID | None, Destination],
    guests: Mapping[UUID | None, Guest],
    hosts: Mapping[UUID | None, Host],
) -> Admitted:
    destination = destinations.get(ticket.webinar_id)
    if destination is None:
        return Close.GONE
    if ticket.user_session_id is not None:
        return _host(ticket, hosts.get(ticket.user_session_id))
    if destination.state is WebinarState.DRAFT:
        return Close.GONE
    if ticket.participant_session_id is not None:
        return _participant(ticket, guests.get(ticket.participant_session_id))
    if destination.access is not Access.OPEN:
        return Close.REVOKED
    return Identity(Actor(ticket.account_id, ticket.webinar_id), None)


def _participant(ticket: UsedTicket, found: Guest | None) -> Admitted:
    if found is None:
        return Close.REVOKED
    if found.webinar_id != ticket.webinar_id or found.state is ParticipantState.INVITED:
        return Close.REVOKED
    if found.banned_at is not None:
        return Close.BANNED
    actor = Actor(ticket.account_id, ticket.webinar_id, participant_id=found.participant_id)
    return Identity(actor, found.id)


def _host(ticket: UsedTicket, found: Host | None) -> Admitted:
    if found is None or found.account_id != ticket.account_id:
        return Close.REVOKED
    return Identity(Actor(ticket.account_id, ticket.webinar_id, user_id=found.user_id), found.id)
