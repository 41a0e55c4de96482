"""G12: whoever looks at public pages leaves nothing behind, in a real browser; a participant has one necessary cookie."""

import json
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.registration.samples import publish_sample
from tests.support.browser import Pages
from tests.support.installation import Installation
from tests.support.people import an_organisation
from tests.support.samples import make_participant
from tests.support.webinars import a_webinar
from webinar.models import Access, WebinarState
from webinar.registration.admission import link_token

pytestmark = pytest.mark.browser
KEPT = """async () => ({
    local: {...localStorage}, session: {...sessionStorage},
    databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING: dict[str, Any] = {"local": {}, "session": {}, "databases": 0, "caches": 0, "workers": 0}


async def kept_by(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = await page.evaluate(KEPT)
    return found


# That no other machine is asked is checked on every page of every test: see `Pages`.
async def test_looking_at_public_pages_leaves_nothing_behind(served: Installation, pages: Pages):
    organisation = await an_organisation(served)
    async with served.services.db.writing() as db:
        published = await publish_sample(db)
    open_webinar = await a_webinar(served, organisation.id, WebinarState.LIVE, access=Access.OPEN)
    base, shut = f"/w/{published.webinar.id}", f"/e/{published.webinar.id}"
    page = await pages.open(base_url=served.settings.base_url)
    for path in (
        "/",
        base,
        f"{base}/registered",
        f"{base}/lost-link",
        shut,
        "/j/",
        "/my/",
        f"/w/{open_webinar.id}/watch",
        f"/w/{open_webinar.id}/join",
    ):
        answer = await page.goto(path, wait_until="networkidle" if "watch" not in path else "load")
        assert answer
        assert answer.status == 200, path
        assert await page.context.cookies() == [], path
        assert await kept_by(page) == NOTHING, path


async def test_a_participant_has_one_cookie_and_nothing_else(served: Installation, pages: Pages):
    organisation = await an_organisation(served)
    webinar = await a_webinar(served, organisation.id, WebinarState.LIVE)
    found = served.services
    async with found.db.writing() as db:
        person = await make_participant(db, found.signer, webinar)
    page = await pages.open(base_url=served.settings.base_url)
    await page.goto(f"/j/#{link_token(found.signer, person.id, 1)}")
    await page.wait_for_url("**/watch")
    await expect(page.locator("chat-panel")).to_be_visible()
    [cookie] = await page.context.cookies()
    assert cookie["name"] == f"participant-{webinar.id}"
    assert cookie["httpOnly"]
    kept = await kept_by(page)
    # The player may keep volume and language for as long as the tab is open, nothing else.
    assert (kept["local"], kept["databases"], kept["caches"], kept["workers"]) == ({}, 0, 0, 0)
    assert str(person.id) not in json.dumps(kept["session"])
