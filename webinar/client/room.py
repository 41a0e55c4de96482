"""A person's place in a room, held through every interruption.

    connecting ──welcome──→ open ──cut──→ waiting ──→ connecting …
        └──────── told to stay away ──────→ closed ←──┘

One command is on its way at a time: commands are carried out in the order in which they were given, whatever breaks
between. What was not answered is sent again with its `client_id`, and the server does it once.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Literal
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.typing import Origin

from webinar.client.backoff import BackOff
from webinar.client.cursor import Cursor
from webinar.client.tickets import TicketRefused
from webinar.realtime.protocol import commands, events

STEADY = 10.0  # seconds: a connection that lasted this long starts the back-off anew
SILENCE = 45.0  # seconds: the server says something at least every twenty
STAY_AWAY = range(4500, 5000)  # close codes
ABNORMAL = 1006
FAILED = 1011  # here, not at the server's end
AGAIN = frozenset({"too_many", "unavailable"})  # errors that mean: the same once more
AWAY = (ConnectionClosed, InvalidHandshake, OSError, TimeoutError, httpx.TransportError)

Status = Literal["connecting", "open", "waiting", "closed"]
Answer = events.Ack | events.ChatPaged
TicketSource = Callable[[], Awaitable[str]]

_decoder: msgspec.json.Decoder[events.AnyEvent] = msgspec.json.Decoder(events.AnyEvent)
_encoder = msgspec.json.Encoder()


class CommandRefused(Exception):
    """The server refused a command; `event` says why."""

    def __init__(self, event: events.Error) -> None:
        super().__init__(f"{event.code}: {event.message}")
        self.event = event


class RoomClosed(Exception):
    """The room is closed for good: `code` is a close code from 4500 on, the HTTP status of a ticket or of `/live`,
    1000 by ourselves, or 1011 when `on_event`, `on_status` or the source of tickets raised something.
    """

    def __init__(self, code: int, reason: str = "") -> None:
        super().__init__(f"{code} {reason}".rstrip())
        self.code, self.reason = code, reason


class RoomClient:
    """Joins the room of whoever `tickets` stand for, at the installation `base_url`. Use as a context manager.

    `on_event` hears everything new, once and in order, `ack` and `error` included; a snapshot replaces what was
    heard before. It must not block. `on_status` hears how the connection stands. What either raises ends the room,
    and is raised again on leaving the context.
    """

    def __init__(
        self,
        base_url: str,
        tickets: TicketSource,
        *,
        on_event: Callable[[events.AnyEvent], None] = lambda _: None,
        on_status: Callable[[Status], None] = lambda _: None,
        back_off: BackOff | None = None,
    ) -> None:
        parts = urlsplit(base_url)
        self.address = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}/live"
        self.cursor = Cursor()
        self.status: Status = "closed"
        self._origin = Origin(f"{parts.scheme}://{parts.netloc}")
        self._tickets, self._back_off = tickets, back_off or BackOff()
        self._on_event, self._on_status = on_event, on_status
        self._unanswered: dict[UUID, tuple[bytes, list[asyncio.Future[Answer]]]] = {}
        self._on_its_way: tuple[UUID, asyncio.Future[events.Error | None]] | None = None
        self._given = asyncio.Event()
        self._appointment: float | None = None
        self._task: asyncio.Task[None] | None = None
        self._why: RoomClosed | None = None

    async def __aenter__(self) -> "RoomClient":
        self._why = None
        self._task = asyncio.create_task(self._stay())
        return self

    async def __aexit__(self, *_: object) -> None:
        try:
            if self._task is not None:
                self._task.cancel()
                # Not by awaiting it: a cancellation of whoever leaves could not be told from the task's own.
                await asyncio.wait({self._task})
                if not self._task.cancelled():
                    self._task.result()
        finally:
            self._end(RoomClosed(1000))

    async def send(self, command: commands.RoomCommand) -> Answer:
        """Has a command carried out and gives its answer, after however many connections that takes.

        The same `client_id` again, also while the first waits, is the same command: it has one answer for all.
        Raises CommandRefused, RoomClosed when the room closes for good first, or ValueError for a command that is
        too large for a frame: the server would close the connection each time.
        """
        if self._why is not None:
            raise self._why
        frame = _encoder.encode(command)
        if len(frame) > commands.MAX_FRAME:
            raise ValueError(f"a command of {len(frame)} bytes; at most {commands.MAX_FRAME} fit")
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        _, waiting = self._unanswered.setdefault(command.client_id, (frame, []))
        waiting.append(answer)
        self._given.set()
        try:
            return await answer
        finally:
            waiting.remove(answer)
            if not waiting and self._unanswered.get(command.client_id, (b"", None))[1] is waiting:
                del self._unanswered[command.client_id]

    @property
    def ended(self) -> RoomClosed | None:
        """Why the room is closed for good; None while it is not."""
        return self._why

    async def closed(self) -> RoomClosed:
        """Waits until the room is closed for good; says why."""
        if self._task is not None:
            await asyncio.wait({self._task})
        return self._why or RoomClosed(1000)

    async def _stay(self) -> None:
        try:
            await self._come_and_go()
        except Exception as error:
            # Whoever waits for an answer would wait for ever.
            self._end(RoomClosed(FAILED, type(error).__name__))
            raise

    async def _come_and_go(self) -> None:
        attempt, loop = 0, asyncio.get_running_loop()
        while True:
            began = loop.time()
            try:
                await self._connect()
            except RoomClosed as why:
                self._end(why)
                return
            except AWAY:
                if self.status == "open" and loop.time() - began > STEADY:
                    attempt = 0
            self._tell("waiting")
            if self._appointment is not None:
                attempt, wait = 0, self._appointment - loop.time()
            else:
                attempt, wait = attempt + 1, self._back_off.delay(attempt)
            self._appointment = None
            await asyncio.sleep(wait)

    async def _connect(self) -> None:
        """Joins and stays as long as the line holds; raises RoomClosed when there is no coming back."""
        self._tell("connecting")
        try:
            ticket = await self._tickets()
        except TicketRefused as refused:
            if refused.for_good:
                raise RoomClosed(refused.status, refused.code) from refused
            return
        # Silence is watched for here, so the library's own pings would be one timer too many for every client.
        line = connect(
            self.address,
            origin=self._origin,
            compression=None,
            max_size=None,
            ping_interval=None,
            close_timeout=1,
        )
        async with _let_in(line) as socket:
            hello = commands.Hello(ticket=ticket, epoch=self.cursor.epoch, seq=self.cursor.seq)
            await socket.send(_encoder.encode(hello), text=True)
            self._on_its_way = None
            sender = asyncio.create_task(self._send_all(socket))
            try:
                await self._receive_all(socket)
            except ConnectionClosed as closed:
                code, reason = (closed.rcvd.code, closed.rcvd.reason) if closed.rcvd else (ABNORMAL, "")
                if code in STAY_AWAY:
                    raise RoomClosed(code, reason) from closed
                raise
            finally:
                sender.cancel()
                await asyncio.gather(sender, return_exceptions=True)

    async def _receive_all(self, socket: ClientConnection) -> None:
        loop = asyncio.get_running_loop()
        while True:
            async with asyncio.timeout_at(self._appointment or loop.time() + SILENCE):
                frame = await socket.recv(decode=False)
            try:
                event = _decoder.decode(frame)
            except msgspec.ValidationError:
                continue  # An event of a newer version, which older clients are not meant to know.
            if isinstance(event, events.Welcome):
                self._tell("open")
                self._given.set()
            elif isinstance(event, events.Reconnect):
                self._appointment = loop.time() + event.after_ms / 1000
            new = self.cursor.take(event)
            self._settle(event)
            if new:
                self._on_event(event)

    async def _send_all(self, socket: ClientConnection) -> None:
        """Sends what is not answered, one after the other, again where the server asks for that."""
        while True:
            while self.status != "open" or not self._unanswered:
                self._given.clear()
                await self._given.wait()
            client_id, (frame, _) = next(iter(self._unanswered.items()))
            done: asyncio.Future[events.Error | None] = asyncio.get_running_loop().create_future()
            self._on_its_way = client_id, done
            await socket.send(frame, text=True)
            if (refusal := await done) is not None:
                await asyncio.sleep(refusal.retry_after or 1.0)

    def _settle(self, event: events.AnyEvent) -> None:
        """Hands an answer to whoever waits for it, and lets the next command go."""
        if not isinstance(event, events.Ack | events.ChatPaged | events.Error) or event.ref is None:
            return
        again = event if isinstance(event, events.Error) and event.code in AGAIN else None
        if again is None and (found := self._unanswered.pop(event.ref, None)) is not None:
            for answer in found[1]:
                _answer(answer, event)
        if self._on_its_way is not None and self._on_its_way[0] == event.ref:
            _, done = self._on_its_way
            self._on_its_way = None
            done.set_result(again)

    def _end(self, why: RoomClosed) -> None:
        if self._why is None:
            self._why = why
        for _, waiting in self._unanswered.values():
            for answer in waiting:
                if not answer.done():
                    answer.set_exception(self._why)
        self._unanswered.clear()
        self._tell("closed")

    def _tell(self, status: Status) -> None:
        if status != self.status:
            self.status = status
            self._on_status(status)


@asynccontextmanager
async def _let_in(line: connect) -> AsyncIterator[ClientConnection]:
    """The socket; RoomClosed when the installation says that it has another address than we think."""
    try:
        socket = await line
    except InvalidStatus as refused:
        if refused.response.status_code == HTTPStatus.FORBIDDEN:
            raise RoomClosed(HTTPStatus.FORBIDDEN, "not the installation's own address") from refused
        raise
    async with socket:
        yield socket


def _answer(waiting: asyncio.Future[Answer], event: Answer | events.Error) -> None:
    if waiting.done():
        return
    if isinstance(event, events.Error):
        waiting.set_exception(CommandRefused(event))
    else:
        waiting.set_result(event)
