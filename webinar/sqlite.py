"""SQLite's side of the database: what makes its data safe, and units of work at one go."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import AsyncAdaptedQueuePool, QueuePool, create_engine, event
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from webinar.statements import tell

# Without foreign_keys nothing cascades; without secure_delete erased text stays in free pages; FULL makes a
# commit survive a power cut; temp_store keeps sorted personal data out of temporary files. With wal_autocheckpoint pages
# in the log, what was written in them again and again goes into the database once (SQLite's own 1000 are 4 MB, these 16).
PRAGMAS = {
    "foreign_keys": 1,
    "secure_delete": 1,
    "journal_mode": "wal",
    "synchronous": 2,
    "busy_timeout": 5000,
    "temp_store": 2,
    "wal_autocheckpoint": 4000,
}
# Pages that a connection which writes keeps at hand, as SQLite counts kilobytes: deleting a webinar comes back to the same
# pages of indexes all the time.
WRITERS_CACHE = -16384
READ, WRITE = "BEGIN", "BEGIN IMMEDIATE"
QUEUE_PATIENCE = 30  # seconds that a writer waits for its turn

T = TypeVar("T")


class AtOnce:
    """SQLite's units of work that are done whole in a thread of their own, one in each thread at a time."""

    def __init__(self, url: URL, begin: str, *, threads: int) -> None:
        self._engine = create_engine(
            url.set(drivername="sqlite+pysqlite"),
            poolclass=QueuePool,
            pool_size=threads,
            max_overflow=0,
            hide_parameters=True,
        )
        _configure(self._engine, begin)
        self._threads = ThreadPoolExecutor(threads, "database")
        self._of_thread = threading.local()
        self._connections: list[Connection] = []

    async def do(self, work: Callable[[Connection], T]) -> T:
        """Does the work in a transaction that is committed when it returns."""
        doing = asyncio.get_running_loop().run_in_executor(self._threads, self._carry_out, work)
        try:
            return await asyncio.shield(doing)
        except asyncio.CancelledError:
            # A thread can't be cancelled, and nobody else may write before it is through.
            await asyncio.wait([doing])
            raise

    def close(self) -> None:
        """Closes every connection, once what was begun is done."""
        self._threads.shutdown()
        for connection in self._connections:
            connection.close()
        self._engine.dispose()

    def _carry_out(self, work: Callable[[Connection], T]) -> T:
        db = self._connection()
        with db.begin():
            return work(db)

    def _connection(self) -> Connection:
        """This thread's own. Between two units of work it is in no transaction, and so holds up nobody."""
        found: Connection | None = getattr(self._of_thread, "connection", None)
        if found is None or found.closed:
            found = self._of_thread.connection = self._engine.connect()
            self._connections.append(found)
        return found


def sqlite_engine(url: URL, begin: str, *, size: int) -> AsyncEngine:
    """An engine of `size` connections, each with the pragmas; `begin` is the statement that begins a transaction."""
    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=QUEUE_PATIENCE,
        hide_parameters=True,
    )
    _configure(engine.sync_engine, begin)
    return engine


def _configure(engine: Engine, begin: str) -> None:
    pragmas = PRAGMAS if begin == READ else {**PRAGMAS, "cache_size": WRITERS_CACHE}

    @event.listens_for(engine, "connect")
    def _set_pragmas(connection: Any, _: Any) -> None:
        # The driver must not open transactions by itself: `begin` below says which kind.
        connection.isolation_level = None
        cursor = connection.cursor()
        for name, value in pragmas.items():
            cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        tell(connection, begin)
