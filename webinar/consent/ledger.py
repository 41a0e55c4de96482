"""The ledger of a purpose: who answered what, when, to which words. For admins, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.models import ConsentRecord, NoticeVersion, Participant, Purpose, Webinar

PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer of one person, and the words it was given to."""

    record: ConsentRecord
    notice: NoticeVersion
    participant: Participant
    webinar: Webinar


async def ledger_page(db: AsyncSession, purpose: Purpose, page: int) -> tuple[Sequence[Entry], bool]:
    """The entries of a page, counted from 1, and whether older ones follow."""
    found = (
        select(ConsentRecord, NoticeVersion, Participant, Webinar)
        .join(NoticeVersion, col(NoticeVersion.id) == col(ConsentRecord.notice_version_id))
        .join(Participant, col(Participant.id) == col(ConsentRecord.participant_id))
        .join(Webinar, col(Webinar.id) == col(ConsentRecord.webinar_id))
        .where(
            col(ConsentRecord.account_id) == purpose.account_id, col(ConsentRecord.purpose_id) == purpose.id
        )
        .order_by(col(ConsentRecord.at).desc(), col(ConsentRecord.number).desc(), col(ConsentRecord.id))
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    )
    rows = [Entry(*row) for row in (await db.exec(found)).all()]
    return rows[:PAGE], len(rows) > PAGE
