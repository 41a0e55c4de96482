"""A database of PostgreSQL to try erasures in: made on the installation's own server, or an empty one that was given."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from webinar.backup.keys import BackupError
from webinar.backup.snapshot import dump_as_text
from webinar.db import Database
from webinar.privacy.inventory import all_tables
from webinar.privacy.proof.scanner import Findings, Scanner
from webinar.privacy.proof.trial import Place

# As docs/operations.md tells operators who want to be rid of old bytes at once.
SWEEP = ("ANALYZE", "VACUUM FULL", "CHECKPOINT", "SELECT pg_switch_wal()", "CHECKPOINT")
TABLES_THERE = (
    "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = CAST('public' AS regnamespace)"
)
SIZE = "SELECT pg_database_size(current_database())"
INSUFFICIENT_PRIVILEGE = "42501"
NOT_ALLOWED = (
    "The database's user may not create a database for the copy. Allow it (ALTER ROLE … CREATEDB), or make an empty"
    " database that it owns and name it with --scratch-url."
)
NOT_EMPTY = "The database of --scratch-url is not empty. The proof fills it and empties it again, so it takes an empty one only."
SAME = "--scratch-url is the installation's own database. The proof needs another one."
NO_SWEEP = (
    "The database's user may not run what --server-files needs: CHECKPOINT (the role pg_checkpoint) and pg_switch_wal()."
    " Use a superuser for the proof, or leave --server-files out."
)


@contextmanager
def scratch_database(installation: URL, given: URL | None) -> Iterator[URL]:
    """An empty database, gone or empty again at the end. Raises BackupError, which says what is to be done."""
    if given is None:
        name = f"webinar_proof_{uuid4().hex}"
        _tell(installation, f"CREATE DATABASE {name}", refused=NOT_ALLOWED)
        try:
            yield installation.set(database=name)
        finally:
            _tell(installation, f"DROP DATABASE {name} WITH (FORCE)")
        return
    if _place(given) == _place(installation):
        raise BackupError(SAME)
    if _ask(given, TABLES_THERE):
        raise BackupError(NOT_EMPTY)
    try:
        yield given
    finally:
        _tell(given, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")


def places_of_copy(copy: URL, room: Path, server_files: Path | None) -> list[Place]:
    """Where the trial searches a copy in PostgreSQL: every row of every table, a dump as text, and the server's own files."""

    async def tables(scanner: Scanner) -> Findings:
        found = Findings(places=1)
        stream = scanner.open("tables", found)

        async def take(data: bytes) -> None:
            found.octets += len(data)
            stream.feed(data)

        db = Database(copy.render_as_string(hide_password=False))
        try:
            await db.read_tables([table.name for table in all_tables()], take)
        finally:
            await db.close()
        return found

    async def dump(scanner: Scanner) -> Findings:
        with dump_as_text(copy, room) as content:
            return scanner.search("pg_dump", content)

    return [tables, dump, *([_files(copy, server_files)] if server_files else [])]


def _files(copy: URL, folder: Path) -> Place:
    async def search(scanner: Scanner) -> Findings:
        await asyncio.to_thread(_tell, copy, *SWEEP, refused=NO_SWEEP)
        return scanner.search_folder(folder, "server")

    return search


def size_of(url: URL) -> int:
    """How many bytes a database of PostgreSQL has."""
    return _ask(url, SIZE)


def _ask(url: URL, question: str) -> int:
    return asyncio.run(_run(url, [question], ""))


def _tell(url: URL, *statements: str, refused: str = "") -> None:
    asyncio.run(_run(url, statements, refused))


async def _run(url: URL, statements: Sequence[str], refused: str) -> int:
    """Runs statements one by one, outside a transaction; gives the number that the last one answers, if it does."""
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT", hide_parameters=True)
    try:
        async with engine.connect() as connection:
            answers = [await connection.execute(text(statement)) for statement in statements]
            return int(answers[-1].scalar_one()) if answers[-1].returns_rows and len(answers) == 1 else 0
    except (DBAPIError, OSError) as error:
        if refused and getattr(getattr(error, "orig", None), "sqlstate", "") == INSUFFICIENT_PRIVILEGE:
            raise BackupError(refused) from error
        raise BackupError(f"PostgreSQL says: {_said(error)}") from error
    finally:
        await engine.dispose()


def _place(url: URL) -> tuple[str, int | None, str]:
    return str(url.host or url.query.get("host", "")), url.port, url.database or ""


def _said(error: Exception) -> str:
    """The server's own words, without what SQLAlchemy puts around them."""
    line = str(getattr(error, "orig", None) or error).partition("\n")[0]
    return line.partition(">: ")[2] or line
