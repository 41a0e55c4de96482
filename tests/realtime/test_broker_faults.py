"""R7: whatever happens to Redis, rooms go on, instances find each other again, and nobody loses or hears twice a word.

Each fault is a real one: of the server, or of the line to it. Instances also look into the database by themselves
(`hub.LOOK`); where a test is about Redis alone, that is off.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlmodel import select

from tests.support.instances import Instances, Watch, some_instances
from tests.support.proxy import Proxy
from tests.support.redis import RedisServer
from tests.support.room import House, Pass, RoomClient
from webinar.models import Participant, Revocation
from webinar.privacy.chunks import start_epoch
from webinar.realtime import hub as hub_module
from webinar.realtime.codes import Close
from webinar.realtime.redis import ANSWER, SILENCE

SOON = 1.0  # seconds: what is said, near by and always; who must go, everywhere and once Redis is back (S3)
CAUGHT_UP = 5.0  # seconds after Redis is back
# Seconds within which an instance finds by itself what nobody tells it: a look each two, and the reading.
BY_ITSELF = hub_module.LOOK + SOON
NEVER = 3600.0


@dataclass(frozen=True)
class Fault:
    """What happens to Redis, and what ends it.

    `apart`: the instances can't reach each other meanwhile. `blind`: seconds in which nothing shows that it happened.
    """

    name: str
    begin: Callable[[Instances], object]
    end: Callable[[Instances], object]
    apart: bool = True
    blind: float = 0.0


def server(*commands: str) -> Callable[[Instances], object]:
    return lambda found: found.redis.tell(*commands)


def every_line(act: Callable[[Proxy], None]) -> Callable[[Instances], object]:
    return lambda found: [*map(act, found.lines)]


DROP_ALL = ("CLIENT KILL TYPE normal SKIPME yes", "CLIENT KILL TYPE pubsub")
FAULTS = [
    Fault("stands still", lambda found: found.redis.pause(), lambda found: found.redis.resume()),
    Fault("is killed", lambda found: found.redis.stop(), lambda found: found.redis.restart()),
    Fault("is busy", lambda found: found.redis.sleep(3), server("PING")),
    Fault(
        "wants a password that nobody told",
        lambda found: found.redis.restart(requirepass="another"),
        lambda found: found.redis.restart(),
    ),
    Fault(
        "takes no more connections",
        server("CONFIG SET maxclients 1", *DROP_ALL),
        lambda found: found.redis.restart(),
    ),
    Fault("does not answer", every_line(Proxy.hold), every_line(Proxy.flow)),
    Fault("cannot be reached", every_line(Proxy.refuse), every_line(Proxy.flow)),
    Fault("is flushed", server("FLUSHALL"), server("PING"), apart=False),
    Fault(
        "has no memory left",
        server("CONFIG SET maxmemory 1"),
        server("CONFIG SET maxmemory 0"),
        apart=False,
    ),
    Fault("only reads", server("REPLICAOF 127.0.0.1 1"), server("REPLICAOF NO ONE"), apart=False),
    Fault("drops every connection", server(*DROP_ALL), server("PING"), apart=False),
    Fault(
        "forgets its connections without a word",
        every_line(Proxy.forget),
        server("PING"),
        apart=False,
        blind=SILENCE + ANSWER,
    ),
]


@pytest.fixture
async def instances(
    tmp_path: Path, migrated_postgres_url: str, own_redis: RedisServer
) -> AsyncIterator[Instances]:
    async with some_instances(tmp_path, migrated_postgres_url, own_redis) as found:
        yield found


@pytest.fixture
def nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What instances learn, they learn through Redis."""
    for name in ("LOOK", "CHECK"):
        monkeypatch.setattr(hub_module, name, NEVER)


@pytest.fixture
def nobody_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What becomes of people's sessions is not looked at by itself."""
    monkeypatch.setattr(hub_module, "CHECK", NEVER)


