"""R1: 200 people talk while the server is killed (SIGKILL) 20 times at random moments.

Then everybody's chat is compared with the database: what was acknowledged must be there, once, and all must have
heard the same in the same order.
"""

import asyncio
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Protocol
from uuid import UUID, uuid4

import httpx
from sqlmodel import col, select

from benchmarks.harness import table
from webinar.accounts.accounts import AccountData, create_account
from webinar.accounts.users import NewUser
from webinar.client import BackOff, ChatLog, RoomClient, Tickets
from webinar.clock import SystemClock
from webinar.db import Database
from webinar.models import Access, ChatMessage, Role, Webinar, WebinarState
from webinar.realtime.protocol import commands, events
from webinar.registration.admission import open_session
from webinar.registration.join import join_open
from webinar.schema import migrate
from webinar.server import listen
from webinar.signing import Signer

SECRET = "a secret of the benchmarks, long enough to sign with"
CLIENTS, KILLS = 200, 20
ALIVE = (0.3, 6.0)  # seconds between the server's start and its death
# A server that dies every few seconds would meet clients that have become careful.
EAGER = BackOff(longest=2.0)
PATIENCE = 90.0  # seconds until a server has begun, or ended politely
CATCH_UP = 120.0  # seconds until everybody must have everything


@dataclass
class Outcome:
    """What came out; every figure but `acked` and `seconds` must be 0."""

    acked: int = 0
    seconds: float = 0.0
    lost: int = 0  # acknowledged, and not in the database
    doubled: int = 0  # in the database more than once, or delivered more than once
    unheard: int = 0  # in the database, and not with a client
    disordered: int = 0  # clients whose order is not the database's

    @property
    def faultless(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.lost or self.doubled or self.unheard or self.disordered)


@dataclass
class Talker:
    """Somebody who talks and listens until told to stop."""

    name: str
    token: str
    chat: ChatLog = field(default_factory=ChatLog)
    acked: set[UUID] = field(default_factory=set)
    arrived_in_order: bool = True
    # When they came in, and when they were told to come back in how many milliseconds; in seconds of this process.
    arrivals: list[float] = field(default_factory=list)
    summons: list[tuple[float, int]] = field(default_factory=list)
    _last: int = -1

    def hear(self, event: events.AnyEvent) -> None:
        """Takes an event, and looks whether messages come as they were posted."""
        if isinstance(event, events.Welcome):
            self.arrivals.append(time.monotonic())
        elif isinstance(event, events.Reconnect):
            self.summons.append((time.monotonic(), event.after_ms))
        self.chat.take(event)
        if isinstance(event, events.Snapshot) and event.messages:
            places = [message.posted_seq for message in event.messages]
            self.arrived_in_order &= all(earlier < later for earlier, later in pairwise(places))
            self._last = max(self._last, places[-1])
        elif isinstance(event, events.ChatPosted):
            self.arrived_in_order &= event.message.posted_seq > self._last
            self._last = event.message.posted_seq

    async def talk(self, room: RoomClient, pause: float, stop: asyncio.Event) -> None:
        """Says one thing after the other; each is acknowledged before the next."""
        turn = 0
        while not stop.is_set():
            said = commands.ChatSend(client_id=uuid4(), body=f"{self.name}.{turn}")
            self.acked.add((await room.send(said)).id)  # type: ignore[union-attr]
            turn += 1
            await asyncio.sleep(random.uniform(0, 2 * pause))

    async def fill_holes(self, room: RoomClient) -> None:
        """Reads the pages that a snapshot left out."""
        while (before := self.chat.hole_before) is not None:
            await room.send(commands.ChatPage(client_id=uuid4(), before=before))


class HasAddress(Protocol):
    """Whatever people can join a room at."""

    @property
    def url(self) -> str: ...


