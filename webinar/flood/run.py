"""Viewers who join and listen, and talkers whom they hear, in one process and one event loop."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID, uuid4

import httpx

from webinar.client import ChatLog, CommandRefused, RoomClient, RoomClosed, TicketRefused, Tickets
from webinar.client.room import Status
from webinar.client.tickets import refusal_of
from webinar.flood.figures import Figures
from webinar.realtime.protocol import commands, events

BATCH = 100  # tickets asked for at once
FRESH = 15.0  # seconds for which a ticket is kept; it works for 30
SETTLE = 10.0  # seconds for the last deliveries to arrive


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do: `viewers` join, `ramp` of them a second; then `talkers` say something every `pause` seconds."""

    base_url: str
    webinar_id: UUID
    proof: str
    viewers: int
    talkers: int
    seconds: float
    ramp: float
    pause: float = 1.0  # a participant may say one thing a second


class Wallet:
    """Tickets for all viewers, asked for many at a time."""

    def __init__(self, http: httpx.AsyncClient, plan: Plan) -> None:
        self._http, self._plan = http, plan
        self._tickets: deque[tuple[float, str]] = deque()
        self._lock = asyncio.Lock()

    async def __call__(self) -> str:
        """A ticket; raises TicketRefused."""
        async with self._lock:
            while self._tickets and time.monotonic() - self._tickets[0][0] > FRESH:
                self._tickets.popleft()
            if not self._tickets:
                await self._fetch()
            return self._tickets.popleft()[1]

    async def _fetch(self) -> None:
        plan = self._plan
        answer = await self._http.post(
            f"/api/v1/webinars/{plan.webinar_id}/flood",
            json={"proof": plan.proof, "tickets": min(BATCH, plan.viewers)},
        )
        if answer.status_code != HTTPStatus.OK:
            raise refusal_of(answer)
        now = time.monotonic()
        self._tickets.extend((now, ticket) for ticket in answer.json()["tickets"])


class Viewer:
    """Somebody who listens. When a message was said is known here, since the talkers share this process."""

    def __init__(self, figures: Figures, said_at: dict[UUID, float]) -> None:
        self._figures, self._said_at = figures, said_at
        self._began = time.monotonic()
        self.chat = ChatLog()
        self.joined = False
        self._status: Status = "closed"

    def hear(self, event: events.AnyEvent) -> None:
        """Takes an event, and its latency."""
        self.chat.take(event)
        if isinstance(event, events.ChatPosted) and event.message.client_id in self._said_at:
            self._figures.heard += 1
            self._figures.deliveries.append(time.monotonic() - self._said_at[event.message.client_id])

    def note(self, status: Status) -> None:
        """Takes how the connection stands."""
        if status == "open" and not self.joined:
            self.joined = True
            self._figures.joined += 1
            self._figures.joins.append(time.monotonic() - self._began)
        elif status == "waiting" and self._status == "open":
            self._figures.cuts += 1
        self._status = status


async def run_flood(plan: Plan) -> Figures:
    """Floods; raises TicketRefused when the installation does not let it, httpx's TransportError without an answer."""
    figures, said_at = Figures(plan.viewers), dict[UUID, float]()
    limits = httpx.Limits(max_connections=8)
    async with (
        httpx.AsyncClient(base_url=plan.base_url, limits=limits, timeout=30, trust_env=False) as http,
        AsyncExitStack() as stack,
    ):
        wallet = Wallet(http, plan)
        await wallet()  # refused at once, rather than by each viewer
        viewers: list[Viewer] = []
        rooms: list[RoomClient] = []
        for _ in range(plan.viewers):
            viewer = Viewer(figures, said_at)
            room = RoomClient(plan.base_url, wallet, on_event=viewer.hear, on_status=viewer.note)
            rooms.append(await stack.enter_async_context(room))
            viewers.append(viewer)
            await asyncio.sleep(1 / plan.ramp)
        await _within(SETTLE, lambda: figures.joined == plan.viewers)
        began = time.monotonic()
        said = await asyncio.gather(
            *(_talk(plan, number, figures, said_at) for number in range(plan.talkers))
        )
        known = set().union(*said)
        await _within(SETTLE, lambda: all(known <= viewer.chat.messages.keys() for viewer in viewers))
        figures.seconds = time.monotonic() - began
        figures.missed = sum(len(known - viewer.chat.messages.keys()) for viewer in viewers)
        figures.doubled = sum(viewer.chat.doubled for viewer in viewers)
        figures.closes.update([str(room.ended) for room in rooms if room.ended is not None])
    return figures


async def _talk(plan: Plan, number: int, figures: Figures, said_at: dict[UUID, float]) -> set[UUID]:
    """Says something again and again, as a participant with a name; gives the messages' ids."""
    said: set[UUID] = set()
    until = time.monotonic() + plan.seconds
    async with _talker(plan, number) as room:
        while time.monotonic() < until:
            command = commands.ChatSend(
                client_id=uuid4(), body=f"Load test {number + 1}, message {len(said) + 1}"
            )
            began = said_at[command.client_id] = time.monotonic()
            try:
                answer = await room.send(command)
            except (CommandRefused, RoomClosed) as error:
                figures.closes[str(error)] += 1
                break
            if isinstance(answer, events.Ack):
                said.add(answer.id)
            figures.said += 1
            figures.acks.append(time.monotonic() - began)
            await asyncio.sleep(plan.pause)
    return said


@asynccontextmanager
async def _talker(plan: Plan, number: int) -> AsyncIterator[RoomClient]:
    """A participant of the open webinar, who picked a name as everybody does."""
    async with httpx.AsyncClient(base_url=plan.base_url, timeout=30, trust_env=False) as http:
        named = await http.post(
            f"/w/{plan.webinar_id}/join",
            data={"display_name": f"Load test {number + 1}"},
            headers={"Origin": plan.base_url},
        )
        if named.status_code != HTTPStatus.SEE_OTHER:
            raise TicketRefused(named.status_code, "", "a talker could not pick a name")
        async with RoomClient(plan.base_url, Tickets(http, plan.webinar_id)) as room:
            yield room


async def _within(seconds: float, holds: Callable[[], bool]) -> None:
    """Waits until it holds, or that long."""
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:  # noqa: ASYNC110
        await asyncio.sleep(0.25)
