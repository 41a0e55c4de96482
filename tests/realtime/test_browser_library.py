"""The browser's side of a room: `socket.js` and `room-store.js`, run in a real Chromium."""

from typing import Any

import pytest
from playwright.async_api import Page

from tests.realtime.test_equivalence import HAPPENINGS, Cast, banning, cast, settle
from tests.support.browser import Pages
from tests.support.room import House
from webinar.realtime.codes import Close
from webinar.registration.admission import close_sessions
from webinar.routes.admitted import admission_cookie

__all__ = ["cast"]

# A server's end of the line that does what the test says.
FAKES = """
window.lines = [];
window.Line = class {
    constructor(url) { this.url = url; this.sent = []; this.closed = false; lines.push(this); }
    send(frame) { this.sent.push(JSON.parse(frame)); }
    close() { this.closed = true; }
    tell(event) { this.onmessage({ data: JSON.stringify(event) }); }
    drop(code, reason = "") { this.onclose({ code, reason }); }
    welcome(seq = 5, recovered = false) {
        this.onopen();
        this.tell({ type: "welcome", epoch: "e", seq, recovered, now: "" });
        if (!recovered) this.tell({ type: "snapshot", epoch: "e", seq, messages: [], questions: [], participants: [] });
    }
};
window.until = async (holds) => {
    const end = performance.now() + 8000;
    while (!holds()) {
        if (performance.now() > end) throw new Error(`never: ${holds}`);
        await new Promise((done) => setTimeout(done, 1));
    }
};
window.begin = (options = {}) => {
    const seen = { events: [], statuses: [] };
    let number = 0;
    const socket = new lib.RoomSocket({
        url: "ws://room", WebSocket: Line, random: () => 0, page: new EventTarget(),
        newId: () => `id-${++number}`,
        getTicket: async () => "a ticket",
        onEvent: (event) => seen.events.push(event.type),
        onStatus: (status, why) => seen.statuses.push(why ? [status, why.code] : [status]),
        ...options,
    });
    socket.open();
    return Object.assign(seen, { socket, line: async (n) => { await until(() => lines.length > n); return lines[n]; } });
};
window.message = (n, more = {}) => ({
    id: `m${n}`, seq: n, posted_seq: n, posted_at: "", kind: "chat", body: `${n}`, removed: false, client_id: `c${n}`,
    author: { id: "other", name: "Other", host: false }, ...more,
});
window.snapshot = (messages = [], more = {}) => ({
    type: "snapshot", epoch: "e", seq: 0, webinar: { seq: 0 }, messages, more: false, announcement: null,
    questions: [], participants: [], ...more,
});
window.you = { type: "you.changed", you: { role: "participant", id: "me", name: "Me", muted: false, voted: [] }, questions: [] };
"""


@pytest.fixture
async def browser_page(house: House, pages: Pages) -> Page:
    """An empty page of the house with both modules in `window.lib`."""
    page = await pages.open()
    pages.allow("favicon.ico")  # a page of the site names its own icon; this one is bare
    await page.goto(house.url + "/healthz")
    folder = house.services.static.url("js/lib/socket.js").rpartition("/")[0]
    await page.evaluate(
        """async (folder) => { window.lib = {
            ...await import(`${folder}/socket.js`), ...await import(`${folder}/room-store.js`),
        }; }""",
        folder,
    )
    await page.evaluate(FAKES)
    return page


