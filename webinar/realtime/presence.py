"""How many are watching, here and on other instances: numbers, never names."""

import time
from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

from webinar.realtime.fanout.frames import encode
from webinar.realtime.notices import Present
from webinar.realtime.protocol.events import Presence as PresenceEvent
from webinar.realtime.room import Room
from webinar.realtime.ticks import apart

MISSED = 3  # heartbeats, after which an instance that tells nothing is counted no more (R8)
PULSE = 20.0  # seconds after which clients hear the number again, so that a dead line shows


class Presence:
    """Counts participants once each, however many sockets they have, and viewers by socket.

    Every `heartbeat` seconds each instance tells the others its numbers again.
    """

    def __init__(self, instance: UUID, heartbeat: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._instance, self._heartbeat, self._clock = instance, heartbeat, clock
        self._silent = MISSED * heartbeat
        self._here: dict[UUID, tuple[int, float]] = {}
        self._there: dict[UUID, dict[UUID, tuple[int, float]]] = {}
        self._told: dict[UUID, tuple[int, float]] = {}

    def viewers(self, webinar_id: UUID) -> int:
        """How many watch the webinar, as far as known."""
        now = self._clock()
        there = self._there.get(webinar_id, {}).values()
        return self.viewers_here(webinar_id) + sum(
            viewers for viewers, heard in there if now - heard < self._silent
        )

    def viewers_here(self, webinar_id: UUID) -> int:
        """How many watch the webinar through this instance."""
        here, _ = self._here.get(webinar_id, (0, 0.0))
        return here

    def heard(self, webinar_id: UUID, instance: UUID, viewers: int) -> None:
        """Another instance tells how many it has."""
        instances = self._there.setdefault(webinar_id, {})
        if viewers:
            instances[instance] = viewers, self._clock()
        else:
            instances.pop(instance, None)
            if not instances:
                del self._there[webinar_id]

    def repeat(self) -> None:
        """Tells every number again at the next look: somebody may not have heard it."""
        self._here = {webinar_id: (viewers, 0.0) for webinar_id, (viewers, _) in self._here.items()}

    def take_stock(self, rooms: Mapping[UUID, Room]) -> Iterator[Present]:
        """Counts every room, tells its clients where it is time to, and yields what other instances should hear.

        Of a room that has emptied they hear once more: its zero.
        """
        now = self._clock()
        self._forget_silent(now)
        for webinar_id in {*rooms, *self._here}:
            room = rooms.get(webinar_id)
            viewers = room.members.viewers if room else 0
            before, told_others = self._here.get(webinar_id, (0, 0.0))
            if viewers != before or now - told_others >= self._heartbeat:
                self._here[webinar_id] = viewers, now
                yield Present(webinar_id, self._instance, viewers)
            if room is None:
                self._here.pop(webinar_id, None)
                self._told.pop(webinar_id, None)
            else:
                self._tell(room, now)

    def farewell(self) -> list[Present]:
        """What other instances should hear when this one ends."""
        return [Present(webinar_id, self._instance, 0) for webinar_id in self._here]

    def _forget_silent(self, now: float) -> None:
        for webinar_id, instances in list(self._there.items()):
            heard = {name: seen for name, seen in instances.items() if now - seen[1] < self._silent}
            if heard:
                self._there[webinar_id] = heard
            else:
                del self._there[webinar_id]

    def _tell(self, room: Room, now: float) -> None:
        """Tells the room how many there are, if that is news; in a large room the news waits for more of it."""
        total = self.viewers(room.webinar_id)
        told, at = self._told.get(room.webinar_id, (-1, -PULSE))
        if now - at < (PULSE if total == told else apart(len(room.members))):
            return
        self._told[room.webinar_id] = total, now
        room.presence = encode(PresenceEvent(viewers=total))
        room.tell(room.presence)
