"""Durable registrations with answers, consents, claim and mail, against a bare route that inserts the same rows.

One core serves, and sends the mails too; 50 people send at once, each waiting for the answer. Every answer counts only once it is committed
with SQLite's synchronous=FULL.
"""

import asyncio
import json
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from benchmarks.harness import Load, hammer, http, server, table
from tests.registration.samples import publish_sample
from webinar.app import create_app
from webinar.db import Database
from webinar.logs import configure_logs
from webinar.schema import migrate
from webinar.settings import Settings

PEOPLE = 1000
AT_ONCE = 50
ROWS = ["participant", "registration", *["answer"] * 4, "consent_record", "admission_claim", "outgoing_mail"]


async def main() -> None:
    """Registers `PEOPLE` on each and counts what is stored."""
    with tempfile.TemporaryDirectory() as folder:
        floor = await run_floor(Path(folder))
        real, stored = await run_product(Path(folder))
    table(
        [
            ("", "a second", "p50 ms", "p99 ms", "answered", "stored"),
            ("bare floor", floor.rate, floor.percentile(50), floor.percentile(99), PEOPLE, PEOPLE),
            ("product", real.rate, real.percentile(50), real.percentile(99), real.statuses[303], stored),
        ],
        "Wanted: 300 a second or more, p99 250 ms or less, as many stored as answered. The product's answers leave\n"
        "on a beat of 25 ms, so its latencies are multiples of that.",
    )


async def run_product(folder: Path) -> tuple[Load, int]:
    """Registers everybody through the whole product; gives the load and how many are stored."""
    sample = await prepare(folder)
    async with server("benchmarks.registrations:product", folder) as port:
        # Whoever sends the form has opened it before.
        await hammer(port, [http("GET", f"/w/{sample['webinar']}", port, sec_fetch_site="none")], at_once=1)
        load = await hammer(port, submissions(port, sample), at_once=AT_ONCE)
    with sqlite3.connect(folder / "webinar.sqlite3") as database:
        stored = database.execute("SELECT count(*) FROM registration").fetchone()[0]
    return load, stored


async def prepare(folder: Path) -> dict[str, str]:
    """A published webinar in a fresh database in `folder`; gives the ids that its form sends along."""
    url = f"sqlite+aiosqlite:///{folder / 'webinar.sqlite3'}"
    await asyncio.to_thread(migrate, url)
    database = Database(url)
    async with database.writing() as db:
        published = await publish_sample(db)
    await database.close()
    return {
        "webinar": str(published.webinar.id),
        "form": str(published.form.version_id),
        "consent": next(iter(published.form.consents)),
    }


def submissions(port: int, sample: dict[str, str]) -> Iterator[bytes]:
    """The form as `PEOPLE` different persons send it."""
    for number in range(PEOPLE):
        yield submission(port, sample, f"person-{number}@example.com")


def submission(port: int, sample: dict[str, str], email: str) -> bytes:
    """One person's form."""
    values = {
        "_form": sample["form"],
        "_language": "en",
        "_nonce": uuid4().hex,
        "email": email,
        "name": "A person",
        "organisation": "Polder Academy",
        "coming": "live",
        "question": "How deep do the roots of the willows go?",
        "source": "newsletter",
        sample["consent"]: "yes",
    }
    return http(
        "POST",
        f"/w/{sample['webinar']}",
        port,
        urlencode(values).encode(),
        content_type="application/x-www-form-urlencoded",
        sec_fetch_site="same-origin",
    )


def product(data: Path, url: str) -> Starlette:
    """The whole product, its log in a file."""
    configure_logs("json", (data / "log").open("w"))
    return create_app(
        Settings(base_url=url, secret_key=SecretStr("x" * 40), data_dir=data, log_format="json")
    )


async def run_floor(folder: Path) -> Load:
    """As many requests to a route that only parses the form and inserts as many rows."""
    with sqlite3.connect(folder / "floor.sqlite3") as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE thing (id TEXT PRIMARY KEY, kind TEXT, data TEXT)")
    sample = {"webinar": "x", "form": "x", "consent": "consent"}
    async with server("benchmarks.registrations:bare", folder) as port:
        return await hammer(port, submissions(port, sample), at_once=AT_ONCE)


def bare(data: Path, url: str) -> Starlette:
    """A route that inserts the same number of rows in one durable transaction, and nothing else."""
    connection = sqlite3.connect(data / "floor.sqlite3", isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")

    async def insert(request: Request) -> Response:
        text = json.dumps(dict(await request.form()), default=str)
        connection.execute("BEGIN IMMEDIATE")
        for kind in ROWS:
            connection.execute("INSERT INTO thing VALUES (?, ?, ?)", (uuid4().hex, kind, text))
        connection.execute("COMMIT")
        return RedirectResponse("/", 303)

    return Starlette(routes=[Route("/w/x", insert, methods=["POST"])])
