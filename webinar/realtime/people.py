"""What is each person's own in one room, read for many of them at once."""

from collections.abc import Sequence
from uuid import UUID

from webinar.db import Database
from webinar.errors import Forbidden, NotFound
from webinar.interaction.actor import Actor
from webinar.realtime.protocol.events import YouChanged
from webinar.realtime.snapshot import read_people
from webinar.together import Together

MOST_AT_ONCE = 128  # people in one reading


class People(Together[Actor, YouChanged]):
    """Asked with an actor of the room, it gives what is their own, as it is now. Raises NotFound for who is gone,
    Forbidden for who was banned.
    """

    __slots__ = ("_db", "_webinar_id")

    def __init__(self, db: Database, webinar_id: UUID) -> None:
        super().__init__(self._read, MOST_AT_ONCE)
        self._db, self._webinar_id = db, webinar_id

    async def _read(self, actors: Sequence[Actor]) -> Sequence[YouChanged | NotFound | Forbidden]:
        return await self._db.read(read_people, self._webinar_id, actors)
