"""A person's consent receipt: the records of ISO/IEC TS 27560:2023 as JSON-LD, in the terms of the W3C group's Data Privacy
Vocabulary.

Shape and terms: https://w3id.org/dpv/guides/consent-27560. One record for each purpose, with every answer as an event
that carries the notice in the very words that were shown, and their hash.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from webinar.consent.handling import DataItem, Handling
from webinar.consent.notices import wording_of
from webinar.consent.records import Consent
from webinar.models import NONE, Account, ConsentState, Participant

MEDIA_TYPE = "application/ld+json"
CONTEXT = {
    "dct": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "loc": "https://w3id.org/dpv/loc#",
    "pd": "https://w3id.org/dpv/pd#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
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
# The articles of the GDPR that the page of one's own data serves.
RIGHTS = ("A7-3", "A13", "A15", "A16", "A17", "A18", "A20", "A21", "A77")
PROCESSING = ("dpv:Collect", "dpv:Store", "dpv:Use")

Node = dict[str, Any]


def consent_receipt(
    history: Iterable[Consent], participant: Participant, handling: Handling, now: datetime
) -> Node:
    """The receipt for `participant`. `history` is what `records.consent_history` gives, oldest first."""
    receipt_id = uuid5(participant.id, f"consent receipt {now.isoformat()}")
    purposes: dict[UUID, list[Consent]] = {}
    for consent in history:
        purposes.setdefault(consent.purpose.id, []).append(consent)
    return {
        "@context": CONTEXT,
        "@id": _urn(receipt_id),
        "@type": "dpv:ConsentReceipt",
        "dct:identifier": str(receipt_id),
        "dct:conformsTo": {"@id": f"{PROFILE}receipt"},
        "dct:created": now.isoformat(),
        "dct:publisher": _controller(handling.account),
        "schema:recipient": {"@id": "dpv:DataSubject"},
        "dpv:hasRecordOfActivity": [_record(events, participant, handling) for events in purposes.values()],
    }


def _record(events: list[Consent], participant: Participant, handling: Handling) -> Node:
    first, latest = events[0], events[-1]
    return {
        "@id": _urn(first.record.id),
        "@type": "dpv:ConsentRecord",
        "dct:identifier": str(first.record.id),
        "dct:conformsTo": {"@id": f"{PROFILE}record"},
        "dct:created": first.record.at.isoformat(),
        "dct:language": latest.record.language,
        "dpv:hasDataSubject": {"@id": _urn(participant.id), "@type": "dpv:DataSubject"},
        "dpv:hasDataController": {**_controller(handling.account), "dpv:hasName": latest.record.controller},
        "dpv:hasProcess": _process(latest, handling),
        "dpv:hasConsentStatus": {"@id": OUTDATED if latest.to_renew else STATUS[latest.record.state]},
        "dct:hasPart": [_event(event) for event in events],
    }


def _process(consent: Consent, handling: Handling) -> Node:
    account = handling.account
    return {
        "@type": "dpv:Process",
        "dpv:hasPurpose": {
            "@id": _urn(consent.purpose.id),
            "@type": "dpv:Purpose",
            "dct:title": _words(consent.notice.title, consent.notice.language),
        },
        "dpv:hasPersonalData": [
            _data(item, consent.record.language) for item in handling.items(consent.purpose.id)
        ],
        "dpv:hasProcessing": [{"@id": term} for term in PROCESSING],
        "dpv:hasDataSource": {"@type": "dpv:DataSubjectDataSource", "dct:description": consent.record.method},
        "dpv:hasDataController": {"@id": _urn(account.id)},
        "dpv:hasRecipient": _recipient(account),
        "dpv:hasLegalBasis": [{"@id": "dpv:ExplicitlyExpressedConsent"}, {"@id": "eu-gdpr:A6-1-a"}],
        "dpv:hasStorageCondition": [
            {"@type": "dpv:StorageDuration", "dct:description": consent.record.retention},
            {"@type": "dpv:StorageLocation", "dct:description": handling.storage},
        ],
        "dpv:hasConsentControl": {
            "@type": "dpv:WithdrawConsent",
            "dct:description": consent.record.withdrawal_method,
            "dpv:isExercisedAt": handling.own_data,
        },
        "dpv:hasRight": [
            {"@id": f"eu-gdpr:{article}", "dpv:isExercisedAt": handling.own_data} for article in RIGHTS
        ],
        "dpv:hasJurisdiction": {"@id": "loc:EU"},
        "dpv:hasApplicableLaw": {"@id": "eu-gdpr:GDPR"},
        **_authority(account),
    }


def _data(item: DataItem, language: str) -> Node:
    """One field of the form: whatever was entered there is data that the person provided."""
    words, spoken = item.label(language)
    terms = ["dpv:ProvidedPersonalData", *([item.term] if item.term else [])]
    return {
        "@type": "dpv:PersonalData",
        "skos:broader": [{"@id": term} for term in terms],
        "dct:title": _words(words, spoken),
        "dct:identifier": item.key,
        "dct:type": item.data_class.value,
        "dpv:hasNecessity": {"@id": "dpv:Required" if item.required else "dpv:Optional"},
    }


def _recipient(account: Account) -> Node:
    """Who gets it: others in the controller's own words, or nobody but the controller."""
    if account.recipients in {"", NONE}:
        return {"@id": _urn(account.id)}
    return {"@type": "dpv:Recipient", "dct:description": account.recipients}


def _authority(account: Account) -> Node:
    if not account.supervisory_authority:
        return {}
    return {
        "dpv:hasAuthority": {
            "@type": "dpv:DataProtectionAuthority",
            "dpv:hasName": account.supervisory_authority,
        }
    }


def _event(consent: Consent) -> Node:
    record = consent.record
    return {
        "@id": _urn(record.id),
        "@type": STATUS[record.state],
        "dpv:isIndicatedAtTime": record.at.isoformat(),
        "dpv:isIndicatedBy": {"@id": _urn(record.participant_id)},
        "dpv:hasIndicationMethod": record.method,
        "dct:date": record.at.isoformat(),
        "dct:valid": record.retention,
        "dpv:isImplementedByEntity": {"@id": _urn(record.participant_id)},
        "dpv:hasNotice": _notice(consent),
    }


def _notice(consent: Consent) -> Node:
    notice = consent.notice
    return {
        "@id": _urn(notice.id),
        "@type": "dpv:ConsentNotice",
        "dct:created": notice.created_at.isoformat(),
        "dct:language": notice.language,
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
