"""The pace is that of a person, on however many sockets they speak (S4)."""

import asyncio
from uuid import uuid4

import pytest

from tests.support.room import House, Refused
from webinar.models import Access
from webinar.realtime.connection import HOST_PACE, READ_PACE
from webinar.realtime.rate import FULL_AGAIN, Buckets, Pace


async def test_somebody_on_many_sockets_or_come_back_speaks_no_more_than_on_one(house: House):
    guest, other = await house.guest(), await house.join(await house.guest())
    pages = [
        await house.join(guest),
        await house.join(guest),
        await house.join(await house.second_browser(guest)),
    ]
    for number in range(5):
        await pages[number % 3].send("chat.send", body=f"{number}")
    await pages[0].vanish()
    for page in (pages[1], await house.join(guest)):
        with pytest.raises(Refused, match="too_many"):
            await page.send("chat.send", body="6")
    await other.send("chat.send", body="My voice is my own")


async def test_reading_back_on_many_sockets_is_no_faster_than_on_one(house: House):
    guest = await house.guest()
    pages = [await house.join(guest) for _ in range(4)]
    asked = (page.send("chat.page", before=1) for page in pages for _ in range(10))
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert any(isinstance(answer, Refused) and answer.code == "too_many" for answer in answers)


async def test_viewers_without_a_name_read_back_each_at_a_pace_of_their_own(house: House):
    webinar = await house.open_webinar(access=Access.OPEN)
    viewers = [await house.join(house.viewer(webinar)) for _ in range(4)]
    asked = (viewer.send("chat.page", before=1) for viewer in viewers for _ in range(10))
    assert {answer["type"] for answer in await asyncio.gather(*asked)} == {"chat.paged"}


def test_the_buckets_of_those_who_fell_silent_are_dropped_once_they_are_full_again():
    now = [100.0]
    buckets, pace = Buckets(lambda: now[0]), Pace.of_participants(0.1)
    mira, sam = uuid4(), uuid4()
    while buckets.of(mira, pace).take() == 0:
        pass
    emptied = buckets.of(mira, pace)
    now[0] += FULL_AGAIN - 1
    assert buckets.of(mira, pace) is emptied
    now[0] += FULL_AGAIN
    buckets.of(sam, pace)
    assert buckets.of(mira, pace) is emptied, "used since the last turn"
    for _ in range(2):
        now[0] += FULL_AGAIN
        buckets.of(sam, pace)
    assert len(buckets) == 1
    fresh = buckets.of(mira, pace)
    assert fresh is not emptied
    assert [fresh.take() == emptied.take() for _ in range(6)] == [True] * 6, "dropping it gave nothing"


@pytest.mark.parametrize("pace", [Pace.of_participants(0.1), Pace.of_participants(100), HOST_PACE, READ_PACE])
def test_a_bucket_is_full_again_before_it_may_be_dropped(pace: Pace):
    assert pace.burst / pace.rate <= FULL_AGAIN


async def test_whoever_only_listens_has_no_bucket(house: House):
    client = await house.join(await house.guest())
    hub = house.services.hub
    assert (len(hub.talking), len(hub.reading)) == (0, 0)
    await client.send("chat.send", body="One")
    assert (len(hub.talking), len(hub.reading)) == (1, 0)
