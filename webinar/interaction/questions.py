"""Questions: asking, voting, and what hosts do with them.

    pending → published → answered
       └──────────┴──────────┴──→ dismissed → published

Answering a pending question publishes it too. A step to the state a question is in already changes nothing,
so that a command that is sent twice does no harm.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, func
from sqlmodel import Session, col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from webinar.consent.standing import shown
from webinar.errors import Conflict, IllegalTransition, NotFound
from webinar.interaction.actor import Actor, find_room, require_host, require_open, require_voice
from webinar.interaction.text import clean_text
from webinar.models import Participant, Question, QuestionState, QuestionVote
from webinar.webinars.order import next_seq

QUESTION_LENGTH = 1000
PENDING, PUBLISHED = QuestionState.PENDING, QuestionState.PUBLISHED
ANSWERED, DISMISSED = QuestionState.ANSWERED, QuestionState.DISMISSED
VISIBLE = frozenset({PUBLISHED, ANSWERED})
STEPS: dict[QuestionState, frozenset[QuestionState]] = {
    PENDING: frozenset({PUBLISHED, ANSWERED, DISMISSED}),
    PUBLISHED: frozenset({ANSWERED, DISMISSED}),
    ANSWERED: frozenset({DISMISSED}),
    DISMISSED: frozenset({PUBLISHED}),
}


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question and the name its author bears now."""

    question: Question
    author_name: str


async def ask_question(
    db: AsyncSession, actor: Actor, client_id: UUID, body: str, *, anonymous: bool, now: datetime
) -> Question:
    """Asks; the question waits for a host where the webinar says so. One that is there already is given, unchecked.

    Raises Invalid (`body`), Forbidden (viewer, muted, banned), Conflict (`questions_closed`) or NotFound.
    """
    seq = await next_seq(db, actor.webinar_id)
    asked_before = await db.exec(
        select(Question).where(
            _in_room(actor),
            col(Question.participant_id) == actor.participant_id,
            col(Question.client_id) == client_id,
        )
    )
    if (question := asked_before.first()) is not None:
        return question
    text = clean_text(body, field="body", limit=QUESTION_LENGTH)
    author = await require_voice(db, actor)
    webinar = await find_room(db, actor)
    require_open(webinar, enabled=webinar.questions_enabled, code="questions_closed")
    question = Question(
        account_id=actor.account_id,
        webinar_id=actor.webinar_id,
        participant_id=author.id,
        client_id=client_id,
        body=text,
        anonymous=anonymous,
        state=PENDING if webinar.questions_moderated else PUBLISHED,
        posted_seq=seq,
        seq=seq,
        posted_at=now,
    )
    db.add(question)
    await db.flush()
    return question


async def vote_question(db: AsyncSession, actor: Actor, question_id: UUID) -> Question:
    """Adds the participant's vote, once. Raises Forbidden, Conflict (`questions_closed`, `not_votable`), NotFound."""
    question, author, seq = await _votable(db, actor, question_id)
    if await _own_vote(db, question, author) is None:
        db.add(
            QuestionVote(
                account_id=actor.account_id,
                webinar_id=actor.webinar_id,
                question_id=question.id,
                participant_id=author.id,
            )
        )
        await _count(db, question, seq)
    return question


async def unvote_question(db: AsyncSession, actor: Actor, question_id: UUID) -> Question:
    """Takes the participant's vote back. Raises as `vote_question`."""
    question, author, seq = await _votable(db, actor, question_id)
    if (vote := await _own_vote(db, question, author)) is not None:
        await db.delete(vote)
        await _count(db, question, seq)
    return question


async def publish_question(db: AsyncSession, actor: Actor, question_id: UUID) -> Question:
    """Shows a question to everybody. Raises Forbidden, NotFound or IllegalTransition."""
    return await _step(db, actor, question_id, PUBLISHED)


async def dismiss_question(db: AsyncSession, actor: Actor, question_id: UUID) -> Question:
    """Takes a question away from everybody but its author and the hosts. Raises as `publish_question`."""
    return await _step(db, actor, question_id, DISMISSED)


async def answer_question(
    db: AsyncSession, actor: Actor, question_id: UUID, answer: str, *, now: datetime
) -> Question:
    """Marks a question as answered: in writing, or live when `answer` is empty. Answering again corrects the text.

    Raises Invalid (`answer`), Forbidden, NotFound or IllegalTransition.
    """
    text = clean_text(answer, field="answer", limit=QUESTION_LENGTH) if answer.strip() else ""
    question = await _step(db, actor, question_id, ANSWERED)
    if question.answered_at is None or question.answer != text:
        question.answer, question.answered_by, question.answered_at = text, actor.user_id, now
        question.seq = await next_seq(db, actor.webinar_id)
        await db.flush()
    return question


async def pin_question(db: AsyncSession, actor: Actor, question_id: UUID) -> Question:
    """Puts a question on top as the one being spoken about; the one that was there goes back to its place.

    Raises Forbidden, NotFound, or Conflict (`not_pinnable`) for a question that not everybody sees.
    """
    question, seq = await _moderated(db, actor, question_id)
    if question.state not in VISIBLE:
        raise Conflict("Publish the question first.", code="not_pinnable")
    if not question.pinned:
        pinned = await db.exec(select(Question).where(_in_room(actor), col(Question.pinned)))
        for other in pinned:
            other.pinned, other.seq = False, seq
        question.pinned, question.seq = True, seq
        await db.flush()
    return question


async def unpin_question(db: AsyncSession, actor: Actor, question_id: UUID) -> Question:
    """Puts a pinned question back to its place. Raises Forbidden or NotFound."""
    question, seq = await _moderated(db, actor, question_id)
    if question.pinned:
        question.pinned, question.seq = False, seq
        await db.flush()
    return question


