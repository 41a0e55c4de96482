"""What an external stream is, found out when its address is typed."""

from dataclasses import dataclass
from urllib.parse import urljoin

from webinar.media.playlists import SECOND, Master, Rendition, Track, Unreadable, Variant, read_playlist
from webinar.outbound import Answer, Outbound


@dataclass(frozen=True, slots=True)
class StreamFacts:
    """A stream that can be played. `duration` is in seconds, None for a live one; `warnings` are for the admin."""

    variants: tuple[Variant, ...]
    audio: tuple[Rendition, ...]
    subtitles: tuple[Rendition, ...]
    live: bool
    duration: float | None
    warnings: tuple[str, ...]


async def check_stream(outbound: Outbound, address: str, page: str) -> StreamFacts:
    """Asks for the stream at `address`, as a page at the origin `page` would; raises Unreadable or Refused."""
    answer = await outbound.fetch(address)
    playlist = _read(answer)
    warnings = _warnings(answer, address, page)
    if isinstance(playlist, Track):
        return _facts(Master(()), playlist, warnings)
    first = urljoin(address, playlist.variants[0].uri)
    second = _read(await outbound.fetch(first))
    if isinstance(second, Master):
        raise Unreadable("The playlist of a rendition is another master playlist.")
    return _facts(playlist, second, warnings)


def _read(answer: Answer) -> Master | Track:
    try:
        text = answer.body.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable("This is not an HLS playlist.") from None
    return read_playlist(text)


def _facts(master: Master, track: Track, warnings: tuple[str, ...]) -> StreamFacts:
    return StreamFacts(
        variants=tuple(sorted(master.variants, key=lambda variant: (-variant.height, -variant.bandwidth))),
        audio=tuple(each for each in master.renditions if each.kind == "AUDIO"),
        subtitles=tuple(each for each in master.renditions if each.kind == "SUBTITLES"),
        live=not track.ended,
        duration=track.duration / SECOND if track.ended else None,
        warnings=warnings,
    )


def _warnings(answer: Answer, address: str, page: str) -> tuple[str, ...]:
    found = []
    if answer.readable_by not in {"*", page}:
        found.append(
            "The server does not let pages of other sites read the stream (no Access-Control-Allow-Origin "
            f"for {page}), so browsers will refuse to play it."
        )
    if page.startswith("https:") and address.startswith("http:"):
        found.append("The address has no https, so browsers will refuse to play it on this site.")
    return tuple(found)
