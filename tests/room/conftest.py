"""Webinars in real browsers: a served installation on the real clock, and people who open its watch page."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.support.browser import Pages
from tests.support.installation import MovableClock
from tests.support.room import House, Pass, a_house
from webinar.models import MediaKind, Webinar, WebinarState
from webinar.routes.admitted import admission_cookie
from webinar.settings import Settings
from webinar.webinars.catalogue import get_webinar
from webinar.webinars.order import mark_state


class RunningClock(MovableClock):
    """The real time, which a browser's player goes by."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Room:
    """A house, and browsers in its rooms."""

    house: House
    pages: Pages

    async def enter(self, who: Pass, path: str = "w", **options: Any) -> Page:
        """The watch page in a browser in which `who` is admitted; options as for `pages.open`."""
        page = await self.pages.open(**options)
        await self.enter_on(page, who, path)
        return page

    async def enter_on(self, page: Page, who: Pass, path: str = "w") -> None:
        """The same on a page that is open already."""
        if who.token:
            cookie = admission_cookie(self.house.services.site, who.webinar.id)
            await page.context.add_cookies([{"name": cookie, "value": who.token, "url": self.house.url}])
        await page.goto(f"{self.house.url}/{path}/{who.webinar.id}/watch")

    async def change(self, webinar: Webinar, **values: Any) -> None:
        """Change what the room shows of the webinar, as a host's page does."""
        services = self.house.services
        async with services.db.writing() as db:
            found = await get_webinar(db, webinar.account_id, webinar.id, lock=True)
            for name, value in values.items():
                setattr(found, name, value)
            await mark_state(db, found)
        await services.hub.advanced(webinar.id)


@pytest.fixture
async def room(settings: Settings, pages: Pages) -> AsyncIterator[Room]:
    """A server with a live webinar that plays the sample clip."""
    clock = RunningClock()
    async with a_house(settings.data_dir, clock=clock) as house:
        opened = Room(house, pages)
        await opened.change(
            house.webinar,
            media_kind=MediaKind.RECORDING,
            went_live_at=clock.now(),
            starts_at=clock.now(),
            state=WebinarState.LIVE,
        )
        yield opened
        # Before the server goes: a page that loses it rightly complains.
        await pages.close()


async def say(page: Page, text: str) -> None:
    """Write a chat message and send it."""
    await page.get_by_label("Your message").fill(text)
    await page.keyboard.press("Enter")


def message(page: Page, text: str) -> Locator:
    """The chat message with this text."""
    return page.locator(".chat-message", has_text=text)


async def joined(page: Page) -> None:
    """Wait until the room is there."""
    await expect(page.get_by_role("log")).to_have_attribute("aria-busy", "false")
