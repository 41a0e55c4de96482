"""Restoring a backup: everything is checked beside the installation first, then takes its place, then forgets again.

What was erased after the backup was made comes from the journal outside it: the files of the journal, and the
database that is being replaced, as far as it can still be read.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pyrage

from webinar.backup.archive import DATABASE, MEDIA, SECRET, Manifest, unpack_archive
from webinar.backup.keys import BackupError
from webinar.backup.make import House
from webinar.backup.pending import PLACING, REPLAYING, write_marker
from webinar.backup.snapshot import check_snapshot, is_sqlite, put_back
from webinar.privacy.journal import KEPT, Entry, read_files
from webinar.privacy.restored import Restored

FOREIGN_JOURNAL = (
    "The erasure journal belongs to another installation than the backup. Give the right one with --journal, or, if "
    "you are sure that nobody was erased since, use --without-journal."
)
# The journal is written at least every minute while the installation runs.
SLACK = timedelta(minutes=5)
NO_JOURNAL = (
    "There is no erasure journal beside this backup, so people who were erased after it was made would come back. "
    "Give the folder of the journal with --journal, or, if you are sure that nobody was erased since, "
    "--without-journal."
)


@dataclass(frozen=True, slots=True)
class Source:
    """A journal from outside the backup: whose it is, what it says, and until when nothing is missing in it."""

    installation: str
    complete_until: datetime
    entries: Sequence[Entry]


def source_in(folder: Path) -> list[Source]:
    """The journal in `folder`, if there is one. Raises BackupError when it can't be read."""
    try:
        found = read_files(folder)
    except (OSError, ValueError, KeyError) as error:
        raise BackupError(f"The erasure journal in {folder} can't be read.") from error
    return [Source(found[0].installation, found[0].complete_until, found[1])] if found else []


def known_erasures(manifest: Manifest, sources: Sequence[Source], now: datetime) -> list[Entry]:
    """Everything that was erased since the backup was made. Raises BackupError unless the sources tell all of it."""
    own = [source for source in sources if source.installation == manifest.installation]
    if not own:
        raise BackupError(FOREIGN_JOURNAL if sources else NO_JOURNAL)
    until = max(source.complete_until for source in own)
    if until < manifest.moment - SLACK:
        raise BackupError(
            f"The erasure journal ends on {until:%d %B %Y, %H:%M} UTC, before the backup was made. "
            "Find the newer one, or, if you are sure that nobody was erased since, use --without-journal."
        )
    if now - manifest.moment > KEPT:
        raise BackupError(
            f"The backup is older than {KEPT.days} days, and the erasure journal does not reach back that far. "
            "Use --without-journal only if you are sure that nobody was erased since."
        )
    return [entry for source in own for entry in source.entries]


def restore_backup(
    house: House,
    file: Path,
    identities: Sequence[pyrage.x25519.Identity],
    sources: Sequence[Source] | None,
    now: datetime,
) -> Manifest:
    """Puts the backup in place and leaves the mark by which nothing is served until the journal was replayed.

    `sources` is None when the operator takes responsibility for a missing journal. Raises BackupError; up to the
    moment at which the database is replaced, nothing of the installation has changed then.
    """
    house.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=house.data_dir, prefix="restore-") as folder:
        staged = Path(folder)
        manifest = _unpack(file, identities, staged)
        _check_kind(manifest, house)
        entries = [] if sources is None else known_erasures(manifest, sources, now)
        check_snapshot(staged / DATABASE, house.url)
        restored = Restored(now, manifest.moment, _sha256_of(file))
        write_marker(house.data_dir, PLACING, entries, restored)
        put_back(staged / DATABASE, house.url)
        _put_files(staged, house.data_dir)
        write_marker(house.data_dir, REPLAYING, entries, restored)
    return manifest


def _unpack(file: Path, identities: Sequence[pyrage.x25519.Identity], staged: Path) -> Manifest:
    try:
        with file.open("rb") as source:
            return unpack_archive(source, identities, staged)
    except OSError as error:
        raise BackupError(f"{file} could not be read: {error.strerror or error}.") from error


def _sha256_of(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _check_kind(manifest: Manifest, house: House) -> None:
    kind = "sqlite" if is_sqlite(house.url) else "postgresql"
    if manifest.database != kind:
        raise BackupError(f"The backup is of {manifest.database}, this installation uses {kind}.")


def _put_files(staged: Path, data_dir: Path) -> None:
    if (staged / SECRET).is_file():
        shutil.move(staged / SECRET, data_dir / SECRET)
    (staged / MEDIA).mkdir(exist_ok=True)
    replaced = staged / "replaced-media"
    if (data_dir / MEDIA).exists():
        (data_dir / MEDIA).rename(replaced)
    (staged / MEDIA).rename(data_dir / MEDIA)
