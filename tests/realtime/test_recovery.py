"""Nothing lost, nothing doubled: acks, coming back, and erasure (R2, R3, R12)."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from tests.contracts.test_handover import until
from tests.support.room import House, Refused, RoomClient
from webinar.db import Database
from webinar.interaction.actor import Actor
from webinar.interaction.changes import changes_after
from webinar.interaction.chat import post_message
from webinar.models import Participant, Webinar
from webinar.realtime import reception, room
from webinar.realtime.rate import Pace
from webinar.realtime.roster import Member
from webinar.webinars.order import new_epoch


def welcome(client: RoomClient) -> bool:
    """Whether the client recovered."""
    recovered: bool = next(event for event in client.events if event["type"] == "welcome")["recovered"]
    return recovered


async def test_a_command_whose_commit_fails_is_not_acknowledged(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    """R2: the ack is sent after the commit, so that what was acknowledged is never lost."""
    mira, sam = await house.join(await house.guest()), await house.join(await house.guest())
    write = Database.write

    async def failing(self: Database, work: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        def fail(db: Connection) -> None:
            work(db, *arguments, **options)
            raise OperationalError("COMMIT", None, Exception("disk full"))

        await write(self, fail)

    with monkeypatch.context() as broken:
        broken.setattr(Database, "write", failing)
        client_id = str(uuid4())
        with pytest.raises(Refused, match="unavailable"):
            await mira.send("chat.send", client_id=client_id, body="Is this kept?")
    assert not [event for event in mira.events if event["type"] == "ack"]
    await mira.send("chat.send", client_id=client_id, body="Is this kept?")
    await sam.wait_until(lambda room: room.texts() == ["Is this kept?"])


async def test_the_same_message_a_hundred_times_over_sockets_is_one_message(house: House):
    """R12: cut off before the ack, a client sends again, from any of its browsers."""
    house.services.hub.pace = Pace(1000.0, 1000)
    guest = await house.guest()
    browsers = [await house.join(guest), await house.join(await house.second_browser(guest))]
    client_id = str(uuid4())
    for number in range(100):
        await browsers[number % 2].post("chat.send", client_id=client_id, body="Once")
    for browser in browsers:
        await browser.send("chat.send", body="Done")
    for browser in browsers:
        acks = [event for event in browser.events if event.get("ref") == client_id]
        assert len(acks) == 50
        assert len({(ack["type"], ack["id"], ack["seq"]) for ack in acks}) == 1
        await browser.wait_until(lambda room: room.texts().count("Done") == 2)
        assert browser.room.texts().count("Once") == 1


async def test_a_message_whose_ack_was_lost_is_acknowledged_to_who_was_muted_since(house: House):
    guest, host = await house.guest(), await house.join(await house.host())
    mira = await house.join(guest)
    sent = {str(uuid4()): kind for kind in ("chat.send", "question.ask")}
    first = [await mira.send(kind, client_id=client_id, body="Kept") for client_id, kind in sent.items()]
    await mira.vanish()
    assert guest.participant
    await host.send("participant.mute", participant_id=str(guest.participant.id))
    mira = await house.join(guest)
    again = [await mira.send(kind, client_id=client_id, body="Kept") for client_id, kind in sent.items()]
    assert again == first
    with pytest.raises(Refused, match="muted"):
        await mira.send("chat.send", body="Not kept")
    assert host.room.texts() == ["Kept"]


async def test_who_was_cut_off_gets_what_they_missed_and_no_snapshot(house: House):
    guest, sam = await house.guest(), await house.join(await house.guest())
    mira = await house.join(guest)
    await sam.send("chat.send", body="1")
    await mira.wait_until(lambda room: room.texts() == ["1"])
    await mira.vanish()
    ack = await sam.send("chat.send", body="2")
    await sam.send("question.ask", body="Seen by hosts only")
    back = await house.join(guest, after=mira.room)
    assert welcome(back)
    await back.wait_until(lambda room: room.texts() == ["1", "2"])
    assert [event["type"] for event in back.events].count("snapshot") == 0
    assert back.room.messages[ack["id"]]["body"] == "2"
    assert back.room.shown() == (await house.join(guest)).room.shown()


async def test_being_cut_between_two_rows_of_one_change_loses_neither(house: House):
    """A ban empties many messages with one number: coming back from that number replays all of them."""
    guest, rude, host = await house.guest(), await house.guest(), await house.join(await house.host())
    talker, reader = await house.join(rude), await house.join(guest)
    for number in range(3):
        await talker.send("chat.send", body=f"rude {number}")
    await reader.wait_until(lambda room: len(room.texts()) == 3)
    assert rude.participant
    await host.send("participant.ban", participant_id=rude.participant.id)
    await reader.wait_until(lambda room: not room.texts())
    first, *rest = [event for event in reader.events if event["type"] == "chat.removed"]
    assert {event["seq"] for event in rest} == {first["seq"]}
    half = type(reader.room)()
    for event in reader.events[: reader.events.index(first) + 1]:
        half.apply(event)
    assert len(half.texts()) == 2
    back = await house.join(guest, after=half)
    assert welcome(back)
    assert not back.room.texts()


async def test_who_missed_too_much_gets_a_snapshot(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reception, "MOST_CHANGES", 2)
    guest, sam = await house.guest(), await house.join(await house.guest())
    mira = await house.join(guest)
    await mira.vanish()
    for number in range(3):
        await sam.send("chat.send", body=f"{number}")
    back = await house.join(guest, after=mira.room)
    assert not welcome(back)
    assert back.room.texts() == ["0", "1", "2"]


async def test_a_burst_that_is_too_long_for_events_arrives_as_a_snapshot(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(room, "MOST_CHANGES", 1)
    rude, host, mira = (
        await house.guest(),
        await house.join(await house.host()),
        await house.join(await house.guest()),
    )
    talker = await house.join(rude)
    for number in range(3):
        await talker.send("chat.send", body=f"{number}")
    assert rude.participant
    own = await mira.send("question.ask", body="Mine, pending")
    await host.send("participant.ban", participant_id=rude.participant.id)
    await mira.wait_until(lambda room: room.messages and not room.texts() and own["id"] in room.questions)
    assert [event["type"] for event in mira.events].count("snapshot") == 2


@pytest.mark.parametrize("epoch", ["restored", "another"])
async def test_a_number_that_this_database_never_reached_gets_a_snapshot(house: House, epoch: str):
    """A database that was restored from a backup must not leave a silent hole."""
    guest = await house.guest()
    mira = await house.join(guest)
    await mira.vanish()
    mira.room.seq += 5
    if epoch == "another":
        mira.room.seq, mira.room.epoch = 0, str(uuid4())
    assert not welcome(await house.join(guest, after=mira.room))


async def test_erasing_somebody_renews_every_room_and_closes_their_sockets(house: House):
    erased, other = await house.guest(), await house.guest()
    talker, reader, host = (
        await house.join(erased),
        await house.join(other),
        await house.join(await house.host()),
    )
    await talker.send("chat.send", body="Forget me")
    own = await reader.send("question.ask", body="Mine, pending")
    for client in (reader, host):
        await client.wait_until(lambda room: "Forget me" in room.texts())
    epoch = reader.room.epoch
    async with house.services.db.writing() as db:
        assert erased.participant
        await db.delete(await db.get_one(Participant, erased.participant.id))
        await db.flush()
        await new_epoch(db, house.webinar.id)
    await house.services.hub.close_room(house.webinar.id)
    for client in (reader, host):
        await client.wait_until(lambda room: not room.messages and room.epoch != epoch)
    await reader.wait_until(lambda room: own["id"] in room.questions)
    assert (await talker.wait_closed())[0] == 4504
    away = type(reader.room)(epoch=epoch, seq=reader.room.seq)
    assert not welcome(await house.join(other, after=away))


async def test_deleting_the_webinar_closes_its_room_for_good(house: House):
    people = [await house.join(await house.guest()), await house.join(await house.host())]
    async with house.services.db.writing() as db:
        await db.delete(await db.get_one(Webinar, house.webinar.id))
    await house.services.hub.close_room(house.webinar.id)
    assert [(await person.wait_closed())[0] for person in people] == [4503, 4503]


async def test_joining_while_everybody_talks_misses_nothing(house: House):
    """Subscribe, snapshot at N, then everything after N: for whoever joins at whatever moment."""
    house.services.hub.pace = Pace(1000.0, 1000)
    talker = await house.join(await house.guest())
    talking = asyncio.gather(*(talker.send("chat.send", body=f"{number}") for number in range(60)))
    joined = [await house.join(await house.guest()) for _ in range(6)]
    await talking
    for client in (talker, *joined):
        await client.wait_until(lambda room: len(room.texts()) == 60)
        assert client.room.shown()["messages"] == talker.room.shown()["messages"]


async def test_a_database_that_is_away_for_a_moment_stops_no_room(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(room, "RETRY", 0.01)
    mira, sam = await house.join(await house.guest()), await house.join(await house.guest())
    real, failures = changes_after, iter(range(3))

    def away(*arguments: Any, **options: Any) -> Any:
        if next(failures, None) is not None:
            raise OperationalError("SELECT", None, Exception("away"))
        return real(*arguments, **options)

    monkeypatch.setattr(room, "changes_after", away)
    question = await mira.send("question.ask", body="Through?")
    await mira.wait_until(lambda room: question["id"] in room.questions)
    await mira.send("chat.send", body="Through")
    await sam.wait_until(lambda room: room.texts() == ["Through"])


async def test_who_joins_right_after_a_message_that_others_found_by_themselves_has_it_too(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    """Another instance committed, and its notice is still on its way: whoever comes makes the room look."""
    monkeypatch.setattr(room, "LOOK_EVERY", 0)
    mira = await house.join(await house.guest())
    sam = await house.guest()
    assert sam.participant
    actor = Actor(house.account.id, house.webinar.id, participant_id=sam.participant.id)
    async with house.services.db.writing() as db:
        await post_message(db, actor, uuid4(), "Quietly", now=house.clock.now())
    await house.join(await house.guest())
    await mira.wait_until(lambda room: room.texts() == ["Quietly"])
    late = await house.join(await house.guest())
    assert late.room.texts() == ["Quietly"]


async def test_an_erasure_in_a_full_room_holds_up_nobodys_message(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    """Everybody is told anew what is their own, a few at a time: what is said meanwhile comes in between."""
    people = [await house.join(await house.guest()) for _ in range(6)]
    looked_up: list[int] = []

    tell_themselves = room.Room._tell_themselves

    async def counted(self: room.Room, member: Member) -> None:
        looked_up.append(1)
        if len(looked_up) == 1:
            actor = member.identity.actor
            async with house.services.db.writing() as unit:
                await post_message(unit, actor, uuid4(), "In between", now=house.clock.now())
            await house.services.hub.advanced(house.webinar.id)
        await tell_themselves(self, member)

    heard: list[int] = []
    deliver = room.Room._deliver

    def noted(self: room.Room, updates: Any, since: float) -> None:
        heard.extend([len(looked_up)] if updates else [])
        deliver(self, updates, since)

    monkeypatch.setattr(room.Room, "_tell_themselves", counted)
    monkeypatch.setattr(room.Room, "_deliver", noted)
    monkeypatch.setattr(room, "AT_ONCE", 1)
    async with house.services.db.writing() as db:
        await new_epoch(db, house.webinar.id)
    await house.services.hub.advanced(house.webinar.id)
    for person in people:
        await person.wait_until(lambda room: room.texts() == ["In between"])
    assert heard[0] == 1
    await until(lambda: len(looked_up) >= len(people))
