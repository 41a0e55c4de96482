"""The audit trail: a changed entry, one taken out, and a tail cut off are each seen."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, update
from sqlmodel import col, select

from tests.privacy.test_sealing import a_receipt
from tests.support.samples import NOW
from webinar.accounts.accounts import AccountData, create_account
from webinar.accounts.audit import Action, record_action
from webinar.accounts.users import NewUser
from webinar.db import Database
from webinar.models import AuditEntry, ErasureReceipt, Role, User
from webinar.privacy.audit_check import Anchors, Trail, Verdict
from webinar.privacy.receipts import seal_receipt
from webinar.seal import Seal
from webinar.settings import Settings

OWN = Seal("s" * 32)


@dataclass
class Archive:
    """An account with some history, and the anchors of its trail."""

    db: Database
    anchors: Anchors
    folder: Path
    user: User

    async def act(self, times: int = 1) -> None:
        for _ in range(times):
            async with self.db.writing() as db:
                await record_action(db, self.user, Action.WEBINAR_CHANGED, uuid4(), now=NOW, people=3)

    async def check(self) -> Verdict:
        return await self.anchors.check(self.user.account_id)

    def entries(self, number: int):
        return (col(AuditEntry.account_id) == self.user.account_id, col(AuditEntry.number) >= number)


@pytest.fixture
async def archive(settings: Settings) -> AsyncIterator[Archive]:
    db = Database(settings.database)
    folder = settings.data_dir / "audit"
    async with db.writing() as unit:
        owner = NewUser(email="owner@example.com", name="Owner", role=Role.OWNER)
        _, user = await create_account(unit, AccountData(name="House"), owner, NOW)
    made = Archive(db, Anchors(db, folder, OWN), folder, user)
    await made.act(4)
    await made.anchors.write()
    try:
        yield made
    finally:
        await db.close()


async def length(archive: Archive) -> int:
    async with archive.db.reading() as db:
        entries = select(AuditEntry).where(col(AuditEntry.account_id) == archive.user.account_id)
        return len((await db.exec(entries)).all())


async def test_a_trail_that_nobody_touched_is_whole(archive: Archive):
    await archive.act()
    assert await archive.check() == Verdict(Trail.WHOLE, await length(archive))


@pytest.mark.parametrize(
    "change",
    [
        {"role": "host"},
        {"action": "webinar.created"},
        {"details": {"people": 4}},
        {"user_id": None, "who": b"x"},
    ],
)
async def test_a_changed_entry_is_seen(archive: Archive, change: dict[str, object]):
    async with archive.db.writing() as db:
        await db.exec(
            update(AuditEntry).where(*archive.entries(3), col(AuditEntry.number) == 3).values(**change)
        )
    verdict = await archive.check()
    assert (verdict.trail, verdict.wrong) == (Trail.CHANGED, 3)


async def test_an_entry_that_was_taken_out_is_seen(archive: Archive):
    async with archive.db.writing() as db:
        await db.exec(delete(AuditEntry).where(*archive.entries(2), col(AuditEntry.number) == 2))
    verdict = await archive.check()
    assert (verdict.trail, verdict.wrong) == (Trail.CHANGED, 2)


async def test_a_cut_tail_is_seen_and_never_signed_away(archive: Archive):
    before = await length(archive)
    async with archive.db.writing() as db:
        await db.exec(delete(AuditEntry).where(*archive.entries(before)))
    assert await archive.check() == Verdict(Trail.CUT, before - 1, before)

    await archive.act(2)
    await archive.anchors.write()
    verdict = await archive.check()
    assert (verdict.trail, verdict.wrong) == (Trail.CHANGED, before)


async def seal_receipts(archive: Archive, seal: Seal, number: int) -> None:
    async with archive.db.writing() as db:
        for _ in range(number):
            receipt = a_receipt(archive.user.account_id)
            db.add(receipt)
            await seal_receipt(db, receipt, seal)


async def test_receipts_cut_off_at_the_end_are_seen_and_never_signed_away(archive: Archive):
    account_id = archive.user.account_id
    await seal_receipts(archive, OWN, 3)
    await archive.anchors.write()
    assert await archive.anchors.broken_receipt(account_id) is None

    async with archive.db.writing() as db:
        await db.exec(delete(ErasureReceipt).where(col(ErasureReceipt.number) > 1))
    for _ in range(2):
        await archive.act()
        await archive.anchors.write()
        assert await archive.anchors.broken_receipt(account_id) == 2


async def test_receipts_that_somebody_else_signed_anew_are_seen(archive: Archive):
    account_id = archive.user.account_id
    await seal_receipts(archive, OWN, 2)
    await archive.anchors.write()
    async with archive.db.writing() as db:
        await db.exec(delete(ErasureReceipt))
    await seal_receipts(archive, Seal("f" * 32), 2)
    assert await archive.anchors.broken_receipt(account_id) == 2


async def test_a_forged_anchor_hides_nothing(archive: Archive):
    file = archive.folder / f"{archive.user.account_id}.json"
    whole = json.loads(file.read_bytes())
    async with archive.db.writing() as db:
        first = (
            await db.exec(
                select(AuditEntry).where(*archive.entries(1)).order_by(col(AuditEntry.number)).limit(1)
            )
        ).one()
        await db.exec(delete(AuditEntry).where(*archive.entries(first.number + 1)))
    # As if the trail had never been longer than what is left of it.
    whole["head"] |= {"number": first.number, "link": first.link.hex()}
    file.write_text(json.dumps(whole))
    assert (await archive.check()).trail is Trail.CHANGED


async def test_a_receipt_that_cannot_be_read_is_told_and_the_trail_checked_without_it(archive: Archive):
    await seal_receipts(archive, OWN, 1)
    async with archive.db.writing() as db:
        await db.exec(update(ErasureReceipt).values(document="{}"))
    assert await archive.check() == Verdict(Trail.WHOLE, await length(archive))
    assert await archive.anchors.broken_receipt(archive.user.account_id) == 1


async def test_removing_a_user_keeps_the_trail_whole_and_forgets_who_it_was(archive: Archive):
    async with archive.db.writing() as db:
        await db.exec(delete(User).where(col(User.id) == archive.user.id))
    async with archive.db.reading() as db:
        left: set[UUID | None] = set((await db.exec(select(col(AuditEntry.user_id)))).all())
    assert left == {None}
    assert (await archive.check()).trail is Trail.WHOLE
