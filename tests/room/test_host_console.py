"""The host console in real browsers, beside the people it is about."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect
from sqlmodel import col, delete, select

from tests.room.conftest import Room, joined, message, say
from tests.support.accessibility import check_accessibility
from tests.support.room import Pass, RoomClient
from webinar.models import AuditEntry, MediaKind, Participant, Webinar, WebinarState
from webinar.routes.signed_in import cookie_name

pytestmark = pytest.mark.browser
SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "small": {"viewport": {"width": 1280, "height": 720}},
    "tablet": {"viewport": {"width": 820, "height": 1180}, "has_touch": True},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
}


async def open_console(room: Room, who: Pass | None = None, **options: Any) -> Page:
    """The console in the browser of a signed-in host."""
    host = who or await room.house.host()
    page = await room.pages.open(**options)
    name = cookie_name(room.house.services.site)
    await page.context.add_cookies([{"name": name, "value": host.token, "url": room.house.url}])
    await page.goto(f"{room.house.url}/host/{host.webinar.id}")
    await expect(page.locator(".connection")).to_have_attribute("data-connected", "true")
    await expect(page.locator("[role=log]")).to_have_attribute("aria-busy", "false")
    return page


async def ask(asker: RoomClient, text: str, **fields: Any) -> str:
    """Asks; the question's id."""
    question_id: str = (await asker.send("question.ask", body=text, **fields))["id"]
    return question_id


def card(page: Page, text: str) -> Locator:
    return page.locator("[data-question]", has_text=text)


def button(place: Page | Locator, name: str) -> Locator:
    return place.get_by_role("button", name=name, exact=True)


def steps(page: Page) -> Locator:
    return page.locator(".host-steps")


async def traces(room: Room) -> list[AuditEntry]:
    async with room.house.services.db.reading() as db:
        return list(await db.exec(select(AuditEntry).order_by(col(AuditEntry.at), col(AuditEntry.action))))


async def look(page: Page, name: str) -> None:
    """Keeps a picture where the environment asks for one."""
    if folder := os.environ.get("WEBINAR_SCREENSHOTS"):
        await page.screenshot(path=Path(folder) / f"console-{name}.png")


async def test_a_published_question_reaches_everybody_and_its_answer_too(room: Room):
    reader = await room.enter(await room.house.guest("Bob Oud"))
    await joined(reader)
    await reader.get_by_role("tab", name="Questions").click()
    asker = await room.house.join(await room.house.guest("Anna Berg"))
    await ask(asker, "How deep is the harbour?", anonymous=True)
    page = await open_console(room)

    asked = card(page, "How deep")
    await expect(asked).to_contain_text("Anna Berg")
    await expect(asked).to_contain_text("Anonymous to others")
    await button(asked, "Publish").click()
    shown = reader.locator(".question", has_text="How deep")
    await expect(shown).to_contain_text("Anonymous")
    await expect(page.get_by_role("tab", name="Published 1")).to_be_visible()

    await page.get_by_role("tab", name="Published").click()
    await button(asked, "Put on top").click()
    await expect(shown).to_contain_text("Now being answered")
    await button(asked, "Write answer").click()
    await page.get_by_label("Answer that everybody can read").fill("Twelve metres.")
    await button(asked, "Publish the answer").click()
    await expect(shown).to_contain_text("Twelve metres.")
    await page.get_by_role("tab", name="Answered").click()
    await expect(asked).to_contain_text("Twelve metres.")


async def test_nothing_moves_under_the_pointer_and_new_questions_wait(room: Room):
    asker = await room.house.join(await room.house.guest())
    await ask(asker, "First?")
    page = await open_console(room)
    await card(page, "First?").hover()
    await ask(asker, "Second?")
    await expect(button(page, "1 new")).to_be_visible()
    await expect(card(page, "Second?")).to_have_count(0)

    await button(card(page, "First?"), "Dismiss").click()
    await expect(card(page, "First?")).to_contain_text("Dismissed")
    await button(page, "1 new").click()
    await expect(card(page, "Second?")).to_be_focused()
    await page.get_by_role("heading", level=1).hover()
    await expect(card(page, "First?")).to_have_count(0)


