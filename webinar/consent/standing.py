"""Whose data may be used at present, as conditions of a query: restrictions and objections (Art. 18 and 21 GDPR).

Whatever reads participants' data for another use than letting them take part asks here.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from webinar.errors import Restricted
from webinar.models import RequestKind, RequestState, Restriction, SubjectRequest

# An objection stands until it is refused or taken back; until it is answered, it is being assessed.
STANDING = (RequestState.OPEN, RequestState.ANSWERED)


def restricted_people() -> SelectOfScalar[UUID]:
    """The ids of those whose data is only kept. Few, so that a query of many rows reads them once."""
    return select(col(Restriction.participant_id)).where(col(Restriction.ended_at).is_(None))


def objecting_people(*states: RequestState) -> SelectOfScalar[UUID]:
    """The ids of those with an objection in one of these states."""
    return select(col(SubjectRequest.participant_id)).where(
        col(SubjectRequest.kind) == RequestKind.OBJECTION, col(SubjectRequest.state).in_(states)
    )


def usable(participant_id: Any) -> ColumnElement[bool]:
    """Whether what belongs to this participant, or to none, may be used."""
    return _not_of(participant_id, restricted_people())


def listable(participant_id: Any) -> ColumnElement[bool]:
    """Whether it may be in a list that is taken away, of which nobody knows here what it is for.

    Not while an objection is being assessed (Art. 18(1)(d) GDPR).
    """
    return usable(participant_id) & _not_of(participant_id, objecting_people(RequestState.OPEN))


def unopposed(participant_id: Any) -> ColumnElement[bool]:
    """Whether it may be used for what rests on a legitimate interest: figures, and mails that nobody asked for."""
    return usable(participant_id) & _not_of(participant_id, objecting_people(*STANDING))


def unawaited(participant_id: Any) -> ColumnElement[bool]:
    """Whether it may go when its time is up: not what is only kept, and not of whom waits for an answer about it."""
    waiting = select(col(SubjectRequest.participant_id)).where(col(SubjectRequest.state) == RequestState.OPEN)
    return usable(participant_id) & _not_of(participant_id, waiting)


def shown(participant_id: Any, written_at: Any) -> ColumnElement[bool]:
    """Whether others may see what this participant wrote then: not what they wrote before they restricted its use.

    What they write in the room afterwards they show knowingly (Art. 18(2) GDPR).
    """
    return ~exists().where(
        col(Restriction.participant_id) == participant_id,
        col(Restriction.ended_at).is_(None),
        col(Restriction.placed_at) >= written_at,
    )


async def require_usable(db: AsyncSession, participant_id: UUID) -> None:
    """Raises Restricted while this participant's data is only kept."""
    found = restricted_people().where(col(Restriction.participant_id) == participant_id)
    if (await db.exec(found)).first() is not None:
        raise Restricted


async def restricted_among(db: AsyncSession, participant_ids: Sequence[UUID]) -> set[UUID]:
    """Which of these participants restricted the use of their data."""
    found = restricted_people().where(col(Restriction.participant_id).in_(participant_ids))
    return set((await db.exec(found)).all())


async def objecting_among(db: AsyncSession, participant_ids: Sequence[UUID]) -> set[UUID]:
    """Which of these participants have an objection that stands."""
    found = objecting_people(*STANDING).where(col(SubjectRequest.participant_id).in_(participant_ids))
    return set((await db.exec(found)).all())


def _not_of(participant_id: Any, people: SelectOfScalar[UUID]) -> ColumnElement[bool]:
    return or_(participant_id.is_(None), participant_id.not_in(people))
