"""R5 and R6: a server that ends, politely or not, and people who come back, over real sockets to a real process."""

import signal
from pathlib import Path
from typing import Any

import pytest
from websockets.frames import Opcode

from benchmarks.restarts import run
from tests.client.test_room import present
from tests.contracts.test_handover import until
from tests.realtime.test_instances import in_touch
from tests.support.proxy import proxy_to
from tests.support.raw_socket import open_raw
from tests.support.redis import RedisServer
from tests.support.room import House, a_house
from webinar.client import BackOff
from webinar.realtime.codes import Close
from webinar.realtime.protocol.events import Reconnect
from webinar.settings import Settings

PEOPLE = 30
ENDS_WITHIN = 30.0  # seconds (R5)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=lambda how: how.name)
async def test_everybody_comes_back_to_the_next_server_and_has_everything(
    tmp_path: Path, how: signal.Signals
):
    """In the middle of a conversation. `make benchmarks ARGS=restarts` does it with 1,000 people."""
    found = await run(how, tmp_path, PEOPLE, talkers=10, back_off=BackOff(first=0.1, longest=1.0))
    assert found.outcome.faultless, found.outcome
    assert found.ended < ENDS_WITHIN
    assert found.early == 0
    # Fifty a second, each at a moment of their own; a killed server says nothing.
    polite = how is signal.SIGTERM
    assert found.moments == ([20 * place for place in range(1, PEOPLE + 1)] if polite else [])


async def test_where_others_take_over_people_stay_until_their_moment_and_miss_nothing(
    settings: Settings, own_redis: RedisServer
):
    both: dict[str, Any] = {"redis_url": own_redis.url, "reconnects_per_second": 1}
    async with (
        a_house(settings.data_dir, **both) as ending,
        a_house(settings.data_dir, **both, like=ending) as other,
        proxy_to(ending.url) as balancer,
        present(await ending.guest(), balancer.url) as mira,
    ):
        await in_touch(ending, other)
        await mira.until(lambda: mira.events)
        [line] = ending.services.hub.pulse.lines()
        balancer.target = int(other.url.rpartition(":")[2])
        line.shutdown()  # type: ignore[attr-defined] # as the server does when it is told to end
        sam = await other.join(await ending.guest("Sam"))
        await sam.send("chat.send", body="Still on the old one")
        await mira.until(lambda: mira.texts() == ["Still on the old one"])
        await until(lambda: len(other.services.hub.pulse.lines()) == 2)
        await sam.send("chat.send", body="And on the new one")
        await mira.until(lambda: mira.texts()[1:] == ["And on the new one"])
        assert [told.after_ms for told in mira.events if isinstance(told, Reconnect)] == [1000]


async def test_whoever_has_not_said_hello_is_not_waited_for(house: House):
    async with open_raw(house.url) as raw:
        await until(house.services.hub.pulse.lines)
        [line] = house.services.hub.pulse.lines()
        line.shutdown()  # type: ignore[attr-defined]
        opcode, payload = await raw.read_frame()
        assert (opcode, int.from_bytes(payload[:2])) == (Opcode.CLOSE, Close.RESTART)
