"""Three hundred people in one room."""

import asyncio
import logging
from itertools import pairwise

import pytest

from tests.support import room
from tests.support.room import House, RoomClient

CROWD = 300


async def test_three_hundred_viewers_chat_without_an_error_in_the_log(
    house: House, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    # The server and all three hundred share one loop here: 90,000 deliveries take their time.
    monkeypatch.setattr(room, "PATIENCE", 60)
    caplog.set_level(logging.INFO)
    passes = [await house.guest(f"Person {number}") for number in range(CROWD)]
    people: list[RoomClient] = []
    for start in range(0, CROWD, 50):
        people += await asyncio.gather(*(house.join(known) for known in passes[start : start + 50]))
    acks = await asyncio.gather(
        *(person.send("chat.send", body=f"I am number {number}") for number, person in enumerate(people))
    )
    wanted = {ack["id"] for ack in acks}
    assert len(wanted) == CROWD
    for person in people:
        await person.wait_until(lambda seen: wanted <= seen.messages.keys())
    expected = people[0].room.shown()["messages"]
    for person in people:
        assert person.room.shown()["messages"] == expected
        posted = [event for event in person.events if event["type"] == "chat.posted"]
        assert len(posted) == len({event["message"]["id"] for event in posted}) == CROWD
        assert all(earlier["seq"] < later["seq"] for earlier, later in pairwise(posted))
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
