"""People in a room over real sockets: a small client of the protocol, and a server with webinars to join."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from tests.support.installation import SECRET, MovableClock
from tests.support.samples import make_account, make_participant, make_webinar
from tests.support.serving import serving
from webinar.accounts.sessions import start_session
from webinar.app import create_app
from webinar.models import Access, Account, Participant, Role, User, Webinar, WebinarState
from webinar.realtime.tickets import issue_ticket
from webinar.registration.admission import open_session
from webinar.routes.context import Services
from webinar.settings import Settings

Event = dict[str, Any]
PATIENCE = 30  # seconds until what doesn't come fails the test
SHOWN = 200
PLAIN = {"ws": "websockets-sansio"}


@dataclass
class Pass:
    """What lets somebody in: their session, and whom it stands for."""

    webinar: Webinar
    participant: Participant | None = None
    user: User | None = None
    session_id: UUID | None = None
    token: str = ""


class Refused(Exception):
    """The server answered a command with an error."""

    def __init__(self, event: Event) -> None:
        super().__init__(f"{event['code']}: {event['message']} {event['fields']}")
        self.event = event
        self.code: str = event["code"]


class RoomClient:
    """Somebody in a room: everything they received, in order, and the room as those events make it look."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.events: list[Event] = []
        self.room = RoomFold()
        self.closed: tuple[int, str] | None = None
        self._answers: dict[str, asyncio.Future[Event]] = {}
        self._changed = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())

    async def send(self, kind: str, **fields: Any) -> Event:
        """Send a command and wait for its ack; raises Refused."""
        client_id = fields.pop("client_id", None) or str(uuid4())
        answered = self._answers[client_id] = asyncio.get_running_loop().create_future()
        await self.post(kind, client_id=client_id, **fields)
        async with asyncio.timeout(PATIENCE):
            answer: Event = await answered
        if answer["type"] == "error":
            raise Refused(answer)
        return answer

    async def post(self, kind: str, **fields: Any) -> None:
        """Send a command without waiting."""
        await self.socket.send(json.dumps({"type": kind, **fields}, default=str))

    async def wait_for(self, wanted: Callable[[Event], bool], *, since: int = 0) -> Event:
        """The first event that fits, among those received after the first `since`."""
        found: Event = await self._until(lambda: next(filter(wanted, self.events[since:]), None))
        return found

    async def wait_until(self, holds: Callable[["RoomFold"], object]) -> None:
        """Wait until the room looks like that."""
        await self._until(lambda: holds(self.room) or None)

    async def wait_closed(self) -> tuple[int, str]:
        """The code and reason with which the server closed."""
        code: tuple[int, str] = await self._until(lambda: self.closed)
        return code

    async def leave(self) -> None:
        """Go away properly."""
        await self.socket.close()
        await self._reading

    async def vanish(self) -> None:
        """Go away as a cut cable does."""
        self.socket.transport.abort()
        await self._reading

    async def _until(self, find: Callable[[], Any]) -> Any:
        async with asyncio.timeout(PATIENCE), self._changed:
            while (found := find()) is None:
                if self.closed:
                    raise ConnectionError(f"closed meanwhile: {self.closed}")
                await self._changed.wait()
            return found

    async def _read(self) -> None:
        try:
            async for frame in self.socket:
                event = json.loads(frame)
                async with self._changed:
                    self.events.append(event)
                    self.room.apply(event)
                    if answered := self._answers.pop(event.get("ref") or "", None):
                        answered.set_result(event)
                    self._changed.notify_all()
        except ConnectionClosed:
            pass
        async with self._changed:
            self.closed = (self.socket.close_code or 1006, self.socket.close_reason or "")
            for answered in self._answers.values():
                answered.set_exception(ConnectionError(f"closed meanwhile: {self.closed}"))
            self._changed.notify_all()


