"""Logs: whatever people type, and however it ends, no line quotes it (G14)."""

import errno
import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog
from asyncpg import DiskFullError
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.support.installation import Installation
from tests.support.probes import installation_with
from webinar.db import Database
from webinar.errors import Invalid, Unavailable
from webinar.logs import brief, code_of, configure_logs
from webinar.models import User
from webinar.routes.context import services
from webinar.routes.incoming import read_form, text_in

CANARY = "canary-7f3a"


async def fail(request: Request) -> Response:
    typed = text_in(await read_form(request), "name")
    raise RuntimeError(f"can't work with {typed}")


async def fail_with_cause(request: Request) -> Response:
    try:
        await fail(request)
    except RuntimeError as error:
        raise ValueError(str(error)) from error
    raise AssertionError


async def refuse(request: Request) -> Response:
    raise Invalid({"name": str((await read_form(request))["name"])})


async def fail_in_database(request: Request) -> Response:
    typed = text_in(await read_form(request), "name")
    async with services(request).db.writing() as db:
        db.add(User(email=typed, email_key=typed, name=typed))
    raise AssertionError


PROBES = (
    Route("/fail/{name}", fail, methods=["POST"]),
    Route("/fail-with-cause/{name}", fail_with_cause, methods=["POST"]),
    Route("/refuse/{name}", refuse, methods=["POST"]),
    Route("/database/{name}", fail_in_database, methods=["POST"]),
)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = list(root.handlers), root.level
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # the test's own client
    stream = io.StringIO()
    configure_logs("json", stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:], root.level = before


@pytest.fixture
async def probed(settings, lines) -> AsyncIterator[Installation]:
    async with installation_with(settings, *PROBES) as installation:
        yield installation


@pytest.mark.parametrize(
    ("path", "status"),
    [("fail", 500), ("fail-with-cause", 500), ("refuse", 422), ("database", 500), ("nowhere", 404)],
)
async def test_no_log_line_quotes_what_a_person_typed(probed: Installation, lines, path: str, status: int):
    logging.getLogger().setLevel(logging.DEBUG)
    answer = await probed.client.post(
        f"/{path}/{CANARY}-path",
        params={"q": f"{CANARY}-query"},
        data={"name": f"{CANARY}-form"},
        headers={
            "user-agent": f"{CANARY}-agent",
            "cookie": f"session={CANARY}-cookie",
            "referer": "http://testserver/",
        },
    )
    assert answer.status_code == status
    logged = lines.getvalue()
    assert CANARY not in logged
    entry = next(json.loads(line) for line in logged.splitlines() if '"request"' in line)
    assert entry["status"] == status
    assert entry["route"] == ("-" if path == "nowhere" else f"/{path}/{{name}}")
    assert entry["request_id"] == answer.headers["x-request-id"]
    if status == 500:
        assert '"places"' in logged
        assert CANARY not in answer.text


@pytest.mark.parametrize("wrapped", [False, True])
async def test_the_log_of_a_full_database_tells_it_from_one_that_is_locked(
    tmp_path: Path, lines, wrapped: bool
):
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'full.sqlite3'}")

    def fill(db: Connection) -> None:
        db.exec_driver_sql("PRAGMA max_page_count = 2")
        for name in ("a", "b", "c"):
            db.exec_driver_sql(f"CREATE TABLE {CANARY.replace('-', '_')}_{name} (x)")

    try:
        await database.write(fill)
    except OperationalError as error:
        try:
            if wrapped:
                raise Unavailable("later") from error
            raise
        except Exception:
            logging.getLogger("webinar").exception("not_written")
    finally:
        await database.close()
    assert json.loads(lines.getvalue())["code"] == "SQLITE_FULL"
    assert CANARY not in lines.getvalue()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "No space left", CANARY), "ENOSPC"),
        (DiskFullError(CANARY), "53100"),
        (OSError(CANARY), ""),
        (type("Odd", (Exception,), {"sqlstate": CANARY})(), ""),
        (KeyError(CANARY), ""),
    ],
)
def test_only_the_fixed_words_of_systems_and_engines_are_codes(error: Exception, code: str):
    assert code_of(error) == code
    assert brief(error) == {"error": type(error).__name__} | ({"code": code} if code else {})


def test_a_library_s_own_log_of_an_error_is_stripped_too(lines: io.StringIO):
    try:
        raise KeyError(CANARY)
    except KeyError:
        logging.getLogger("asyncio").exception("Task exception was never retrieved")
    entry = json.loads(lines.getvalue())
    assert entry["error"] == "builtins.KeyError"
    assert CANARY not in lines.getvalue()
