"""Restricted data and erasing: it is a use of the data, so only the person themselves asks for it (Art. 18(2) GDPR).

They may need the data for a claim of theirs, or prefer its being kept to its being erased (Art. 18(1)(b) and (c)).
"""

from dataclasses import replace

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.standing import restricted_people, usable
from webinar.errors import Restricted
from webinar.i18n import N_
from webinar.models import Participant
from webinar.privacy.inventory import Within

SOMEBODY = N_(
    "Somebody in it has restricted the use of their data, which is only kept until that ends. Lift it on their page "
    "under Participants first: they are told a week before."
)


async def usable_within(db: AsyncSession, within: Within) -> Within:
    """Those of the selected participants whose data may be used. Raises Restricted when there are others only."""
    _, participants = within.people()
    chosen = select(col(Participant.id)).where(col(Participant.id).in_(participants))
    left = replace(within, participants=chosen.where(usable(col(Participant.id))))
    if await count_restricted(db, within) and not await _any(db, left):
        raise Restricted
    return left


async def count_restricted(db: AsyncSession, within: Within) -> int:
    """How many of those that `within` names have restricted the use of their data."""
    people = (
        select(func.count())
        .select_from(Participant)
        .where(col(Participant.account_id) == within.account_id, col(Participant.id).in_(restricted_people()))
    )
    if within.webinar_id is not None:
        people = people.where(col(Participant.webinar_id) == within.webinar_id)
    if within.participants is not None:
        people = people.where(col(Participant.id).in_(within.participants))
    return (await db.exec(people)).one()


async def require_none_restricted(db: AsyncSession, within: Within) -> None:
    """Raises Restricted while anybody of the webinar or account has restricted the use of their data."""
    if await count_restricted(db, within):
        raise Restricted(SOMEBODY)


async def _any(db: AsyncSession, within: Within) -> bool:
    _, participants = within.people()
    return (await db.exec(participants.limit(1))).first() is not None