@dataclass
class RoomFold:
    """What a client makes of the events, in the simplest way: the twin of `room-store.js`."""

    epoch: str | None = None
    seq: int = -1
    you: Event | None = None
    webinar: Event | None = None
    announcement: Event | None = None
    messages: dict[str, Event] = field(default_factory=dict)
    questions: dict[str, Event] = field(default_factory=dict)
    participants: dict[str, Event] = field(default_factory=dict)
    viewers: int | None = None

    def apply(self, event: Event) -> None:
        match event:
            case {"type": "snapshot"}:
                self._reset(event)
            case {"type": "you.changed"}:
                self.you = event["you"]
                for question in event["questions"]:
                    self._put(self.questions, question)
            case {"type": "chat.posted" | "chat.removed", "message": message}:
                self._take(message)
            case {"question": question}:
                self._put(self.questions, question)
            case {"type": "question.withdrawn", "question_id": question_id, "seq": seq}:
                if self.questions.get(question_id, {"seq": seq})["seq"] < seq:
                    del self.questions[question_id]
            case {"participant": participant}:
                self._put(self.participants, participant)
            case {"webinar": webinar} if self.webinar is None or webinar["seq"] >= self.webinar["seq"]:
                self.webinar = webinar
            case {"viewers": viewers}:
                self.viewers = viewers
        if event["type"] not in {"ack", "welcome"}:
            self.seq = max(self.seq, event.get("seq", -1))

    def _reset(self, event: Event) -> None:
        self.epoch, self.seq = event["epoch"], event["seq"]
        self.webinar, self.announcement = event["webinar"], event["announcement"]
        for name in ("messages", "questions", "participants"):
            setattr(self, name, {item["id"]: item for item in event[name]})

    def _take(self, message: Event) -> None:
        self._put(self.messages, message)
        latest = self.announcement is None or message["posted_seq"] >= self.announcement["posted_seq"]
        if message["kind"] == "announcement" and latest:
            self.announcement = message

    def shown(self) -> dict[str, Any]:
        """All that a person sees, for comparing two clients."""
        messages = sorted(self.messages.values(), key=lambda message: message["posted_seq"])
        questions = sorted(self.questions.values(), key=lambda question: question["posted_seq"])
        moderated = [one for one in self.participants.values() if one["muted"] or one["banned"]]
        return {
            "epoch": self.epoch,
            "you": self.you,
            "webinar": self.webinar,
            "announcement": self.announcement,
            "messages": messages[-SHOWN:],
            "questions": questions,
            "participants": sorted(moderated, key=lambda one: one["id"]),
        }

    def texts(self) -> list[str]:
        """What can be read in the chat."""
        return [message["body"] for message in self.shown()["messages"] if not message["removed"]]

    @staticmethod
    def _put(items: dict[str, Event], item: Event) -> None:
        known = items.get(item["id"])
        if known is not None and known["seq"] > item["seq"]:
            return
        if "mine" in item and known is not None:
            item = {**item, "mine": item["mine"] or known["mine"]}
        items[item["id"]] = item


