"""Prepared exports end with what they rest on: a consent, correct data, the person."""

from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.models import ExportFile


async def drop_exports(
    db: AsyncSession, *, webinar_id: UUID | None = None, purpose_id: UUID | None = None
) -> None:
    """Ends every prepared export of the webinar, of the purpose, or of both together.

    Whoever withdraws, is corrected or erased may be in any of them, and which ones is deliberately not kept. The
    row holds the only key, so from the commit on nobody can read the file.
    """
    within = [
        column == wanted
        for column, wanted in (
            (col(ExportFile.webinar_id), webinar_id),
            (col(ExportFile.purpose_id), purpose_id),
        )
        if wanted is not None
    ]
    if not within:
        raise ValueError("say of which webinar or purpose")
    await db.exec(delete(ExportFile).where(*within))
