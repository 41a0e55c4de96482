"""The databases that are measured: where each one is, and what the bare floor costs in a copy of it."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from typing import Protocol
from uuid import UUID

import asyncpg

from benchmarks.admin import FILE
from tests.support.postgres import PostgresServer
from tests.support.tools import POSTGRES
from webinar.sqlite import PRAGMAS

# As a server that keeps its word is set up: what is committed survives a power cut.
DURABLE = "-c listen_addresses= -c fsync=on -c synchronous_commit=on -c max_wal_size=2GB"
Row = tuple[str, UUID]  # a table and the id of its row


class Place(Protocol):
    """A database in the making."""

    @property
    def url(self) -> str:
        """Its SQLAlchemy URL."""
        ...

    async def settle(self) -> None:
        """Leaves it as one that has been in service for a while."""
        ...

    async def bare(self, rows: Sequence[Row]) -> list[float]:
        """Seconds that deleting each row takes in a copy, with its cascade, and until the log is in the database."""
        ...


@dataclass(frozen=True)
class SQLitePlace:
    """A file, with the product's pragmas."""

    folder: Path

    @property
    def url(self) -> str:
        return f"sqlite+aiosqlite:///{self.folder / FILE}"

    async def settle(self) -> None:
        """Nothing: SQLite leaves nothing for later."""

    async def bare(self, rows: Sequence[Row]) -> list[float]:
        return await asyncio.to_thread(self._bare, rows)

    def _bare(self, rows: Sequence[Row]) -> list[float]:
        place = self.folder / "bare.sqlite3"
        copy(self.folder / FILE, place)
        connection = sqlite3.connect(place)
        for name, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {name}={value}")
        seconds = []
        for table, row in rows:
            began = time.perf_counter()
            connection.execute(f"DELETE FROM {table} WHERE id = ?", (row.hex,))
            connection.commit()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            seconds.append(time.perf_counter() - began)
        connection.close()
        place.unlink()
        return seconds


@dataclass(frozen=True)
class PostgresPlace:
    """A database of a server of its own, on this machine."""

    server: PostgresServer
    name: str

    @property
    def url(self) -> str:
        return self.server.url(self.name)

    async def settle(self) -> None:
        """What autovacuum would have done by now."""
        connection = await self._connect(self.name)
        await connection.execute("VACUUM ANALYZE")
        await connection.execute("CHECKPOINT")
        await connection.close()

    async def bare(self, rows: Sequence[Row]) -> list[float]:
        name = await self.server.create(self.name)
        connection = await self._connect(name)
        seconds = []
        for table, row in rows:
            began = time.perf_counter()
            await connection.execute(f"DELETE FROM {table} WHERE id = $1", row, timeout=600)
            await connection.execute("VACUUM", timeout=600)
            seconds.append(time.perf_counter() - began)
        await connection.close()
        await self.server.drop(name)
        return seconds

    async def _connect(self, name: str) -> asyncpg.Connection:
        return await asyncpg.connect(host=str(self.server.folder), user="webinar", database=name)


class Lacking(Exception):
    """What a database needs is not installed."""


@asynccontextmanager
async def sqlite_place(folder: Path) -> AsyncIterator[Place]:
    """SQLite in `folder`."""
    yield SQLitePlace(folder)


@asynccontextmanager
async def postgres_place(folder: Path) -> AsyncIterator[Place]:
    """PostgreSQL; nothing of it is left at the end. Raises Lacking where it is not installed."""
    program = POSTGRES.find()
    if not program:
        raise Lacking(f"{POSTGRES.name} is not installed")
    server = PostgresServer(Path(program).parent)
    await asyncio.to_thread(server.start, DURABLE)
    try:
        yield PostgresPlace(server, await server.create())
    finally:
        await asyncio.to_thread(server.stop)


PLACES: dict[str, Callable[[Path], AbstractAsyncContextManager[Place]]] = {
    "sqlite": sqlite_place,
    "postgresql": postgres_place,
}
