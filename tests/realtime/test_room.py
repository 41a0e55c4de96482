"""A room over real sockets: chat, questions, moderation, and what each person sees of them."""

import json
from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest
from sqlmodel import select

from tests.support.room import House, Pass, Refused
from webinar.interaction.actor import Actor
from webinar.interaction.moderation import ban_participant
from webinar.models import Access, ParticipantSession, Revocation
from webinar.realtime import hub as hub_module
from webinar.realtime.codes import Close
from webinar.realtime.door import Admitted
from webinar.realtime.lookout import moved_on
from webinar.webinars.catalogue import get_webinar
from webinar.webinars.order import mark_state


async def test_what_one_says_everybody_sees_the_sender_included(house: House):
    mira = await house.join(await house.guest("Mira"))
    sam = await house.join(await house.guest("Sam"))
    client_id = str(uuid4())
    ack = await mira.send("chat.send", client_id=client_id, body="Good evening")
    for person in (mira, sam):
        event = await person.wait_for(lambda event: event["type"] == "chat.posted")
        assert event["message"]["id"] == ack["id"]
        assert event["message"]["client_id"] == client_id
        assert event["message"]["author"]["name"] == "Mira"
        assert event["message"]["body"] == "Good evening"


async def test_a_pending_question_is_seen_by_its_author_and_hosts_only(house: House):
    asker, other, host = (
        await house.join(await house.guest()),
        await house.join(await house.guest()),
        await house.join(await house.host()),
    )
    ack = await asker.send("question.ask", body="Why at night?", anonymous=True)
    await asker.wait_until(lambda room: room.questions)
    await host.wait_until(lambda room: room.questions)
    assert asker.room.questions[ack["id"]]["mine"]
    assert host.room.questions[ack["id"]]["author"]["name"] == "Mira Castell"
    await host.send("question.publish", question_id=ack["id"])
    await other.wait_until(lambda room: room.questions)
    seen = other.room.questions[ack["id"]]
    assert (seen["state"], seen["author"], seen["mine"]) == ("published", None, False)
    assert not [event for event in other.events if "pending" in str(event)]


async def test_a_nameless_viewer_reads_along_and_writes_nothing(house: House):
    webinar = await house.open_webinar(access=Access.OPEN)
    viewer = await house.join(house.viewer(webinar))
    assert viewer.room.you == {"role": "viewer", "id": None, "name": "", "muted": False, "voted": []}
    with pytest.raises(Refused, match="read_only"):
        await viewer.send("chat.send", body="Hello")


async def test_a_change_of_the_webinar_reaches_the_room(house: House):
    guest = await house.join(await house.guest())
    async with house.services.db.writing() as db:
        webinar = await get_webinar(db, house.account.id, house.webinar.id)
        webinar.title = "Harbours by day"
        await mark_state(db, webinar)
    await house.services.hub.advanced(house.webinar.id)
    await guest.wait_until(lambda room: room.webinar and room.webinar["title"] == "Harbours by day")


@pytest.mark.parametrize("hours", [-1, 1])
async def test_the_order_is_that_of_the_numbers_whatever_the_clock_does(house: House, hours: int):
    """R11: a clock that is set right by an hour."""
    mira = await house.join(await house.guest())
    for number in range(4):
        await mira.send("chat.send", body=f"{number}")
        house.clock.move(hours=hours)
    await mira.wait_until(lambda room: room.texts() == ["0", "1", "2", "3"])
    late = await house.join(await house.host())
    snapshot = await late.wait_for(lambda event: event["type"] == "snapshot")
    assert [message["body"] for message in snapshot["messages"]] == ["0", "1", "2", "3"]


async def test_only_a_room_that_knows_less_than_the_database_is_read_again(house: House):
    guest = await house.join(await house.guest())
    await guest.send("chat.send", body="Good evening")
    await guest.wait_until(lambda room: room.messages)
    rooms = list(house.services.hub._rooms.values())
    assert await moved_on(house.services.db, rooms) == []
    async with house.services.db.writing() as db:
        await mark_state(db, await get_webinar(db, house.account.id, house.webinar.id))
    assert await moved_on(house.services.db, rooms) == rooms


async def test_one_instance_alone_writes_nothing_down_for_others(house: House):
    guest = await house.guest()
    there = await house.join(guest)
    assert guest.participant
    await house.services.hub.revoke(guest.participant.id)
    assert (await there.wait_closed())[0] == Close.REVOKED
    async with house.services.db.reading() as db:
        assert (await db.exec(select(Revocation))).all() == []


@pytest.fixture
def nobody_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What becomes of people's sessions is not looked at by itself."""
    monkeypatch.setattr(hub_module, "CHECK", 3600.0)


async def be_banned(house: House, guest: Pass) -> None:
    user = (await house.host()).user
    assert guest.participant
    assert user
    host = Actor(house.account.id, house.webinar.id, user_id=user.id)
    async with house.services.db.writing() as db:
        await ban_participant(db, host, guest.participant.id, now=house.clock.now())
    await house.services.hub.advanced(house.webinar.id)


async def lose_the_session(house: House, guest: Pass) -> None:
    async with house.services.db.writing() as db:
        await db.delete(await db.get_one(ParticipantSession, guest.session_id))
    assert guest.session_id
    await house.services.hub.revoke(guest.session_id)


@pytest.mark.usefixtures("nobody_is_checked")
@pytest.mark.parametrize(("act", "code"), [(be_banned, Close.BANNED), (lose_the_session, Close.REVOKED)])
async def test_whoever_is_shut_out_on_the_way_from_the_door_to_the_room_is_out(
    house: House,
    act: Callable[[House, Pass], Awaitable[None]],
    code: Close,
    monkeypatch: pytest.MonkeyPatch,
):
    """Their ticket was good still, and nobody found them in the room yet (S3)."""
    guest, hub = await house.guest(), house.services.hub
    admit = hub.admit

    async def admit_in_time(token: str) -> Admitted:
        admitted = await admit(token)
        await act(house, guest)
        return admitted

    monkeypatch.setattr(hub, "admit", admit_in_time)
    client = await house.connect()
    await client.socket.send(json.dumps({"type": "hello", "ticket": await house.ticket(guest)}))
    assert (await client.wait_closed())[0] == code
