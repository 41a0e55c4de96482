"""A real Chromium, and pages that report everything that goes wrong on them."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    async_playwright,
    expect,
)

from tests.support.tools import CHROMIUM

# A browser at rest asks nobody for updates.
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 20_000  # milliseconds
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => console.error(
    `CSP ${event.effectiveDirective} blocked ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`,
));
"""


class Pages:
    """Opens pages, each in a browser profile of its own, and collects what goes wrong on them.

    A problem is a console error, an uncaught exception, a violation of the content security policy, a crash, or a
    request to any other machine.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.contexts: list[BrowserContext] = []
        self._seen: list[str] = []
        self._allowed: list[str] = []

    async def open(self, **options: Any) -> Page:
        """A page of a new person; options as for Playwright's `new_context` (viewport, color_scheme, locale …)."""
        context = await self.browser.new_context(**options)
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE)
        await context.add_init_script(REPORT_VIOLATIONS)
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self._seen.append(f"uncaught: {error.error}"))
        page = await context.new_page()
        page.on("crash", lambda _: self._seen.append("the page crashed"))
        return page

    def allow(self, pattern: str) -> None:
        """Problems that this test provokes: a regular expression, such as "status of 422"."""
        self._allowed.append(pattern)

    @property
    def problems(self) -> list[str]:
        """What went wrong so far, without what is allowed."""
        return [seen for seen in self._seen if not any(re.search(allowed, seen) for allowed in self._allowed)]

    async def close(self) -> None:
        """Close every page."""
        for context in self.contexts:
            await context.close()

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._seen.append(f"{message.text} ({message.location['url']})")

    def _on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        host = address.hostname or ""
        if address.scheme in {"http", "https", "ws", "wss"} and host not in {"127.0.0.1", "localhost"}:
            self._seen.append(f"asked another machine: {request.url}")


async def until(page: Page, expression: str) -> None:
    """Wait until a JavaScript expression holds on the page; fails when it never does.

    Asked by a timer: a page that isn't drawn has no frames.
    """
    await page.evaluate(f"""() => new Promise((resolve, reject) => {{
        const end = performance.now() + {PATIENCE};
        const look = () => {{
            if ({expression}) resolve();
            else if (performance.now() > end) reject(new Error("never came true"));
            else setTimeout(look, 20);
        }};
        look();
    }})""")


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all tests of a process."""
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM.find(), args=ARGUMENTS)
        yield chromium
        await chromium.close()


@asynccontextmanager
async def stubborn_browser(profile: Path, **preferences: Any) -> AsyncIterator[BrowserContext]:
    """A Chromium of its own whose profile has these settings, as a person chooses them in its privacy page."""
    (profile / "Default").mkdir(parents=True)
    (profile / "Default" / "Preferences").write_text(json.dumps({"profile": preferences}))
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM.find(), args=ARGUMENTS
        )
        context.set_default_timeout(PATIENCE)
        try:
            yield context
        finally:
            await context.close()


@pytest.fixture
async def pages(browser: Browser) -> AsyncIterator[Pages]:
    """For tests with several people or special browsers: `await pages.open(color_scheme="dark")`."""
    opened = Pages(browser)
    yield opened
    await opened.close()
    assert not opened.problems, "\n".join(["Problems on the pages:", *opened.problems])


@pytest.fixture
async def page(pages: Pages) -> Page:
    """A page of one person. That nothing goes wrong on it is checked when the test ends."""
    return await pages.open()
