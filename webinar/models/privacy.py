"""What is kept how long, what holds it, and what remains of an erasure: that it happened, and how much it took."""

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
    in_webinar,
    personal,
    plain,
)

HOLDING = "keeping what a claim or a duty of law needs (Art. 17(3) GDPR)"


class DataCategory(StrEnum):
    """What can have a retention time of its own. `PEOPLE` is everybody with everything of theirs."""

    PEOPLE = "people"
    CHAT = "chat"
    QUESTIONS = "questions"
    ANSWERS = "answers"


class LegalHold(AccountRow, table=True):
    """While it is not lifted, nothing of the webinar, or (`webinar_id` empty) of the account, is erased."""

    __tablename__ = "legal_hold"
    __table_args__ = (
        in_account(),
        in_webinar(),
        # Not within the account: removing a user keeps the hold and forgets who it was.
        ForeignKeyConstraint(["placed_by"], ["user.id"], ondelete="SET NULL"),
        ForeignKeyConstraint(["lifted_by"], ["user.id"], ondelete="SET NULL"),
        Index(None, "account_id", "webinar_id"),
    )

    webinar_id: UUID | None = plain(default=None)
    reason: str = personal(
        DataClass.CONTENT, HOLDING, basis=Basis.LEGAL_OBLIGATION, kept=Kept.ACCOUNT, exported=False
    )
    placed_by: UUID | None = personal(
        DataClass.LINK, HOLDING, basis=Basis.LEGAL_OBLIGATION, kept=Kept.USER, default=None, index=True
    )
    placed_at: datetime = plain()
    lifted_by: UUID | None = personal(
        DataClass.LINK, HOLDING, basis=Basis.LEGAL_OBLIGATION, kept=Kept.USER, default=None, index=True
    )
    lifted_at: datetime | None = plain(default=None)


class Erasable(StrEnum):
    """What is erased for good: single rows of these tables, and mentions of somebody in rows that stay."""

    ACCOUNT = "account"
    WEBINAR = "webinar"
    PARTICIPANT = "participant"
    MESSAGE = "chat_message"
    QUESTION = "question"
    MENTION = "mention"


class JournalEntry(SQLModel, table=True):
    """One row that was erased, known only by a hash of its random id: who has no copy of the row can't name it.

    After restoring a backup the rows that match are erased again; of a row that only lost a mention, the whole text. Kept as long as the oldest backup may be.
    """

    __tablename__ = "erasure_journal"

    id: UUID = plain(default_factory=uuid4, primary_key=True)
    subject: Erasable = plain(sa_type=choice(Erasable))
    digest: bytes = plain()
    at: datetime = plain(index=True)


class ProcessingVersion(AccountRow, table=True):
    """The record of processing as it was from `made_at` on. `facts` name nobody but the controller."""

    __tablename__ = "processing_version"
    __table_args__ = (in_account(), UniqueConstraint("account_id", "number"))

    number: int = plain()
    made_at: datetime = plain()
    facts: dict[str, Any] = plain(default_factory=dict, sa_type=JSON)
    sha256: bytes = plain()


class AgreementAcceptance(AccountRow, table=True):
    """That an owner accepted a version of the data processing agreement, known by the hash of its text."""

    __tablename__ = "agreement_acceptance"
    __table_args__ = (
        in_account(),
        # Not within the account: removing a user keeps the acceptance and forgets who it was.
        ForeignKeyConstraint(["user_id"], ["user.id"], ondelete="SET NULL"),
        Index(None, "account_id"),
    )

    version: str = plain()
    sha256: bytes = plain()
    user_id: UUID | None = personal(
        DataClass.LINK,
        "proving who accepted the data processing agreement",
        basis=Basis.LEGAL_OBLIGATION,
        kept=Kept.USER,
        default=None,
        index=True,
    )
    accepted_at: datetime = plain()


class WebinarStatistics(AccountRow, table=True):
    """A webinar's figures, frozen when it was over. Counts only; nobody can be found by them."""

    __tablename__ = "webinar_statistics"
    __table_args__ = (in_account(), in_webinar(), UniqueConstraint("account_id", "webinar_id"))

    webinar_id: UUID = plain()
    peak_viewers: int = plain(default=0)
    figures: dict[str, Any] = plain(default_factory=dict, sa_type=JSON)
    frozen_at: datetime | None = plain(default=None)


class ViewerMinute(AccountRow, table=True):
    """How many watched a webinar at the beginning of a minute; each instance adds its own. Gone once it is frozen.

    A number only. Nothing here, nor in the figures that are made of it, knows who they were or who stayed.
    """

    __tablename__ = "viewer_minute"
    __table_args__ = (in_account(), in_webinar(), UniqueConstraint("account_id", "webinar_id", "minute"))

    webinar_id: UUID = plain()
    minute: datetime = plain()
    viewers: int = plain()


