"""Choosing where a webinar's picture comes from, live and afterwards."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.errors import IllegalTransition, NotFound
from webinar.models import AssetKind, MediaAsset, MediaKind, Webinar, WebinarState
from webinar.picture import Picture, replay_picture
from webinar.webinars.catalogue import get_webinar
from webinar.webinars.order import mark_state

ON_AIR = frozenset({WebinarState.LIVE, WebinarState.PAUSED})


async def set_live_picture(db: AsyncSession, account_id: UUID, webinar_id: UUID, picture: Picture) -> Webinar:
    """Chooses what is shown live. Raises IllegalTransition when that would take it from a running webinar."""
    webinar = await get_webinar(db, account_id, webinar_id, lock=True)
    if not picture and webinar.state in ON_AIR:
        raise IllegalTransition("The webinar is running and needs a picture.", code="missing.picture")
    await _check_recording(db, webinar, picture)
    webinar.media_kind, webinar.media_url, webinar.recording_id = _columns(picture)
    _keep_replay_true(webinar)
    await mark_state(db, webinar)
    return webinar


async def set_replay_picture(
    db: AsyncSession, account_id: UUID, webinar_id: UUID, picture: Picture
) -> Webinar:
    """Chooses what is shown afterwards; nothing means the recording that was shown live, if there is one."""
    webinar = await get_webinar(db, account_id, webinar_id, lock=True)
    await _check_recording(db, webinar, picture)
    webinar.replay_kind, webinar.replay_url, webinar.replay_recording_id = _columns(picture)
    _keep_replay_true(webinar)
    await mark_state(db, webinar)
    return webinar


async def set_replay(db: AsyncSession, account_id: UUID, webinar_id: UUID, *, enabled: bool) -> Webinar:
    """Says whether the webinar can be watched again. Raises IllegalTransition when there is nothing to show."""
    webinar = await get_webinar(db, account_id, webinar_id, lock=True)
    if enabled and not replay_picture(webinar):
        raise IllegalTransition("There is no recording to show yet.", code="missing.replay")
    webinar.replay_enabled = enabled
    await mark_state(db, webinar)
    return webinar


def _keep_replay_true(webinar: Webinar) -> None:
    webinar.replay_enabled = webinar.replay_enabled and bool(replay_picture(webinar))


def _columns(picture: Picture) -> tuple[MediaKind, str, UUID | None]:
    external, recorded = picture.kind is MediaKind.EXTERNAL, picture.kind is MediaKind.RECORDING
    return picture.kind, picture.url if external else "", picture.recording_id if recorded else None


async def _check_recording(db: AsyncSession, webinar: Webinar, picture: Picture) -> None:
    if picture.kind is not MediaKind.RECORDING or picture.recording_id is None:
        return
    asset = await db.get(MediaAsset, picture.recording_id)
    if asset is None or asset.webinar_id != webinar.id or asset.kind is not AssetKind.RECORDING:
        raise NotFound
