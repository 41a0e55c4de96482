"""What a webinar shows: read from its columns, for whoever plays it and whoever decides about it."""

from dataclasses import dataclass
from uuid import UUID

from webinar.models import MediaKind, Webinar, WebinarState


@dataclass(frozen=True, slots=True)
class Picture:
    """A source: any HLS address, or a recording. A recording without an id is the sample clip of the package."""

    kind: MediaKind = MediaKind.NONE
    url: str = ""
    recording_id: UUID | None = None

    def __bool__(self) -> bool:
        return self.kind is not MediaKind.NONE


NO_PICTURE = Picture()


def live_picture(webinar: Webinar) -> Picture:
    """What is shown while the webinar runs."""
    return Picture(webinar.media_kind, webinar.media_url, webinar.recording_id)


def replay_picture(webinar: Webinar) -> Picture:
    """What can be shown afterwards: a replay of its own, else the recording that was shown live."""
    if webinar.replay_kind is not MediaKind.NONE:
        return Picture(webinar.replay_kind, webinar.replay_url, webinar.replay_recording_id)
    return live_picture(webinar) if webinar.media_kind is MediaKind.RECORDING else NO_PICTURE


def shown_picture(webinar: Webinar) -> Picture:
    """What its audience sees in its present state."""
    if webinar.state is WebinarState.LIVE:
        return live_picture(webinar)
    if webinar.state is WebinarState.ENDED and webinar.replay_enabled:
        return replay_picture(webinar)
    return NO_PICTURE
