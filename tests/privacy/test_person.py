"""One person's export: all of their own canaries, none of anybody else's."""

import csv
import io
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from tests.support.installation import Installation
from webinar.models import Participant
from webinar.privacy.inventory import destroyed_with, personal_tables
from webinar.privacy.person import export_person, exported_columns, person_as_csv, person_as_json
from webinar.privacy.proof.canaries import Planted, plant_account, plant_participant, plant_webinar


async def two_people(db: AsyncSession) -> tuple[Planted, Planted]:
    webinar = await plant_webinar(db, await plant_account(db))
    return await plant_participant(db, webinar), await plant_participant(db, webinar)


def exported() -> set[tuple[str, str]]:
    """Every column that a person sees of their own rows."""
    return {
        (table.name, column.name)
        for table in personal_tables()
        if table in destroyed_with("participant")
        for column in exported_columns(table)
    }


@pytest.mark.parametrize("write", [person_as_json, person_as_csv])
async def test_a_persons_export_holds_all_of_theirs_and_nothing_of_others(
    installation: Installation, write: Any
):
    async with installation.services.db.writing() as db:
        ada, bob = await two_people(db)
    async with installation.services.db.reading() as db:
        export = write(await export_person(db, await db.get_one(Participant, ada.id("participant")))).decode()
    for canary in ada.canaries():
        if (canary.table, canary.column) in exported():
            assert found(export, canary.value), canary
    for canary in [*bob.canaries(), *(each for each in ada.canaries() if each.table == "user")]:
        assert not found(export, canary.value), canary


async def test_a_persons_export_shows_no_hash_and_no_host(installation: Installation):
    async with installation.services.db.writing() as db:
        ada, _ = await two_people(db)
    async with installation.services.db.reading() as db:
        facts = await export_person(db, await db.get_one(Participant, ada.id("participant")))
    [person] = facts["participant"]
    assert not {"link_hash", "email_key"} & person.keys()
    assert "answered_by" not in facts["question"][0]
    assert "participant_session" in facts
    assert "token_hash" not in facts["participant_session"][0]


async def test_a_persons_consents_come_with_the_words_they_were_given_to(installation: Installation):
    async with installation.services.db.writing() as db:
        ada, _ = await two_people(db)
    async with installation.services.db.reading() as db:
        facts = await export_person(db, await db.get_one(Participant, ada.id("participant")))
    [record] = facts["consent_record"]
    assert record["wording"] == ada.rows["notice_version"]["body"]


async def test_the_csv_of_a_person_is_harmless_and_reads_back(installation: Installation):
    facts = {"participant": [{"display_name": "=1+1"}], "answer": [{"value": ["a", "b"], "shown": None}]}
    rows = list(csv.reader(io.StringIO(person_as_csv(facts).decode("utf-8-sig"), newline="")))
    assert rows[1:] == [
        ["participant", "1", "display_name", "'=1+1"],
        ["answer", "1", "value", "a, b"],
        ["answer", "1", "shown", ""],
    ]


def found(export: str, value: Any) -> bool:
    text = value["text"] if isinstance(value, dict) else value
    if hasattr(text, "isoformat"):
        return text.strftime("%Y-%m-%dT%H:%M:%S.%f") in export
    return str(text) in export
