"""The chat in real browsers: what two people see of each other, whatever the connection does in between."""

import asyncio
from datetime import timedelta
from uuid import uuid4

from playwright.async_api import Locator, Page, WebSocketRoute, expect
from sqlalchemy import insert

from tests.room.conftest import Room, joined, message, say
from tests.support.browser import until
from tests.support.room import Pass
from webinar.models import Access, ChatMessage, MessageKind, Webinar
from webinar.realtime.rate import Pace

NO_STORAGE = """
for (const name of ["sessionStorage", "localStorage"]) {
    Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } });
}
"""


# Scrolls to the top again and again until the conversation's beginning is there. Tells how many times older messages
# came, how many messages were in the document at most, and by how many pixels what was read moved when they came.
READ_BACK = """async () => {
    const log = document.querySelector("[role=log]");
    const shown = () => [...log.querySelectorAll(".chat-message")];
    const place = (item) => item.getBoundingClientRect().top - log.getBoundingClientRect().top;
    const turn = () => new Promise((done) => setTimeout(done, 5));
    const began = () => /Message 0\\./.test(shown()[0].textContent);
    const seen = { pages: 0, most: 0, moved: 0 };
    while (!began()) {
        const [first] = shown();
        log.scrollTop = 0;
        const before = place(first);
        const asked = performance.now();
        while (shown()[0] === first) {
            if (performance.now() - asked > 30_000) throw new Error(`nothing older came: ${JSON.stringify(seen)}`);
            await turn();
        }
        seen.pages += 1;
        seen.most = Math.max(seen.most, shown().length);
        if (first.isConnected) seen.moved = Math.max(seen.moved, Math.abs(place(first) - before));
    }
    log.scrollTop = 0;
    return seen;
}"""

# Types and sends each text, faster than anybody could.
SAY_AT_ONCE = """(field, texts) => {
    for (const text of texts) {
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    }
}"""


async def texts(page: Page) -> list[str]:
    """The chat as it reads, oldest first."""
    return [text.strip() for text in await page.locator(".chat-message .chat-text").all_inner_texts()]


def muted(page: Page) -> Locator:
    """What stands in the chat in place of the composer."""
    return page.locator("chat-panel").get_by_text("A host has muted you")


async def test_two_people_talk(room: Room):
    anna, bob = await room.house.guest("Anna Berg"), await room.house.guest("Bob Oud")
    one, two = await room.enter(anna), await room.enter(bob)
    await joined(one)
    await joined(two)
    await say(one, "Good evening")
    await expect(message(two, "Good evening")).to_contain_text("Anna Berg")
    await say(two, "Hello Anna")
    await expect(message(one, "Hello Anna")).to_contain_text("Bob Oud")
    assert await texts(one) == await texts(two) == ["Good evening", "Hello Anna"]


