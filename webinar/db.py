"""The database: engines, pragmas, units of work and the scrub after an erasure.

The only place that knows dialects. SQLite is the embedded default; PostgreSQL is the same code behind another URL.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import AsyncAdaptedQueuePool, event, text
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.errors import Unavailable
from webinar.models.hidden import HidingSession

# Without foreign_keys nothing cascades; without secure_delete erased text stays in free pages; FULL makes a
# commit survive a power cut; temp_store keeps sorted personal data out of temporary files.
PRAGMAS = {
    "foreign_keys": 1,
    "secure_delete": 1,
    "journal_mode": "wal",
    "synchronous": 2,
    "busy_timeout": 5000,
    "temp_store": 2,
}
READERS = 8
SCRUB_TRIES = 50
SCRUB_PAUSE = 0.1
# Milliseconds that one try waits for readers. Writers queue behind it meanwhile, so it is far below busy_timeout.
SCRUB_PATIENCE = 100
# PostgreSQL: what is deleted by now was deleted by an older transaction than this one …
NEXT_TRANSACTION = "SELECT CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS xid) AS text)"
# … and whoever began to read before still sees it, so VACUUM would have to keep it.
STILL_SEEN = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
AND age(backend_xmin) > age(CAST(CAST(:xid AS text) AS xid))
"""


class Database:
    """Opens units of work on one database. Create one per process and `close` it at the end."""

    def __init__(self, url: str) -> None:
        self.url: URL = make_url(url)
        self._sqlite = self.url.get_backend_name() == "sqlite"
        if self._sqlite:
            # One connection that writes: writers queue in order in this process instead of racing for the lock.
            self._writer = _sqlite_engine(self.url, "BEGIN IMMEDIATE", size=1)
            self._reader = _sqlite_engine(self.url, "BEGIN", size=READERS)
        else:
            self._writer = self._reader = create_async_engine(
                self.url, pool_size=READERS, max_overflow=READERS, pool_pre_ping=True, hide_parameters=True
            )

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A unit of work that is committed when the block ends and rolled back when it raises."""
        async with self._session(self._writer) as session, session.begin():
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A consistent view for reading. Keep it short: an open reader holds up the scrub after an erasure."""
        async with self._session(self._reader) as session:
            yield session

    async def check(self) -> None:
        """Proves that the database answers and that SQLite took every pragma; raises Unavailable otherwise."""
        async with self.reading() as session:
            await session.connection()
            if self._sqlite:
                await self._check_pragmas(session)

    async def scrub(self) -> bool:
        """Removes what erased rows left in the database's files; True once nothing is left.

        SQLite keeps deleted text in the write-ahead log until a TRUNCATE checkpoint returns busy=0, and any
        open reader blocks that, so it is tried again for a few seconds. PostgreSQL keeps dead rows until VACUUM,
        which passes over those that an open transaction may still see; see `scrubs_bytes` for what it leaves.
        """
        if not self._sqlite:
            return await self._vacuum()
        for _ in range(SCRUB_TRIES):
            if await self._truncate_log():
                return True
            await asyncio.sleep(SCRUB_PAUSE)
        return False

    @property
    def scrubs_bytes(self) -> bool:
        """Whether a scrub leaves no byte of a deleted row anywhere in the database's files.

        SQLite's does. PostgreSQL's takes the rows out of the tables for everybody and for ever, but free space
        in its pages, its write-ahead log and archives of it keep old bytes until the server overwrites them.
        """
        return self._sqlite

    async def close(self) -> None:
        """Closes every connection."""
        await self._reader.dispose()
        await self._writer.dispose()

    @asynccontextmanager
    async def _session(self, engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(
            engine, sync_session_class=HidingSession, expire_on_commit=False, autoflush=False
        ) as session:
            yield session

    async def _check_pragmas(self, session: AsyncSession) -> None:
        connection = await session.connection()
        for name, wanted in PRAGMAS.items():
            found = (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar()
            if str(found) != str(wanted):
                raise Unavailable(f"SQLite did not take PRAGMA {name}={wanted}; the data would not be safe.")

    async def _vacuum(self) -> bool:
        async with self._writer.connect() as connection:
            alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
            deleted_before = (await alone.execute(text(NEXT_TRANSACTION))).scalar_one()
            for _ in range(SCRUB_TRIES):
                if not (await alone.execute(text(STILL_SEEN), {"xid": deleted_before})).scalar_one():
                    await alone.execute(text("VACUUM"))
                    return True
                await asyncio.sleep(SCRUB_PAUSE)
        return False

    async def _truncate_log(self) -> bool:
        async with self._writer.connect() as connection:
            # On the driver's own connection: inside a transaction a checkpoint does nothing.
            driver: Any = (await connection.get_raw_connection()).driver_connection
            await driver.execute(f"PRAGMA busy_timeout={SCRUB_PATIENCE}")
            try:
                async with driver.execute("PRAGMA wal_checkpoint(TRUNCATE)") as cursor:
                    busy, _, _ = await cursor.fetchone()
            except sqlite3.OperationalError:
                return False
            finally:
                await driver.execute(f"PRAGMA busy_timeout={PRAGMAS['busy_timeout']}")
            return int(busy) == 0


def _sqlite_engine(url: URL, begin: str, *, size: int) -> AsyncEngine:
    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=30,
        hide_parameters=True,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _configure(connection: Any, _: Any) -> None:
        # The driver must not open transactions by itself: `begin` below says which kind.
        connection.isolation_level = None
        cursor = connection.cursor()
        for name, value in PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
