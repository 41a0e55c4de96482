"""The room inside another site's frame, in a browser that gives it neither cookies nor storage."""

from playwright.async_api import expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tests.room.conftest import Room, joined, message
from tests.support.serving import serving
from webinar.webinars.look import normalise_origin

NO_COOKIES = """
for (const name of ["sessionStorage", "localStorage"]) {
    Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } });
}
"""


async def test_a_person_watches_and_talks_in_a_frame_without_any_cookie_or_storage(room: Room):
    room.pages.allow("status of 403")  # the page before it has the token
    guest = await room.house.guest("Anna Berg")

    async def front(request: Request) -> Response:
        address = f"{room.house.url}/e/{guest.webinar.id}/watch#{guest.token}"
        return HTMLResponse(
            f'<!doctype html><html lang="en"><title>A site</title><link rel="icon" href="data:,">'
            f'<h1>A site</h1><iframe title="Webinar" width="1200" height="700" src="{address}"></iframe></html>'
        )

    async with serving(lambda url: Starlette(routes=[Route("/", front)])) as url:
        site = url.replace("127.0.0.1", "localhost")  # another site than the webinar's
        await room.change(guest.webinar, embed_origins=[normalise_origin(site)])
        page = await room.pages.open()
        await page.add_init_script(NO_COOKIES)
        await page.goto(site)
        frame = page.frame_locator("iframe")
        await expect(frame.get_by_role("log")).to_have_attribute("aria-busy", "false")
        await frame.get_by_label("Your message").fill("Hello from a frame")
        await frame.get_by_label("Your message").press("Enter")
        await expect(
            frame.locator(".chat-message", has_text="Hello from a frame").locator("time")
        ).to_have_count(1)
        [inner] = [each for each in page.frames if each != page.main_frame]
        assert guest.token not in inner.url
        assert await page.context.cookies() == []
        other = await room.enter(await room.house.guest("Bob Oud"))
        await joined(other)
        await expect(message(other, "Hello from a frame")).to_be_visible()
        await page.close()