@dataclass
class People:
    """Who is in the room: somebody at each instance, a host, and three of whom each must go, somewhere else."""

    speaker: RoomClient
    near: RoomClient
    far: list[RoomClient]
    host: RoomClient
    banned: Pass
    evicted: Pass
    erased: Pass
    going: list[RoomClient]

    @classmethod
    async def come(cls, found: Instances) -> "People":
        first, second, third = found.houses
        banned, evicted, erased = [await first.guest(name) for name in ("Ban", "Evi", "Era")]
        return cls(
            await first.join(await first.guest()),
            await first.join(await first.guest()),
            [await second.join(await first.guest()), await third.join(await first.guest())],
            await first.join(await first.host()),
            banned,
            evicted,
            erased,
            [await second.join(banned), await third.join(evicted), await second.join(erased)],
        )

    @property
    def staying(self) -> list[RoomClient]:
        return [self.speaker, self.near, *self.far, self.host]

    async def shut_out(self, house: House) -> None:
        """A ban by the host, a session that ends, a participant who is erased."""
        assert self.banned.participant
        await self.host.send("participant.ban", participant_id=self.banned.participant.id)
        await self.evict(house)
        assert self.erased.participant
        async with house.services.db.writing() as db:
            await db.delete(await db.get_one(Participant, self.erased.participant.id))
            await start_epoch(db, house.webinar.id)
        await house.services.hub.close_room(house.webinar.id)

    async def evict(self, house: House) -> None:
        """Two newer browsers end the session of an older one."""
        await house.second_browser(self.evicted)
        await house.second_browser(self.evicted)
        assert self.evicted.session_id
        await house.services.hub.revoke(self.evicted.session_id)

    async def out(self) -> list[int]:
        """With which codes they are out, once they are."""
        return [(await client.wait_closed())[0] for client in self.going]


OUT = [Close.BANNED, Close.REVOKED, Close.ERASED]


@pytest.mark.usefixtures("nobody_looks")
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_rooms_go_on_while_redis(instances: Instances, fault: Fault):
    """…; everybody has everything within five seconds after, once and in order, and who must go is out within one."""
    people = await People.come(instances)
    for text in ("One", "Two"):
        await people.speaker.send("chat.send", body=text)
    await instances.agree(*people.staying)
    fault.begin(instances)
    watch = Watch()
    said = await people.speaker.send("chat.send", body="In the middle of it")
    await people.near.wait_until(lambda room: said["id"] in room.messages)
    assert watch.within(SOON)
    await people.shut_out(instances.houses[0])
    if fault.apart:
        await instances.in_touch(False, False, False)
        assert await instances.readiness() == ["degraded"] * 3
    await asyncio.to_thread(fault.end, instances)
    watch = Watch()
    assert await people.out() == OUT
    assert watch.within(fault.blind + SOON)
    await instances.agree(*people.staying)
    assert watch.within(CAUGHT_UP)
    await instances.all_ready()
    await people.far[0].send("chat.send", body="All together again")
    await instances.agree(*people.staying)


@pytest.mark.usefixtures("nobody_looks")
@pytest.mark.parametrize("cut", [Proxy.hold, Proxy.refuse], ids=["is not answered", "is refused"])
@pytest.mark.parametrize("alone", [0, 1], ids=["tells", "is told"])
async def test_one_instance_alone(instances: Instances, alone: int, cut: Callable[[Proxy], None]):
    """… is cut off: the one at which it happens, or one that should hear of it. The third goes on with whom it can."""
    people = await People.come(instances)
    cut(instances.lines[alone])
    await instances.in_touch(*(number != alone for number in range(3)))
    assert (await instances.readiness()).count("degraded") == 1
    said = await people.speaker.send("chat.send", body="In the middle of it")
    await people.shut_out(instances.houses[0])
    hearing = people.near if alone == 0 else people.far[1]
    await hearing.wait_until(lambda room: said["id"] in room.messages)
    assert said["id"] not in people.far[0].room.messages
    instances.lines[alone].flow()
    watch = Watch()
    assert await people.out() == OUT
    assert watch.within(SOON)
    await instances.agree(*people.staying)
    assert watch.within(CAUGHT_UP)
    await instances.in_touch()