class ExportFile(AccountRow, table=True):
    """A file that was prepared for one purpose, encrypted with `key`; it is called like its row.

    `rows` is empty while it is being made. Who is in it is not kept: it ends with the consent, the data or the
    existence of anybody who may be.
    """

    __tablename__ = "export_file"
    __table_args__ = (
        in_account(),
        in_webinar(),
        ForeignKeyConstraint(
            ["account_id", "purpose_id"], ["purpose.account_id", "purpose.id"], ondelete="CASCADE"
        ),
        # Not within the account: removing a user keeps the file and forgets who made it.
        ForeignKeyConstraint(["made_by"], ["user.id"], ondelete="SET NULL"),
        Index(None, "account_id", "webinar_id", "purpose_id"),
        Index(None, "account_id", "purpose_id"),
    )

    webinar_id: UUID = plain()
    purpose_id: UUID = plain()
    kind: str = plain()
    key: bytes = plain()
    rows: int | None = plain(default=None)
    made_by: UUID | None = personal(
        DataClass.LINK,
        "showing who of the account did what",
        basis=Basis.LEGITIMATE_INTEREST,
        kept=Kept.USER,
        default=None,
        index=True,
    )
    made_at: datetime = plain()
    expires_at: datetime = plain()


class ErasureScope(StrEnum):
    """What was erased."""

    PARTICIPANTS = "participants"
    CHAT = "chat"
    QUESTIONS = "questions"
    ANSWERS = "answers"
    WORDS = "words"
    MENTIONS = "mentions"
    WEBINAR = "webinar"
    ACCOUNT = "account"


class ErasureProof(StrEnum):
    """How far the proof of an erasure reaches."""

    BYTES = "bytes"  # no byte is left in the database's files
    TABLES = "tables"  # no row is left in its tables; free space and logs are the database server's own


class ErasureStep(StrEnum):
    """How far an erasure is: the last step that is done. They follow each other in this order.

    `requested`: nobody can reach it in the database any more. `blocked`: open sockets are told. `rows`: deleted.
    `files`: removed. `broker`: all instances know. `checkpoint`: the database's log is empty. `verified`: searched
    for, and the receipt is signed.
    """

    REQUESTED = "requested"
    BLOCKED = "blocked"
    ROWS = "rows"
    FILES = "files"
    BROKER = "broker"
    CHECKPOINT = "checkpoint"
    VERIFIED = "verified"


class ErasureWait(StrEnum):
    """What an erasure waits for, to go on by itself."""

    READER = "reader"  # somebody reads, so the database must keep what they see
    DISK = "disk"  # it is full
    FILES = "files"  # one can't be removed
    BROKER = "broker"  # other instances can't be reached
    DATABASE = "database"  # it does not answer
    LEFT = "left"  # a row was written late
    FOUND = "found"  # the search still finds something


class ErasureReceipt(AccountRow, table=True):
    """An erasure, from the request to the receipt. Random ids and counts only; no foreign key, so it outlives all.

    `counts` maps a table's name to the number of rows destroyed so far, `redacted` to that of rows of others in which
    a mark stands now where somebody was named. While it is under way, the rows to go bear
    its id (`webinar.erasure_id`, `participant.erasure_id`, `account.erasure_id`), which hides them from everybody.
    `verified_at` is set once nothing is left, as far as `proof` says; then the signed receipt is in `document`
    (canonical JSON) with `number`, its place in the account's chain. `searched` is what was looked for, and where;
    `wanted`, empty by then, are random ids of rows that go (`privacy.wanted`). `waits_in` names stores.
    """

    __tablename__ = "erasure_receipt"
    __table_args__ = (Index(None, "account_id", "requested_at"), UniqueConstraint("account_id", "number"))

    scope: ErasureScope = plain(sa_type=choice(ErasureScope))
    subject_id: UUID = plain()
    counts: dict[str, Any] = plain(default_factory=dict, sa_type=JSON)
    redacted: dict[str, Any] = plain(default_factory=dict, sa_type=JSON)
    files: int = plain(default=0)
    role: str = plain()
    requested_at: datetime = plain()
    verified_at: datetime | None = plain(default=None)
    proof: ErasureProof | None = plain(default=None, sa_type=choice(ErasureProof))
    step: ErasureStep = plain(default=ErasureStep.REQUESTED, sa_type=choice(ErasureStep))
    waits_for: ErasureWait | None = plain(default=None, sa_type=choice(ErasureWait))
    waits_in: str = plain(default="")
    wanted: bytes = plain(default=b"")
    searched: dict[str, Any] = plain(default_factory=dict, sa_type=JSON)
    number: int | None = plain(default=None)
    document: str = plain(default="")
    signature: bytes = plain(default=b"")


class MentionPlace(AccountRow, table=True):
    """A row of others that names somebody who erased themselves: for admins to look at, until they did or it expires.

    Where it is, never what it says: `written_in` is table and column, `row_id` the row, `spans` the places in it (how-manieth
    text, start, end) and `size` how long it was then, by which a text that was changed since is known. It goes with the row.
    """

    __tablename__ = "mention_place"
    __table_args__ = (
        in_account(),
        in_webinar(),
        Index(None, "account_id", "webinar_id"),
        Index(None, "expires_at"),
    )

    webinar_id: UUID = plain()
    written_in: str = plain()
    row_id: UUID = plain()
    spans: list[list[int]] = plain(default_factory=list, sa_type=JSON)
    size: int = plain()
    expires_at: datetime = plain()
