"""Posting chat messages, many at a time: what a room does most, and what it takes to be told without being read back.

Everything here runs at one go (`Database.write`), with statements that are made once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BindParameter, Connection, Row, bindparam

from webinar.errors import NotFound, WebinarError
from webinar.interaction.actor import Actor, check_voice, require_open
from webinar.interaction.text import clean_text
from webinar.models import ChatMessage, MessageKind, Participant, User, table_of
from webinar.webinars.order import Turn, take_turn

MESSAGE_LENGTH = 500
# What makes a message the same: its author, a participant or a user, and the author's own id of it.
Key = tuple[UUID | None, UUID | None, UUID]

MESSAGE, PARTICIPANT, USER = table_of(ChatMessage), table_of(Participant), table_of(User)
_ROOM: BindParameter[UUID] = bindparam("webinar_id")
_VOICES = (
    PARTICIPANT.select()
    .with_only_columns(*(PARTICIPANT.c[name] for name in ("id", "display_name", "muted_at", "banned_at")))
    .where(
        PARTICIPANT.c.webinar_id == _ROOM,
        PARTICIPANT.c.erasure_id.is_(None),
        PARTICIPANT.c.id.in_(bindparam("people", expanding=True)),
    )
)
_HOSTS = (
    USER.select()
    .with_only_columns(USER.c.id, USER.c.name)
    .where(USER.c.account_id == bindparam("account_id"), USER.c.id.in_(bindparam("people", expanding=True)))
)
_INSERT = MESSAGE.insert()


def _sent_by(author: str) -> Any:
    # By author, because the indexes are: one question for participants, one for hosts.
    return (
        MESSAGE.select()
        .with_only_columns(
            *(MESSAGE.c[name] for name in ("participant_id", "user_id", "client_id", "id", "posted_seq"))
        )
        .where(
            MESSAGE.c.webinar_id == _ROOM,
            MESSAGE.c[author].in_(bindparam("people", expanding=True)),
            MESSAGE.c.client_id.in_(bindparam("client_ids", expanding=True)),
        )
    )


_SENT_BY_PARTICIPANTS, _SENT_BY_HOSTS = _sent_by("participant_id"), _sent_by("user_id")


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


@dataclass(frozen=True, slots=True)
class FreshMessage:
    """A chat message as it was just stored, with its author's name."""

    id: UUID
    actor: Actor
    author_name: str
    client_id: UUID
    body: str
    seq: int
    posted_at: datetime

    def row(self) -> dict[str, Any]:
        """As the table has it."""
        return {
            "id": self.id,
            "account_id": self.actor.account_id,
            "webinar_id": self.actor.webinar_id,
            "participant_id": self.actor.participant_id,
            "user_id": self.actor.user_id,
            "client_id": self.client_id,
            "kind": MessageKind.CHAT,
            "body": self.body,
            "posted_seq": self.seq,
            "seq": self.seq,
            "posted_at": self.posted_at,
            "removed_at": None,
        }


@dataclass(frozen=True, slots=True)
class PostedTogether:
    """What came of each posting, in order, and everything that the room has to be told of them.

    Between `after` and `turn.last_seq` nothing else happened in the room.
    """

    outcomes: list[Posted | WebinarError]
    fresh: list[FreshMessage]
    after: int
    turn: Turn


def post_messages(db: Connection, postings: Sequence[Posting], *, now: datetime) -> PostedTogether:
    """Posts messages to one room, with as many statements for many as for one.

    An outcome is what `chat.post_message` gives or raises. Raises NotFound when the webinar is gone.
    """
    first = postings[0].actor
    # First the room's lock: then nobody can be muted, or send the same message, between the checks and the rows.
    turn = take_turn(db, first.webinar_id, len(postings))
    if turn.account_id != first.account_id:
        raise NotFound
    voices, hosts = _voices(db, postings), _hosts(db, postings)
    there = _sent_before(db, postings)
    together = PostedTogether([], [], turn.last_seq - len(postings), turn)
    for seq, posting in enumerate(postings, together.after + 1):
        try:
            text = _check(posting, turn, voices)
        except WebinarError as error:
            together.outcomes.append(error)
            continue
        if posting.key not in there:
            there[posting.key] = Posted(uuid4(), seq)
            name = _name(posting.actor, voices, hosts)
            message = FreshMessage(
                there[posting.key].id, posting.actor, name, posting.client_id, text, seq, now
            )
            together.fresh.append(message)
        together.outcomes.append(there[posting.key])
    if together.fresh:
        db.execute(_INSERT, [message.row() for message in together.fresh])
    return together


def _check(posting: Posting, turn: Turn, voices: Mapping[UUID, Row[Any]]) -> str:
    """The text to post; raises what `chat.post_message` raises."""
    text = clean_text(posting.body, field="body", limit=MESSAGE_LENGTH)
    if not posting.actor.is_host:
        check_voice(voices, posting.actor)
        require_open(turn, enabled=turn.chat_enabled, code="chat_closed")
    return text


def _voices(db: Connection, postings: Sequence[Posting]) -> dict[UUID, Row[Any]]:
    people = {posting.actor.participant_id for posting in postings} - {None}
    if not people:
        return {}
    found = db.execute(_VOICES, {**_room_of(postings), "people": list(people)})
    return {row.id: row for row in found}


def _hosts(db: Connection, postings: Sequence[Posting]) -> dict[UUID, str]:
    people = {posting.actor.user_id for posting in postings} - {None}
    if not people:
        return {}
    wanted = {"account_id": postings[0].actor.account_id, "people": list(people)}
    return {row.id: row.name for row in db.execute(_HOSTS, wanted)}


def _name(actor: Actor, voices: Mapping[UUID, Row[Any]], hosts: Mapping[UUID, str]) -> str:
    if actor.user_id is not None:
        return hosts.get(actor.user_id, "")
    name: str = voices[actor.participant_id].display_name if actor.participant_id is not None else ""
    return name


def _sent_before(db: Connection, postings: Sequence[Posting]) -> dict[Key, Posted]:
    there: dict[Key, Posted] = {}
    for statement, people in (
        (_SENT_BY_PARTICIPANTS, {posting.actor.participant_id for posting in postings} - {None}),
        (_SENT_BY_HOSTS, {posting.actor.user_id for posting in postings} - {None}),
    ):
        if not people:
            continue
        client_ids = [posting.client_id for posting in postings]
        wanted = {**_room_of(postings), "people": list(people), "client_ids": client_ids}
        for sent in db.execute(statement, wanted):
            there[sent.participant_id, sent.user_id, sent.client_id] = Posted(sent.id, sent.posted_seq)
    return there


def _room_of(postings: Sequence[Posting]) -> dict[str, UUID]:
    return {"webinar_id": postings[0].actor.webinar_id}
