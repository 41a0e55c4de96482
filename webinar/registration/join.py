"""Taking part in an open webinar: nobody registers, whoever wants to write picks a name."""

from datetime import datetime
from uuid import uuid4

from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.errors import Invalid, NotFound
from webinar.models import Access, Participant, ParticipantState, Webinar
from webinar.registration.admission import link_hash, link_token
from webinar.registration.field_types.base import Refused, Translate, clean_text
from webinar.signing import Signer

NAME_LENGTH = 80


async def join_open(
    db: AsyncSession, signer: Signer, webinar: Webinar, *, display_name: str, language: str, now: datetime
) -> Participant:
    """Makes a participant without an address, called what `read_name` gave. Raises NotFound unless it is open."""
    if webinar.access is not Access.OPEN:
        raise NotFound
    participant_id = uuid4()
    participant = Participant(
        id=participant_id,
        account_id=webinar.account_id,
        webinar_id=webinar.id,
        display_name=display_name,
        state=ParticipantState.JOINED,
        language=language,
        link_hash=link_hash(link_token(signer, participant_id, 1)),
        created_at=now,
    )
    db.add(participant)
    await db.flush()
    return participant


def read_name(typed: str, _: Translate) -> str:
    """The display name in what somebody typed; raises Invalid naming `display_name`, in the language of `_`."""
    try:
        name = clean_text([typed], NAME_LENGTH, _)
    except Refused as refused:
        raise Invalid({"display_name": str(refused)}) from refused
    if name is None:
        raise Invalid({"display_name": _("Choose a name to take part.")})
    return name
