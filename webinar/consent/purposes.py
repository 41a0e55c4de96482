"""Why personal data is processed: purposes of an account and of single webinars."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.prepared import drop_exports
from webinar.errors import Conflict, Invalid, NotFound
from webinar.models import Basis, Purpose

MOST_PURPOSES = 50


async def list_purposes(
    db: AsyncSession, account_id: UUID, webinar_id: UUID | None = None, *, retired: bool = False
) -> Sequence[Purpose]:
    """The account's own purposes, then those of the webinar if one is given, in their order.

    Retired ones are left out unless `retired` is set.
    """
    owner: ColumnElement[bool] = col(Purpose.webinar_id).is_(None)
    if webinar_id is not None:
        owner = or_(owner, col(Purpose.webinar_id) == webinar_id)
    found = (
        select(Purpose)
        .where(col(Purpose.account_id) == account_id, owner)
        .order_by(
            col(Purpose.webinar_id).is_not(None),
            col(Purpose.position),
            col(Purpose.created_at),
            col(Purpose.id),
        )
    )
    if not retired:
        found = found.where(col(Purpose.retired_at).is_(None))
    return (await db.exec(found)).all()


async def list_interest_purposes(db: AsyncSession, account_id: UUID, webinar_id: UUID) -> Sequence[Purpose]:
    """What rests on a legitimate interest in the webinar at present, in order: told to everybody, asked of nobody."""
    told = await list_purposes(db, account_id, webinar_id)
    return [purpose for purpose in told if purpose.basis is Basis.LEGITIMATE_INTEREST]


async def get_purpose(db: AsyncSession, account_id: UUID, purpose_id: UUID) -> Purpose:
    """One purpose of the account; raises NotFound."""
    purpose = await db.get(Purpose, purpose_id)
    if purpose is None or purpose.account_id != account_id:
        raise NotFound
    return purpose


async def add_purpose(
    db: AsyncSession,
    account_id: UUID,
    *,
    basis: Basis,
    now: datetime,
    webinar_id: UUID | None = None,
    required: bool = False,
) -> Purpose:
    """Adds a purpose behind the others; its wording follows with `notices.publish_wording`.

    Raises Invalid when a purpose that is not asked for is to be required, Conflict when there are too many.
    The webinar must be the account's: look it up there first.
    """
    if required and basis is not Basis.CONSENT:
        raise Invalid({"required": "Only consent can be asked for, so only consent can be required."})
    mine = select(func.count(), func.max(col(Purpose.position))).where(
        col(Purpose.account_id) == account_id, col(Purpose.webinar_id).is_not_distinct_from(webinar_id)
    )
    number, last = (await db.exec(mine)).one()
    if number >= MOST_PURPOSES:
        raise Conflict(f"There can be at most {MOST_PURPOSES} purposes.", code="too_many_purposes")
    purpose = Purpose(
        account_id=account_id,
        webinar_id=webinar_id,
        basis=basis,
        required=required,
        position=0 if last is None else last + 1,
        created_at=now,
    )
    db.add(purpose)
    await db.flush()
    return purpose


async def require_purpose(db: AsyncSession, purpose: Purpose, *, required: bool) -> None:
    """Says whether registering needs this consent. Forms follow when they are published again.

    Raises Invalid for a purpose on another basis than consent: nobody is asked for those.
    """
    if required and purpose.basis is not Basis.CONSENT:
        raise Invalid({"required": "Only consent can be asked for, so only consent can be required."})
    purpose.required = required
    db.add(purpose)
    await db.flush()


async def retire_purpose(db: AsyncSession, purpose: Purpose, now: datetime) -> None:
    """Asks nobody for it any more. What was answered stays, and can still be withdrawn; what was only told ends."""
    if purpose.retired_at is None:
        if purpose.basis is not Basis.CONSENT:
            await drop_exports(db, purpose_id=purpose.id)
        purpose.retired_at = now
        db.add(purpose)
        await db.flush()
