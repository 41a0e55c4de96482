"""The admin's list of webinars and the editor's first page."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from tests.support.installation import Installation
from tests.support.people import Organisation
from tests.support.webinars import a_webinar, some_participants
from webinar.models import Access, MediaKind, Webinar, WebinarState
from webinar.webinars.details import typed_details

SOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
DRAFT, SCHEDULED, LIVE, PAUSED, ENDED = WebinarState


async def stored(installation: Installation, webinar: Webinar) -> Webinar:
    async with installation.services.db.reading() as db:
        return await db.get_one(Webinar, webinar.id)


async def test_an_account_without_webinars_is_told_what_to_do_first(organisation: Organisation):
    page = await organisation.admin.client.get("/admin/")
    assert "Your first webinar" in page.text
    assert 'href="/admin/webinars/new"' in page.text
    host = await organisation.host.client.get("/admin/")
    assert "/admin/webinars/new" not in host.text


async def test_a_webinar_is_made_edited_published_and_run(
    installation: Installation, organisation: Organisation
):
    client = organisation.admin.client
    made = await client.post(
        "/admin/webinars",
        data={
            "title": "Bees",
            "starts_at": "2026-12-01T15:00",
            "time_zone": "Europe/Amsterdam",
            "access": "open",
        },
    )
    assert made.status_code == 303
    address = made.headers["location"].partition("?")[0]
    page = await client.get(address)
    assert 'value="Bees"' in page.text
    assert 'value="2026-12-01T15:00"' in page.text
    async with installation.services.db.writing() as db:
        webinar = await db.get_one(Webinar, UUID(address.rpartition("/")[2]))
        webinar.media_kind = MediaKind.RECORDING
    for step, state in (
        ("schedule", SCHEDULED),
        ("go-live", LIVE),
        ("pause", PAUSED),
        ("resume", LIVE),
        ("end", ENDED),
    ):
        answer = await client.post(f"{address}/steps/{step}")
        assert (answer.status_code, answer.headers["location"]) == (303, f"{address}?done={step}")
        assert (await stored(installation, webinar)).state is state
    await client.post(f"{address}/replay", data={"enabled": "on"})
    assert (await stored(installation, webinar)).replay_enabled


async def test_what_was_typed_stays_when_something_does_not_fit(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id)
    values = typed_details(webinar) | {
        "title": "",
        "description": "Kept <b>words</b>",
        "duration_minutes": "long",
    }
    page = await organisation.admin.client.post(f"/admin/webinars/{webinar.id}", data=values)
    assert page.status_code == 422
    assert "Give the webinar a title." in page.text
    assert "Kept &lt;b&gt;words&lt;/b&gt;" in page.text
    assert 'value="long"' in page.text
    assert (await stored(installation, webinar)).title == webinar.title


async def test_a_time_that_comes_twice_is_asked_about(installation: Installation, organisation: Organisation):
    webinar = await a_webinar(installation, organisation.id, DRAFT)
    values = typed_details(webinar) | {"time_zone": "Europe/Amsterdam", "starts_at": "2027-10-31T02:30"}
    client, address = organisation.admin.client, f"/admin/webinars/{webinar.id}"
    page = await client.post(address, data=values)
    assert page.status_code == 422
    assert 'name="occurrence"' in page.text
    await client.post(address, data=values | {"occurrence": "second"})
    again = await client.get(address)
    assert 'value="2027-10-31T02:30"' in again.text


@pytest.mark.parametrize(
    ("state", "columns", "step", "reason"),
    [
        (DRAFT, {"access": Access.OPEN}, "schedule", "Say when it starts."),
        (DRAFT, {"starts_at": SOON}, "schedule", "Publish the registration form."),
        (SCHEDULED, {"media_kind": MediaKind.NONE}, "go-live", "Choose where the picture comes from."),
    ],
)
async def test_what_is_missing_is_shown_and_holds_the_step_back(
    installation: Installation,
    organisation: Organisation,
    state: WebinarState,
    columns: dict[str, Any],
    step: str,
    reason: str,
):
    webinar = await a_webinar(installation, organisation.id, state, **columns)
    client, address = organisation.admin.client, f"/admin/webinars/{webinar.id}"
    page = await client.get(address)
    assert reason in page.text
    assert "disabled" in page.text
    assert (await client.post(f"{address}/steps/{step}")).status_code == 409
    assert (await stored(installation, webinar)).state is state


async def test_the_list_shows_counts_and_nothing_of_other_accounts(
    installation: Installation, organisation: Organisation, stranger: Organisation
):
    webinar = await a_webinar(installation, organisation.id, title="Bees & <wasps>", max_registrants=1200)
    await some_participants(installation, webinar, 3)
    await a_webinar(installation, stranger.id, title="Not yours")
    page = (await organisation.admin.client.get("/admin/")).text
    assert "Bees &amp; &lt;wasps&gt;" in page
    assert "3 of 1,200 seats taken" in page
    assert "Not yours" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("search=bee", True),
        ("search=wasp", False),
        ("state=scheduled", True),
        ("state=ended", False),
        ("state=nonsense", True),
        ("page=0", True),
        ("page=2", False),
        ("page=99999999999999999999", True),
        ("page=-1", True),
        ("search=%00", None),
    ],
)
async def test_the_list_is_searched_and_filtered_by_its_address(
    installation: Installation, organisation: Organisation, query: str, shown: bool | None
):
    await a_webinar(installation, organisation.id, title="Bees")
    page = await organisation.admin.client.get(f"/admin/?{query}")
    assert page.status_code == 200 if shown is not None else page.status_code < 500
    if shown is not None:
        assert (">Bees</a>" in page.text) is shown


async def test_a_copy_has_its_own_files(installation: Installation, organisation: Organisation):
    webinar = await a_webinar(installation, organisation.id, ENDED)
    answer = await organisation.admin.client.post(f"/admin/webinars/{webinar.id}/duplicate")
    page = await organisation.admin.client.get(answer.headers["location"])
    assert "Copy of How bees find their way" in page.text
