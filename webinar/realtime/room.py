"""One webinar's room on this instance: who is connected, and what they are told, encoded once for everybody."""

import asyncio
import logging
import time
from itertools import islice
from math import inf
from uuid import UUID

from webinar.clock import Clock
from webinar.db import Database
from webinar.errors import Forbidden, NotFound
from webinar.interaction.changes import Changes, changes_after
from webinar.interaction.posting import PostedTogether
from webinar.metrics import Metrics
from webinar.realtime.codes import Close
from webinar.realtime.desk import Desk
from webinar.realtime.fanout.frames import Frame, encode
from webinar.realtime.fanout.ring import Ring
from webinar.realtime.fanout.stream import Entry, Stream
from webinar.realtime.identity import Audience, fallen_from
from webinar.realtime.people import People
from webinar.realtime.protocol import events
from webinar.realtime.protocol.commands import Hello
from webinar.realtime.reception import MOST_CHANGES, Known, Reception
from webinar.realtime.roster import Member, Roster
from webinar.realtime.views import RecordingAddress, Update, fresh_updates, updates_of

log = logging.getLogger(__name__)
AT_ONCE = 32  # people who are told about themselves before the room is looked at again
LOOK_EVERY = 1.0  # seconds between two readings because somebody came
RETRY = 0.5  # seconds until a read that failed is tried again

# Where a room stands in its order of changes: its epoch, and its last number in it.
Standing = tuple[UUID | None, int]


