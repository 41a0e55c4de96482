"""What a broker that is away, or lost a notice, would have told: asked of the database now and then (R7)."""

from collections.abc import Sequence
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlmodel import col, select

from webinar.db import Database
from webinar.models import Webinar
from webinar.realtime.room import Room

AT_ONCE = 500  # ids in one query

# Where a room stands in its order of changes; None when the webinar is gone.
Standing = tuple[UUID, int] | None


class Lookout:
    """Sees which rooms moved on since the last look: one short query for all of them, whoever committed what."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._seen: WeakKeyDictionary[Room, Standing] = WeakKeyDictionary()

    async def moved(self, rooms: Sequence[Room]) -> list[Room]:
        """Those of the `rooms` that are not where they were; one that was never looked at is among them."""
        found: dict[UUID, Standing] = {}
        for part in (rooms[start : start + AT_ONCE] for start in range(0, len(rooms), AT_ONCE)):
            query = select(Webinar.id, Webinar.epoch, Webinar.last_seq).where(
                col(Webinar.id).in_([room.webinar_id for room in part])
            )
            async with self._db.reading() as db:
                found |= {webinar_id: (epoch, seq) for webinar_id, epoch, seq in await db.exec(query)}
        moved = []
        for room in rooms:
            standing = found.get(room.webinar_id)
            if room not in self._seen or self._seen[room] != standing:
                moved.append(room)
            self._seen[room] = standing
        return moved
