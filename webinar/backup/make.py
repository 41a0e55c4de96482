"""Making a backup, and removing those that are older than the erasure journal reaches."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path

import pyrage
from sqlalchemy.engine import URL

from webinar.backup.archive import Manifest, write_archive
from webinar.backup.keys import BackupError
from webinar.backup.snapshot import is_sqlite, take_snapshot
from webinar.privacy.journal import KEPT

NAME = "webinar-%Y-%m-%dT%H%M%SZ.backup.age"
PATTERN = "webinar-*.backup.age"


@dataclass(frozen=True, slots=True)
class House:
    """What is backed up: where it is, and whose journal belongs to it."""

    url: URL
    data_dir: Path
    passing: Path
    installation: str


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup."""

    file: Path
    sha256: str
    media: int
    pruned: Sequence[Path] = ()


def make_backup(
    house: House, target: Path, recipients: Sequence[pyrage.x25519.Recipient], now: datetime
) -> Made:
    """Writes the backup to `target`; in a folder it gets a name by the time, and old ones there are removed.

    Nothing is at `target` until all of it is on the disk. Raises BackupError.
    """
    file = target / now.strftime(NAME) if target.is_dir() else target
    unfinished = file.with_name(f"{file.name}.unfinished")
    kind = "sqlite" if is_sqlite(house.url) else "postgresql"
    manifest = Manifest(now.isoformat(), kind, house.installation, metadata.version("webinar"))
    try:
        with (
            take_snapshot(house.url, house.passing) as database,
            os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as written,
        ):
            media = write_archive(written, recipients, manifest, database, house.data_dir)
            written.flush()
            os.fsync(written.fileno())
            written.seek(0)
            sha256 = hashlib.file_digest(written, "sha256").hexdigest()
        unfinished.replace(file)
    except OSError as error:
        raise BackupError(f"The backup could not be written: {error.strerror or error}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return Made(file, sha256, media, prune(target, now) if target.is_dir() else ())


def prune(folder: Path, now: datetime, keep: timedelta = KEPT) -> list[Path]:
    """Removes the folder's backups that are older than `keep`; gives them."""
    gone = []
    for path in sorted(folder.glob(PATTERN)):
        made = datetime.strptime(path.name, NAME).replace(tzinfo=now.tzinfo)
        if now - made > keep:
            path.unlink()
            gone.append(path)
    return gone