async def test_the_store_makes_the_same_room_of_events_as_of_a_snapshot(cast: Cast, browser_page: Page):
    """R4 in the browser, for everything that happens in a room."""
    for happening in HAPPENINGS:
        if happening is not banning:
            await happening(cast)
    names = ["author", "author_elsewhere", "other", "host"]
    await cast.host("chat.announce", body="Nearly")
    await settle(cast, names)
    for name in names:
        fresh = await cast.house.join(cast.passes[name])
        await cast.clients[name].wait_until(lambda room, fresh=fresh: room.shown() == fresh.room.shown())  # type: ignore[misc]
        lived, joined = [
            await browser_page.evaluate(
                """(events) => {
                    const store = new lib.RoomStore();
                    for (const event of [...events, ...events.filter((event) => event.type !== "snapshot")]) store.apply(event);
                    const { viewers, unread, ...room } = store.state;
                    room.participants.sort((a, b) => a.id < b.id ? -1 : 1);
                    return JSON.parse(JSON.stringify(room));
                }""",
                events,
            )
            for events in (cast.clients[name].events, fresh.events)
        ]
        assert lived == joined
        assert len(lived["messages"]) == len(fresh.room.messages)


async def run(page: Page, steps: str) -> Any:
    return await page.evaluate(f"async () => {{ {steps} }}")


async def test_a_socket_comes_back_with_its_place_and_sends_again_what_was_not_answered(browser_page: Page):
    seen = await run(
        browser_page,
        """
        const room = begin();
        const first = await room.line(0);
        const early = room.socket.send("chat.send", { body: "before the welcome" });
        first.welcome(5);
        first.tell({ type: "chat.posted", seq: 9, message: {} });
        first.tell({ type: "ack", ref: "id-1", id: "x", seq: 40 });
        await early;
        const late = room.socket.send("chat.send", { body: "cut off" });
        first.drop(1006);
        const second = await room.line(1);
        second.welcome(9, true);
        second.tell({ type: "ack", ref: "id-2", id: "x", seq: 10 });
        await late;
        return { first: first.sent, second: second.sent, statuses: room.statuses };
        """,
    )
    assert [frame["type"] for frame in seen["first"]] == ["hello", "chat.send", "chat.send"]
    assert seen["first"][0] == {"type": "hello", "ticket": "a ticket"}
    assert seen["second"] == [
        {"type": "hello", "ticket": "a ticket", "epoch": "e", "seq": 9},
        seen["first"][2],
    ]
    assert seen["statuses"] == [["connecting"], ["open"], ["waiting"], ["connecting"], ["open"]]


@pytest.mark.parametrize("cut", [True, False], ids=["cut off before", "still open"])
async def test_a_server_that_ends_says_when_to_come_back(browser_page: Page, *, cut: bool):
    """R5: at that moment and not with the usual jitter, whether the connection lasts until then or not."""
    seen = await run(
        browser_page,
        f"""
        const room = begin({{ random: () => 1 }});
        const line = await room.line(0);
        line.welcome(5);
        const told = performance.now();
        line.tell({{ type: "reconnect", after_ms: 80 }});
        if ({str(cut).lower()}) line.drop(1012);
        (await room.line(1)).welcome(5, true);
        return {{ waited: performance.now() - told, hello: lines[1].sent[0], left: line.closed }};
        """,
    )
    assert seen["waited"] + 1 >= 80
    assert seen["waited"] < 8000
    assert seen["hello"]["seq"] == 5
    assert seen["left"] or cut


@pytest.mark.parametrize("code", [*Close, 1001, 1006, 1009])
async def test_a_close_code_says_whether_to_come_back(browser_page: Page, code: int):
    statuses = await run(
        browser_page,
        f"""
        const room = begin();
        (await room.line(0)).welcome();
        const left = room.socket.send("chat.send", {{ body: "x" }}).catch((error) => error.code);
        lines[0].drop({int(code)});
        if ({int(code)} < 4500) await room.line(1);
        else if (await left !== "closed") throw new Error("left hanging");
        return room.statuses;
        """,
    )
    final = 4500 <= code < 5000
    assert statuses[2] == (["closed", int(code)] if final else ["waiting"])


@pytest.mark.parametrize(
    ("status", "again"), [(401, False), (403, False), (404, False), (429, True), (503, True)]
)
async def test_a_refused_ticket_ends_it_unless_that_may_pass(browser_page: Page, status: int, *, again: bool):
    statuses = await run(
        browser_page,
        f"""
        let asked = 0;
        const room = begin({{ getTicket: async () => {{
            if (asked++) return "a ticket";
            throw new lib.TicketRefused({status}, "code", "message");
        }} }});
        await until(() => lines.length || room.socket.status === "closed");
        return room.statuses;
        """,
    )
    assert (statuses[1] == ["waiting"]) is again
    assert (["closed", status] in statuses) is not again


