"""The open page of somebody who may no longer be there: it says why, and shows nothing that was destroyed."""

from playwright.async_api import Locator, Page, expect
from sqlmodel import col, delete

from tests.room.conftest import Room, joined, message, say
from tests.support.accessibility import check_accessibility
from webinar.models import Participant, WebinarState
from webinar.webinars.order import new_epoch


def composer(page: Page) -> Locator:
    return page.locator("chat-panel text-composer")


async def test_the_page_of_an_erased_person_forgets_everything_and_says_so(room: Room):
    await room.change(room.house.webinar, state=WebinarState.LIVE)
    eve, bob = await room.house.guest("Eve Blom"), await room.house.guest("Bob Oud")
    page, other = await room.enter(eve), await room.enter(bob)
    await joined(page)
    await joined(other)
    await say(page, "Forget me")
    await expect(message(other, "Forget me")).to_be_visible()
    await composer(page).locator("textarea").fill("A draft")
    assert eve.participant
    async with room.house.services.db.writing() as db:
        await db.exec(delete(Participant).where(col(Participant.id) == eve.participant.id))
        await new_epoch(db, room.house.webinar.id)
    await room.house.services.hub.close_room(room.house.webinar.id)
    status = page.locator("room-status")
    await expect(status).to_contain_text("What you gave in this webinar has been erased")
    await expect(page.get_by_text("Forget me")).to_have_count(0)
    await expect(composer(page)).to_have_count(0)
    await expect(page.locator("live-player")).to_have_count(0)
    await expect(message(other, "Forget me")).to_have_count(0)
    await check_accessibility(page)


async def test_the_page_of_a_banned_person_stops_the_picture_and_takes_no_more_words(room: Room):
    await room.change(room.house.webinar, state=WebinarState.LIVE)
    host, guest = await room.house.join(await room.house.host()), await room.house.guest("Rolf Till")
    page = await room.enter(guest)
    await joined(page)
    assert guest.participant
    await host.send("participant.ban", participant_id=guest.participant.id)
    await expect(page.locator("room-status")).to_contain_text("A host has shut you out")
    await expect(composer(page)).to_have_count(0)
    await expect(page.locator("live-player")).to_have_count(0)
