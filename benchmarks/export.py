"""The export of 100,000 participants as CSV, XLSX and JSON, against csv.writer over one bare query.

Each participant has three answers and a consent. The server's memory is read in its own process: at most as much
more than before the export as the table says, however many rows there are.
"""

import csv
import io
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from benchmarks.admin import FILE, forget_peak, make_installation, megabytes, signed_in
from benchmarks.harness import server, table

PEOPLE = 100_000
CHUNK = 500
# What each row of the export says, as one statement.
ROWS = """SELECT p.email, p.display_name, p.state, p.language, p.created_at, p.first_joined_at,
        (SELECT group_concat(value) FROM answer WHERE answer.registration_id = r.id),
        (SELECT state FROM consent_record c WHERE c.participant_id = p.id ORDER BY number DESC LIMIT 1)
    FROM participant p LEFT JOIN registration r ON r.participant_id = p.id
    WHERE p.webinar_id = ? ORDER BY p.created_at, p.id"""


@dataclass(frozen=True)
class Export:
    """One file taken away."""

    seconds: float
    size: int
    growth: float  # MB


async def main() -> None:
    """Takes each file away once."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        crowd = await make_installation(data, PEOPLE)
        async with (
            server("benchmarks.export:bare", data) as port,
            httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=None) as client,
        ):
            path = f"/{crowd.webinar.id.hex}"
            files = {
                "bare floor": await _take(
                    client, httpx2.Request("GET", client.base_url.join(path)), port.process
                )
            }
        async with signed_in(data, crowd) as owner:
            page = f"{owner.address}/participants/export"
            (await owner.client.get(page)).raise_for_status()
            for kind in ("csv", "xlsx", "json"):
                request = owner.client.build_request("POST", page, data={"file": f"participants.{kind}"})
                files[kind] = await _take(owner.client, request, owner.server)
    _print(files)


async def _take(client: httpx2.AsyncClient, request: httpx2.Request, server_process: int) -> Export:
    forget_peak(server_process)
    before, size = megabytes(server_process, "VmRSS"), 0
    began = time.perf_counter()
    answer = await client.send(request, stream=True)
    answer.raise_for_status()
    async for chunk in answer.aiter_bytes():
        size += len(chunk)
    seconds = time.perf_counter() - began
    return Export(seconds, size, megabytes(server_process, "VmHWM") - before)


def _print(files: dict[str, Export]) -> None:
    floor = files["bare floor"].seconds
    rows: list[list[object]] = [
        ["", "seconds", "rows a second", "times the floor", "MB of file", "MB of memory"]
    ]
    rows += [
        [name, each.seconds, PEOPLE / each.seconds, each.seconds / floor, each.size / 1e6, each.growth]
        for name, each in files.items()
    ]
    table(rows, f"{PEOPLE:,} participants. MB of memory is how far the server grew. Wanted: below 50 MB.")


def bare(data: Path, url: str) -> Starlette:
    """A route that streams one query through csv.writer."""
    connection = sqlite3.connect(data / FILE, check_same_thread=False)

    def lines(webinar: str) -> Iterator[str]:
        found = connection.execute(ROWS, (webinar,))
        while rows := found.fetchmany(CHUNK):
            text = io.StringIO()
            csv.writer(text).writerows(rows)
            yield text.getvalue()

    async def export(request: Request) -> Response:
        return StreamingResponse(lines(request.path_params["webinar"]), media_type="text/csv")

    return Starlette(routes=[Route("/{webinar}", export)])
