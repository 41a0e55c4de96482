"""Putting one's own data right in a real browser: with and without scripts, on a phone, in the dark, right to left."""

import re
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

import pytest
from playwright.async_api import Page, expect
from sqlmodel import select

from tests.journeys.test_personal_data import checked, checked_as_it_is
from tests.privacy.test_participant_table import register_somebody
from tests.registration.samples import publish_sample
from tests.support.browser import Pages
from tests.support.installation import Installation
from tests.support.people import Organisation, an_organisation
from tests.support.served import SCREENS, signed_in_page
from webinar.models import Answer, Participant, Webinar
from webinar.registration.address_change import ask_for_address
from webinar.registration.admission import link_token

pytestmark = pytest.mark.browser
NEW = "ada.king@harbour.example.org"
GIVEN = {"organisation": "Lighthouse Keepers", "coming": "live", "question": "Why do dikes breathe?"}


@dataclass
class Home:
    """Somebody who filled in the sample's form."""

    served: Installation
    organisation: Organisation
    webinar: Webinar
    person: Participant

    async def open(self, pages: Pages, **options: object) -> Page:
        """A page of their own data."""
        page = await pages.open(base_url=self.served.settings.base_url, **options)
        await page.goto(f"/my/#{link_token(self.served.services.signer, self.person.id, 1)}")
        await page.wait_for_url(f"**/w/{self.webinar.id}/my")
        return page

    async def answers(self) -> dict[str, object]:
        async with self.served.services.db.reading() as db:
            return {answer.field_key: answer.value for answer in (await db.exec(select(Answer))).all()}

    async def fresh(self) -> Participant:
        async with self.served.services.db.reading() as db:
            return await db.get_one(Participant, self.person.id)

    async def mailed_link(self) -> str:
        """The link in the mail to the new address."""
        await self.served.services.mail.send_due()
        for path in (self.served.settings.data_dir / "mail").glob("*.eml"):
            message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(path.read_bytes())
            body = message.get_body(("plain",))
            if body and (found := re.search(r"http://\S+/my/address#\S+", body.get_content())):
                return found[0]
        raise AssertionError("no such mail")


async def at_home(served: Installation, language: str = "en") -> Home:
    found = served.services
    organisation = await an_organisation(served)
    async with found.db.writing() as db:
        published = await publish_sample(db, organisation.account)
    await register_somebody(served, published.form, "ada@example.com", **GIVEN)
    async with found.db.writing() as db:
        person = (await db.exec(select(Participant))).one()
        person.language = language
        db.add(person)
    return Home(served, organisation, published.webinar, person)


@pytest.mark.parametrize(("screen", "language"), [*((screen, "en") for screen in SCREENS), ("phone", "ar")])
async def test_answers_are_put_right_and_what_is_wrong_with_them_is_said(
    served: Installation, pages: Pages, screen: str, language: str
):
    home = await at_home(served, language)
    page = await home.open(pages, **SCREENS[screen])
    mine = f"/w/{home.webinar.id}/my"
    await checked_as_it_is(page, f"{screen}-{language}", f"{mine}/corrections")
    await page.locator(f'a[href="{mine}/answers"]').click()
    await checked_as_it_is(page, f"{screen}-{language}", f"{mine}/answers")

    pages.allow("status of 422")
    question = page.locator("[name=question]")
    await expect(question).to_have_value("Why do dikes breathe?")
    await question.fill("")
    await page.locator("form.form button").click()
    await expect(page.locator(".error-summary")).to_be_focused()
    await expect(page.locator("#question-error")).to_be_visible()
    await checked_as_it_is(page, f"{screen}-{language}", f"{mine}/answers-wrong")

    # With scripts the question goes away with the answer that it depends on.
    await page.locator("[name=coming][value=replay]").check()
    await expect(question).to_be_hidden()
    await page.locator("[name=organisation]").fill("Guild of Lamplighters")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**{mine}?done=answers*")
    await expect(page.locator("#held")).to_contain_text("Guild of Lamplighters")
    assert await home.answers() == {"organisation": "Guild of Lamplighters", "coming": "replay"}


