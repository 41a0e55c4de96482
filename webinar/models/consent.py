"""Purposes (what is asked), notices (versioned wording) and consent records (what was answered).

The records follow ISO/IEC TS 27560:2023.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint

from webinar.models.base import (
    AccountRow,
    Basis,
    DataClass,
    WebinarRow,
    choice,
    in_account,
    in_webinar,
    next_id,
    of_participant,
    personal,
    plain,
)

PROOF = "proving what was asked and answered (Art. 7(1) GDPR)"


class Purpose(AccountRow, table=True):
    """Why personal data is processed, for one webinar or (`webinar_id` empty) for all of the account.

    A purpose on the basis of consent is asked; the others are told in the privacy notice.
    """

    __table_args__ = (
        in_account(),
        in_webinar(),
        UniqueConstraint("account_id", "id"),
        Index(None, "account_id", "webinar_id"),
    )

    webinar_id: UUID | None = plain(default=None)
    basis: Basis = plain(default=Basis.CONSENT, sa_type=choice(Basis))
    required: bool = plain(default=False)
    position: int = plain(default=0)
    created_at: datetime = plain()
    retired_at: datetime | None = plain(default=None)


class NoticeKind(StrEnum):
    """A notice words one purpose, or is a webinar's whole privacy notice (Art. 13)."""

    PURPOSE = "purpose"
    PRIVACY = "privacy"


class NoticeVersion(AccountRow, table=True):
    """One wording in one language, never changed once stored. `sha256` is over the very bytes shown.

    `substantive`: it means something else than the version before it in its language, so that a consent to that
    one does not cover it. The controller says so; an editorial change asks nobody anew.
    """

    __tablename__ = "notice_version"
    __table_args__ = (
        in_account(),
        in_webinar(),
        ForeignKeyConstraint(
            ["account_id", "purpose_id"], ["purpose.account_id", "purpose.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("account_id", "id"),
        Index(None, "account_id", "purpose_id", "language", "number"),
        Index(None, "account_id", "webinar_id", "kind", "language", "number"),
    )

    kind: NoticeKind = plain(sa_type=choice(NoticeKind))
    webinar_id: UUID | None = plain(default=None)
    purpose_id: UUID | None = plain(default=None)
    language: str = plain()
    number: int = plain()
    title: str = plain(default="")
    body: str = plain()
    sha256: bytes = plain()
    substantive: bool = plain(default=True)
    created_at: datetime = plain()


class ConsentState(StrEnum):
    """The event states of TS 27560 that the platform records."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ConsentRecord(WebinarRow, table=True):
    """One answer to one purpose at one time. Append-only: the latest `number` of a purpose is what holds."""

    __tablename__ = "consent_record"
    __table_args__ = (
        of_participant(),
        ForeignKeyConstraint(
            ["account_id", "purpose_id"], ["purpose.account_id", "purpose.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["account_id", "notice_version_id"],
            ["notice_version.account_id", "notice_version.id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("participant_id", "purpose_id", "number"),
        Index(None, "account_id", "purpose_id", "webinar_id"),
        Index(None, "account_id", "notice_version_id"),
        Index(None, "account_id", "webinar_id", "participant_id"),
    )

    id: UUID = plain(default_factory=next_id, primary_key=True)
    participant_id: UUID = personal(DataClass.LINK, PROOF, basis=Basis.LEGAL_OBLIGATION)
    purpose_id: UUID = personal(DataClass.CONSENT, PROOF, basis=Basis.LEGAL_OBLIGATION)
    notice_version_id: UUID = personal(DataClass.CONSENT, PROOF, basis=Basis.LEGAL_OBLIGATION)
    number: int = plain(default=1)
    state: ConsentState = personal(
        DataClass.CONSENT, PROOF, basis=Basis.LEGAL_OBLIGATION, sa_type=choice(ConsentState)
    )
    language: str = personal(DataClass.CONSENT, PROOF, basis=Basis.LEGAL_OBLIGATION)
    at: datetime = personal(DataClass.CONSENT, PROOF, basis=Basis.LEGAL_OBLIGATION)
    method: str = personal(DataClass.CONSENT, PROOF, basis=Basis.LEGAL_OBLIGATION)
    withdrawal_method: str = plain()
    controller: str = plain()
    retention: str = plain()
