"""The whole way of a webinar through real browsers, on the demo as a stranger starts it."""

import re
from uuid import uuid4

from playwright.async_api import Page, expect

from tests.support.browser import Pages, until
from tests.support.demo import RunningDemo

PLAYS = "document.querySelector('live-video')?.currentTime > 0.5"
# Not typed by anybody else: each of these must be found, and be gone after the erasure.
NAME = f"Quillon-{uuid4().hex[:6]}"
MESSAGE = f"Ahoy from the marram grass {uuid4().hex[:6]}"
QUESTION = f"Where does the brine settle {uuid4().hex[:6]}?"
ADDRESS = f"quillon.{uuid4().hex[:6]}@lighthouse.example.org"


async def register(page: Page, demo: RunningDemo, name: str, address: str) -> str:
    """Fill in the form, as the page asks, and give the text of the mail that follows."""
    await page.goto(demo["register_url"])
    await page.get_by_label("E-mail address").fill(address)
    await page.get_by_label("Name", exact=False).first.fill(name)
    await page.get_by_label("Curiosity").check()
    await page.get_by_role("button", name="Register").click()
    await expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()
    return await demo.mail_to(address)


async def test_from_the_form_to_the_last_byte(demo: RunningDemo, pages: Pages):
    anna, bob = await pages.open(), await pages.open()

    mail = await register(anna, demo, NAME, ADDRESS)
    link = re.search(r"http://\S+/j/#\S+", mail)
    assert link
    await anna.goto(link[0])
    await until(anna, PLAYS)

    mail = await register(bob, demo, "Bob", f"bob.{uuid4().hex[:6]}@lighthouse.example.org")
    code = re.search(r"\b\d{4} \d{4}\b", mail)
    assert code
    await bob.get_by_label("Code from the mail").fill(code[0])
    await bob.get_by_role("button", name="Go to the webinar").click()
    await until(bob, PLAYS)

    await anna.get_by_label("Your message").fill(MESSAGE)
    await anna.keyboard.press("Enter")
    await expect(bob.locator(".chat-message", has_text=MESSAGE)).to_contain_text(NAME)
