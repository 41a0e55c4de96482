"""Catching up: everything of a room that changed after a number. No log of events exists that one would have to erase."""

from dataclasses import dataclass
from uuid import UUID

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


def changes_after(db: Session, webinar_id: UUID, seq: int, *, limit: int) -> Changes:
    """Everything that changed after `seq`, up to `limit` rows of each kind; raises NotFound when the webinar is gone.

    The webinar is read first: a row that changes again in the meantime has a number above `last_seq` and
    comes with the next call.
    """
    webinar = db.exec(select(Webinar).where(col(Webinar.id) == webinar_id)).first()
    if webinar is None:
        raise NotFound
    upto = webinar.last_seq
    messages = read_said(
        db,
        said_messages()
        .where(col(ChatMessage.webinar_id) == webinar_id, col(ChatMessage.seq).between(seq + 1, upto))
        .order_by(col(ChatMessage.seq), col(ChatMessage.posted_seq))
        .limit(limit + 1),
    )
    questions = read_asked(
        db,
        asked_questions(webinar_id)
        .where(col(Question.seq).between(seq + 1, upto))
        .order_by(col(Question.seq), col(Question.posted_seq))
        .limit(limit + 1),
    )
    participants = db.exec(
        select(Participant)
        .where(
            col(Participant.webinar_id) == webinar_id,
            col(Participant.moderated_seq).between(seq + 1, upto),
        )
        .order_by(col(Participant.moderated_seq), col(Participant.id))
        .limit(limit + 1)
    ).all()
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
