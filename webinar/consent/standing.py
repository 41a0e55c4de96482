"""Whose data may be used at present, as conditions of a query: restrictions (Art. 18 GDPR).

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
from webinar.models import Restriction


def restricted_people() -> SelectOfScalar[UUID]:
    """The ids of those whose data is only kept. Few, so that a query of many rows reads them once."""
    return select(col(Restriction.participant_id)).where(col(Restriction.ended_at).is_(None))


def usable(participant_id: Any) -> ColumnElement[bool]:
    """Whether what belongs to this participant, or to none, may be used."""
    return or_(participant_id.is_(None), participant_id.not_in(restricted_people()))


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
