"""The order of a room: every durable change takes the next number in its own transaction."""

from uuid import UUID

from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.errors import NotFound
from webinar.models import Webinar


async def next_seq(db: AsyncSession, webinar_id: UUID) -> int:
    """Takes the room's next number. The webinar's row stays locked until the unit of work ends.

    That lock makes commits become visible in the order of their numbers, so that whoever has read
    everything up to N has missed nothing below N. Raises NotFound when the webinar is gone.
    """
    statement = (
        update(Webinar)
        .where(col(Webinar.id) == webinar_id)
        .values(last_seq=col(Webinar.last_seq) + 1)
        .returning(col(Webinar.last_seq))
        .execution_options(synchronize_session=False)
    )
    seq: int | None = (await db.execute(statement)).scalar()
    if seq is None:
        raise NotFound
    return seq
