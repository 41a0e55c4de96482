"""Several instances behind one address: one database, one Redis, one room (S3, R7)."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID, uuid4

import httpx2
import pytest
import redis
from redis.client import PubSub
from sqlmodel.ext.asyncio.session import AsyncSession

from tests.support.instances import PATIENCE
from tests.support.redis import RedisServer
from tests.support.room import House, Pass, RoomClient, a_house
from webinar.accounts.sessions import end_sessions
from webinar.interaction.posting import PostedTogether
from webinar.models import Participant, User
from webinar.realtime import hub as hub_module
from webinar.realtime.codes import Close
from webinar.realtime.fanout.stream import Stream
from webinar.realtime.notices import Advanced, to_wire
from webinar.realtime.redis import CHANNEL, HEAD
from webinar.realtime.room import Room
from webinar.settings import Settings

SOON = 1.0  # seconds (S3)


@pytest.fixture
async def houses(settings: Settings, own_redis: RedisServer) -> AsyncIterator[tuple[House, House]]:
    """Two instances that know each other."""
    async with (
        a_house(settings.data_dir, redis_url=own_redis.url) as first,
        a_house(settings.data_dir, redis_url=own_redis.url, like=first) as second,
    ):
        await in_touch(first, second)
        yield first, second


async def in_touch(*houses: House, wanted: bool = True) -> None:
    async with asyncio.timeout(PATIENCE):
        while any(house.services.hub.broker.connected is not wanted for house in houses):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def readiness(house: House) -> str:
    async with httpx2.AsyncClient(base_url=house.url) as client:
        status: str = (await client.get("/readyz")).json()["status"]
        return status


async def test_a_message_on_one_instance_is_seen_on_the_other(houses: tuple[House, House]):
    here, there = houses
    mira, sam = await here.join(await here.guest()), await there.join(await here.guest())
    await mira.send("chat.send", body="Across")
    await sam.wait_until(lambda room: room.texts() == ["Across"])


async def test_other_instances_hear_of_a_message_before_the_room_is_told_however_large_it_is(
    houses: tuple[House, House], own_redis: RedisServer, monkeypatch: pytest.MonkeyPatch
):
    here, _ = houses
    mira = await here.join(await here.guest())
    said, flush, heard, stored = Room.said, Stream.flush, [], []

    def note(room: Room, posted: PostedTogether) -> None:
        said(room, posted)
        stored.append(posted)

    def look(stream: Stream) -> None:
        before = stream.told
        flush(stream)
        if stored and stream.told > before:
            # The loop stands still here: what it has not sent to Redis by now does not get there.
            heard.append(anything_of(here.webinar.id, listening))
            stored.clear()

    with redis.Redis.from_url(own_redis.url) as client, client.pubsub() as listening:
        listening.subscribe(CHANNEL)
        monkeypatch.setattr(Room, "said", note)
        monkeypatch.setattr(Stream, "flush", look)
        await mira.send("chat.send", body="To thousands")
        await mira.wait_until(lambda room: room.texts() == ["To thousands"])
    assert heard == [True]


def anything_of(webinar_id: UUID, listening: PubSub) -> bool:
    """Whether that something happened in the webinar comes through Redis, now or in a moment."""
    notice = to_wire(Advanced(webinar_id))
    until = time.monotonic() + SOON
    while (left := until - time.monotonic()) > 0:
        message = listening.get_message(timeout=left)
        if message is not None and message["type"] == "message" and message["data"][HEAD.size :] == notice:
            return True
    return False


async def test_viewers_are_counted_on_all_instances_each_person_once(
    houses: tuple[House, House],
):
    here, there = houses
    guest = await here.guest()
    people = [
        await here.join(guest),
        await here.join(await here.second_browser(guest)),
        await there.join(await here.guest()),
        await there.join(await here.host()),
    ]
    for person in people:
        await person.wait_until(lambda room: room.viewers == 2)
    # Of those, each instance adds its own to the watch minutes.
    for house in houses:
        assert house.services.hub.viewers_here(here.webinar.id) == 1
    await people[2].leave()
    await people[0].wait_until(lambda room: room.viewers == 1)


async def test_a_vote_in_one_browser_shows_in_the_other(houses: tuple[House, House]):
    here, there = houses
    guest, host = await here.guest(), await here.join(await here.host())
    one, other = await here.join(guest), await there.join(await here.second_browser(guest))
    question = await one.send("question.ask", body="Why?")
    await host.send("question.publish", question_id=question["id"])
    await one.send("question.vote", question_id=question["id"])
    await other.wait_until(lambda room: room.you and room.you["voted"] == [question["id"]])
    await one.send("question.unvote", question_id=question["id"])
    await other.wait_until(lambda room: room.you and room.you["voted"] == [])


async def ban(house: House, guest: Pass) -> None:
    host = await house.join(await house.host())
    assert guest.participant
    await host.send("participant.ban", participant_id=guest.participant.id)


async def evict(house: House, guest: Pass) -> None:
    await house.second_browser(guest)
    await house.second_browser(guest)
    assert guest.session_id
    await house.services.hub.revoke(guest.session_id)


async def erase(house: House, guest: Pass) -> None:
    assert guest.participant
    async with house.services.db.writing() as db:
        await db.delete(await db.get_one(Participant, guest.participant.id))
    await house.services.hub.revoke(guest.participant.id)


@pytest.mark.parametrize(
    ("act", "code"), [(ban, Close.BANNED), (evict, Close.REVOKED), (erase, Close.REVOKED)]
)
async def test_whoever_is_shut_out_is_out_on_every_instance_within_a_second(
    houses: tuple[House, House], act: Callable[[House, Pass], Awaitable[None]], code: Close
):
    """S3 (compare Mattermost CVE-2026-9162: a revoked session whose socket lived on)."""
    here, there = houses
    guest = await here.guest()
    sockets = [await here.join(guest), await there.join(guest)]
    await act(here, guest)
    done = time.monotonic()
    assert [(await socket.wait_closed())[0] for socket in sockets] == [code, code]
    assert time.monotonic() - done < SOON


async def test_a_user_who_signs_out_or_is_removed_is_out_everywhere(houses: tuple[House, House]):
    here, there = houses

    async def sign_out(db: AsyncSession, user: User) -> None:
        await end_sessions(db, user)

    async def remove(db: AsyncSession, user: User) -> None:
        await db.delete(user)

    for act in (sign_out, remove):
        host = await here.host()
        sockets = [await here.join(host), await there.join(host)]
        assert host.user
        async with here.services.db.writing() as db:
            await act(db, await db.get_one(User, host.user.id))
        await here.services.hub.revoke(host.user.id)
        assert [(await socket.wait_closed())[0] for socket in sockets] == [Close.REVOKED] * 2


async def test_a_session_that_expires_by_itself_closes_its_socket(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    guest = await house.join(await house.guest())
    house.clock.move(days=31)
    house.services.hub._look_again()
    assert (await guest.wait_closed())[0] == Close.REVOKED


@pytest.mark.parametrize("outage", ["paused", "killed"])
async def test_without_redis_a_room_goes_on_and_the_others_catch_up_after(
    houses: tuple[House, House], own_redis: RedisServer, outage: str
):
    """R7: local chat goes on; other instances catch up within five seconds after Redis is back."""
    here, there = houses
    mira, near, far = (
        await here.join(await here.guest()),
        await here.join(await here.guest()),
        await there.join(await here.guest()),
    )
    own_redis.pause() if outage == "paused" else own_redis.stop()
    started = time.monotonic()
    ack = await mira.send("chat.send", body="Alone")
    await near.wait_until(lambda room: ack["id"] in room.messages)
    assert time.monotonic() - started < SOON
    assert ack["id"] not in far.room.messages
    await in_touch(here, wanted=False)
    assert await readiness(here) == "degraded"
    own_redis.resume() if outage == "paused" else own_redis.restart()
    back = time.monotonic()
    await far.wait_until(lambda room: ack["id"] in room.messages)
    assert time.monotonic() - back < 5
    await in_touch(here, there)
    assert await readiness(here) == "ready"


async def test_who_was_banned_while_redis_was_away_is_out_after(
    houses: tuple[House, House], own_redis: RedisServer
):
    here, there = houses
    guest = await here.guest()
    away = await there.join(guest)
    own_redis.stop()
    await evict(here, guest)
    own_redis.restart()
    assert (await away.wait_closed())[0] == Close.REVOKED


async def test_a_lost_notice_is_made_good_by_looking_at_the_database(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    """Two instances that cannot hear each other at all."""
    monkeypatch.setattr(hub_module, "CHECK", 0.05)
    async with a_house(settings.data_dir) as here, a_house(settings.data_dir, like=here) as there:
        mira, sam = await here.join(await here.guest()), await there.join(await here.guest())
        await mira.send("chat.send", client_id=str(uuid4()), body="Unheard of")
        await sam.wait_until(lambda room: room.texts() == ["Unheard of"])


async def test_coming_back_to_another_instance_resumes(houses: tuple[House, House]):
    here, there = houses
    guest, sam = await here.guest(), await here.join(await here.guest())
    mira: RoomClient = await here.join(guest)
    await mira.vanish()
    await sam.send("chat.send", body="While you were away")
    back = await there.join(guest, after=mira.room)
    await back.wait_until(lambda room: room.texts() == ["While you were away"])
    assert [event["type"] for event in back.events].count("snapshot") == 0
