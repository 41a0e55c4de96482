"""Reaches a database, and brings it to the current schema with Alembic."""

import asyncio
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from sqlalchemy import Connection

import webinar
from webinar.db import Database
from webinar.errors import Unavailable
from webinar.logs import code_of

# By the engine's or the system's code, or the error's type. What drivers say quotes addresses, names and passwords.
REASONS = {
    "28000": "the user is not let in",
    "28P01": "the user or the password is wrong",
    "3D000": "there is no database of that name",
    "53300": "it has too many connections",
    "57P03": "it is just starting or ending",
    "ECONNREFUSED": "nobody listens there",
    "SQLITE_CANTOPEN": "its file can't be opened or made",
    "SQLITE_CORRUPT": "its file is damaged",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_NOTADB": "its file is no database",
    "SQLITE_READONLY": "its file or its folder can't be written",
    "TimeoutError": "no answer came in time",
    "TypeError": "an option behind the ? is unknown",
    "gaierror": "there is no host of that name",
}
LOOK_AT = "Look at WEBINAR_DATABASE_URL; without it, at WEBINAR_DATA_DIR and who may write there."


class NoDatabase(Unavailable):
    """There is no database to work with; the message is a sentence for the operator, and quotes nothing."""


def migrations_folder() -> Path:
    """Where the migrations are: beside the package in a checkout, inside it when installed from a wheel."""
    package = Path(webinar.__file__).parent
    inside = package / "migrations"
    return inside if inside.is_dir() else package.parent / "migrations"


def alembic_config(url: str) -> Config:
    """Alembic's configuration for the database at `url` (a SQLAlchemy URL)."""
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    config.attributes["url"] = url
    return config


def migrate(url: str) -> None:
    """Applies every migration that the database at `url` lacks. Blocking: call it before the server starts.

    Raises NoDatabase when it can't be reached, or was brought further by a newer version.
    """
    asyncio.run(_reach_to_write(url))
    try:
        command.upgrade(alembic_config(url), "head")
    except CommandError as error:
        if not isinstance(error.__cause__, ResolutionError):
            raise
        raise NoDatabase(
            "The database was made by a newer version of webinar, which this one does not know. "
            "Start that version, or restore a backup of this one."
        ) from error


async def reach(db: Database, *, to_write: bool = False) -> None:
    """Proves that the database answers, and takes what is written; raises NoDatabase, which says why it doesn't."""
    try:
        # Nothing but connecting, at which each driver fails in its own ways.
        await (db.write(_write_again) if to_write else db.read(_nothing))
    except Exception as error:
        code = code_of(error) or type(error).__name__
        # SQLite's longer codes begin with the shorter ones. One that somebody else is writing does answer.
        kind = "_".join(code.split("_")[:2])
        if kind == "SQLITE_BUSY":
            return
        why = f"{REASONS[kind]} ({code})" if kind in REASONS else code
        raise NoDatabase(f"The database can't be used: {why}. {LOOK_AT}") from error


async def _reach_to_write(url: str) -> None:
    try:
        db = Database(url)
    except ModuleNotFoundError as error:
        raise NoDatabase("PostgreSQL needs its driver: pip install 'webinar[postgres]'.") from error
    try:
        await reach(db, to_write=True)
    finally:
        await db.close()


def _write_again(db: Connection) -> None:
    """SQLite begins to write in a file that is only for reading without a word: it must be given something."""
    if db.dialect.name == "sqlite":
        version = db.exec_driver_sql("PRAGMA user_version").scalar()
        db.exec_driver_sql(f"PRAGMA user_version = {version}")


def _nothing(_: Any) -> None:
    """Connecting is enough."""
