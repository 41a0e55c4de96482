"""What somebody's form declares for a consent: the fields they saw, whatever the form says later."""

import msgspec
import pytest
from sqlmodel import col, select

from tests.registration.samples import CATALOGUES, FIELDS, Published, publish_sample
from tests.support.installation import SECRET, MovableClock
from tests.support.samples import NOW, make_participant
from webinar.consent.records import Decision, FirstDecisions, record_first_decisions
from webinar.db import Database
from webinar.models import DataClass, FormVersion, NoticeVersion, Participant, Registration
from webinar.privacy.consent_files import consent_records, handling_of
from webinar.privacy.processor import Processor
from webinar.registration.declared_data import declared_data
from webinar.registration.definition import dump_definition, read_definition, starting_definition
from webinar.registration.publishing import publish_form
from webinar.registration.versions import consent_field, save_draft
from webinar.signing import Signer
from webinar.site import Site

SITE = Site("https://webinar.example.org", ("webinar.example.org",))


@pytest.fixture
async def published(bare_database: Database) -> Published:
    async with bare_database.writing() as db:
        return await publish_sample(db)


async def fills_in(database: Database, published: Published) -> Participant:
    """Somebody who filled in the form as it is published now, and agreed."""
    async with database.writing() as db:
        person = await make_participant(db, Signer(SECRET, MovableClock()), published.webinar)
        form = select(FormVersion).where(col(FormVersion.published_at).is_not(None))
        newest = (await db.exec(form.order_by(col(FormVersion.number).desc()))).first()
        notice = (
            await db.exec(select(NoticeVersion).where(NoticeVersion.purpose_id == published.news.id))
        ).first()
        assert newest
        assert notice
        db.add(
            Registration(
                account_id=person.account_id,
                webinar_id=person.webinar_id,
                participant_id=person.id,
                form_version_id=newest.id,
                privacy_notice_id=notice.id,
                submission_key=str(person.id),
                submitted_at=NOW,
            )
        )
        agreed = Decision(published.news.id, notice.id, "en", given=True)
        await db.flush()
        await record_first_decisions(
            db, [FirstDecisions(person, [agreed], published.form.terms)], method="registration form", now=NOW
        )
    return person


async def publish_again(database: Database, published: Published) -> None:
    """The form says something else from now on: other words, and a field more for the same consent."""
    async with database.writing() as db:
        start = dump_definition(starting_definition("en", CATALOGUES, [consent_field(published.news)]))
        for field in start:
            if field["key"] == "email":
                field["label"] = {"en": "Where we reach you"}
        more = {**FIELDS[0], "label": {"en": "Your firm"}, "purposes": [str(published.news.id)]}
        await save_draft(db, published.webinar, read_definition([*start, more, *FIELDS[1:]]))
        await publish_form(db, published.account, published.webinar, catalogues=CATALOGUES, now=NOW)


async def record_of(database: Database, person: Participant) -> bytes:
    async with database.reading() as db:
        handling = await handling_of(db, person, Processor(hosting="Amsterdam"), SITE)
        return await consent_records(db, person, handling)


async def test_only_what_the_form_declares_for_the_consent_is_named(
    bare_database: Database, published: Published
):
    person = await fills_in(bare_database, published)
    async with bare_database.reading() as db:
        declared = await declared_data(db, person)
    [item] = declared[published.news.id]
    assert (item.key, item.words["en"], item.data_class, item.term, item.required) == (
        "email",
        "E-mail address",
        DataClass.CONTACT,
        "pd:EmailAddress",
        True,
    )


async def test_who_filled_in_no_form_has_nothing_declared(bare_database: Database, published: Published):
    async with bare_database.writing() as db:
        person = await make_participant(db, Signer(SECRET, MovableClock()), published.webinar)
        assert await declared_data(db, person) == {}


async def test_a_record_stays_the_same_to_the_byte_when_the_form_changes(
    bare_database: Database, published: Published
):
    before = await fills_in(bare_database, published)
    kept = await record_of(bare_database, before)
    await publish_again(bare_database, published)
    assert await record_of(bare_database, before) == kept
    after = msgspec.json.decode(await record_of(bare_database, await fills_in(bare_database, published)))
    [record] = after["@graph"]
    process = record["dpv:hasProcess"]
    assert [each["dct:title"]["@value"] for each in process["dpv:hasPersonalData"]] == [
        "Where we reach you", "Your firm",
    ]  # fmt: skip
    assert process["dpv:hasStorageCondition"][1]["dct:description"] == "Amsterdam"
    mine = f"https://webinar.example.org/w/{before.webinar_id}/my"
    assert process["dpv:hasConsentControl"]["dpv:isExercisedAt"] == mine
