"""The table of participants: every answer under the words it was asked with, everybody, page by page."""

import csv
import io
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from tests.registration.samples import CATALOGUES, Published, entry_of, publish_sample
from tests.support.installation import Installation
from tests.support.samples import NOW
from tests.support.webinars import some_participants
from webinar.consent.records import withdraw_consent
from webinar.models import Participant, Webinar
from webinar.privacy import participant_table as module
from webinar.privacy.participant_table import participant_table
from webinar.privacy.tabular import csv_chunks, json_chunks
from webinar.registration.compiled import Forms
from webinar.registration.definition import read_definition
from webinar.registration.form import CompiledForm
from webinar.registration.publishing import publish_form
from webinar.registration.register import Submission, register
from webinar.registration.versions import save_draft


async def everything(
    installation: Installation, webinar: Webinar
) -> tuple[list[dict[str, str]], list[dict[str, Any]]]:
    """The rows of the CSV by heading, and the objects of the JSON."""
    reading = installation.services.db.reading
    async with reading() as db:
        table = await participant_table(db, webinar, reading)
    text = (await joined(csv_chunks(table))).decode("utf-8-sig")
    return read_csv(text), json.loads(await joined(json_chunks(table)))


async def joined(chunks: AsyncIterator[bytes]) -> bytes:
    return b"".join([chunk async for chunk in chunks])


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


async def register_somebody(
    installation: Installation, form: CompiledForm, email: str, **values: str
) -> None:
    submission = Submission(form, entry_of(form, email, **values), nonce=email.ljust(64, "."))
    async with installation.services.db.writing() as db:
        await register(db, installation.services.signer, submission, NOW)


@pytest.fixture
async def published(installation: Installation) -> Published:
    async with installation.services.db.writing() as db:
        return await publish_sample(db)


async def test_a_participant_is_there_with_answers_and_consents(
    installation: Installation, published: Published
):
    consent = published.form.definition.consents[0].key
    await register_somebody(
        installation, published.form, "ada@example.com", organisation="=HYPERLINK()", **{consent: "y"}
    )
    await register_somebody(installation, published.form, "bob@example.com")

    rows, objects = await everything(installation, published.webinar)
    by_address = {row["E-mail address"]: row for row in rows}
    ada, bob = by_address["ada@example.com"], by_address["bob@example.com"]
    [ada_facts] = [facts for facts in objects if facts["email"] == "ada@example.com"]

    assert ada["Organisation"] == "'=HYPERLINK()"
    assert ada["Will you be there?"] == "Live"
    assert (ada["Consent: News by mail"], bob["Consent: News by mail"]) == ("given", "refused")
    assert bob["Organisation"] == ""
    answers = {answer["field"]: (answer["value"], answer["shown"]) for answer in ada_facts["answers"]}
    assert answers["organisation"] == ("=HYPERLINK()", "=HYPERLINK()")
    assert answers["coming"] == ("live", "Live")


async def test_a_withdrawn_consent_is_what_holds(installation: Installation, published: Published):
    consent = published.form.definition.consents[0].key
    await register_somebody(installation, published.form, "ada@example.com", **{consent: "y"})
    async with installation.services.db.writing() as db:
        ada = (await db.exec(select(Participant))).one()
        await withdraw_consent(db, ada, published.news.id, method="personal link", now=NOW)
    [row], _ = await everything(installation, published.webinar)
    assert row["Consent: News by mail"] == "withdrawn"


async def test_an_answer_keeps_the_words_it_was_asked_with(installation: Installation, published: Published):
    await register_somebody(installation, published.form, "ada@example.com", organisation="Polder")
    reworded = reword(published.form, "organisation", "Employer")
    async with installation.services.db.writing() as db:
        await save_draft(db, published.webinar, read_definition(reworded))
        version = await publish_form(
            db, published.account, published.webinar, catalogues=CATALOGUES, now=NOW + timedelta(days=1)
        )
        form = await Forms(CATALOGUES).load(db, version, "en")
    await register_somebody(installation, form, "bob@example.com", organisation="Sea")

    rows, _ = await everything(installation, published.webinar)

    answers = {row["E-mail address"]: (row["Organisation"], row["Employer"]) for row in rows}
    assert answers == {"ada@example.com": ("Polder", ""), "bob@example.com": ("", "Sea")}


async def test_everybody_is_there_once_however_small_the_pages(
    installation: Installation, published: Published, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "PAGE", 3)
    people = await some_participants(installation, published.webinar, 10)
    rows, facts = await everything(installation, published.webinar)
    assert sorted(row["E-mail address"] for row in rows) == sorted(str(person.email) for person in people)
    assert len(facts) == 10


async def test_an_export_holds_nobody_of_another_webinar(installation: Installation, published: Published):
    async with installation.services.db.writing() as db:
        other = await publish_sample(db)
    await register_somebody(installation, other.form, "eve@example.com")
    assert await everything(installation, published.webinar) == ([], [])


def reword(form: CompiledForm, key: str, label: str) -> list[dict[str, Any]]:
    rows = [field.model_dump(mode="json", exclude_none=True) for field in form.definition.fields]
    for row in rows:
        if row["key"] == key:
            row["label"] = {"en": label}
    return rows
