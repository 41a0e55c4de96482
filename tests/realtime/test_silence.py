"""R8: whoever falls silent is found, a client that stands still as well as an instance that dies."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from benchmarks.kills import Server
from tests.realtime.test_instances import in_touch
from tests.support.elsewhere import Elsewhere
from tests.support.installation import SECRET
from tests.support.redis import RedisServer
from tests.support.room import House, Pass, a_house
from webinar.client import RoomClient, Tickets
from webinar.models import Access
from webinar.realtime.presence import MISSED
from webinar.settings import Settings

QUICK = 0.3  # seconds between two heartbeats, in place of eight
VIEWER = """
import asyncio, sys
from websockets.asyncio.client import connect

async def watch(url, origin, hello):
    async with connect(url, origin=origin, proxy=None) as socket:
        await socket.send(hello)
        async for _ in socket:
            pass

asyncio.run(watch(*sys.argv[1:]))
"""


@asynccontextmanager
async def viewer_in_a_process(
    house: House, who: Pass, *prefix: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    hello = '{"type":"hello","ticket":"' + await house.ticket(who) + '"}'
    address = house.url.replace("http", "ws") + "/live"
    process = await asyncio.create_subprocess_exec(
        *prefix, sys.executable, "-c", VIEWER, address, house.url, hello
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_a_client_that_stands_still_is_gone_and_an_idle_one_is_not(settings: Settings):
    """Nothing tells the server: the peer's kernel goes on answering for a process that does not."""
    async with a_house(settings.data_dir, heartbeat_seconds=QUICK) as house:
        host = await house.join(await house.host())
        async with viewer_in_a_process(house, await house.guest()) as still:
            await host.wait_until(lambda room: room.viewers == 1)
            idle = await house.join(await house.guest())
            await host.wait_until(lambda room: room.viewers == 2)
            still.send_signal(signal.SIGSTOP)
            await host.wait_until(lambda room: room.viewers == 1)
            assert len(house.services.hub.pulse.lines()) == 2
            await idle.send("chat.send", body="Still here")


async def test_a_client_whose_network_is_gone_is_gone_too(settings: Settings, elsewhere: Elsewhere):
    """Nothing tells the server: not a byte comes from there any more, nor is any taken."""
    async with a_house(settings.data_dir, also=elsewhere.listen, heartbeat_seconds=QUICK) as house:
        host = await house.join(await house.host())
        async with viewer_in_a_process(house, await house.guest(), *elsewhere.prefix) as far:
            await host.wait_until(lambda room: room.viewers == 1)
            elsewhere.fall_silent()
            await host.send("chat.send", body="Do you hear me?")
            await host.wait_until(lambda room: room.viewers == 0)
            assert len(house.services.hub.pulse.lines()) == 1
            assert far.returncode is None, "it was the network that went, not the viewer"


async def test_viewers_of_an_instance_that_was_killed_are_counted_no_more(
    settings: Settings, own_redis: RedisServer
):
    both: dict[str, Any] = {"redis_url": own_redis.url, "heartbeat_seconds": QUICK}
    async with a_house(settings.data_dir, **both) as house:
        await in_touch(house)
        webinar = await house.open_webinar(access=Access.OPEN)
        here = await house.join(house.viewer(webinar))
        there = Server(
            settings.data_dir,
            WEBINAR_SECRET_KEY=SECRET,
            WEBINAR_REDIS_URL=own_redis.url,
            WEBINAR_HEARTBEAT_SECONDS=str(QUICK),
        )
        await there.start()
        try:
            async with (
                httpx.AsyncClient(base_url=there.url, trust_env=False) as http,
                RoomClient(there.url, Tickets(http, webinar.id)),
            ):
                await here.wait_until(lambda room: room.viewers == 2)
                await there.kill()
                await here.wait_until(lambda room: room.viewers == 1)
        finally:
            await there.kill()


def test_with_the_settings_as_they_come_that_is_within_the_goals():
    """A client within 25 seconds, an instance within 30."""
    heartbeat = Settings.model_fields["heartbeat_seconds"].default
    assert 3 * heartbeat <= 25
    assert MISSED * heartbeat + 2 <= 30
