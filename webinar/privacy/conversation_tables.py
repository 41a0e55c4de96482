"""What was said in a webinar's room as tables: the chat, and the questions with their answers.

What somebody said who restricted the use of their data, or whose objection is being assessed, is not in them.
"""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import InstrumentedAttribute
from sqlmodel import col, select

from webinar.consent.standing import listable
from webinar.models import ChatMessage, Participant, Question, User, Webinar
from webinar.privacy.participant_table import PAGE, Reading
from webinar.privacy.tabular import Cell, Table

CHAT = ("Time (UTC)", "Author", "E-mail address", "Role", "Kind", "Message", "Removed (UTC)")
QUESTIONS = (
    "Time (UTC)",
    "Author",
    "E-mail address",
    "Anonymous to others",
    "Question",
    "State",
    "Votes",
    "Answer",
    "Answered by",
    "Answered (UTC)",
)


def chat_table(webinar: Webinar, reading: Reading) -> Table[Row[Any]]:
    """Every message in the order of the conversation. Names come from their owners: corrected or erased, they follow."""
    statement: Any = (
        select(  # type: ignore[call-overload]
            col(ChatMessage.posted_seq),
            col(ChatMessage.posted_at),
            col(ChatMessage.kind),
            col(ChatMessage.body),
            col(ChatMessage.removed_at),
            col(Participant.display_name),
            col(Participant.email),
            col(User.name),
        )
        .select_from(ChatMessage)
        .outerjoin(Participant, col(Participant.id) == col(ChatMessage.participant_id))
        .outerjoin(User, col(User.id) == col(ChatMessage.user_id))
        .where(col(ChatMessage.webinar_id) == webinar.id, listable(col(ChatMessage.participant_id)))
    )
    return Table(CHAT, lambda: _pages(reading, statement, ChatMessage.posted_seq), _chat_cells, _chat_facts)


def question_table(webinar: Webinar, reading: Reading) -> Table[Row[Any]]:
    """Every question in the order of asking, with its author also where others don't see who asked."""
    statement: Any = (
        select(  # type: ignore[call-overload]
            col(Question.posted_seq),
            col(Question.posted_at),
            col(Question.body),
            col(Question.anonymous),
            col(Question.state),
            col(Question.votes),
            col(Question.answer),
            col(Question.answered_at),
            col(Participant.display_name),
            col(Participant.email),
            col(User.name),
        )
        .select_from(Question)
        .join(Participant, col(Participant.id) == col(Question.participant_id))
        .outerjoin(User, col(User.id) == col(Question.answered_by))
        .where(col(Question.webinar_id) == webinar.id, listable(col(Question.participant_id)))
    )
    return Table(
        QUESTIONS, lambda: _pages(reading, statement, Question.posted_seq), _question_cells, _question_facts
    )


async def _pages(reading: Reading, statement: Any, seq: Any) -> AsyncIterator[Sequence[Row[Any]]]:
    place: InstrumentedAttribute[int] = seq
    after = -1
    while True:
        async with reading() as db:
            page = (await db.exec(statement.where(place > after).order_by(place).limit(PAGE))).all()
        if page:
            yield page
        if len(page) < PAGE:
            return
        after = page[-1].posted_seq


def _chat_cells(row: Row[Any]) -> list[Cell]:
    by_host = row.email is None and row.display_name is None
    author = row.name if by_host else row.display_name
    return [
        row.posted_at,
        author,
        row.email,
        "host" if by_host else "participant",
        str(row.kind),
        row.body,
        row.removed_at,
    ]


def _chat_facts(row: Row[Any]) -> dict[str, Any]:
    names = ("posted_at", "author", "email", "role", "kind", "body", "removed_at")
    return dict(zip(names, _chat_cells(row), strict=True))


def _question_cells(row: Row[Any]) -> list[Cell]:
    return [
        row.posted_at,
        row.display_name,
        row.email,
        row.anonymous,
        row.body,
        str(row.state),
        row.votes,
        row.answer,
        row.name,
        row.answered_at,
    ]


def _question_facts(row: Row[Any]) -> dict[str, Any]:
    names = (
        "posted_at",
        "author",
        "email",
        "anonymous",
        "body",
        "state",
        "votes",
        "answer",
        "answered_by",
        "answered_at",
    )
    return dict(zip(names, _question_cells(row), strict=True))