async def dismiss_questions_of(db: AsyncSession, actor: Actor, participant_id: UUID, *, seq: int) -> None:
    """Takes away a participant's questions that are still open, as one change with the number `seq`."""
    await db.exec(
        update(Question)
        .where(
            _in_room(actor),
            col(Question.participant_id) == participant_id,
            col(Question.state).in_((PENDING, PUBLISHED)),
        )
        .values(state=DISMISSED, pinned=False, seq=seq)
        .execution_options(synchronize_session=False)
    )


async def recount_votes(db: AsyncSession, webinar_id: UUID) -> None:
    """Counts every question's votes anew: after an erasure the database has taken votes away by itself."""
    await db.exec(
        update(Question)
        .where(col(Question.webinar_id) == webinar_id)
        .values(votes=_votes_of(Question.id))
        .execution_options(synchronize_session=False)
    )


def asked_questions(webinar_id: UUID | BindParameter[UUID]) -> Select[Question, str]:
    """The questions of a room with their author's present name.

    Without those of people who have restricted the use of what they wrote by then.
    """
    return (
        select(Question, Participant.display_name)
        .join(Participant, col(Participant.id) == col(Question.participant_id))
        .where(
            col(Question.webinar_id) == webinar_id,
            shown(col(Question.participant_id), col(Question.posted_at)),
        )
    )


def read_asked(
    db: Session, query: Select[Question, str], values: Mapping[str, Any] | None = None
) -> list[AskedQuestion]:
    """Runs a query that `asked_questions` began, with `values` for its places."""
    return [AskedQuestion(question, name) for question, name in db.exec(query, params=values)]


def newest_questions_of(
    db: Session, webinar_id: UUID, participant_ids: Collection[UUID], limit: int
) -> dict[UUID, list[AskedQuestion]]:
    """The newest `limit` questions of each of these participants, oldest first; nobody's for who has asked none."""
    place = func.row_number().over(
        partition_by=col(Question.participant_id), order_by=col(Question.posted_seq).desc()
    )
    places = (
        select(col(Question.id).label("id"), place.label("place"))
        .where(col(Question.webinar_id) == webinar_id, col(Question.participant_id).in_(participant_ids))
        .subquery()
    )
    query = asked_questions(webinar_id).join(places, places.c.id == col(Question.id))
    found: dict[UUID, list[AskedQuestion]] = {}
    for asked in read_asked(db, query.where(places.c.place <= limit).order_by(col(Question.posted_seq))):
        found.setdefault(asked.question.participant_id, []).append(asked)
    return found


def votes_of(db: Session, webinar_id: UUID, participant_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """The questions that each of these participants has voted for; nothing for who has voted for none."""
    votes = select(QuestionVote.participant_id, QuestionVote.question_id).where(
        col(QuestionVote.webinar_id) == webinar_id, col(QuestionVote.participant_id).in_(participant_ids)
    )
    found: dict[UUID, list[UUID]] = {}
    for participant_id, question_id in db.exec(votes.order_by(col(QuestionVote.question_id))):
        found.setdefault(participant_id, []).append(question_id)
    return found


async def _step(db: AsyncSession, actor: Actor, question_id: UUID, target: QuestionState) -> Question:
    question, seq = await _moderated(db, actor, question_id)
    if question.state == target:
        return question
    if target not in STEPS[question.state]:
        raise IllegalTransition(f"A question that is {question.state} cannot become {target}.")
    question.state, question.seq = target, seq
    question.pinned = question.pinned and target in VISIBLE
    await db.flush()
    return question


async def _moderated(db: AsyncSession, actor: Actor, question_id: UUID) -> tuple[Question, int]:
    require_host(actor)
    seq = await next_seq(db, actor.webinar_id)
    return await _find(db, actor, question_id), seq


async def _votable(db: AsyncSession, actor: Actor, question_id: UUID) -> tuple[Question, Participant, int]:
    seq = await next_seq(db, actor.webinar_id)
    author = await require_voice(db, actor, muted_too=True)
    webinar = await find_room(db, actor)
    require_open(webinar, enabled=webinar.questions_enabled, code="questions_closed")
    question = await _find(db, actor, question_id)
    if question.state not in VISIBLE and question.participant_id != author.id:
        raise NotFound("This question is no longer there.")
    if question.state != PUBLISHED:
        raise Conflict("This question no longer takes votes.", code="not_votable")
    return question, author, seq


async def _find(db: AsyncSession, actor: Actor, question_id: UUID) -> Question:
    found = await db.exec(select(Question).where(_in_room(actor), col(Question.id) == question_id))
    question = found.first()
    if question is None:
        raise NotFound("This question is no longer there.")
    return question


async def _own_vote(db: AsyncSession, question: Question, author: Participant) -> QuestionVote | None:
    found = await db.exec(
        select(QuestionVote).where(
            col(QuestionVote.question_id) == question.id, col(QuestionVote.participant_id) == author.id
        )
    )
    return found.first()


async def _count(db: AsyncSession, question: Question, seq: int) -> None:
    await db.flush()
    votes = select(func.count()).where(col(QuestionVote.question_id) == question.id)
    question.votes, question.seq = (await db.exec(votes)).one(), seq
    await db.flush()


def _votes_of(question_id: object) -> ColumnElement[int]:
    counted = select(func.count()).where(col(QuestionVote.question_id) == question_id)
    return counted.correlate(Question).scalar_subquery()


def _in_room(actor: Actor) -> ColumnElement[bool]:
    return (col(Question.account_id) == actor.account_id) & (col(Question.webinar_id) == actor.webinar_id)
