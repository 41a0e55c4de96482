"""Restricting, objecting and asking a person, and what the account's people see of it, in a real browser."""

from datetime import timedelta

import pytest
from playwright.async_api import expect
from sqlmodel import update

from tests.journeys.test_personal_data import at_home, checked, checked_as_it_is
from tests.support.browser import Pages
from tests.support.installation import Installation
from tests.support.people import Organisation, an_organisation
from tests.support.samples import make_participant, make_purpose
from tests.support.served import SCREENS, signed_in_page
from tests.support.webinars import a_webinar
from webinar.models import Account, Basis, RequestKind, SubjectRequest, Webinar
from webinar.privacy.requests import open_request
from webinar.privacy.restriction import restrict
from webinar.registration.admission import link_token

pytestmark = pytest.mark.browser
WORDS = "The list of attendees hangs in the hall with my name on it. Please take it down."


@pytest.mark.parametrize(("screen", "language"), [*((screen, "en") for screen in SCREENS), ("phone", "ar")])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
async def test_somebody_restricts_objects_asks_and_takes_back(
    served: Installation, pages: Pages, screen: str, language: str, scripts: bool
):
    webinar, person = await at_home(served, language)
    async with served.services.db.writing() as db:
        account = await db.get_one(Account, webinar.account_id)
        await make_purpose(
            db,
            account,
            "Improving our webinars",
            "We look at what was asked.",
            basis=Basis.LEGITIMATE_INTEREST,
        )
    page = await pages.open(base_url=served.settings.base_url, java_script_enabled=scripts, **SCREENS[screen])
    here, name = f"/w/{webinar.id}/my", f"{screen}-{language}-{scripts}"
    await page.goto("/my/")
    await page.locator("#token").fill(f"/my/#{link_token(served.services.signer, person.id, 1)}")
    await page.locator("#personal-link button").click()
    await page.wait_for_url(f"**{here}")
    await page.locator("#restriction button").click()
    await page.wait_for_url("**/my?done=restricted*")
    if scripts:
        await checked_as_it_is(page, name, f"{here}/restricted")
    await page.locator("#restriction button").click()
    await page.wait_for_url("**/my?done=unrestricted*")
    await page.locator("#ask a").click()
    await page.locator("#objections form button").click()
    await page.wait_for_url("**/requests?done=objected")
    await page.locator("#kind-6").check()
    await page.locator("#body").fill(WORDS)
    await page.locator("#ask button").click()
    await page.wait_for_url("**/requests?done=asked")
    await expect(page.locator("article", has_text=WORDS)).to_be_visible()
    if scripts:
        await checked_as_it_is(page, name, f"{here}/requests")
    await page.locator("article", has_text=WORDS).get_by_role("button").click()
    await page.wait_for_url("**/requests?done=taken")


@pytest.mark.parametrize("screen", SCREENS)
async def test_admins_see_the_clock_and_answer(served: Installation, pages: Pages, screen: str):
    organisation: Organisation = await an_organisation(served)
    webinar: Webinar = await a_webinar(served, organisation.id)
    services, now = served.services, served.clock.now()
    async with services.db.writing() as db:
        people = [
            await make_participant(db, services.signer, webinar, display_name=name)
            for name in ("Mira Castell", "Noor de Vries", "Ole Brandt")
        ]
        kinds = (RequestKind.ACCESS, RequestKind.OTHER, RequestKind.PORTABILITY)
        asked = [
            await open_request(db, person, kind, WORDS, now=now)
            for person, kind in zip(people, kinds, strict=True)
        ]
        await restrict(db, people[1], now)
        for request, days in zip(asked, (-3, 5, 28), strict=True):
            due = update(SubjectRequest).where(SubjectRequest.id == request.id)  # type: ignore[arg-type]
            await db.exec(due.values(due_at=now + timedelta(days=days)))
    page = await signed_in_page(pages, served, organisation.admin, **SCREENS[screen])
    await checked(page, screen, "/admin/requests")
    await expect(page.locator("tbody tr").first).to_contain_text("Overdue by 3 days")
    await page.get_by_role("link", name="Another request").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Another request, or a complaint")
    await checked_as_it_is(page, screen, "/admin/requests/one")
    pages.allow("status of 422")
    await page.get_by_role("button", name="Send the answer").click()
    await checked_as_it_is(page, screen, "/admin/requests/wrong")
    await page.get_by_label("It is done, or answered").check()
    await page.get_by_label("Answer to the person").fill("It is down.")
    await page.get_by_role("button", name="Send the answer").click()
    await expect(page.get_by_role("status")).to_contain_text("The person reads it")
    await checked_as_it_is(page, screen, "/admin/requests/answered")
    people_address = f"/admin/webinars/{webinar.id}/participants"
    await checked(page, screen, f"{people_address}?right=restricted")
    await expect(page.locator("tbody tr")).to_have_count(1)
    await page.get_by_role("link", name="Noor de Vries").click()
    await page.get_by_role("button", name="Announce the end").click()
    await checked_as_it_is(page, screen, "/admin/person-restricted")
    await checked(page, screen, f"/admin/webinars/{webinar.id}/danger")
