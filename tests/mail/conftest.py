"""An outbox on each of the two databases."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.mail.posting import Posting, open_posting
from tests.support.installation import Installation
from webinar.db import Database
from webinar.schema import migrate


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def posting(
    request: pytest.FixtureRequest, installation: Installation, tmp_path
) -> AsyncIterator[Posting]:
    """An outbox with one participant, on SQLite and on PostgreSQL."""
    if request.param == "postgres":
        server = request.getfixturevalue("postgres_server")

        async def prepare(url: str) -> None:
            await asyncio.to_thread(migrate, url)

        name = await server.create(await server.template("template_webinar", prepare))
        database = Database(server.url(name))
    else:
        database = Database(f"sqlite+aiosqlite:///{tmp_path / 'mail.sqlite3'}")
        await asyncio.to_thread(migrate, f"sqlite+aiosqlite:///{tmp_path / 'mail.sqlite3'}")
    try:
        yield await open_posting(database, installation)
    finally:
        await database.close()
