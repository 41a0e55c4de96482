"""The files of a webinar as rows: what is stored, and what is chosen from."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID, uuid4

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.errors import NotFound
from webinar.media import archive, images
from webinar.media.library import Library
from webinar.media.playlists import SECOND
from webinar.media.recording import PLAYLIST, TYPES
from webinar.models import AssetKind, MediaAsset, Webinar


async def keep_recording(library: Library, webinar: Webinar, upload: BinaryIO, now: datetime) -> MediaAsset:
    """Stores a recording (a .zip); the row is for the caller to add. Raises Invalid naming `recording`."""
    asset_id = uuid4()
    target = library.path(webinar.id, asset_id)
    stored = await asyncio.to_thread(archive.store_recording, upload, target)
    return _row(
        webinar,
        asset_id,
        now,
        kind=AssetKind.RECORDING,
        content_type=TYPES[PLAYLIST],
        size=stored.size,
        label=f"{now:%Y-%m-%d %H:%M}, {_length(stored.duration)}",
    )


async def keep_logo(library: Library, webinar: Webinar, upload: bytes, now: datetime) -> MediaAsset:
    """Stores a logo; the row is for the caller to add. Raises Invalid naming `logo`."""
    asset_id = uuid4()
    drawn = await asyncio.to_thread(images.draw_logo, upload)
    await asyncio.to_thread(_write, library.path(webinar.id, asset_id), drawn)
    facts = {"kind": AssetKind.LOGO, "content_type": images.CONTENT_TYPE, "size": len(drawn)}
    return _row(webinar, asset_id, now, **facts)


async def copy_assets(
    db: AsyncSession, library: Library, original: Webinar, copy: Webinar, now: datetime
) -> dict[UUID, UUID]:
    """Copies the files that `original` uses; returns the new id of each. A file that is gone is left out."""
    used = {original.logo_id, original.recording_id, original.replay_recording_id}
    new_ids: dict[UUID, UUID] = {}
    for asset in await list_assets(db, original):
        if asset.id not in used:
            continue
        new_id = uuid4()
        try:
            await library.copy_asset((original.id, asset.id), (copy.id, new_id))
        except NotFound:
            continue
        db.add(_row(copy, new_id, now, **asset.model_dump(include={"kind", "content_type", "size", "label"})))
        new_ids[asset.id] = new_id
    await db.flush()
    return new_ids


async def list_assets(db: AsyncSession, webinar: Webinar, kind: AssetKind | None = None) -> list[MediaAsset]:
    """The webinar's files, newest first."""
    query = (
        select(MediaAsset)
        .where(MediaAsset.account_id == webinar.account_id, MediaAsset.webinar_id == webinar.id)
        .order_by(col(MediaAsset.created_at).desc(), col(MediaAsset.id))
    )
    if kind is not None:
        query = query.where(MediaAsset.kind == kind)
    return list((await db.exec(query)).all())


async def drop_asset(db: AsyncSession, webinar: Webinar, asset_id: UUID) -> None:
    """Removes the row of a file; its bytes are the library's to remove after the commit. Raises NotFound."""
    query = select(MediaAsset).where(
        MediaAsset.account_id == webinar.account_id,
        MediaAsset.webinar_id == webinar.id,
        MediaAsset.id == asset_id,
    )
    asset = (await db.exec(query)).one_or_none()
    if asset is None:
        raise NotFound
    await db.delete(asset)
    await db.flush()


def _row(webinar: Webinar, asset_id: UUID, now: datetime, **facts: Any) -> MediaAsset:
    return MediaAsset(
        id=asset_id, account_id=webinar.account_id, webinar_id=webinar.id, created_at=now, **facts
    )


def _length(duration: int) -> str:
    minutes, seconds = divmod(round(duration / SECOND), 60)
    return f"{minutes}:{seconds:02} min"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.rename(path)
