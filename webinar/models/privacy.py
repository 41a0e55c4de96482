"""What remains of an erasure: that it happened, and how much it destroyed."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index

from webinar.models.base import AccountRow, choice, plain


class ErasureScope(StrEnum):
    """What was erased."""

    PARTICIPANTS = "participants"
    ANSWERS = "answers"
    WEBINAR = "webinar"
    ACCOUNT = "account"


class ErasureProof(StrEnum):
    """How far the proof of an erasure reaches."""

    BYTES = "bytes"  # no byte is left in the database's files
    TABLES = "tables"  # no row is left in its tables; free space and logs are the database server's own


class ErasureReceipt(AccountRow, table=True):
    """Counts only, and no foreign key: the receipt outlives what it is about.

    `counts` maps a table's name to the number of rows destroyed; `verified_at` is set once the files are gone
    and the database reports that nothing is left, as far as `proof` says.
    """

    __tablename__ = "erasure_receipt"
    __table_args__ = (Index(None, "account_id", "requested_at"),)

    scope: ErasureScope = plain(sa_type=choice(ErasureScope))
    subject_id: UUID = plain()
    counts: dict[str, Any] = plain(default_factory=dict, sa_type=JSON)
    files: int = plain(default=0)
    role: str = plain()
    requested_at: datetime = plain()
    verified_at: datetime | None = plain(default=None)
    proof: ErasureProof | None = plain(default=None, sa_type=choice(ErasureProof))
