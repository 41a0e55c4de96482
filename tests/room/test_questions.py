"""Questions in real browsers: asked, published, voted for, answered."""

from playwright.async_api import Locator, Page, expect

from tests.room.conftest import Room, joined
from tests.support.accessibility import check_accessibility
from webinar.models import WebinarState


async def open_questions(page: Page) -> None:
    await joined(page)
    await page.get_by_role("tab", name="Questions").click()


async def ask(page: Page, text: str, *, anonymous: bool = False) -> None:
    if anonymous:
        await page.get_by_label("Without my name").check()
    await page.get_by_label("Your question").fill(text)
    await page.get_by_role("button", name="Ask").click()


def card(page: Page, text: str) -> Locator:
    return page.locator(".question", has_text=text)


async def test_an_empty_list_says_what_to_do(room: Room):
    page = await room.enter(await room.house.guest())
    await open_questions(page)
    await expect(page.get_by_text("Be the first to ask")).to_be_visible()
    await check_accessibility(page)


async def test_a_question_waits_for_a_host_and_is_then_seen_voted_for_and_answered(room: Room):
    anna, bob = await room.house.guest("Anna Berg"), await room.house.guest("Bob Oud")
    asker, reader = await room.enter(anna), await room.enter(bob)
    host = await room.house.join(await room.house.host())
    await open_questions(asker)
    await open_questions(reader)

    await ask(asker, "How deep is the harbour?")
    await expect(card(asker, "How deep")).to_contain_text("Waiting for a host")
    await expect(card(reader, "How deep")).to_have_count(0)

    asked = await host.wait_for(lambda event: event["type"] == "question.changed")
    question_id = asked["question"]["id"]
    await host.send("question.publish", question_id=question_id)
    await expect(card(reader, "How deep")).to_contain_text("Anna Berg")

    vote = card(reader, "How deep").locator("button.vote")
    await vote.click()
    await expect(vote).to_have_attribute("aria-pressed", "true")
    await expect(card(asker, "How deep").locator(".vote")).to_contain_text("1")
    await check_accessibility(reader)
    await vote.click()
    await expect(vote).to_have_attribute("aria-pressed", "false")
    await expect(card(asker, "How deep").locator(".vote")).to_contain_text("0")

    await host.send("question.pin", question_id=question_id)
    await expect(card(reader, "How deep")).to_contain_text("Now being answered")
    await host.send("question.answer", question_id=question_id, answer="Eighteen metres")
    for page in (asker, reader):
        await expect(card(page, "How deep")).to_contain_text("Eighteen metres")
    await check_accessibility(asker)


async def test_an_anonymous_question_names_nobody_to_others(room: Room):
    anna, bob = await room.house.guest("Anna Berg"), await room.house.guest("Bob Oud")
    asker, reader = await room.enter(anna), await room.enter(bob)
    host = await room.house.join(await room.house.host())
    await open_questions(asker)
    await open_questions(reader)
    await ask(asker, "Is it dangerous?", anonymous=True)
    asked = await host.wait_for(lambda event: event["type"] == "question.changed")
    await host.send("question.publish", question_id=asked["question"]["id"])
    await expect(card(reader, "Is it dangerous?")).to_contain_text("Anonymous")
    assert "Anna Berg" not in await reader.content()


async def test_a_new_question_puts_a_dot_on_its_tab_until_it_is_opened(room: Room):
    anna = await room.house.join(await room.house.guest("Anna Berg"))
    await room.change(room.house.webinar, questions_moderated=False)
    page = await room.enter(await room.house.guest("Bob Oud"))
    await joined(page)
    dot = page.get_by_role("tab", name="Questions").locator(".dot")
    await expect(dot).to_be_hidden()
    await anna.send("question.ask", body="How deep is it?")
    await expect(dot).to_be_visible()
    await page.get_by_role("tab", name="Questions").click()
    await expect(dot).to_be_hidden()


async def test_a_vote_survives_a_reload(room: Room):
    anna = await room.house.join(await room.house.guest("Anna Berg"))
    await room.change(room.house.webinar, questions_moderated=False)
    await anna.send("question.ask", body="How deep is it?")
    page = await room.enter(await room.house.guest("Bob Oud"))
    await open_questions(page)
    await card(page, "How deep").locator("button.vote").click()
    await expect(card(page, "How deep").locator(".vote")).to_contain_text("1")
    await page.reload()
    await open_questions(page)
    await expect(card(page, "How deep").locator("button.vote")).to_have_attribute("aria-pressed", "true")


async def test_after_the_end_questions_can_only_be_read(room: Room):
    guest = await room.house.guest()
    await room.change(guest.webinar, state=WebinarState.ENDED)
    page = await room.enter(guest)
    await open_questions(page)
    await expect(page.get_by_text("Questions are closed")).to_be_visible()
