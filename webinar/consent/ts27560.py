"""Consent records after ISO/IEC TS 27560:2023 (clause 6.3) as JSON-LD, in the terms of the W3C group's Data Privacy Vocabulary.

Shape and terms: https://w3id.org/dpv/guides/consent-27560. One record for each purpose, with every answer as an event
that carries the notice in the very words that were shown, and their hash.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from webinar.consent.handling import DataItem, Handling
from webinar.consent.notices import is_intact, wording_of
from webinar.consent.records import Consent
from webinar.models import NONE, Account, ConsentState

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
TAMPERED = "These are not the words that were shown: their checksum is another one."
PROCESSING = ("dpv:Collect", "dpv:Store", "dpv:Use")

Node = dict[str, Any]


def consent_records(history: Iterable[Consent], handling: Handling) -> list[Node]:
    """A record for each purpose that one person was asked about. `history` is what `records.consent_history` gives."""
    purposes: dict[UUID, list[Consent]] = {}
    for consent in history:
        purposes.setdefault(consent.purpose.id, []).append(consent)
    return [_record(events, handling) for events in purposes.values()]


def records_document(history: Iterable[Consent], handling: Handling) -> Node:
    """The records by themselves, for the controller's proof."""
    return {"@context": CONTEXT, "@graph": consent_records(history, handling)}


def _record(events: list[Consent], handling: Handling) -> Node:
    first, latest = events[0], events[-1]
    return {
        "@id": urn(first.record.id),
        "@type": "dpv:ConsentRecord",
        "dct:identifier": str(first.record.id),
        "dct:conformsTo": {"@id": f"{PROFILE}record"},
        "dct:created": first.record.at.isoformat(),
        "dct:language": latest.record.language,
        "dpv:hasDataSubject": {"@id": urn(first.record.participant_id), "@type": "dpv:DataSubject"},
        "dpv:hasDataController": {**controller_of(handling.account), "dpv:hasName": latest.record.controller},
        "dpv:hasProcess": _process(latest, handling),
        "dpv:hasConsentStatus": {"@id": OUTDATED if latest.to_renew else STATUS[latest.record.state]},
        "dct:hasPart": [_event(event) for event in events],
    }


def _process(consent: Consent, handling: Handling) -> Node:
    account = handling.account
    return {
        "@type": "dpv:Process",
        "dpv:hasPurpose": {
            "@id": urn(consent.purpose.id),
            "@type": "dpv:Purpose",
            "dct:title": _words(consent.notice.title, consent.notice.language),
        },
        "dpv:hasNecessity": _necessity(required=consent.purpose.required),
        "dpv:hasPersonalData": [
            _data(item, consent.record.language) for item in handling.items(consent.purpose.id)
        ],
        "dpv:hasProcessing": [{"@id": term} for term in PROCESSING],
        "dpv:hasDataSource": {"@type": "dpv:DataSubjectDataSource", "dct:description": consent.record.method},
        "dpv:hasDataController": {"@id": urn(account.id)},
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
        "dpv:hasNecessity": _necessity(required=item.required),
    }


def _necessity(*, required: bool) -> Node:
    return {"@id": "dpv:Required" if required else "dpv:Optional"}


def _recipient(account: Account) -> Node:
    """Who gets it: others in the controller's own words, or nobody but the controller."""
    if account.recipients in {"", NONE}:
        return {"@id": urn(account.id)}
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
        "@id": urn(record.id),
        "@type": STATUS[record.state],
        "dpv:isIndicatedAtTime": record.at.isoformat(),
        "dpv:isIndicatedBy": {"@id": urn(record.participant_id)},
        "dpv:hasIndicationMethod": record.method,
        "dct:date": record.at.isoformat(),
        "dct:valid": record.retention,
        "dpv:isImplementedByEntity": {"@id": urn(record.participant_id)},
        "dpv:hasNotice": _notice(consent),
    }


def _notice(consent: Consent) -> Node:
    notice = consent.notice
    return {
        "@id": urn(notice.id),
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
        **({} if is_intact(notice) else {"skos:note": TAMPERED}),
    }


def controller_of(account: Account) -> Node:
    """Who answers for the data, as the account says it."""
    contact = {"dpv:hasAddress": account.controller_address, "dpv:hasContact": account.controller_email}
    return {
        "@id": urn(account.id),
        "@type": "dpv:DataController",
        "dpv:hasName": account.controller_name or account.name,
        **{term: value for term, value in contact.items() if value},
    }


def _words(text: str, language: str) -> Mapping[str, str]:
    return {"@value": text, "@language": language}


def urn(identifier: UUID) -> str:
    """The name by which other nodes refer to one."""
    return f"urn:uuid:{identifier}"
