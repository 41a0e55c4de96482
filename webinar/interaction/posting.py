"""Posting chat messages, many at a time: what a room does most, and what it takes to be told without being read back.

Everything here runs at one go (`Database.write`), with statements that are made once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    select,
)

from webinar.errors import NotFound, WebinarError
from webinar.interaction.actor import Actor, check_voice, require_open
from webinar.interaction.text import clean_text
from webinar.models import ChatMessage, MessageKind, Participant, User, table_of
from webinar.webinars.order import Turn, take_turn

MESSAGE_LENGTH = 500
# What makes a message the same: its author, a participant or a user, and the author's own id of it.
Key = tuple[UUID | None, UUID | None, UUID]

MESSAGE, PARTICIPANT, USER = table_of(ChatMessage), table_of(Participant), table_of(User)
_PEOPLE: BindParameter[Any] = bindparam("people", expanding=True)
_INSERT = MESSAGE.insert()


def _speakers(
    table: Table, author: str, columns: Sequence[str], *conditions: ColumnElement[bool]
) -> Select[Any]:
    """Who speaks, each once for every message of theirs that was sent before with one of `client_ids`, or once."""
    sent = and_(
        MESSAGE.c.webinar_id == bindparam("webinar_id"),
        MESSAGE.c[author] == table.c.id,
        MESSAGE.c.client_id.in_(bindparam("client_ids", expanding=True)),
    )
    wanted = (table.c[name] for name in ("id", *columns))
    return (
        select(*wanted, MESSAGE.c.client_id, MESSAGE.c.id.label("message_id"), MESSAGE.c.posted_seq)
        .select_from(table.outerjoin(MESSAGE, sent))
        .where(table.c.id.in_(_PEOPLE), *conditions)
    )


_PARTICIPANTS = _speakers(
    PARTICIPANT,
    "participant_id",
    ("display_name", "muted_at", "banned_at"),
    PARTICIPANT.c.webinar_id == bindparam("webinar_id"),
    PARTICIPANT.c.erasure_id.is_(None),
)
_HOSTS = _speakers(USER, "user_id", ("name",), USER.c.account_id == bindparam("account_id"))


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
    voices, hosts, there = _ask_about(db, postings)
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


def _ask_about(
    db: Connection, postings: Sequence[Posting]
) -> tuple[dict[UUID, Row[Any]], dict[UUID, str], dict[Key, Posted]]:
    """The participants and the hosts who speak, and which of the postings are there already."""
    first = postings[0].actor
    asked = {
        "account_id": first.account_id,
        "webinar_id": first.webinar_id,
        "client_ids": [posting.client_id for posting in postings],
    }
    voices: dict[UUID, Row[Any]] = {}
    hosts: dict[UUID, str] = {}
    there: dict[Key, Posted] = {}
    # By author, because the indexes are: one question for participants, one for hosts.
    if people := {posting.actor.participant_id for posting in postings} - {None}:
        for row in db.execute(_PARTICIPANTS, {**asked, "people": list(people)}):
            voices[row.id] = row
            if row.message_id is not None:
                there[row.id, None, row.client_id] = Posted(row.message_id, row.posted_seq)
    if users := {posting.actor.user_id for posting in postings} - {None}:
        for row in db.execute(_HOSTS, {**asked, "people": list(users)}):
            hosts[row.id] = row.name
            if row.message_id is not None:
                there[None, row.id, row.client_id] = Posted(row.message_id, row.posted_seq)
    return voices, hosts, there


def _name(actor: Actor, voices: Mapping[UUID, Row[Any]], hosts: Mapping[UUID, str]) -> str:
    if actor.user_id is not None:
        return hosts.get(actor.user_id, "")
    name: str = voices[actor.participant_id].display_name if actor.participant_id is not None else ""
    return name
