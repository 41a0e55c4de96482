"""A person's consents as files: the receipt for themselves, the records for the account's proof."""

import msgspec
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.handling import UNSAID, Handling
from webinar.consent.records import consent_history
from webinar.consent.ts27560 import records_document
from webinar.models import Account, Participant
from webinar.privacy.processor import Processor
from webinar.registration.declared_data import declared_data
from webinar.site import Site


async def handling_of(
    db: AsyncSession, participant: Participant, processor: Processor, site: Site
) -> Handling:
    """How the data is handled that the person's consents cover."""
    return Handling(
        account=await db.get_one(Account, participant.account_id),
        data=await declared_data(db, participant),
        storage=processor.hosting or UNSAID,
        own_data=site.url(f"/w/{participant.webinar_id}/my"),
    )


async def consent_records(db: AsyncSession, participant: Participant, handling: Handling) -> bytes:
    """Every answer of the person, in the records of ISO/IEC TS 27560, as JSON-LD."""
    records = records_document(await consent_history(db, participant), handling)
    return msgspec.json.format(msgspec.json.encode(records), indent=2)
