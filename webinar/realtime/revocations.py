"""Whose sockets must close, said by the database too: where a notice cannot come, or gets lost, the next look finds it.

A row is a hint and no more: whoever finds one that they were not told of asks the database whether those people may still
be in their rooms. So nobody is shut out who came back since, and no clock matters.
"""

import logging
import time
from collections.abc import Awaitable, Collection, Iterable, Mapping
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import Connection, bindparam, select
from sqlmodel import Session

from webinar.db import Database
from webinar.models import Revocation, table_of
from webinar.statements import Statement

log = logging.getLogger(__name__)
KEPT = 120.0  # seconds for which whoever sees a row leaves it there: others look far more often
DIGEST = 16  # bytes

REVOCATION = table_of(Revocation)
_INSERT = Statement(REVOCATION.insert())
_ALL = Statement(select(REVOCATION.c.id, REVOCATION.c.digest))
_DELETE = Statement(REVOCATION.delete().where(REVOCATION.c.id == bindparam("id")))


class Revocations:
    """Writes down what this instance revokes, and finds what others revoked without its hearing of it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._seen: dict[UUID, float] = {}  # rows, and since when
        self._heard: set[bytes] = set()
        self._unwritten: set[bytes] = set()

    def heard(self, key: UUID) -> None:
        """A notice came: the row that says the same is no news."""
        self._heard.add(_digest(key))

    async def write_down(self, *keys: UUID) -> None:
        """Lets the database tell the others. While it is away this waits for the next look."""
        self._unwritten.update(map(_digest, keys))
        await self._try(self._write(), "revocation_not_written")

    async def untold(self, keys: Iterable[UUID]) -> list[UUID]:
        """Those of the `keys` that others have revoked since the last time, as far as nobody told."""
        if self._unwritten:
            await self._try(self._write(), "revocation_not_written")
        rows, now = await self._db.read(_read), time.monotonic()
        news = {digest for row, digest in rows.items() if row not in self._seen} - self._heard
        self._heard.clear()
        self._seen = {row: self._seen.get(row, now) for row in rows}
        if old := [row for row, since in self._seen.items() if now - since >= KEPT]:
            await self._try(self._db.write(_delete, old), "revocations_not_tidied")
        return [key for key in keys if _digest(key) in news] if news else []

    async def _try(self, work: Awaitable[None], failed: str) -> None:
        # The next look tries again. What is revoked is so meanwhile, and what others revoked is found.
        try:
            await work
        except Exception:
            log.exception(failed)

    async def _write(self) -> None:
        # With new ids each time: a commit that seemed to fail may have succeeded, and twice said is as good.
        rows = {uuid4(): digest for digest in self._unwritten}
        await self._db.write(_store, rows)
        self._seen |= dict.fromkeys(rows, time.monotonic())
        self._unwritten.difference_update(rows.values())


def _digest(key: UUID) -> bytes:
    return sha256(key.bytes).digest()[:DIGEST]


def _store(db: Connection, rows: Mapping[UUID, bytes]) -> None:
    _INSERT.carry_out(db, [{"id": row, "digest": digest} for row, digest in rows.items()])


def _read(db: Session) -> dict[UUID, bytes]:
    return dict(_ALL.rows(db.connection(), {}))


def _delete(db: Connection, rows: Collection[UUID]) -> None:
    # In one order: two instances that delete the same would block each other otherwise.
    _DELETE.carry_out(db, [{"id": row} for row in sorted(rows)])
