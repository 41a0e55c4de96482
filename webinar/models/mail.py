"""Mail that is still to be sent, or was."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, text

from webinar.models.base import (
    AccountRow,
    DataClass,
    in_account,
    of_participant,
    of_user,
    personal,
    plain,
)

REACH = "sending the mails the person asked for"


class OutgoingMail(AccountRow, table=True):
    """One mail, without its content: it is composed from current data at the moment it is sent.

    So correcting or erasing a person reaches queued mail too. The row's id makes the Message-ID, which
    stays the same over retries. Addressed to a participant or to a user. What it says of a data subject request
    (`request_id`) goes with the request.
    """

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        in_account(),
        of_participant(),
        of_user(),
        ForeignKeyConstraint(["claim_id"], ["admission_claim.id"], ondelete="SET NULL"),
        ForeignKeyConstraint(["request_id"], ["data_subject_request.id"], ondelete="CASCADE"),
        Index(
            "ix_outgoing_mail_unsent",
            "due_at",
            sqlite_where=text("sent_at IS NULL AND failed_at IS NULL"),
            postgresql_where=text("sent_at IS NULL AND failed_at IS NULL"),
        ),
        Index(None, "account_id", "webinar_id", "participant_id"),
        Index(None, "account_id", "user_id"),
        Index(None, "claim_id"),
        Index(None, "request_id"),
    )

    webinar_id: UUID | None = plain(default=None)
    participant_id: UUID | None = personal(DataClass.LINK, REACH, default=None)
    user_id: UUID | None = personal(DataClass.LINK, REACH, default=None)
    claim_id: UUID | None = personal(DataClass.LINK, REACH, exported=False, default=None)
    request_id: UUID | None = personal(DataClass.LINK, REACH, exported=False, default=None)
    kind: str = plain()
    created_at: datetime = personal(DataClass.BEHAVIOUR, REACH)
    due_at: datetime = plain()
    attempts: int = plain(default=0)
    leased_until: datetime | None = plain(default=None)
    sent_at: datetime | None = personal(DataClass.BEHAVIOUR, REACH, default=None)
    failed_at: datetime | None = plain(default=None)
    error_code: str = plain(default="")
