"""Several processes behind one port: one room for everybody, and nobody stays in who must go (S3)."""

import asyncio
import re
import signal
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
from webinar.settings import Settings

TOKEN = "prometheus shows this"
PATIENCE = 15  # seconds; the hub would look by itself only after 30


@dataclass
class Workers:
    """Two processes behind `url`, and this one as a third instance beside them."""

    url: str
    services: Services
    webinar: Webinar

    async def guest(self, name: str = "Mira Castell") -> Pass:
        async with self.services.db.writing() as db:
            person = await make_participant(db, self.services.signer, self.webinar, display_name=name)
            opened = await open_session(db, person, self.services.clock.now())
        return Pass(self.webinar, person, None, opened.id, opened.token)

    async def connections(self) -> list[int]:
        """How many connections each worker has."""
        async with httpx2.AsyncClient(base_url=self.url) as client:
            answer = await client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        found = re.findall(r'^webinar_connections\{worker="\d+"\} ([\d.]+)$', answer.text, re.MULTILINE)
        return sorted(int(float(number)) for number in found)


@pytest.fixture
async def workers(tmp_path: Path, postgres_url: str, redis_url: str) -> AsyncIterator[Workers]:
    await asyncio.to_thread(migrate, postgres_url)
    own = {
        "WEBINAR_DATABASE_URL": postgres_url,
        "WEBINAR_REDIS_URL": redis_url,
        "WEBINAR_METRICS_TOKEN": TOKEN,
    }
    server = Server(tmp_path, "--workers", "2", **own)
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
            yield Workers(server.url, services, webinar)
    finally:
        await server.kill(signal.SIGTERM)
        await services.limits.close()
        await services.db.close()


async def everywhere(workers: Workers, stack: AsyncExitStack, guest: Pass) -> list[Person]:
    """The guest in so many sockets that both workers have some."""
    people: list[Person] = []
    async with asyncio.timeout(PATIENCE):
        while len(await workers.connections()) < 2 or 0 in await workers.connections():
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
