"""The pages about keeping data: defaults and bounds, holds, and what they do to other pages."""

import pytest

from tests.support.installation import Installation
from tests.support.people import Organisation
from tests.support.webinars import a_webinar, some_participants
from webinar.models import LegalHold, WebinarState
from webinar.webinars.details import typed_details

KEEPING = "/admin/account/keeping"
DAYS = {
    "retention_days": "60",
    "answers_days": "",
    "questions_days": "",
    "chat_days": "14",
    "shortest_days": "7",
    "longest_days": "100",
}


async def test_a_new_webinar_starts_with_the_accounts_days(organisation: Organisation):
    client = organisation.admin.client
    assert (await client.post(KEEPING, data=DAYS)).status_code == 303
    made = await client.post(
        "/admin/webinars", data={"title": "Bees", "language": "en", "time_zone": "Europe/Amsterdam"}
    )
    page = await client.get(made.headers["location"].partition("?")[0])
    assert 'name="retention_days" type="text" value="60"' in page.text
    assert 'name="chat_days" type="text" value="14"' in page.text
    assert 'name="questions_days" type="text" value=""' in page.text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"shortest_days": "0"}, "shortest_days"),
        ({"longest_days": "731"}, "longest_days"),
        ({"shortest_days": "101"}, "longest_days"),
        ({"retention_days": "101"}, "retention_days"),
        ({"chat_days": "6"}, "chat_days"),
        ({"chat_days": "61"}, "chat_days"),
        ({"retention_days": ""}, "retention_days"),
        ({"chat_days": "soon"}, "chat_days"),
    ],
)
async def test_days_that_make_no_sense_are_refused_beside_their_field(
    organisation: Organisation, wrong: dict, field: str
):
    answer = await organisation.admin.client.post(KEEPING, data=DAYS | wrong)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


@pytest.mark.parametrize("wrong", [{"retention_days": "5"}, {"retention_days": "101"}, {"chat_days": "61"}])
async def test_no_webinar_leaves_the_bounds_of_its_account(
    installation: Installation, organisation: Organisation, wrong: dict
):
    client = organisation.admin.client
    await client.post(KEEPING, data=DAYS)
    webinar = await a_webinar(installation, organisation.id, WebinarState.DRAFT, retention_days=60)
    answer = await client.post(f"/admin/webinars/{webinar.id}", data=typed_details(webinar) | wrong)
    assert answer.status_code == 422
    assert f'id="{next(iter(wrong))}-error"' in answer.text


async def test_a_webinar_from_before_the_bounds_can_still_be_edited(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id, WebinarState.DRAFT, retention_days=400)
    await organisation.admin.client.post(KEEPING, data=DAYS)
    answer = await organisation.admin.client.post(
        f"/admin/webinars/{webinar.id}", data=typed_details(webinar) | {"title": "Renamed"}
    )
    assert answer.status_code == 303


async def test_a_field_stays_within_the_bounds_too(installation: Installation, organisation: Organisation):
    client = organisation.admin.client
    await client.post(KEEPING, data=DAYS)
    webinar = await a_webinar(installation, organisation.id, WebinarState.DRAFT)
    fields = f"/admin/webinars/{webinar.id}/form/fields"
    await client.post(fields, data={"kind": "short_text"})
    typed = {"label_en": "Firm", "max_length": "100"}
    refused = await client.post(f"{fields}/short_text", data=typed | {"retention_days": "3"})
    assert (refused.status_code, "from 7 to 100 days" in refused.text) == (422, True)
    assert (
        await client.post(f"{fields}/short_text", data=typed | {"retention_days": "7"})
    ).status_code == 303


async def test_a_hold_says_who_placed_it_why_and_until_when_and_both_are_in_the_trail(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id)
    client = organisation.admin.client
    refused = await client.post("/admin/records/holds", data={"webinar": str(webinar.id), "reason": " "})
    assert refused.status_code == 422
    await client.post("/admin/records/holds", data={"webinar": str(webinar.id), "reason": "Claim 7/26"})
    page = (await client.get("/admin/records/holds")).text
    for words in ("In force", "Claim 7/26", webinar.title, organisation.admin.user.name):
        assert words in page
    lift = page.partition('action="/admin/records/holds/')[2].partition('"')[0]
    await organisation.owner.client.post(f"/admin/records/holds/{lift}")
    page = (await client.get("/admin/records/holds")).text
    assert "In force" not in page
    assert organisation.owner.user.name in page
    trail = (await client.get("/admin/audit")).text
    assert "Placed a legal hold" in trail
    assert "Lifted a legal hold" in trail


async def test_an_admin_who_erases_what_is_held_is_told_why_not(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id)
    person = (await some_participants(installation, webinar, 1))[0]
    client = organisation.admin.client
    erase = f"/admin/webinars/{webinar.id}/participants/erase"
    pages = (f"{erase}?id={person.id}", f"/admin/webinars/{webinar.id}/danger")
    whole = "/admin/account/delete"
    for admin, page in ((client, pages[0]), (client, pages[1]), (organisation.owner.client, whole)):
        text = (await admin.get(page)).text
        assert "Kept by a legal hold" not in text
        assert 'name="confirmation"' in text
    await client.post("/admin/records/holds", data={"webinar": "", "reason": "Claim 7/26"})
    for admin, page in ((client, pages[0]), (client, pages[1]), (organisation.owner.client, whole)):
        text = (await admin.get(page)).text
        for words in (
            "Kept by a legal hold",
            "Claim 7/26",
            "Owners and admins",
            'href="/admin/records/holds"',
        ):
            assert words in text
        assert organisation.admin.user.name in text
        assert 'name="confirmation"' not in text
    answer = await client.post(erase, data={"id": str(person.id), "confirmation": "erase"})
    assert answer.status_code == 409
    assert "A legal hold keeps this data for now" in answer.text


async def test_a_stranger_lifts_nothing_and_holds_nothing_of_others(
    installation: Installation, organisation: Organisation, stranger: Organisation
):
    webinar = await a_webinar(installation, organisation.id)
    client = stranger.owner.client
    answer = await client.post("/admin/records/holds", data={"webinar": str(webinar.id), "reason": "Claim"})
    assert answer.status_code == 404
    async with installation.services.db.writing() as db:
        hold = LegalHold(account_id=organisation.id, reason="Claim", placed_at=installation.clock.now())
        db.add(hold)
    assert (await client.post(f"/admin/records/holds/{hold.id}/lift")).status_code == 404
