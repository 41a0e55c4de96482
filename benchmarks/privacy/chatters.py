"""People who chat in another webinar all the time, and how long each waits for the word that their message is kept."""

import asyncio
import random
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid4

import httpx

from webinar.client import RoomClient, Tickets
from webinar.clock import SystemClock
from webinar.db import Database
from webinar.models import Access, Account, Webinar, WebinarState
from webinar.realtime.protocol import commands
from webinar.registration.admission import open_session
from webinar.registration.join import join_open
from webinar.signing import Signer

CHATTERS = 30
PAUSE = 2.0  # seconds between two messages of one of them, on average


@dataclass
class Chat:
    """What they noticed since `forget`: seconds until each message was acknowledged."""

    waits: list[float] = field(default_factory=list)

    def forget(self) -> None:
        """Begins anew."""
        self.waits.clear()

    def percentile(self, percent: int) -> float | None:
        """The wait that `percent` of the messages stayed below, in milliseconds; None when too little was said."""
        if len(self.waits) < 2:
            return None
        return statistics.quantiles(self.waits, n=100, method="inclusive")[percent - 1] * 1000

    def longest(self) -> float:
        """In milliseconds."""
        return max(self.waits, default=0.0) * 1000


async def add_chatters(db: Database, account: Account) -> tuple[UUID, list[str]]:
    """A live webinar of the account, and the sessions of people in it."""
    now, signer = datetime.now(UTC), Signer("x" * 40, SystemClock())
    async with db.writing() as unit:
        webinar = Webinar(
            account_id=account.id,
            title="Harbours at night",
            state=WebinarState.LIVE,
            access=Access.OPEN,
            epoch=uuid4(),
            created_at=now,
        )
        unit.add(webinar)
        await unit.flush()
        tokens = []
        for number in range(CHATTERS):
            name = f"Talker {number}"
            person = await join_open(unit, signer, webinar, display_name=name, language="en", now=now)
            tokens.append((await open_session(unit, person, now)).token)
    return webinar.id, tokens


@asynccontextmanager
async def chatting(url: str, webinar: UUID, tokens: Sequence[str]) -> AsyncIterator[Chat]:
    """All of them chat until the block ends."""
    chat = Chat()
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=url, timeout=30, trust_env=False))
        rooms = [RoomClient(url, Tickets(http, webinar, token=token)) for token in tokens]
        for room in rooms:
            await stack.enter_async_context(room)
        talking = [asyncio.create_task(_talk(room, chat)) for room in rooms]
        try:
            yield chat
        finally:
            for task in talking:
                task.cancel()
            await asyncio.gather(*talking, return_exceptions=True)


async def _talk(room: RoomClient, chat: Chat) -> None:
    while True:
        await asyncio.sleep(random.uniform(0, 2 * PAUSE))
        began = time.perf_counter()
        await room.send(commands.ChatSend(client_id=uuid4(), body="Do you hear the tide?"))
        chat.waits.append(time.perf_counter() - began)
