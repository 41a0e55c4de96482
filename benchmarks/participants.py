"""The participants page over HTTP at 100,000 rows, against a bare route that runs the list's one bare query.

The product's page also signs the owner in, counts everybody, and renders the rows, filters and frame.
"""

import sqlite3
import tempfile
import time
from pathlib import Path
from urllib.parse import unquote

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from benchmarks.admin import FILE, Owner, make_installation, milliseconds, signed_in
from benchmarks.harness import server, table

PEOPLE = 100_000
RUNS = 20
ROWS = """SELECT id, email, display_name, state, language, created_at, first_joined_at FROM participant
    WHERE webinar_id = ? ORDER BY created_at DESC, id DESC LIMIT 51"""


async def main() -> None:
    """Asks for the pages that are asked for most."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        crowd = await make_installation(data, PEOPLE)
        async with (
            server("benchmarks.participants:bare", data) as port,
            httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client,
        ):
            floor = await _times(client, f"/{crowd.webinar.id.hex}")
        async with signed_in(data, crowd) as owner:
            found = {name: await _times(owner.client, path) for name, path in await _paths(owner)}
    rows: list[list[object]] = [["", "median ms", "slowest ms", "times the floor"]]
    for name, times in [("bare floor", floor), *found.items()]:
        median = times[len(times) // 2]
        rows.append([name, median, times[-1], median / floor[len(floor) // 2]])
    table(
        rows, f"{PEOPLE:,} participants, {RUNS} requests each, one after the other. Wanted: 150 ms or less."
    )


async def _paths(owner: Owner) -> list[tuple[str, str]]:
    people = f"{owner.address}/participants"
    first = (await owner.client.get(people)).text
    older = unquote(first.split("older=")[1].split('"')[0])
    return [
        ("first page", people),
        ("second page", f"{people}?older={older}"),
        ("a page in the middle", f"{people}?older=2026-11-23T12:30:00%2B00:00_{owner.webinar.id}"),
        ("only those registered", f"{people}?state=registered"),
        ("a name that thousands have", f"{people}?search=lovelace"),
        ("an address that nobody has", f"{people}?search=nobody@nowhere.example"),
    ]


async def _times(client: httpx2.AsyncClient, path: str) -> list[float]:
    """How long each answer took, in milliseconds, shortest first; the first one warms up and doesn't count."""
    seconds = []
    for _ in range(RUNS + 1):
        began = time.perf_counter()
        (await client.get(path)).raise_for_status()
        seconds.append(time.perf_counter() - began)
    return milliseconds(seconds[1:])


def bare(data: Path, url: str) -> Starlette:
    """A route that runs one query and returns what it finds."""
    connection = sqlite3.connect(data / FILE)

    async def rows(request: Request) -> Response:
        return JSONResponse(connection.execute(ROWS, (request.path_params["webinar"],)).fetchall())

    return Starlette(routes=[Route("/{webinar}", rows)])
