"""Inside another site's frame, in browsers that are told to give it no cookies: register, watch, talk, come back."""

import re
from pathlib import Path
from uuid import uuid4

from playwright.async_api import Frame, FrameLocator, Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tests.support.browser import stubborn_browser
from tests.support.demo import RunningDemo
from tests.support.serving import serving

THIRD_PARTIES_BLOCKED = {"cookie_controls_mode": 1, "block_third_party_cookies": True}
ALL_BLOCKED = {"default_content_setting_values": {"cookies": 2}}
STORAGE = """() => {
    try {
        return window.sessionStorage ? "given" : "missing";
    } catch (error) {
        return error.name;
    }
}"""


async def test_the_whole_way_in_a_frame_where_the_browser_blocks_every_cookie_and_all_storage(
    demo: RunningDemo, tmp_path: Path
):
    async with stubborn_browser(tmp_path / "profile", **ALL_BLOCKED) as context:
        page = context.pages[0]
        await register_in_the_frame(demo, page)
        inner = frame_of(page, demo)
        assert await inner.evaluate(STORAGE) == "SecurityError"
        assert await context.cookies() == []
        await talk(page)
        # The frame itself can be loaded anew: its token is in the form that asked for it, and in no address.
        async with page.expect_event("framenavigated"):
            await inner.evaluate("void setTimeout(() => location.reload())")
        await talk(page)
        assert "#" not in frame_of(page, demo).url
        assert await context.cookies() == []


async def test_where_only_third_party_cookies_are_blocked_the_whole_page_can_be_loaded_anew(
    demo: RunningDemo, tmp_path: Path
):
    """The partitioned cookie, which belongs to this very site around the frame, is what remains."""
    async with stubborn_browser(tmp_path / "profile", **THIRD_PARTIES_BLOCKED) as context:
        page = context.pages[0]
        await register_in_the_frame(demo, page)
        await talk(page)
        [cookie] = await context.cookies()
        assert cookie["partitionKey"]
        watch = frame_of(page, demo).url
        await page.goto(demo["embed_url"])
        await frame_of(page, demo).goto(watch)
        await talk(page)
        # Another site around the frame gets nothing of it, and neither does our own page.
        await page.goto(watch.replace("/e/", "/w/"))
        await expect(page.get_by_role("heading", name="Use the link in your mail")).to_be_visible()


async def test_the_next_page_in_the_frame_begins_at_its_top(demo: RunningDemo, tmp_path: Path):
    async with stubborn_browser(tmp_path / "profile", **THIRD_PARTIES_BLOCKED) as context:
        page = context.pages[0]
        await page.set_viewport_size({"width": 800, "height": 400})
        await register_in_the_frame(demo, page)
        await frame(page).get_by_role("link", name="My data").click()
        inside = frame(page)
        await inside.get_by_role("link", name="Ask, object, read answers").click()
        await expect(inside.get_by_role("heading", name="Ask a person", exact=True)).to_be_in_viewport()


async def test_a_site_that_is_not_allowed_is_refused_by_the_browser(demo: RunningDemo, tmp_path: Path):
    async with stubborn_browser(tmp_path / "profile") as context:
        page = context.pages[0]
        await page.goto(demo["embed_url"])
        allowed = frame_of(page, demo).url
        await expect(frame(page).get_by_role("button", name="Register")).to_be_visible()

        async def front(request: Request) -> Response:
            return HTMLResponse(f'<h1>Somebody else</h1><iframe title="Webinar" src="{allowed}"></iframe>')

        # The same host as the allowed site, on another port: another origin.
        async with serving(lambda url: Starlette(routes=[Route("/", front)])) as url:
            await page.goto(url.replace("127.0.0.1", "localhost"))
            # What stands there instead is the browser's own word of refusal, which nobody may look into.
            await expect(page.get_by_role("heading", name="Somebody else")).to_be_visible()
            assert await frame(page).locator("main").count() == 0
            assert not [each for each in page.frames if each.url == allowed]
            await page.goto("about:blank")


async def register_in_the_frame(demo: RunningDemo, page: Page) -> None:
    """From the form to the picture without leaving the frame, by the code from the mail."""
    await page.goto(demo["embed_url"])
    address = f"frame.{uuid4().hex[:6]}@lighthouse.example.org"
    inside = frame(page)
    await inside.get_by_label("E-mail address").fill(address)
    await inside.get_by_label("Name", exact=False).first.fill("Fenna")
    await inside.get_by_label("Curiosity").check()
    await inside.get_by_role("button", name="Register").click()
    await expect(inside.get_by_role("heading", name="Check your mail")).to_be_visible()
    code = re.search(r"\b\d{4} \d{4}\b", await demo.mail_to(address))
    assert code
    await inside.get_by_label("Code from the mail").fill(code[0])
    await inside.get_by_role("button", name="Go to the webinar").click()
    await expect(inside.get_by_role("log")).to_have_attribute("aria-busy", "false")


async def talk(page: Page) -> None:
    """Wait for the picture, and say something that the server takes."""
    text = f"Ahoy {uuid4().hex[:6]}"
    inside = frame(page)
    await expect(inside.get_by_role("log")).to_have_attribute("aria-busy", "false")
    await inside.get_by_label("Your message").fill(text)
    await inside.get_by_label("Your message").press("Enter")
    await expect(inside.locator(".chat-message", has_text=text).locator("time")).to_have_count(1)
    moves = (
        "node => node.currentTime > 0.2 ? true : new Promise(done => node.ontimeupdate = () => done(true))"
    )
    assert await inside.locator("live-video").evaluate(moves)


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("iframe")


def frame_of(page: Page, demo: RunningDemo) -> Frame:
    [inner] = [each for each in page.frames if each.url.startswith(demo["base_url"])]
    return inner
