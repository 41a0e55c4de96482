"""The record of processing in versions: kept when something changed, and what changed is told."""

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import update

from tests.registration.samples import Published, publish_sample
from tests.support.installation import Installation
from tests.support.people import Organisation
from webinar.models import Account, Webinar
from webinar.privacy.agreement import read_agreements
from webinar.privacy.processor import read_processor
from webinar.privacy.record_versions import Change, changes, newest_version

# A released text is never changed: a new one is a new file.
RELEASED = {"2026-11": "1b795902d52bcfa91706f402ff3a7d2641abd0696c9e0ca1b7f2ef6ee341d511"}
PROCESSING = "/admin/records/processing"


@pytest.fixture
async def published(installation: Installation, organisation: Organisation) -> Published:
    async with installation.services.db.writing() as db:
        return await publish_sample(db, organisation.account)


async def change_webinar(installation: Installation, **values: object) -> None:
    async with installation.services.db.writing() as db:
        await db.exec(update(Webinar).values(**values))


async def test_a_version_is_kept_when_something_changed_and_only_then(
    installation: Installation, organisation: Organisation, published: Published
):
    client = organisation.admin.client
    await client.post(PROCESSING)
    first = await newest(installation, organisation)
    await installation.services.retention.run()
    assert await newest(installation, organisation) == first

    await change_webinar(installation, chat_days=7)
    page = (await client.get(PROCESSING)).text
    assert f"Changed since version {first}" in page
    assert "<del>90</del> <ins>7</ins>" in page
    await installation.services.retention.run()
    assert await newest(installation, organisation) == first + 1
    assert (await client.post(PROCESSING)).headers["location"].endswith("done=same")
    version = await client.get(f"{PROCESSING}/{first + 1}")
    assert "<del>90</del> <ins>7</ins>" in version.text
    facts = (await client.get(f"{PROCESSING}/{first + 1}?format=json")).json()
    assert facts["retention"][0]["chat_days"] == 7
    assert (await client.get(f"{PROCESSING}/{first + 2}")).status_code == 404


async def newest(installation: Installation, organisation: Organisation) -> int:
    async with installation.services.db.reading() as db:
        version = await newest_version(db, organisation.id)
    assert version
    return version.number


async def test_another_accounts_versions_are_not_found(
    installation: Installation, organisation: Organisation, stranger: Organisation, published: Published
):
    await organisation.admin.client.post(PROCESSING)
    assert (await stranger.owner.client.get(f"{PROCESSING}/1")).status_code == 404


def test_what_is_new_gone_or_different_is_told_and_another_order_is_not():
    before: dict[str, Any] = {
        "consents": ["a"],
        "retention": [{"webinar": "One", "days": 1}, {"webinar": "Two", "days": 2}],
    }
    after = {"consents": ["a"], "retention": [{"webinar": "Two", "days": 3}, {"webinar": "Three", "days": 1}]}
    assert changes(before, after) == [
        Change("Retention › Two › Days", "2", "3"),
        Change("Retention › Three", "", "Days: 1"),
        Change("Retention › One", "Days: 1", ""),
    ]
    assert changes(before, {**before, "retention": before["retention"][::-1]}) == []


def test_of_two_webinars_with_one_title_neither_hides_what_changed_of_the_other():
    def kept(*days: int) -> dict[str, Any]:
        return {"retention": [{"webinar": "Twice", "days": each} for each in days]}

    assert changes(kept(30, 60), kept(10, 60)) == [Change("Retention › Twice › Days", "30", "10")]
    assert changes(kept(30, 60), kept(30, 61)) == [Change("Retention › Twice (2) › Days", "60", "61")]
    assert changes(kept(30), kept(30, 60)) == [Change("Retention › Twice (2)", "", "Days: 60")]


def test_what_came_as_a_whole_is_one_change_without_what_is_empty_of_it():
    field = {"name": "Firm", "kind": "short_text", "required": False, "days": None, "uses": []}
    bare = {"retention": [{"webinar": "One", "days": 1, "fields": []}]}
    more = {"retention": [{"webinar": "One", "days": 1, "fields": [field]}]}
    told = "Kind: short text, Required: no"
    assert changes(bare, more) == [Change("Retention › One › Fields › Firm", "", told)]
    assert changes({}, more) == [Change("Retention › One", "", f"Days: 1\nFields › Firm › {told}")]
    both = {"retention": [{"webinar": "One", "days": 1, "fields": [field, {**field, "name": "City"}]}]}
    assert changes(more, both) == [Change("Retention › One › Fields › City", "", told)]


async def test_a_notice_that_people_are_not_shown_yet_is_marked(
    installation: Installation, organisation: Organisation, published: Published
):
    client = organisation.admin.client
    assert "As published" in (await client.get("/admin/records/notices")).text
    await change_webinar(installation, retention_days=30)
    page = (await client.get("/admin/records/notices")).text
    assert "Changed since it was published" in page
    assert "erased 30 days after" in page
    facts = (await client.get("/admin/records/notices?format=json")).json()
    assert facts[0]["changed_since_shown"] == ["How long it is kept"]
    assert "Who is responsible" in (await client.get("/admin/records/notices?format=csv")).text


async def test_only_an_owner_accepts_the_agreement_and_it_is_known_which_text(
    installation: Installation, organisation: Organisation
):
    text = read_agreements()[-1]
    accept = {"sha256": text.sha256.hex()}
    path = "/admin/records/agreement"
    assert (await organisation.admin.client.post(path, data=accept)).status_code == 403
    assert (await organisation.owner.client.post(path, data={"sha256": "0" * 64})).status_code == 409
    for _ in range(2):
        assert (await organisation.owner.client.post(path, data=accept)).status_code == 303
    page = (await organisation.admin.client.get(path)).text
    assert page.count(f"Version {text.version} ·") == 1
    assert organisation.owner.user.name in page
    assert (
        "Accepted the data processing agreement" in (await organisation.admin.client.get("/admin/audit")).text
    )


def test_a_released_agreement_is_never_changed():
    assert {each.version: each.sha256.hex() for each in read_agreements()} == RELEASED


def test_the_operators_words_are_read_and_what_does_not_fit_is_named(tmp_path: Path):
    file = tmp_path / "processing.toml"
    assert read_processor(file).name == ""
    file.write_text(
        'name = "Polder"\n[[subprocessor]]\nname = "Post"\npurpose = "mails"\nplace = "Germany"\n'
    )
    assert read_processor(file).subprocessor[0].place == "Germany"
    file.write_text('owner = "Polder"\n')
    with pytest.raises(ValueError, match="owner"):
        read_processor(file)


async def test_an_account_without_anything_has_a_record_too(
    installation: Installation, organisation: Organisation
):
    async with installation.services.db.reading() as db:
        assert await db.get(Account, organisation.id)
    assert (await organisation.admin.client.get(PROCESSING)).status_code == 200
