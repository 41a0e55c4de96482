"""A person's consent receipt: the records of ISO/IEC TS 27560:2023 as JSON-LD, in the terms of the W3C group's Data Privacy
Vocabulary.

Shape and terms: https://w3id.org/dpv/guides/consent-27560. One record for each purpose, with every answer as an event
that carries the notice in the very words that were shown, and their hash.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from webinar.consent.notices import wording_of
from webinar.consent.records import Consent
from webinar.models import Account, ConsentState, Participant

MEDIA_TYPE = "application/ld+json"
CONTEXT = {
    "dct": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "schema": "https://schema.org/",
    "spdx": "http://spdx.org/rdf/terms#",
}
PROFILE = "https://w3id.org/dpv/schema/dpv-27560#"
STATUS = {
    ConsentState.GIVEN: "dpv:ConsentGiven",
    ConsentState.REFUSED: "dpv:ConsentRefused",
    ConsentState.WITHDRAWN: "dpv:ConsentWithdrawn",
}
# What consents are whose words have changed in substance since: they cover nothing.
OUTDATED = "dpv:ConsentExpired"

Node = dict[str, Any]


def consent_receipt(
    history: Iterable[Consent], participant: Participant, account: Account, now: datetime
) -> Node:
    """The receipt for `participant`. `history` is what `records.consent_history` gives, oldest first."""
    purposes: dict[UUID, list[Consent]] = {}
    for consent in history:
        purposes.setdefault(consent.purpose.id, []).append(consent)
    return {
        "@context": CONTEXT,
        "@type": "dpv:ConsentReceipt",
        "dct:conformsTo": {"@id": f"{PROFILE}receipt"},
        "dct:created": now.isoformat(),
        "dct:publisher": _controller(account),
        "schema:recipient": {"@id": "dpv:DataSubject"},
        "dpv:hasRecordOfActivity": [_record(events, participant, account) for events in purposes.values()],
    }


def _record(events: list[Consent], participant: Participant, account: Account) -> Node:
    first, latest = events[0], events[-1]
    return {
        "@id": _urn(first.record.id),
        "@type": "dpv:ConsentRecord",
        "dct:identifier": str(first.record.id),
        "dct:conformsTo": {"@id": f"{PROFILE}record"},
        "dpv:hasDataSubject": {"@id": _urn(participant.id), "@type": "dpv:DataSubject"},
        "dpv:hasDataController": {**_controller(account), "dpv:hasName": latest.record.controller},
        "dpv:hasProcess": _process(latest),
        "dpv:hasConsentStatus": {"@id": OUTDATED if latest.to_renew else STATUS[latest.record.state]},
        "dpv:hasRight": {
            "@id": "eu-gdpr:A7-3",
            "dct:description": latest.record.withdrawal_method,
        },
        "dct:hasPart": [_event(event) for event in events],
    }


def _process(consent: Consent) -> Node:
    return {
        "@type": "dpv:Process",
        "dpv:hasPurpose": {
            "@id": _urn(consent.purpose.id),
            "@type": "dpv:Purpose",
            "dct:title": _words(consent.notice.title, consent.notice.language),
        },
        "dpv:hasLegalBasis": {"@id": "eu-gdpr:A6-1-a"},
        "dpv:hasStorageCondition": {
            "@type": "dpv:StorageDuration",
            "dct:description": consent.record.retention,
        },
    }


def _event(consent: Consent) -> Node:
    record = consent.record
    return {
        "@id": _urn(record.id),
        "@type": STATUS[record.state],
        "dpv:isIndicatedAtTime": record.at.isoformat(),
        "dpv:isIndicatedBy": {"@id": _urn(record.participant_id)},
        "dpv:hasIndicationMethod": record.method,
        "dpv:hasNotice": _notice(consent),
    }


def _notice(consent: Consent) -> Node:
    notice = consent.notice
    return {
        "@id": _urn(notice.id),
        "@type": "dpv:ConsentNotice",
        "dct:created": notice.created_at.isoformat(),
        "schema:version": notice.number,
        "schema:text": _words(wording_of(notice).shown.decode(), notice.language),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": notice.sha256.hex(),
        },
    }


def _controller(account: Account) -> Node:
    contact = {"dpv:hasAddress": account.controller_address, "dpv:hasContact": account.controller_email}
    return {
        "@id": _urn(account.id),
        "@type": "dpv:DataController",
        "dpv:hasName": account.controller_name or account.name,
        **{term: value for term, value in contact.items() if value},
    }


def _words(text: str, language: str) -> Mapping[str, str]:
    return {"@value": text, "@language": language}


def _urn(identifier: UUID) -> str:
    return f"urn:uuid:{identifier}"
