"""SQLite's side of the database: what makes its data safe, and units of work at one go."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any, Generic, TypeVar

from sqlalchemy import AsyncAdaptedQueuePool, QueuePool, create_engine, event
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from webinar.errors import Unavailable
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
    """SQLite's units of work that are done whole in a thread of their own, one in each thread at a time.

    An executor does the same with two futures and a lock for each of them, and takes two turns of the loop more.
    """

    def __init__(self, url: URL, begin: str, *, threads: int) -> None:
        self._engine = create_engine(
            url.set(drivername="sqlite+pysqlite"),
            poolclass=QueuePool,
            pool_size=threads,
            max_overflow=0,
            hide_parameters=True,
        )
        _configure(self._engine, begin)
        self._errands: SimpleQueue[Errand[Any] | None] = SimpleQueue()
        self._threads = [Thread(target=self._serve, name="database", daemon=True) for _ in range(threads)]
        self._started = self._closed = False

    async def do(self, work: Callable[[Connection], T]) -> T:
        """Does the work in a transaction that is committed when it returns. Raises Unavailable after `close`."""
        if self._closed:
            raise Unavailable("The database is closed.")  # nobody would come for the errand any more
        if not self._started:
            self._started = True
            for thread in self._threads:
                thread.start()
        errand = Errand(work)
        self._errands.put(errand)
        try:
            return await errand.outcome
        except asyncio.CancelledError:
            # A thread can't be cancelled, and nobody else may write before it is through.
            await errand.through()
            raise

    def close(self) -> None:
        """Closes every connection, once all that was asked for is done."""
        self._closed = True
        if self._started:
            for _ in self._threads:
                self._errands.put(None)
            for thread in self._threads:
                thread.join()
        self._engine.dispose()

    def _serve(self) -> None:
        # Between two units of work it is in no transaction, and so holds up nobody.
        connection: Connection | None = None
        while (errand := self._errands.get()) is not None:
            try:
                if connection is None or connection.closed:
                    connection = self._engine.connect()
                with connection.begin():
                    result = errand.work(connection)
            except BaseException as error:  # noqa: BLE001 - raised where it was asked for
                errand.tell(None, error)
            else:
                errand.tell(result, None)
                del result
            del errand
        if connection is not None:
            connection.close()


class Errand(Generic[T]):
    """A unit of work for another thread, and the loop that hears what came of it."""

    __slots__ = ("_loop", "_over", "_through", "outcome", "work")

    def __init__(self, work: Callable[[Connection], T]) -> None:
        self.work = work
        self._loop = asyncio.get_running_loop()
        self.outcome: asyncio.Future[T] = self._loop.create_future()
        self._over = False
        self._through: asyncio.Future[None] | None = None

    def tell(self, result: T | None, error: BaseException | None) -> None:
        """Says, from another thread, what came of it."""
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._hear, result, error)

    async def through(self) -> None:
        """Waits until it is done, also when nobody waits for the outcome any more."""
        if not self._over:
            self._through = self._loop.create_future()
            await self._through

    def _hear(self, result: Any, error: BaseException | None) -> None:
        self._over = True
        if self._through is not None and not self._through.done():
            self._through.set_result(None)
        if self.outcome.done():  # whoever asked has stopped waiting
            return
        if error is None:
            self.outcome.set_result(result)
        else:
            self.outcome.set_exception(error)


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
