"""Participants, the form they filled in, and how they get in."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKeyConstraint, Index, UniqueConstraint, text

from webinar.models.base import (
    AccountRow,
    DataClass,
    Kept,
    WebinarRow,
    choice,
    in_webinar,
    next_id,
    of_participant,
    personal,
    plain,
)

TAKE_PART = "letting the person take part in the webinar"
NEW_ADDRESS = "making sure that a corrected address is the person's own (Art. 16 GDPR)"
CORRECTING = "telling whether answers are the person's own words or were corrected (Art. 16 GDPR)"


class FormVersion(WebinarRow, table=True):
    """A version of a webinar's registration form; the draft is the one without `published_at`.

    A published version never changes, so the answers given to it keep their meaning. `notices` pins, for each
    language, what is shown with it: see `registration.versions.Pinned`.
    """

    __tablename__ = "form_version"
    __table_args__ = (
        in_webinar(),
        UniqueConstraint("account_id", "webinar_id", "id"),
        UniqueConstraint("account_id", "webinar_id", "number"),
    )

    number: int = plain()
    fields: list[dict[str, Any]] = plain(default_factory=list, sa_type=JSON)
    notices: dict[str, Any] = plain(default_factory=dict, sa_type=JSON)
    published_at: datetime | None = plain(default=None)


class ParticipantState(StrEnum):
    """invited: asked to register; registered: has; joined: took part in an open webinar without registering."""

    INVITED = "invited"
    REGISTERED = "registered"
    JOINED = "joined"


class Participant(WebinarRow, table=True):
    """A person in one webinar.

    `email_key` is the address in the form that makes it unique in the webinar; both are empty for
    somebody who joined an open one. `moderated_seq` is the room's `seq` of the latest mute or ban.
    """

    __table_args__ = (
        in_webinar(),
        UniqueConstraint("account_id", "webinar_id", "id"),
        UniqueConstraint("webinar_id", "email_key"),
        Index(None, "webinar_id", "created_at", "id"),
        # How many registered is asked on every page of the admin, and must not read 100,000 rows: all it asks is here.
        Index(
            "ix_participant_by_state", "account_id", "webinar_id", "state", "created_at", "id", "erasure_id"
        ),
        Index(
            "ix_participant_moderated",
            "webinar_id",
            "moderated_seq",
            sqlite_where=text("moderated_seq IS NOT NULL"),
            postgresql_where=text("moderated_seq IS NOT NULL"),
        ),
        Index(
            "ix_participant_going",
            "erasure_id",
            sqlite_where=text("erasure_id IS NOT NULL"),
            postgresql_where=text("erasure_id IS NOT NULL"),
        ),
    )

    email: str | None = personal(DataClass.CONTACT, TAKE_PART, default=None)
    email_key: str | None = personal(DataClass.CONTACT, TAKE_PART, exported=False, default=None)
    display_name: str = personal(DataClass.NAME, TAKE_PART, default="")
    state: ParticipantState = personal(DataClass.BEHAVIOUR, TAKE_PART, sa_type=choice(ParticipantState))
    language: str = personal(DataClass.BEHAVIOUR, TAKE_PART, default="en")
    link_generation: int = plain(default=1)
    link_hash: bytes = personal(DataClass.CREDENTIAL, TAKE_PART, exported=False, unique=True)
    reminders_stopped_at: datetime | None = personal(
        DataClass.BEHAVIOUR, "sending no reminders to who wants none", default=None
    )
    muted_at: datetime | None = personal(DataClass.BEHAVIOUR, "keeping the conversation civil", default=None)
    banned_at: datetime | None = personal(DataClass.BEHAVIOUR, "keeping the conversation civil", default=None)
    moderated_seq: int | None = plain(default=None)
    created_at: datetime = personal(DataClass.BEHAVIOUR, TAKE_PART)
    first_joined_at: datetime | None = personal(DataClass.BEHAVIOUR, TAKE_PART, default=None)
    erasure_id: UUID | None = plain(default=None)


class Corrector(StrEnum):
    """Who corrected: the participant, or the account for them."""

    PARTICIPANT = "participant"
    ACCOUNT = "account"


class Registration(WebinarRow, table=True):
    """A participant's submission of the form. `submission_key` makes submitting twice one registration.

    `corrected_at` and `corrected_by` tell of the latest correction of answers; what they were before is not kept.
    """

    __table_args__ = (
        of_participant(),
        # Checked at the commit: deleting a webinar takes both ends, and PostgreSQL may take this one last.
        ForeignKeyConstraint(
            ["account_id", "webinar_id", "form_version_id"],
            ["form_version.account_id", "form_version.webinar_id", "form_version.id"],
            deferrable=True,
            initially="DEFERRED",
        ),
        ForeignKeyConstraint(
            ["account_id", "privacy_notice_id"],
            ["notice_version.account_id", "notice_version.id"],
            deferrable=True,
            initially="DEFERRED",
        ),
        UniqueConstraint("account_id", "webinar_id", "id"),
        # One of each participant, found by the participant alone, and what their erasure looks them up by.
        UniqueConstraint("participant_id", "account_id", "webinar_id"),
        UniqueConstraint("webinar_id", "submission_key"),
        Index(None, "account_id", "privacy_notice_id"),
        Index(None, "account_id", "webinar_id", "form_version_id"),
    )

    id: UUID = plain(default_factory=next_id, primary_key=True)
    participant_id: UUID = personal(DataClass.LINK, TAKE_PART)
    form_version_id: UUID = plain()
    privacy_notice_id: UUID = personal(DataClass.CONSENT, "proving which notice was shown (Art. 13 GDPR)")
    submission_key: str = personal(DataClass.LINK, "storing a form sent twice only once", exported=False)
    submitted_at: datetime = personal(DataClass.BEHAVIOUR, TAKE_PART)
    corrected_at: datetime | None = personal(DataClass.BEHAVIOUR, CORRECTING, default=None)
    corrected_by: Corrector | None = personal(
        DataClass.BEHAVIOUR, CORRECTING, default=None, sa_type=choice(Corrector)
    )


class Answer(AccountRow, table=True):
    """What a participant answered to one field of the form."""

    __table_args__ = (
        of_participant(),
        ForeignKeyConstraint(
            ["account_id", "webinar_id", "registration_id"],
            ["registration.account_id", "registration.webinar_id", "registration.id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("account_id", "webinar_id", "registration_id", "field_key"),
        Index(None, "account_id", "webinar_id", "participant_id"),
    )

    id: UUID = plain(default_factory=next_id, primary_key=True)
    webinar_id: UUID = plain()
    participant_id: UUID = personal(DataClass.LINK, TAKE_PART)
    registration_id: UUID = personal(DataClass.LINK, TAKE_PART)
    field_key: str = plain()
    value: Any = personal(
        DataClass.ANSWER, "what the field's own description says", kept=Kept.FIELD, sa_type=JSON
    )


class AdmissionClaim(WebinarRow, table=True):
    """A page waiting for the code that was mailed: entering it admits that browser as the participant."""

    __tablename__ = "admission_claim"
    __table_args__ = (of_participant(), Index(None, "account_id", "webinar_id", "participant_id"))

    participant_id: UUID = personal(DataClass.LINK, TAKE_PART, kept=Kept.MINUTES)
    attempts: int = plain(default=0)
    expires_at: datetime = plain()


class AddressChange(WebinarRow, table=True):
    """An e-mail address that a participant wants to be reached at, until whoever reads it proves that it is theirs.

    The token is mailed there and nowhere else; only its hash is kept.
    """

    __tablename__ = "address_change"
    __table_args__ = (
        of_participant(),
        UniqueConstraint("participant_id"),
        Index(None, "account_id", "webinar_id", "participant_id"),
    )

    participant_id: UUID = personal(DataClass.LINK, NEW_ADDRESS, kept=Kept.DAYS)
    email: str = personal(DataClass.CONTACT, NEW_ADDRESS, kept=Kept.DAYS)
    token_hash: bytes = personal(
        DataClass.CREDENTIAL, NEW_ADDRESS, kept=Kept.DAYS, exported=False, unique=True
    )
    created_at: datetime = personal(DataClass.BEHAVIOUR, NEW_ADDRESS, kept=Kept.DAYS)
    expires_at: datetime = plain()


class ParticipantSession(WebinarRow, table=True):
    """A browser in which a participant is admitted; the cookie's token is stored hashed."""

    __tablename__ = "participant_session"
    __table_args__ = (
        of_participant(),
        UniqueConstraint("account_id", "id"),
        Index(None, "account_id", "webinar_id", "participant_id"),
    )

    participant_id: UUID = personal(DataClass.LINK, TAKE_PART, kept=Kept.SESSION)
    token_hash: bytes = personal(
        DataClass.CREDENTIAL, TAKE_PART, kept=Kept.SESSION, exported=False, unique=True
    )
    created_at: datetime = personal(DataClass.BEHAVIOUR, TAKE_PART, kept=Kept.SESSION)
    expires_at: datetime = plain()
