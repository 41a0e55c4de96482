"""What people ask for about their own data, beyond what the buttons of their page do at once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text

from webinar.models.base import Basis, DataClass, WebinarRow, of_participant, personal

RESTRICTING = "only keeping data whose use somebody restricted (Art. 18 GDPR)"


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
