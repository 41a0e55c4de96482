"""The media folder: recordings and logos at `<webinar id>/<asset id>`, and the sample clip of the package."""

import asyncio
import os
import shutil
from collections import OrderedDict
from datetime import datetime
from pathlib import Path
from uuid import UUID

from webinar.errors import NotFound
from webinar.media.playlists import Unreadable
from webinar.media.recording import Recording, load_recording
from webinar.media.sources import ExternalSource, MediaSource, ReplaySource, SimulatedLiveSource
from webinar.models import MediaKind
from webinar.picture import Picture

SAMPLE_CLIP = Path(__file__).parent / "clips" / "demo"
REMEMBERED = 64


class Library:
    """Finds, copies and removes the files of webinars. Create one per process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # A recording never changes once stored, so what its playlists say is read once.
        self._recordings: OrderedDict[Path, Recording] = OrderedDict()

    def path(self, webinar_id: UUID, asset_id: UUID) -> Path:
        """Where an asset of a webinar is kept."""
        return self.folder / str(webinar_id) / str(asset_id)

    async def recording(self, webinar_id: UUID, recording_id: UUID | None) -> Recording:
        """A recording of the webinar, or the sample clip; NotFound when its files are gone."""
        path = SAMPLE_CLIP if recording_id is None else self.path(webinar_id, recording_id)
        found = self._recordings.get(path)
        if found is None:
            try:
                found = await asyncio.to_thread(load_recording, path)
            except Unreadable as error:
                raise NotFound from error
            self._recordings[path] = found
            while len(self._recordings) > REMEMBERED:
                self._recordings.popitem(last=False)
        self._recordings.move_to_end(path)
        return found

    async def live_source(self, webinar_id: UUID, picture: Picture, began: datetime) -> MediaSource:
        """The picture of a webinar that went live at `began`; raises NotFound when there is none."""
        if picture.kind is MediaKind.EXTERNAL:
            return ExternalSource(picture.url, live=True)
        return SimulatedLiveSource(await self._recorded(webinar_id, picture), began)

    async def replay_source(self, webinar_id: UUID, picture: Picture) -> MediaSource:
        """The picture of a webinar that is over; raises NotFound when there is none."""
        if picture.kind is MediaKind.EXTERNAL:
            return ExternalSource(picture.url, live=False)
        return ReplaySource(await self._recorded(webinar_id, picture))

    async def copy_asset(self, source: tuple[UUID, UUID], target: tuple[UUID, UUID]) -> None:
        """Copies an asset, each given as webinar id and asset id. The two share their bytes until both are gone."""
        await asyncio.to_thread(_link, self.path(*source), self.path(*target))

    async def remove_asset(self, webinar_id: UUID, asset_id: UUID) -> None:
        """Removes the files of one asset, if there are any."""
        await self._remove(self.path(webinar_id, asset_id))

    async def remove_webinar_files(self, webinar_id: UUID) -> None:
        """Removes every file of a webinar, half-finished uploads included: the erasure's part on disk."""
        await self._remove(self.folder / str(webinar_id))

    async def _recorded(self, webinar_id: UUID, picture: Picture) -> Recording:
        if picture.kind is not MediaKind.RECORDING:
            raise NotFound
        return await self.recording(webinar_id, picture.recording_id)

    async def _remove(self, path: Path) -> None:
        await asyncio.to_thread(_delete, path)
        for known in [each for each in self._recordings if each.is_relative_to(path)]:
            del self._recordings[known]


def _link(source: Path, target: Path) -> None:
    if not source.exists():
        raise NotFound
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, copy_function=os.link)
    else:
        os.link(source, target)


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