@pytest.mark.parametrize("code", ["too_many", "unavailable"])
async def test_refusals_reach_the_sender_and_what_may_work_later_is_tried_again(
    browser_page: Page, code: str
):
    seen = await run(
        browser_page,
        f"""
        const again = "{code}";
        """
        """
        const room = begin();
        const line = await room.line(0);
        line.welcome();
        const sent = room.socket.send("chat.send", { body: "fast" });
        line.tell({ type: "error", code: again, message: "", ref: "id-1", fields: {}, retry_after: 0.001 });
        await until(() => line.sent.length === 3);
        line.tell({ type: "error", code: "muted", message: "A host has muted you.", ref: "id-1", fields: {} });
        const code = await sent.catch((error) => error.code);
        return { code, events: room.events, same: line.sent[1].client_id === line.sent[2].client_id };
        """,
    )
    assert seen == {"code": "muted", "events": ["welcome", "snapshot", "error"], "same": True}


async def test_a_ticket_that_never_comes_is_given_up_and_asked_for_again(browser_page: Page):
    """As when a phone changes networks while it asks: nothing ever answers, and nothing fails."""
    await browser_page.clock.install()
    await browser_page.route("**/silent", lambda _: None)
    await browser_page.evaluate(
        """() => {
            let asked = 0;
            const silent = lib.ticketFrom("/silent");
            window.seen = begin({ getTicket: (signal) => (asked++ ? "a ticket" : silent(signal)) });
        }"""
    )
    async with browser_page.expect_event("requestfailed"):
        await browser_page.clock.run_for(16_000)
    assert await browser_page.evaluate("seen.statuses.flat()") == ["connecting", "waiting", "connecting"]
    assert await browser_page.evaluate("lines.map((line) => line.url)") == ["ws://room"]


async def test_what_the_server_cannot_take_yet_holds_back_what_was_said_after_it(browser_page: Page):
    """One is on its way at a time, tried as often as it takes: fifty refusals are no reason to give it up."""
    heard = await run(
        browser_page,
        """
        const room = begin();
        const line = await room.line(0);
        line.welcome();
        const said = [1, 2, 3].map((n) => room.socket.send("chat.send", { body: `${n}` }));
        for (let n = 1; n <= 50; n++) {
            await until(() => line.sent.length === n + 1);
            const code = n % 2 ? "too_many" : "unavailable";
            line.tell({ type: "error", code, message: "", ref: "id-1", fields: {}, retry_after: 0 });
        }
        for (let n = 1; n <= 3; n++) {
            await until(() => line.sent.length === 51 + n);
            line.tell({ type: "ack", ref: `id-${n}`, id: "x", seq: n });
        }
        await Promise.all(said);
        return line.sent.slice(1).map(({ body }) => body);
        """,
    )
    assert heard == ["1"] * 51 + ["2", "3"]


async def test_what_waits_goes_in_order_after_a_cut_the_unanswered_one_first(browser_page: Page):
    seen = await run(
        browser_page,
        """
        const room = begin();
        const first = await room.line(0);
        first.welcome();
        const said = [1, 2].map((n) => room.socket.send("chat.send", { body: `${n}` }));
        first.tell({ type: "error", code: "too_many", message: "", ref: "id-1", fields: {}, retry_after: 600 });
        first.drop(1006);
        said.push(room.socket.send("chat.send", { body: "3" }));
        const second = await room.line(1);
        second.welcome(5, true);
        for (let n = 1; n <= 3; n++) {
            await until(() => second.sent.length === n + 1);
            second.tell({ type: "ack", ref: `id-${n}`, id: "x", seq: n });
        }
        await Promise.all(said);
        return { first: first.sent.slice(1), second: second.sent.slice(1) };
        """,
    )
    assert [frame["body"] for frame in seen["first"]] == ["1"]
    assert [frame["body"] for frame in seen["second"]] == ["1", "2", "3"]
    assert seen["second"][0] == seen["first"][0]


