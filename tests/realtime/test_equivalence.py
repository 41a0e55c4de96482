"""R4: a snapshot and the events after it make the same room as a fresh snapshot, for every kind of event."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from tests.support.room import House, Pass, RoomClient, RoomFold
from webinar.interaction.moderation import show_new_name
from webinar.models import Participant, WebinarState
from webinar.realtime import connection
from webinar.realtime.protocol.events import DurableEvent
from webinar.realtime.rate import Pace
from webinar.webinars.catalogue import get_webinar
from webinar.webinars.order import mark_state


@dataclass
class Cast:
    """Everybody who may see a room differently: the author, somebody else, a second host."""

    house: House
    passes: dict[str, Pass]
    clients: dict[str, RoomClient]

    async def host(self, kind: str, **fields: Any) -> dict[str, Any]:
        return await self.clients["host"].send(kind, **fields)

    async def author(self, kind: str, **fields: Any) -> dict[str, Any]:
        return await self.clients["author"].send(kind, **fields)

    async def other(self, kind: str, **fields: Any) -> dict[str, Any]:
        return await self.clients["other"].send(kind, **fields)

    @property
    def author_id(self) -> UUID:
        participant = self.passes["author"].participant
        assert participant
        return participant.id

    async def write(self, act: Callable[[AsyncSession], Awaitable[Any]]) -> None:
        async with self.house.services.db.writing() as db:
            await act(db)
        await self.house.services.hub.advanced(self.house.webinar.id)

    async def asked(self, *, published: bool = True, anonymous: bool = False) -> str:
        ack = await self.author("question.ask", body="Why?", anonymous=anonymous)
        if published:
            await self.host("question.publish", question_id=ack["id"])
        question_id: str = ack["id"]
        return question_id


@pytest.fixture
async def cast(house: House, monkeypatch: pytest.MonkeyPatch) -> Cast:
    house.services.hub.pace = Pace(1000.0, 1000)
    monkeypatch.setattr(connection, "HOST_PACE", Pace(1000.0, 1000))
    author = await house.guest("Author")
    passes = {
        "author": author,
        "author_elsewhere": await house.second_browser(author),
        "other": await house.guest("Other"),
        "host": await house.host(),
        "second_host": await house.host("Second"),
    }
    return Cast(house, passes, {name: await house.join(known) for name, known in passes.items()})


async def chat(cast: Cast) -> None:
    await cast.author("chat.send", body="Hello")
    await cast.host("chat.send", body="Welcome")


async def announcement(cast: Cast) -> None:
    await cast.host("chat.announce", body="We start at eight")
    await cast.host("chat.announce", body="We start at nine")


async def removal(cast: Cast) -> None:
    said = await cast.author("chat.send", body="Rude")
    announced = await cast.host("chat.announce", body="Wrong")
    await cast.host("chat.remove", message_id=said["id"])
    await cast.host("chat.remove", message_id=announced["id"])


async def pending(cast: Cast) -> None:
    await cast.asked(published=False)


async def publishing(cast: Cast) -> None:
    await cast.asked(anonymous=True)
    await cast.asked()


async def answering(cast: Cast) -> None:
    await cast.host("question.answer", question_id=await cast.asked(), answer="Because.")
    await cast.host("question.answer", question_id=await cast.asked(published=False))


async def dismissing(cast: Cast) -> None:
    await cast.host("question.dismiss", question_id=await cast.asked())
    await cast.host("question.dismiss", question_id=await cast.asked(published=False))
    back = await cast.asked()
    await cast.host("question.dismiss", question_id=back)
    await cast.host("question.publish", question_id=back)


async def pinning(cast: Cast) -> None:
    first, second = await cast.asked(), await cast.asked()
    await cast.host("question.pin", question_id=first)
    await cast.host("question.pin", question_id=second)
    await cast.host("question.unpin", question_id=second)
    await cast.host("question.pin", question_id=first)


async def voting(cast: Cast) -> None:
    first, second = await cast.asked(), await cast.asked()
    for question_id in (first, second):
        await cast.author("question.vote", question_id=question_id)
        await cast.other("question.vote", question_id=question_id)
    await cast.author("question.unvote", question_id=first)


async def muting(cast: Cast) -> None:
    await cast.host("participant.mute", participant_id=cast.author_id)


async def unmuting(cast: Cast) -> None:
    await muting(cast)
    await cast.host("participant.unmute", participant_id=cast.author_id)


async def banning(cast: Cast) -> None:
    await cast.author("chat.send", body="Rude")
    await cast.asked()
    await cast.host("participant.ban", participant_id=cast.author_id)


async def renaming(cast: Cast) -> None:
    await chat(cast)
    await cast.asked()
    await cast.asked(published=False)

    async def rename(db: AsyncSession) -> None:
        person = await db.get_one(Participant, cast.author_id)
        person.display_name = "A new name"
        await db.flush()
        await show_new_name(db, cast.house.webinar.id, person.id)

    await cast.write(rename)


async def webinar_changing(cast: Cast) -> None:
    async def change(db: AsyncSession) -> None:
        webinar = await get_webinar(db, cast.house.account.id, cast.house.webinar.id)
        webinar.title, webinar.state = "Another title", WebinarState.PAUSED
        webinar.chat_enabled = False
        await mark_state(db, webinar)

    await cast.write(change)


Happening = Callable[[Cast], Awaitable[None]]
HAPPENINGS: tuple[Happening, ...] = (
    chat,
    announcement,
    removal,
    pending,
    publishing,
    answering,
    dismissing,
    pinning,
    voting,
    muting,
    unmuting,
    banning,
    renaming,
    webinar_changing,
)
BARRED: dict[Happening, set[str]] = {banning: {"author", "author_elsewhere"}}


def shows(expected: dict[str, Any], room: RoomFold) -> bool:
    return room.shown() == expected


async def settle(cast: Cast, names: list[str]) -> None:
    """Wait until everybody has seen everything: the number in an announcement that is made last."""
    ack = await cast.host("chat.announce", body="That was all")
    for name in names:
        await cast.clients[name].wait_until(lambda room: ack["id"] in room.messages)


@pytest.mark.parametrize("happening", HAPPENINGS)
async def test_events_make_the_room_that_a_fresh_snapshot_shows(cast: Cast, happening: Happening):
    await happening(cast)
    names = [name for name in cast.clients if name not in BARRED.get(happening, set())]
    await settle(cast, names)
    for name in names:
        fresh = await cast.house.join(cast.passes[name])
        expected = fresh.room.shown()
        await cast.clients[name].wait_until(partial(shows, expected))
        assert [event["type"] for event in cast.clients[name].events].count("snapshot") == 1


async def test_every_durable_event_is_among_them(cast: Cast):
    for happening in HAPPENINGS:
        if happening not in {banning, webinar_changing}:
            await happening(cast)
    await cast.host("participant.unmute", participant_id=cast.author_id)
    await banning(cast)
    await webinar_changing(cast)
    await settle(cast, ["other", "host"])
    seen = {event["type"] for name in ("other", "host") for event in cast.clients[name].events}
    assert {kind.__struct_config__.tag for kind in DurableEvent.__args__} <= seen
