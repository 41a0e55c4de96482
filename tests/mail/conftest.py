"""An outbox on each of the two databases."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.mail.posting import Posting, open_posting
from tests.support.installation import Installation
from tests.support.postgres import PostgresServer
from webinar.db import Database
from webinar.schema import migrate


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def posting(
    request: pytest.FixtureRequest, installation: Installation, tmp_path
) -> AsyncIterator[Posting]:
    """An outbox with one participant, on SQLite and on PostgreSQL."""
    if request.param == "postgres":
        url = await _postgres(request)
    else:
        url = f"sqlite+aiosqlite:///{tmp_path / 'mail.sqlite3'}"
        await asyncio.to_thread(migrate, url)
    async with _opened(url, installation) as posting:
        yield posting


@pytest.fixture
async def postgres_posting(
    request: pytest.FixtureRequest, installation: Installation
) -> AsyncIterator[Posting]:
    """An outbox with one participant, on PostgreSQL, where several can write at once."""
    async with _opened(await _postgres(request), installation) as posting:
        yield posting


async def _postgres(request: pytest.FixtureRequest) -> str:
    server: PostgresServer = request.getfixturevalue("postgres_server")

    async def prepare(url: str) -> None:
        await asyncio.to_thread(migrate, url)

    return server.url(await server.create(await server.template("template_webinar", prepare)))


@asynccontextmanager
async def _opened(url: str, installation: Installation) -> AsyncIterator[Posting]:
    database = Database(url)
    try:
        yield await open_posting(database, installation)
    finally:
        await database.close()
