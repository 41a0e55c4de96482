"""One socket's conversation: hello, then commands one after the other, each within its limits (S4, S5).

    waiting ──hello──→ joined ──→ closed

Whatever a client sends costs that client something and nobody else: a frame that does not fit is answered with
an `error`, before hello with a close code, and whoever goes on too fast is cut off.
"""

import asyncio
import logging
import re
from collections.abc import Coroutine
from functools import partial
from typing import Any, NoReturn
from uuid import UUID, uuid4

import msgspec

from webinar.clock import Clock
from webinar.db import Database
from webinar.errors import Forbidden, Invalid, NotFound, TooMany, WebinarError
from webinar.interaction.actor import Actor
from webinar.interaction.chat import messages_before
from webinar.realtime.codes import Close
from webinar.realtime.commands import Asked, Done
from webinar.realtime.desk import STORING_FAILED
from webinar.realtime.fanout.frames import encode
from webinar.realtime.fanout.line import Line
from webinar.realtime.hub import Hub
from webinar.realtime.identity import Identity
from webinar.realtime.protocol import commands as wire
from webinar.realtime.protocol import events
from webinar.realtime.rate import Bucket, Pace
from webinar.realtime.roster import Member
from webinar.realtime.views import show_message

log = logging.getLogger(__name__)
HELLO_WITHIN = 10.0  # seconds
HOST_PACE = Pace(5.0, 20)
# Reading back costs nobody but the reader anything, and must not cost them their voice.
READ_PACE = Pace(5.0, 10)
PATIENCE = 50  # frames refused in a row
PAGE = 100  # messages

_decoder: msgspec.json.Decoder[wire.AnyCommand] = msgspec.json.Decoder(wire.AnyCommand)
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"?')
_REF = re.compile(r'"client_id"\s*:\s*("[0-9a-fA-F-]{32,36}")')


class Refused(Exception):
    """The conversation ends here, with this close code."""

    def __init__(self, code: Close) -> None:
        super().__init__(code.reason)
        self.code = code


