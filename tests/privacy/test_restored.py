"""A restore is told as a fact apart from tampering, and nothing but a restore is."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from sqlmodel import col

from tests.privacy.test_audit_check import OWN, Archive, archive, length, seal_receipts
from tests.support.samples import NOW
from webinar.accounts.audit import Action, record_operation
from webinar.models import AuditEntry, ErasureReceipt
from webinar.privacy.audit_check import Trail, Verdict
from webinar.privacy.restored import Restored, list_restores, note_restore, restore_in_words

RESTORED = Restored(NOW + timedelta(hours=2), NOW, "5a" * 32)

__all__ = ["archive"]


async def go_back(archive: Archive, entries: int, receipts: int) -> None:
    """The database as it was with so many of each."""
    async with archive.db.writing() as db:
        await db.exec(delete(AuditEntry).where(*archive.entries(entries + 1)))
        await db.exec(delete(ErasureReceipt).where(col(ErasureReceipt.number) > receipts))


async def note(archive: Archive) -> None:
    await note_restore(archive.db, archive.anchors, RESTORED, NOW + timedelta(hours=2))


async def told(archive: Archive) -> list[str]:
    async with archive.db.reading() as db:
        return [restore_in_words(entry) for entry in await list_restores(db, archive.user.account_id)]


@pytest.fixture
async def older(archive: Archive) -> int:
    """The archive as it was before its last three entries and its last receipt; gives the entries that are left."""
    await seal_receipts(archive, OWN, 2)
    await archive.act(3)
    await archive.anchors.write()
    left = await length(archive) - 3
    await go_back(archive, left, 1)
    return left


async def test_a_restore_is_told_with_what_is_not_there_and_the_trail_goes_on_whole(
    archive: Archive, older: int
):
    assert (await archive.check()).trail is Trail.CUT
    await note(archive)
    assert await archive.check() == Verdict(Trail.WHOLE, older + 1)
    assert await archive.anchors.broken_receipt(archive.user.account_id) is None
    [words] = await told(archive)
    assert words.startswith(
        "restored on 23 November 2026, 14:00 UTC from a backup of 23 November 2026, 12:00 UTC (SHA-256 5a5a"
    )
    assert words.endswith(": 3 entries and 1 receipts written after it are not in this database")
    await archive.act(2)
    await archive.anchors.write()
    assert await archive.check() == Verdict(Trail.WHOLE, older + 3)


async def test_a_restore_that_was_interrupted_is_noted_once(archive: Archive, older: int):
    for _ in range(2):
        await note(archive)
    assert await archive.check() == Verdict(Trail.WHOLE, older + 1)
    assert len(await told(archive)) == 1


async def test_what_is_cut_after_a_restore_is_a_cut(archive: Archive, older: int):
    await note(archive)
    await archive.act()
    await archive.anchors.write()
    await go_back(archive, older, 0)
    assert await archive.check() == Verdict(Trail.CUT, older, older + 1)
    assert await archive.anchors.broken_receipt(archive.user.account_id) == 1


async def test_an_entry_that_says_restored_hides_no_cut(archive: Archive, older: int):
    # All that somebody can do who writes the database without the installation's key.
    async with archive.db.writing() as db:
        await record_operation(
            db, archive.user.account_id, Action.ACCOUNT_RESTORED, now=NOW, missing_entries=3, missing_receipts=1,
            restored_at=NOW.isoformat(), backup_of=NOW.isoformat(), sha256="",
        )  # fmt: skip
    await archive.anchors.write()
    assert (await archive.check()).trail is Trail.CUT
    assert await archive.anchors.broken_receipt(archive.user.account_id) == 2


@pytest.mark.parametrize("doctored", ["entry", "anchor", "receipt", "more"])
async def test_a_restored_database_that_contradicts_what_was_signed_stays_reported(
    archive: Archive, older: int, doctored: str
):
    if doctored == "anchor":
        file = archive.folder / f"{archive.user.account_id}.json"
        whole = json.loads(file.read_bytes())
        whole["head"]["number"] = older + 1
        file.write_text(json.dumps(whole))
    elif doctored == "more":
        await archive.act(4)  # longer than what was signed, and other entries in its place
    async with archive.db.writing() as db:
        if doctored == "entry":
            await db.exec(update(AuditEntry).where(*archive.entries(2)).values(role="host"))
        elif doctored == "receipt":
            await db.exec(update(ErasureReceipt).values(document="{}"))
    await note(archive)
    assert (await archive.check()).trail is not Trail.WHOLE or await broken(archive)
    assert (await told(archive))[0].endswith("what was written after it is not known")


async def broken(archive: Archive) -> bool:
    return await archive.anchors.broken_receipt(archive.user.account_id) is not None


async def test_a_restore_onto_an_empty_machine_is_noted_and_signed_later(archive: Archive):
    (archive.folder / f"{archive.user.account_id}.json").unlink()
    await note(archive)
    await archive.anchors.write()
    assert (await archive.check()).trail is Trail.WHOLE
    assert (await told(archive))[0].endswith("what was written after it is not known")
