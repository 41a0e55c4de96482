"""R10: another process holds the database, for longer than anybody waits: nothing fails, and nothing stands still."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import httpx2
import pytest

from tests.support.room import House, Refused, a_house
from webinar import sqlite
from webinar.settings import Settings

PATIENCE = 200  # milliseconds for which a writer waits, in place of 5,000
LONG = 60.0  # seconds for which this process waits for the lock itself: a disk may be busy with other tests


@asynccontextmanager
async def held(house: House) -> AsyncIterator[None]:
    """The database is locked for writing meanwhile. Until it is, the loop goes on: a write of this process may be half done."""
    file = str(house.services.db.url.database)
    with closing(sqlite3.connect(file, timeout=LONG, isolation_level=None, check_same_thread=False)) as other:
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
async def hasty(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """A house that waits for a lock only shortly."""
    monkeypatch.setitem(sqlite.PRAGMAS, "busy_timeout", PATIENCE)
    async with a_house(settings.data_dir) as opened:
        yield opened


async def test_while_a_command_waits_for_the_lock_everything_else_goes_on(house: House):
    mira, sam = await house.join(await house.guest()), await house.join(await house.guest())
    async with held(house):
        said = asyncio.create_task(mira.send("chat.send", body="Patience"))
        await asyncio.sleep(0)
        for client in (mira, sam):
            await (await client.socket.ping())
        async with httpx2.AsyncClient(base_url=house.url) as http:
            assert (await http.get("/healthz")).status_code == 200
            assert (await http.get(f"/w/{house.webinar.id}")).status_code == 200
        assert not said.done()
    await said
    await sam.wait_until(lambda room: room.texts() == ["Patience"])


async def test_a_command_that_waited_in_vain_is_told_so_and_works_once_the_lock_is_gone(hasty: House):
    mira = await hasty.join(await hasty.guest())
    async with held(hasty):
        with pytest.raises(Refused, match="unavailable"):
            await mira.send("chat.send", body="In vain")
    await mira.send("chat.send", body="At last")
    await mira.wait_until(lambda room: room.texts() == ["At last"])


async def test_a_request_that_waited_in_vain_is_asked_to_come_again(hasty: House):
    guest = await hasty.guest()
    path = f"/api/v1/webinars/{hasty.webinar.id}/ticket"
    who = {"Authorization": f"Bearer {guest.token}"}
    async with httpx2.AsyncClient(base_url=hasty.url) as http:
        async with held(hasty):
            answer = await http.post(path, json={}, headers=who)
        assert answer.status_code == 503
        assert answer.json()["error"]["code"] == "unavailable"
        assert int(answer.headers["retry-after"]) > 0
        assert (await http.post(path, json={}, headers=who)).status_code == 200


async def test_somebody_who_comes_in_meanwhile_comes_again(hasty: House):
    ticket = await hasty.ticket(await hasty.guest())
    client = await hasty.connect()
    async with held(hasty):
        await client.post("hello", ticket=ticket)
        code, _ = await client.wait_closed()
    assert 4000 <= code < 4500
