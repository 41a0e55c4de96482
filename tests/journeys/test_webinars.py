"""The admin's pages about webinars in a real browser: looked over, worked through, and the picture really plays."""

from datetime import timedelta

import pytest
from playwright.async_api import expect

from tests.support.accessibility import check_accessibility
from tests.support.browser import Pages, until
from tests.support.installation import Installation
from tests.support.people import an_organisation
from tests.support.served import SCREENS, look, serving_installation, signed_in_page, too_wide
from tests.support.webinars import a_webinar, a_zip, some_participants
from webinar.clock import SystemClock
from webinar.models import Access, MediaKind, WebinarState
from webinar.settings import Settings
from webinar.webinars.catalogue import get_webinar
from webinar.webinars.speakers import SpeakerWords, add_speaker

pytestmark = pytest.mark.browser
EDITOR = ("", "/picture", "/look", "/embed")
SHOWN = "document.querySelector('live-video')?.currentTime"


async def test_an_upload_shows_how_far_it_is_and_what_is_wrong_without_losing_the_page(
    served: Installation, pages: Pages
):
    pages.allow("status of 422")
    organisation = await an_organisation(served)
    webinar = await a_webinar(served, organisation.id)
    page = await signed_in_page(pages, served, organisation.owner)
    await page.goto(f"/admin/webinars/{webinar.id}/picture")
    await page.evaluate("""() => {
        window.stayed = true;
        window.bars = 0;
        new MutationObserver(() => (window.bars ||= document.querySelectorAll("form progress").length))
            .observe(document.body, { childList: true, subtree: true });
    }""")
    file = page.get_by_label("Add a recording")
    await file.set_input_files({"name": "a.zip", "mimeType": "application/zip", "buffer": b"no zip"})
    await page.get_by_role("button", name="Upload").click()
    await expect(page.get_by_text("This is not a .zip file that can be read.")).to_be_visible()
    await expect(file).to_be_focused()
    assert await page.evaluate("window.stayed && window.bars === 1")
    await check_accessibility(page)
    await file.set_input_files({"name": "a.zip", "mimeType": "application/zip", "buffer": a_zip()})
    await page.get_by_role("button", name="Upload").click()
    await expect(page.get_by_role("button", name="Remove", exact=True)).to_have_count(1)


@pytest.mark.parametrize("screen", SCREENS)
async def test_every_page_about_webinars_is_accessible_and_fits_the_screen(
    served: Installation, pages: Pages, screen: str
):
    organisation = await an_organisation(served)
    page = await signed_in_page(pages, served, organisation.owner, **SCREENS[screen])
    for path in ("/admin/", "/admin/webinars/new"):
        await page.goto(path)
        await check_accessibility(page)
        await look(page, screen, f"{path}empty")
    webinar = await a_webinar(
        served, organisation.id, brand_colour="#7a3ff2", max_registrants=500, description="They **dance**."
    )
    await some_participants(served, webinar, 42)
    await a_webinar(served, organisation.id, WebinarState.LIVE, title="The storm that changed our maps")
    await a_webinar(
        served, organisation.id, WebinarState.ENDED, title="Last year's harvest", access=Access.OPEN
    )
    draft = await a_webinar(served, organisation.id, WebinarState.DRAFT, title="Rivers, roads and what a map leaves out", media_kind=MediaKind.NONE)  # fmt: skip
    async with served.services.db.writing() as db:
        held = await get_webinar(db, organisation.id, webinar.id)
        await add_speaker(db, held, SpeakerWords("Ada Byron", "Head of numbers, Example Ltd", ""))
        await add_speaker(db, held, SpeakerWords("Grace Hopper", "Admiral", ""))
    names = {"/admin/": "admin-list", f"/admin/webinars/{draft.id}": "admin-draft"}
    names |= {f"/admin/webinars/{webinar.id}{part}": f"admin-editor{part}" for part in EDITOR}
    for path, name in names.items():
        await page.goto(path)
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await check_accessibility(page)
        assert await too_wide(page) <= 0, path
        await look(page, screen, name)


