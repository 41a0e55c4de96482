"""Prepared exports: files that expire, encrypted with a key of their own that only their row in the database has.

A file is named after its row. Without the row nobody can read it, so deleting the row is what ends it: in the same
transaction as the withdrawal, the correction or the erasure (`consent.prepared.drop_exports`). The file follows.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.accounts.actor import Actor
from webinar.clock import Clock
from webinar.db import Database
from webinar.errors import Conflict, NotFound
from webinar.models import ExportFile, Webinar
from webinar.privacy.tabular import CHUNK_BYTES, Table

LIFETIME = timedelta(hours=24)
MOST_FILES = 20  # of a webinar
KEY_BITS = 256
LENGTH_BYTES = 4


async def begin_export(
    db: AsyncSession, actor: Actor, webinar: Webinar, purpose_id: UUID, *, kind: str, now: datetime
) -> ExportFile:
    """The row of a file in the making. Raises Conflict when the webinar has too many."""
    mine = (col(ExportFile.account_id) == webinar.account_id, col(ExportFile.webinar_id) == webinar.id)
    if (await db.exec(select(func.count()).select_from(ExportFile).where(*mine))).one() >= MOST_FILES:
        raise Conflict("There are enough prepared files. Delete one first.", code="too_many_exports")
    export = ExportFile(
        account_id=webinar.account_id,
        webinar_id=webinar.id,
        purpose_id=purpose_id,
        kind=kind,
        key=AESGCM.generate_key(KEY_BITS),
        made_by=actor.user.id,
        made_at=now,
        expires_at=now + LIFETIME,
    )
    db.add(export)
    await db.flush()
    return export


async def finish_export(db: AsyncSession, export_id: UUID, rows: int) -> None:
    """The file is whole. Raises Conflict when somebody in it may have withdrawn, changed or gone meanwhile."""
    export = await db.get(ExportFile, export_id, with_for_update=True)
    if export is None:
        raise Conflict("The data changed while this file was made. Please prepare it again.")
    export.rows = rows
    db.add(export)
    await db.flush()


async def get_export(db: AsyncSession, webinar: Webinar, export_id: UUID, now: datetime) -> ExportFile:
    """A finished file of the webinar that has not expired; raises NotFound."""
    export = await db.get(ExportFile, export_id)
    if export is None or export.webinar_id != webinar.id or export.rows is None or export.expires_at <= now:
        raise NotFound
    return export


async def list_exports(db: AsyncSession, webinar: Webinar, now: datetime) -> Sequence[ExportFile]:
    """The webinar's files that can be downloaded, newest first."""
    found = select(ExportFile).where(
        col(ExportFile.account_id) == webinar.account_id,
        col(ExportFile.webinar_id) == webinar.id,
        col(ExportFile.rows).is_not(None),
        col(ExportFile.expires_at) > now,
    )
    return (await db.exec(found.order_by(col(ExportFile.made_at).desc()))).all()


class Counting:
    """Counts the rows of a table on their way out."""

    def __init__(self, table: Table[Any]) -> None:
        self.rows = 0
        self._pages = table.pages
        self.table = replace(table, pages=self._counted)

    async def _counted(self) -> AsyncIterator[Sequence[Any]]:
        async for page in self._pages():
            self.rows += len(page)
            yield page


class PreparedExports:
    """The folder of prepared files. Memory does not grow with a file."""

    def __init__(self, db: Database, clock: Clock, folder: Path) -> None:
        self._db, self._clock, self._folder = db, clock, folder

    async def write(self, export: ExportFile, chunks: AsyncIterator[bytes]) -> None:
        """Writes `chunks` as the file of `export`, readable by nobody without its key. Raises OSError."""
        file = await asyncio.to_thread(self._create, export.id)
        try:
            async for frame in _sealed(_gathered(chunks), export.key):
                await asyncio.to_thread(file.write, frame)
        finally:
            await asyncio.to_thread(file.close)

    async def read(self, export: ExportFile) -> AsyncIterator[bytes]:
        """The content of the file. Raises NotFound at once when it is gone, InvalidTag when it was changed or cut."""
        try:
            file = await asyncio.to_thread(self._path(export.id).open, "rb")
        except FileNotFoundError as error:
            raise NotFound from error
        return _opened(file, export.key)

    async def discard(self, export_id: UUID) -> None:
        """Deletes a file and its row, whether or not they are there."""
        async with self._db.writing() as db:
            await db.exec(delete(ExportFile).where(col(ExportFile.id) == export_id))
        await asyncio.to_thread(self._path(export_id).unlink, missing_ok=True)

    async def clear(self) -> None:
        """Deletes what has expired, and the files whose rows are gone: at once after a withdrawal, else every minute."""
        async with self._db.reading() as db:
            overdue = col(ExportFile.expires_at) <= self._clock.now()
            expired = (await db.exec(select(col(ExportFile.id)).where(overdue))).all()
        for export_id in expired:
            await self.discard(export_id)
        # Files first, rows second: what is begun in between has its row already.
        found = await asyncio.to_thread(self._files)
        if not found:
            return
        async with self._db.reading() as db:
            kept = set((await db.exec(select(col(ExportFile.id)))).all())
        for export_id in found - kept:
            await asyncio.to_thread(self._path(export_id).unlink, missing_ok=True)

    def _path(self, export_id: UUID) -> Path:
        return self._folder / str(export_id)

    def _files(self) -> set[UUID]:
        return {UUID(path.name) for path in self._folder.iterdir()} if self._folder.is_dir() else set()

    def _create(self, export_id: UUID) -> IO[bytes]:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        return os.fdopen(os.open(self._path(export_id), flags, 0o600), "wb")


async def _gathered(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same bytes in pieces of a good size for a file."""
    gathered = bytearray()
    async for chunk in chunks:
        gathered += chunk
        if len(gathered) >= CHUNK_BYTES:
            yield bytes(gathered)
            gathered.clear()
    yield bytes(gathered)


async def _sealed(pieces: AsyncIterator[bytes], key: bytes) -> AsyncIterator[bytes]:
    """Frames of length and AES-256-GCM; the last one says so in its nonce, so that a cut shows."""
    box, number = AESGCM(key), 0
    before = await anext(pieces)
    async for piece in pieces:
        yield _frame(box.encrypt(_nonce(number, last=False), before, None))
        before, number = piece, number + 1
    yield _frame(box.encrypt(_nonce(number, last=True), before, None))


async def _opened(file: IO[bytes], key: bytes) -> AsyncIterator[bytes]:
    box, number = AESGCM(key), 0
    with file:
        length = await asyncio.to_thread(file.read, LENGTH_BYTES)
        while length:
            frame = await asyncio.to_thread(file.read, int.from_bytes(length, "big"))
            length = await asyncio.to_thread(file.read, LENGTH_BYTES)
            yield box.decrypt(_nonce(number, last=not length), frame, None)
            number += 1


def _frame(content: bytes) -> bytes:
    return len(content).to_bytes(LENGTH_BYTES, "big") + content


def _nonce(number: int, *, last: bool) -> bytes:
    # A key is used for one file only, so counting is enough.
    return number.to_bytes(11, "big") + bytes([last])
