"""A recorded HLS folder: a master playlist and the tracks it names, every file in it known by name.

Only names that the playlists say can be asked for, so there is no path for anybody to walk.
"""

import posixpath
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from webinar.media.playlists import (
    SECOND,
    Master,
    Track,
    Unreadable,
    Variant,
    read_playlist,
)

MAIN = "main.m3u8"
TYPES = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".ts": "video/mp2t",
    ".m4s": "video/iso.segment",
    ".mp4": "video/mp4",
    ".aac": "audio/aac",
    ".vtt": "text/vtt",
}
PLAYLIST = ".m3u8"
LONGEST_SEGMENT = 30  # seconds
LONGEST_PLAYLIST = 4 * 1024 * 1024


@dataclass(frozen=True)
class Recording:
    """A recording on disk. `tracks` maps the names of the media playlists to what they hold."""

    folder: Path
    master: Master
    tracks: dict[str, Track]

    @cached_property
    def duration(self) -> int:
        """The length of the longest track, in microseconds."""
        return max(track.duration for track in self.tracks.values())

    @cached_property
    def files(self) -> dict[str, Path]:
        """Every file beside the playlists, by its name in the recording."""
        names = {
            beside(playlist, uri)
            for playlist, track in self.tracks.items()
            for segment in track.segments
            for uri in (segment.name, segment.init)
            if uri
        }
        return {name: self.folder / name for name in names}


def beside(playlist: str, uri: str) -> str:
    """The name in the recording of what `playlist` calls `uri`. Raises Unreadable for anything outside of it."""
    name = posixpath.normpath(posixpath.join(posixpath.dirname(playlist), uri))
    if ":" in uri or "\\" in uri or "?" in uri or "%" in uri or name.startswith(("/", "..")) or "\0" in name:
        raise Unreadable("A playlist points outside of the recording.")
    if PurePosixPath(name).suffix.lower() not in TYPES:
        raise Unreadable("A playlist names a file that is no playlist, picture, sound or subtitles.")
    return name


def load_recording(folder: Path) -> Recording:
    """The recording in `folder`, whose main playlist is `main.m3u8`; raises Unreadable."""
    return read_recording(folder, MAIN)


def read_recording(folder: Path, main: str) -> Recording:
    """The recording in `folder` that begins at the playlist `main`, checked to be whole; raises Unreadable."""
    found = _read(folder, main)
    if isinstance(found, Track):
        recording = Recording(folder, _alone(folder, main, found), {main: found})
    else:
        names = [beside(main, uri) for uri in found.uris]
        recording = Recording(folder, found, {name: _track(folder, name) for name in names})
    _check(recording)
    return recording


def _alone(folder: Path, main: str, track: Track) -> Master:
    """A master playlist for a recording that has none; its bandwidth is that of its largest segment."""
    rates = [
        (folder / beside(main, segment.name)).stat().st_size * 8 * SECOND // segment.duration
        for segment in track.segments
        if (folder / beside(main, segment.name)).is_file()
    ]
    return Master((Variant(uri=main, bandwidth=max(rates, default=1)),))


def _track(folder: Path, name: str) -> Track:
    playlist = _read(folder, name)
    if isinstance(playlist, Master):
        raise Unreadable("A master playlist names another master playlist.")
    return playlist


def _read(folder: Path, name: str) -> Master | Track:
    path = folder / name
    if not path.is_file():
        raise Unreadable(f"A playlist is missing: {name}")
    if path.stat().st_size > LONGEST_PLAYLIST:
        raise Unreadable(f"A playlist is too long: {name}")
    try:
        return read_playlist(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise Unreadable(f"A playlist is not text: {name}") from None


def _check(recording: Recording) -> None:
    for name, track in recording.tracks.items():
        if track.obstacle:
            raise Unreadable(f"{name}: {track.obstacle}")
        if track.target > LONGEST_SEGMENT:
            raise Unreadable(f"{name}: segments may be {LONGEST_SEGMENT} seconds long at most.")
        # Tracks that end apart, or break apart, would drift from each other when the recording is shown as live.
        if recording.duration - track.duration > max(track.target, 1) * SECOND:
            raise Unreadable(f"{name} is shorter than the rest of the recording.")
    if len({sum(segment.breaks for segment in track.segments) for track in recording.tracks.values()}) > 1:
        raise Unreadable("The tracks have breaks (EXT-X-DISCONTINUITY) in different places.")
    for name, path in recording.files.items():
        if not path.is_file():
            raise Unreadable(f"A file is missing: {name}")
