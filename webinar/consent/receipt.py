"""A person's consent receipt (ISO/IEC TS 27560:2023, clause 6.4): their records as JSON-LD, to keep."""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid5

from webinar.consent.handling import Handling
from webinar.consent.records import Consent
from webinar.consent.ts27560 import CONTEXT, PROFILE, Node, consent_records, controller_of, urn
from webinar.models import Participant


def consent_receipt(
    history: Iterable[Consent], participant: Participant, handling: Handling, now: datetime
) -> Node:
    """The receipt for `participant`. `history` is what `records.consent_history` gives, oldest first."""
    receipt_id = uuid5(participant.id, f"consent receipt {now.isoformat()}")
    return {
        "@context": CONTEXT,
        "@id": urn(receipt_id),
        "@type": "dpv:ConsentReceipt",
        "dct:identifier": str(receipt_id),
        "dct:conformsTo": {"@id": f"{PROFILE}receipt"},
        "dct:created": now.isoformat(),
        "dct:publisher": controller_of(handling.account),
        "schema:recipient": {"@id": "dpv:DataSubject"},
        "dpv:hasRecordOfActivity": consent_records(history, handling),
    }
