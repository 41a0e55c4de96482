"""Catching up: everything of a room that changed after a number. No log of events exists that one would have to erase."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Integer, bindparam, exists
from sqlmodel import Session, col, select

from webinar.errors import NotFound
from webinar.interaction.chat import SaidMessage, read_said, said_messages
from webinar.interaction.questions import AskedQuestion, asked_questions, read_asked
from webinar.models import ChatMessage, Participant, Question, Webinar


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed in a room after a number and up to `webinar.last_seq`, each list in the order of the changes.

    `state_changed` says that what the room shows of the webinar itself is among it. `overflow` says that there
    is more than was asked for, so that a fresh snapshot is the better answer; then the lists are empty.
    """

    webinar: Webinar
    state_changed: bool
    messages: list[SaidMessage]
    questions: list[AskedQuestion]
    participants: list[Participant]
    overflow: bool = False


def _changed(table: type[ChatMessage | Question | Participant], number: Any) -> ColumnElement[bool]:
    theirs = col(table.webinar_id) == col(Webinar.id)
    return exists().where(theirs, number > bindparam("seq"), number <= col(Webinar.last_seq))


# Made once: making them takes longer than PostgreSQL takes to answer them, and every instance asks after every change.
FIRST: BindParameter[int] = bindparam("first")
LAST: BindParameter[int] = bindparam("last")
IN_ROOM: BindParameter[UUID] = bindparam("webinar_id")
# The webinar, and of what kinds anything changed: mostly it is chat alone, and the others need not be read.
STANDING = select(
    Webinar,
    _changed(ChatMessage, col(ChatMessage.seq)),
    _changed(Question, col(Question.seq)),
    _changed(Participant, col(Participant.moderated_seq)),
).where(col(Webinar.id) == IN_ROOM)
MESSAGES = (
    said_messages()
    .where(col(ChatMessage.webinar_id) == IN_ROOM, col(ChatMessage.seq).between(FIRST, LAST))
    .order_by(col(ChatMessage.seq), col(ChatMessage.posted_seq))
    .limit(bindparam("most", type_=Integer))
)
QUESTIONS = (
    asked_questions(IN_ROOM)
    .where(col(Question.seq).between(FIRST, LAST))
    .order_by(col(Question.seq), col(Question.posted_seq))
    .limit(bindparam("most", type_=Integer))
)
PARTICIPANTS = (
    select(Participant)
    .where(col(Participant.webinar_id) == IN_ROOM, col(Participant.moderated_seq).between(FIRST, LAST))
    .order_by(col(Participant.moderated_seq), col(Participant.id))
    .limit(bindparam("most", type_=Integer))
)


def standing_of(db: Session, webinar_id: UUID) -> tuple[UUID, int]:
    """A room's epoch and its last number in it; raises NotFound when the webinar is gone."""
    found = db.exec(select(Webinar.epoch, Webinar.last_seq).where(col(Webinar.id) == webinar_id)).first()
    if found is None:
        raise NotFound
    return found


def changes_after(db: Session, webinar_id: UUID, seq: int, *, limit: int) -> Changes:
    """Everything that changed after `seq`, up to `limit` rows of each kind; raises NotFound when the webinar is gone.

    The webinar is read first: a row that changes again in the meantime has a number above `last_seq` and
    comes with the next call.
    """
    found = db.exec(STANDING, params={"webinar_id": webinar_id, "seq": seq}).first()
    if found is None:
        raise NotFound
    webinar, said, asked, moderated = found
    within = {"webinar_id": webinar_id, "first": seq + 1, "last": webinar.last_seq, "most": limit + 1}
    messages = read_said(db, MESSAGES, within) if said else []
    questions = read_asked(db, QUESTIONS, within) if asked else []
    participants = db.exec(PARTICIPANTS, params=within).all() if moderated else []
    if max(len(messages), len(questions), len(participants)) > limit:
        return Changes(webinar, True, [], [], [], overflow=True)
    return Changes(webinar, webinar.state_seq > seq, messages, questions, list(participants))


def moderated_participants(db: Session, webinar_id: UUID) -> list[Participant]:
    """Who is muted or banned now."""
    found = db.exec(
        select(Participant)
        .where(
            col(Participant.webinar_id) == webinar_id,
            col(Participant.moderated_seq).is_not(None),
            col(Participant.muted_at).is_not(None) | col(Participant.banned_at).is_not(None),
        )
        .order_by(col(Participant.moderated_seq), col(Participant.id))
    )
    return list(found)