class Room:
    """Tells everybody what changed, read after the last number it knows; never waits for any of them.

    Changes that arrive while it reads share the next read, so that a burst of commits costs one query. Chat that this
    instance stored itself is told without reading it back.
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
        ring: Ring | None = None,
    ) -> None:
        self.webinar_id, self.desk = webinar_id, desk
        self.members = Roster()
        self.presence: Frame | None = None
        lag = metrics.delivery_lag.observe
        self._streams = {audience: Stream(ring, lag) for audience in Audience}
        self._db, self._clock, self._recording_address = db, clock, recording_address
        self._metrics, self._told_at = metrics, 0.0
        self._people = People(db, webinar_id)
        self._known = Known()
        self._reception = Reception(webinar_id, db, recording_address, self._known)
        self._touched: set[UUID] = set()
        self._check = self._closed = False
        self._looked_at = -LOOK_EVERY
        self._pump: asyncio.Task[None] | None = None

    @property
    def behind(self) -> int:
        """How many members have not taken yet what they were told."""
        return sum(stream.behind for stream in self._streams.values())

    @property
    def standing(self) -> Standing:
        """Up to where its members have been told everything."""
        return self._known.epoch, self._known.seq

    async def join(self, member: Member, hello: Hello) -> None:
        """Lets somebody in: what they missed or a snapshot first, then everything newer, without a gap between.

        Raises NotFound when the webinar or the person is gone, Forbidden when they were banned.
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
        self._known.version += 1
        self._told_at = self._told_at or time.monotonic()
        self._known.dirty = True
        self._run()

    def said(self, posted: PostedTogether) -> None:
        """This instance has stored chat messages: tells them, if the room knows all that was before them."""
        known, turn = self._known, posted.turn
        if not known.settled or (known.epoch, known.seq) != (turn.epoch, posted.after):
            self.changed()
            return
        known.seq = turn.last_seq
        self._deliver(fresh_updates(posted.fresh), time.monotonic())

    def touched(self, participant_id: UUID) -> None:
        """What a participant sees of themselves changed: tell them, soon."""
        self._touched.add(participant_id)
        self._run()

    def all_touched(self) -> None:
        """What anybody sees of themselves may have changed: tell everybody, some at a time."""
        self._touched.update(self.members.participants())
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
        identity = member.identity
        beginning = await self._reception.begin(hello, identity.audience)
        # After it: what changes meanwhile of what is their own is in here, and must not be older than the rest.
        person = await self._people.ask(identity.actor)
        self._look_for_more()
        welcome = events.Welcome(
            epoch=beginning.epoch, seq=beginning.seq, recovered=beginning.recovered, now=self._clock.now()
        )
        presence = [self.presence] if self.presence is not None else []
        first = [encode(welcome), *beginning.frames, *presence, encode(person)]
        member.line.release(first, after=beginning.seq)

    def _look_for_more(self) -> None:
        """Reads on, if it was not done just now: before its first reading a room hears of nothing, and notices get lost."""
        now = time.monotonic()
        if now - self._looked_at >= LOOK_EVERY:
            self._looked_at = now
            self._known.dirty = True
            self._run()

    def _run(self) -> None:
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._work())

    async def _work(self) -> None:
        while (self._known.dirty or self._touched or self._check) and not self._closed:
            try:
                await self._work_once()
            except NotFound:
                self._known.dirty = self._check = False
                self._touched.clear()
                self._close_all(Close.GONE)
            except Exception:  # a room must outlive a database that is away for a moment
                log.exception("room_read_failed")
                self._known.dirty = True
                await asyncio.sleep(RETRY)

    async def _work_once(self) -> None:
        if self._check:
            self._check = False
            try:
                await self._check_members()
            except BaseException:
                self._check = True
                raise
        if self._known.dirty and self._known.epoch is not None:
            await self._read_on()
        self._known.dirty = self._known.dirty and self._known.epoch is not None
        if self._touched:
            await self._tell_touched()

    async def _read_on(self) -> None:
        known = self._known
        known.dirty, known.reading = False, True
        told_at, self._told_at = self._told_at, 0.0
        try:
            changes = await self._db.read(changes_after, self.webinar_id, known.seq, limit=MOST_CHANGES)
            standing = changes.webinar
            # A number that falls: a database that took over had not got its predecessor's last commits.
            if changes.overflow or standing.epoch != known.epoch or standing.last_seq < known.seq:
                await self._renew()
                return
        except BaseException:
            self._told_at = told_at or self._told_at
            raise
        finally:
            known.reading = False
        self._take(changes, told_at)

    def _take(self, changes: Changes, told_at: float) -> None:
        known, last_seq = self._known, changes.webinar.last_seq
        if last_seq == known.seq and told_at:
            # Whatever it was, it has no number: who joins now must not be shown what was before it.
            self._reception.forget()
        known.seq = last_seq
        self._deliver(updates_of(changes, self._recording_address), told_at or inf)
        for participant in changes.participants:
            self._touched.add(participant.id)
            if participant.banned_at is not None:
                self._close_of(participant.id, Close.BANNED)

    def _deliver(self, updates: list[Update], since: float) -> None:
        self._metrics.deliveries.inc(len(updates) * len(self.members))
        for update in updates:
            entries = _entries(update)
            for audience, stream in self._streams.items():
                stream.publish([entries[audience]], since)
            self._reception.remember(update, entries)

    async def _renew(self) -> None:
        """Gives everybody a fresh snapshot, and shuts out whom it no longer knows.

        While it reads nothing else is told: it would be missing in a snapshot that comes after it.
        """
        self._known.version += 1
        self._reception.forget()
        await self._check_members()
        for audience, frame in (await self._reception.renew()).items():
            self._streams[audience].renew(frame)
        # A few at a time: what is said meanwhile must not wait until thousands have been looked up.
        self._touched.update(self.members.participants())

    async def _tell_touched(self) -> None:
        now = set(islice(self._touched, AT_ONCE))
        self._touched -= now
        try:
            await asyncio.gather(*(self._tell_themselves(member) for member in self.members.of(now)))
        except BaseException:
            self._touched |= now
            raise

    async def _tell_themselves(self, member: Member) -> None:
        try:
            person = await self._people.ask(member.identity.actor)
        except (NotFound, Forbidden) as refused:
            member.line.close(Close.REVOKED if isinstance(refused, NotFound) else Close.BANNED)
            return
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

    def _close_of(self, participant_id: UUID, reason: Close) -> None:
        for member in self.members.of([participant_id]):
            member.line.close(reason)

    def _close_all(self, reason: Close) -> None:
        for member in list(self.members):
            member.line.close(reason)


def _entries(update: Update) -> dict[Audience, Entry]:
    hosts = Entry(_frame(update.hosts))
    if update.public is update.hosts and update.own is None:
        return dict.fromkeys(Audience, hosts)
    public = Entry(_frame(update.public), update.owner, _frame(update.own))
    return {Audience.HOSTS: hosts, Audience.PUBLIC: public}


def _frame(event: events.DurableEvent | None) -> Frame | None:
    return None if event is None else encode(event)
