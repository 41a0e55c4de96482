"""A PostgreSQL server of the tests' own: one per test process, a fresh database per test."""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from tests.support.tools import POSTGRES
from webinar.schema import migrate

# Nothing here outlives the run, so nothing waits for a disk.
OPTIONS = (
    "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"
)
# What was committed outlives the server, though not the machine.
OUTLIVING = "-c listen_addresses= -c fsync=off"


def unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root: the user to become, or None where that isn't needed."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


class PostgresServer:
    """A server that listens on a socket file in a folder of its own."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.user = unprivileged_user()
        self.folder = Path(tempfile.mkdtemp(prefix="webinar-pg-"))
        self.templates: set[str] = set()
        if self.user:
            shutil.chown(self.folder, self.user)

    def start(self, options: str = OPTIONS) -> None:
        """Make the cluster and return when the server takes connections."""
        self._run(
            "initdb", "--no-sync", "--auth=trust", "--username=webinar", "--encoding=UTF8", "--locale=C"
        )
        self._options = f"{options} -c unix_socket_directories={self.folder}"
        self.start_again()

    def start_again(self) -> None:
        """Start the server that was killed; returns when it takes connections."""
        self._run("pg_ctl", "start", "--wait", f"--log={self.folder}/log", f"--options={self._options}")

    def kill(self) -> None:
        """End the server at once, and whatever it was doing for anybody."""
        self._run("pg_ctl", "stop", "--mode=immediate")

    def pause(self) -> None:
        """Let the server stand still: it takes connections and answers nothing."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let the server go on."""
        self._signal(signal.SIGCONT)

    async def cut_everybody(self) -> None:
        """End every connection, in the middle of whatever it is used for."""
        await self._execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        )

    def stop(self) -> None:
        """End the server and remove every file of it."""
        self.kill()
        shutil.rmtree(self.folder)

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of a database of this server."""
        return f"postgresql+asyncpg://webinar@/{database}?host={self.folder}"

    async def create(self, template: str = "template0") -> str:
        """Create a database, as a copy of `template`, and give its name."""
        name = f"test_{uuid4().hex}"
        await self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    async def drop(self, name: str) -> None:
        """Remove a database, even one that somebody is still connected to."""
        await self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    async def template(self, name: str, prepare: Callable[[str], Awaitable[None]]) -> str:
        """A database that `prepare` filled once, given its URL (with the schema, say), to copy for every test."""
        if name not in self.templates:
            await self._execute(f"CREATE DATABASE {name} TEMPLATE template0")
            await prepare(self.url(name))
            self.templates.add(name)
        return name

    def _signal(self, what: signal.Signals) -> None:
        # Those who work for it are processes of their own, each in a group of its own.
        first = int((self.folder / "data/postmaster.pid").read_text(encoding="utf-8").split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="utf-8").split()
        for pid in (first, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(pid, what)

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(host=str(self.folder), user="webinar", database="postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self.programs / program, f"--pgdata={self.folder}/data", *arguments],
            check=False,
            user=self.user,
            group=pwd.getpwnam(self.user).pw_gid if self.user else None,
            extra_groups=[] if self.user else None,
            cwd=self.folder,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{program} failed: {done.stderr}")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A running server, shared by the tests of one process."""
    program = POSTGRES.find()
    assert program
    server = PostgresServer(Path(program).parent)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def own_postgres() -> Iterator[PostgresServer]:
    """A server that one test may pause and kill."""
    program = POSTGRES.find()
    assert program
    server = PostgresServer(Path(program).parent)
    server.start(OUTLIVING)
    yield server
    server.stop()


@pytest.fixture
async def postgres_url(postgres_server: PostgresServer) -> AsyncIterator[str]:
    """The URL of an empty database that is this test's alone."""
    name = await postgres_server.create()
    yield postgres_server.url(name)
    await postgres_server.drop(name)


@pytest.fixture
async def migrated_postgres_url(postgres_server: PostgresServer) -> AsyncIterator[str]:
    """The URL of a database with the schema in it, this test's alone."""

    async def prepare(url: str) -> None:
        await asyncio.to_thread(migrate, url)

    name = await postgres_server.create(await postgres_server.template("template_webinar", prepare))
    yield postgres_server.url(name)
    await postgres_server.drop(name)