async def test_a_mute_passes_the_chat_messages_that_wait_and_deeds_keep_their_order(browser_page: Page):
    sent = await run(
        browser_page,
        """
        const room = begin();
        const line = await room.line(0);
        line.welcome();
        const given = ["chat.send", "chat.send", "participant.mute", "participant.unmute", "chat.page"];
        const done = given.map((type) => room.socket.send(type, {}));
        const atOnce = line.sent.slice(1).map(({ type }) => type);
        for (let n = 1; n <= given.length; n++) {
            await until(() => line.sent.length > n);
            line.tell({ type: "ack", ref: line.sent[n].client_id, id: "x", seq: n });
        }
        await Promise.all(done);
        return [atOnce, line.sent.slice(1).map(({ type, client_id }) => `${type} ${client_id}`)];
        """,
    )
    assert sent == [
        ["chat.send", "chat.page"],
        [
            "chat.send id-1",
            "chat.page id-5",
            "participant.mute id-3",
            "participant.unmute id-4",
            "chat.send id-2",
        ],
    ]


async def test_what_cannot_wait_any_longer_is_refused_at_once(browser_page: Page):
    """Too much of it, too large for the server to read, or no room to wait for."""
    seen = await run(
        browser_page,
        """
        const room = begin();
        await room.line(0);
        const codes = (sent) => Promise.all(sent.map((each) => each.catch(({ code }) => code)));
        const say = (body) => room.socket.send("chat.send", { body });
        const large = await codes([say("é".repeat(8200))]);
        const waiting = Array.from({ length: 100 }, () => say("x"));
        const over = await codes([say("x")]);
        room.socket.close();
        return { large, over, left: new Set(await codes(waiting)).size, late: await codes([waiting[99], say("x")]) };
        """,
    )
    assert seen == {"large": ["invalid"], "over": ["too_much_waiting"], "left": 1, "late": ["closed"] * 2}


async def test_waiting_grows_with_full_jitter_up_to_thirty_seconds(browser_page: Page):
    delays = await browser_page.evaluate(
        "() => [0, 1, 5, 6, 40].map((attempt) => [lib.backOff(attempt, () => 0), lib.backOff(attempt, () => 1)])"
    )
    assert delays == [[0, 500], [0, 1000], [0, 16_000], [0, 20_000], [0, 20_000]]


async def test_a_browser_that_is_offline_waits_until_it_is_not(browser_page: Page):
    statuses = await run(
        browser_page,
        """
        const page = Object.assign(new EventTarget(), { navigator: { onLine: true } });
        const room = begin({ page });
        (await room.line(0)).welcome();
        page.dispatchEvent(new Event("offline"));
        page.dispatchEvent(new Event("online"));
        (await room.line(1)).welcome(5, true);
        return room.statuses;
        """,
    )
    assert statuses == [["connecting"], ["open"], ["offline"], ["connecting"], ["open"]]


async def test_an_own_message_shows_at_once_and_the_servers_takes_its_place(browser_page: Page):
    states = await run(
        browser_page,
        """
        const store = new lib.RoomStore(), states = [];
        const note = () => states.push(store.state.messages.map(({ body, pending, failed, mine }) => ({ body, pending, failed, mine })));
        store.apply(snapshot());
        store.apply(you);
        store.expect("c1", "Hello"); note();
        store.apply({ type: "chat.posted", seq: 1, message: message(1, { body: "Hello", author: { id: "me" } }) }); note();
        store.apply({ type: "ack", ref: "c1", id: "m1", seq: 1 }); note();
        store.expect("c2", "Bad");
        store.apply({ type: "error", ref: "c2", code: "muted", message: "A host has muted you." }); note();
        store.discard("c2"); note();
        return JSON.parse(JSON.stringify(states));
        """,
    )
    sent = {"body": "Hello", "mine": True}
    assert states[0] == [{"body": "Hello", "pending": True, "failed": None, "mine": True}]
    assert states[1] == states[2] == states[4] == [sent]
    assert states[3] == [
        sent,
        {"body": "Bad", "pending": False, "failed": "A host has muted you.", "mine": True},
    ]


