"""A room that begins, or that everybody is shown anew: nothing that is said meanwhile is missing afterwards (R3)."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tests.contracts.test_handover import until
from tests.support.room import House, Pass, a_house
from webinar.interaction.actor import Actor
from webinar.interaction.chat import post_message
from webinar.models import Participant, ParticipantSession
from webinar.realtime import reception, room
from webinar.realtime.identity import fallen_from
from webinar.realtime.snapshot import read_snapshot
from webinar.settings import Settings
from webinar.webinars.order import new_epoch

WAITS = 20.0  # seconds that a reading is held at most
BEFORE_OTHERS = 15.0  # seconds: every 30 the hub asks about everybody anyway


class Held:
    """The next reading of a snapshot, held between the database's answer and its use."""

    def __init__(self) -> None:
        self.reading, self._go_on = asyncio.Event(), threading.Event()
        self._loop = asyncio.get_running_loop()

    def hold(self) -> None:
        self._loop.call_soon_threadsafe(self.reading.set)
        self._go_on.wait(WAITS)

    def go_on(self) -> None:
        self._go_on.set()


@pytest.fixture
async def held(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Callable[[], Held]]:
    """Has the next reading held."""
    found: list[Held] = []

    def reading(*arguments: Any, **options: Any) -> Any:
        snapshot = read_snapshot(*arguments, **options)
        if found and not found[-1].reading.is_set():
            found[-1].hold()
        return snapshot

    def next_one() -> Held:
        found.append(Held())
        return found[-1]

    monkeypatch.setattr(reception, "read_snapshot", reading)
    yield next_one
    for each in found:
        each.go_on()


def participant_of(who: Pass) -> Participant:
    assert who.participant
    return who.participant


async def say_elsewhere(house: House, who: Pass, body: str) -> None:
    """Says something past this instance."""
    async with house.services.db.writing() as db:
        actor = Actor(house.account.id, house.webinar.id, participant_id=participant_of(who).id)
        await post_message(db, actor, uuid4(), body, now=house.clock.now())


@asynccontextmanager
async def failing_once(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """The database is away for the first of the questions who may still be in the room."""
    failed = asyncio.Event()

    async def away(*arguments: Any) -> Any:
        if not failed.is_set():
            failed.set()
            raise OperationalError("SELECT", None, Exception("away"))
        return await fallen_from(*arguments)

    monkeypatch.setattr(room, "fallen_from", away)
    yield
    await until(failed.is_set)


async def test_what_is_said_while_everybody_is_shown_the_room_anew_is_there_afterwards(
    house: House, held: Callable[[], Held]
):
    host, mira = await house.join(await house.host()), await house.join(await house.guest())
    known = {person: len(person.events) for person in (host, mira)}
    reading = held()
    async with house.services.db.writing() as db:
        await new_epoch(db, house.webinar.id)
    await house.services.hub.advanced(house.webinar.id)
    await reading.reading.wait()
    await mira.send("chat.send", body="Meanwhile")
    reading.go_on()
    for person, seen in known.items():
        await person.wait_for(lambda event: event["type"] == "snapshot", since=seen)
    await mira.send("chat.send", body="Afterwards")
    for person in known:
        await person.wait_until(lambda room: room.texts() == ["Meanwhile", "Afterwards"])


async def test_whoever_comes_back_while_everybody_is_shown_an_older_picture_misses_nothing(
    house: House, held: Callable[[], Held], monkeypatch: pytest.MonkeyPatch
):
    """They have heard more than the picture shows, and then hear that again."""
    monkeypatch.setattr(room, "MOST_CHANGES", 1)
    guest, gone = await house.guest(), await house.guest()
    sam, mira = await house.join(guest), await house.join(gone)
    await sam.send("chat.send", body="0")
    await mira.wait_until(lambda room: room.texts() == ["0"])
    await mira.vanish()
    for number in (1, 2):
        await say_elsewhere(house, guest, f"{number}")
    reading = held()
    await house.services.hub.advanced(house.webinar.id)
    await reading.reading.wait()
    await sam.send("chat.send", body="3")
    back = await house.join(gone, after=mira.room)
    await back.wait_until(lambda room: room.texts() == ["0", "1", "2", "3"])
    reading.go_on()
    await back.wait_for(lambda event: event["type"] == "snapshot")
    await sam.send("chat.send", body="4")
    for person in (back, sam):
        await person.wait_until(lambda room: room.texts() == ["0", "1", "2", "3", "4"])


async def test_whoever_reads_first_as_a_room_begins_misses_nothing_that_others_read_sooner(
    house: House, settings: Settings, held: Callable[[], Held]
):
    here = await house.join(await house.guest())
    left = await house.guest()
    before = await house.join(left)
    await here.send("chat.send", body="1")
    await before.wait_until(lambda room: room.texts() == ["1"])
    await before.vanish()
    newcomer = await house.guest()
    async with a_house(settings.data_dir, like=house) as other:
        reading = held()
        joining = asyncio.create_task(other.join(newcomer))
        await reading.reading.wait()
        await here.send("chat.send", body="2")
        resumed = await other.join(left, after=before.room)
        await resumed.wait_until(lambda room: room.texts() == ["1", "2"])
        reading.go_on()
        late = await joining
        await late.wait_until(lambda room: room.texts() == ["1", "2"])


async def test_an_erasure_reaches_open_pages_though_the_database_is_away_for_a_moment(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    erased = await house.guest()
    talker, reader = await house.join(erased), await house.join(await house.guest())
    await talker.send("chat.send", body="Forget me")
    await reader.wait_until(lambda room: room.texts() == ["Forget me"])
    async with failing_once(monkeypatch):
        async with house.services.db.writing() as db:
            await db.delete(await db.get_one(Participant, participant_of(erased).id))
            await db.flush()
            await new_epoch(db, house.webinar.id)
        await house.services.hub.advanced(house.webinar.id)
        await reader.wait_until(lambda room: room.texts() == [])
        await talker.wait_closed()


async def test_whoever_was_signed_out_is_shut_out_though_the_database_is_away_for_a_moment(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    guest = await house.guest()
    mira = await house.join(guest)
    async with house.services.db.writing() as db:
        await db.delete(await db.get_one(ParticipantSession, guest.session_id))
    async with failing_once(monkeypatch):
        house.services.hub._rooms[house.webinar.id].check_standing()
        async with asyncio.timeout(BEFORE_OTHERS):
            await mira.wait_closed()


async def test_a_database_that_took_over_without_the_last_commits_is_believed(house: House):
    """It gives the same numbers again: whoever stayed would take what is new for what they know."""
    sam, mira = await house.join(await house.guest()), await house.join(await house.guest())
    for body in ("Kept", "Lost", "Lost too"):
        await sam.send("chat.send", body=body)
    await mira.wait_until(lambda room: room.texts() == ["Kept", "Lost", "Lost too"])
    async with house.services.db.writing() as db:
        connection = await db.connection()
        await connection.execute(text("DELETE FROM chat_message WHERE body LIKE 'Lost%'"))
        await connection.execute(text("UPDATE webinar SET last_seq = last_seq - 2"))
    await house.services.hub.advanced(house.webinar.id)
    await mira.wait_until(lambda room: room.texts() == ["Kept"])
    await sam.send("chat.send", body="New")
    await mira.wait_until(lambda room: room.texts() == ["Kept", "New"])