async def test_answers_are_put_right_without_scripts(served: Installation, pages: Pages):
    home = await at_home(served)
    page = await pages.open(base_url=served.settings.base_url, java_script_enabled=False)
    await page.goto("/my/")
    await page.get_by_label("Link from your mail").fill(link_token(served.services.signer, home.person.id, 1))
    await page.get_by_role("button", name="Go on").click()
    await page.get_by_role("link", name="Correct your answers").click()
    await expect(page.get_by_text("Only if: Will you be there? Live")).to_be_visible()
    await page.get_by_label("I watch the replay").check()
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("status")).to_contain_text("Your answers are corrected.")
    assert await home.answers() == {"organisation": "Lighthouse Keepers", "coming": "replay"}


@pytest.mark.parametrize(("screen", "language"), [*((screen, "en") for screen in SCREENS), ("phone", "ar")])
async def test_another_address_is_asked_for_and_confirmed(
    served: Installation, pages: Pages, screen: str, language: str
):
    home = await at_home(served, language)
    page = await home.open(pages, **SCREENS[screen])
    mine = f"/w/{home.webinar.id}/my"
    await page.locator(f'a[href="{mine}/address"]').click()
    await checked_as_it_is(page, f"{screen}-{language}", f"{mine}/address")
    pages.allow("status of 422")
    await page.get_by_role("textbox").fill("nowhere")
    await page.keyboard.press("Enter")
    await expect(page.locator(".error-summary")).to_be_focused()
    await checked_as_it_is(page, f"{screen}-{language}", f"{mine}/address-wrong")
    await page.get_by_role("textbox").fill(NEW)
    await page.keyboard.press("Enter")
    await expect(page.locator("#pending-title")).to_be_visible()
    await checked_as_it_is(page, f"{screen}-{language}", f"{mine}/address-asked")

    link = await home.mailed_link()
    await page.goto(link)
    await expect(page.locator("[name=token]")).to_be_hidden()
    assert page.url.endswith("/my/address")
    await checked_as_it_is(page, f"{screen}-{language}", "/my/address")
    assert (await home.fresh()).email == "ada@example.com"  # opening it confirmed nothing
    await page.locator("#personal-link button").click()
    await expect(page.locator(".notice-page")).to_be_visible()
    await checked_as_it_is(page, f"{screen}-{language}", "/my/address-confirmed")
    assert (await home.fresh()).email == NEW
    await page.goto("about:blank")  # or the browser stays on the page it has
    await page.goto(link)
    await page.locator("#personal-link button").click()
    await expect(page.locator(".error-summary")).to_be_visible()
    await checked_as_it_is(page, f"{screen}-{language}", "/my/address-over")


async def test_another_address_is_confirmed_without_scripts(served: Installation, pages: Pages):
    home = await at_home(served)
    async with served.services.db.writing() as db:
        person = await db.get_one(Participant, home.person.id)
        await ask_for_address(db, served.services.signer, person, NEW, served.clock.now())
    page = await pages.open(base_url=served.settings.base_url, java_script_enabled=False)
    link = await home.mailed_link()
    await page.goto(link)
    await page.get_by_label("Link from your mail").fill(link)
    await page.get_by_role("button", name="Use this address").click()
    await expect(page.get_by_role("heading", name="Your address is confirmed")).to_be_visible()
    assert (await home.fresh()).email == NEW


@pytest.mark.parametrize("screen", SCREENS)
async def test_an_admin_puts_answers_right_for_somebody(served: Installation, pages: Pages, screen: str):
    home = await at_home(served)
    page = await signed_in_page(pages, served, home.organisation.admin, **SCREENS[screen])
    address = f"/admin/webinars/{home.webinar.id}/participants/{home.person.id}"
    await page.goto(address)
    await page.get_by_role("link", name="Correct the answers").click()
    await checked_as_it_is(page, screen, f"{address}/answers")
    await page.get_by_label("Organisation").fill("Guild of Lamplighters")
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator("main")).to_contain_text("Guild of Lamplighters")
    await expect(page.locator("main")).to_contain_text("Corrected by your organisation")
    await checked(page, screen, address)
