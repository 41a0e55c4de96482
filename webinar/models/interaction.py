"""What is said in a room: chat messages, questions and their votes.

`seq` is the room's order of a row's *latest change* (catching up is "rows after N"); `posted_seq` is its
place in the conversation and never changes. `client_id` is the sender's own id, which makes sending twice one row.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import SQLModel

from webinar.models.base import (
    DataClass,
    WebinarRow,
    choice,
    in_webinar,
    next_id,
    of_participant,
    personal,
    plain,
)

CONVERSE = "the conversation of the webinar"


class MessageKind(StrEnum):
    """A chat message, or an announcement of the host that stays on top until replaced or removed."""

    CHAT = "chat"
    ANNOUNCEMENT = "announcement"


class ChatMessage(WebinarRow, table=True):
    """One message. Its author is a participant or a user; removing it empties the body and keeps the place."""

    __tablename__ = "chat_message"
    __table_args__ = (
        in_webinar(),
        of_participant(),
        # Not within the account: removing a user keeps what the host said, unnamed.
        ForeignKeyConstraint(["user_id"], ["user.id"], ondelete="SET NULL"),
        # A million rows are told apart by as few indexes as can be: each is written for every message and every erasure.
        UniqueConstraint("account_id", "webinar_id", "participant_id", "client_id"),
        UniqueConstraint("webinar_id", "posted_seq"),
        Index(None, "webinar_id", "seq"),
        Index(
            "ix_chat_message_of_user",
            "user_id",
            "webinar_id",
            "client_id",
            unique=True,
            sqlite_where=text("user_id IS NOT NULL"),
            postgresql_where=text("user_id IS NOT NULL"),
        ),
    )

    id: UUID = plain(default_factory=next_id, primary_key=True)
    participant_id: UUID | None = personal(DataClass.LINK, CONVERSE, default=None)
    user_id: UUID | None = personal(DataClass.LINK, CONVERSE, default=None)
    client_id: UUID = plain()
    kind: MessageKind = plain(default=MessageKind.CHAT, sa_type=choice(MessageKind))
    body: str = personal(DataClass.CONTENT, CONVERSE)
    posted_seq: int = plain()
    seq: int = plain()
    posted_at: datetime = personal(DataClass.BEHAVIOUR, CONVERSE)
    removed_at: datetime | None = plain(default=None)


class QuestionState(StrEnum):
    """pending → published → answered (live or in writing), or dismissed."""

    PENDING = "pending"
    PUBLISHED = "published"
    ANSWERED = "answered"
    DISMISSED = "dismissed"


class Question(WebinarRow, table=True):
    """A participant's question. `anonymous` hides the author from other participants, not from hosts."""

    __table_args__ = (
        of_participant(),
        ForeignKeyConstraint(["answered_by"], ["user.id"], ondelete="SET NULL"),
        UniqueConstraint("account_id", "webinar_id", "id"),
        UniqueConstraint("webinar_id", "participant_id", "client_id"),
        UniqueConstraint("webinar_id", "posted_seq"),
        Index(None, "webinar_id", "seq"),
        Index(None, "account_id", "webinar_id", "participant_id"),
    )

    participant_id: UUID = personal(DataClass.LINK, CONVERSE)
    client_id: UUID = plain()
    body: str = personal(DataClass.CONTENT, CONVERSE)
    anonymous: bool = personal(DataClass.BEHAVIOUR, CONVERSE, default=False)
    state: QuestionState = plain(default=QuestionState.PENDING, sa_type=choice(QuestionState))
    pinned: bool = plain(default=False)
    votes: int = plain(default=0)
    answer: str = personal(DataClass.CONTENT, CONVERSE, default="")
    answered_by: UUID | None = personal(DataClass.LINK, CONVERSE, default=None, index=True)
    answered_at: datetime | None = plain(default=None)
    posted_seq: int = plain()
    seq: int = plain()
    posted_at: datetime = personal(DataClass.BEHAVIOUR, CONVERSE)


class QuestionVote(WebinarRow, table=True):
    """A participant's vote for somebody's question; at most one each."""

    __tablename__ = "question_vote"
    __table_args__ = (
        of_participant(),
        ForeignKeyConstraint(
            ["account_id", "webinar_id", "question_id"],
            ["question.account_id", "question.webinar_id", "question.id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("question_id", "participant_id"),
        Index(None, "account_id", "webinar_id", "participant_id"),
        Index(None, "account_id", "webinar_id", "question_id"),
    )

    question_id: UUID = personal(DataClass.LINK, CONVERSE)
    participant_id: UUID = personal(DataClass.LINK, CONVERSE)


class SocketTicket(WebinarRow, table=True):
    """A single-use, short-lived right to open one socket, bound to the session that asked for it.

    The participant's session or the user's session is set (revoking it revokes the ticket), or neither: then the
    ticket is a nameless viewer's, good for reading in an open webinar.
    """

    __tablename__ = "socket_ticket"
    __table_args__ = (
        in_webinar(),
        ForeignKeyConstraint(
            ["account_id", "participant_session_id"],
            ["participant_session.account_id", "participant_session.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(["user_session_id"], ["user_session.id"], ondelete="CASCADE"),
        Index(None, "account_id", "webinar_id"),
        Index(None, "account_id", "participant_session_id"),
        Index(None, "expires_at"),
    )

    participant_session_id: UUID | None = personal(DataClass.LINK, CONVERSE, exported=False, default=None)
    user_session_id: UUID | None = personal(
        DataClass.LINK, CONVERSE, exported=False, default=None, index=True
    )
    token_hash: bytes = personal(DataClass.CREDENTIAL, CONVERSE, exported=False, unique=True)
    expires_at: datetime = plain()


class Revocation(SQLModel, table=True):
    """That somebody's sockets must close, for instances that were not told; there for some two minutes.

    `digest` is of their random id, so nothing here names anybody; no foreign key, so it outlives whom it is about.
    """

    id: UUID = plain(default_factory=uuid4, primary_key=True)
    digest: bytes = plain()