@dataclass
class House:
    """A served installation with one live webinar to begin with."""

    url: str
    app: Starlette
    clock: MovableClock
    account: Account
    webinar: Webinar
    clients: list[RoomClient] = field(default_factory=list)

    @property
    def services(self) -> Services:
        services: Services = self.app.state.services
        return services

    async def open_webinar(self, **values: Any) -> Webinar:
        """One more webinar of the account."""
        async with self.services.db.writing() as db:
            return await make_webinar(db, self.account, **{"state": WebinarState.LIVE, **values})

    async def guest(self, name: str = "Mira Castell", *, webinar: Webinar | None = None) -> Pass:
        """A participant, admitted in one browser."""
        webinar = webinar or self.webinar
        async with self.services.db.writing() as db:
            person = await make_participant(db, self.services.signer, webinar, display_name=name)
        return await self.second_browser(Pass(webinar, participant=person))

    async def second_browser(self, known: Pass) -> Pass:
        """The same participant, admitted in one more browser."""
        assert known.participant
        self.clock.move(seconds=1)  # whose session is the oldest must be plain
        async with self.services.db.writing() as db:
            opened = await open_session(db, known.participant, self.clock.now())
        return Pass(known.webinar, known.participant, None, opened.id, opened.token)

    async def host(self, name: str = "Noor Host", *, webinar: Webinar | None = None) -> Pass:
        """A host of the account, signed in."""
        address = f"{uuid4().hex}@example.org"
        user = User(
            account_id=self.account.id,
            email=address,
            email_key=address,
            name=name,
            role=Role.HOST,
            created_at=self.clock.now(),
        )
        async with self.services.db.writing() as db:
            db.add(user)
            await db.flush()
            started = await start_session(db, user, self.clock.now())
        return Pass(webinar or self.webinar, None, user, started.session.id, started.token)

    def viewer(self, webinar: Webinar) -> Pass:
        """Somebody nameless in an open webinar."""
        assert webinar.access is Access.OPEN
        return Pass(webinar)

    async def ticket(self, who: Pass) -> str:
        """A ticket as the endpoint issues it."""
        async with self.services.db.writing() as db:
            return await issue_ticket(
                db,
                who.webinar,
                now=self.clock.now(),
                participant_session_id=who.session_id if who.participant else None,
                user_session_id=who.session_id if who.user else None,
            )

    async def join(self, who: Pass, *, after: RoomFold | None = None) -> RoomClient:
        """Join a room, or (`after`) come back to it."""
        client = await self.connect()
        hello: Event = {"type": "hello", "ticket": await self.ticket(who)}
        if after is not None:
            hello |= {"epoch": after.epoch, "seq": after.seq}
            client.room = after
        await client.socket.send(json.dumps(hello))
        await client.wait_for(lambda event: event["type"] == "you.changed")
        return client

    async def connect(self, origin: str | None = None, **options: Any) -> RoomClient:
        """An open socket that has not said hello."""
        address = self.url.replace("http", "ws") + "/live"
        socket = await connect(
            address, origin=Origin(origin or self.url), compression=None, proxy=None, max_size=None, **options
        )
        client = RoomClient(socket)
        self.clients.append(client)
        return client


@asynccontextmanager
async def a_house(
    data_dir: Path,
    *,
    clock: MovableClock | None = None,
    like: House | None = None,
    server: dict[str, Any] | None = None,
    also: Callable[[int], socket.socket] | None = None,
    **settings: Any,
) -> AsyncIterator[House]:
    """Serve an installation whose database is migrated; `like` makes it one more instance of that one.

    `server` are options of uvicorn, `also` gives one more socket to listen on; `PLAIN` takes its own websocket protocol instead of ours.
    """
    clock = clock or (like.clock if like else MovableClock())
    apps: list[Starlette] = []

    def make_app(url: str) -> Starlette:
        values: dict[str, Any] = {"secret_key": SecretStr(SECRET), "data_dir": data_dir, **settings}
        apps.append(create_app(Settings(base_url=url, **values), clock=clock))
        return apps[0]

    async with serving(make_app, also=also, **(server or {})) as url:
        services: Services = apps[0].state.services
        if like:
            account, webinar = like.account, like.webinar
        else:
            async with services.db.writing() as db:
                account = await make_account(db)
                webinar = await make_webinar(db, account, state=WebinarState.LIVE, questions_moderated=True)
        house = House(url, apps[0], clock, account, webinar)
        try:
            yield house
        finally:
            async with AsyncExitStack() as stack:
                for client in house.clients:
                    stack.push_async_callback(client.leave)


@pytest.fixture
async def house(settings: Settings) -> AsyncIterator[House]:
    """A server on SQLite with a live webinar."""
    async with a_house(settings.data_dir) as opened:
        yield opened


@pytest.fixture(params=["direct", "plain"])
async def any_house(settings: Settings, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    """The same, once with sockets that are handed over and once over plain ASGI."""
    async with a_house(settings.data_dir, server=PLAIN if request.param == "plain" else None) as opened:
        yield opened
