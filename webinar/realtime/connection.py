"""One socket's conversation: hello, then commands one after the other, each within its limits (S4, S5).

    waiting ──hello──→ joined ──→ closed

Whatever a client sends costs that client something and nobody else: a frame that does not fit is answered with
an `error`, before hello with a close code, and whoever goes on too fast is cut off.
"""

import asyncio
import logging
import re
from collections.abc import Callable
from typing import NoReturn
from uuid import UUID

import msgspec
from sqlalchemy.exc import SQLAlchemyError
from starlette.websockets import WebSocket

from webinar.clock import Clock
from webinar.db import Database
from webinar.errors import Invalid, NotFound, TooMany, WebinarError
from webinar.interaction.chat import messages_before
from webinar.realtime.codes import Close
from webinar.realtime.commands import carry_out
from webinar.realtime.hub import Hub
from webinar.realtime.identity import Identity, identify
from webinar.realtime.outbox import GRACE, Outbox
from webinar.realtime.protocol import commands as wire
from webinar.realtime.protocol import events
from webinar.realtime.protocol.events import encode
from webinar.realtime.rate import Bucket
from webinar.realtime.room import Member
from webinar.realtime.tickets import use_ticket
from webinar.realtime.views import show_message

log = logging.getLogger(__name__)
HELLO_WITHIN = 10.0  # seconds
PARTICIPANT_PACE = (1.0, 5)  # messages a second, burst
HOST_PACE = (5.0, 20)
PATIENCE = 50  # frames refused in a row
PAGE = 100  # messages

_decoder: msgspec.json.Decoder[wire.AnyCommand] = msgspec.json.Decoder(wire.AnyCommand)
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"?')
_REF = re.compile(r'"client_id"\s*:\s*"([0-9a-fA-F-]{36})"')


class Refused(Exception):
    """The conversation ends here, with this close code."""

    def __init__(self, code: Close) -> None:
        super().__init__(code.reason)
        self.code = code