async def test_an_own_message_shows_at_once_and_the_servers_takes_its_place(room: Room):
    held: list[str | bytes] = []
    released = asyncio.Event()
    page = await room.pages.open()

    async def hold(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        async def forward(frame: str | bytes) -> None:
            if '"chat.send"' in str(frame):
                held.append(frame)
                await released.wait()
            server.send(frame)

        socket.on_message(forward)

    await page.route_web_socket("**/live", hold)
    await room.enter_on(page, await room.house.guest())
    await joined(page)
    await say(page, "Is anybody there?")
    await expect(page.locator(".chat-message.pending")).to_have_count(1)
    await page.evaluate("window.node = document.querySelector('.chat-message')")
    released.set()
    await expect(page.locator(".chat-message time")).to_have_count(1)
    await expect(page.locator(".chat-message.pending")).to_have_count(0)
    assert len(held) == 1
    assert await texts(page) == ["Is anybody there?"]
    assert await page.evaluate("window.node === document.querySelector('.chat-message')")


async def test_a_cut_connection_is_said_and_loses_and_doubles_nothing(room: Room):
    sockets: list[WebSocketRoute] = []
    blocked = False
    page = await room.pages.open()

    async def relay(socket: WebSocketRoute) -> None:
        if blocked:
            await socket.close(code=1012)
            return
        sockets.append(socket)
        socket.connect_to_server()

    await page.route_web_socket("**/live", relay)
    anna, bob = await room.house.guest("Anna Berg"), await room.house.guest("Bob Oud")
    await room.enter_on(page, anna)
    other = await room.enter(bob)
    await joined(page)
    await joined(other)
    await say(page, "Before the cut")
    await expect(message(other, "Before the cut")).to_be_visible()

    blocked = True
    await sockets[-1].close(code=1012)
    await expect(page.get_by_text("Connection lost")).to_be_visible()
    await say(page, "Into the void")
    await say(other, "While you were away")
    await expect(message(other, "While you were away").locator("time")).to_have_count(1)
    blocked = False
    await expect(page.get_by_text("Connection lost")).to_have_count(0, timeout=40_000)
    await expect(message(other, "Into the void")).to_be_visible()
    everything = ["Before the cut", "While you were away", "Into the void"]
    await expect(page.locator(".chat-message.pending")).to_have_count(0)
    assert await texts(page) == everything
    assert await texts(other) == everything


async def test_messages_that_come_faster_than_the_pace_are_heard_in_their_order(room: Room):
    room.house.services.hub.pace = Pace(8, 2)
    page = await room.enter(await room.house.guest("Anna Berg"))
    other = await room.house.join(await room.house.guest("Bob Oud"))
    await joined(page)
    said = [f"Message {number}." for number in range(12)]
    await page.get_by_label("Your message").evaluate(SAY_AT_ONCE, said)
    assert await texts(page) == said
    await other.wait_until(lambda shown: len(shown.messages) == len(said))
    assert other.room.texts() == said
    await expect(page.locator(".chat-message.pending")).to_have_count(0)
    assert await texts(page) == said


async def test_what_was_written_offline_waits_visibly_and_is_heard_in_its_order(room: Room):
    room.pages.allow("ERR_INTERNET_DISCONNECTED")
    room.house.services.hub.pace = Pace(8, 2)
    page = await room.enter(await room.house.guest("Anna Berg"))
    other = await room.house.join(await room.house.guest("Bob Oud"))
    await joined(page)
    await page.context.set_offline(True)
    await expect(page.get_by_text("You are offline")).to_be_visible()
    said = [f"Message {number}." for number in range(12)]
    await page.get_by_label("Your message").evaluate(SAY_AT_ONCE, said)
    await expect(page.get_by_role("img", name="Waiting to be sent")).to_have_count(len(said))
    await page.context.set_offline(False)
    await other.wait_until(lambda shown: len(shown.messages) == len(said))
    assert other.room.texts() == said
    await expect(page.get_by_role("img", name="Waiting to be sent")).to_have_count(0)
    assert await texts(page) == said


async def test_a_message_that_waits_when_the_room_closes_is_kept_as_not_sent(room: Room):
    page = await room.pages.open()

    async def swallow(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(lambda frame: None if '"chat.send"' in str(frame) else server.send(frame))

    await page.route_web_socket("**/live", swallow)
    guest = await room.house.guest()
    await room.enter_on(page, guest)
    await joined(page)
    await say(page, "Is anybody there?")
    await expect(page.locator(".chat-message.pending")).to_have_count(1)
    host = await room.house.join(await room.house.host())
    assert guest.participant
    await host.send("participant.ban", participant_id=guest.participant.id)
    await expect(page.get_by_role("alert")).to_contain_text("Not sent: The connection has ended.")
    assert await texts(page) == ["Is anybody there?"]


async def test_links_can_be_followed_and_markup_is_only_text(room: Room):
    page = await room.enter(await room.house.guest())
    await joined(page)
    await say(page, "<img src=x onerror=alert(1)> https://example.org/a_(b)?c=d. javascript:alert(1)")
    said = message(page, "<img src=x")
    await expect(said.locator("time")).to_have_count(1)
    link = said.locator(".chat-text a")
    await expect(link).to_have_count(1)
    await expect(link).to_have_attribute("href", "https://example.org/a_(b)?c=d")
    await expect(link).to_have_attribute("rel", "noopener nofollow ugc")
    assert await said.locator("img").count() == 0


async def test_what_a_host_removes_goes_from_every_open_page(room: Room):
    page = await room.enter(await room.house.guest("Anna Berg"))
    host = await room.house.join(await room.house.host())
    await joined(page)
    await say(page, "Buy my watches")
    await expect(message(page, "Buy my watches").locator("time")).to_have_count(1)
    posted = await host.wait_for(lambda event: event["type"] == "chat.posted")
    await host.send("chat.remove", message_id=posted["message"]["id"])
    await expect(page.locator(".chat-message.removed")).to_contain_text("A host removed this message.")
    assert "Buy my watches" not in await page.content()


async def test_removed_messages_that_stand_together_are_one_line(room: Room):
    page = await room.enter(await room.house.guest("Anna Berg"))
    host = await room.house.join(await room.house.host())
    await joined(page)
    for text in ("Good evening", "Buy one", "Buy two", "Buy three", "Good night"):
        await say(page, text)
        await expect(message(page, text).locator("time")).to_have_count(1)
    await host.wait_until(lambda shown: len(shown.messages) == 5)
    for said in list(host.room.messages.values()):
        if said["body"].startswith("Buy"):
            await host.send("chat.remove", message_id=said["id"])
    await expect(page.get_by_text("3 messages removed")).to_be_visible()
    assert await texts(page) == ["Good evening", "Good night"]


async def test_a_mute_binds_on_a_second_device_and_after_a_reload(room: Room):
    guest = await room.house.guest("Anna Berg")
    page = await room.enter(guest)
    second = await room.enter(await room.house.second_browser(guest))
    host = await room.house.join(await room.house.host())
    await joined(page)
    await joined(second)
    assert guest.participant
    await host.send("participant.mute", participant_id=guest.participant.id)
    for each in (page, second):
        await expect(muted(each)).to_be_visible()
        await expect(each.get_by_label("Your message")).to_have_count(0)
    await page.reload()
    await expect(muted(page)).to_be_visible()
    await host.send("participant.unmute", participant_id=guest.participant.id)
    await expect(second.get_by_label("Your message")).to_be_visible()


async def test_a_ban_ends_every_page_of_the_person_and_keeps_them_out(room: Room):
    room.pages.allow("status of 403")
    guest = await room.house.guest("Anna Berg")
    page = await room.enter(guest)
    second = await room.enter(await room.house.second_browser(guest))
    host = await room.house.join(await room.house.host())
    await joined(page)
    await joined(second)
    assert guest.participant
    await host.send("participant.ban", participant_id=guest.participant.id)
    for each in (page, second):
        await expect(each.get_by_role("paragraph").filter(has_text="A host has shut you out")).to_be_visible()
    await second.reload()
    await expect(second.get_by_role("heading", name="You can no longer take part")).to_be_visible()


async def test_an_announcement_stays_on_top_until_it_is_taken_down(room: Room):
    page = await room.enter(await room.house.guest())
    host = await room.house.join(await room.house.host("Noor Host"))
    await joined(page)
    ack = await host.send("chat.announce", body="We start in five minutes")
    on_top = page.get_by_role("region", name="Announcement")
    await expect(on_top).to_contain_text("We start in five minutes")
    await host.send("chat.remove", message_id=ack["id"])
    await expect(on_top).to_have_count(0)


async def test_ten_thousand_messages_scroll_back_to_the_first_with_few_in_the_document(room: Room):
    guest = await room.house.guest()
    await fill(room, guest, 10_000)
    page = await room.enter(guest)
    await joined(page)
    await expect(message(page, "Message 9999.")).to_be_visible()
    assert await page.locator(".chat-message").count() <= 200
    read = await page.evaluate(READ_BACK)
    assert read["most"] <= 400
    assert read["moved"] <= 1, "what is read must stay where it is while older messages come above it"
    assert read["pages"] >= 90
    await expect(message(page, "Message 0.")).to_be_in_viewport()
    await expect(page.get_by_text("This is where the conversation began")).to_be_visible()
    await say(page, "Back at the end")
    await expect(message(page, "Back at the end")).to_be_in_viewport()
    assert await page.locator(".chat-message").count() <= 201


async def test_what_comes_while_one_reads_back_waits_behind_a_button(room: Room):
    guest, other = await room.house.guest("Anna Berg"), await room.house.guest("Bob Oud")
    await fill(room, guest, 150)
    page = await room.enter(guest)
    await joined(page)
    await expect(message(page, "Message 149.")).to_be_visible()
    await page.get_by_role("log").evaluate("(log) => { log.scrollTop = 200; }")
    await until(page, "document.querySelector('[role=log]').scrollTop === 200")
    client = await room.house.join(other)
    await client.send("chat.send", body="Something new")
    await page.get_by_role("button", name="1 new message").click()
    await expect(message(page, "Something new")).to_be_in_viewport()
    await expect(page.get_by_role("button", name="new message")).to_have_count(0)


async def test_a_page_without_storage_takes_part_all_the_same(room: Room):
    page = await room.pages.open()
    await page.add_init_script(NO_STORAGE)
    await room.enter_on(page, await room.house.guest())
    await joined(page)
    await say(page, "No storage here")
    await expect(message(page, "No storage here").locator("time")).to_have_count(1)


async def test_a_message_that_is_too_long_is_counted_and_not_sent(room: Room):
    page = await room.enter(await room.house.guest())
    await joined(page)
    await say(page, "é" * 501)
    await expect(page.get_by_text("1 character too many")).to_be_visible()
    assert await texts(page) == []
    await say(page, "é" * 500)
    await expect(page.locator(".chat-message time")).to_have_count(1)


async def test_a_viewer_of_an_open_webinar_reads_along(room: Room):
    webinar = await room.house.open_webinar(access=Access.OPEN)
    page = await room.enter(Pass(webinar))
    await joined(page)
    client = await room.house.join(await room.house.guest("Bob Oud", webinar=webinar))
    await client.send("chat.send", body="Hello everybody")
    await expect(message(page, "Hello everybody")).to_be_visible()


async def fill(room: Room, guest: Pass, count: int) -> None:
    """Store `count` messages of the guest."""
    assert guest.participant
    start = room.house.clock.now() - timedelta(hours=1)
    rows = [
        {
            "id": uuid4(),
            "account_id": guest.webinar.account_id,
            "webinar_id": guest.webinar.id,
            "participant_id": guest.participant.id,
            "client_id": uuid4(),
            "kind": MessageKind.CHAT,
            "body": f"Message {number}.",
            "posted_seq": 1000 + number,
            "seq": 1000 + number,
            "posted_at": start + timedelta(seconds=number / 10),
        }
        for number in range(count)
    ]
    async with room.house.services.db.writing() as db:
        await (await db.connection()).execute(insert(ChatMessage), rows)
        webinar = await db.get_one(Webinar, guest.webinar.id)
        webinar.last_seq = 1000 + count
        db.add(webinar)
