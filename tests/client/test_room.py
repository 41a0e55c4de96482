"""A script in a room: what it sends is done once, what it hears is all there is, whatever the line does."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlmodel import col, select
from starlette.applications import Starlette

from tests.support.proxy import proxy_to
from tests.support.room import House, Pass
from tests.support.serving import serving
from webinar.client import BackOff, ChatLog, CommandRefused, RoomClient, RoomClosed, TicketRefused, Tickets
from webinar.models import Access, ChatMessage
from webinar.realtime.codes import Close
from webinar.realtime.fanout.frames import frame_text
from webinar.realtime.protocol import commands, events
from webinar.realtime.rate import Pace

SOON = BackOff(first=0.01, longest=0.05)
PATIENCE = 30  # seconds until what doesn't come fails the test
CARRIES = (6_000, 6_000, 6_000, 60_000)  # bytes at most: less than the largest snapshot, but not every time


class Person:
    """A client whose events can be waited for."""

    def __init__(self) -> None:
        self.events: list[events.AnyEvent] = []
        self.chat = ChatLog()
        self._changed = asyncio.Event()
        self.client: RoomClient

    def hear(self, event: events.AnyEvent) -> None:
        self.events.append(event)
        self.chat.take(event)
        self._changed.set()

    async def until(self, holds: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not holds():
                self._changed.clear()
                await self._changed.wait()

    async def say(self, body: str) -> events.Ack:
        answer = await self.client.send(commands.ChatSend(client_id=uuid4(), body=body))
        assert isinstance(answer, events.Ack)
        return answer

    def texts(self) -> list[str]:
        return [message.body for message in self.chat.in_order()]


@asynccontextmanager
async def present(known: Pass, url: str, **options: Any) -> AsyncIterator[Person]:
    """Somebody in their room through a client of their own."""
    person = Person()
    async with httpx.AsyncClient(base_url=url, trust_env=False) as http:
        tickets = Tickets(http, known.webinar.id, token=known.token or None)
        person.client = RoomClient(url, tickets, on_event=person.hear, back_off=SOON, **options)
        async with person.client:
            yield person


async def posted(house: House) -> list[tuple[str, str]]:
    """What the database holds of the room's chat, in order."""
    async with house.services.db.reading() as db:
        rows = await db.exec(
            select(ChatMessage)
            .where(col(ChatMessage.webinar_id) == house.webinar.id)
            .order_by(col(ChatMessage.posted_seq))
        )
        return [(str(row.id), row.body) for row in rows]


async def test_a_script_says_something_and_others_hear_it(house: House):
    async with (
        present(await house.guest(), house.url) as mira,
        present(await house.guest(), house.url) as sam,
    ):
        ack = await mira.say("Good evening")
        await sam.until(lambda: ack.id in sam.chat.messages)
        assert sam.texts() == ["Good evening"]


async def test_a_refused_command_raises_what_the_server_said(house: House):
    async with present(await house.guest(), house.url) as mira:
        with pytest.raises(CommandRefused, match="invalid"):
            await mira.say("   ")
        with pytest.raises(ValueError, match="bytes"):
            await mira.say("€" * 8000)
        assert (await mira.say("Still here")).seq > 0


async def test_a_command_that_is_sent_many_times_at_once_has_one_answer_for_all(house: House):
    """Whoever stops waiting takes it from nobody else."""
    command = commands.ChatSend(client_id=uuid4(), body="Only once")
    async with present(await house.guest(), house.url) as mira:
        one, *others = [asyncio.create_task(mira.client.send(command)) for _ in range(100)]
        one.cancel()
        async with asyncio.timeout(PATIENCE):
            answers = await asyncio.gather(*others)
        assert {answer.ref for answer in answers} == {command.client_id}
        assert await mira.client.send(command) == answers[0]
    assert [body for _, body in await posted(house)] == ["Only once"]


async def test_commands_that_come_too_fast_wait_and_keep_their_order(house: House):
    house.services.hub.pace = Pace(20.0, 2)
    async with present(await house.guest(), house.url) as mira:
        await asyncio.gather(*(mira.say(f"{number}") for number in range(10)))
        await mira.until(lambda: len(mira.texts()) == 10)
    assert mira.texts() == [f"{number}" for number in range(10)]


@pytest.mark.parametrize("seed", range(3))
async def test_a_line_that_breaks_at_any_byte_loses_and_doubles_nothing(house: House, seed: int):
    """R1, R3, R12: every acknowledged message once, in one order, for everybody and in the database."""
    house.services.hub.pace = Pace(1000.0, 1000)
    chance = random.Random(seed)
    guests = [await house.guest(f"Guest {number}") for number in range(4)]
    async with (
        proxy_to(house.url, lambda: chance.randint(1, chance.choice(CARRIES))) as line,
        AsyncExitStack() as stack,
    ):
        people = [await stack.enter_async_context(present(guest, line.url)) for guest in guests]
        await asyncio.gather(*(_talk(person, number) for number, person in enumerate(people)))
        kept = await posted(house)
        for person in people:
            await person.until(partial(_has_heard, person, len(kept)))
    assert sorted(body for _, body in kept) == sorted(
        f"{who}.{turn}" for who in range(4) for turn in range(10)
    )
    assert line.cuts > len(people)
    for person in people:
        assert [(str(said.id), said.body) for said in person.chat.in_order()] == kept
        assert [str(one) for one in person.chat.arrived] == [identity for identity, _ in kept]
        assert person.chat.doubled == 0


