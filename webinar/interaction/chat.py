"""Chat: posting, removing, announcing and reading back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, insert
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from webinar.errors import NotFound, WebinarError
from webinar.interaction.actor import (
    Actor,
    check_voice,
    find_participants,
    find_room,
    require_host,
    require_open,
)
from webinar.interaction.text import clean_text
from webinar.models import ChatMessage, MessageKind, Participant, User, Webinar
from webinar.webinars.order import next_seq

MESSAGE_LENGTH = 500
# What makes a message the same: its author, a participant or a user, and the author's own id of it.
Key = tuple[UUID | None, UUID | None, UUID]


@dataclass(frozen=True, slots=True)
class SaidMessage:
    """A message and the name its author bears now; empty when nobody is named any more."""

    message: ChatMessage
    author_name: str


@dataclass(frozen=True, slots=True)
class Posting:
    """A chat message that somebody wants to post. The same `client_id` again is the same message."""

    actor: Actor
    client_id: UUID
    body: str

    @property
    def key(self) -> Key:
        """What makes it the same message."""
        return self.actor.participant_id, self.actor.user_id, self.client_id


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that is there, and its place."""

    id: UUID
    posted_seq: int


async def post_message(
    db: AsyncSession, actor: Actor, client_id: UUID, body: str, *, now: datetime
) -> ChatMessage:
    """Posts a chat message; the same `client_id` again gives the message that is there.

    Raises Invalid (`body`), Forbidden (viewer, muted, banned), Conflict (`chat_closed`) or NotFound.
    """
    [outcome] = await post_messages(db, [Posting(actor, client_id, body)], now=now)
    if isinstance(outcome, WebinarError):
        raise outcome
    return await db.get_one(ChatMessage, outcome.id)


async def post_messages(
    db: AsyncSession, postings: Sequence[Posting], *, now: datetime
) -> list[Posted | WebinarError]:
    """Posts messages to one room, with as many statements for many as for one. Gives each one's outcome, in order.

    An outcome is what `post_message` gives or raises. Raises NotFound when the webinar is gone.
    """
    first = postings[0].actor
    # First the room's lock: then nobody can be muted, or send the same message, between the checks and the rows.
    last_seq = await next_seq(db, first.webinar_id, len(postings))
    room = await find_room(db, first)
    voices = await find_participants(db, first, {posting.actor.participant_id for posting in postings})
    there = await _sent_before(db, postings)
    outcomes: list[Posted | WebinarError] = []
    rows = []
    for seq, posting in enumerate(postings, last_seq - len(postings) + 1):
        try:
            text = _check(posting, room, voices)
        except WebinarError as error:
            outcomes.append(error)
            continue
        if posting.key not in there:
            there[posting.key] = Posted(uuid4(), seq)
            rows.append(_row(posting, there[posting.key], text, now))
        outcomes.append(there[posting.key])
    if rows:
        await (await db.connection()).execute(insert(ChatMessage), rows)
    return outcomes


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


async def messages_before(
    db: AsyncSession, webinar_id: UUID, posted_seq: int | None, limit: int
) -> list[SaidMessage]:
    """Up to `limit` messages that were posted before `posted_seq` (None: the newest), oldest first."""
    query = said_messages().where(col(ChatMessage.webinar_id) == webinar_id)
    if posted_seq is not None:
        query = query.where(col(ChatMessage.posted_seq) < posted_seq)
    return await read_said(
        db, query.order_by(col(ChatMessage.posted_seq).desc()).limit(limit), newest_last=True
    )


async def newest_announcement(db: AsyncSession, webinar_id: UUID) -> SaidMessage | None:
    """The latest announcement, removed or not; None when there was none."""
    query = said_messages().where(
        col(ChatMessage.webinar_id) == webinar_id, col(ChatMessage.kind) == MessageKind.ANNOUNCEMENT
    )
    found = await read_said(db, query.order_by(col(ChatMessage.posted_seq).desc()).limit(1))
    return found[0] if found else None


def said_messages() -> Select[ChatMessage, str, str]:
    """Messages with their author's present name: it is never copied, so changing or erasing it reaches the chat."""
    return (
        select(ChatMessage, Participant.display_name, User.name)
        .outerjoin(Participant, col(Participant.id) == col(ChatMessage.participant_id))
        .outerjoin(User, col(User.id) == col(ChatMessage.user_id))
    )


async def read_said(
    db: AsyncSession,
    query: Select[ChatMessage, str, str],
    *,
    newest_last: bool = False,
) -> list[SaidMessage]:
    """Runs a query that `said_messages` began; `newest_last` turns its order around."""
    rows = await db.exec(query)
    said = [SaidMessage(message, name or user or "") for message, name, user in rows]
    return said[::-1] if newest_last else said


def _check(posting: Posting, room: Webinar, voices: Mapping[UUID, Participant]) -> str:
    """The text to post; raises what `post_message` raises."""
    text = clean_text(posting.body, field="body", limit=MESSAGE_LENGTH)
    if not posting.actor.is_host:
        check_voice(voices, posting.actor)
        require_open(room, enabled=room.chat_enabled, code="chat_closed")
    return text


async def _sent_before(db: AsyncSession, postings: Sequence[Posting]) -> dict[Key, Posted]:
    there: dict[Key, Posted] = {}
    client_ids = [posting.client_id for posting in postings]
    # By author, because the indexes are: one question for participants, one for hosts.
    for author, ids in (
        (ChatMessage.participant_id, {posting.actor.participant_id for posting in postings} - {None}),
        (ChatMessage.user_id, {posting.actor.user_id for posting in postings} - {None}),
    ):
        if not ids:
            continue
        found = await db.exec(
            select(ChatMessage).where(
                _in_room(postings[0].actor), col(author).in_(ids), col(ChatMessage.client_id).in_(client_ids)
            )
        )
        for sent in found:
            there[sent.participant_id, sent.user_id, sent.client_id] = Posted(sent.id, sent.posted_seq)
    return there


def _row(posting: Posting, posted: Posted, body: str, now: datetime) -> dict[str, Any]:
    actor = posting.actor
    return {
        "id": posted.id,
        "account_id": actor.account_id,
        "webinar_id": actor.webinar_id,
        "participant_id": actor.participant_id,
        "user_id": actor.user_id,
        "client_id": posting.client_id,
        "kind": MessageKind.CHAT,
        "body": body,
        "posted_seq": posted.posted_seq,
        "seq": posted.posted_seq,
        "posted_at": now,
    }


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
