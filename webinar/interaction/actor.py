"""Who acts in a room."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.errors import Conflict, Forbidden, NotFound
from webinar.models import Participant, Webinar, WebinarState

# Before the start people greet each other; after the end the room can still be read.
OPEN_STATES = frozenset({WebinarState.SCHEDULED, WebinarState.LIVE, WebinarState.PAUSED})


class Voice(Protocol):
    """What of a participant tells whether they may speak."""

    @property
    def banned_at(self) -> datetime | None: ...

    @property
    def muted_at(self) -> datetime | None: ...


class Stand(Protocol):
    """What of a webinar tells whether its conversations are open."""

    @property
    def state(self) -> WebinarState: ...


V = TypeVar("V", bound=Voice)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in one room: a participant, a user of the account (the host), or a viewer without a name."""

    account_id: UUID
    webinar_id: UUID
    participant_id: UUID | None = None
    user_id: UUID | None = None

    @property
    def is_host(self) -> bool:
        """Whether the person moderates the room."""
        return self.user_id is not None


def require_host(actor: Actor) -> None:
    """Raises Forbidden for everybody who does not moderate the room."""
    if not actor.is_host:
        raise Forbidden("Only a host can do this.", code="hosts_only")


async def require_voice(db: AsyncSession, actor: Actor, *, muted_too: bool = False) -> Participant:
    """The participant, read anew, when they may speak (`muted_too`: or vote); raises Forbidden otherwise."""
    return check_voice(await find_participants(db, actor, [actor.participant_id]), actor, muted_too=muted_too)


def shut_out() -> Forbidden:
    """What somebody is told who was banned, wherever they try to come in or to speak."""
    return Forbidden("You can no longer take part in this webinar.", code="banned")


def check_voice(found: Mapping[UUID, V], actor: Actor, *, muted_too: bool = False) -> V:
    """The actor among the participants found; raises Forbidden when they may not speak, NotFound when not there."""
    participant = _among(found, actor.participant_id)
    if participant.banned_at:
        raise shut_out()
    if participant.muted_at and not muted_too:
        raise Forbidden("A host has muted you.", code="muted")
    return participant


async def find_participant(db: AsyncSession, actor: Actor, participant_id: UUID | None) -> Participant:
    """A participant of the actor's room. Raises Forbidden without an id (a viewer), NotFound for a foreign one."""
    return _among(await find_participants(db, actor, [participant_id]), participant_id)


async def find_participants(
    db: AsyncSession, actor: Actor, participant_ids: Iterable[UUID | None]
) -> dict[UUID, Participant]:
    """Those participants of the actor's room, read anew. One statement; None is nobody."""
    wanted = [participant_id for participant_id in participant_ids if participant_id is not None]
    if not wanted:
        return {}
    found = await db.exec(
        select(Participant)
        .where(col(Participant.webinar_id) == actor.webinar_id, col(Participant.id).in_(wanted))
        .execution_options(populate_existing=True)
    )
    return {participant.id: participant for participant in found}


def _among(found: Mapping[UUID, V], participant_id: UUID | None) -> V:
    if participant_id is None:
        raise Forbidden("Choose a name to take part.", code="read_only")
    if participant_id not in found:
        raise NotFound("This person is no longer here.")
    return found[participant_id]


async def find_room(db: AsyncSession, actor: Actor) -> Webinar:
    """The actor's webinar, read anew; raises NotFound when it is gone."""
    found = await db.exec(
        select(Webinar)
        .where(col(Webinar.account_id) == actor.account_id, col(Webinar.id) == actor.webinar_id)
        .execution_options(populate_existing=True)
    )
    webinar = found.first()
    if webinar is None:
        raise NotFound
    return webinar


def require_open(webinar: Stand, *, enabled: bool, code: str) -> None:
    """Raises Conflict with `code` when this kind of conversation is off, or the webinar is not open for it."""
    if not enabled or webinar.state not in OPEN_STATES:
        raise Conflict("This conversation is closed.", code=code)
