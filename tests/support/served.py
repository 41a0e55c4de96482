"""An installation behind a real port, and pages of its people in a real browser."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page
from pydantic import SecretStr

from tests.support.browser import Pages
from tests.support.installation import SECRET, Installation, MovableClock, client_of
from tests.support.people import Member
from tests.support.serving import serving
from webinar.app import create_app
from webinar.routes.signed_in import cookie_name
from webinar.settings import Settings

SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
}


@asynccontextmanager
async def serving_installation(data_dir: Path, clock: Any) -> AsyncIterator[Installation]:
    """An installation with its data in `data_dir`, whose database is migrated, reached through a port."""
    made: list[Installation] = []

    def make(url: str):
        own = Settings(base_url=url, secret_key=SecretStr(SECRET), data_dir=data_dir)
        app = create_app(own, clock=clock)
        made.append(Installation(app, own, clock, client_of(app, own)))
        return app

    async with serving(make):
        yield made[0]


@pytest.fixture
async def served(settings: Settings) -> AsyncIterator[Installation]:
    """The test's installation behind a port; its clock stands still until it is moved."""
    async with serving_installation(settings.data_dir, MovableClock()) as installation:
        yield installation


async def signed_in_page(pages: Pages, served: Installation, member: Member, **options: Any) -> Page:
    """A page of somebody who is signed in already."""
    page = await pages.open(base_url=served.settings.base_url, **options)
    name = cookie_name(served.services.site)
    token = member.client.cookies[name]
    await page.context.add_cookies([{"name": name, "value": token, "url": served.settings.base_url}])
    return page


async def look(page: Page, screen: str, path: str) -> None:
    """Keeps a picture of the whole page where the environment asks for one."""
    if folder := os.environ.get("WEBINAR_SCREENSHOTS"):
        name = path.strip("/").replace("/", "-") or "start"
        await page.screenshot(path=Path(folder) / f"{name}-{screen}.png", full_page=True)


async def too_wide(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    wider: int = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wider
