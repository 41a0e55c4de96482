"""What somebody who comes in is told first: what they missed, or a snapshot, and what was said since it was read."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session

from webinar.db import Database
from webinar.interaction.changes import changes_after, standing_of
from webinar.realtime.fanout.frames import Frame, encode
from webinar.realtime.fanout.stream import Entry
from webinar.realtime.identity import Audience
from webinar.realtime.protocol import events
from webinar.realtime.protocol.commands import Hello
from webinar.realtime.recent import Recent
from webinar.realtime.snapshot import read_snapshot
from webinar.realtime.views import RecordingAddress, Update, event_for, updates_of

MOST_CHANGES = 200  # of each kind; beyond that a fresh snapshot is shorter
MOST_ADDED = 64  # messages that a snapshot may lack; with more of them it is read anew


@dataclass(slots=True)
class Known:
    """What a room on this instance has read and told of itself: everything up to `seq` of `epoch`.

    `version` counts the changes it heard of. While it is `dirty` or `reading`, there may be more than it knows.
    """

    epoch: UUID | None = None
    seq: int = 0
    version: int = 0
    dirty: bool = False
    reading: bool = False

    @property
    def settled(self) -> bool:
        """Whether nothing was heard of that is not told yet."""
        return not (self.dirty or self.reading)


@dataclass(frozen=True, slots=True)
class Beginning:
    """The frames that bring somebody to `seq` of `epoch`; `recovered`: from where they were, so without a snapshot."""

    epoch: UUID
    seq: int
    recovered: bool
    frames: list[Frame]


@dataclass(frozen=True, slots=True)
class Shown:
    """A snapshot, encoded once for everybody, and the version that was current when its reading began."""

    version: int
    epoch: UUID
    seq: int
    frame: Frame


@dataclass(slots=True)
class Reception:
    """Reads and encodes for everybody who comes at a time, and reads nothing for those who come while only chat goes on.

    What is kept here is used only while the room is settled: whoever comes between a change (an erasure, say) and
    the room's reading of it, gets what the database says then.
    """

    webinar_id: UUID
    db: Database
    recording_address: RecordingAddress
    known: Known
    recent: Recent = field(default_factory=Recent)
    _snapshots: dict[Audience, Shown] = field(default_factory=dict)
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def begin(self, hello: Hello, audience: Audience) -> Beginning:
        """What somebody needs. Raises NotFound when the webinar is gone."""
        if self.known.epoch is None:
            await self._find_standing()
        if (missed := await self._missed(hello, audience)) is not None:
            return missed
        shown = await self.snapshot(audience)
        added = self._added_to(shown, audience) or []
        seq = max((shown.seq, *(frame.seq for frame in added if frame.seq is not None)))
        return Beginning(shown.epoch, seq, False, [shown.frame, *added])

    async def snapshot(self, audience: Audience) -> Shown:
        """A snapshot that is as good as a fresh one, together with what was said since."""
        async with self._one_at_a_time:
            if (shown := self._usable(audience)) is None:
                shown = self._snapshots[audience] = await self._read(audience)
            return shown

    async def renew(self) -> dict[Audience, Frame]:
        """A snapshot for everybody, read anew, from which on the room knows everything; if that fails it knows what it did."""
        async with self._one_at_a_time:
            version = self.known.version
            found = await self.db.read(_read_for_all, self.webinar_id, self.recording_address)
            self._snapshots = {
                audience: Shown(version, snapshot.epoch, snapshot.seq, encode(snapshot))
                for audience, snapshot in found.items()
            }
            oldest = min(self._snapshots.values(), key=lambda shown: shown.seq)
            self._know(oldest.epoch, oldest.seq)
            return {audience: shown.frame for audience, shown in self._snapshots.items()}

    def remember(self, update: Update, entries: Mapping[Audience, Entry]) -> None:
        """The room was told something; `known.seq` includes it already."""
        if isinstance(update.public, events.ChatPosted):
            frames = {audience: entry.frame for audience, entry in entries.items() if entry.frame is not None}
            self.recent.add(update.seq, frames)
        else:
            self.recent.begin(self.known.seq)

    def forget(self) -> None:
        """Something changed that has no number, or everything has."""
        self._snapshots.clear()
        self.recent.begin(self.known.seq)

    async def _find_standing(self) -> None:
        """Lets the room know where it stands before anybody begins: nobody may begin before what it tells from there on."""
        async with self._one_at_a_time:
            if self.known.epoch is None:
                self._know(*await self.db.read(standing_of, self.webinar_id))

    def _know(self, epoch: UUID, seq: int) -> None:
        self.known.epoch, self.known.seq = epoch, seq
        self.recent.begin(seq)

    async def _missed(self, hello: Hello, audience: Audience) -> Beginning | None:
        """What happened since the client left; None when it needs a snapshot.

        From its last number on, that one included: rows that changed together share a number, and the client
        may have been cut off between two of them.
        """
        if hello.epoch is None or hello.seq is None:
            return None
        known = self.known
        if known.settled and known.epoch == hello.epoch and hello.seq <= known.seq:
            frames = self.recent.after(hello.seq - 1, audience, most=MOST_CHANGES)
            if frames is not None:
                return Beginning(hello.epoch, known.seq, True, frames)
        changes = await self.db.read(changes_after, self.webinar_id, hello.seq - 1, limit=MOST_CHANGES)
        webinar = changes.webinar
        if changes.overflow or webinar.epoch != hello.epoch or webinar.last_seq < hello.seq:
            return None
        shown = (event_for(update, audience) for update in updates_of(changes, self.recording_address))
        frames = [encode(event) for event in shown if event is not None]
        return Beginning(webinar.epoch, webinar.last_seq, True, frames)

    def _usable(self, audience: Audience) -> Shown | None:
        shown = self._snapshots.get(audience)
        if shown is None or (not self.known.settled and shown.version != self.known.version):
            return None
        return shown if self._added_to(shown, audience) is not None or shown.seq >= self.known.seq else None

    def _added_to(self, shown: Shown, audience: Audience) -> list[Frame] | None:
        if shown.epoch != self.known.epoch:
            return None
        return self.recent.after(shown.seq, audience, most=MOST_ADDED)

    async def _read(self, audience: Audience) -> Shown:
        version = self.known.version
        snapshot = await self.db.read(read_snapshot, self.webinar_id, audience, self.recording_address)
        return Shown(version, snapshot.epoch, snapshot.seq, encode(snapshot))


def _read_for_all(
    db: Session, webinar_id: UUID, recording_address: RecordingAddress
) -> dict[Audience, events.Snapshot]:
    return {audience: read_snapshot(db, webinar_id, audience, recording_address) for audience in Audience}
