"""Whom a purpose covers at present, as conditions of a query. `records.Consent.given` says it of one person."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import col

from webinar.models import ConsentRecord, ConsentState, NoticeVersion


def agrees(participant_id: Any, purpose_id: UUID) -> ColumnElement[bool]:
    """Whether the participant's latest record for the purpose is a consent, to words that still mean the same."""
    record = aliased(ConsentRecord)
    return exists().where(
        col(record.participant_id) == participant_id,
        col(record.purpose_id) == purpose_id,
        col(record.state) == ConsentState.GIVEN,
        is_latest(record),
        ~changed_since(record),
    )


def is_latest(record: type[ConsentRecord]) -> ColumnElement[bool]:
    """Whether no later record of the same person and purpose follows."""
    later = aliased(ConsentRecord)
    return ~exists().where(
        col(later.participant_id) == col(record.participant_id),
        col(later.purpose_id) == col(record.purpose_id),
        col(later.number) > col(record.number),
    )


def changed_since(record: type[ConsentRecord]) -> ColumnElement[bool]:
    """Whether the words of the record have changed in substance since, in the language it was given in."""
    shown, newer = aliased(NoticeVersion), aliased(NoticeVersion)
    return exists().where(
        col(shown.id) == col(record.notice_version_id),
        col(newer.account_id) == col(shown.account_id),
        col(newer.purpose_id) == col(shown.purpose_id),
        col(newer.language) == col(shown.language),
        col(newer.number) > col(shown.number),
        col(newer.substantive).is_(True),
    )


def reworded_since(purpose_id: UUID, told_at: Any) -> ColumnElement[bool]:
    """Whether the words of the purpose have changed in substance after `told_at`, in any language."""
    newer = aliased(NoticeVersion)
    return exists().where(
        col(newer.purpose_id) == purpose_id,
        col(newer.created_at) > told_at,
        # The first words of a language change nothing.
        col(newer.number) > 1,
        col(newer.substantive).is_(True),
    )
