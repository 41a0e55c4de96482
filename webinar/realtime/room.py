"""One webinar's room on this instance: who is connected, and what they are told, encoded once for everybody."""

import asyncio
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from webinar.clock import Clock
from webinar.db import Database
from webinar.errors import NotFound
from webinar.interaction.changes import Changes, changes_after
from webinar.metrics import Metrics
from webinar.realtime.codes import Close
from webinar.realtime.desk import Desk
from webinar.realtime.fanout.frames import Frame, encode
from webinar.realtime.fanout.line import Line
from webinar.realtime.fanout.stream import Entry, Stream
from webinar.realtime.identity import Audience, Identity, fallen_from
from webinar.realtime.protocol import events
from webinar.realtime.protocol.commands import Hello
from webinar.realtime.snapshot import read_person, read_snapshot
from webinar.realtime.views import RecordingAddress, Update, event_for, updates_of

log = logging.getLogger(__name__)
MOST_CHANGES = 200  # of each kind; beyond that a fresh snapshot is shorter
AT_ONCE = 32  # people who are told about themselves before the room is looked at again
RETRY = 0.5  # seconds until a read that failed is tried again


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """A person in the room, and the way to them."""

    identity: Identity
    line: Line


class Room:
    """Reads what changed after the last number it knows and tells everybody; never waits for any of them.

    Changes that arrive while it reads share the next read, so that a burst of commits costs one query.
    """

    def __init__(
        self,
        webinar_id: UUID,
        db: Database,
        clock: Clock,
        recording_address: RecordingAddress,
        *,
        metrics: Metrics,
        desk: Desk,
    ) -> None:
        self.webinar_id, self.desk = webinar_id, desk
        self.members: set[Member] = set()
        self.presence: Frame | None = None
        self._streams = {audience: Stream() for audience in Audience}
        self._db, self._clock, self._recording_address = db, clock, recording_address
        self._metrics, self._told_at = metrics, 0.0
        self._epoch: UUID | None = None
        self._seq = 0
        self._version = 0
        self._snapshots: dict[Audience, tuple[events.Snapshot, Frame]] = {}
        self._snapshot_lock = asyncio.Lock()
        self._touched: set[UUID] = set()
        self._dirty = self._check = self._closed = False
        self._pump: asyncio.Task[None] | None = None

    @property
    def behind(self) -> int:
        """How many members have not taken yet what they were told."""
        return sum(stream.behind for stream in self._streams.values())

    async def join(self, member: Member, hello: Hello) -> None:
        """Lets somebody in: what they missed or a snapshot first, then everything newer, without a gap between.

        Raises NotFound when the webinar or the person is gone.
        """
        identity = member.identity
        member.line.follow(self._streams[identity.audience], identity.actor.participant_id)
        self.members.add(member)
        try:
            await self._introduce(member, hello)
        except BaseException:
            self.leave(member)
            raise

    def leave(self, member: Member) -> None:
        """Forgets somebody."""
        self.members.discard(member)

    def changed(self) -> None:
        """Something was committed: read it and tell everybody, soon."""
        self._version += 1
        self._snapshots.clear()
        if not self._dirty:
            self._told_at = time.monotonic()
        self._dirty = True
        self._run()

    def touched(self, participant_id: UUID) -> None:
        """What a participant sees of themselves changed: tell them, soon."""
        self._touched.add(participant_id)
        self._run()

    def check_standing(self) -> None:
        """Somebody may no longer be allowed in here: ask the database about everybody, soon."""
        self._check = True
        self._run()

    async def close(self) -> None:
        """Ends the room's work; a reading that has begun ends by itself, since a query is not to be torn apart."""
        self._closed = True
        if self._pump is not None:
            await self._pump

    def tell(self, frame: Frame) -> None:
        """Sends one frame to everybody."""
        for stream in self._streams.values():
            stream.publish([Entry(frame)])

    async def _introduce(self, member: Member, hello: Hello) -> None:
        missed = await self._missed(hello, member.identity)
        if missed is None:
            snapshot, frame = await self._snapshot(member.identity.audience)
            epoch, seq, first = snapshot.epoch, snapshot.seq, [frame]
        else:
            epoch, seq, first = missed
        async with self._db.reading() as db:
            person = await read_person(db, member.identity.actor)
        if self._epoch is None:
            self._epoch, self._seq = epoch, seq
        welcome = events.Welcome(epoch=epoch, seq=seq, recovered=missed is not None, now=self._clock.now())
        if self.presence is not None:
            first.append(self.presence)
        member.line.release([encode(welcome), *first, encode(person)], after=seq)
        # What was committed between the snapshot and this room's first reading.
        self._dirty = True
        self._run()

    async def _missed(self, hello: Hello, identity: Identity) -> tuple[UUID, int, list[Frame]] | None:
        """What happened since the client left; None when it needs a snapshot.

        From its last number on, that one included: rows that changed together share a number, and the client
        may have been cut off between two of them.
        """
        if hello.epoch is None or hello.seq is None:
            return None
        async with self._db.reading() as db:
            changes = await changes_after(db, self.webinar_id, hello.seq - 1, limit=MOST_CHANGES)
        webinar = changes.webinar
        if changes.overflow or webinar.epoch != hello.epoch or webinar.last_seq < hello.seq:
            return None
        updates = updates_of(changes, self._recording_address)
        shown = (event_for(update, identity.audience) for update in updates)
        return webinar.epoch, webinar.last_seq, [encode(event) for event in shown if event is not None]

    async def _snapshot(self, audience: Audience) -> tuple[events.Snapshot, Frame]:
        """The audience's snapshot, read and encoded once for everybody who joins at this version."""
        async with self._snapshot_lock:
            if audience in self._snapshots:
                return self._snapshots[audience]
            version = self._version
            async with self._db.reading() as db:
                snapshot = await read_snapshot(db, self.webinar_id, audience, self._recording_address)
            made = snapshot, encode(snapshot)
            if version == self._version:
                self._snapshots[audience] = made
            return made

    def _run(self) -> None:
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._work())

    async def _work(self) -> None:
        while (self._dirty or self._touched or self._check) and not self._closed:
            try:
                await self._work_once()
            except NotFound:
                self._dirty = self._check = False
                self._touched.clear()
                self._close_all(Close.GONE)
            except Exception:  # a room must outlive a database that is away for a moment
                log.exception("room_read_failed")
                self._dirty = True
                await asyncio.sleep(RETRY)

    async def _work_once(self) -> None:
        if self._check:
            self._check = False
            await self._check_members()
        if self._dirty and self._epoch is not None:
            self._dirty = False
            told_at, self._told_at = self._told_at, 0.0
            async with self._db.reading() as db:
                changes = await changes_after(db, self.webinar_id, self._seq, limit=MOST_CHANGES)
            await self._take(changes, told_at)
        self._dirty = self._dirty and self._epoch is not None
        await self._tell_touched()

    async def _take(self, changes: Changes, told_at: float) -> None:
        webinar = changes.webinar
        renewed = changes.overflow or webinar.epoch != self._epoch
        if webinar.last_seq != self._seq:
            # A snapshot from before would leave whoever joins now without what everybody else is told here.
            self._version += 1
            self._snapshots.clear()
        self._epoch, self._seq = webinar.epoch, webinar.last_seq
        if renewed:
            await self._renew()
            return
        self._deliver(updates_of(changes, self._recording_address))
        if told_at:
            self._metrics.delivery_lag.observe(time.monotonic() - told_at)
        for participant in changes.participants:
            self._touched.add(participant.id)
            if participant.banned_at is not None:
                self._close_of(participant.id, Close.BANNED)

    def _deliver(self, updates: list[Update]) -> None:
        self._metrics.deliveries.inc(len(updates) * len(self.members))
        for audience, stream in self._streams.items():
            stream.publish(_entry(update, audience) for update in updates)

    async def _renew(self) -> None:
        """Gives everybody a fresh snapshot, and shuts out whom it no longer knows."""
        self._version += 1
        self._snapshots.clear()
        await self._check_members()
        for audience in Audience:
            _, frame = await self._snapshot(audience)
            self._streams[audience].renew(frame)
        # A few at a time: what is said meanwhile must not wait until thousands have been looked up.
        people = (member.identity.actor.participant_id for member in self.members)
        self._touched.update(person for person in people if person is not None)

    async def _tell_touched(self) -> None:
        now = set(islice(self._touched, AT_ONCE))
        self._touched -= now
        try:
            await self._tell_themselves(
                [member for member in self.members if member.identity.actor.participant_id in now]
            )
        except BaseException:
            self._touched |= now
            raise

    async def _tell_themselves(self, members: Iterable[Member]) -> None:
        for member in members:
            async with self._db.reading() as db:
                try:
                    person = await read_person(db, member.identity.actor)
                except NotFound:
                    member.line.close(Close.REVOKED)
                    continue
            member.line.send(encode(person))

    async def _check_members(self) -> None:
        members = list(self.members)
        async with self._db.reading() as db:
            fallen = await fallen_from(
                db, self.webinar_id, [member.identity for member in members], self._clock.now()
            )
        for member in members:
            if (reason := fallen.get(member.identity)) is not None:
                member.line.close(reason)

    def _close_of(self, key: UUID, reason: Close) -> None:
        for member in self.members:
            if key in member.identity.keys:
                member.line.close(reason)

    def _close_all(self, reason: Close) -> None:
        for member in self.members:
            member.line.close(reason)


def _entry(update: Update, audience: Audience) -> Entry:
    event = event_for(update, audience)
    frame = encode(event) if event is not None else None
    if audience is Audience.HOSTS or update.own is None:
        return Entry(frame)
    return Entry(frame, update.owner, encode(update.own))
