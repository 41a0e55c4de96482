"""Accounts (the controllers), their users, sign-in and the audit trail."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import SQLModel

from webinar.models.base import (
    AccountRow,
    Basis,
    DataClass,
    Kept,
    choice,
    in_account,
    of_user,
    personal,
    plain,
)

STAFF = "letting the account's own people sign in and work"
# What the controller says explicitly where there is no data protection officer, recipient or transfer.
NONE = "none"


class Role(StrEnum):
    """What a user may do: an owner everything, an admin all but deleting the account, a host moderate."""

    OWNER = "owner"
    ADMIN = "admin"
    HOST = "host"


class Account(SQLModel, table=True):
    """A customer organisation: the controller in the sense of Art. 4(7) GDPR.

    The columns from `controller_name` on are the items of Art. 13 that every notice of the account repeats.
    Empty means not filled in yet; `NONE` in `dpo_contact`, `recipients` or `transfers` says that there is none.
    The `…_days` are what a new webinar keeps its data for, between the two bounds; see `Webinar`.
    """

    id: UUID = plain(default_factory=uuid4, primary_key=True)
    name: str = plain()
    controller_name: str = plain(default="")
    controller_address: str = plain(default="")
    controller_email: str = plain(default="")
    dpo_contact: str = plain(default="")
    supervisory_authority: str = plain(default="")
    recipients: str = plain(default="")
    transfers: str = plain(default="")
    retention_days: int = plain(default=90)
    chat_days: int | None = plain(default=None)
    questions_days: int | None = plain(default=None)
    answers_days: int | None = plain(default=None)
    shortest_days: int = plain(default=1)
    longest_days: int = plain(default=730)
    created_at: datetime = plain()
    erasure_id: UUID | None = plain(default=None)


class User(AccountRow, table=True):
    """One of the account's own people. `password_hash` is empty until an invitation is accepted."""

    __table_args__ = (in_account(), UniqueConstraint("account_id", "id"))

    email: str = personal(DataClass.CONTACT, STAFF, kept=Kept.USER)
    email_key: str = personal(DataClass.CONTACT, STAFF, kept=Kept.USER, exported=False, unique=True)
    name: str = personal(DataClass.NAME, STAFF, kept=Kept.USER)
    role: Role = plain(sa_type=choice(Role))
    password_hash: str = personal(DataClass.CREDENTIAL, STAFF, kept=Kept.USER, exported=False, default="")
    created_at: datetime = plain()


class UserSession(AccountRow, table=True):
    """A signed-in browser of a user; the cookie's token is stored hashed."""

    __tablename__ = "user_session"
    __table_args__ = (of_user(), Index(None, "account_id", "user_id"))

    user_id: UUID = personal(DataClass.LINK, STAFF, kept=Kept.SESSION)
    token_hash: bytes = personal(DataClass.CREDENTIAL, STAFF, kept=Kept.SESSION, exported=False, unique=True)
    created_at: datetime = personal(DataClass.BEHAVIOUR, STAFF, kept=Kept.SESSION)
    seen_at: datetime = personal(DataClass.BEHAVIOUR, STAFF, kept=Kept.SESSION)
    expires_at: datetime = plain()


class UserTokenKind(StrEnum):
    """What a mailed single-use link lets a user do."""

    INVITATION = "invitation"
    NEW_PASSWORD = "new_password"  # noqa: S105 - the name of a link


class UserToken(AccountRow, table=True):
    """A mailed, single-use link of a user, stored hashed."""

    __tablename__ = "user_token"
    __table_args__ = (of_user(), Index(None, "account_id", "user_id"))

    user_id: UUID = personal(DataClass.LINK, STAFF, kept=Kept.MINUTES)
    kind: UserTokenKind = plain(sa_type=choice(UserTokenKind))
    token_hash: bytes = personal(DataClass.CREDENTIAL, STAFF, kept=Kept.MINUTES, exported=False, unique=True)
    expires_at: datetime = plain()


class AuditEntry(AccountRow, table=True):
    """Who of the account did what, when. Holds ids and counts, never a participant's data.

    The account's entries form a chain: `number` counts them from 1, and `link` is the SHA-256 over the entry and the
    link before. `who` is a hash of the user's random id: it says nothing once the user is removed.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        in_account(),
        # Not within the account: removing a user keeps the entry and forgets who it was.
        ForeignKeyConstraint(["user_id"], ["user.id"], ondelete="SET NULL"),
        Index(None, "account_id", "at"),
        UniqueConstraint("account_id", "number"),
    )

    number: int = plain()
    at: datetime = plain()
    user_id: UUID | None = personal(
        DataClass.LINK,
        "showing who of the account did what",
        basis=Basis.LEGITIMATE_INTEREST,
        kept=Kept.USER,
        default=None,
        index=True,
    )
    role: str = plain()
    action: str = plain()
    subject_kind: str = plain()
    subject_id: UUID | None = plain(default=None)
    details: dict[str, Any] = plain(default_factory=dict, sa_type=JSON)
    who: bytes = plain(default=b"")
    link: bytes = plain(default=b"")
