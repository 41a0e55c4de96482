"""Where a webinar's picture comes from, live and afterwards."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.errors import IllegalTransition, NotFound
from webinar.models import AssetKind, MediaAsset, MediaKind, Webinar, WebinarState
from webinar.webinars.catalogue import get_webinar
from webinar.webinars.order import mark_state

ON_AIR = frozenset({WebinarState.LIVE, WebinarState.PAUSED})


@dataclass(frozen=True, slots=True)
class Picture:
    """A source: any HLS address, or a recording. A recording without an id is the sample clip of the package."""

    kind: MediaKind = MediaKind.NONE
    url: str = ""
    recording_id: UUID | None = None


def live_picture(webinar: Webinar) -> Picture:
    """What is shown while the webinar runs."""
    return Picture(webinar.media_kind, webinar.media_url, webinar.recording_id)


def replay_picture(webinar: Webinar) -> Picture:
    """What is shown afterwards: a replay of its own, else the recording that was shown live."""
    if webinar.replay_kind is not MediaKind.NONE:
        return Picture(webinar.replay_kind, webinar.replay_url, webinar.replay_recording_id)
    return live_picture(webinar) if webinar.media_kind is MediaKind.RECORDING else Picture()


async def set_live_picture(db: AsyncSession, account_id: UUID, webinar_id: UUID, picture: Picture) -> Webinar:
    """Chooses what is shown live. Raises IllegalTransition when that would take it from a running webinar."""
    webinar = await get_webinar(db, account_id, webinar_id, lock=True)
    if picture.kind is MediaKind.NONE and webinar.state in ON_AIR:
        raise IllegalTransition("The webinar is running and needs a picture.", code="missing.picture")
    await _check_recording(db, webinar, picture)
    webinar.media_kind, webinar.media_url, webinar.recording_id = _columns(picture)
    await mark_state(db, webinar)
    return webinar


async def set_replay_picture(
    db: AsyncSession, account_id: UUID, webinar_id: UUID, picture: Picture
) -> Webinar:
    """Chooses what is shown afterwards; nothing means the recording that was shown live, if there is one."""
    webinar = await get_webinar(db, account_id, webinar_id, lock=True)
    await _check_recording(db, webinar, picture)
    webinar.replay_kind, webinar.replay_url, webinar.replay_recording_id = _columns(picture)
    if replay_picture(webinar).kind is MediaKind.NONE:
        webinar.replay_enabled = False
    await mark_state(db, webinar)
    return webinar


def _columns(picture: Picture) -> tuple[MediaKind, str, UUID | None]:
    external, recorded = picture.kind is MediaKind.EXTERNAL, picture.kind is MediaKind.RECORDING
    return picture.kind, picture.url if external else "", picture.recording_id if recorded else None


async def _check_recording(db: AsyncSession, webinar: Webinar, picture: Picture) -> None:
    if picture.kind is not MediaKind.RECORDING or picture.recording_id is None:
        return
    asset = await db.get(MediaAsset, picture.recording_id)
    if asset is None or asset.webinar_id != webinar.id or asset.kind is not AssetKind.RECORDING:
        raise NotFound
