"""The archive: a tar of manifest, database, secret and media, encrypted in the age format as it is written."""

import io
import json
import os
import tarfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

import pyrage

from webinar.backup.keys import BackupError

FORMAT = 1
MANIFEST, DATABASE, SECRET, MEDIA = "manifest.json", "database", "secret_key", "media"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the archive says about itself. `made_at` is when the database was copied; see `journal.Stamp`."""

    made_at: str
    database: str
    installation: str
    version: str
    format: int = FORMAT

    @property
    def moment(self) -> datetime:
        """When the database was copied."""
        return datetime.fromisoformat(self.made_at)


def write_archive(
    target: IO[bytes],
    recipients: Sequence[pyrage.x25519.Recipient],
    manifest: Manifest,
    database: IO[bytes],
    data_dir: Path,
) -> int:
    """Writes the archive of `data_dir` with that copy of the database; gives the number of media files."""
    counted: list[int] = []

    def fill(pipe: IO[bytes]) -> None:
        with tarfile.open(fileobj=pipe, mode="w|") as tar:
            _add(tar, MANIFEST, io.BytesIO(json.dumps(asdict(manifest)).encode()))
            _add(tar, DATABASE, database)
            with suppress(FileNotFoundError), (data_dir / SECRET).open("rb") as secret:
                _add(tar, SECRET, secret)
            counted.append(_add_media(tar, data_dir / MEDIA))

    with _piped(fill) as reading:
        pyrage.encrypt_io(reading, target, list(recipients))
    return counted[0]


def unpack_archive(source: IO[bytes], identities: Sequence[pyrage.x25519.Identity], into: Path) -> Manifest:
    """Unpacks an archive into an empty folder. Raises BackupError unless all of it arrived, unchanged."""

    def decrypt(pipe: IO[bytes]) -> None:
        try:
            pyrage.decrypt_io(source, pipe, list(identities))
        except pyrage.DecryptError as error:
            raise BackupError("This key does not open the backup, or the file was changed.") from error
        except OSError as error:
            raise BackupError("The backup is cut short or was changed.") from error

    with _piped(decrypt) as reading:
        try:
            with tarfile.open(fileobj=reading, mode="r|") as tar:
                for member in tar:
                    _check(member)
                    tar.extract(member, into, filter="data")
            while reading.read(64 * 1024):  # to the end: only there it is known that nothing was cut off
                pass
        except tarfile.TarError as error:
            raise BackupError("The backup is not readable.") from error
    return _read_manifest(into / MANIFEST)


@contextmanager
def _piped(fill: Callable[[IO[bytes]], None]) -> Iterator[IO[bytes]]:
    """What `fill` writes in a thread of its own, to be read meanwhile. What it raises wins over the reader's error."""
    ends = os.pipe()
    raised: list[BaseException] = []

    def work() -> None:
        with os.fdopen(ends[1], "wb") as writing:
            try:
                fill(writing)
            except BaseException as error:  # noqa: BLE001 - handed to the reader below
                raised.append(error)

    def run() -> None:
        # The reader gave up: what is still in the buffer has nowhere to go.
        with suppress(BrokenPipeError):
            work()

    thread = threading.Thread(target=run, name="backup")
    thread.start()
    failed: BaseException | None = None
    try:
        with os.fdopen(ends[0], "rb") as reading:
            yield reading
    except BaseException as error:  # noqa: BLE001 - raised again below
        failed = error
    thread.join()
    cause = next((error for error in raised if not isinstance(error, BrokenPipeError)), failed)
    if cause is not None:
        raise cause


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    entry = tarfile.TarInfo(name)
    entry.mode = 0o600
    entry.size = content.seek(0, io.SEEK_END)
    content.seek(0)
    tar.addfile(entry, content)


def _add_media(tar: tarfile.TarFile, media: Path) -> int:
    added = 0
    for path in sorted(media.rglob("*")) if media.is_dir() else ():
        # Erased while the archive was made: so much the better.
        with suppress(FileNotFoundError):
            if path.is_file() and not path.is_symlink():
                with path.open("rb") as file:
                    _add(tar, str(PurePosixPath(MEDIA, *path.relative_to(media).parts)), file)
                added += 1
    return added


def _check(member: tarfile.TarInfo) -> None:
    parts = PurePosixPath(member.name).parts
    if not member.isfile() or ".." in parts or parts[0] not in {MANIFEST, DATABASE, SECRET, MEDIA}:
        raise BackupError("The backup holds something that does not belong there.")


def _read_manifest(path: Path) -> Manifest:
    try:
        facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        manifest = Manifest(**facts)
        manifest.moment  # noqa: B018 - read once, so that a broken one is found here
    except (OSError, ValueError, TypeError) as error:
        raise BackupError("The backup says nothing readable about itself.") from error
    if manifest.format != FORMAT:
        raise BackupError("The backup is from a newer version; please update first.")
    return manifest
