"""An account's own people in a real browser: the way in by a mailed link, and every page of theirs looked over."""

import pytest
from playwright.async_api import Page, expect

from tests.support.accessibility import check_accessibility
from tests.support.browser import Pages
from tests.support.installation import Installation
from tests.support.people import PASSWORD, Organisation, an_organisation
from tests.support.served import SCREENS, look, too_wide
from webinar.accounts.links import link_token, send_link
from webinar.models import UserTokenKind

pytestmark = pytest.mark.browser
PUBLIC = ("/", "/sign-in", "/forgotten-password", "/welcome/", "/nowhere")
ADMIN = ("/admin/users", "/admin/audit", "/admin/account", "/admin/account/delete", "/admin/me")


async def sign_in(page: Page, base_url: str, organisation: Organisation) -> None:
    await page.goto(f"{base_url}/sign-in")
    await page.get_by_label("E-mail address").fill(organisation.owner.user.email)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/admin/**")


@pytest.mark.parametrize("screen", SCREENS)
async def test_every_page_is_accessible_and_fits_the_screen(served: Installation, pages: Pages, screen: str):
    pages.allow("status of 404")
    organisation = await an_organisation(served)
    base_url = served.settings.base_url
    page = await pages.open(**SCREENS[screen])
    for path in PUBLIC:
        await page.goto(base_url + path)
        await check_accessibility(page)
        await look(page, screen, path)
        # G12: whoever only looks is not remembered.
        assert await page.context.cookies() == []
    await sign_in(page, base_url, organisation)
    for path in ADMIN:
        await page.goto(base_url + path)
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await check_accessibility(page)
        assert await too_wide(page) <= 0, path
        await look(page, screen, path)


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_mailed_link_leads_in_with_and_without_scripts(
    served: Installation, pages: Pages, scripts: bool
):
    pages.allow("status of 404.*/admin/\\)")
    organisation = await an_organisation(served)
    found = served.services
    async with found.db.writing() as db:
        row = await send_link(
            db, found.signer, organisation.host.user, UserTokenKind.NEW_PASSWORD, found.clock.now()
        )
    link = found.site.url(f"/welcome/#{link_token(found.signer, row)}")
    page = await pages.open(java_script_enabled=scripts)
    await page.goto(link)
    if scripts:
        await expect(page.get_by_label("Link from your mail")).to_be_hidden()
        assert page.url.endswith("/welcome/")
    else:
        await page.get_by_label("Link from your mail").fill(link)
    await page.get_by_label("New password").fill("another long walk")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/admin/")
    await page.goto(f"{found.site.base_url}/admin/me")
    await expect(page.get_by_role("heading", level=1)).to_have_text("You")


async def test_errors_stand_beside_their_fields_and_what_was_typed_stays(served: Installation, pages: Pages):
    pages.allow("status of 4")
    organisation = await an_organisation(served)
    page = await pages.open()
    await sign_in(page, served.settings.base_url, organisation)
    await page.goto(f"{served.settings.base_url}/admin/users")
    await page.get_by_label("Name").fill("Iris")
    await page.get_by_label("E-mail address").fill("no address")
    await page.get_by_role("button", name="Send the invitation").click()
    await expect(page.get_by_label("Name")).to_have_value("Iris")
    await expect(page.get_by_label("E-mail address")).to_have_attribute("aria-invalid", "true")
    await check_accessibility(page)
    await look(page, "error", "/admin/users")
