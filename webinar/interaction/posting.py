"""Posting chat messages, many at a time: what a room does most, and what it takes to be told without being read back.

Everything here runs at one go (`Database.write`), with statements that are made once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, bindparam, null, select

from webinar.errors import NotFound, WebinarError
from webinar.interaction.actor import Actor, check_voice, require_open
from webinar.interaction.text import clean_text
from webinar.models import ChatMessage, MessageKind, Participant, User, next_id, table_of
from webinar.statements import Listing, Places, Statement
from webinar.webinars.order import Turn, take_turn

MESSAGE_LENGTH = 500
# What makes a message the same: its author, a participant or a user, and the author's own id of it.
Key = tuple[UUID | None, UUID | None, UUID]

MESSAGE, PARTICIPANT, USER = table_of(ChatMessage), table_of(Participant), table_of(User)
_INSERT = Statement(MESSAGE.insert())


class Speaker(NamedTuple):
    """Somebody who speaks, and one of the messages that are asked about, if it is there already; a host has no mutes."""

    id: UUID
    display_name: str
    muted_at: datetime | None
    banned_at: datetime | None
    client_id: UUID | None
    message_id: Any
    posted_seq: Any


def _speakers(
    table: Table, author: str, columns: Sequence[ColumnElement[Any]], *conditions: ColumnElement[bool]
) -> Listing:
    """Who speaks, each once for every message of theirs that was sent before with one of the client ids, or once."""

    def speakers(places: Places) -> Select[Any]:
        sent = and_(
            # As the index begins, in which nothing but these messages is looked up.
            MESSAGE.c.account_id == table.c.account_id,
            MESSAGE.c.webinar_id == bindparam("webinar_id"),
            MESSAGE.c[author] == table.c.id,
            MESSAGE.c.client_id.in_(places("client_ids", MESSAGE.c.client_id)),
        )
        of_message = MESSAGE.c.client_id, MESSAGE.c.id.label("message_id"), MESSAGE.c.posted_seq
        return (
            select(table.c.id, *columns, *of_message)
            .select_from(table.outerjoin(MESSAGE, sent))
            .where(table.c.id.in_(places("people", table.c.id)), *conditions)
        )

    return Listing(speakers)


_PARTICIPANTS = _speakers(
    PARTICIPANT,
    "participant_id",
    [PARTICIPANT.c[name] for name in ("display_name", "muted_at", "banned_at")],
    # All three, so that SQLite goes by their index and not through everybody in the webinar.
    PARTICIPANT.c.account_id == bindparam("account_id"),
    PARTICIPANT.c.webinar_id == bindparam("webinar_id"),
    PARTICIPANT.c.erasure_id.is_(None),
)
_HOSTS = _speakers(
    USER,
    "user_id",
    [USER.c.name, null().label("muted_at"), null().label("banned_at")],
    USER.c.account_id == bindparam("account_id"),
)


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
    speakers, there = _ask_about(db, postings)
    together = PostedTogether([], [], turn.last_seq - len(postings), turn)
    for seq, posting in enumerate(postings, together.after + 1):
        # Whatever is there already stays so: its author may have been muted, or the chat closed, since.
        if posting.key not in there:
            try:
                text = _check(posting, turn, speakers)
            except WebinarError as error:
                together.outcomes.append(error)
                continue
            there[posting.key] = Posted(next_id(), seq)
            name = _name(posting.actor, speakers)
            message = FreshMessage(
                there[posting.key].id, posting.actor, name, posting.client_id, text, seq, now
            )
            together.fresh.append(message)
        together.outcomes.append(there[posting.key])
    if together.fresh:
        _INSERT.carry_out(db, [message.row() for message in together.fresh])
    return together


def _check(posting: Posting, turn: Turn, speakers: Mapping[UUID, Speaker]) -> str:
    """The text to post; raises what `chat.post_message` raises."""
    text = clean_text(posting.body, field="body", limit=MESSAGE_LENGTH)
    if not posting.actor.is_host:
        check_voice(speakers, posting.actor)
        require_open(turn, enabled=turn.chat_enabled, code="chat_closed")
    return text


def _ask_about(db: Connection, postings: Sequence[Posting]) -> tuple[dict[UUID, Speaker], dict[Key, Posted]]:
    """Who speaks, participants and hosts, and which of the postings are there already."""
    speakers: dict[UUID, Speaker] = {}
    there: dict[Key, Posted] = {}
    first = postings[0].actor
    owner = {"account_id": first.account_id, "webinar_id": first.webinar_id}
    # By author, because the indexes are: one question for participants, one for hosts.
    for listing, is_host in ((_PARTICIPANTS, False), (_HOSTS, True)):
        theirs = [posting for posting in postings if posting.actor.is_host is is_host]
        people = {posting.actor.user_id or posting.actor.participant_id for posting in theirs} - {None}
        asked: dict[str, list[Any]] = {
            "people": list(people),
            "client_ids": [posting.client_id for posting in theirs],
        }
        for row in listing.rows(db, asked, owner):
            speaker = Speaker(*row)
            speakers[speaker.id] = speaker
            if speaker.client_id is not None:
                key = (
                    (None, speaker.id, speaker.client_id)
                    if is_host
                    else (speaker.id, None, speaker.client_id)
                )
                there[key] = Posted(speaker.message_id, speaker.posted_seq)
    return speakers, there


def _name(actor: Actor, speakers: Mapping[UUID, Speaker]) -> str:
    """As it is now; that of a host whose user is gone is empty."""
    person = actor.user_id or actor.participant_id
    found = speakers.get(person) if person is not None else None
    return found.display_name if found is not None else ""