async def test_a_webinar_is_made_and_taken_through_its_states_without_scripts(
    served: Installation, pages: Pages
):
    organisation = await an_organisation(served)
    page = await signed_in_page(pages, served, organisation.admin, java_script_enabled=False)
    await page.goto("/admin/")
    await page.get_by_role("link", name="New webinar").first.click()
    await page.get_by_label("Title").fill("Bees")
    await page.locator("input[name=access][value=open]").check()
    await page.get_by_role("button", name="Create the draft").click()
    await expect(page.get_by_role("button", name="Publish")).to_be_disabled()
    await page.get_by_role("link", name="Say when it starts.").click()
    start = served.clock.now() + timedelta(days=1)
    await page.get_by_label("Starts").fill(f"{start:%Y-%m-%dT%H:%M}")
    await page.get_by_role("button", name="Save").click()
    await page.get_by_role("button", name="Publish").click()
    await page.get_by_role("link", name="Choose where the picture comes from.").click()
    await page.get_by_label("The sample clip").first.check()
    await page.get_by_role("button", name="Save").first.click()
    await page.get_by_role("button", name="Go live").click()
    await expect(page.get_by_text("On air.")).to_be_visible()
    await page.locator("summary", has_text="End").click()
    await page.get_by_role("button", name="End the webinar").click()
    await expect(page.get_by_text("It is over.")).to_be_visible()


async def test_the_colour_is_seen_before_it_is_saved(served: Installation, pages: Pages):
    organisation = await an_organisation(served)
    webinar = await a_webinar(served, organisation.id)
    page = await signed_in_page(pages, served, organisation.admin)
    await page.goto(f"/admin/webinars/{webinar.id}/look")
    await page.get_by_label("Brand colour", exact=False).first.fill("#c01c28")
    brand = "getComputedStyle(document.querySelector('.look-sample')).getPropertyValue('--brand')"
    assert await page.evaluate(brand) in {"#c01c28", "rgb(192, 28, 40)"}
    await expect(page.locator("#colour-picker")).to_have_value("#c01c28")


async def test_an_address_is_checked_while_it_is_typed(served: Installation, pages: Pages):
    organisation = await an_organisation(served)
    webinar = await a_webinar(served, organisation.id, media_kind=MediaKind.NONE)
    page = await signed_in_page(pages, served, organisation.admin)
    await page.goto(f"/admin/webinars/{webinar.id}/picture")
    address = page.get_by_label("Address of the stream").first
    await address.fill("http://127.0.0.1/live.m3u8")
    await address.press("Tab")
    await expect(page.get_by_text("is not on the public internet")).to_be_visible()
    await expect(page.get_by_label("A stream from elsewhere").first).to_be_checked()


async def test_simulated_live_plays_over_the_end_of_the_recording(settings: Settings, pages: Pages):
    async with serving_installation(settings.data_dir, SystemClock()) as served:
        organisation = await an_organisation(served)
        # So that the round ends a few seconds after the player starts.
        began = served.clock.now() - timedelta(seconds=20)
        webinar = await a_webinar(
            served, organisation.id, WebinarState.LIVE, access=Access.OPEN, went_live_at=began
        )
        page = await pages.open(base_url=served.settings.base_url)
        await page.goto(f"/w/{webinar.id}/watch")
        await until(page, f"{SHOWN} > 0.2")
        first = await page.evaluate(SHOWN)
        await until(page, f"{SHOWN} > {first + 6}")
        # Before the server goes: a page that loses it rightly complains.
        await pages.close()


async def test_the_preview_plays_in_the_editor(served: Installation, pages: Pages):
    organisation = await an_organisation(served)
    webinar = await a_webinar(served, organisation.id, WebinarState.DRAFT)
    page = await signed_in_page(pages, served, organisation.admin)
    await page.goto(f"/admin/webinars/{webinar.id}/picture")
    await until(page, f"{SHOWN} > 0.2")