class Connection:
    """Speaks with one client over its line."""

    __slots__ = ("_clock", "_db", "_hub", "_hung_up", "_line", "_member", "_speaker", "_too_late")

    def __init__(self, line: Line, hub: Hub, db: Database, clock: Clock) -> None:
        self._line, self._hub, self._db, self._clock = line, hub, db, clock
        self._member: Member | None = None
        self._hung_up = False
        loop = asyncio.get_running_loop()
        self._speaker: UUID | None = None  # most only listen
        self._too_late: asyncio.TimerHandle | None = loop.call_later(HELLO_WITHIN, line.close, Close.TOO_LATE)
        hub.pulse.watch(line)

    def hear(self, frame: str | bytes) -> asyncio.Future[Any] | None:
        """Hears a frame: hello first, then commands. Whatever goes wrong here reaches nobody else."""
        try:
            if self._member is None:
                return asyncio.create_task(self._unharmed(self._greet(frame)))
            return self._obey(self._member.identity, frame)
        except Refused as refused:
            self._line.close(refused.code)
        except Exception as error:  # noqa: BLE001 - logged there
            self._break_off(error)
        return None

    def server_ends(self) -> None:
        """Has whoever is in the room come back later; nobody else is waited for."""
        if self._member is not None:
            self._hub.drain.send_off(self._line)
        else:
            self._line.close(Close.RESTART)

    def hung_up(self) -> None:
        """Leaves the room."""
        self._hung_up = True
        if self._line.closing is not None:
            self._hub.metrics.closes.labels(int(self._line.closing)).inc()
        self._stop_waiting()
        self._hub.pulse.forget(self._line)
        if self._member is not None:
            self._hub.leave(self._member)

    async def _greet(self, frame: str | bytes) -> None:
        self._stop_waiting()
        hello = _hello_in(frame)
        member = Member(await self._admit(hello.ticket), self._line)
        try:
            await self._hub.join(member, hello)
        except (NotFound, Forbidden) as error:
            raise Refused(Close.GONE if isinstance(error, NotFound) else Close.BANNED) from error
        self._member = member
        if self._hung_up:
            self._hub.leave(member)

    def _stop_waiting(self) -> None:
        if self._too_late is not None:
            self._too_late.cancel()
            self._too_late = None

    async def _admit(self, token: str) -> Identity:
        found = await self._hub.admit(token)
        if isinstance(found, Close):
            raise Refused(found)
        return found

    def _obey(self, identity: Identity, frame: str | bytes) -> asyncio.Future[Any] | None:
        command = _understood(frame)
        bucket = self._bucket_for(command, identity.actor)
        if wait := bucket.take():
            if bucket.refused > PATIENCE:
                raise Refused(Close.FLOOD)
            self._refuse(TooMany(1, "You are sending too fast."), _ref(frame), retry_after=round(wait, 2))
        elif isinstance(command, Invalid):
            self._refuse(command, _ref(frame))
        elif isinstance(command, wire.Hello):
            again = Invalid({"type": "hello comes once, first."}, "This is not the time for that.")
            self._refuse(again, None)
        elif isinstance(command, wire.ChatPage):
            return asyncio.create_task(self._unharmed(self._page(identity.actor.webinar_id, command)))
        else:
            # R2: what it gives is committed.
            outcome = self._hub.carry_out(Asked(identity.actor, command))
            outcome.add_done_callback(partial(self._answer, identity, command.client_id))
            return outcome
        return None

    def _bucket_for(self, command: wire.AnyCommand | Invalid, actor: Actor) -> Bucket:
        if self._speaker is None:
            # A viewer without a name cannot be told from the next one.
            self._speaker = actor.participant_id or actor.user_id or uuid4()
        if isinstance(command, wire.ChatPage):
            return self._hub.reading.of(self._speaker, READ_PACE)
        return self._hub.talking.of(self._speaker, HOST_PACE if actor.is_host else self._hub.pace)

    def _answer(self, identity: Identity, ref: UUID, outcome: asyncio.Future[Done]) -> None:
        if outcome.cancelled():
            return
        error = outcome.exception()
        if error is None:
            done = outcome.result()
            self._line.send(encode(done.ack))
            if done.touched is not None:
                self._hub.touched(identity.actor.webinar_id, done.touched)
        else:
            self._fail(error, ref)

    def _fail(self, error: BaseException, ref: UUID) -> None:
        if isinstance(error, WebinarError):
            self._refuse(error, ref)
        elif isinstance(error, STORING_FAILED):
            log.error("command_failed", exc_info=error)
            self._hub.metrics.commands_failed.inc()
            self._refuse(WebinarError("This did not work. Please try again.", code="unavailable"), ref)
        else:
            self._break_off(error)

    async def _unharmed(self, doing: Coroutine[Any, Any, None]) -> None:
        try:
            await doing
        except Refused as refused:
            self._line.close(refused.code)
        except Exception as error:  # noqa: BLE001 - logged there
            self._break_off(error)

    def _break_off(self, error: BaseException) -> None:
        log.error("socket_failed", exc_info=error)
        self._line.close(Close.INTERNAL)

    async def _page(self, webinar_id: UUID, command: wire.ChatPage) -> None:
        try:
            said = await self._db.read(messages_before, webinar_id, command.before, PAGE + 1)
        except (WebinarError, *STORING_FAILED) as error:
            self._fail(error, command.client_id)
            return
        messages = [show_message(message) for message in said[-PAGE:]]
        page = events.ChatPaged(ref=command.client_id, messages=messages, more=len(said) > PAGE)
        self._line.send(encode(page))

    def _refuse(self, error: WebinarError, ref: UUID | None, *, retry_after: float | None = None) -> None:
        fields = error.fields if isinstance(error, Invalid) else {}
        self._line.send(
            encode(
                events.Error(
                    code=error.code, message=error.message, ref=ref, fields=fields, retry_after=retry_after
                )
            )
        )


def _hello_in(frame: str | bytes) -> wire.Hello:
    try:
        command = decode(frame)
    except Invalid as error:
        raise Refused(Close.PROTOCOL) from error
    if not isinstance(command, wire.Hello):
        raise Refused(Close.PROTOCOL)
    return command


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
    if frame.count("{") + frame.count("[") <= wire.MAX_DEPTH:
        return 0  # so few cannot be too deep, wherever they stand
    depth = deepest = 0
    for character in re.sub(r"[^\[\]{}]", "", _STRINGS.sub("", frame)):
        depth += 1 if character in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _understood(frame: str | bytes) -> wire.AnyCommand | Invalid:
    try:
        return decode(frame)
    except Invalid as error:
        return error


def _ref(frame: str | bytes) -> UUID | None:
    """The `client_id` of a frame, even of one that does not fit otherwise."""
    found = _REF.search(frame) if isinstance(frame, str) else None
    try:
        return msgspec.json.decode(found[1], type=UUID) if found else None
    except msgspec.ValidationError:
        return None
