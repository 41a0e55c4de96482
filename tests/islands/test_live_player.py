"""The picture: what people see, press and keep."""

from typing import Any

from playwright.async_api import Page, expect

from tests.islands.conftest import Workbench
from tests.support.accessibility import check_accessibility
from tests.support.browser import Pages, until

NO_STORAGE = """
Object.defineProperty(window, "sessionStorage", { get() { throw new DOMException("blocked", "SecurityError"); } });
"""


async def watch(pages: Pages, bench: Workbench, mode: str = "live", **options: Any) -> Page:
    """A page on which the clip plays (live) or waits (replay)."""
    page = await pages.open(**options)
    show(bench, mode)
    await page.goto(bench.url)
    return page


async def watch_untouched(pages: Pages, bench: Workbench, init: str = "") -> Page:
    """A page on which the live clip plays and that nobody has touched.

    Evaluating anything in a page counts as a person's touch, and then sound is allowed: so the page speaks first.
    """
    page = await pages.open()
    await page.add_init_script(
        f"{init}document.addEventListener('player-playing', () => console.info('plays'));"
    )
    show(bench, "live")
    async with page.expect_console_message(lambda said: said.text == "plays"):
        await page.goto(bench.url)
    return page


def show(bench: Workbench, mode: str) -> None:
    bench.scripts = ("js/live-player.js",)
    bench.body = f'<live-player src="/clip/main.m3u8" mode="{mode}" label="How bees fly"></live-player>'


async def playing(page: Page) -> None:
    """Wait until the picture moves."""
    await until(page, "document.querySelector('live-video')?.currentTime > 0.2")


async def of_video(page: Page, expression: str) -> Any:
    return await page.evaluate(
        f"(() => {{ const video = document.querySelector('live-video'); return {expression}; }})()"
    )


async def test_a_live_picture_starts_by_itself_and_offers_its_sound(pages: Pages, workbench: Workbench):
    page = await watch_untouched(pages, workbench)
    await page.get_by_role("button", name="Turn the sound on").click()
    await playing(page)
    assert not await of_video(page, "video.muted")
    await expect(page.get_by_role("button", name="Turn the sound on")).to_have_count(0)


async def test_a_live_picture_has_an_edge_and_no_speed(pages: Pages, workbench: Workbench):
    page = await watch(pages, workbench)
    await playing(page)
    await expect(page.locator("media-live-button")).to_have_count(1)
    await expect(page.locator("media-time-range, media-playback-rate-menu-button")).to_have_count(0)


async def test_a_replay_can_be_wound_and_sped_up(pages: Pages, workbench: Workbench):
    page = await watch(pages, workbench, "replay")
    await expect(page.locator("media-time-range")).to_have_count(1)
    await expect(page.locator("media-playback-rate-menu-button")).to_have_count(1)
    await expect(page.locator(".player-clock")).to_contain_text("/ 0:")


async def test_the_keyboard_plays_and_mutes(pages: Pages, workbench: Workbench):
    page = await watch(pages, workbench, "replay")
    await expect(page.locator(".player-clock")).to_contain_text("/ 0:")
    await playing(page)
    await page.locator("media-play-button").focus()
    await page.keyboard.press("k")
    await until(page, "document.querySelector('live-video').paused")
    await page.keyboard.press("m")
    await expect(page.locator("media-controller")).to_have_attribute("mediamuted", "")


async def test_captions_and_sound_stay_chosen_within_the_tab(pages: Pages, workbench: Workbench):
    page = await watch(pages, workbench)
    await playing(page)
    await page.evaluate("""() => {
        const video = document.querySelector("live-video");
        [...video.textTracks].find(({ language }) => language === "nl").mode = "showing";
        for (const track of video.audioTracks) track.enabled = track.language === "nl";
    }""")
    for choice in ("captions", "sound"):
        await until(page, f"sessionStorage.getItem('player.{choice}') === '\"nl\"'")
    await page.reload()
    await playing(page)
    captions = (
        "[...video.textTracks].filter(({ mode }) => mode === 'showing').map(({ language }) => language)"
    )
    sound = "[...video.audioTracks].filter(({ enabled }) => enabled).map(({ language }) => language)"
    assert await of_video(page, captions) == ["nl"]
    assert await of_video(page, sound) == ["nl"]
    assert await page.evaluate("localStorage.length") == 0


async def test_a_browser_without_storage_plays_all_the_same(pages: Pages, workbench: Workbench):
    page = await watch_untouched(pages, workbench, NO_STORAGE)
    await page.get_by_role("button", name="Turn the sound on").click()
    await playing(page)


async def test_a_stream_that_is_not_there_is_said_plainly_and_comes_back_by_itself(
    pages: Pages, workbench: Workbench
):
    pages.allow("status of 503")
    workbench.broken = True
    page = await watch(pages, workbench)
    await expect(page.get_by_role("alert")).to_contain_text("The picture can't be reached right now")
    await check_accessibility(page)
    workbench.broken = False
    await page.get_by_role("button", name="Try again now").click()
    await playing(page)
    await expect(page.get_by_role("alert")).to_have_count(0)


async def test_the_controls_speak_the_language_of_the_page(pages: Pages, workbench: Workbench):
    workbench.language, workbench.direction = "ar", "rtl"
    workbench.strings = {"Play": "تشغيل", "Pause": "إيقاف مؤقت", "Turn the sound on": "انقر لتشغيل الصوت"}
    page = await watch_untouched(pages, workbench)
    await expect(page.get_by_role("button", name="انقر لتشغيل الصوت")).to_be_visible()
    await playing(page)
    await expect(page.locator("media-play-button")).to_have_attribute("aria-label", "إيقاف مؤقت")


async def test_the_player_is_accessible(pages: Pages, workbench: Workbench):
    for mode in ("live", "replay"):
        page = await watch(pages, workbench, mode)
        await expect(page.locator("media-play-button")).to_be_visible()
        await check_accessibility(page)


async def test_a_player_that_is_gone_loads_nothing_any_more_and_one_that_moved_plays_on(
    pages: Pages, workbench: Workbench
):
    page = await watch(pages, workbench)
    await playing(page)
    assert await page.evaluate("""() => {
        const player = document.querySelector("live-player");
        const { video } = player;
        let ended = false;
        video.api.on("hlsDestroying", () => (ended = true));
        player.remove();
        const gone = ended && video.api === null;
        document.body.append(player);
        return gone;
    }""")
    await playing(page)
