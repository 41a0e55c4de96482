"""An installation that is served, with everything that it writes to caught: where a proof searches."""

import asyncio
import io
import logging
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest
import redis.asyncio as redis
import structlog

from tests.support.installation import Installation
from tests.support.postgres import PostgresServer
from tests.support.tools import POSTGRES
from webinar.logs import configure_logs
from webinar.privacy.proof.needles import Needle
from webinar.privacy.proof.scanner import Findings, Scanner
from webinar.proving.scratch import SWEEP


@dataclass
class Stage:
    """The installation, and every store in which something of a person could be left."""

    installation: Installation
    url: str
    log: io.StringIO
    folders: dict[str, Path]
    postgres: PostgresServer | None = None
    redis_url: str = ""
    heard: list[bytes] = field(default_factory=list)

    async def search(self, needles: list[Needle]) -> Findings:
        """Searches all of it for the needles."""
        # What the server only has in memory is to be searched too.
        await self._tell_postgres("CHECKPOINT")
        scanner = Scanner(needles)
        found = scanner.search_bytes("log", self.log.getvalue().encode())
        for name, folder in self.folders.items():
            found.add(await asyncio.to_thread(scanner.search_folder, folder, name))
        if self.redis_url:
            # What was said is over: a random id in it leads nowhere once its row is gone. Words would not be.
            words = Scanner([needle for needle in needles if not isinstance(needle.value, UUID)])
            found.add(words.search_bytes("Redis, every command", b"\n".join(self.heard)))
            found.add(scanner.search_bytes("Redis, keys and values", await _kept_in(self.redis_url)))
        return found

    async def sweep(self) -> None:
        """What docs/operations.md tells the operator of a PostgreSQL to do, to be rid of old bytes at once."""
        await self._tell_postgres(*SWEEP)

    async def _tell_postgres(self, *statements: str) -> None:
        if self.postgres is None:
            return
        database = str(self.installation.services.db.url.database)
        connection = await asyncpg.connect(host=str(self.postgres.folder), user="webinar", database=database)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


async def _kept_in(url: str) -> bytes:
    """Every key with its value, in whatever kind it is."""
    readers = {
        b"string": ("GET",),
        b"hash": ("HGETALL",),
        b"list": ("LRANGE", "0", "-1"),
        b"set": ("SMEMBERS",),
        b"zset": ("ZRANGE", "0", "-1"),
        b"stream": ("XRANGE", "-", "+"),
    }
    found = []
    async with redis.Redis.from_url(url) as client:
        async for key in client.scan_iter():
            kind: Any = await client.type(key)
            if kind != b"none":
                command, *rest = readers[kind]
                found.append(key + b" " + repr(await client.execute_command(command, key, *rest)).encode())
    return b"\n".join(found)


@asynccontextmanager
async def listening(url: str, heard: list[bytes]) -> AsyncIterator[None]:
    """Hears every command that is given to Redis, publishing included."""
    async with redis.Redis.from_url(url) as client, client.monitor() as monitor:

        async def listen() -> None:
            async for command in monitor.listen():
                heard.append(repr(command).encode())  # noqa: PERF401 - it never ends

        task = asyncio.create_task(listen())
        yield
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, down to the finest."""
    root = logging.getLogger()
    before = list(root.handlers), root.level
    silenced = {
        name: logging.getLogger(name).level for name in ("httpx2", "httpcore2", "websockets", "asyncio")
    }
    for name in silenced:  # the test's own clients
        logging.getLogger(name).setLevel(logging.WARNING)
    stream = io.StringIO()
    configure_logs("json", stream)
    root.setLevel(logging.DEBUG)
    yield stream
    structlog.reset_defaults()
    root.handlers[:], root.level = before
    for name, level in silenced.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go, so that none is overlooked."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def searchable_postgres() -> Iterator[PostgresServer]:
    """A server as operators run it, except that nothing waits for a disk: its files are searched byte by byte."""
    program = POSTGRES.find()
    assert program
    server = PostgresServer(Path(program).parent)
    server.start("-c listen_addresses= -c fsync=off -c wal_recycle=off -c log_statement=none")
    yield server
    server.stop()
