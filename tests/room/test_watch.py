"""The watch page: who gets in, and what they see as a host takes the webinar through its states."""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.room.conftest import Room, joined
from tests.support.accessibility import check_accessibility
from tests.support.browser import until
from tests.support.room import Pass
from webinar.models import Access, MediaKind, WebinarState

PLAYS = "document.querySelector('live-video')?.currentTime > 0.2"


async def test_the_picture_plays_and_the_conversation_stands_beside_it(room: Room):
    page = await room.enter(await room.house.guest(), viewport={"width": 1440, "height": 900})
    await until(page, PLAYS)
    await joined(page)
    await check_accessibility(page)


async def test_without_a_link_a_plain_page_tells_the_way_in(room: Room):
    room.pages.allow("status of 403")
    page = await room.enter(Pass(room.house.webinar))
    await expect(page.get_by_role("heading", name="Use the link in your mail")).to_be_visible()
    await expect(page.get_by_label("The address you registered with")).to_be_visible()
    assert await page.locator("live-player, chat-panel").count() == 0
    await check_accessibility(page)


async def test_a_draft_and_a_webinar_that_does_not_exist_are_not_found(room: Room):
    room.pages.allow("status of 404")
    page = await room.pages.open()
    draft = await room.house.open_webinar(state=WebinarState.DRAFT)
    for webinar_id in (draft.id, uuid4()):
        answer = await page.goto(f"{room.house.url}/w/{webinar_id}/watch")
        assert answer
        assert answer.status == 404


async def test_an_open_webinar_shows_its_picture_to_everybody_and_asks_for_a_name_to_speak(room: Room):
    webinar = await room.house.open_webinar(
        access=Access.OPEN, media_kind=MediaKind.RECORDING, went_live_at=room.house.clock.now()
    )
    page = await room.enter(Pass(webinar))
    await until(page, PLAYS)
    await expect(page.get_by_label("Choose a name to take part")).to_be_visible()
    assert await page.context.cookies() == []
    assert await page.evaluate("localStorage.length") == 0
    await check_accessibility(page)


async def test_the_page_follows_the_webinar_through_all_its_states_without_a_reload(room: Room):
    room.pages.allow("404.*/media/")  # a playlist asked for at the very moment it ended
    guest = await room.house.guest()
    webinar = guest.webinar
    soon = room.house.clock.now() + timedelta(hours=2)
    await room.change(webinar, state=WebinarState.SCHEDULED, starts_at=soon, went_live_at=None)
    page = await room.enter(guest)
    await joined(page)
    await page.evaluate("window.stayed = true")
    await expect(page.get_by_role("timer")).to_be_visible()
    await check_accessibility(page)

    await room.change(webinar, state=WebinarState.LIVE, went_live_at=room.house.clock.now())
    await until(page, PLAYS)
    await room.change(webinar, state=WebinarState.PAUSED)
    await expect(page.get_by_text("A short break")).to_be_visible()
    await check_accessibility(page)
    await room.change(webinar, state=WebinarState.LIVE)
    await until(page, PLAYS)
    await room.change(webinar, state=WebinarState.ENDED, ended_at=room.house.clock.now())
    await expect(page.get_by_text("Thank you for being here")).to_be_visible()
    await expect(page.get_by_text("The chat has ended")).to_be_visible()
    await check_accessibility(page)
    await room.change(webinar, replay_enabled=True)
    await expect(page.locator("live-player[mode=replay] media-time-range")).to_have_count(1)
    assert await page.evaluate("window.stayed")


async def test_a_change_that_leaves_the_picture_leaves_the_player_alone(room: Room):
    guest = await room.house.guest()
    page = await room.enter(guest)
    await until(page, PLAYS)
    before = await page.locator("live-player").get_attribute("src")
    await room.change(guest.webinar, title="Harbours by day")
    await expect(page.locator("live-player")).to_have_attribute("label", "Harbours by day")
    assert await page.locator("live-player").get_attribute("src") == before


async def test_without_javascript_the_page_still_says_what_is_on(room: Room):
    guest = await room.house.guest()
    page = await room.enter(guest, java_script_enabled=False)
    assert await page.locator("noscript").count() == 0 or await page.locator("video[controls]").count() == 1
    await expect(page.get_by_role("heading", name=guest.webinar.title)).to_be_visible()
    await expect(page.get_by_role("link", name="My data")).to_be_visible()
    await room.change(guest.webinar, state=WebinarState.PAUSED)
    await page.reload()
    await expect(page.get_by_text("A short break")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720), (1024, 768), (390, 844)])
async def test_the_picture_and_the_composer_are_on_the_first_screen(room: Room, width: int, height: int):
    page = await room.enter(await room.house.guest(), viewport={"width": width, "height": height})
    await joined(page)
    for part in (page.locator("live-player"), page.get_by_label("Your message")):
        box = await part.bounding_box()
        assert box
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height
    assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")


async def test_the_page_reads_from_right_to_left_in_arabic(room: Room):
    webinar = await room.house.open_webinar(
        access=Access.OPEN,
        language="ar",
        media_kind=MediaKind.RECORDING,
        went_live_at=room.house.clock.now(),
    )
    page = await room.enter(Pass(webinar), viewport={"width": 1280, "height": 800})
    await until(page, PLAYS)
    await joined(page)
    rail, stage = await page.locator(".room-rail").bounding_box(), await page.locator(".stage").bounding_box()
    assert rail
    assert stage
    assert rail["x"] < stage["x"]
    await check_accessibility(page)


async def test_the_page_names_every_script_and_the_stream_at_once(room: Room):
    """Nothing is found only by reading something else: every module that runs was named by the page, and none in vain."""
    page = await room.pages.open()
    asked: dict[str, str] = {}
    page.on("request", lambda request: asked.update({urlsplit(request.url).path: request.resource_type}))
    await room.enter_on(page, await room.house.guest())
    await until(page, PLAYS)
    await joined(page)
    named = await page.eval_on_selector_all(
        "link[rel=modulepreload]", "links => links.map(link => new URL(link.href).pathname)"
    )
    tags = await page.eval_on_selector_all(
        "script[src]", "tags => tags.map(tag => new URL(tag.src).pathname)"
    )
    scripts = {path for path, kind in asked.items() if kind == "script"}
    assert scripts == set(named)
    assert set(tags) <= set(named)
    [stream] = await page.eval_on_selector_all(
        "link[as=fetch]", "links => links.map(link => new URL(link.href).pathname)"
    )
    times = "path => performance.getEntriesByType('resource').filter(each => each.name.endsWith(path)).length"
    assert await page.evaluate(times, stream) == 1


async def test_everything_that_the_page_loads_before_the_picture_stays_below_300_kilobytes(room: Room):
    page = await room.pages.open()
    session = await page.context.new_cdp_session(page)
    await session.send("Network.enable")
    kinds: dict[str, str] = {}
    received: dict[str, int] = {}
    session.on(
        "Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["response"]["url"]})
    )
    session.on(
        "Network.loadingFinished",
        lambda event: received.update({event["requestId"]: event["encodedDataLength"]}),
    )
    guest = await room.house.guest()
    await room.enter_on(page, guest)
    await until(page, PLAYS)
    page_bytes = sum(size for request, size in received.items() if "/media/" not in kinds.get(request, ""))
    assert 0 < page_bytes <= 300_000
