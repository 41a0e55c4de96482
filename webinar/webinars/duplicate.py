"""A new draft from a webinar that exists: everything its makers wrote, nothing of the people who came."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.models import Account, FormVersion, MediaKind, NoticeVersion, Purpose, Webinar
from webinar.webinars.catalogue import get_webinar
from webinar.webinars.details import LONGEST_TITLE
from webinar.webinars.keeping import days_of, within_bounds
from webinar.webinars.speakers import list_speakers

Row = TypeVar("Row", bound=SQLModel)
# What belongs to the one session that was, or to files: `media.assets` copies those, `take_files` names them.
OWN = {
    "id", "state", "starts_at", "went_live_at", "ended_at", "last_seq", "state_seq", "epoch", "created_at",
    "logo_id", "recording_id", "replay_recording_id", "replay_enabled",
}  # fmt: skip


async def duplicate_webinar(
    db: AsyncSession, account_id: UUID, webinar_id: UUID, title: str, now: datetime
) -> Webinar:
    """A draft with the same settings, speakers, form and purposes, and no start; raises NotFound.

    Days that the account has ceased to allow since become the nearest that it does.
    Recordings and the logo are files of the original: the copy has none until they are copied as well.
    """
    original = await get_webinar(db, account_id, webinar_id)
    copied = original.model_dump(exclude=OWN)
    account = await db.get_one(Account, account_id)
    copied |= {name: within_bounds(account, days) for name, days in days_of(original).items()}
    copy = Webinar(**copied | {"title": title[:LONGEST_TITLE], "epoch": uuid4(), "created_at": now})
    for kind, recording in (
        ("media_kind", original.recording_id),
        ("replay_kind", original.replay_recording_id),
    ):
        if recording is not None:
            setattr(copy, kind, MediaKind.NONE)
    db.add(copy)
    await db.flush()
    for speaker in await list_speakers(db, original):
        db.add(_copied(speaker, webinar_id=copy.id))
    new_ids = await _copy_purposes(db, original, copy, now)
    await _copy_form(db, account, original, copy, new_ids)
    await db.flush()
    return copy


def take_files(original: Webinar, copy: Webinar, new_ids: Mapping[UUID, UUID]) -> None:
    """Lets the copy use the copied files: `new_ids` maps the original's to the copy's."""
    copy.logo_id = new_ids.get(original.logo_id) if original.logo_id else None
    for kind, column in (("media_kind", "recording_id"), ("replay_kind", "replay_recording_id")):
        new_id = new_ids.get(getattr(original, column))
        if new_id is not None:
            setattr(copy, kind, MediaKind.RECORDING)
            setattr(copy, column, new_id)


async def _copy_purposes(db: AsyncSession, original: Webinar, copy: Webinar, now: datetime) -> dict[str, str]:
    query = select(Purpose).where(
        Purpose.account_id == original.account_id,
        Purpose.webinar_id == original.id,
        col(Purpose.retired_at).is_(None),
    )
    new_ids: dict[str, str] = {}
    for purpose in (await db.exec(query)).all():
        new = _copied(purpose, webinar_id=copy.id, created_at=now)
        db.add(new)
        await db.flush()
        new_ids[str(purpose.id)] = str(new.id)
        for notice in await _newest_notices(db, purpose):
            scope = copy.id if notice.webinar_id else None
            db.add(_copied(notice, webinar_id=scope, purpose_id=new.id, number=1, created_at=now))
    return new_ids


async def _newest_notices(db: AsyncSession, purpose: Purpose) -> list[NoticeVersion]:
    query = (
        select(NoticeVersion)
        .where(NoticeVersion.account_id == purpose.account_id, NoticeVersion.purpose_id == purpose.id)
        .order_by(col(NoticeVersion.number))
    )
    newest = {notice.language: notice for notice in (await db.exec(query)).all()}
    return list(newest.values())


async def _copy_form(
    db: AsyncSession, account: Account, original: Webinar, copy: Webinar, new_ids: dict[str, str]
) -> None:
    """The newest version, draft or published, becomes the copy's draft."""
    query = (
        select(FormVersion)
        .where(FormVersion.account_id == original.account_id, FormVersion.webinar_id == original.id)
        .order_by(col(FormVersion.number).desc())
        .limit(1)
    )
    form = (await db.exec(query)).first()
    if form is not None:
        fields = [_allowed(account, field) for field in _renamed(form.fields, new_ids)]
        db.add(_copied(form, webinar_id=copy.id, number=1, fields=fields, notices={}, published_at=None))


def _allowed(account: Account, field: dict[str, Any]) -> dict[str, Any]:
    days = within_bounds(account, field.get("retention_days"))
    return field if days is None else field | {"retention_days": days}


def _renamed(value: Any, new_ids: dict[str, str]) -> Any:
    """`value` (JSON) with the ids of the original's purposes replaced by those of the copy's."""
    if isinstance(value, dict):
        return {key: _renamed(inner, new_ids) for key, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, new_ids) for inner in value]
    return new_ids.get(value, value) if isinstance(value, str) else value


def _copied(row: Row, **changes: Any) -> Row:
    return type(row)(**row.model_dump(exclude={"id"}) | changes)
