"""An uploaded recording: a .zip with an HLS folder in it, taken apart without trusting it (S15).

Only what the playlists name is kept, under names of our own making: the uploaded names may name a person. Every
member is counted while it is unpacked, whatever its header says, and must begin like what its name promises.
"""

import errno
import lzma
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from webinar.errors import Invalid, NoRoom
from webinar.media.playlists import Master, Segment, Track, Unreadable, write_master, write_track
from webinar.media.recording import MAIN, PLAYLIST, TYPES, Recording, beside, load_recording, read_recording

MOST_FILES = 20_000
MOST_BYTES = 4 * 1024**3
MOST_RATIO = 20
# Text is small and packs well; it may not be the reason to refuse a recording.
RATIO_FREE = 16 * 1024**2
CHUNK = 1024**2
ENCRYPTED = 0x1
BOXES = (b"ftyp", b"styp", b"moov", b"moof", b"sidx", b"emsg", b"prft")
# How the standard library says that an archive is broken, or uses what it does not know.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    ValueError,
    RuntimeError,
)
FIELD = "recording"
FULL = {errno.ENOSPC, errno.EDQUOT}


@dataclass(frozen=True, slots=True)
class Stored:
    """What was kept of an upload. `duration` is in microseconds, `size` in bytes."""

    size: int
    duration: int


def store_recording(upload: BinaryIO, target: Path) -> Stored:
    """Keeps the recording in `upload` (a .zip) as the folder `target`, whole or not at all; raises Invalid, or NoRoom.

    Blocking: run it in a thread.
    """
    work = target.with_name(f".{target.name}.part")
    try:
        with told_when_full():
            unpacked, kept = work / "unpacked", work / "kept"
            unpacked.mkdir(parents=True)
            kept.mkdir()
            _unpack(upload, unpacked)
            recording = _rewrite(_find(unpacked), kept)
            size = sum(path.stat().st_size for path in kept.iterdir())
            kept.rename(target)
            return Stored(size, recording.duration)
    except Unreadable as error:
        raise Invalid({FIELD: str(error)}) from error
    except DAMAGED:
        raise Invalid({FIELD: "This is not a .zip file that can be read."}) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def told_when_full() -> Iterator[None]:
    """Turns a full disk into NoRoom, which names the field."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise NoRoom({FIELD: "There is no room for it on the server. Nothing of it was kept."}) from error


def _unpack(upload: BinaryIO, folder: Path) -> None:
    with zipfile.ZipFile(upload) as archive:
        members = [member for member in archive.infolist() if not member.is_dir() and not _is_litter(member)]
        if len(members) > MOST_FILES:
            raise Unreadable(f"More than {MOST_FILES} files.")
        names = [_safe_name(member) for member in members]
        if len({name.casefold() for name in names}) < len(names):
            raise Unreadable("Two files have the same name.")
        packed, total = sum(member.compress_size for member in members), 0
        for member, name in zip(members, names, strict=True):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as source, path.open("xb") as written:
                while chunk := source.read(CHUNK):
                    total += len(chunk)
                    if total > MOST_BYTES or total > RATIO_FREE + MOST_RATIO * packed:
                        raise Unreadable("Unpacked, this is larger than a recording should be.")
                    written.write(chunk)
            _check_content(path)


def _safe_name(member: zipfile.ZipInfo) -> str:
    # What the archive really says: `filename` has its backslashes and null bytes tidied away.
    name = member.orig_filename
    path = PurePosixPath(name)
    mode = member.external_attr >> 16
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        raise Unreadable("It contains something that is no plain file, such as a link.")
    if member.flag_bits & ENCRYPTED:
        raise Unreadable("It is protected by a password.")
    outside = path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name or ":" in name
    if outside or not path.name or not name.isprintable():
        raise Unreadable("A file in it has a name that points elsewhere.")
    if path.suffix.lower() not in TYPES:
        raise Unreadable(f"It contains a {path.suffix or 'file'} that no HLS recording needs.")
    return str(path)


def _is_litter(member: zipfile.ZipInfo) -> bool:
    """What file managers add by themselves."""
    parts = PurePosixPath(member.filename).parts
    return "__MACOSX" in parts or parts[-1] in {".DS_Store", "Thumbs.db", "desktop.ini"}


def _check_content(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(16)
    if not _begins_like(path.suffix.lower(), start):
        raise Unreadable(f"A {path.suffix} file in it is something else inside.")


def _begins_like(suffix: str, start: bytes) -> bool:
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    match suffix:
        case ".m3u8":
            return text.startswith(b"#EXTM3U")
        case ".vtt":
            return text.startswith(b"WEBVTT")
        case ".ts":
            return start.startswith(b"\x47")
        case ".aac":
            return start.startswith((b"ID3", b"\xff\xf1", b"\xff\xf9"))
        case _:
            return start[4:8] in BOXES


def _find(folder: Path) -> Recording:
    """The recording somewhere in `folder`: its only master playlist, or its only playlist."""
    playlists = sorted(folder.rglob(f"*{PLAYLIST}"))
    masters = [path for path in playlists if b"#EXT-X-STREAM-INF" in path.read_bytes()]
    begin = masters or playlists
    if not begin:
        raise Unreadable("There is no playlist (.m3u8) in it.")
    if len(begin) > 1:
        raise Unreadable("There are several recordings in it.")
    return read_recording(begin[0].parent, begin[0].name)


def _rewrite(recording: Recording, folder: Path) -> Recording:
    """Moves what the recording needs into `folder` under new names, and writes its playlists anew."""
    playlists = {name: f"{place}{PLAYLIST}" for place, name in enumerate(recording.tracks)}
    moved: dict[str, str] = {}

    def kept(playlist: str, uri: str) -> str:
        if not uri:
            return ""
        name = beside(playlist, uri)
        if name not in moved:
            moved[name] = f"{len(moved):05}{PurePosixPath(name).suffix.lower()}"
            recording.files[name].rename(folder / moved[name])
        return moved[name]

    for name, track in recording.tracks.items():
        segments = [
            replace(each, name=kept(name, each.name), init=kept(name, each.init)) for each in track.segments
        ]
        (folder / playlists[name]).write_text(_written(segments, track), encoding="utf-8")
    (folder / MAIN).write_text(write_master(_renamed(recording, playlists)), encoding="utf-8")
    return load_recording(folder)


def _written(segments: list[Segment], track: Track) -> str:
    return write_track(((segment, None) for segment in segments), track.target)


def _renamed(recording: Recording, playlists: dict[str, str]) -> Master:
    def renamed(uri: str) -> str:
        return playlists[beside(MAIN, uri)] if uri else ""

    variants = [replace(each, uri=renamed(each.uri)) for each in recording.master.variants]
    renditions = [replace(each, uri=renamed(each.uri)) for each in recording.master.renditions]
    return Master(tuple(variants), tuple(renditions))
