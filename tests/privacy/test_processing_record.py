"""The record of processing: complete by generation."""

import csv
import io

from tests.registration.samples import publish_sample
from tests.support.installation import Installation
from webinar.privacy.inventory import personal_columns
from webinar.privacy.processing_record import (
    activities,
    read_processing_record,
    record_as_csv,
    record_as_facts,
)
from webinar.privacy.processor import Processor

OPERATOR = Processor(name="Polder Hosting", hosting="A data centre in Amsterdam")


def test_every_personal_column_is_in_exactly_one_activity():
    named = [column for activity in activities() for column in activity.columns]
    assert sorted(named) == sorted(f"{found.table}.{found.column}" for found in personal_columns())


def test_every_activity_says_whose_data_on_what_basis_and_for_how_long():
    for activity in activities():
        assert all((activity.people, activity.data, activity.bases, activity.kept)), activity.purpose


async def test_the_record_follows_what_the_account_says_and_asks(installation: Installation):
    async with installation.services.db.writing() as db:
        sample = await publish_sample(db)
        record = await read_processing_record(db, sample.account, OPERATOR)
    assert record.facts["Controller"] == "Polder Academy B.V."
    assert record.consents == ["News by mail"]
    (kept,) = record.retention
    assert (kept.title, kept.days, kept.chat_days) == (sample.webinar.title, 90, 90)
    assert "Organisation" in {field.name for field in kept.fields}
    assert record.facts["Hosting"] == "A data centre in Amsterdam"
    facts = record_as_facts(record)
    assert len(facts["activities"]) == len(activities())
    rows = list(csv.DictReader(io.StringIO(record_as_csv(record).decode("utf-8-sig"), newline="")))
    assert {row["Purpose"] for row in rows} == {activity.purpose for activity in activities()}
    for row in rows:
        assert {name: row[name] for name in record.facts} == record.facts
        assert row["Technical measures"] == " ".join(record.measures)
