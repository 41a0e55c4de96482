"""The same suites on every database the platform runs on."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from webinar.db import Database
from webinar.schema import migrate


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def database(
    request: pytest.FixtureRequest, tmp_path: Path, migrated_database: Path
) -> AsyncIterator[Database]:
    """A migrated database of each kind."""
    if request.param == "sqlite":
        shutil.copy(migrated_database, tmp_path / "contract.sqlite3")
        url = f"sqlite+aiosqlite:///{tmp_path / 'contract.sqlite3'}"
    else:
        server = request.getfixturevalue("postgres_server")
        url = server.url(await server.create(await server.template("template_webinar", _prepare)))
    database = Database(url)
    yield database
    await database.close()


async def _prepare(url: str) -> None:
    await asyncio.to_thread(migrate, url)
