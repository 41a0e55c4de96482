"""Who is at the other end of a socket, and whether they still may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.interaction.actor import Actor
from webinar.models import (
    Access,
    Participant,
    ParticipantSession,
    UserSession,
    Webinar,
)
from webinar.realtime.codes import Close

CHUNK = 500  # ids in one query


class Audience(StrEnum):
    """Who sees the same of a room: everything is encoded once for each."""

    HOSTS = "hosts"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Identity:
    """A person at a socket: who they act as, and the session that let them in (None for a viewer)."""

    actor: Actor
    session_id: UUID | None

    @property
    def audience(self) -> Audience:
        """What they see."""
        return Audience.HOSTS if self.actor.is_host else Audience.PUBLIC

    @property
    def keys(self) -> frozenset[UUID]:
        """What revoking closes the socket: the session, the participant, the user."""
        found = (self.session_id, self.actor.participant_id, self.actor.user_id)
        return frozenset(key for key in found if key is not None)


async def fallen_from(
    db: AsyncSession, webinar_id: UUID, identities: Sequence[Identity], now: datetime
) -> dict[Identity, Close]:
    """Those of the people in a webinar's room who may no longer be there, and why."""
    webinar = (await db.exec(select(Webinar).where(col(Webinar.id) == webinar_id))).first()
    if webinar is None:
        return dict.fromkeys(identities, Close.GONE)
    sessions = [identity.session_id for identity in identities if identity.session_id is not None]
    alive: set[UUID] = set()
    banned: set[UUID] = set()
    for part in (sessions[start : start + CHUNK] for start in range(0, len(sessions), CHUNK)):
        alive.update(await db.exec(select(UserSession.id).where(_live(UserSession, part, now))))
        admitted = select(ParticipantSession.id, Participant.banned_at).join(
            Participant, col(Participant.id) == col(ParticipantSession.participant_id)
        )
        for session_id, banned_at in await db.exec(admitted.where(_live(ParticipantSession, part, now))):
            (alive if banned_at is None else banned).add(session_id)
    fallen = {}
    for identity in identities:
        if identity.session_id in banned:
            fallen[identity] = Close.BANNED
        elif (identity.session_id is None and webinar.access is not Access.OPEN) or (
            identity.session_id is not None and identity.session_id not in alive
        ):
            fallen[identity] = Close.REVOKED
    return fallen | await _erased(db, [each for each, why in fallen.items() if why is Close.REVOKED])


async def _erased(db: AsyncSession, identities: Sequence[Identity]) -> dict[Identity, Close]:
    """Those whose participant is no longer there: they are told so, and their page forgets the conversation."""
    wanted = [each.actor.participant_id for each in identities if each.actor.participant_id is not None]
    here: set[UUID] = set()
    for part in (wanted[start : start + CHUNK] for start in range(0, len(wanted), CHUNK)):
        here.update(await db.exec(select(Participant.id).where(col(Participant.id).in_(part))))
    return dict.fromkeys(
        (each for each in identities if each.actor.participant_id in {*wanted} - here), Close.ERASED
    )


def _live(
    table: type[UserSession] | type[ParticipantSession], ids: Sequence[UUID], now: datetime
) -> ColumnElement[bool]:
    return col(table.id).in_(ids) & (col(table.expires_at) > now)
