"""HLS playlists (RFC 8216): reading other people's strictly, and writing our own.

Reading is the `m3u8` library's job; this module keeps what we use of it, checks that, and turns every way in
which the library stumbles over nonsense into one error with a plain reason. Times are whole microseconds,
so that sums over days of a loop stay exact.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from typing import Any

import m3u8

SECOND = 1_000_000
LONGEST_SEGMENT = 120 * SECOND
MOST_SEGMENTS = 50_000
MOST_TRACKS = 100


class Unreadable(Exception):
    """This is no playlist that we can play; the message says why, for the person who brought it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a track. `name` and `init` (the initialisation section) are URIs relative to the playlist."""

    name: str
    duration: int
    init: str = ""
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Track:
    """A media playlist: one rendition of picture, sound or subtitles.

    `ended` is False while it is live. `obstacle` says why it can be played but not kept as a recording of ours.
    """

    segments: tuple[Segment, ...]
    ended: bool = True
    obstacle: str = ""

    @property
    def duration(self) -> int:
        """The length of all segments together, in microseconds."""
        return sum(segment.duration for segment in self.segments)

    @property
    def target(self) -> int:
        """The value of EXT-X-TARGETDURATION: no segment is longer, rounded to whole seconds."""
        return (self.longest + SECOND // 2) // SECOND or 1

    @property
    def longest(self) -> int:
        """The length of the longest segment, in microseconds."""
        return max(segment.duration for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Variant:
    """A rendition of the picture, in bits per second and pixels (0 where the playlist does not say)."""

    uri: str
    bandwidth: int
    width: int = 0
    height: int = 0
    frame_rate: float = 0
    codecs: str = ""
    audio: str = ""
    subtitles: str = ""


@dataclass(frozen=True, slots=True)
class Rendition:
    """A further sound or subtitle track. `kind` is AUDIO or SUBTITLES."""

    kind: str
    uri: str
    group: str
    name: str
    language: str = ""
    default: bool = False


@dataclass(frozen=True, slots=True)
class Master:
    """A master playlist: which renditions there are."""

    variants: tuple[Variant, ...]
    renditions: tuple[Rendition, ...] = ()

    @property
    def uris(self) -> list[str]:
        """The media playlists it names, each once."""
        named = [*(each.uri for each in self.variants), *(each.uri for each in self.renditions)]
        return [uri for uri in dict.fromkeys(named) if uri]


def read_playlist(text: str) -> Master | Track:
    """A playlist; raises Unreadable."""
    if not text.lstrip("\ufeff").lstrip().startswith("#EXTM3U"):
        raise Unreadable("This is not an HLS playlist: it does not begin with #EXTM3U.")
    try:
        parsed = m3u8.loads(text)
        return _master(parsed) if parsed.is_variant else _track(parsed)
    except (
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        OverflowError,
        m3u8.ParseError,
    ) as error:
        raise Unreadable("This HLS playlist contains a line that cannot be read.") from error


def write_master(master: Master) -> str:
    """The text of a master playlist."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    lines += [f"#EXT-X-MEDIA:{_attributes(_of_rendition(each))}" for each in master.renditions]
    for variant in master.variants:
        lines += [f"#EXT-X-STREAM-INF:{_attributes(_of_variant(variant))}", variant.uri]
    return "\n".join([*lines, ""])


def write_track(
    segments: Iterable[tuple[Segment, datetime | None]],
    target: int,
    *,
    sequence: int = 0,
    discontinuity_sequence: int = 0,
    ended: bool = True,
) -> str:
    """The text of a media playlist; a segment with a moment says with it when it was "recorded"."""
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{target}",
        f"#EXT-X-MEDIA-SEQUENCE:{sequence}",
        f"#EXT-X-DISCONTINUITY-SEQUENCE:{discontinuity_sequence}",
        *(["#EXT-X-PLAYLIST-TYPE:VOD"] if ended else []),
        *_segment_lines(segments),
        *(["#EXT-X-ENDLIST"] if ended else []),
    ]
    return "\n".join([*lines, ""])


def _segment_lines(segments: Iterable[tuple[Segment, datetime | None]]) -> Iterator[str]:
    init = ""
    for segment, moment in segments:
        if segment.breaks:
            yield "#EXT-X-DISCONTINUITY"
        if segment.init and (segment.breaks or segment.init != init):
            yield f'#EXT-X-MAP:URI="{segment.init}"'
        if moment is not None:
            yield f"#EXT-X-PROGRAM-DATE-TIME:{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"
        yield f"#EXTINF:{segment.duration / SECOND:.6f},"
        yield segment.name
        init = segment.init


