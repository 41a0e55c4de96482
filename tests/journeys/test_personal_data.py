"""Everything about people's data in a real browser: found, exported, erased with a receipt; and one's own page."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.registration.samples import publish_sample
from tests.support.accessibility import check_accessibility
from tests.support.browser import Pages
from tests.support.installation import Installation
from tests.support.people import Organisation, an_organisation
from tests.support.samples import make_participant
from tests.support.served import SCREENS, look, signed_in_page, too_wide
from tests.support.webinars import a_webinar, some_participants
from webinar.consent.records import Decision, FirstDecisions, record_first_decisions
from webinar.models import Participant, Webinar
from webinar.registration.admission import link_token

pytestmark = pytest.mark.browser
CROWD = 60


@pytest.fixture
async def organisation(served: Installation) -> Organisation:
    return await an_organisation(served)


@pytest.fixture
async def webinar(served: Installation, organisation: Organisation) -> Webinar:
    webinar = await a_webinar(served, organisation.id)
    await some_participants(served, webinar, CROWD)
    return webinar


async def checked(page: Page, screen: str, path: str) -> None:
    """The page at `path` is accessible and no wider than the screen."""
    answer = await page.goto(path)
    assert answer
    assert answer.status == 200, path
    await checked_as_it_is(page, screen, path.partition("?")[0])


async def checked_as_it_is(page: Page, screen: str, name: str) -> None:
    await check_accessibility(page)
    assert await too_wide(page) <= 0, name
    await look(page, screen, re.sub(r"[0-9a-f-]{36}", "x", name))


@pytest.mark.parametrize("screen", SCREENS)
async def test_people_are_found_and_some_of_them_erased_with_a_receipt(
    served: Installation, pages: Pages, organisation: Organisation, webinar: Webinar, screen: str
):
    address = f"/admin/webinars/{webinar.id}/participants"
    page = await signed_in_page(pages, served, organisation.admin, **SCREENS[screen])
    await checked(page, screen, address)
    await page.get_by_role("link", name="Next", exact=True).click()
    await expect(page.locator("tbody tr")).to_have_count(CROWD - 50)
    await check_accessibility(page)
    await page.get_by_role("searchbox").fill("person1")
    await page.keyboard.press("Enter")
    await expect(page.locator("tbody tr")).to_have_count(11)
    await page.get_by_role("link", name="Registered", exact=True).click()
    await expect(page.locator("tbody tr")).to_have_count(11)
    for name in ("Person 1", "Person 12"):
        await page.get_by_role("checkbox", name=f"Choose {name}", exact=True).check()
    await checked_as_it_is(page, screen, f"{address}/chosen")
    await page.get_by_role("button", name="Erase the chosen…").click()
    await expect(page.get_by_role("heading", name="Erase 2 people")).to_be_visible()
    await checked_as_it_is(page, screen, f"{address}/erase")
    pages.allow("status of 422")
    await page.get_by_label("Type “").fill("all of them")
    confirm = page.get_by_role("button", name="Erase 2 people")
    if await confirm.is_enabled():
        await confirm.click()
        await expect(page.get_by_label("Type “")).to_have_attribute("aria-invalid", "true")
    await page.get_by_label("Type “").fill(await word_of(page))
    await confirm.click()
    await expect(page.locator(".badge", has_text="Proven")).to_be_visible()
    await expect(page.locator("main")).to_contain_text("Participants")
    await checked_as_it_is(page, screen, "/admin/records/receipt")
    await page.goto(f"{address}?search=person1")
    await expect(page.locator("tbody tr")).to_have_count(9)


async def word_of(page: Page) -> str:
    """What has to be typed."""
    word = await page.locator("form[data-confirms]").get_attribute("data-confirms")
    assert word
    return word


@pytest.mark.parametrize("screen", SCREENS)
async def test_a_webinar_is_exported_and_deleted_with_a_receipt(
    served: Installation, pages: Pages, organisation: Organisation, webinar: Webinar, screen: str
):
    address = f"/admin/webinars/{webinar.id}"
    page = await signed_in_page(pages, served, organisation.owner, **SCREENS[screen])
    await checked(page, screen, f"{address}/participants/export")
    async with page.expect_download() as begun:
        await (
            page.get_by_role("listitem")
            .filter(has_text="Everybody with")
            .get_by_role("button", name="JSON")
            .click()
        )
    people = content_of(await (await begun.value).path())
    assert len(people) == CROWD
    await checked(page, screen, f"{address}/danger")
    await expect(page.locator("main")).to_contain_text(str(CROWD))
    await page.get_by_label("Type “").fill(await word_of(page))
    await page.get_by_role("button", name="Delete the webinar").click()
    await expect(page.locator(".badge", has_text="Proven")).to_be_visible()
    await checked_as_it_is(page, screen, "/admin/records/webinar-receipt")
    for path in ("/admin/records", "/admin/records/processing"):
        await checked(page, screen, path)


def content_of(path: Path) -> Any:
    return json.loads(path.read_bytes())


async def at_home(served: Installation, language: str) -> tuple[Webinar, Participant]:
    """Somebody registered, with a consent given, who reads in `language`."""
    found, now = served.services, served.clock.now()
    async with found.db.writing() as db:
        published = await publish_sample(db, language=language)
        person = await make_participant(db, found.signer, published.webinar, language=language)
        consent = next(iter(published.form.consents.values()))
        decision = Decision(consent.purpose_id, consent.notice_version_id, consent.language, given=True)
        first = FirstDecisions(person, [decision], published.form.terms)
        await record_first_decisions(db, [first], method="registration form", now=now)
    return published.webinar, person


@pytest.mark.parametrize(("screen", "language"), [*((screen, "en") for screen in SCREENS), ("phone", "ar")])
async def test_ones_own_data_is_seen_withdrawn_corrected_and_erased(
    served: Installation, pages: Pages, screen: str, language: str
):
    webinar, person = await at_home(served, language)
    page = await pages.open(base_url=served.settings.base_url, **SCREENS[screen])
    await page.goto(f"/my/#{link_token(served.services.signer, person.id, 1)}")
    await page.wait_for_url(f"**/w/{webinar.id}/my")
    await expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    await checked_as_it_is(page, f"{screen}-{language}", f"/w/{webinar.id}/my")
    await checked(page, f"{screen}-{language}", f"/w/{webinar.id}/my/erase")
    await page.locator(".card.danger form button").click()
    await page.wait_for_url("**/my/erased*")
    await checked_as_it_is(page, f"{screen}-{language}", f"/w/{webinar.id}/my/erased")
