"""Several processes behind one port: one room for everybody, and nobody stays in who must go (S3)."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from benchmarks.kills import SECRET, Server
from tests.client.test_room import Person, present
from tests.support.room import Pass
from tests.support.samples import make_account, make_participant, make_webinar
from webinar.__main__ import cli
from webinar.app import compose
from webinar.clock import SystemClock
from webinar.interaction.actor import Actor
from webinar.interaction.moderation import ban_participant
from webinar.models import Participant, Role, User, Webinar, WebinarState
from webinar.realtime.codes import Close
from webinar.registration.admission import open_session
from webinar.routes.context import Services
from webinar.schema import migrate
from webinar.server import listen
from webinar.settings import Settings

TOKEN = "prometheus shows this"
PATIENCE = 60  # seconds; a busy machine takes its time to start a process


@dataclass
class Workers:
    """Two processes behind `url`, and this one as a third instance beside them."""

    server: Server
    services: Services
    webinar: Webinar

    @property
    def url(self) -> str:
        return self.server.url

    async def guest(self, name: str = "Mira Castell") -> Pass:
        async with self.services.db.writing() as db:
            person = await make_participant(db, self.services.signer, self.webinar, display_name=name)
            opened = await open_session(db, person, self.services.clock.now())
        return Pass(self.webinar, person, None, opened.id, opened.token)

    async def connections(self) -> dict[int, int]:
        """How many connections each worker has, by the number of its process."""
        async with httpx2.AsyncClient(base_url=self.url) as client:
            try:
                answer = await client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
            except httpx2.RemoteProtocolError:
                return {}  # one that is just ending had it
        found = re.findall(r'^webinar_connections\{worker="(\d+)"\} ([\d.]+)$', answer.text, re.MULTILINE)
        return {int(worker): int(float(number)) for worker, number in found}

    async def until(self, holds: Callable[[set[int]], bool]) -> set[int]:
        """The workers, once they are as they should be."""
        async with asyncio.timeout(PATIENCE):
            while not holds(found := set(await self.connections())):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        return found


@pytest.fixture
async def workers(tmp_path: Path, postgres_url: str, redis_url: str) -> AsyncIterator[Workers]:
    await asyncio.to_thread(migrate, postgres_url)
    own = {
        "WEBINAR_DATABASE_URL": postgres_url,
        "WEBINAR_REDIS_URL": redis_url,
        "WEBINAR_METRICS_TOKEN": TOKEN,
    }
    server = Server(tmp_path, "--workers", "2", **own)
    server.log = tmp_path / "log"
    settings = Settings(
        base_url=server.url,
        secret_key=SecretStr(SECRET),
        data_dir=tmp_path,
        database_url=postgres_url,
        redis_url=redis_url,
    )
    services = compose(settings, SystemClock())
    await server.start()
    try:
        async with services.hub.running():
            async with services.db.writing() as db:
                account = await make_account(db)
                webinar = await make_webinar(db, account, state=WebinarState.LIVE)
            yield Workers(server, services, webinar)
    finally:
        await server.kill(signal.SIGTERM)
        await services.limits.close()
        await services.db.close()


async def everywhere(workers: Workers, stack: AsyncExitStack, guest: Pass) -> list[Person]:
    """The guest in so many sockets that both workers have some."""
    people: list[Person] = []
    async with asyncio.timeout(PATIENCE):
        while len(found := await workers.connections()) < 2 or 0 in found.values():
            person = await stack.enter_async_context(present(guest, workers.url))
            await person.until(lambda person=person: person.client.cursor.seq is not None)  # type: ignore[misc]
            people.append(person)
    return people


async def ban(workers: Workers, guest: Pass) -> None:
    services, person = workers.services, guest.participant
    assert person
    async with services.db.writing() as db:
        host = User(
            account_id=person.account_id,
            email="host@example.org",
            email_key="host@example.org",
            name="Noor",
            role=Role.HOST,
            created_at=services.clock.now(),
        )
        db.add(host)
        await db.flush()
        actor = Actor(person.account_id, person.webinar_id, user_id=host.id)
        await ban_participant(db, actor, person.id, now=services.clock.now())
    await services.hub.advanced(person.webinar_id)


async def erase(workers: Workers, guest: Pass) -> None:
    assert guest.participant
    async with workers.services.db.writing() as db:
        await db.delete(await db.get_one(Participant, guest.participant.id))
    await workers.services.hub.revoke(guest.participant.id)


async def delete_webinar(workers: Workers, guest: Pass) -> None:
    async with workers.services.db.writing() as db:
        await db.delete(await db.get_one(Webinar, workers.webinar.id))
    await workers.services.hub.close_room(workers.webinar.id)


async def test_workers_are_one_room_and_whoever_is_shut_out_is_out_of_all(workers: Workers):
    """All in one: starting processes is what takes long here."""
    acts: list[tuple[Callable[[Workers, Pass], Awaitable[None]], Close]]
    acts = [(ban, Close.BANNED), (erase, Close.REVOKED), (delete_webinar, Close.GONE)]
    for act, code in acts:
        guest = await workers.guest()
        async with AsyncExitStack() as stack:
            people = await everywhere(workers, stack, guest)
            ack = await people[0].say("Through any door")
            for person in people:
                await person.until(lambda person=person, ack=ack: ack.id in person.chat.messages)  # type: ignore[misc]
            await act(workers, guest)
            async with asyncio.timeout(PATIENCE):
                assert {(await person.client.closed()).code for person in people} == {code}


async def test_a_worker_that_dies_is_replaced_and_its_people_come_back(workers: Workers):
    """And a hang-up replaces all of them, and the end of the first process is the end of all."""
    guest = await workers.guest()
    async with AsyncExitStack() as stack:
        people = await everywhere(workers, stack, guest)
        died = min(await workers.connections())
        os.kill(died, signal.SIGKILL)
        before = await workers.until(lambda found: len(found) == 2 and died not in found)
        workers.server.tell(signal.SIGHUP)
        after = await workers.until(lambda found: len(found) == 2 and not found & before)
        ack = await people[0].say("Back again")
        for person in people:
            await person.until(lambda person=person: ack.id in person.chat.messages)  # type: ignore[misc]
    await workers.server.kill(signal.SIGTERM)
    assert not any(runs(pid) for pid in after)
    logged = [json.loads(line) for line in workers.server.log.read_text("utf-8").splitlines()]
    assert [
        (entry["pid"], entry["exit_code"]) for entry in logged if entry["event"] == "worker_replaced"
    ] == [(died, -signal.SIGKILL)]


async def test_no_worker_outlives_a_first_process_that_is_killed(workers: Workers):
    pids = await workers.until(lambda found: len(found) == 2)
    await workers.server.kill(signal.SIGKILL)
    async with asyncio.timeout(PATIENCE):
        while any(runs(pid) for pid in pids):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    listen("127.0.0.1", workers.server.port).close()


def test_workers_that_cannot_begin_end_with_a_reason_and_a_failure(tmp_path: Path):
    script = (
        "from webinar.workers import *\n"
        "from webinar.server import listen\n"
        f"settings = Settings(secret_key={SECRET!r}, data_dir={str(tmp_path)!r},"
        f" database_url='postgresql+asyncpg://nobody@127.0.0.1:{closed_port()}/none')\n"
        "if __name__ == '__main__':\n"
        "    serve_workers(settings, listen('127.0.0.1', 0), 2, lambda: None)\n"
    )
    (tmp_path / "begin.py").write_text(script, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, tmp_path / "begin.py"], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 1
    assert "A worker could not begin" in done.stderr


def runs(pid: int) -> bool:
    """Whether the process is there, and not only waiting for somebody to take note of its end."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def closed_port() -> int:
    with listen("127.0.0.1", 0) as listener:
        port: int = listener.getsockname()[1]
        return port


@pytest.mark.parametrize(
    ("set_", "missing"),
    [
        ({}, ["PostgreSQL", "Redis"]),
        ({"WEBINAR_REDIS_URL": "redis://127.0.0.1:1"}, ["PostgreSQL"]),
        ({"WEBINAR_DATABASE_URL": "postgresql+asyncpg://nobody@/none"}, ["Redis"]),
    ],
)
def test_several_workers_are_refused_plainly_without_what_they_need(
    tmp_path: Path, set_: dict[str, str], missing: list[str]
):
    arguments = ["serve", "--workers", "2", "--port", "0", "--data", str(tmp_path)]
    done = CliRunner().invoke(
        cli, arguments, env={"WEBINAR_DATABASE_URL": "", "WEBINAR_REDIS_URL": "", **set_}
    )
    assert done.exit_code == 2
    assert [name for name in ("PostgreSQL", "Redis") if name in done.output] == missing
