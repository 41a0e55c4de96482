"""Catching up: everything of a room that changed after a number. No log of events exists that one would have to erase."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

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


def changes_after(db: Session, webinar_id: UUID, seq: int, *, limit: int) -> Changes:
    """Everything that changed after `seq`, up to `limit` rows of each kind; raises NotFound when the webinar is gone.

    The webinar is read first: a row that changes again in the meantime has a number above `last_seq` and
    comes with the next call.
    """
    found = db.exec(_standing(webinar_id, seq)).first()
    if found is None:
        raise NotFound
    webinar, said, asked, moderated = found
    within = seq + 1, webinar.last_seq
    messages = read_said(db, _messages(webinar_id, within).limit(limit + 1)) if said else []
    questions = read_asked(db, _questions(webinar_id, within).limit(limit + 1)) if asked else []
    participants = db.exec(_participants(webinar_id, within).limit(limit + 1)).all() if moderated else []
    if max(len(messages), len(questions), len(participants)) > limit:
        return Changes(webinar, True, [], [], [], overflow=True)
    return Changes(webinar, webinar.state_seq > seq, messages, questions, list(participants))


def _standing(webinar_id: UUID, seq: int) -> Select[Webinar, bool, bool, bool]:
    """The webinar, and of what kinds anything changed: mostly it is chat alone, and the others need not be read."""

    def changed(table: type[ChatMessage | Question | Participant], number: Any) -> ColumnElement[bool]:
        theirs = col(table.webinar_id) == col(Webinar.id)
        return exists().where(theirs, number > seq, number <= col(Webinar.last_seq))

    return select(
        Webinar,
        changed(ChatMessage, col(ChatMessage.seq)),
        changed(Question, col(Question.seq)),
        changed(Participant, col(Participant.moderated_seq)),
    ).where(col(Webinar.id) == webinar_id)


def _messages(webinar_id: UUID, within: tuple[int, int]) -> Select[ChatMessage, str, str]:
    return (
        said_messages()
        .where(col(ChatMessage.webinar_id) == webinar_id, col(ChatMessage.seq).between(*within))
        .order_by(col(ChatMessage.seq), col(ChatMessage.posted_seq))
    )


def _questions(webinar_id: UUID, within: tuple[int, int]) -> Select[Question, str]:
    return (
        asked_questions(webinar_id)
        .where(col(Question.seq).between(*within))
        .order_by(col(Question.seq), col(Question.posted_seq))
    )


def _participants(webinar_id: UUID, within: tuple[int, int]) -> SelectOfScalar[Participant]:
    return (
        select(Participant)
        .where(col(Participant.webinar_id) == webinar_id, col(Participant.moderated_seq).between(*within))
        .order_by(col(Participant.moderated_seq), col(Participant.id))
    )


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
