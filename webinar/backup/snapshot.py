"""One consistent copy of the database out, and back in: SQLite by VACUUM INTO, PostgreSQL by its own tools."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import IO
from uuid import uuid4

from sqlalchemy.engine import URL

from webinar.backup.keys import BackupError

# Beside the file itself: what SQLite would apply to whatever database lies there.
COMPANIONS = ("-wal", "-shm", "-journal")


def is_sqlite(url: URL) -> bool:
    """Whether the database is a file of ours."""
    return url.get_backend_name() == "sqlite"


def take_snapshot(url: URL, folder: Path) -> IO[bytes]:
    """The database as it is at one moment, as an open file without a name: it is gone when it is closed."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return _copy_of_sqlite(Path(url.database or ""), folder) if is_sqlite(url) else _dump(url, folder)


def check_snapshot(file: Path, url: URL) -> None:
    """Raises BackupError when the copy in `file` is not whole."""
    if is_sqlite(url):
        try:
            with closing(sqlite3.connect(file)) as connection:
                found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise BackupError("The backup's database can't be read.") from error
        if found != "ok":
            raise BackupError("The backup's database is damaged.")
    else:
        _postgres("pg_restore", ["--list", str(file)], url, capture=True)


def put_back(file: Path, url: URL) -> None:
    """Replaces the whole database by the copy in `file`."""
    if not is_sqlite(url):
        _postgres("psql", ["--quiet", "--command", "DROP SCHEMA public CASCADE; CREATE SCHEMA public"], url)
        options = ["--no-owner", "--exit-on-error", "--single-transaction"]
        _postgres("pg_restore", [*options, f"--dbname={url.database}", str(file)], url)
        return
    target = Path(url.database or "")
    # The old log would be played into the new file.
    for companion in COMPANIONS:
        target.with_name(target.name + companion).unlink(missing_ok=True)
    shutil.move(file, target)


def _copy_of_sqlite(source: Path, folder: Path) -> IO[bytes]:
    if not source.is_file():
        raise BackupError(f"There is no database at {source}.")
    copy = folder / f"snapshot-{uuid4()}"
    try:
        with closing(sqlite3.connect(source)) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        return copy.open("rb")
    except sqlite3.Error as error:
        raise BackupError("The database could not be copied; is there room on the disk?") from error
    finally:
        copy.unlink(missing_ok=True)


def _dump(url: URL, folder: Path, form: str = "--format=custom") -> IO[bytes]:
    file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - whoever takes it closes it
    try:
        _postgres("pg_dump", [form, "--no-owner"], url, output=file)
    except BackupError:
        file.close()
        raise
    file.seek(0)
    return file


def dump_as_text(url: URL, folder: Path) -> IO[bytes]:
    """What is in a database of PostgreSQL, as `pg_dump` writes it for reading; a file without a name. Raises BackupError."""
    return _dump(url, folder, "--format=plain")


def _postgres(
    program: str, options: Sequence[str], url: URL, *, output: IO[bytes] | None = None, capture: bool = False
) -> None:
    """Runs one of PostgreSQL's programs. The password goes through the environment: arguments are public."""
    host = url.host or url.query.get("host", "")
    facts = {
        "PGHOST": host if isinstance(host, str) else host[0],
        "PGPORT": str(url.port or ""),
        "PGUSER": url.username or "",
        "PGPASSWORD": url.password or "",
        "PGDATABASE": url.database or "",
    }
    environment = {**os.environ, **{name: value for name, value in facts.items() if value}}
    sink = subprocess.DEVNULL if capture else output
    try:
        subprocess.run(  # noqa: S603 - our own arguments
            [program, *options], env=environment, stdout=sink, stderr=subprocess.PIPE, check=True
        )
    except FileNotFoundError as error:
        raise BackupError(f"{program} is needed for PostgreSQL and is not installed.") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        raise BackupError(f"{program} failed: {said[0] if said else error.returncode}") from error
