"""Consent records as ISO/IEC TS 27560:2023 words them (clause 6.3), ready for JSON.

Every field that it makes mandatory is there: https://w3id.org/dpv/guides/consent-27560 lists them.
"""

from typing import Any

from webinar.consent.handling import DataItem, Handling
from webinar.consent.notices import is_intact, wording_of
from webinar.consent.records import Consent
from webinar.models import NONE

SCHEMA = "ISO/IEC TS 27560:2023"
JURISDICTION = "European Union"
RIGHTS = "information, access, rectification, erasure, restriction, portability, objection, complaint"


def as_ts27560(consent: Consent, handling: Handling) -> dict[str, Any]:
    """The whole record: the notice in the very bytes that were shown, and the fields of the form that was filled in."""
    record, account = consent.record, handling.account
    return {
        "schema_version": SCHEMA,
        "record_id": str(record.id),
        "pii_principal_id": str(record.participant_id),
        "pii_processing": {
            "privacy_notice": _notice(consent),
            "language": record.language,
            "purposes": [_purpose(consent, handling)],
        },
        "party_identification": [
            {
                "party_id": str(record.account_id),
                "party_role": "controller",
                "party_type": "data controller",
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


def _purpose(consent: Consent, handling: Handling) -> dict[str, Any]:
    record, purpose, account = consent.record, consent.purpose, handling.account
    return {
        "purpose_id": str(purpose.id),
        "purpose": consent.notice.title,
        "lawful_basis": purpose.basis.value,
        "pii_information": [_data(item, record.language) for item in handling.items(purpose.id)],
        "pii_controllers": [str(record.account_id)],
        "collection_method": record.method,
        "processing_method": "collection, storage and use for the stated purpose",
        "storage_locations": [handling.storage],
        "retention_period": record.retention,
        "jurisdiction": JURISDICTION,
        "recipient_third_parties": [] if account.recipients in {"", NONE} else [account.recipients],
        "withdrawal_method": record.withdrawal_method,
        "privacy_rights": {"rights": RIGHTS, "exercised_at": handling.own_data},
        "authority_party": account.supervisory_authority,
        "optional": not purpose.required,
    }


def _data(item: DataItem, language: str) -> dict[str, Any]:
    label, _ = item.label(language)
    return {
        "pii_type": label,
        "pii_category": item.data_class.value,
        "pii_attribute_id": item.key,
        "pii_optional": not item.required,
    }
