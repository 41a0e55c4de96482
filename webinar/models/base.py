"""What every table shares: identity, tenancy, and the declaration of personal data on each column.

The record of processing, exports, retention and the erasure proof are generated from these declarations;
a column without one fails the checks (GDPR Art. 30, ASVS 5 14.1.1).
"""

import secrets
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Column, Enum, ForeignKeyConstraint, Table
from sqlmodel import Field, SQLModel

# Stable constraint names, so that migrations of both databases can name what they change.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


# Of an id that begins with the time.
RANDOM_BITS = 74


class DataClass(StrEnum):
    """What kind of personal data a column holds."""

    CONTACT = "contact"
    NAME = "name"
    ANSWER = "answer"
    CONTENT = "content"
    BEHAVIOUR = "behaviour"
    CREDENTIAL = "credential"
    CONSENT = "consent"
    LINK = "link"


class Basis(StrEnum):
    """The legal basis of Art. 6(1) GDPR, in the words of the W3C Data Privacy Vocabulary."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    LEGITIMATE_INTEREST = "legitimate_interest"


class Kept(StrEnum):
    """How long a column's values are kept."""

    WEBINAR = "until the webinar's retention ends, it is deleted, or the participant is erased"
    FIELD = "until the field's own retention ends, or as the webinar"
    SESSION = "until sign-out or expiry"
    MINUTES = "at most a few minutes"
    DAYS = "at most two days"
    USER = "until the user is removed or the account is deleted"
    ACCOUNT = "until the account is deleted"


@dataclass(frozen=True, slots=True)
class Personal:
    """The declaration of one column of personal data.

    `exported` says that the person sees it in their own export; a hash or a token is not for reading.
    """

    data_class: DataClass
    purpose: str
    basis: Basis
    kept: Kept
    exported: bool = True


def personal(
    data_class: DataClass,
    purpose: str,
    *,
    basis: Basis = Basis.CONTRACT,
    kept: Kept = Kept.WEBINAR,
    exported: bool = True,
    **options: Any,
) -> Any:
    """A column that says something about a person. `options` are SQLModel's `Field` options."""
    declaration = Personal(data_class, purpose, basis, kept, exported)
    return _field(declaration, options)


def plain(**options: Any) -> Any:
    """A column that says nothing about any person. `options` are SQLModel's `Field` options."""
    return _field(None, options)


def _field(declaration: Personal | None, options: dict[str, Any]) -> Any:
    column_options = {**options.pop("sa_column_kwargs", {}), "info": {"personal": declaration}}
    return Field(sa_column_kwargs=column_options, **options)


def declared(column: Column[Any]) -> Personal | None:
    """The declaration of `column`; raises LookupError when its author forgot one."""
    if "personal" not in column.info:
        raise LookupError(f"{column.table.name}.{column.name} does not say whether it is personal data")
    found: Personal | None = column.info["personal"]
    return found


def table_of(model: type[SQLModel]) -> Table:
    """The table of `model`, for statements that are made once and carried out often. They see hidden rows too."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


def next_id() -> UUID:
    """An id that begins with the time (UUID version 7, RFC 9562), for rows that come and go in masses and keep their time anyway.

    Neighbours in time are neighbours in every index of ids: a thousand rows that are deleted together touch a few of its
    pages, where random ids touch a thousand. It tells when the row was made, so a person's own id is random (`uuid4`).
    """
    millisecond = time.time_ns() // 1_000_000
    random = secrets.randbits(RANDOM_BITS)
    return UUID(int=millisecond << 80 | 7 << 76 | (random >> 62) << 64 | 2 << 62 | random & (1 << 62) - 1)


def choice(values: type[StrEnum]) -> Enum:
    """The column type of one of `values`: its plain text, so that adding a value needs no new database type."""
    return Enum(
        values, native_enum=False, length=20, values_callable=lambda names: [name.value for name in names]
    )


def in_account() -> ForeignKeyConstraint:
    """Ties a row to its account; deleting the account erases the row."""
    return ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE")


def in_webinar() -> ForeignKeyConstraint:
    """Ties a row to a webinar of its own account; deleting the webinar erases the row."""
    return _owned_by("webinar", "account_id", "webinar_id")


def of_participant() -> ForeignKeyConstraint:
    """Ties a row to a participant of its own webinar; erasing the participant erases the row."""
    return _owned_by("participant", "account_id", "webinar_id", "participant_id")


def of_user() -> ForeignKeyConstraint:
    """Ties a row to a user of its own account; removing the user erases the row."""
    return _owned_by("user", "account_id", "user_id")


def _owned_by(parent: str, *columns: str) -> ForeignKeyConstraint:
    targets = [f"{parent}.{name}" for name in (*columns[:-1], "id")]
    return ForeignKeyConstraint(columns, targets, ondelete="CASCADE")


class AccountRow(SQLModel):
    """The columns of every table below an account."""

    id: UUID = plain(default_factory=uuid4, primary_key=True)
    account_id: UUID = plain()


class WebinarRow(AccountRow):
    """The columns of every table below a webinar."""

    webinar_id: UUID = plain()
