"""The erasure journal: what was erased since the oldest backup, so that no restored backup brings it back (G9).

It knows a row only by a hash of its random id: a restored copy of the row is found by it, and without one it says
nothing. It is kept in the database and, for the day on which the database is what was lost, in files of its own.
"""

import asyncio
import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from uuid import UUID, uuid4

import structlog
from sqlalchemy import delete, insert
from sqlalchemy import select as select_rows
from sqlalchemy.orm import Session
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.clock import Clock
from webinar.db import Database
from webinar.logs import brief
from webinar.models import Erasable, JournalEntry, table_of
from webinar.signing import Signer

# No backup may be older, because what was erased before is forgotten.
KEPT = timedelta(days=30)
# Files of the days that can still change are written again.
RECENT = timedelta(days=2)
STAMP = "stamp.json"
CHUNK = 1000

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """One erased row of the table `subject`."""

    subject: Erasable
    digest: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """Whose journal it is, and until when nothing is missing in it."""

    installation: str
    complete_until: datetime


def digest_of(subject: Erasable, name: UUID | str) -> bytes:
    """By what an erased row is known: its id, or for words taken out of a row its column and id."""
    return hashlib.sha256(f"erased {subject} {name}".encode()).digest()


def installation_of(signer: Signer) -> str:
    """By what an installation knows its own journal: derived from its secret, and saying nothing about it."""
    return signer.derive("erasure-journal").hex()[:32]


async def note_erased(
    db: AsyncSession, subject: Erasable, names: Iterable[UUID | str], now: datetime
) -> None:
    """Notes rows of the table `subject`, or words of them, in the unit of work that deletes them."""
    rows = [
        {"id": uuid4(), "subject": subject, "digest": digest_of(subject, name), "at": now} for name in names
    ]
    for start in range(0, len(rows), CHUNK):
        await (await db.connection()).execute(insert(JournalEntry), rows[start : start + CHUNK])


async def read_journal(db: AsyncSession, since: datetime | None = None) -> list[Entry]:
    """The entries of the database, oldest first."""
    return await db.run_sync(_entries, since)


def _entries(db: Session, since: datetime | None) -> list[Entry]:
    # No models: after a sweep for mentions there are ten thousand, and the loop would stand still while they are made.
    entry = table_of(JournalEntry).c
    rows = select_rows(entry.subject, entry.digest, entry.at).order_by(entry.at, entry.digest)
    if since is not None:
        rows = rows.where(entry.at >= since)
    return [Entry(*row) for row in db.execute(rows)]


async def forget_old_entries(db: AsyncSession, now: datetime) -> None:
    """Deletes what no backup can bring back any more."""
    await db.exec(delete(JournalEntry).where(col(JournalEntry.at) < now - KEPT))


class Journal:
    """The files of the journal, one for each day, written after what the database says."""

    def __init__(self, db: Database, folder: Path, installation: str, clock: Clock) -> None:
        self.folder = folder
        self.installation = installation
        self._db = db
        self._clock = clock
        self._whole = False
        self._lock = asyncio.Lock()

    async def write(self) -> bool:
        """Brings the files up to date; False when the disk refuses, and the next call tries again."""
        async with self._lock:
            now = self._clock.now()
            entries = await self._db.read(_entries, now - RECENT if self._whole else None)
            try:
                await asyncio.to_thread(write_files, self.folder, entries, Stamp(self.installation, now))
            except OSError as error:
                # The database has it too; an erasure must not wait for the second copy.
                log.error("journal.not_written", **brief(error))
                return False
            self._whole = True
            return True


def write_files(folder: Path, entries: Sequence[Entry], stamp: Stamp) -> None:
    """Writes the days of `entries`, removes what is too old, and sets the stamp last."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for day, found in groupby(entries, lambda entry: entry.at.astimezone(UTC).date()):
        path = folder / f"{day.isoformat()}.txt"
        # What is there stays: a database from a backup knows less than the files.
        known = set(path.read_text(encoding="ascii").splitlines(keepends=True)) if path.exists() else set()
        lines = {f"{each.at.isoformat()} {each.subject} {each.digest.hex()}\n" for each in found}
        if lines - known:
            _replace(path, "".join(sorted(known | lines)))
    oldest = (stamp.complete_until - KEPT).date().isoformat()
    for path in folder.glob("????-??-??.txt"):
        if path.stem < oldest:
            path.unlink(missing_ok=True)
    _replace(
        folder / STAMP,
        json.dumps({"installation": stamp.installation, "complete_until": stamp.complete_until.isoformat()}),
    )


def read_files(folder: Path) -> tuple[Stamp, list[Entry]] | None:
    """The journal in `folder`; None when there is none. Raises ValueError when it can't be read."""
    if not (folder / STAMP).is_file():
        return None
    facts = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    stamp = Stamp(str(facts["installation"]), datetime.fromisoformat(facts["complete_until"]))
    entries = []
    for path in sorted(folder.glob("????-??-??.txt")):
        for line in path.read_text(encoding="ascii").splitlines():
            at, subject, digest = line.split(" ")
            entries.append(Entry(Erasable(subject), bytes.fromhex(digest), datetime.fromisoformat(at)))
    return stamp, entries


def _replace(path: Path, text: str) -> None:
    """Writes the whole file or nothing, and waits for the disk."""
    unfinished = path.with_suffix(f".{os.getpid()}.new")
    with unfinished.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
