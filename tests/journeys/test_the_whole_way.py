"""The whole way of a webinar through real browsers, on the demo as a stranger starts it."""

import re
from pathlib import Path
from uuid import uuid4

from playwright.async_api import Page, expect

from tests.support.browser import Pages, until
from tests.support.demo import RunningDemo
from tests.support.open_page import search_open_page

PLAYS = "document.querySelector('live-video')?.currentTime > 0.5"
# Not typed by anybody else: each of these must be found, and be gone after the erasure.
NAME = f"Quillon-{uuid4().hex[:6]}"
MESSAGE = f"Ahoy from the marram grass {uuid4().hex[:6]}"
QUESTION = f"Where does the brine settle {uuid4().hex[:6]}?"
# What is looked for with these stays in the memory of the page itself.
WORDS, ASKED = MESSAGE.rpartition(" ")[0], QUESTION.rpartition(" ")[0]
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
    await expect(bob.locator(".chat-message", has_text=WORDS)).to_contain_text(NAME)
    await anna.get_by_role("tab", name="Questions").click()
    await anna.get_by_label("Your question").fill(QUESTION)
    await anna.get_by_role("button", name="Ask").click()

    host = await pages.open()
    await sign_in(host, demo)
    await host.goto(demo["host_url"])
    asked = host.locator("[data-question]", has_text=QUESTION)
    await asked.get_by_role("button", name="Publish", exact=True).click()
    await bob.get_by_role("tab", name="Questions").click()
    await expect(bob.locator(".question", has_text=ASKED)).to_contain_text(NAME)
    await remove_message(host, "Watching with my class")
    await expect(anna.locator(".chat-message", has_text="Watching with my class")).to_have_count(0)

    assert NAME in await export(host, demo, "participants.csv")
    assert MESSAGE in await export(host, demo, "chat.json")
    assert QUESTION in await export(host, demo, "questions.csv")
    canaries = [NAME, MESSAGE, QUESTION, ADDRESS]
    assert all(found(demo.data, canary) for canary in canaries)
    # Others know the name and the words, never the address.
    shown = [NAME, MESSAGE, QUESTION]
    assert (await search_open_page(bob, canaries)).needles == {*shown}

    await erase(host, demo, NAME)
    await expect(bob.locator(".question", has_text=ASKED)).to_have_count(0)
    await bob.get_by_role("tab", name="Chat").click()
    await expect(bob.locator(".chat-message", has_text=WORDS)).to_have_count(0)
    left = await search_open_page(bob, canaries)
    assert left.clean, sorted(left.hits)
    for file, canary in (("participants.csv", NAME), ("chat.json", MESSAGE), ("questions.csv", QUESTION)):
        assert canary not in await export(host, demo, file)
    assert not [canary for canary in canaries if found(demo.data, canary)]


async def sign_in(page: Page, demo: RunningDemo) -> None:
    """As the owner, whose address and password the command printed."""
    await page.goto(f"{demo['base_url']}/sign-in")
    await page.get_by_label("E-mail address").fill(demo["email"])
    await page.get_by_label("Password").fill(demo["password"])
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("heading", name="Webinars")).to_be_visible()


async def remove_message(host: Page, text: str) -> None:
    """Take a message out of the chat."""
    message = host.locator(".chat-message", has_text=text)
    await message.hover()
    await message.get_by_role("button", name="Remove this message").click()


def people(demo: RunningDemo) -> str:
    return f"{demo['base_url']}/admin/webinars/{demo['host_url'].rpartition('/')[2]}/participants"


async def export(page: Page, demo: RunningDemo, file: str) -> str:
    """The text of an exported file."""
    answer = await page.request.post(
        f"{people(demo)}/export", form={"file": file}, headers={"origin": demo["base_url"]}
    )
    assert answer.ok, answer.status
    return await answer.text()


async def erase(page: Page, demo: RunningDemo, name: str) -> None:
    """Look the person up and erase them, as an admin does."""
    await page.goto(people(demo))
    await page.get_by_role("searchbox").fill(name)
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name=name).click()
    await page.get_by_role("link", name="Erase this person").click()
    await page.get_by_label("to confirm").fill("erase")
    await page.get_by_role("button", name="Erase 1 person").click()
    await expect(page.locator(".badge", has_text="Proven")).to_be_visible()


def found(folder: Path, text: str) -> bool:
    """Whether `text` stands in any byte of any file below `folder`, as UTF-8 or as UTF-16."""
    contents = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return any(form in content for content in contents for form in (text.encode(), text.encode("utf-16-le")))
