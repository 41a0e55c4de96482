"""The room's way in: whose pages may open a socket, and with which ticket."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from sqlmodel import func, select
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.support.room import House, Pass
from webinar.models import Access, SocketTicket, WebinarState
from webinar.realtime.codes import Close
from webinar.routes.admitted import admission_cookie
from webinar.routes.signed_in import cookie_name


async def ask(house: House, who: Pass, *, bearer: bool = False, body: Any = None) -> httpx2.Response:
    """Ask the endpoint for a ticket as this person's browser does."""
    headers, cookies = {"origin": house.url}, {}
    if who.user:
        cookies[cookie_name(house.services.site)] = who.token
    elif who.token and bearer:
        headers["authorization"] = f"Bearer {who.token}"
    elif who.token:
        cookies[admission_cookie(house.services.site, who.webinar.id)] = who.token
    async with httpx2.AsyncClient(base_url=house.url, cookies=cookies, headers=headers) as client:
        return await client.post(f"/api/v1/webinars/{who.webinar.id}/ticket", json=body or {})


async def hello(house: House, ticket: str) -> dict[str, Any] | int:
    """Say hello with a ticket: the `you` that is let in, or the close code."""
    client = await house.connect()
    await client.post("hello", ticket=ticket)
    try:
        event = await client.wait_for(lambda event: event["type"] == "you.changed")
    except ConnectionError:
        return (await client.wait_closed())[0]
    you: dict[str, Any] = event["you"]
    return you


async def open_socket(house: House, origins: list[str]) -> int:
    """The HTTP status of a handshake that carries these Origin headers."""
    address = house.url.replace("http", "ws") + "/live"
    headers = [("Origin", origin) for origin in origins]
    try:
        async with connect(address, additional_headers=headers, proxy=None) as socket:
            assert socket.response
            return socket.response.status_code
    except InvalidStatus as refused:
        return refused.response.status_code


async def test_only_our_own_pages_open_a_socket(house: House):
    """S1: a foreign page that knows a visitor's ticket endpoint must not get a socket with it."""
    port = house.url.rpartition(":")[2]
    assert await open_socket(house, [house.url]) == 101
    for foreign in (
        [],
        ["null"],
        [""],
        ["https://evil.example"],
        [house.url.replace("http", "https")],
        [house.url + ".evil.example"],
        [f"http://localhost:{port}"],
        ["http://127.0.0.1:1"],
        [house.url + "/"],
    ):
        assert await open_socket(house, foreign) == 403, foreign
    assert await open_socket(house, [house.url, "https://evil.example"]) in {400, 403}


async def test_a_ticket_works_once(house: House):
    """S2: whoever reads a used ticket somewhere can do nothing with it."""
    ticket = (await ask(house, await house.guest())).json()["ticket"]
    assert len(ticket) >= 22  # 128 bits in base64
    assert isinstance(await hello(house, ticket), dict)
    assert await hello(house, ticket) == Close.BAD_TICKET


async def test_of_two_who_use_a_ticket_at_once_one_comes_in(house: House):
    for _ in range(5):
        ticket = (await ask(house, await house.guest())).json()["ticket"]
        outcomes = await asyncio.gather(hello(house, ticket), hello(house, ticket))
        assert sorted(isinstance(outcome, dict) for outcome in outcomes) == [False, True]


async def test_a_ticket_is_good_for_thirty_seconds(house: House):
    guest = await house.guest()
    early, late = [(await ask(house, guest)).json()["ticket"] for _ in range(2)]
    house.clock.move(seconds=29)
    assert isinstance(await hello(house, early), dict)
    house.clock.move(seconds=1)
    assert await hello(house, late) == Close.BAD_TICKET


async def test_only_a_hash_of_a_ticket_is_stored_and_old_ones_are_swept(house: House):
    guest = await house.guest()
    ticket = (await ask(house, guest)).json()["ticket"]
    async with house.services.db.reading() as db:
        stored = (await db.exec(select(SocketTicket))).one()
    assert ticket.encode() not in stored.token_hash
    house.clock.move(minutes=1)
    await ask(house, guest)
    async with house.services.db.reading() as db:
        assert (await db.exec(select(func.count()).select_from(SocketTicket))).one() == 1


async def test_a_ticket_dies_with_its_session(house: House):
    guest = await house.guest()
    ticket = (await ask(house, guest)).json()["ticket"]
    await house.second_browser(guest)
    await house.second_browser(guest)
    assert await hello(house, ticket) == Close.BAD_TICKET


async def test_the_same_token_lets_in_where_cookies_are_blocked(house: House):
    guest = await house.guest("Mira")
    for bearer in (False, True):
        you = await hello(house, (await ask(house, guest, bearer=bearer)).json()["ticket"])
        assert isinstance(you, dict)
        assert (you["role"], you["name"]) == ("participant", "Mira")


async def test_who_may_have_which_ticket(house: House):
    open_webinar = await house.open_webinar(access=Access.OPEN)
    draft = await house.open_webinar(state=WebinarState.DRAFT)
    guest, host = await house.guest(), await house.host()
    elsewhere = Pass(await house.open_webinar(), guest.participant, None, guest.session_id, guest.token)
    as_host = {"role": "host"}
    cases: list[tuple[Pass, Any, int]] = [
        (guest, None, 200),
        (guest, as_host, 401),
        (elsewhere, None, 401),
        (host, as_host, 200),
        (host, None, 401),
        (await house.host(webinar=draft), as_host, 200),
        (Pass(house.webinar), None, 401),
        (Pass(open_webinar), None, 200),
        (Pass(open_webinar), as_host, 401),
        (Pass(draft), None, 404),
        (guest, {"role": "owner"}, 422),
        (guest, {"rôle": "host"}, 422),
    ]
    for who, body, status in cases:
        answer = await ask(house, who, body=body)
        assert answer.status_code == status, (who, body, answer.text)


async def test_another_accounts_host_finds_nothing(house: House):
    host = await house.host()
    stranger = Pass(
        house.webinar.model_copy(update={"id": uuid4()}), None, host.user, host.session_id, host.token
    )
    assert (await ask(house, stranger, body={"role": "host"})).status_code == 404


async def test_a_banned_person_gets_no_ticket(house: House):
    guest, host = await house.guest(), await house.join(await house.host())
    assert guest.participant
    await host.send("participant.ban", participant_id=guest.participant.id)
    answer = await ask(house, guest)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "banned")


async def test_older_messages_are_for_those_who_may_watch(house: House):
    guest = await house.guest()
    mira = await house.join(guest)
    for number in range(3):
        await mira.send("chat.send", body=f"{number}")
    address = f"/api/v1/webinars/{house.webinar.id}/messages"
    async with httpx2.AsyncClient(base_url=house.url) as client:
        assert (await client.get(address)).status_code == 401
        client.headers["authorization"] = f"Bearer {guest.token}"
        found = (await client.get(address)).json()
        assert [message["body"] for message in found["messages"]] == ["0", "1", "2"]
        before = found["messages"][-1]["posted_seq"]
        found = (await client.get(address, params={"before": before})).json()
        assert ([message["body"] for message in found["messages"]], found["more"]) == (["0", "1"], False)
        assert (await client.get(address, params={"before": "-1"})).status_code == 422
        assert (await client.get(address, params={"before": "soon"})).status_code == 422


@pytest.mark.parametrize("ticket", ["", "x", "x" * 201, "\x00", "🙈", json.dumps({})])
async def test_whatever_is_no_ticket_lets_nobody_in(house: House, ticket: str):
    assert await hello(house, ticket) in {Close.BAD_TICKET, Close.PROTOCOL}
