"""Where a picture comes from: what a player loads, and what the server answers when the server is the source."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Protocol

from webinar.errors import NotFound
from webinar.media.playlists import SECOND, Segment, Track, write_master, write_track
from webinar.media.recording import MAIN, Recording

# How much of the stream can be rewound to, and how much of it is there at the first moment: a player starts
# three segments behind the newest one.
WINDOW = 40 * SECOND
WINDOW_SEGMENTS = 6
HEAD_SEGMENTS = 3
MICROSECOND = timedelta(microseconds=1)


class MediaSource(Protocol):
    """A picture. `live` says that it has a live edge; otherwise it is a film that can be played from its start."""

    @property
    def live(self) -> bool: ...

    def address(self, folder: str) -> str:
        """What a player loads. `folder` is the address, without a final slash, under which the server answers."""
        ...

    def playlist(self, name: str, now: datetime) -> str:
        """The text of the playlist `name` at this moment; raises NotFound."""
        ...

    def file(self, name: str) -> Path:
        """The file `name`; raises NotFound."""
        ...


@dataclass(frozen=True)
class ExternalSource:
    """An HLS stream of somebody else, which players load themselves. The server answers nothing."""

    url: str
    live: bool

    def address(self, folder: str) -> str:
        """The stream's own address."""
        return self.url

    def playlist(self, name: str, now: datetime) -> str:
        """Raises NotFound."""
        raise NotFound

    def file(self, name: str) -> Path:
        """Raises NotFound."""
        raise NotFound


@dataclass(frozen=True)
class ReplaySource:
    """A recording to be watched from its start."""

    recording: Recording
    live: bool = False

    def address(self, folder: str) -> str:
        """The recording's main playlist."""
        return f"{folder}/{MAIN}"

    def playlist(self, name: str, now: datetime) -> str:
        """The playlists as they were recorded, in our own writing."""
        if name == MAIN:
            return write_master(self.recording.master)
        track = _track(self.recording, name)
        return write_track(((segment, None) for segment in track.segments), track.target)

    def file(self, name: str) -> Path:
        """A segment or an initialisation section."""
        return _file(self.recording, name)


@dataclass(frozen=True)
class SimulatedLiveSource:
    """A recording shown as if it were live, over and over, in step for everybody who watches since `began`.

    Every track is an endless sequence of segments: round k of the recording begins k times its length after the
    first. What a playlist shows is a window of that sequence, computed from the clock alone, so every process of
    an installation and every rendition agree without talking to each other.
    """

    recording: Recording
    began: datetime
    live: bool = True

    def address(self, folder: str) -> str:
        """The stream's main playlist."""
        return f"{folder}/{MAIN}"

    def playlist(self, name: str, now: datetime) -> str:
        """The window of a track at this moment, or the main playlist."""
        if name == MAIN:
            return write_master(self.recording.master)
        loop = self._loop(name)
        position = max((now - self.began) // MICROSECOND, 0) + self.head
        first, last = loop.window(position)
        zero = self.began - self.head * MICROSECOND
        return write_track(
            (
                (loop.segment(number), zero + loop.start(number) * MICROSECOND)
                for number in range(first, last + 1)
            ),
            loop.track.target,
            sequence=first,
            discontinuity_sequence=loop.breaks_before(first),
            ended=False,
        )

    def file(self, name: str) -> Path:
        """A segment or an initialisation section."""
        return _file(self.recording, name)

    @cached_property
    def head(self) -> int:
        """How much of the stream is there when it begins, in microseconds."""
        return HEAD_SEGMENTS * max(track.longest for track in self.recording.tracks.values())

    def _loop(self, name: str) -> "Loop":
        return Loop(_track(self.recording, name), self.recording.duration)


@dataclass(frozen=True)
class Loop:
    """A track repeated without end, one round every `period` microseconds. Segments are numbered from 0."""

    track: Track
    period: int

    @cached_property
    def ends(self) -> list[int]:
        """When each segment of a round ends, from the start of the round."""
        return list(accumulate(segment.duration for segment in self.track.segments))

    def window(self, position: int) -> tuple[int, int]:
        """The numbers of the first and the last segment shown when `position` has been streamed.

        A segment is shown once all of it has been streamed, and for a while after that.
        """
        oldest = max(position - max(WINDOW, WINDOW_SEGMENTS * self.track.longest), 0)
        return self._complete(oldest), self._complete(position) - 1

    def start(self, number: int) -> int:
        """When segment `number` begins, from the start of the first round."""
        round_, place = divmod(number, len(self.ends))
        return round_ * self.period + self.ends[place] - self.track.segments[place].duration

    def segment(self, number: int) -> Segment:
        """Segment `number`; every round but the first begins with a break."""
        round_, place = divmod(number, len(self.ends))
        segment = self.track.segments[place]
        return segment if place else replace(segment, breaks=round_ > 0)

    def breaks_before(self, number: int) -> int:
        """How many breaks lie before segment `number`, the one right in front of it left out."""
        round_, place = divmod(number, len(self.ends))
        inner = [segment.breaks for segment in self.track.segments[1:]]
        between_rounds = round_ if place else max(round_ - 1, 0)
        return round_ * sum(inner) + sum(inner[: max(place - 1, 0)]) + between_rounds

    def _complete(self, position: int) -> int:
        round_, rest = divmod(position, self.period)
        return round_ * len(self.ends) + bisect_right(self.ends, rest)


def _track(recording: Recording, name: str) -> Track:
    track = recording.tracks.get(name)
    if track is None:
        raise NotFound
    return track


def _file(recording: Recording, name: str) -> Path:
    path = recording.files.get(name)
    if path is None:
        raise NotFound
    return path