async def test_the_queue_is_worked_through_with_the_keyboard_alone(room: Room):
    asker = await room.house.join(await room.house.guest())
    for text in ("First?", "Second?", "Third?"):
        await ask(asker, text)
    page = await open_console(room)
    await expect(card(page, "Third?")).to_be_visible()
    await page.keyboard.press("j")
    await expect(card(page, "First?")).to_be_focused()
    await page.keyboard.press("p")
    await expect(card(page, "Second?")).to_be_focused()
    await page.keyboard.press("d")
    await expect(card(page, "Third?")).to_be_focused()
    await page.keyboard.press("w")
    await page.keyboard.type("Because it is dark.")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_text("Nothing is waiting")).to_be_visible()
    await asker.wait_until(
        lambda seen: (
            {each["state"] for each in seen.questions.values()} == {"published", "dismissed", "answered"}
        )
    )
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    await check_accessibility(page)
    await page.get_by_label("Use these keys during this visit").uncheck()
    await page.keyboard.press("Escape")
    await page.keyboard.press("2")
    await expect(page.get_by_role("tab", name="Pending")).to_have_attribute("aria-selected", "true")


async def test_a_message_is_removed_and_its_author_muted_and_heard_again(room: Room):
    guest = await room.enter(await room.house.guest("Mira Castell"))
    await joined(guest)
    await say(guest, "Buy my boat")
    page = await open_console(room)
    await message(page, "Buy my boat").hover()
    await button(message(page, "Buy my boat"), "Mute Mira Castell").click()
    await expect(guest.locator("#chat").get_by_text("A host has muted you")).to_be_visible()
    await button(page, "Remove this message").click()
    await expect(guest.get_by_text("A host removed this message.")).to_be_visible()

    await page.get_by_text("Muted and banned").click()
    await expect(page.locator("moderated-people li")).to_contain_text("Mira Castell")
    await button(page, "Give Mira Castell their voice back").click()
    await expect(page.locator("moderated-people li")).to_have_count(0)
    await say(guest, "Sorry")
    await expect(message(page, "Sorry")).to_be_visible()

    actions = [entry.action for entry in await traces(room)]
    assert actions == ["participant.muted", "message.removed", "participant.restored"]
    written = str([entry.details for entry in await traces(room)])
    assert "Mira" not in written
    assert "boat" not in written


async def test_a_ban_asks_first_and_binds_after_a_reload_and_on_a_second_device(room: Room):
    room.pages.allow("status of 403")
    mira = await room.house.guest("Mira Castell")
    guest = await room.enter(mira)
    other = await room.enter(await room.house.second_browser(mira))
    await joined(guest)
    await joined(other)
    await say(guest, "Buy my boat")
    page = await open_console(room)
    await message(page, "Buy my boat").hover()
    await button(page, "Ban Mira Castell").click()
    await button(page.get_by_role("dialog"), "Cancel").click()
    await expect(message(page, "Buy my boat")).to_be_visible()
    await button(page, "Ban Mira Castell").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Everything they said is removed")
    await check_accessibility(page)
    await button(page.get_by_role("dialog"), "Ban").click()

    for device in (guest, other):
        await expect(
            device.get_by_role("paragraph").filter(has_text="A host has shut you out of this webinar.")
        ).to_be_visible()
        await device.reload()
        await expect(device.locator("chat-panel")).to_have_count(0)
    await expect(message(page, "Buy my boat")).to_have_count(0)
    await page.get_by_text("Muted and banned").click()
    await button(page, "Let Mira Castell in again").click()
    await expect(page.locator("moderated-people li")).to_have_count(0)
    await guest.reload()
    await joined(guest)


