"""The order of a room: every durable change takes the next number in its own transaction."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, bindparam
from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.errors import NotFound
from webinar.models import Webinar, WebinarState, table_of
from webinar.statements import Statement

WEBINAR = table_of(Webinar)
_TAKE = Statement(
    WEBINAR.update()
    .where(WEBINAR.c.id == bindparam("webinar_id"), WEBINAR.c.erasure_id.is_(None))
    .values(last_seq=WEBINAR.c.last_seq + bindparam("count"))
    .returning(*(WEBINAR.c[name] for name in ("account_id", "epoch", "last_seq", "state", "chat_enabled")))
)


@dataclass(frozen=True, slots=True)
class Turn:
    """The numbers of a room that somebody took, up to `last_seq`, and how the room stands meanwhile."""

    account_id: UUID
    epoch: UUID
    last_seq: int
    state: WebinarState
    chat_enabled: bool


def take_turn(db: Connection, webinar_id: UUID, count: int) -> Turn:
    """Takes the room's next `count` numbers, as `next_seq` does, and reads how the room stands with the same statement.

    Raises NotFound when the webinar is gone.
    """
    for row in _TAKE.rows(db, {"webinar_id": webinar_id, "count": count}):
        return Turn(*row)
    raise NotFound


async def next_seq(db: AsyncSession, webinar_id: UUID) -> int:
    """Takes the room's next number. The webinar's row stays locked until the unit of work ends.

    That lock makes commits become visible in the order of their numbers, so that whoever has read
    everything up to N has missed nothing below N. Raises NotFound when the webinar is gone.
    """
    return await _advance(db, webinar_id, {"last_seq": col(Webinar.last_seq) + 1})


async def mark_state(db: AsyncSession, webinar: Webinar) -> int:
    """Writes `webinar`'s changes and tells its room to show it anew, with the number that this returns."""
    await db.flush()
    following = col(Webinar.last_seq) + 1
    seq = await _advance(db, webinar.id, {"last_seq": following, "state_seq": following})
    await db.refresh(webinar, ["last_seq", "state_seq"])
    return seq


async def _advance(db: AsyncSession, webinar_id: UUID, values: dict[str, Any]) -> int:
    statement = (
        update(Webinar)
        .where(col(Webinar.id) == webinar_id)
        .values(values)
        .returning(col(Webinar.last_seq))
        .execution_options(synchronize_session=False)
    )
    seq: int | None = (await db.exec(statement)).scalar_one_or_none()
    if seq is None:
        raise NotFound
    return seq


async def new_epoch(db: AsyncSession, webinar_id: UUID) -> None:
    """Makes every client of the room take a fresh snapshot. Call it where something is erased from the room.

    Raises NotFound when the webinar is gone.
    """
    await next_seq(db, webinar_id)
    await db.exec(
        update(Webinar)
        .where(col(Webinar.id) == webinar_id)
        .values(epoch=uuid4())
        .execution_options(synchronize_session=False)
    )
