"""Sample webinars, in any state, without the steps that lead there."""

import io
import zipfile
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.support.installation import Installation
from webinar.media.library import SAMPLE_CLIP
from webinar.models import MediaKind, Participant, ParticipantState, Webinar, WebinarState

LATER = (WebinarState.SCHEDULED, WebinarState.LIVE, WebinarState.PAUSED, WebinarState.ENDED)


async def a_webinar(
    installation: Installation, account_id: UUID, state: WebinarState = WebinarState.SCHEDULED, **columns: Any
) -> Webinar:
    """A webinar of the account with the sample clip as its picture, starting in an hour or begun an hour ago."""
    now = installation.clock.now()
    begun = state in LATER[1:]
    facts: dict[str, Any] = {
        "title": "How bees find their way",
        "starts_at": None if state is WebinarState.DRAFT else now + timedelta(hours=-1 if begun else 1),
        "media_kind": MediaKind.RECORDING,
        "went_live_at": now - timedelta(hours=1) if begun else None,
        "ended_at": now if state is WebinarState.ENDED else None,
        "epoch": uuid4(),
        "created_at": now,
    }
    webinar = Webinar(account_id=account_id, state=state, **facts | columns)
    async with installation.services.db.writing() as db:
        db.add(webinar)
    return webinar


async def some_participants(
    installation: Installation,
    webinar: Webinar,
    count: int,
    state: ParticipantState = ParticipantState.REGISTERED,
) -> list[Participant]:
    """People of the webinar, as bare rows: no answers, no consents, no mails."""
    people = [
        Participant(
            account_id=webinar.account_id,
            webinar_id=webinar.id,
            email=f"person{number}@example.org",
            email_key=f"person{number}@example.org",
            display_name=f"Person {number}",
            state=state,
            link_hash=uuid4().bytes,
            created_at=installation.clock.now(),
        )
        for number in range(count)
    ]
    async with installation.services.db.writing() as db:
        db.add_all(people)
    return people


def a_zip() -> bytes:
    """The sample clip as people upload a recording."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as zipped:
        for path in SAMPLE_CLIP.rglob("*"):
            if path.is_file():
                zipped.write(path, path.relative_to(SAMPLE_CLIP))
    return written.getvalue()