class Server:
    """`webinar serve` in a process of its own, at one address for all its lives."""

    def __init__(self, data: Path, *options: str, **environment: str) -> None:
        with listen("127.0.0.1", 0) as found:
            self.port = found.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._command = ("-m", "webinar", "serve", "--port", str(self.port), "--data", str(data), *options)
        self._environment = {"WEBINAR_SECRET_KEY": SECRET, "WEBINAR_LOG_FORMAT": "json", **environment}
        self._process: asyncio.subprocess.Process | None = None
        # A file for what it logs, where that is wanted.
        self.log = Path(os.devnull)

    async def start(self) -> None:
        """Returns once it answers."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *self._command,
                env={**os.environ, **self._environment},
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            async for line in self._process.stdout:
                if line.startswith(b"Ready"):
                    return
        raise RuntimeError("the server ended before it was ready")

    def tell(self, what: signal.Signals) -> None:
        """Tells the process something."""
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(what)

    async def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """Ends it as a machine that loses its power does, without a last word; or politely, with SIGTERM."""
        self.tell(how)
        if self._process is None:
            return
        try:
            async with asyncio.timeout(PATIENCE):
                await self._process.communicate()
        except TimeoutError:
            self.tell(signal.SIGKILL)
            raise


async def run(
    clients: int,
    kills: int,
    data: Path,
    *,
    pause: float = 4.0,
    alive: tuple[float, float] = ALIVE,
    back_off: BackOff | None = None,
) -> Outcome:
    """Runs it once in the empty folder `data`.

    `pause` is the mean pause of each talker, `alive` the range of a server's lifetimes, both in seconds.
    """
    database = sqlite_in(data)
    webinar, talkers = await prepare(database, clients)
    server, stop, began = Server(data), asyncio.Event(), time.monotonic()
    await server.start()
    try:
        async with rooms(server, webinar, talkers, back_off) as found:
            async with asyncio.TaskGroup() as group:
                for talker, room in zip(talkers, found, strict=True):
                    group.create_task(talker.talk(room, pause, stop))
                for _ in range(kills):
                    await asyncio.sleep(random.uniform(*alive))
                    await server.kill()
                    await server.start()
                stop.set()
            await settle(database, webinar, talkers, found)
    finally:
        await server.kill()
    outcome = await compare(database, webinar, talkers)
    outcome.seconds = time.monotonic() - began
    return outcome


@asynccontextmanager
async def rooms(
    server: HasAddress, webinar: Webinar, talkers: list[Talker], back_off: BackOff | None
) -> AsyncIterator[list[RoomClient]]:
    """Everybody's way into the room, in their order."""
    async with AsyncExitStack() as stack:
        limits = httpx.Limits(max_connections=20)
        client = httpx.AsyncClient(base_url=server.url, limits=limits, timeout=30, trust_env=False)
        http = await stack.enter_async_context(client)
        opened = []
        for talker in talkers:
            tickets = Tickets(http, webinar.id, token=talker.token)
            room = RoomClient(server.url, tickets, on_event=talker.hear, back_off=back_off)
            opened.append(await stack.enter_async_context(room))
        yield opened


async def settle(database: str, webinar: Webinar, talkers: list[Talker], found: list[RoomClient]) -> None:
    """Waits until everybody has been given everything, or long enough."""
    try:
        async with asyncio.timeout(CATCH_UP):
            while True:
                await asyncio.sleep(0.5)
                await asyncio.gather(
                    *(one.fill_holes(room) for one, room in zip(talkers, found, strict=True))
                )
                kept = set(await _kept(database, webinar))
                if all(kept <= talker.chat.messages.keys() for talker in talkers):
                    return
    except TimeoutError:
        print("not everybody has caught up", file=sys.stderr)


async def compare(database: str, webinar: Webinar, talkers: list[Talker]) -> Outcome:
    """What everybody has, beside what the database has."""
    kept = await _kept(database, webinar)
    order = list(kept)
    acked = set().union(*(talker.acked for talker in talkers))
    return Outcome(
        acked=len(acked),
        lost=len(acked - kept.keys()),
        doubled=sum(times - 1 for times in Counter(kept.values()).values())
        + sum(talker.chat.doubled for talker in talkers),
        unheard=sum(len(kept.keys() - talker.chat.messages.keys()) for talker in talkers),
        disordered=sum(
            not talker.arrived_in_order or [said.id for said in talker.chat.in_order()] != order
            for talker in talkers
        ),
    )


async def _kept(database: str, webinar: Webinar) -> dict[UUID, str]:
    """The messages that the database holds, in order, with their texts."""
    db = Database(database)
    async with db.reading() as unit:
        rows = await unit.exec(
            select(ChatMessage.id, ChatMessage.body)
            .where(col(ChatMessage.webinar_id) == webinar.id)
            .order_by(col(ChatMessage.posted_seq))
        )
        kept = dict(rows.all())
    await db.close()
    return kept


async def prepare(database: str, clients: int) -> tuple[Webinar, list[Talker]]:
    """A live, open webinar, and people in it."""
    await asyncio.to_thread(migrate, database)
    db, signer, now = Database(database), Signer(SECRET, SystemClock()), datetime.now(UTC)
    async with db.writing() as unit:
        owner = NewUser("owner@polder.example.com", "Owner", Role.OWNER)
        account, _ = await create_account(unit, AccountData(name="Polder"), owner, now)
        webinar = Webinar(
            account_id=account.id,
            title="Dikes that breathe",
            state=WebinarState.LIVE,
            access=Access.OPEN,
            epoch=uuid4(),
            created_at=now,
        )
        unit.add(webinar)
        await unit.flush()
        talkers = []
        for number in range(clients):
            name = f"Talker {number}"
            person = await join_open(unit, signer, webinar, display_name=name, language="en", now=now)
            talkers.append(Talker(name, (await open_session(unit, person, now)).token))
    await db.close()
    return webinar, talkers


def sqlite_in(data: Path) -> str:
    """The URL of the database in a data folder."""
    return f"sqlite+aiosqlite:///{data / 'webinar.sqlite3'}"


async def main() -> None:
    """The full size."""
    with tempfile.TemporaryDirectory(prefix="webinar-kills-") as folder:
        outcome = await run(CLIENTS, KILLS, Path(folder), back_off=EAGER)
    heads = ("clients", "kills", "acked", "lost", "doubled", "unheard", "disordered", "seconds")
    figures = (CLIENTS, KILLS, outcome.acked, outcome.lost, outcome.doubled, outcome.unheard)
    table([heads, (*figures, outcome.disordered, outcome.seconds)], "All but acked and seconds must be 0.")
    if not outcome.faultless:
        sys.exit(1)