def _master(parsed: Any) -> Master:
    if len(parsed.playlists) + len(parsed.media) > MOST_TRACKS:
        raise Unreadable(f"This playlist names more than {MOST_TRACKS} renditions.")
    variants = tuple(_variant(each) for each in parsed.playlists)
    renditions = tuple(_rendition(each) for each in parsed.media if each.type in {"AUDIO", "SUBTITLES"})
    if not variants:
        raise Unreadable("This master playlist names no picture.")
    return Master(variants, renditions)


def _variant(parsed: Any) -> Variant:
    facts = parsed.stream_info
    width, height = facts.resolution or (0, 0)
    return Variant(
        uri=_text(parsed.uri),
        bandwidth=int(facts.bandwidth or 0),
        width=int(width),
        height=int(height),
        frame_rate=float(facts.frame_rate or 0),
        codecs=_text(facts.codecs),
        audio=_text(facts.audio),
        subtitles=_text(facts.subtitles),
    )


def _rendition(parsed: Any) -> Rendition:
    return Rendition(
        kind=parsed.type,
        uri=_text(parsed.uri),
        group=_text(parsed.group_id),
        name=_text(parsed.name),
        language=_text(parsed.language),
        default=parsed.default == "YES",
    )


def _track(parsed: Any) -> Track:
    if not parsed.segments:
        raise Unreadable(
            "This playlist has no segments yet. If the stream has not begun, that is as it should be."
        )
    if len(parsed.segments) > MOST_SEGMENTS:
        raise Unreadable(f"This playlist has more than {MOST_SEGMENTS} segments.")
    segments = tuple(_segment(each) for each in parsed.segments)
    obstacles = (_obstacle(each) for each in parsed.segments)
    return Track(segments, bool(parsed.is_endlist), next(filter(None, obstacles), ""))


def _segment(parsed: Any) -> Segment:
    seconds = float(parsed.duration)
    if not isfinite(seconds) or not 0 < seconds * SECOND <= LONGEST_SEGMENT:
        raise Unreadable("A segment has an impossible length.")
    return Segment(
        name=_text(parsed.uri),
        duration=round(seconds * SECOND),
        init=_text(parsed.init_section.uri) if parsed.init_section else "",
        breaks=bool(parsed.discontinuity),
    )


def _obstacle(parsed: Any) -> str:
    if parsed.byterange or (parsed.init_section and parsed.init_section.byterange):
        return "It uses byte ranges; each segment must be a file of its own."
    if parsed.key and parsed.key.method != "NONE":
        return "It is encrypted."
    return ""


def _text(value: Any) -> str:
    """A value that may stand between quotation marks in a playlist of ours."""
    text = str(value or "")
    if any(character < " " or character == '"' for character in text):
        raise Unreadable("A name in this playlist contains characters that are not allowed.")
    return text


def _of_variant(variant: Variant) -> dict[str, str | int]:
    return {
        "BANDWIDTH": variant.bandwidth,
        "RESOLUTION": _Plain(f"{variant.width}x{variant.height}" if variant.height else ""),
        "FRAME-RATE": _Plain(f"{variant.frame_rate:.3f}" if variant.frame_rate else ""),
        "CODECS": variant.codecs,
        "AUDIO": variant.audio,
        "SUBTITLES": variant.subtitles,
    }


def _of_rendition(rendition: Rendition) -> dict[str, str | int]:
    return {
        "TYPE": _Plain(rendition.kind),
        "GROUP-ID": rendition.group,
        "NAME": rendition.name,
        "LANGUAGE": rendition.language,
        "DEFAULT": _Plain("YES" if rendition.default else "NO"),
        "AUTOSELECT": _Plain("YES"),
        "URI": rendition.uri,
    }


class _Plain(str):
    """An attribute's value that stands without quotation marks."""

    __slots__ = ()


def _attributes(values: dict[str, str | int]) -> str:
    written = (
        f"{name}={value}" if isinstance(value, _Plain | int) else f'{name}="{value}"'
        for name, value in values.items()
        if value not in {"", 0}
    )
    return ",".join(written)
