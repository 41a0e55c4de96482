"""A running installation for a test: the real application on a real, migrated database."""

import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from pydantic import SecretStr
from starlette.applications import Starlette

from webinar.app import create_app
from webinar.db import Database
from webinar.routes.context import Services
from webinar.schema import migrate
from webinar.settings import Settings

SECRET = "a secret of the tests, long enough to sign with"


@dataclass
class MovableClock:
    """A clock that stands still until a test moves it."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 23, 12, 0, tzinfo=UTC))

    def now(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Installation:
    """The application, what it is made of, and a browser-like client without JavaScript."""

    app: Starlette
    settings: Settings
    clock: MovableClock
    client: httpx2.AsyncClient

    @property
    def services(self) -> Services:
        services: Services = self.app.state.services
        return services

    def new_client(self) -> httpx2.AsyncClient:
        """Another browser, with cookies of its own."""
        return client_of(self.app, self.settings)


@pytest.fixture(scope="session")
def migrated_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file that tests copy. `make mutants`, which starts pytest for every mutant, has one ready."""
    if ready := os.environ.get("WEBINAR_TEST_TEMPLATE"):
        return Path(ready)
    path = tmp_path_factory.mktemp("template") / "webinar.sqlite3"
    migrate(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture
async def bare_database(tmp_path: Path, migrated_database: Path) -> AsyncIterator[Database]:
    """A SQLite database without an application around it, for tests of what is done in it."""
    shutil.copy(migrated_database, tmp_path / "bare.sqlite3")
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'bare.sqlite3'}")
    yield database
    await database.close()


@pytest.fixture
def settings(tmp_path: Path, migrated_database: Path) -> Settings:
    """The settings of the test's own installation; override this fixture to change them."""
    shutil.copy(migrated_database, tmp_path / "webinar.sqlite3")
    return Settings(base_url="http://testserver", secret_key=SecretStr(SECRET), data_dir=tmp_path)


@pytest.fixture
async def installation(settings: Settings) -> AsyncIterator[Installation]:
    """An installation that is reached in process, with its background work running."""
    clock = MovableClock()
    app = create_app(settings, clock=clock)
    async with app.router.lifespan_context(app), client_of(app, settings) as client:
        yield Installation(app, settings, clock, client)


def client_of(app: Starlette, settings: Settings) -> httpx2.AsyncClient:
    """A browser-like client without JavaScript, in process."""
    transport = httpx2.ASGITransport(app=app)
    return httpx2.AsyncClient(transport=transport, base_url=settings.base_url, follow_redirects=False)
