"""What benchmarks of the admin's pages share: an installation with a crowd, and a browser of its owner."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
from pydantic import SecretStr
from starlette.applications import Starlette

from benchmarks.crowd import Crowd, make_crowd
from benchmarks.harness import server
from webinar.app import create_app
from webinar.db import Database
from webinar.logs import configure_logs
from webinar.models import Webinar
from webinar.schema import migrate
from webinar.settings import Settings

FILE = "webinar.sqlite3"
PATIENCE = 300


@dataclass(frozen=True)
class Owner:
    """A signed-in owner before a running installation."""

    client: httpx2.AsyncClient
    webinar: Webinar
    server: int  # the process that answers

    @property
    def address(self) -> str:
        """Where the webinar's pages in the admin begin."""
        return f"/admin/webinars/{self.webinar.id}"


async def make_installation(data: Path, people: int, *, messages_each: int = 0) -> Crowd:
    """A database in `data` with a webinar and its crowd."""
    url = f"sqlite+aiosqlite:///{data / FILE}"
    await asyncio.to_thread(migrate, url)
    database = Database(url)
    crowd = await make_crowd(database, people, messages_each)
    await database.close()
    return crowd


@asynccontextmanager
async def signed_in(
    data: Path, crowd: Crowd, factory: str = "benchmarks.admin:product"
) -> AsyncIterator[Owner]:
    """The product serving `data`, and its owner's browser."""
    async with (
        server(factory, data) as port,
        httpx2.AsyncClient(
            base_url=f"http://127.0.0.1:{port}",
            cookies={"session": crowd.token},
            headers={"sec-fetch-site": "same-origin"},
            timeout=PATIENCE,
        ) as client,
    ):
        yield Owner(client, crowd.webinar, port.process)


def product(data: Path, url: str) -> Starlette:
    """The whole product, its log in a file."""
    configure_logs("json", (data / "log").open("w"))
    return create_app(settings_in(data, url))


def settings_in(data: Path, url: str, database: str = "") -> Settings:
    """An installation's settings; without `database` it is SQLite in `data`."""
    secret = SecretStr("x" * 40)
    return Settings(base_url=url, secret_key=secret, data_dir=data, log_format="json", database_url=database)


def megabytes(process: int, what: str) -> float:
    """A process's memory in MB: `VmRSS` for now, `VmHWM` for the most since the last `forget_peak`."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith(f"{what}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(what)


def forget_peak(process: int) -> None:
    """Begins a new measurement of `VmHWM`."""
    Path(f"/proc/{process}/clear_refs").write_text("5")


def milliseconds(seconds: Sequence[float]) -> list[float]:
    """The same in milliseconds, shortest first."""
    return sorted(each * 1000 for each in seconds)
