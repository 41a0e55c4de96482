"""A stage on SQLite, and one on PostgreSQL with Redis."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from tests.erasure.life import Play, open_play
from tests.erasure.stage import (  # noqa: F401 - fixtures
    Stage,
    listening,
    log,
    searchable_postgres,
    temporary,
)
from tests.support.installation import Installation, client_of
from tests.support.people import an_organisation
from tests.support.room import House, a_house
from webinar.schema import migrate
from webinar.settings import Settings


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.redis])])
async def stage(
    request: pytest.FixtureRequest,
    settings: Settings,
    log: io.StringIO,  # noqa: F811
) -> AsyncIterator[tuple[Stage, House]]:
    folders = {"data": settings.data_dir}
    values: dict[str, Any] = {}
    stage = Stage(None, "", log, folders)  # type: ignore[arg-type]
    async with AsyncExitStack() as stack:
        if request.param == "postgres":
            server = request.getfixturevalue("searchable_postgres")
            stage.postgres = server
            stage.redis_url = values["redis_url"] = request.getfixturevalue("redis_url")
            values["database_url"] = server.url(await server.create())
            await asyncio.to_thread(migrate, values["database_url"])
            folders["PostgreSQL"] = server.folder
            await stack.enter_async_context(listening(stage.redis_url, stage.heard))
        # Only now: the database server needs a place that others may enter.
        folders["temporary files"] = request.getfixturevalue("temporary")
        house = await stack.enter_async_context(a_house(settings.data_dir, **values))
        own = Settings(
            base_url=house.url, secret_key=settings.secret_key, data_dir=settings.data_dir, **values
        )
        stage.installation = Installation(house.app, own, house.clock, client_of(house.app, own))
        stage.url = house.url
        yield stage, house


@pytest.fixture
async def play(stage: tuple[Stage, House]) -> Play:
    return await open_play(*stage, await an_organisation(stage[0].installation))