async def test_an_announcement_is_shown_to_everybody_until_it_is_taken_down(room: Room):
    guest = await room.enter(await room.house.guest())
    await joined(guest)
    page = await open_console(room)
    await page.keyboard.press("a")
    await page.keyboard.type("We start again at nine.")
    await button(page, "Announce").click()
    shown = guest.get_by_role("region", name="Announcement")
    await expect(shown).to_contain_text("We start again at nine.")
    await expect(page.locator("#announcement-text")).to_have_value("")
    await button(page, "Take down").click()
    await expect(shown).to_have_count(0)
    await expect(button(page, "Take down")).to_have_count(0)


async def test_the_webinar_goes_through_its_day(room: Room):
    # A player learns from these that the picture is over; the news may be slower than its next look.
    room.pages.allow("status of 404.*/media/")
    webinar = await room.house.open_webinar(state=WebinarState.SCHEDULED, media_kind=MediaKind.RECORDING)
    guest = await room.enter(await room.house.guest(webinar=webinar))
    await joined(guest)
    page = await open_console(room, await room.house.host(webinar=webinar))
    badge = page.locator(".host-vitals .badge")
    await expect(badge).to_have_text("Not started")

    await button(steps(page), "Go live").click()
    await page.keyboard.press("Escape")
    await expect(badge).to_have_text("Not started")
    await button(steps(page), "Go live").click()
    await button(page.get_by_role("dialog"), "Go live").click()
    await expect(badge).to_have_text("Live")
    await expect(guest.locator("live-player")).to_be_visible()
    await button(steps(page), "Pause the webinar").click()
    await expect(guest.get_by_text("A short break")).to_be_visible()
    await button(steps(page), "Go on").click()
    await expect(guest.locator("live-player")).to_be_visible()
    await button(steps(page), "End").click()
    await expect(button(page.get_by_role("dialog"), "Cancel")).to_be_focused()
    await button(page.get_by_role("dialog"), "End the webinar").click()
    await expect(guest.get_by_text("Thank you for being here")).to_be_visible()
    await button(page, "Replay is off").click()
    await expect(guest.locator("live-player")).to_be_visible()
    await expect(button(page, "Replay is on")).to_be_visible()

    entries = [(entry.subject_id, entry.details) for entry in await traces(room)]
    states = [{"state": state} for state in ("live", "paused", "live", "ended")]
    assert entries == [(webinar.id, details) for details in (*states, {"replay": True})]


async def test_what_is_missing_is_said_where_it_is_missed(room: Room):
    webinar = await room.house.open_webinar(state=WebinarState.SCHEDULED)
    page = await open_console(room, await room.house.host(webinar=webinar))
    await expect(page.get_by_text("Choose where the picture comes from.")).to_be_visible()
    await expect(button(steps(page), "Go live")).to_have_attribute("aria-disabled", "true")
    await button(steps(page), "Go live").dispatch_event("click")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await room.change(webinar, media_kind=MediaKind.RECORDING)
    await expect(page.get_by_text("Choose where the picture comes from.")).to_have_count(0)
    await check_accessibility(page)


async def test_what_another_host_does_shows_here_too(room: Room):
    page, other = await open_console(room), await open_console(room)
    await button(steps(other), "Pause the webinar").click()
    await expect(page.locator(".host-vitals .badge")).to_have_text("Paused")
    await expect(button(steps(page), "Go on")).to_be_visible()


async def test_a_step_that_is_refused_says_why(room: Room):
    room.pages.allow("status of 409")
    page = await open_console(room)
    # Another host was faster, and nobody has heard of it yet.
    async with room.house.services.db.writing() as db:
        webinar = await db.get_one(Webinar, room.house.webinar.id)
        webinar.state = WebinarState.PAUSED
    await button(steps(page), "Pause the webinar").click()
    await expect(page.get_by_role("alert").filter(has_text="this step is not possible")).to_be_visible()
    await expect(button(steps(page), "Go on")).to_be_visible()


