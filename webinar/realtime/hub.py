"""All rooms of this instance, and its tie to the other instances."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from uuid import UUID, uuid4

from webinar.clock import Clock
from webinar.db import Database
from webinar.interaction.posting import PostedTogether
from webinar.metrics import Metrics
from webinar.realtime.broker import Broker
from webinar.realtime.codes import Close
from webinar.realtime.commands import Asked, Done
from webinar.realtime.desk import Desk
from webinar.realtime.door import Admitted, Door
from webinar.realtime.drain import Drain
from webinar.realtime.fanout.pulse import Pulse
from webinar.realtime.fanout.ring import Ring
from webinar.realtime.gauges import watch_rooms
from webinar.realtime.lookout import moved_on
from webinar.realtime.multimap import Multimap
from webinar.realtime.notices import Advanced, AnyNotice, Present, Revoked, Touched
from webinar.realtime.office import Office
from webinar.realtime.presence import Presence
from webinar.realtime.protocol.commands import Hello
from webinar.realtime.rate import Buckets, Pace
from webinar.realtime.revocations import Revocations
from webinar.realtime.room import Room
from webinar.realtime.roster import Member
from webinar.realtime.rounds import rounds
from webinar.realtime.ticks import apart
from webinar.realtime.views import RecordingAddress

TICK = 2.0  # seconds between two looks at who is watching
LOOK = (
    2.0  # seconds between two looks at the database without being told: a notice may be lost, or never come
)
LATELY = 10.0  # seconds for which whoever was let in before something was revoked may still be on their way
CHECK = 30.0  # seconds between two looks at everybody's session, which may expire by itself


@dataclass(frozen=True, slots=True)
class Tempo:
    """How fast things go in every room, as the operator set it."""

    drain: Drain
    heartbeat: float  # seconds
    pace: Pace  # of one participant


class Hub:
    """What the rest of the house tells about rooms. Every call is cheap and never waits for a viewer or a broker.

    Call after the commit: what is told is read from the database.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        broker: Broker,
        recording_address: RecordingAddress,
        metrics: Metrics,
        *,
        tempo: Tempo,
    ) -> None:
        self.broker, self.metrics, self.drain = broker, metrics, tempo.drain
        self.pace, self.talking, self.reading = tempo.pace, Buckets(), Buckets()
        self.pulse = Pulse(tempo.heartbeat)
        self._db, self._clock, self._recording_address = db, clock, recording_address
        self.office, self._door = Office(db, clock), Door(db, clock)
        self._revocations = Revocations(db)
        self._revoked: dict[UUID, float] = {}  # what was lately, and when
        self._rooms: dict[UUID, Room] = {}
        self._by_key: Multimap[UUID, Member] = Multimap()
        self._presence = Presence(uuid4(), tempo.heartbeat)
        self._tick = min(TICK, tempo.heartbeat)
        self._voted: set[UUID] = set()
        self._closing: set[asyncio.Task[None]] = set()
        # One system call for a whole room, where the kernel lets us.
        self._ring: Ring | None = None
        watch_rooms(metrics, self._rooms, lambda: self._ring, lambda: broker.connected)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Listens to other instances and counts viewers as long as the block runs."""
        self._ring = Ring.open()
        self.broker.start(self._on_notice, self._on_missed)
        turns = count()
        work = (
            rounds(self._count, self._tick, "viewers_not_counted"),
            rounds(lambda: self._look(next(turns)), LOOK, "rooms_not_looked_at"),
            rounds(self._look_again, CHECK, "standings_not_checked"),
            self.pulse.run(),
        )
        tasks = [asyncio.create_task(each) for each in work]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            # Copies: whoever still leaves takes rooms away meanwhile.
            closing = [*self._closing, *(room.close() for room in tuple(self._rooms.values()))]
            await asyncio.gather(*tasks, *closing, return_exceptions=True)
            for notice in self._presence.farewell():
                self.broker.publish(notice)
            await self.broker.close()
            if self._ring is not None:
                self._ring.close()

    async def advanced(self, webinar_id: UUID) -> None:
        """Something of the webinar's room, or of what it shows of the webinar, was committed."""
        self._tell_advanced(webinar_id)

    async def close_room(self, webinar_id: UUID) -> None:
        """The webinar was erased, or somebody was erased from it (and its epoch is new).

        Everybody gets a fresh snapshot; whoever is gone, and everybody when the webinar is, gets a closed socket.
        """
        await self.advanced(webinar_id)

    @property
    def reached(self) -> bool:
        """Whether every other instance can be reached, and so has been told what was said here."""
        return self.broker.connected

    async def revoke(self, *keys: UUID) -> None:
        """Sessions ended, a participant or a user was removed or banned: their sockets close, everywhere."""
        for key in keys:
            self._revoke(key)
            self.broker.publish(Revoked(key))
        if keys and self.broker.loses:
            await self._revocations.write_down(*keys)

    def touched(self, webinar_id: UUID, participant_id: UUID) -> None:
        """What a participant sees of themselves changed: their votes, say."""
        self._touch(webinar_id, participant_id)
        self.broker.publish(Touched(webinar_id, participant_id))

    def carry_out(self, asked: Asked) -> asyncio.Future[Done]:
        """Makes a command durable, together with what else has come for its room, and tells the room.

        From somebody who is in it. The outcome raises what the domain refuses it with, or STORING_FAILED.
        """
        return self._rooms[asked.actor.webinar_id].desk.ask(asked)

    async def admit(self, token: str) -> Admitted:
        """Uses up a ticket: who its holder is, or why they must not come in."""
        return await self._door.ask(token)

    def viewers(self, webinar_id: UUID) -> int:
        """How many are watching, hosts not counted; on all instances, as far as they have told."""
        return self._presence.viewers(webinar_id)

    def viewers_here(self, webinar_id: UUID) -> int:
        """How many of them are connected to this instance."""
        return self._presence.viewers_here(webinar_id)

    async def join(self, member: Member, hello: Hello) -> None:
        """Lets somebody into their room. Raises NotFound when it, or they, are gone, Forbidden when they were banned."""
        webinar_id = member.identity.actor.webinar_id
        if (room := self._rooms.get(webinar_id)) is None:
            room = self._rooms[webinar_id] = self._open_room(webinar_id)
        for key in member.identity.keys:
            self._by_key.add(key, member)
        if self._revoked and not self._revoked.keys().isdisjoint(member.identity.keys):
            room.check_standing()
        try:
            await room.join(member, hello)
        except BaseException:
            self.leave(member)
            raise

    def leave(self, member: Member) -> None:
        """Forgets somebody, and their room when it is empty."""
        for key in member.identity.keys:
            self._by_key.discard(key, member)
        webinar_id = member.identity.actor.webinar_id
        if (room := self._rooms.get(webinar_id)) is None:
            return
        room.leave(member)
        if not room.members:
            del self._rooms[webinar_id]
            task = asyncio.create_task(room.close())
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    def _open_room(self, webinar_id: UUID) -> Room:
        def committed(only_votes: bool) -> None:
            if not only_votes:
                self._tell_advanced(webinar_id)
            elif webinar_id not in self._voted:
                self._voted.add(webinar_id)
                room = self._rooms.get(webinar_id)
                wait = apart(len(room.members)) if room else 0.0
                asyncio.get_running_loop().call_later(wait, self._tell_votes, webinar_id)

        def said(posted: PostedTogether) -> None:
            # The notice goes out first: telling a large room takes this loop so long that all others would be told after it.
            self.broker.publish(Advanced(webinar_id))
            asyncio.get_running_loop().call_soon(tell, posted)

        def tell(posted: PostedTogether) -> None:
            if room := self._rooms.get(webinar_id):
                room.said(posted)

        desk = Desk(self._db, self._clock, self.metrics, committed=committed, said=said)
        return Room(
            webinar_id,
            self._db,
            self._clock,
            self._recording_address,
            metrics=self.metrics,
            desk=desk,
            ring=self._ring,
        )

    def _tell_advanced(self, webinar_id: UUID) -> None:
        self._advance(webinar_id)
        self.broker.publish(Advanced(webinar_id))

    def _tell_votes(self, webinar_id: UUID) -> None:
        self._voted.discard(webinar_id)
        self._tell_advanced(webinar_id)

    def _advance(self, webinar_id: UUID) -> None:
        if room := self._rooms.get(webinar_id):
            room.changed()

    def _touch(self, webinar_id: UUID, participant_id: UUID) -> None:
        if room := self._rooms.get(webinar_id):
            room.touched(participant_id)

    def _revoke(self, key: UUID) -> None:
        self._revoked[key] = time.monotonic()
        for member in self._by_key[key]:
            member.line.close(Close.REVOKED)

    def _on_notice(self, notice: AnyNotice) -> None:
        match notice:
            case Advanced(webinar_id):
                self._advance(webinar_id)
            case Touched(webinar_id, participant_id):
                self._touch(webinar_id, participant_id)
            case Revoked(key):
                self._revocations.heard(key)
                self._revoke(key)
            case Present(webinar_id, instance, viewers):
                self._presence.heard(webinar_id, instance, viewers)

    def _on_missed(self) -> None:
        self._presence.repeat()
        self._look_again()
        for room in self._rooms.values():
            room.all_touched()

    def _look_again(self) -> None:
        for room in self._rooms.values():
            room.changed()
            room.check_standing()

    def _count(self) -> None:
        for notice in self._presence.take_stock(self._rooms):
            self.broker.publish(notice)

    async def _look(self, turn: int) -> None:
        over = time.monotonic() - LATELY
        self._revoked = {key: since for key, since in self._revoked.items() if since > over}
        for room in await moved_on(self._db, [*filter(self._due(turn), self._rooms.values())]):
            room.changed()
        if self.broker.loses:
            self._doubt(await self._revocations.untold(self._by_key))

    def _doubt(self, keys: Sequence[UUID]) -> None:
        """Has the rooms of these people ask whether everybody may still be there."""
        members = [member for key in keys for member in self._by_key[key]]
        for webinar_id in {member.identity.actor.webinar_id for member in members}:
            self._rooms[webinar_id].check_standing()

    def _due(self, turn: int) -> Callable[[Room], bool]:
        """Which rooms a look is due at: votes of a large one wait their time, as long as nothing else is missed."""
        if not self.reached:
            return lambda _: True
        return lambda room: turn * LOOK % max(LOOK, apart(len(room.members))) < LOOK