async def test_unread_counts_what_others_said_since(browser_page: Page):
    counts = await run(
        browser_page,
        """
        const store = new lib.RoomStore(), counts = [];
        store.apply(snapshot([message(1)])); store.apply(you);
        const note = () => counts.push(store.state.unread.chat);
        note();
        store.apply({ type: "chat.posted", seq: 2, message: message(2) }); note();
        store.apply({ type: "chat.posted", seq: 2, message: message(2) }); note();
        store.apply({ type: "chat.posted", seq: 3, message: message(3, { author: { id: "me" } }) }); note();
        store.apply({ type: "chat.removed", seq: 4, message: message(2, { seq: 4, removed: true, author: null }) }); note();
        store.apply({ type: "chat.posted", seq: 5, message: message(5) });
        store.markRead("chat"); note();
        return counts;
        """,
    )
    assert counts == [0, 1, 1, 1, 0, 0]


async def test_the_newest_two_hundred_are_kept_until_somebody_pages_back(browser_page: Page):
    seen = await run(
        browser_page,
        """
        const store = new lib.RoomStore(), seen = [];
        const note = () => seen.push([store.oldest, store.state.messages.length, store.state.more]);
        store.apply(snapshot(Array.from({ length: 200 }, (_, n) => message(n + 101)), { more: true })); note();
        store.apply({ type: "chat.posted", seq: 301, message: message(301) }); note();
        store.apply({ type: "chat.paged", ref: "r", more: false, messages: Array.from({ length: 101 }, (_, n) => message(n + 1)) }); note();
        store.apply({ type: "chat.posted", seq: 302, message: message(302) }); note();
        store.collapse(); note();
        return seen;
        """,
    )
    assert seen == [[101, 200, True], [102, 200, True], [1, 301, False], [1, 302, False], [103, 200, True]]


async def test_a_real_browser_lives_through_a_cut_and_a_revocation(house: House, browser_page: Page):
    """The whole way: ticket by cookie, hello, chat, the line cut by the server, resume, and the end."""
    guest, sam = await house.guest(), await house.join(await house.guest())
    cookie = admission_cookie(house.services.site, guest.webinar.id)
    await browser_page.context.add_cookies([{"name": cookie, "value": guest.token, "url": house.url}])
    await browser_page.evaluate(
        """(ticket) => {
            window.store = new lib.RoomStore();
            window.events = [];
            window.room = new lib.RoomSocket({
                url: location.origin.replace("http", "ws") + "/live", getTicket: lib.ticketFrom(ticket),
                onEvent: (event) => { events.push(event.type); store.apply(event); },
                random: () => 0,
            });
            room.open();
        }""",
        f"/api/v1/webinars/{guest.webinar.id}/ticket",
    )
    await run(
        browser_page, 'await until(() => store.state.you); await room.send("chat.send", { body: "One" });'
    )
    await sam.wait_until(lambda room: room.texts() == ["One"])
    [member] = house.services.hub._by_key[guest.session_id]  # type: ignore[index]
    member.line.close(Close.INTERNAL)
    await sam.send("chat.send", body="Two")
    await run(
        browser_page,
        'await until(() => events.filter((type) => type === "welcome").length === 2 && store.state.messages.length === 2);',
    )
    assert await browser_page.evaluate('events.filter((type) => type === "snapshot").length') == 1
    assert guest.session_id
    async with house.services.db.writing() as db:
        await close_sessions(db, [guest.session_id])
    await house.services.hub.revoke(guest.session_id)
    await run(browser_page, 'await until(() => room.status === "closed");')