async def test_what_a_host_may_not_do_is_said_at_the_message(room: Room):
    guest = await room.house.guest("Mira Castell")
    client = await room.house.join(guest)
    await client.send("chat.send", body="Good evening")
    page = await open_console(room)
    await expect(message(page, "Good evening")).to_be_visible()
    assert guest.participant
    async with room.house.services.db.writing() as db:
        await db.exec(delete(Participant).where(col(Participant.id) == guest.participant.id))
    await message(page, "Good evening").hover()
    await button(page, "Mute Mira Castell").click()
    await expect(message(page, "Good evening").get_by_role("alert")).not_to_be_empty()


async def test_without_a_connection_nothing_is_claimed_and_nothing_is_lost(room: Room):
    room.pages.allow("ERR_INTERNET_DISCONNECTED")
    asker = await room.house.join(await room.house.guest())
    question_id = await ask(asker, "Are you there?")
    page = await open_console(room)
    await expect(card(page, "Are you there?")).to_be_visible()
    await page.context.set_offline(True)
    await expect(page.get_by_text("You are offline.")).to_be_visible()
    await button(card(page, "Are you there?"), "Publish").click()
    await expect(page.get_by_text("Waiting for the connection…")).to_be_visible()
    await expect(page.get_by_role("tab", name="Published")).to_have_text("Published")
    await check_accessibility(page)
    await look(page, "offline")
    await page.context.set_offline(False)
    await asker.wait_until(lambda seen: seen.questions[question_id]["state"] == "published")
    await expect(page.get_by_text("You are offline.")).to_have_count(0)


async def test_a_host_who_is_signed_out_is_told(room: Room):
    room.pages.allow("status of 401")
    host = await room.house.host()
    page = await open_console(room, host)
    assert host.user
    async with room.house.services.db.writing() as db:
        await db.delete(await db.merge(host.user))
    await room.house.services.hub.revoke(host.user.id)
    await expect(page.get_by_role("alert").filter(has_text="You are signed out")).to_be_visible()


@pytest.mark.parametrize("screen", SCREENS)
async def test_the_console_is_accessible_and_fits_the_screen(room: Room, screen: str):
    host = await room.house.join(await room.house.host())
    for number, name in enumerate(("Mira Castell", "Bob Oud", "Anna Berg", "سارة", "Joris de Wit")):
        guest = await room.house.join(await room.house.guest(name))
        for said in ("Good evening.", "The light is lovely tonight."):
            await guest.send("chat.send", body=said)
        await ask(guest, "How many ships come here in a year?", anonymous=number == 1)
        asked = await ask(guest, "Who looks after the lamps when it storms?", anonymous=number == 1)
        if number > 2:
            await host.send("question.publish", question_id=asked)
    await host.send("chat.announce", body="We start again at nine.")
    page = await open_console(room, **SCREENS[screen])
    for pane in ("On air", "Questions", "Chat") if screen == "phone" else ("",):
        if pane:
            await page.get_by_role("navigation").get_by_role("button", name=pane).click()
        await check_accessibility(page)
        await look(page, f"{screen}-{pane or 'all'}".lower().replace(" ", "-"))
        wider, higher = await page.evaluate(
            "(({scrollWidth, clientWidth, scrollHeight, clientHeight}) =>"
            " [scrollWidth - clientWidth, scrollHeight - clientHeight])(document.documentElement)"
        )
        assert (wider, higher) == (0, 0)


async def test_the_state_can_be_changed_without_scripts(room: Room):
    page = await room.pages.open(java_script_enabled=False)
    host = await room.house.host()
    name = cookie_name(room.house.services.site)
    await page.context.add_cookies([{"name": name, "value": host.token, "url": room.house.url}])
    await page.goto(f"{room.house.url}/host/{host.webinar.id}")
    await button(steps(page), "Pause").click()
    await expect(page.locator(".host-vitals .badge")).to_have_text("Paused")
    await button(steps(page), "End").click()
    await expect(page.locator(".host-vitals .badge")).to_have_text("Ended")
    await button(page, "Show the replay").click()
    await expect(button(page, "Hide the replay")).to_be_visible()
