"""Passing news is told together, and the more rarely the larger the room."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.room import House
from webinar.realtime import hub, presence
from webinar.realtime.notices import Advanced
from webinar.realtime.presence import PULSE, Presence
from webinar.realtime.room import Room
from webinar.realtime.ticks import DELIVERIES, MOST, apart


@given(listeners=st.integers(1, 1_000_000))
def test_a_kind_of_news_costs_at_most_a_thousand_deliveries_a_second_until_it_is_ten_seconds_apart(
    listeners: int,
):
    wait = apart(listeners)
    assert wait == MOST or listeners / wait == pytest.approx(DELIVERIES)


async def test_a_large_room_hears_its_number_more_rarely_but_never_a_wrong_one_for_long(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    now = [1000.0]
    counts = Presence(uuid4(), 8, lambda: now[0])
    guest = await house.join(await house.guest())
    room: Room = house.services.hub._rooms[house.webinar.id]
    told: list[object] = []
    monkeypatch.setattr(room, "tell", told.append)
    monkeypatch.setattr(presence, "apart", lambda _: 5.0)
    for viewers in range(4):
        counts.heard(house.webinar.id, uuid4(), viewers)
        list(counts.take_stock({house.webinar.id: room}))
        now[0] += 2
    assert len(told) == 2  # at once, and after three looks at two seconds
    now[0] += PULSE
    list(counts.take_stock({house.webinar.id: room}))
    list(counts.take_stock({house.webinar.id: room}))
    assert len(told) == 3
    await guest.leave()


async def nothing(*_: object) -> list[Room]:
    return []


async def test_votes_that_come_within_a_tick_are_one_event(house: House, monkeypatch: pytest.MonkeyPatch):
    host = await house.join(await house.host())
    asker = await house.join(await house.guest())
    question = await asker.send("question.ask", body="Why are harbours lit yellow?")
    await host.send("question.publish", question_id=question["id"])
    voters = [await house.join(await house.guest()) for _ in range(5)]
    await host.wait_until(lambda room: len(room.questions) == 1)
    published: list[object] = []
    monkeypatch.setattr(house.services.hub.broker, "publish", published.append)
    monkeypatch.setattr(hub, "apart", lambda _: 3600.0)
    monkeypatch.setattr(hub, "moved_on", nothing)  # the look at the database, which a slow test would meet
    before = len(host.events)
    for voter in voters:
        await voter.send("question.vote", question_id=question["id"])
    assert Advanced(house.webinar.id) not in published
    house.services.hub._tell_votes(house.webinar.id)  # as at the end of the tick
    await host.wait_until(lambda room: room.questions[question["id"]]["votes"] == 5)
    assert published.count(Advanced(house.webinar.id)) == 1
    assert [event["type"] for event in host.events[before:]].count("question.changed") == 1


async def test_what_is_said_does_not_wait_for_the_tick_and_takes_the_votes_along(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    host = await house.join(await house.host())
    asker = await house.join(await house.guest())
    question = await asker.send("question.ask", body="Why are harbours lit yellow?")
    await host.send("question.publish", question_id=question["id"])
    monkeypatch.setattr(hub, "apart", lambda _: 3600.0)
    await asker.send("question.vote", question_id=question["id"])
    await asker.send("chat.send", body="I voted")
    await host.wait_until(lambda room: room.texts() == ["I voted"])
    await host.wait_until(lambda room: room.questions[question["id"]]["votes"] == 1)
