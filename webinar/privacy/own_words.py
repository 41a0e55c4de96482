"""Erasing single messages and questions of one's own (Art. 17 GDPR), for good: removing by a host only hides them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.errors import NotFound
from webinar.models import ChatMessage, Erasable, ErasureScope, Participant, Question, QuestionVote
from webinar.privacy.chunks import start_epoch
from webinar.privacy.erasure import Erased, write_receipt
from webinar.privacy.holds import require_not_held
from webinar.privacy.inventory import Within, table_named
from webinar.privacy.journal import note_erased
from webinar.privacy.wanted import Wanted, want_rows

Words = ChatMessage | Question


async def list_words(db: AsyncSession, participant: Participant) -> Sequence[Words]:
    """Everything that the participant wrote and that still has its words, oldest first."""
    messages = select(ChatMessage).where(*_theirs(ChatMessage, participant), col(ChatMessage.body) != "")
    questions = select(Question).where(*_theirs(Question, participant), col(Question.body) != "")
    found: list[Words] = [*(await db.exec(messages)).all(), *(await db.exec(questions)).all()]
    return sorted(found, key=lambda words: words.posted_at)


async def erase_words(
    db: AsyncSession, participant: Participant, ids: Collection[UUID], *, now: datetime
) -> Erased:
    """Deletes these messages and questions of the participant, votes for them included.

    The room gets a new epoch, so that every open page takes a fresh snapshot. Raises NotFound when one is not
    theirs, or none is given, and Held under a legal hold.
    """
    within = Within(participant.account_id, participant.webinar_id)
    await require_not_held(db, within)
    messages = await _owned(db, ChatMessage, participant, ids)
    questions = await _owned(db, Question, participant, ids)
    if not ids or {*messages, *questions} != set(ids):
        raise NotFound
    votes = select(func.count()).where(col(QuestionVote.question_id).in_(questions))
    counts = {
        "chat_message": len(messages),
        "question": len(questions),
        "question_vote": (await db.exec(votes)).one(),
    }
    wanted = Wanted()
    for model, subject, rows in (
        (ChatMessage, Erasable.MESSAGE, messages),
        (Question, Erasable.QUESTION, questions),
    ):
        await note_erased(db, subject, rows, now)
        wanted.add(await want_rows(db, [(table_named(subject), [col(model.id).in_(rows)])]))
        await db.exec(delete(model).where(col(model.id).in_(rows)))
    await start_epoch(db, participant.webinar_id)
    counted = {table: number for table, number in counts.items() if number}
    scope = ErasureScope.WORDS
    receipt = await write_receipt(db, within, scope, counted, role="participant", now=now, wanted=wanted)
    return Erased(receipt, wanted=wanted)


async def _owned(
    db: AsyncSession, model: type[ChatMessage | Question], participant: Participant, ids: Collection[UUID]
) -> Sequence[UUID]:
    owned = select(col(model.id)).where(*_theirs(model, participant), col(model.id).in_(ids))
    return (await db.exec(owned)).all()


def _theirs(model: type[ChatMessage | Question], participant: Participant) -> list[ColumnElement[bool]]:
    return [
        col(model.account_id) == participant.account_id,
        col(model.webinar_id) == participant.webinar_id,
        col(model.participant_id) == participant.id,
    ]