def _has_heard(person: Person, messages: int) -> bool:
    return len(person.chat.messages) == messages


async def _talk(person: Person, number: int) -> None:
    for turn in range(10):
        await person.say(f"{number}.{turn}")


async def test_who_comes_back_resumes_without_a_snapshot(house: House):
    guest, other = await house.guest(), await house.guest()
    async with (
        proxy_to(house.url) as line,
        present(guest, line.url) as mira,
        present(other, house.url) as sam,
    ):
        await sam.say("1")
        await mira.until(lambda: mira.texts() == ["1"])
        await line.close()
        await sam.say("2")
        await mira.until(lambda: mira.texts() == ["1", "2"])
    kinds = [type(event) for event in mira.events]
    assert kinds.count(events.Snapshot) == 1
    assert [event.recovered for event in mira.events if isinstance(event, events.Welcome)] == [False, True]
    assert kinds.count(events.ChatPosted) == 2


async def test_who_is_told_to_stay_away_does_not_come_back(house: House):
    guest = await house.guest()
    statuses: list[str] = []
    async with present(guest, house.url, on_status=statuses.append) as mira:
        await mira.say("Before")
        assert guest.session_id
        await house.services.hub.revoke(guest.session_id)
        assert (await mira.client.closed()).code == Close.REVOKED
        with pytest.raises(RoomClosed, match="4501"):
            await mira.say("After")
    assert statuses == ["connecting", "open", "closed"]


async def test_who_gets_no_ticket_is_told_why(house: House):
    async with present(Pass(house.webinar), house.url) as nobody:
        why = await nobody.client.closed()
    assert (why.code, why.reason) == (401, "not_signed_in")


async def test_a_nameless_viewer_reads_along_in_an_open_webinar(house: House):
    open_webinar = await house.open_webinar(access=Access.OPEN)
    async with present(house.viewer(open_webinar), house.url) as viewer:
        await viewer.until(lambda: viewer.client.cursor.seq is not None)
        with pytest.raises(CommandRefused, match="read_only"):
            await viewer.say("Hello?")


async def test_an_event_of_a_newer_version_is_passed_over(house: House):
    async with present(await house.guest(), house.url) as mira:
        ack = await mira.say("Before")
        for member in next(iter(house.services.hub._rooms.values())).members:
            member.line.send(frame_text(b'{"type": "from.the.future"}'))
        after = await mira.say("After")
        await mira.until(lambda: {ack.id, after.id} <= mira.chat.messages.keys())


async def test_a_script_that_fails_while_it_hears_is_told_so_and_waits_for_nothing(house: House):
    def fails(_: events.AnyEvent) -> None:
        raise LookupError

    guest = await house.guest()
    async with httpx.AsyncClient(base_url=house.url, trust_env=False) as http:
        tickets = Tickets(http, house.webinar.id, token=guest.token)
        room = await RoomClient(house.url, tickets, on_event=fails).__aenter__()
        async with asyncio.timeout(PATIENCE):
            with pytest.raises(RoomClosed, match="1011 LookupError"):
                await room.send(commands.ChatSend(client_id=uuid4(), body="Is anybody there?"))
        with pytest.raises(LookupError):
            await room.__aexit__()


@pytest.mark.parametrize(
    ("answer", "for_good"),
    [
        (httpx.Response(200, html="<p>Back soon</p>"), False),
        (httpx.Response(200, json=["another thing"]), False),
        (httpx.Response(503, html="<p>Back soon</p>"), False),
        (httpx.Response(301, headers={"location": "https://webinar.example.org"}), True),
        (httpx.Response(404), True),
    ],
    ids=["a page", "other JSON", "a failure", "another address for good", "nothing here"],
)
async def test_an_answer_that_is_no_ticket_is_one_that_was_refused(answer: httpx.Response, for_good: bool):
    proxy = httpx.MockTransport(lambda _: answer)
    async with httpx.AsyncClient(base_url="https://webinar.example.org", transport=proxy) as http:
        with pytest.raises(TicketRefused) as refused:
            await Tickets(http, uuid4())()
    assert refused.value.for_good is for_good


async def test_a_socket_that_is_refused_is_not_tried_for_ever():
    """As when a script goes past the proxy to a port where the installation does not know itself."""

    async def ticket() -> str:
        return "one"

    async with serving(lambda _: Starlette()) as url, RoomClient(url, ticket) as room:
        async with asyncio.timeout(PATIENCE):
            assert (await room.closed()).code == 403


async def test_whoever_is_cancelled_while_they_leave_is_cancelled():
    """Their timeout would never come, and a group of tasks would wait for what was to end."""
    inside, leaving, gone = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def ticket() -> str:
        inside.set()
        try:
            await asyncio.Event().wait()
        finally:
            leaving.set()
            await gone.wait()
        raise AssertionError

    async def come_and_leave() -> None:
        async with room:
            await inside.wait()

    room = RoomClient("http://127.0.0.1", ticket)
    visit = asyncio.create_task(come_and_leave())
    await leaving.wait()
    visit.cancel()
    async with asyncio.timeout(PATIENCE):
        await asyncio.wait({visit})
        assert visit.cancelled()
        gone.set()
        assert (await room.closed()).code == 1000
