"""How many are watching, here and on other instances: numbers, never names."""

import time
from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

from webinar.realtime.fanout.frames import encode
from webinar.realtime.notices import Present
from webinar.realtime.protocol.events import Presence as PresenceEvent
from webinar.realtime.room import Room

REPEAT = 10.0  # seconds after which a number is told to other instances again
SILENT = 25.0  # seconds after which an instance that tells nothing is counted no more (R8: right within 30)
PULSE = 20.0  # seconds after which clients hear the number again, so that a dead line shows


class Presence:
    """Counts participants once each, however many sockets they have, and viewers by socket."""

    def __init__(self, instance: UUID, clock: Callable[[], float] = time.monotonic) -> None:
        self._instance, self._clock = instance, clock
        self._here: dict[UUID, tuple[int, float]] = {}
        self._there: dict[UUID, dict[UUID, tuple[int, float]]] = {}
        self._told: dict[UUID, tuple[int, float]] = {}

    def viewers(self, webinar_id: UUID) -> int:
        """How many watch the webinar, as far as known."""
        now = self._clock()
        there = self._there.get(webinar_id, {}).values()
        here, _ = self._here.get(webinar_id, (0, now))
        return here + sum(viewers for viewers, heard in there if now - heard < SILENT)

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

    def take_stock(self, rooms: Mapping[UUID, Room]) -> Iterator[tuple[UUID, Present | None]]:
        """Counts every room: yields those whose clients should hear their `presence` now, and the notice for others.

        A room that has emptied is yielded once more, with its zero.
        """
        now = self._clock()
        self._forget_silent(now)
        for webinar_id in {*rooms, *self._here}:
            room = rooms.get(webinar_id)
            viewers = _count(room) if room else 0
            before, told_others = self._here.get(webinar_id, (0, 0.0))
            notice = None
            if viewers != before or now - told_others > REPEAT:
                notice = Present(webinar_id, self._instance, viewers)
                self._here[webinar_id] = viewers, now
            if room is None:
                self._here.pop(webinar_id, None)
                self._told.pop(webinar_id, None)
            elif not self._refresh(room, now) and notice is None:
                continue
            yield webinar_id, notice

    def farewell(self) -> list[Present]:
        """What other instances should hear when this one ends."""
        return [Present(webinar_id, self._instance, 0) for webinar_id in self._here]

    def _forget_silent(self, now: float) -> None:
        for webinar_id, instances in list(self._there.items()):
            heard = {name: seen for name, seen in instances.items() if now - seen[1] < SILENT}
            if heard:
                self._there[webinar_id] = heard
            else:
                del self._there[webinar_id]

    def _refresh(self, room: Room, now: float) -> bool:
        """Renews the room's `presence` frame; whether its clients should hear it."""
        total = self.viewers(room.webinar_id)
        told, at = self._told.get(room.webinar_id, (-1, 0.0))
        if total == told and now - at < PULSE:
            return False
        self._told[room.webinar_id] = total, now
        room.presence = encode(PresenceEvent(viewers=total))
        return True


def _count(room: Room) -> int:
    people = [member.identity.actor for member in room.members if not member.identity.actor.is_host]
    named = {actor.participant_id for actor in people if actor.participant_id is not None}
    return len(named) + sum(actor.participant_id is None for actor in people)
