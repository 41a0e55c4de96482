"""Group commit: what comes together becomes durable together, and nobody pays for anybody else."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel.ext.asyncio.session import AsyncSession

from tests.support.room import Event, House, Refused, RoomClient
from webinar.errors import WebinarError
from webinar.interaction.actor import Actor
from webinar.interaction.moderation import mute_participant
from webinar.realtime import commands, desk
from webinar.realtime.commands import Asked, Done, carry_out, send_messages
from webinar.realtime.protocol.commands import ChatSend, ParticipantMute


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many commands each commit had."""
    sizes: list[int] = []

    def counting(real: Callable[..., Any]) -> Callable[..., Any]:
        def counted(db: Any, asked: Sequence[Asked], **options: Any) -> Any:
            sizes.append(len(asked))
            return real(db, asked, **options)

        return counted

    for way in (carry_out, send_messages):
        monkeypatch.setattr(desk, way.__name__, counting(way))
    return sizes


async def while_the_database_is_busy(house: House, act: Callable[[], Awaitable[None]]) -> None:
    """Something that happens while somebody else writes."""
    async with house.services.db.writing() as db:
        await db.connection()
        await act()


async def all_waiting(house: House, count: int) -> None:
    """Until that many commands have come, the one that is being carried out included."""
    [room] = house.services.hub._rooms.values()
    async with asyncio.timeout(60):
        while not room.desk.busy or room.desk.waiting < count - 1:  # noqa: ASYNC110
            await asyncio.sleep(0)


async def answers(people: list[RoomClient], wanted: list[str]) -> list[Event]:
    """What each was answered."""

    def answer_to(ref: str) -> Callable[[Event], bool]:
        return lambda event: event.get("ref") == ref

    return [await person.wait_for(answer_to(ref)) for person, ref in zip(people, wanted, strict=True)]


async def say_together(house: House, people: list[RoomClient], bodies: list[str]) -> list[Event]:
    """Everybody says something while the database is busy, the first one first."""
    refs = [str(uuid4()) for _ in people]

    async def say() -> None:
        for number, (person, ref, body) in enumerate(zip(people, refs, bodies, strict=True), 1):
            await person.post("chat.send", client_id=ref, body=body)
            await all_waiting(house, number)

    await while_the_database_is_busy(house, say)
    return await answers(people, refs)


async def test_messages_that_come_during_a_commit_share_the_next_one(house: House, batches: list[int]):
    people = [await house.join(await house.guest()) for _ in range(6)]
    acks = await say_together(house, people, [f"{number}" for number in range(6)])
    assert batches == [1, 5]
    assert [ack["seq"] for ack in acks] == sorted(ack["seq"] for ack in acks)
    for person in people:
        await person.wait_until(lambda room: room.texts() == [f"{number}" for number in range(6)])


async def test_one_that_is_refused_is_refused_alone(house: House, batches: list[int]):
    passes = [await house.guest() for _ in range(4)]
    people = [await house.join(known) for known in passes]
    host = await house.join(await house.host())
    assert passes[2].participant
    await host.send("participant.mute", participant_id=passes[2].participant.id)
    batches.clear()
    answered = await say_together(house, people, ["first", "second", "from a muted one", " "])
    assert batches == [1, 3]
    assert [answer.get("code", "ack") for answer in answered] == ["ack", "ack", "muted", "invalid"]
    await host.wait_until(lambda room: room.texts() == ["first", "second"])


async def test_commands_of_other_kinds_keep_their_place_among_messages(house: House, batches: list[int]):
    """A message before a mute stands, one after it is refused, in one and the same commit."""
    known = await house.guest()
    rude, elsewhere, other, host = (
        await house.join(known),
        await house.join(await house.second_browser(known)),
        await house.join(await house.guest()),
        await house.join(await house.host()),
    )
    assert known.participant
    participant_id = known.participant.id
    refs = [str(uuid4()) for _ in range(4)]

    async def act() -> None:
        await other.post("chat.send", client_id=refs[0], body="hello")
        await all_waiting(house, 1)
        await rude.post("chat.send", client_id=refs[1], body="before")
        await all_waiting(house, 2)
        await host.post("participant.mute", client_id=refs[2], participant_id=participant_id)
        await all_waiting(house, 3)
        await elsewhere.post("question.ask", client_id=refs[3], body="after")
        await all_waiting(house, 4)

    await while_the_database_is_busy(house, act)
    answered = await answers([other, rude, host, elsewhere], refs)
    assert [answer.get("code", "ack") for answer in answered] == ["ack", "ack", "ack", "muted"]


async def test_a_refused_command_leaves_nothing_behind(house: House, monkeypatch: pytest.MonkeyPatch):
    """Others of the same commit are kept, what it had written is not."""
    host, guest = await house.join(await house.host()), await house.guest()
    assert guest.participant

    async def half(db: AsyncSession, actor: Actor, command: ParticipantMute, now: datetime) -> Done:
        await mute_participant(db, actor, command.participant_id, now=now)
        raise WebinarError("No.", code="refused")

    monkeypatch.setattr(commands, "_HANDLERS", {ParticipantMute: half})
    with pytest.raises(Refused, match="refused"):
        await host.send("participant.mute", participant_id=guest.participant.id)
    joined = await house.join(guest)
    assert joined.room.you
    assert not joined.room.you["muted"]


async def test_a_message_that_the_database_will_not_take_fails_alone(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    people = [await house.join(await house.guest()) for _ in range(4)]

    def picky(db: Any, asked: Sequence[Asked], **options: Any) -> Any:
        if any(isinstance(each.command, ChatSend) and each.command.body == "odd" for each in asked):
            raise IntegrityError("INSERT", None, Exception("not this one"))
        return send_messages(db, asked, **options)

    monkeypatch.setattr(desk, "send_messages", picky)
    answered = await say_together(house, people, ["1", "2", "odd", "4"])
    assert [answer.get("code", "ack") for answer in answered] == ["ack", "ack", "unavailable", "ack"]


async def test_a_database_that_is_away_is_asked_once_for_all(house: House, monkeypatch: pytest.MonkeyPatch):
    """Each of a hundred would otherwise wait for the same time limit, one after the other."""
    people = [await house.join(await house.guest()) for _ in range(4)]
    asked_for: list[int] = []

    def away(db: Connection, asked: Sequence[Asked], **_: Any) -> Any:
        asked_for.append(len(asked))
        raise OperationalError("COMMIT", None, Exception("locked"))

    monkeypatch.setattr(desk, "send_messages", away)
    answered = await say_together(house, people, ["1", "2", "3", "4"])
    assert [answer["code"] for answer in answered] == ["unavailable"] * 4
    assert asked_for == [1, 3]
