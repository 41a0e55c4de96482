"""What people ask for about their own data, beyond what the buttons of their page do at once."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, text

from webinar.models.base import Basis, DataClass, Kept, WebinarRow, choice, of_participant, personal, plain

RESTRICTING = "only keeping data whose use somebody restricted (Art. 18 GDPR)"
ANSWERING = "answering what somebody asks about their data (Art. 12 GDPR)"


def asked(data_class: DataClass, **options: Any) -> Any:
    """A column of what somebody asked and was answered."""
    return personal(data_class, ANSWERING, basis=Basis.LEGAL_OBLIGATION, **options)


class Restriction(WebinarRow, table=True):
    """From `placed_at` to `ended_at` a participant's data is only kept; while that is empty, it still is.

    `ends_at` is set once the organisation has announced that it lifts it then. At most one of a participant is in force.
    """

    __table_args__ = (
        of_participant(),
        Index(None, "account_id", "webinar_id", "participant_id"),
        Index(
            "ix_restriction_in_force",
            "participant_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    participant_id: UUID = personal(DataClass.LINK, RESTRICTING, basis=Basis.LEGAL_OBLIGATION)
    placed_at: datetime = personal(DataClass.BEHAVIOUR, RESTRICTING, basis=Basis.LEGAL_OBLIGATION)
    ends_at: datetime | None = personal(
        DataClass.BEHAVIOUR, RESTRICTING, basis=Basis.LEGAL_OBLIGATION, default=None
    )
    ended_at: datetime | None = personal(
        DataClass.BEHAVIOUR, RESTRICTING, basis=Basis.LEGAL_OBLIGATION, default=None
    )


class RequestKind(StrEnum):
    """What somebody asks for, by their right: Art. 15, 16, 17, 18, 20 and 21 GDPR; a complaint is `other`."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    OBJECTION = "objection"
    OTHER = "other"


class RequestState(StrEnum):
    """open → answered or refused by the organisation, or closed: taken back by the person."""

    OPEN = "open"
    ANSWERED = "answered"
    REFUSED = "refused"
    CLOSED = "closed"


class SubjectRequest(WebinarRow, table=True):
    """A participant's request that needs a human. `due_at` is when the law wants it answered (Art. 12(3) GDPR).

    An objection names the purpose, or without one objects to every use on a legitimate interest; it stands until it is
    refused or closed. `warned_at` and `overdue_at` are when the account's people were told that the time runs out and ran out.
    """

    __tablename__ = "data_subject_request"
    __table_args__ = (
        of_participant(),
        ForeignKeyConstraint(
            ["account_id", "purpose_id"], ["purpose.account_id", "purpose.id"], ondelete="CASCADE"
        ),
        # Not within the account: removing a user keeps the answer and forgets who wrote it.
        ForeignKeyConstraint(["answered_by"], ["user.id"], ondelete="SET NULL"),
        Index(None, "account_id", "webinar_id", "participant_id"),
        Index(None, "account_id", "purpose_id"),
        Index("ix_data_subject_request_by_state", "account_id", "state", "due_at"),
        Index(
            "ix_data_subject_request_open",
            "due_at",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    participant_id: UUID = asked(DataClass.LINK)
    kind: RequestKind = asked(DataClass.BEHAVIOUR, sa_type=choice(RequestKind))
    purpose_id: UUID | None = asked(DataClass.LINK, default=None)
    body: str = asked(DataClass.CONTENT, default="")
    state: RequestState = asked(DataClass.BEHAVIOUR, default=RequestState.OPEN, sa_type=choice(RequestState))
    received_at: datetime = asked(DataClass.BEHAVIOUR)
    due_at: datetime = asked(DataClass.BEHAVIOUR)
    extended_at: datetime | None = asked(DataClass.BEHAVIOUR, default=None)
    extension: str = asked(DataClass.CONTENT, default="")
    answered_at: datetime | None = asked(DataClass.BEHAVIOUR, default=None)
    answer: str = asked(DataClass.CONTENT, default="")
    answered_by: UUID | None = personal(
        DataClass.LINK, ANSWERING, basis=Basis.LEGAL_OBLIGATION, kept=Kept.USER, default=None, index=True
    )
    warned_at: datetime | None = plain(default=None)
    overdue_at: datetime | None = plain(default=None)
