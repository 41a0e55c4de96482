"""The export for one purpose, on every database: page by page, and nobody who does not agree."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from tests.contracts.test_registering import SIGNER
from tests.registration.samples import entry_of, publish_sample
from tests.support.samples import NOW
from webinar.consent.records import withdraw_consent
from webinar.db import Database
from webinar.models import ExportFile, Participant
from webinar.privacy import purpose_table as module
from webinar.privacy.purpose_table import list_exportable, purpose_table
from webinar.registration.register import Submission, register


async def test_everybody_who_agrees_is_there_once_over_all_pages(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "PAGE", 2)
    async with database.writing() as db:
        published = await publish_sample(db)
    consent = published.form.definition.consents[0].key
    for number in range(7):
        email = f"person{number}@example.com"
        agrees = {consent: "y"} if number != 3 else {}
        entry = entry_of(published.form, email, **agrees)
        async with database.writing() as db:
            await register(db, SIGNER, Submission(published.form, entry, nonce=email.ljust(64, ".")), NOW)
    async with database.writing() as db:
        gone = (
            await db.exec(select(Participant).where(col(Participant.email) == "person5@example.com"))
        ).one()
        await withdraw_consent(db, gone, published.news.id, method="test", now=NOW + timedelta(hours=1))
    async with database.reading() as db:
        [listed] = await list_exportable(db, published.webinar)
        table = await purpose_table(db, published.webinar, published.news.id, database.reading)
    found = [table.cells(row) async for page in table.pages() for row in page]
    assert listed.people == 5
    assert sorted(str(cells[0]) for cells in found) == [f"person{n}@example.com" for n in (0, 1, 2, 4, 6)]
    assert table.headings == ["E-mail address", "Agreed (UTC)"]


async def test_a_withdrawal_ends_the_files_of_its_purpose_only(database: Database):
    async with database.writing() as db:
        published = await publish_sample(db)
        other = await publish_sample(db, account=published.account)
        for each in (published, other):
            db.add(
                ExportFile(
                    account_id=each.account.id, webinar_id=each.webinar.id, purpose_id=each.news.id,
                    kind="csv", key=b"", rows=1, made_at=NOW, expires_at=NOW,
                )
            )  # fmt: skip
        entry = entry_of(published.form, **{published.form.definition.consents[0].key: "y"})
        await register(db, SIGNER, Submission(published.form, entry, nonce="n" * 64), NOW)
    async with database.writing() as db:
        person = (await db.exec(select(Participant))).one()
        await withdraw_consent(db, person, published.news.id, method="test", now=NOW)
    async with database.reading() as db:
        assert (await db.exec(select(col(ExportFile.webinar_id)))).all() == [other.webinar.id]
