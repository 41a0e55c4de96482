"""The database: engines, pragmas, units of work and the scrub after an erasure.

With `sqlite` and `postgres` beside it the only place that knows dialects. SQLite is the embedded default; PostgreSQL is the same code behind another URL.
"""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from io import FileIO
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import func, select, text
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import Session
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.errors import Unavailable
from webinar.models.hidden import HidingSession
from webinar.postgres import LONG_WORK, PATIENCE, postgres_engine
from webinar.sqlite import PRAGMAS, QUEUE_PATIENCE, READ, WRITE, AtOnce, sqlite_engine

READERS = 8
READERS_AT_ONCE = 2
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
# PostgreSQL: how many pages a table has, and the rows of some of them. Whoever reads by pages needs no order.
PAGES = "SELECT pg_relation_size(CAST(CAST($1 AS text) AS regclass)) / current_setting('block_size')::int"
PAGES_AT_ONCE = 2048
ROWS_OF_PAGES = "SELECT * FROM {table} WHERE ctid >= '({start},0)' AND ctid < '({end},0)'"
SCHEMA = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"

P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """Opens units of work on one database. Create one per process and `close` it at the end.

    `patience`: seconds that PostgreSQL has for each statement; SQLite's are in `sqlite`.
    """

    def __init__(self, url: str, *, patience: float = PATIENCE) -> None:
        self.url: URL = make_url(url)
        self._sqlite = self.url.get_backend_name() == "sqlite"
        # Writers queue in order in this process instead of racing for SQLite's lock.
        self._turn, self._in_line = asyncio.Lock(), 0
        self._watched: int | None = None
        if self._sqlite:
            self._writer = sqlite_engine(self.url, WRITE, size=1)
            self._reader = sqlite_engine(self.url, READ, size=READERS)
            self._pen = AtOnce(self.url, WRITE, threads=1)
            self._glass = AtOnce(self.url, READ, threads=READERS_AT_ONCE)
        else:
            self._writer = self._reader = postgres_engine(self.url, size=READERS, patience=patience)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A unit of work that is committed when the block ends and rolled back when it raises."""
        async with self._writers_turn(), self._session(self._writer) as session, session.begin():
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A consistent view for reading. Keep it short: an open reader holds up the scrub after an erasure."""
        async with self._session(self._reader) as session:
            yield session

    async def write(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """A unit of work at one go: what `work(db, …)` gives, after the commit; rolled back when it raises.

        For what is short and comes often. `writing` changes threads twice for each statement on SQLite, this does once
        for all of them; what it costs beside the statements is a tenth.
        """
        if self._sqlite:
            async with self._writers_turn():
                return await self._pen.do(lambda db: work(db, *args, **kwargs))
        async with self._writer.begin() as db:
            return await db.run_sync(work, *args, **kwargs)

    async def read(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work(db, …)` reads, in one consistent view, at one go (see `write`)."""

        def look(db: Connection) -> T:
            with HidingSession(db, expire_on_commit=False, autoflush=False) as session:
                return work(session, *args, **kwargs)

        if self._sqlite:
            return await self._glass.do(look)
        async with self._reader.connect() as db:
            return await db.run_sync(look)

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

    @property
    def one_writer(self) -> bool:
        """Whether a unit of work that writes keeps all others from writing, whatever they are about."""
        return self._sqlite

    def files(self) -> list[Path]:
        """The files that it may have, SQLite's log first; none where they are a server's, perhaps on another machine."""
        file = str(self.url.database)
        return [Path(file + ending) for ending in ("-wal", "-journal", "")] if self._sqlite else []

    def open_file(self, path: Path) -> FileIO:
        """A file to read, which may be one of `files()`: only so may this process open the database's own while it is in use.

        The system gives up all locks of a process on a file when any descriptor of it is closed, also SQLite's. Any
        other process that ended its work on the database would then take its log away, and what is written
        afterwards would be lost. So one descriptor is kept as long as the connections.
        """
        if path != Path(str(self.url.database)):
            return FileIO(path)
        if self._watched is None:
            self._watched = os.open(path, os.O_RDONLY)
        os.lseek(self._watched, 0, os.SEEK_SET)
        return FileIO(self._watched, closefd=False)

    async def read_tables(self, names: Sequence[str], take: Callable[[bytes], Awaitable[None]]) -> None:
        """Gives every row of these tables of PostgreSQL to `take`, all columns as they are, in portions.

        Each few pages are a statement of their own: one that lasts would hold up every scrub meanwhile.
        """
        async with self._writer.connect() as connection:
            alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
            driver: Any = (await alone.get_raw_connection()).driver_connection
            for table in (f'"{name}"' for name in names):
                pages = await driver.fetchval(PAGES, table)
                for start in range(0, pages, PAGES_AT_ONCE):
                    rows = ROWS_OF_PAGES.format(table=table, start=start, end=start + PAGES_AT_ONCE)
                    await driver.copy_from_query(rows, output=take, format="binary", timeout=LONG_WORK)

    async def schema(self) -> list[str]:
        """The statements that made the tables, where the database's own files have them in so many words."""
        if not self._sqlite:
            return []
        async with self.reading() as session:
            statements = await (await session.connection()).exec_driver_sql(SCHEMA)
            return [str(each) for each in statements.scalars()]

    async def close(self) -> None:
        """Closes every connection."""
        if self._sqlite:
            self._glass.close()
            self._pen.close()
        await self._reader.dispose()
        await self._writer.dispose()
        if self._watched is not None:
            os.close(self._watched)
            self._watched = None

    @asynccontextmanager
    async def _writers_turn(self) -> AsyncIterator[None]:
        if not self._sqlite:
            yield
            return
        if self._turn.locked() or self._in_line:
            await self._stand_in_line()
        else:
            await self._turn.acquire()  # at once: whoever comes alone needs no timer
        try:
            yield
        finally:
            self._turn.release()

    async def _stand_in_line(self) -> None:
        self._in_line += 1
        try:
            async with asyncio.timeout(QUEUE_PATIENCE):
                await self._turn.acquire()
        finally:
            self._in_line -= 1

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
                    driver: Any = (await alone.get_raw_connection()).driver_connection
                    await driver.execute("VACUUM", timeout=LONG_WORK)
                    return True
                await asyncio.sleep(SCRUB_PAUSE)
        return False

    async def _truncate_log(self) -> bool:
        async with self._writers_turn(), self._writer.connect() as connection:
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


async def within(
    db: AsyncSession, work: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """What `work(db, …)` gives, done within a unit of work that is open already (compare `Database.write`)."""
    return await (await db.connection()).run_sync(work, *args, **kwargs)


async def one_at_a_time(db: AsyncSession, work: str) -> None:
    """Waits until no other instance does the same work in a unit of work of its own; what it did is seen from here on.

    For what instances begin at the same moment by themselves: it would be there twice, or fail in one of them. SQLite
    has one writer anyway.
    """
    if db.get_bind().dialect.name == "postgresql":
        turn = func.pg_advisory_xact_lock(func.hashtextextended(work, 0))
        await (await db.connection()).execute(select(turn))
