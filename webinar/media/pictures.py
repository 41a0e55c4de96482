"""The way from a webinar to its picture: addresses for players, and what the server answers at them.

An address carries a signed token (ids only), so that a picture plays in an embed without any cookie.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from sqlmodel import select

from webinar.clock import Clock
from webinar.db import Database
from webinar.errors import NotFound
from webinar.media.library import Library
from webinar.media.recording import PLAYLIST
from webinar.media.sources import MediaSource
from webinar.models import MediaKind, Webinar, WebinarState
from webinar.picture import Picture, live_picture, replay_picture, shown_picture
from webinar.signing import BadToken, Signer

SALT = "media"
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
# Addresses are equal for a while, so that a player is not sent elsewhere by news that has nothing to do with it.
SAME = timedelta(hours=6)
VALID = timedelta(hours=12) + SAME
# A page keeps its address for as long as it is open: so this is twice the longest webinar that can be planned.
VALID_LIVE = timedelta(hours=48) + SAME
# Every viewer's player asks for playlists every other second; the webinar's row is read once in this time.
FRESH = timedelta(seconds=1)


class Showing(StrEnum):
    """As what a picture is shown. A preview is for the account's own people, whatever the webinar's state."""

    LIVE = "live"
    REPLAY = "replay"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class Playing:
    """What a player needs: an address, and whether it has a live edge. `external`: it is on another site."""

    src: str
    live: bool
    external: bool


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token lets its holder load."""

    showing: Showing
    webinar_id: UUID
    recording_id: UUID | None


@dataclass(frozen=True, slots=True)
class _Facts:
    read_at: datetime
    state: WebinarState
    went_live_at: datetime | None
    replay_enabled: bool

    def permit(self, showing: Showing) -> bool:
        """Whether the webinar is shown so at present."""
        if showing is Showing.LIVE:
            return self.state in {WebinarState.LIVE, WebinarState.PAUSED} and self.went_live_at is not None
        return showing is Showing.PREVIEW or (self.state is WebinarState.ENDED and self.replay_enabled)


class Pictures:
    """Gives out addresses of pictures and answers at them. Create one per process."""

    def __init__(self, library: Library, db: Database, signer: Signer, clock: Clock) -> None:
        self._library = library
        self._db = db
        self._signer = signer
        self._clock = clock
        self._facts: dict[UUID, _Facts] = {}

    def shown(self, webinar: Webinar) -> Playing | None:
        """What the webinar's audience sees now; None when that is no picture."""
        showing = Showing.LIVE if webinar.state is WebinarState.LIVE else Showing.REPLAY
        return self._playing(webinar, shown_picture(webinar), showing)

    def preview(self, webinar: Webinar, *, replay: bool = False) -> Playing | None:
        """The webinar's picture for its own makers, at any time."""
        picture = replay_picture(webinar) if replay else live_picture(webinar)
        return self._playing(webinar, picture, Showing.PREVIEW)

    def recording_address(self, webinar: Webinar) -> str:
        """Where a player finds the recording that the webinar shows now; empty when it shows none of ours."""
        playing = self.shown(webinar)
        return playing.src if playing and not playing.external else ""

    def read(self, token: str) -> Grant:
        """What `token` grants; a forged or old one is NotFound."""
        try:
            showing, webinar_id, recording_id = self._signer.read(SALT, token, VALID_LIVE)
            if showing != Showing.LIVE:
                self._signer.read(SALT, token, VALID)
            return Grant(Showing(showing), UUID(webinar_id), UUID(recording_id) if recording_id else None)
        except (BadToken, ValueError, TypeError):
            raise NotFound from None

    async def playlist(self, grant: Grant, name: str) -> str:
        """The text of a playlist at this moment; raises NotFound, also once the webinar no longer shows it."""
        source = await self._source(grant)
        return source.playlist(name, self._clock.now())

    async def file(self, grant: Grant, name: str) -> Path:
        """A segment; raises NotFound. What a playlist has shown may be loaded for as long as the token lasts."""
        recording = await self._library.recording(grant.webinar_id, grant.recording_id)
        path = recording.files.get(name)
        if path is None:
            raise NotFound
        return path

    async def _source(self, grant: Grant) -> MediaSource:
        picture = Picture(MediaKind.RECORDING, recording_id=grant.recording_id)
        facts = await self._read_facts(grant.webinar_id, grant.showing)
        if not facts.permit(grant.showing):
            raise NotFound
        if grant.showing is Showing.LIVE and facts.went_live_at is not None:
            return await self._library.live_source(grant.webinar_id, picture, facts.went_live_at)
        return await self._library.replay_source(grant.webinar_id, picture)

    async def _read_facts(self, webinar_id: UUID, showing: Showing) -> _Facts:
        now = self._clock.now()
        known = self._facts.get(webinar_id)
        # What is remembered may permit, never refuse: players ask for a replay the moment they hear of it.
        if known is not None and abs(now - known.read_at) < FRESH and known.permit(showing):
            return known
        async with self._db.reading() as db:
            query = select(Webinar.state, Webinar.went_live_at, Webinar.replay_enabled)
            row = (await db.exec(query.where(Webinar.id == webinar_id))).one_or_none()
        # Only what is fresh is kept, so that nothing stays of a webinar that nobody watches.
        self._facts = {key: each for key, each in self._facts.items() if abs(now - each.read_at) < FRESH}
        if row is None:
            raise NotFound
        self._facts[webinar_id] = _Facts(now, *row)
        return self._facts[webinar_id]

    def _playing(self, webinar: Webinar, picture: Picture, showing: Showing) -> Playing | None:
        live = showing is Showing.LIVE
        if picture.kind is MediaKind.EXTERNAL:
            return Playing(picture.url, live, external=True)
        if picture.kind is MediaKind.NONE:
            return None
        ids = (showing.value, str(webinar.id), str(picture.recording_id or ""))
        now = self._clock.now()
        token = self._signer.sign(SALT, ids, at=now - (now - EPOCH) % SAME)
        return Playing(f"/media/{token}/main{PLAYLIST}", live, external=False)
