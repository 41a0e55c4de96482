"""Legal holds: what must be kept for a claim or by a duty of law is not erased, by anybody (Art. 17(3) GDPR)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from webinar.accounts.actor import Actor
from webinar.accounts.audit import Action, record_action
from webinar.errors import Held, Invalid, NotFound
from webinar.models import LegalHold, User, Webinar
from webinar.privacy.inventory import Within

LONGEST_REASON = 2000
Row = TypeVar("Row", User, Webinar)


@dataclass(frozen=True, slots=True)
class ListedHold:
    """A hold with what it is on (None: all of the account) and who placed and lifted it, as far as they are still there."""

    hold: LegalHold
    webinar: Webinar | None
    placed_by: User | None
    lifted_by: User | None


async def place_hold(
    db: AsyncSession, actor: Actor, webinar: Webinar | None, reason: str, now: datetime
) -> LegalHold:
    """Holds the webinar, or without one all of the account, from now on. Raises Invalid without a reason."""
    reason = reason.strip()
    if not reason:
        raise Invalid({"reason": "Say why it must be kept: the claim, or the duty of law."})
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": f"At most {LONGEST_REASON} characters."})
    hold = LegalHold(
        account_id=actor.account_id,
        webinar_id=webinar.id if webinar else None,
        reason=reason,
        placed_by=actor.user.id,
        placed_at=now,
    )
    db.add(hold)
    await db.flush()
    await record_action(db, actor, Action.HOLD_PLACED, hold.webinar_id or hold.account_id, now=now)
    return hold


async def lift_hold(db: AsyncSession, actor: Actor, hold_id: UUID, now: datetime) -> LegalHold:
    """Ends a hold; lifting it again changes nothing. What became due meanwhile goes with the next run."""
    hold = await db.get(LegalHold, hold_id)
    if hold is None or hold.account_id != actor.account_id:
        raise NotFound
    if hold.lifted_at is None:
        hold.lifted_at, hold.lifted_by = now, actor.user.id
        db.add(hold)
        await record_action(db, actor, Action.HOLD_LIFTED, hold.webinar_id or hold.account_id, now=now)
    return hold


async def list_holds(db: AsyncSession, account_id: UUID) -> Sequence[ListedHold]:
    """Every hold of the account, those in force first, then the newest."""
    holds = (
        select(LegalHold)
        .where(col(LegalHold.account_id) == account_id)
        .order_by(col(LegalHold.lifted_at).is_not(None), col(LegalHold.placed_at).desc())
    )
    return await _listed(db, (await db.exec(holds)).all())


async def list_holds_on(db: AsyncSession, within: Within) -> Sequence[ListedHold]:
    """The holds in force that keep any of what `within` names, oldest first."""
    holds = select(LegalHold).where(col(LegalHold.id).in_(holds_on(within)))
    return await _listed(db, (await db.exec(holds.order_by(col(LegalHold.placed_at)))).all())


async def _listed(db: AsyncSession, found: Sequence[LegalHold]) -> Sequence[ListedHold]:
    users = await _by_id(db, User, {by for hold in found for by in (hold.placed_by, hold.lifted_by) if by})
    webinars = await _by_id(db, Webinar, {hold.webinar_id for hold in found if hold.webinar_id})
    return [
        ListedHold(
            hold,
            webinars.get(hold.webinar_id),
            users.get(hold.placed_by),
            users.get(hold.lifted_by),
        )
        for hold in found
    ]


async def webinars_to_hold(db: AsyncSession, account_id: UUID) -> Sequence[tuple[UUID, str]]:
    """Id and title of the account's webinars, newest first."""
    webinars = select(col(Webinar.id), col(Webinar.title)).where(col(Webinar.account_id) == account_id)
    return (await db.exec(webinars.order_by(col(Webinar.created_at).desc(), col(Webinar.id)))).all()


async def require_not_held(db: AsyncSession, within: Within) -> None:
    """Raises Held while a hold is on what `within` names, on a part of it, or on all around it."""
    if await is_held(db, within):
        raise Held


async def is_held(db: AsyncSession, within: Within) -> bool:
    """Whether a hold is in force on what `within` names, on a part of it, or on all around it."""
    return (await db.exec(holds_on(within).limit(1))).first() is not None


def holds_on(within: Within) -> SelectOfScalar[UUID]:
    """The ids of the holds in force that keep any of what `within` names."""
    holds = select(col(LegalHold.id)).where(
        col(LegalHold.account_id) == within.account_id, col(LegalHold.lifted_at).is_(None)
    )
    if within.webinar_id is None:
        return holds
    return holds.where(
        or_(col(LegalHold.webinar_id).is_(None), col(LegalHold.webinar_id) == within.webinar_id)
    )


async def _by_id(db: AsyncSession, model: type[Row], ids: set[UUID]) -> dict[UUID | None, Row]:
    return {row.id: row for row in (await db.exec(select(model).where(col(model.id).in_(ids)))).all()}