@pytest.mark.usefixtures("nobody_is_checked")
async def test_while_redis_is_away_instances_ask_the_database(instances: Instances):
    """… and hear of everything, sessions that ended included, within seconds all the same."""
    people = await People.come(instances)
    instances.redis.stop()
    await instances.in_touch(False, False, False)
    watch = Watch()
    await people.speaker.send("chat.send", body="In the middle of it")
    await people.shut_out(instances.houses[0])
    assert await people.out() == OUT
    await instances.agree(*people.staying)
    assert watch.within(BY_ITSELF)
    assert await instances.readiness() == ["degraded"] * 3


@pytest.mark.usefixtures("nobody_is_checked")
async def test_while_redis_is_away_sessions_that_ended_are_found_too(instances: Instances):
    """Nothing in the room's order of changes tells of them."""
    people = await People.come(instances)
    instances.redis.stop()
    await instances.in_touch(False, False, False)
    watch = Watch()
    await people.evict(instances.houses[0])
    _, evicted, _ = people.going
    assert (await evicted.wait_closed())[0] == Close.REVOKED
    assert watch.within(BY_ITSELF)


@pytest.mark.usefixtures("nobody_looks")
async def test_what_is_somebodys_own_is_caught_up_with_too(instances: Instances):
    """A vote in another browser, while this one's instance could not be told."""
    first, second, _ = instances.houses
    guest, host = await first.guest(), await first.join(await first.host())
    here, there = await first.join(guest), await second.join(await first.second_browser(guest))
    question = await here.send("question.ask", body="Why?")
    await host.send("question.publish", question_id=question["id"])
    instances.lines[1].refuse()
    await instances.in_touch(True, False, True)
    await here.send("question.vote", question_id=question["id"])
    await here.wait_until(lambda room: room.you and room.you["voted"] == [question["id"]])
    instances.lines[1].flow()
    await there.wait_until(lambda room: room.you and room.you["voted"] == [question["id"]])


async def cut_off(found: Instances, _: RedisServer) -> None:
    """The first instance alone."""
    found.lines[0].hold()
    await found.in_touch(False, True, True)


async def split(found: Instances, other: RedisServer) -> None:
    """The first instance is led to another Redis, as half a failover does: all is well, and nobody hears of it."""
    line = found.lines[0]
    line.refuse()
    await found.in_touch(False, True, True)
    line.target = other.port
    line.flow()
    await found.in_touch()


Cut = Callable[[Instances, RedisServer], Awaitable[None]]
CUTS = pytest.mark.parametrize("cut", [cut_off, split], ids=["cut off alone", "at another Redis"])


@CUTS
@pytest.mark.usefixtures("nobody_is_checked")
async def test_what_one_cannot_tell_is_found_in_the_database(
    instances: Instances, redis_server: RedisServer, cut: Cut
):
    """The others are well and expect nothing."""
    people = await People.come(instances)
    await cut(instances, redis_server)
    watch = Watch()
    await people.speaker.send("chat.send", body="In the middle of it")
    await people.shut_out(instances.houses[0])
    assert await people.out() == OUT
    await instances.agree(*people.staying)
    assert watch.within(BY_ITSELF)


@CUTS
@pytest.mark.usefixtures("nobody_is_checked")
async def test_a_session_whose_end_one_cannot_tell_is_found_too(
    instances: Instances, redis_server: RedisServer, cut: Cut
):
    """Nothing in the room's order of changes tells of it."""
    people = await People.come(instances)
    await cut(instances, redis_server)
    watch = Watch()
    await people.evict(instances.houses[0])
    _, evicted, _ = people.going
    assert (await evicted.wait_closed())[0] == Close.REVOKED
    assert watch.within(BY_ITSELF)


@pytest.mark.usefixtures("nobody_is_checked")
async def test_whoever_has_come_back_since_is_not_shut_out(instances: Instances, redis_server: RedisServer):
    """What is told late closes no socket of a session that lives."""
    people = await People.come(instances)
    await split(instances, redis_server)
    first, second, _ = instances.houses
    back = await first.guest()
    assert back.participant
    there = await second.join(back)
    await first.services.hub.revoke(back.participant.id)
    await people.evict(first)
    _, evicted, _ = people.going
    assert (await evicted.wait_closed())[0] == Close.REVOKED
    async with second.services.db.reading() as db:
        assert len((await db.exec(select(Revocation))).all()) == 2
    await there.send("chat.send", body="Still here")
