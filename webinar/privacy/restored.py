"""A restore as a known event: each account's audit trail says of it, and its anchor goes back in time with it.

Only `webinar restore` comes here, with the installation's key: whoever can write the database alone can add such an
entry, but not sign a new anchor, so a cut tail stays one. What was restored is believed as far as it fits what was
signed before: it may end earlier, and nothing in it may be different.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.accounts.audit import Action, record_operation
from webinar.db import Database
from webinar.models import Account, AuditEntry
from webinar.privacy.audit_check import Anchors


@dataclass(frozen=True, slots=True)
class Restored:
    """When what was restored: the moment of the backup, and the SHA-256 of its file, which `webinar backup` printed."""

    at: datetime
    backup_of: datetime
    sha256: str


async def note_restore(db: Database, anchors: Anchors, restored: Restored, now: datetime) -> None:
    """Writes the restore into every trail and signs where each ends now, before anything else is written.

    A trail that does not fit what was signed keeps its anchor, so that it stays reported. Again changes nothing.
    """
    async with db.reading() as session:
        accounts = (await session.exec(select(col(Account.id)))).all()
    for account_id in accounts:
        missing = await anchors.missing(account_id)
        async with db.writing() as session:
            entry = await _noted(session, account_id, restored)
            if entry is None:
                lost = (
                    {"missing_entries": missing.entries, "missing_receipts": missing.receipts}
                    if missing
                    else {}
                )
                entry = await record_operation(
                    session,
                    account_id,
                    Action.ACCOUNT_RESTORED,
                    now=now,
                    restored_at=restored.at.isoformat(),
                    backup_of=restored.backup_of.isoformat(),
                    sha256=restored.sha256,
                    **lost,
                )
        if "missing_entries" in entry.details:
            await anchors.renew(account_id)


async def list_restores(db: AsyncSession, account_id: UUID) -> Sequence[AuditEntry]:
    """The restores that the account's trail tells of, oldest first. They are worth what the trail is: check it too."""
    entries = select(AuditEntry).where(
        col(AuditEntry.account_id) == account_id, col(AuditEntry.action) == Action.ACCOUNT_RESTORED
    )
    return (await db.exec(entries.order_by(col(AuditEntry.number)))).all()


def restore_in_words(entry: AuditEntry) -> str:
    """One of `list_restores` in a sentence for the operator."""
    said = entry.details
    at, of = (datetime.fromisoformat(said[name]) for name in ("restored_at", "backup_of"))
    lost = "what was written after it is not known"
    if "missing_entries" in said:
        lost = f"{said['missing_entries']} entries and {said['missing_receipts']} receipts"
        lost += " written after it are not in this database"
    return (
        f"restored on {at:%d %B %Y, %H:%M} UTC from a backup of {of:%d %B %Y, %H:%M} UTC "
        f"(SHA-256 {said['sha256']}): {lost}"
    )


async def _noted(db: AsyncSession, account_id: UUID, restored: Restored) -> AuditEntry | None:
    at = restored.at.isoformat()
    found = (each for each in await list_restores(db, account_id) if each.details["restored_at"] == at)
    return next(found, None)
