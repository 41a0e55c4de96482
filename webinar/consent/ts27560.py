"""Consent records as ISO/IEC TS 27560:2023 words them (clause 6.3), ready for JSON."""

from typing import Any

from webinar.consent.notices import is_intact, wording_of
from webinar.consent.records import Consent
from webinar.models import Account

SCHEMA = "ISO/IEC TS 27560:2023"


def as_ts27560(consent: Consent, account: Account) -> dict[str, Any]:
    """The whole record, the notice in the very bytes that were shown."""
    record = consent.record
    return {
        "schema_version": SCHEMA,
        "record_id": str(record.id),
        "pii_principal_id": str(record.participant_id),
        "pii_processing": {
            "privacy_notice": _notice(consent),
            "language": record.language,
            "purposes": [_purpose(consent)],
        },
        "party_identification": [
            {
                "party_id": str(record.account_id),
                "party_role": "controller",
                "party_name": record.controller,
                "party_address": account.controller_address,
                "party_contact": account.controller_email,
            }
        ],
        "event": {
            "event_time": record.at.isoformat(),
            "validity_duration": record.retention,
            "entity_id": str(record.participant_id),
            "event_type": "explicit",
            "event_state": record.state.value,
        },
    }


def _notice(consent: Consent) -> dict[str, Any]:
    notice = consent.notice
    return {
        "id": str(notice.id),
        "version": notice.number,
        "sha256": notice.sha256.hex(),
        "intact": is_intact(notice),
        "text": wording_of(notice).shown.decode(),
    }


def _purpose(consent: Consent) -> dict[str, Any]:
    record, purpose = consent.record, consent.purpose
    return {
        "purpose_id": str(purpose.id),
        "purpose": consent.notice.title,
        "lawful_basis": purpose.basis.value,
        "pii_information": [{"pii_type": "what the person entered in the registration form"}],
        "pii_controllers": [str(record.account_id)],
        "collection_method": record.method,
        "processing_method": "collection, storage and use for the stated purpose",
        "storage_locations": ["the installation of the controller"],
        "retention_period": record.retention,
        "withdrawal_method": record.withdrawal_method,
        "optional": not purpose.required,
    }
