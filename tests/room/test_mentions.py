"""Erasing somebody whom others named, in real browsers: what is redacted is gone from every page that is open."""

from uuid import uuid4

import pytest
from playwright.async_api import expect
from sqlalchemy import insert, update
from sqlmodel import col

from tests.room.conftest import Room, joined, say
from tests.room.test_host_console import open_console
from tests.support.accessibility import check_accessibility
from tests.support.served import SCREENS, look, too_wide
from webinar.models import ChatMessage, MessageKind, Participant, Role, Webinar
from webinar.routes.signed_in import cookie_name

pytestmark = pytest.mark.browser


async def many_messages(room: Room, author: Participant, body: str, count: int) -> None:
    """So many that a page has to scroll back to the first one."""
    rows = [
        {
            "id": uuid4(),
            "account_id": author.account_id,
            "webinar_id": author.webinar_id,
            "participant_id": author.id,
            "client_id": uuid4(),
            "kind": MessageKind.CHAT,
            "body": body if number == 0 else f"Message {number}.",
            "posted_seq": number + 1,
            "seq": number + 1,
            "posted_at": room.house.clock.now(),
        }
        for number in range(count)
    ]
    async with room.house.services.db.writing() as db:
        await (await db.connection()).execute(insert(ChatMessage), rows)
        await db.exec(update(Webinar).where(col(Webinar.id) == author.webinar_id).values(last_seq=count))


@pytest.mark.parametrize("screen", SCREENS)
async def test_open_pages_lose_what_an_admin_redacts_while_erasing_somebody(room: Room, screen: str):
    gone, bob, admin = (
        await room.house.guest("Zuleika Quarterstaff"),
        await room.house.guest("Bob Oud"),
        await room.house.host(),
    )
    assert gone.participant
    assert bob.participant
    assert admin.user
    async with room.house.services.db.writing() as db:
        admin.user.role = Role.ADMIN
        db.add(admin.user)
    await many_messages(room, bob.participant, "I know Zuleika Quarterstaff from before", 230)
    page = await room.enter(bob)
    await joined(page)
    await say(page, "Did ZULEIKA leave?")
    log = page.get_by_role("log")
    await expect(log).to_contain_text("ZULEIKA leave?")
    await log.evaluate("log => { log.scrollTop = 0 }")
    await expect(log).to_contain_text("I know Zuleika")
    console = await open_console(room, admin, **SCREENS[screen])
    await expect(console.locator("[role=log]")).to_contain_text("ZULEIKA")

    desk = await console.context.new_page()
    address = f"{room.house.url}/admin/webinars/{bob.webinar.id}/participants"
    await desk.goto(f"{address}/erase?id={gone.participant.id}")
    await expect(desk.get_by_role("checkbox", name="I know Zuleika Quarterstaff from before")).to_be_checked()
    await desk.get_by_role("checkbox", name="Did ZULEIKA leave?").check()
    await check_accessibility(desk)
    assert await too_wide(desk) <= 0
    await look(desk, screen, "mentions-erase")
    await desk.get_by_label("Type “").fill("erase")
    await desk.get_by_role("button", name="Erase 1 person").click()
    await expect(desk.locator(".badge", has_text="Proven")).to_be_visible()
    await check_accessibility(desk)
    await look(desk, screen, "mentions-receipt")

    for open_page in (page, console):
        await expect(open_page.locator("[role=log]")).to_contain_text("Did [removed] leave?")
        assert "zuleika" not in (await open_page.content()).lower()
    await log.evaluate("log => { log.scrollTop = 0 }")
    await expect(log).to_contain_text("I know [removed] from before")


@pytest.mark.parametrize("screen", SCREENS)
async def test_an_admin_decides_about_places_of_who_erased_themselves_without_javascript(
    room: Room, screen: str
):
    gone, bob, admin = (
        await room.house.guest("Zuleika Quarterstaff"),
        await room.house.guest("Bob Oud"),
        await room.house.host(),
    )
    assert gone.participant
    assert bob.participant
    assert admin.user
    async with room.house.services.db.writing() as db:
        admin.user.role = Role.ADMIN
        db.add(admin.user)
    await many_messages(room, bob.participant, f"{'So it went on. ' * 12}Zuleika Quarterstaff knows.", 3)
    leaving = await room.enter(gone)
    await leaving.goto(f"{room.house.url}/w/{gone.webinar.id}/my/erase")
    await leaving.get_by_role("button", name="Erase me now").click()
    await leaving.wait_for_url("**/my/erased*")

    console = await open_console(room, admin)
    desk = await room.pages.open(java_script_enabled=screen == "dark", **SCREENS[screen])
    name = cookie_name(room.house.services.site)
    await desk.context.add_cookies([{"name": name, "value": admin.token, "url": room.house.url}])
    await desk.goto(f"{room.house.url}/admin/records")
    if screen == "dark":
        await check_accessibility(desk)
    await look(desk, screen, "mentions-records")
    await desk.get_by_role("link", name="Look at it").click()
    place = desk.get_by_role("checkbox", name="Zuleika Quarterstaff knows.")
    await expect(place).not_to_be_checked()
    await place.check()
    if screen == "dark":
        await check_accessibility(desk)
    assert screen != "dark" or await too_wide(desk) <= 0
    await look(desk, screen, "mentions-places")
    await desk.get_by_role("button", name="Redact the ticked").click()
    await expect(desk.locator(".badge", has_text="Proven")).to_be_visible()
    await expect(console.get_by_role("log")).to_contain_text("[removed] knows.")
    await desk.goto(f"{room.house.url}/admin/records/places")
    await expect(desk.get_by_text("Nothing to look at")).to_be_visible()
    await look(desk, screen, "mentions-empty")
