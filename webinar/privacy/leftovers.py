"""Files that outlive the row they belong to, and the finding and removing of them.

Files are named after the id of their row. Whatever bears the id of a row that is gone is left over, however it
came to be left: an erasure, a purge, or a process that died between the two.
"""

import asyncio
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import Table
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.db import Database
from webinar.privacy.inventory import table_named

UUID_IN_NAME = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
CHUNK = 500


@dataclass(frozen=True, slots=True)
class FilesOfRows:
    """A folder in which every file, or folder of files, bears in its name the id of a row of `table`."""

    folder: Path
    table: Table

    def owners(self) -> dict[UUID, list[Path]]:
        """What is there, by the row it belongs to."""
        found: dict[UUID, list[Path]] = {}
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if name := UUID_IN_NAME.search(path.name):
                found.setdefault(UUID(name[0]), []).append(path)
        return found


def files_of_rows(data_dir: Path) -> list[FilesOfRows]:
    """Every folder of `data_dir` whose files belong to rows: media by webinar, prepared exports, mails that were written out, and the
    signed ends of the audit trails.
    """
    return [
        FilesOfRows(data_dir / "media", table_named("webinar")),
        FilesOfRows(data_dir / "prepared", table_named("export_file")),
        FilesOfRows(data_dir / "mail", table_named("outgoing_mail")),
        FilesOfRows(data_dir / "audit", table_named("account")),
    ]


class Leftovers:
    """Removes the files whose rows are gone, and files that were only on their way to somebody."""

    def __init__(self, db: Database, stores: Sequence[FilesOfRows], passing: Path) -> None:
        """`passing` is a folder of files in the making, such as exports; none of them survives an erasure."""
        self._db = db
        self._stores = stores
        self._passing = passing

    async def remove(self) -> int:
        """Removes every leftover file; gives their number. Raises OSError when one cannot be removed."""
        removed = await asyncio.to_thread(_remove_all, _children(self._passing))
        for store in self._stores:
            # Files first, rows second: what is written in between has its row already. And in the writers' queue,
            # so that a row whose file is written before its commit is there by now.
            owners = await asyncio.to_thread(store.owners)
            async with self._db.writing() as db:
                gone = owners.keys() - await _existing(db, store.table, list(owners))
            paths = [path for owner in gone for path in owners[owner]]
            removed += await asyncio.to_thread(_remove_all, paths)
        return removed


async def _existing(db: AsyncSession, table: Table, ids: Sequence[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        found.update((await db.exec(select(table.c.id).where(table.c.id.in_(chunk)))).all())
    return found


def _children(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _remove_all(paths: Sequence[Path]) -> int:
    return sum(_remove(path) for path in paths)


def _remove(path: Path) -> int:
    files = sum(1 for _ in _files(path))
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    return files


def _files(path: Path) -> Iterator[Path]:
    if path.is_symlink() or not path.is_dir():
        yield path
    else:
        yield from (inner for inner in path.rglob("*") if not inner.is_dir())
