"""Chat: posting, removing, announcing and reading back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from webinar.consent.standing import shown
from webinar.db import within
from webinar.errors import NotFound, WebinarError
from webinar.interaction.actor import Actor, require_host
from webinar.interaction.posting import MESSAGE_LENGTH, Posting, post_messages
from webinar.interaction.text import clean_text
from webinar.models import ChatMessage, MessageKind, Participant, User
from webinar.webinars.order import next_seq


@dataclass(frozen=True, slots=True)
class SaidMessage:
    """A message and the name its author bears now; empty when nobody is named any more."""

    message: ChatMessage
    author_name: str


async def post_message(
    db: AsyncSession, actor: Actor, client_id: UUID, body: str, *, now: datetime
) -> ChatMessage:
    """Posts a chat message; the same `client_id` again gives the message that is there.

    Raises Invalid (`body`), Forbidden (viewer, muted, banned), Conflict (`chat_closed`) or NotFound.
    """
    posted = await within(db, post_messages, [Posting(actor, client_id, body)], now=now)
    [outcome] = posted.outcomes
    if isinstance(outcome, WebinarError):
        raise outcome
    return await db.get_one(ChatMessage, outcome.id)


async def post_announcement(
    db: AsyncSession, actor: Actor, client_id: UUID, body: str, *, now: datetime
) -> ChatMessage:
    """Posts an announcement, which stays on top until the next one or its removal. Raises as `post_message`."""
    require_host(actor)
    text = clean_text(body, field="body", limit=MESSAGE_LENGTH)
    seq = await next_seq(db, actor.webinar_id)
    return await _store(db, actor, client_id, text, kind=MessageKind.ANNOUNCEMENT, seq=seq, now=now)


async def remove_message(db: AsyncSession, actor: Actor, message_id: UUID, *, now: datetime) -> ChatMessage:
    """Empties a message and keeps its place. Raises Forbidden or NotFound; a removed one stays removed."""
    require_host(actor)
    seq = await next_seq(db, actor.webinar_id)
    found = await db.exec(select(ChatMessage).where(_in_room(actor), col(ChatMessage.id) == message_id))
    message = found.first()
    if message is None:
        raise NotFound("This message is no longer there.")
    if message.removed_at is None:
        message.body, message.removed_at, message.seq = "", now, seq
        db.add(message)
        await db.flush()
    return message


async def remove_messages_of(
    db: AsyncSession, actor: Actor, participant_id: UUID, *, seq: int, now: datetime
) -> None:
    """Empties everything a participant said in the chat, as one change with the number `seq`."""
    await db.exec(
        update(ChatMessage)
        .where(
            _in_room(actor),
            col(ChatMessage.participant_id) == participant_id,
            col(ChatMessage.removed_at).is_(None),
        )
        .values(body="", removed_at=now, seq=seq)
        .execution_options(synchronize_session=False)
    )


def messages_before(db: Session, webinar_id: UUID, posted_seq: int | None, limit: int) -> list[SaidMessage]:
    """Up to `limit` messages that were posted before `posted_seq` (None: the newest), oldest first."""
    query = said_messages().where(col(ChatMessage.webinar_id) == webinar_id)
    if posted_seq is not None:
        query = query.where(col(ChatMessage.posted_seq) < posted_seq)
    return read_said(db, query.order_by(col(ChatMessage.posted_seq).desc()).limit(limit), newest_last=True)


def newest_announcement(db: Session, webinar_id: UUID) -> SaidMessage | None:
    """The latest announcement, removed or not; None when there was none."""
    query = said_messages().where(
        col(ChatMessage.webinar_id) == webinar_id, col(ChatMessage.kind) == MessageKind.ANNOUNCEMENT
    )
    found = read_said(db, query.order_by(col(ChatMessage.posted_seq).desc()).limit(1))
    return found[0] if found else None


def said_messages() -> Select[ChatMessage, str, str]:
    """Messages with their author's present name: it is never copied, so changing or erasing it reaches the chat.

    Without those of people who have restricted the use of what they wrote by then.
    """
    return (
        select(ChatMessage, Participant.display_name, User.name)
        .outerjoin(Participant, col(Participant.id) == col(ChatMessage.participant_id))
        .outerjoin(User, col(User.id) == col(ChatMessage.user_id))
        .where(shown(col(ChatMessage.participant_id), col(ChatMessage.posted_at)))
    )


def read_said(
    db: Session,
    query: Select[ChatMessage, str, str],
    values: Mapping[str, Any] | None = None,
    *,
    newest_last: bool = False,
) -> list[SaidMessage]:
    """Runs a query that `said_messages` began, with `values` for its places; `newest_last` turns its order around."""
    rows = db.exec(query, params=values)
    said = [SaidMessage(message, name or user or "") for message, name, user in rows]
    return said[::-1] if newest_last else said


async def _store(
    db: AsyncSession, actor: Actor, client_id: UUID, body: str, *, kind: MessageKind, seq: int, now: datetime
) -> ChatMessage:
    message = ChatMessage(
        account_id=actor.account_id,
        webinar_id=actor.webinar_id,
        participant_id=actor.participant_id,
        user_id=actor.user_id,
        client_id=client_id,
        kind=kind,
        body=body,
        posted_seq=seq,
        seq=seq,
        posted_at=now,
    )
    sent_before = (await db.exec(select(ChatMessage).where(_in_room(actor), *_sent_as(message)))).first()
    if sent_before is not None:
        return sent_before
    db.add(message)
    await db.flush()
    return message


def _sent_as(message: ChatMessage) -> tuple[ColumnElement[bool], ...]:
    return (
        col(ChatMessage.client_id) == message.client_id,
        col(ChatMessage.participant_id).is_not_distinct_from(message.participant_id),
        col(ChatMessage.user_id).is_not_distinct_from(message.user_id),
    )


def _in_room(actor: Actor) -> ColumnElement[bool]:
    return (col(ChatMessage.account_id) == actor.account_id) & (
        col(ChatMessage.webinar_id) == actor.webinar_id
    )