class Connection:
    """Speaks with one client. `abort` cuts the line of one that does not even take a close frame."""

    def __init__(
        self, websocket: WebSocket, hub: Hub, db: Database, clock: Clock, *, abort: Callable[[], None]
    ) -> None:
        self._websocket, self._hub, self._db, self._clock = websocket, hub, db, clock
        self._outbox = Outbox(websocket, abort)

    async def run(self) -> None:
        """Speaks until either side closes. The socket must be accepted."""
        writer = asyncio.create_task(self._outbox.run())
        try:
            await self._converse()
        except Refused as refused:
            self._outbox.close(refused.code)
        except Exception:  # whatever goes wrong here must not reach anybody else
            log.exception("socket_failed")
            self._outbox.close(Close.INTERNAL)
        finally:
            await self._finish(writer)

    async def _finish(self, writer: asyncio.Task[None]) -> None:
        if self._outbox.closing is not None:
            await asyncio.wait({writer}, timeout=GRACE)
        writer.cancel()
        await asyncio.gather(writer, return_exceptions=True)

    async def _converse(self) -> None:
        hello = await self._hello()
        if hello is None:
            return
        member = Member(await self._admit(hello.ticket), self._outbox)
        try:
            await self._hub.join(member, hello)
        except NotFound as error:
            raise Refused(Close.GONE) from error
        try:
            await self._obey(member.identity)
        finally:
            self._hub.leave(member)

    async def _hello(self) -> wire.Hello | None:
        try:
            async with asyncio.timeout(HELLO_WITHIN):
                frame = await self._receive()
        except TimeoutError as error:
            raise Refused(Close.TOO_LATE) from error
        if frame is None:
            return None
        try:
            command = decode(frame)
        except Invalid as error:
            raise Refused(Close.PROTOCOL) from error
        if not isinstance(command, wire.Hello):
            raise Refused(Close.PROTOCOL)
        return command

    async def _admit(self, token: str) -> Identity:
        now = self._clock.now()
        async with self._db.writing() as db:
            ticket = await use_ticket(db, token, now)
        if ticket is None:
            raise Refused(Close.BAD_TICKET)
        async with self._db.reading() as db:
            found = await identify(db, ticket, now)
        if isinstance(found, Close):
            raise Refused(found)
        return found

    async def _obey(self, identity: Identity) -> None:
        pace = HOST_PACE if identity.actor.is_host else PARTICIPANT_PACE
        bucket = Bucket(*pace, asyncio.get_running_loop().time)
        while (frame := await self._receive()) is not None:
            if self._outbox.closing is not None:
                continue
            if wait := bucket.take():
                if bucket.refused > PATIENCE:
                    raise Refused(Close.FLOOD)
                self._refuse(TooMany(1, "You are sending too fast."), _ref(frame), retry_after=round(wait, 2))
                continue
            await self._answer(identity, frame)

    async def _answer(self, identity: Identity, frame: str | bytes) -> None:
        ref = _ref(frame)
        try:
            await self._carry_out(identity, decode(frame))
        except WebinarError as error:
            self._refuse(error, ref)
        except (SQLAlchemyError, OSError, TimeoutError):
            log.exception("command_failed")
            self._refuse(WebinarError("This did not work. Please try again.", code="unavailable"), ref)

    async def _carry_out(self, identity: Identity, command: wire.AnyCommand) -> None:
        actor = identity.actor
        match command:
            case wire.Hello():
                raise Invalid({"type": "hello comes once, first."}, "This is not the time for that.")
            case wire.ChatPage():
                self._outbox.push(encode(await self._page(actor.webinar_id, command)))
            case _:
                async with self._db.writing() as db:
                    done = await carry_out(db, actor, command, now=self._clock.now())
                self._hub.metrics.commit_batch.observe(1)
                # R2: only now is it true.
                self._outbox.push(encode(done.ack))
                await self._hub.advanced(actor.webinar_id)
                if done.touched is not None:
                    await self._hub.touched(actor.webinar_id, done.touched)

    async def _page(self, webinar_id: UUID, command: wire.ChatPage) -> events.ChatPaged:
        async with self._db.reading() as db:
            said = await messages_before(db, webinar_id, command.before, PAGE + 1)
        messages = [show_message(message) for message in said[-PAGE:]]
        return events.ChatPaged(ref=command.client_id, messages=messages, more=len(said) > PAGE)

    def _refuse(self, error: WebinarError, ref: UUID | None, *, retry_after: float | None = None) -> None:
        fields = error.fields if isinstance(error, Invalid) else {}
        self._outbox.push(
            encode(
                events.Error(
                    code=error.code, message=error.message, ref=ref, fields=fields, retry_after=retry_after
                )
            )
        )

    async def _receive(self) -> str | bytes | None:
        """The next frame; None when the client is gone."""
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            return None
        text: str | None = message.get("text")
        return text if text is not None else bytes(message["bytes"])


def decode(frame: str | bytes) -> wire.AnyCommand:
    """The command in a frame; raises Invalid, which says what is wrong with it."""
    if isinstance(frame, bytes):
        _malformed("Send text frames.")
    if len(frame) > wire.MAX_FRAME or _depth(frame) > wire.MAX_DEPTH:
        _malformed("This is too large or too deep.")
    try:
        return _decoder.decode(frame)
    except msgspec.ValidationError as error:
        _malformed(str(error))
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        _malformed("This is not JSON.")


def _malformed(problem: str) -> NoReturn:
    raise Invalid({"frame": problem}, "This is not a command.")


def _depth(frame: str) -> int:
    depth = deepest = 0
    for character in re.sub(r"[^\[\]{}]", "", _STRINGS.sub("", frame)):
        depth += 1 if character in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _ref(frame: str | bytes) -> UUID | None:
    """The `client_id` of a frame, even of one that does not fit otherwise."""
    found = _REF.search(frame) if isinstance(frame, str) else None
    try:
        return UUID(found[1]) if found else None
    except ValueError:
        return None
