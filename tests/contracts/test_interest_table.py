"""The export for a legitimate interest, on every database: who was told of it and does not object, what was declared."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from tests.contracts.test_registering import SIGNER
from tests.registration.samples import CATALOGUES, Published, entry_of, publish_sample
from tests.support.samples import NOW, make_purpose
from webinar.consent.notices import Wording, publish_wording
from webinar.consent.purposes import retire_purpose
from webinar.db import Database
from webinar.models import Basis, ExportFile, Participant, Purpose
from webinar.privacy.objections import object_to
from webinar.privacy.purpose_table import ListedPurpose, list_exportable, purpose_table
from webinar.privacy.requests import take_back
from webinar.privacy.restriction import restrict
from webinar.registration.compiled import Forms
from webinar.registration.definition import dump_definition, read_definition
from webinar.registration.publishing import publish_form
from webinar.registration.register import Submission, register
from webinar.registration.versions import save_draft

LATER = NOW + timedelta(hours=1)
ADA, BOB = "ada@example.com", "bob@example.com"


@dataclass
class Told:
    """A webinar that tells of a use on a legitimate interest, for which its form declares the organisation."""

    database: Database
    published: Published
    interest: Purpose

    async def declare(self, *keys: str, at: datetime = NOW) -> None:
        """Publishes the form with these fields declared for the interest."""
        async with self.database.writing() as db:
            rows = dump_definition(self.published.form.definition)
            for row in rows:
                if row["key"] in keys:
                    row["purposes"] = [str(self.interest.id)]
            await save_draft(db, self.published.webinar, read_definition(rows))
            account, webinar = self.published.account, self.published.webinar
            version = await publish_form(db, account, webinar, catalogues=CATALOGUES, now=at)
            self.published.form = await Forms(CATALOGUES).load(db, version, "en")

    async def register(self, email: str) -> Participant:
        entry = entry_of(self.published.form, email, organisation=f"Firm of {email}")
        async with self.database.writing() as db:
            await register(
                db, SIGNER, Submission(self.published.form, entry, nonce=email.ljust(64, ".")), NOW
            )
            return (await db.exec(select(Participant).where(col(Participant.email) == email))).one()

    async def listed(self) -> list[ListedPurpose]:
        async with self.database.reading() as db:
            found = await list_exportable(db, self.published.webinar)
        return [each for each in found if each.basis is not Basis.CONSENT]

    async def rows(self) -> list[dict[str, Any]]:
        async with self.database.reading() as db:
            table = await purpose_table(db, self.published.webinar, self.interest.id, self.database.reading)
        return [
            dict(zip(table.headings, table.cells(row), strict=True))
            async for page in table.pages()
            for row in page
        ]

    async def firms(self) -> list[str]:
        return sorted(row["Organisation"] for row in await self.rows())


@pytest.fixture
async def told(database: Database) -> Told:
    async with database.writing() as db:
        published = await publish_sample(db)
        interest = await make_purpose(
            db, published.account, "Improving", "We look at it.", basis=Basis.LEGITIMATE_INTEREST
        )
    found = Told(database, published, interest)
    await found.declare("organisation")
    return found


async def test_everybody_who_was_told_is_in_it_with_what_was_declared_only(told: Told):
    for email in (ADA, BOB):
        await told.register(email)
    [listed] = await told.listed()
    assert (listed.title, listed.basis, listed.people, listed.fields) == (
        "Improving", Basis.LEGITIMATE_INTEREST, 2, ["Organisation"],
    )  # fmt: skip
    assert sorted(await told.rows(), key=lambda row: row["Organisation"]) == [
        {"Organisation": f"Firm of {email}", "Told (UTC)": NOW} for email in (ADA, BOB)
    ]


async def test_who_objects_or_is_only_kept_is_not_in_it(told: Told):
    ada, bob, _ = [await told.register(email) for email in (ADA, BOB, "eve@example.com")]
    async with told.database.writing() as db:
        objection = await object_to(db, ada, told.published.webinar, told.interest.id, "", now=LATER)
        await restrict(db, bob, LATER)
    assert await told.firms() == ["Firm of eve@example.com"]
    assert [each.people for each in await told.listed()] == [1]
    async with told.database.writing() as db:
        await take_back(db, ada, objection.id, LATER)
    assert await told.firms() == [f"Firm of {ADA}", "Firm of eve@example.com"]


async def test_nothing_serves_an_interest_unless_the_form_says_so(told: Told):
    await told.register(ADA)
    assert all("E-mail address" not in row for row in await told.rows())
    await told.declare("email", "organisation")
    assert await told.firms() == [f"Firm of {ADA}"]
    await told.register(BOB)
    assert {row["E-mail address"] for row in await told.rows()} == {None, BOB}


async def test_who_registered_before_it_was_declared_is_not_in_it(told: Told):
    async with told.database.writing() as db:
        other = await publish_sample(db)
        interest = await make_purpose(db, other.account, "Later", "Why.", basis=Basis.LEGITIMATE_INTEREST)
    later = Told(told.database, other, interest)
    await later.register(ADA)
    [listed] = await later.listed()
    assert (listed.people, listed.fields) == (0, [])
    await later.declare("organisation")
    assert await later.rows() == []


@pytest.mark.parametrize(("substantive", "left"), [(True, [BOB]), (False, [ADA, BOB])])
async def test_who_was_told_other_words_is_not_in_it(told: Told, substantive: bool, left: list[str]):
    await told.register(ADA)
    async with told.database.writing() as db:
        interest = await db.get_one(Purpose, told.interest.id)
        new = Wording.of("Improving", "We sell it.")
        await publish_wording(db, interest, "en", new, LATER, substantive=substantive)
        await publish_wording(db, interest, "nl", Wording.of("Beter", "Zo."), LATER)
    await told.declare("organisation", at=LATER)
    await told.register(BOB)
    assert await told.firms() == [f"Firm of {email}" for email in left]


async def test_an_objection_ends_the_files_of_its_webinar(told: Told):
    ada = await told.register(ADA)
    await prepared(told)
    async with told.database.writing() as db:
        await object_to(db, ada, told.published.webinar, told.interest.id, "", now=LATER)
        assert not (await db.exec(select(ExportFile))).all()


async def test_a_retired_interest_is_exported_no_more_and_its_files_end(told: Told):
    await told.register(ADA)
    await prepared(told)
    async with told.database.writing() as db:
        await retire_purpose(db, await db.get_one(Purpose, told.interest.id), LATER)
        assert not (await db.exec(select(ExportFile))).all()
    assert await told.listed() == []


async def prepared(told: Told) -> None:
    webinar = told.published.webinar
    async with told.database.writing() as db:
        db.add(
            ExportFile(
                account_id=webinar.account_id, webinar_id=webinar.id, purpose_id=told.interest.id,
                kind="csv", key=b"", rows=1, made_at=NOW, expires_at=LATER,
            )
        )  # fmt: skip
