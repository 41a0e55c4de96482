"""<live-player> in a real browser, with the demo's own stream."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles as Folder

import webinar
from tests.support.accessibility import check_accessibility
from tests.support.browser import Pages
from tests.support.serving import serving
from webinar.pages import nonce_of
from webinar.routes.csp import allow_player, policy
from webinar.static_files import StaticFiles

pytestmark = pytest.mark.browser
PACKAGE = Path(webinar.__file__).parent
NO_STORAGE = """
for (const name of ["sessionStorage", "localStorage"]) {
    Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });
}
"""
# As for somebody who has not touched the site yet; what drives the browser here counts as a touch.
NO_SOUND_YET = """
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
    return this.muted ? play.call(this) : Promise.reject(new DOMException("no", "NotAllowedError"));
};
"""
# What happens to the player, from the start.
LISTEN = """
window.heard = [];
for (const name of ["player-playing", "player-failed", "player-recovered", "player-ended"]) {
    document.addEventListener(name, () => window.heard.push(name));
}
"""
ADVANCES = """
() => new Promise((done) => {
    const video = document.querySelector("live-video");
    const from = video.currentTime;
    video.addEventListener("timeupdate", () => video.currentTime > from + 0.2 && done(video.currentTime));
})
"""
SHOWN_CAPTION = """
() => new Promise((done) => {
    const look = () => {
        const track = [...document.querySelector("live-video").textTracks].find(({ mode }) => mode === "showing");
        if (track?.cues?.length) done({ language: track.language, text: track.cues[0].text });
        else setTimeout(look, 20);
    };
    look();
})
"""
HTML = """<!doctype html><html lang="{lang}"><head><title>A picture</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="{css}"><script type="module" nonce="{nonce}" src="{js}"></script></head>
<body><main><h1>A picture</h1><div class="stage"><live-player src="/clip/main.m3u8" mode="replay" label="The demo">
</live-player></div></main></body></html>"""


class Site:
    """A page with the player. While `down`, the stream can't be reached."""

    def __init__(self) -> None:
        self.down = False
        self.url = ""
        self.static = StaticFiles.load(PACKAGE / "static")
        self.clip = Folder(directory=PACKAGE / "media/clips/demo")

    def app(self, url: str) -> Starlette:
        self.url = url
        routes = [
            Route("/", self.page),
            Route("/static/{release}/{path:path}", self.file),
            Mount("/clip", self.stream),
        ]
        return Starlette(routes=routes)

    async def page(self, request: Request) -> Response:
        allow_player(request)
        html = HTML.format(
            lang=request.query_params.get("lang", "en"),
            css=self.static.url("css/app.css"),
            js=self.static.url("js/live-player.js"),
            nonce=nonce_of(request),
        )
        return HTMLResponse(html, headers={"Content-Security-Policy": policy(request, self.url)})

    async def file(self, request: Request) -> Response:
        return self.static.respond(request, **request.path_params)

    async def stream(self, scope, receive, send) -> None:
        answer = Response(status_code=503) if self.down else self.clip
        await answer(scope, receive, send)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    async with serving(site.app):
        yield site


async def watch(pages: Pages, site: Site, *scripts: str, path: str = "/") -> Page:
    page = await pages.open(viewport={"width": 1100, "height": 800})
    for script in (LISTEN, *scripts):
        await page.context.add_init_script(script)
    await page.goto(site.url + path)
    return page


async def choose_from(page: Page, menu: str, words: str) -> None:
    await page.locator("live-player").hover()
    await page.locator(f"media-{menu}-menu-button").click()
    await page.locator(f"media-{menu}-menu media-chrome-menu-item").get_by_text(words, exact=True).click()


async def test_the_picture_moves_and_the_page_stays_accessible(site: Site, pages: Pages):
    page = await watch(pages, site)
    assert await page.evaluate(ADVANCES) > 0
    await check_accessibility(page)


async def test_captions_and_the_language_of_the_sound_can_be_chosen(site: Site, pages: Pages):
    page = await watch(pages, site)
    await page.evaluate(ADVANCES)
    await choose_from(page, "captions", "Nederlands")
    caption = await page.evaluate(SHOWN_CAPTION)
    assert caption["language"] == "nl"
    assert "Goedemorgen" in caption["text"]
    await choose_from(page, "audio-track", "Nederlands")
    await page.evaluate(ADVANCES)
    assert await page.evaluate("document.querySelector('live-video').api.audioTrack") == 1


async def test_choices_last_for_the_visit_and_leave_nothing_behind(site: Site, pages: Pages):
    page = await watch(pages, site)
    await page.evaluate(ADVANCES)
    await choose_from(page, "captions", "Nederlands")
    await page.evaluate(SHOWN_CAPTION)
    await page.reload()
    assert (await page.evaluate(SHOWN_CAPTION))["language"] == "nl"
    assert await page.evaluate("localStorage.length") == 0
    assert await page.context.cookies() == []


async def test_the_page_s_own_language_is_heard_first(site: Site, pages: Pages):
    page = await watch(pages, site, path="/?lang=nl")
    await page.evaluate(ADVANCES)
    assert await page.evaluate("document.querySelector('live-video').api.audioTrack") == 1


async def test_it_plays_where_the_browser_gives_no_storage(site: Site, pages: Pages):
    page = await watch(pages, site, NO_STORAGE)
    await page.evaluate(ADVANCES)
    await choose_from(page, "captions", "Nederlands")
    assert (await page.evaluate(SHOWN_CAPTION))["language"] == "nl"


async def test_a_picture_that_starts_silent_says_so(site: Site, pages: Pages):
    page = await watch(pages, site, NO_SOUND_YET)
    await page.evaluate(ADVANCES)
    await page.get_by_role("button", name="Turn the sound on").click()
    await expect(page.get_by_role("button", name="Turn the sound on")).to_have_count(0)
    assert not await page.evaluate("document.querySelector('live-video').muted")


async def test_a_stream_that_is_away_is_said_and_comes_back(site: Site, pages: Pages):
    pages.allow("status of 503")
    site.down = True
    page = await watch(pages, site)
    await expect(page.get_by_role("alert")).to_contain_text("We keep trying")
    site.down = False
    await page.get_by_role("button", name="Try again now").click()
    await page.evaluate(ADVANCES)
    await expect(page.get_by_role("alert")).to_have_count(0)
    assert await page.evaluate("window.heard.slice(-2)") == ["player-recovered", "player-playing"]
