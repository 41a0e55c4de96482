"""What a broker that is away, or lost a notice, would have told: asked of the database now and then (R7)."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from webinar.db import Database
from webinar.models import Webinar
from webinar.realtime.room import Room, Standing

AT_ONCE = 500  # ids in one query


async def moved_on(db: Database, rooms: Sequence[Room]) -> list[Room]:
    """Those of the `rooms` that know less than the database: one short query for all, whoever committed what."""
    there: dict[UUID, Standing] = {}
    for part in (rooms[start : start + AT_ONCE] for start in range(0, len(rooms), AT_ONCE)):
        there |= await db.read(_standings, [room.webinar_id for room in part])
    return [room for room in rooms if there.get(room.webinar_id) != room.standing]


def _standings(db: Session, webinar_ids: Sequence[UUID]) -> dict[UUID, Standing]:
    query = select(Webinar.id, Webinar.epoch, Webinar.last_seq).where(col(Webinar.id).in_(webinar_ids))
    return {webinar_id: (epoch, seq) for webinar_id, epoch, seq in db.exec(query)}
