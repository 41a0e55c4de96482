"""Below the protocol: whatever bytes a client sends, it gets a close code, and the others go on (S4, S5).

Each is tried on a socket that was handed over and over plain ASGI.
"""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.frames import Opcode

from tests.contracts.test_handover import until
from tests.support.raw_socket import RawSocket, frame, open_raw
from tests.support.room import House, RoomClient
from webinar.realtime.fanout import direct


def chat(body: str) -> bytes:
    return json.dumps({"type": "chat.send", "client_id": str(uuid4()), "body": body}).encode()


@asynccontextmanager
async def joined(house: House) -> AsyncIterator[RawSocket]:
    """A client of bytes that is in the room."""
    async with open_raw(house.url) as raw:
        hello = {"type": "hello", "ticket": await house.ticket(await house.guest())}
        await raw.send(frame(json.dumps(hello).encode()))
        await raw.read_text(b'"you.changed"')
        yield raw


@pytest.fixture
async def raw(any_house: House) -> AsyncIterator[RawSocket]:
    async with joined(any_house) as opened:
        yield opened


@pytest.fixture
async def direct_raw(house: House) -> AsyncIterator[RawSocket]:
    async with joined(house) as opened:
        yield opened


@pytest.fixture
async def bystander(any_house: House) -> RoomClient:
    return await any_house.join(await any_house.guest())


async def goes_on(bystander: RoomClient) -> None:
    await bystander.send("chat.send", body="Still here")


async def test_a_message_that_comes_byte_by_byte_is_heard(raw: RawSocket):
    await raw.send(*(bytes([byte]) for byte in frame(chat("Slowly"))))
    assert b"Slowly" in await raw.read_text(b'"chat.posted"')


async def test_a_message_in_a_few_fragments_is_heard_with_a_ping_between(raw: RawSocket):
    whole = chat("In pieces")
    await raw.send(
        frame(whole[:10], fin=False),
        frame(b"alive?", Opcode.PING),
        frame(whole[10:20], Opcode.CONT, fin=False),
        frame(whole[20:], Opcode.CONT),
    )
    seen: list[tuple[int, bytes]] = []
    while b'"chat.posted"' not in (seen[-1][1] if seen else b""):
        seen.append(await raw.read_frame())
    assert (Opcode.PONG, b"alive?") in seen
    assert b"In pieces" in seen[-1][1]


def huge(size: int) -> bytes:
    return b"\x81\xff" + size.to_bytes(8, "big") + os.urandom(4)


BROKEN: dict[str, tuple[bytes, int]] = {
    "a frame without a mask": (b"\x81\x02{}", 1002),
    "an empty frame without a mask": (b"\x81\x00", 1002),
    "a wrong mask, so that nothing is text": (b"\x81\x84\x00\x00\x00\x00\xff\xfe\xfd\xfc", 1007),
    "a reserved bit": (b"\xc1\x80\x00\x00\x00\x00", 1002),
    "an unknown kind of frame": (b"\x83\x80\x00\x00\x00\x00", 1002),
    "an unknown control frame": (b"\x8b\x80\x00\x00\x00\x00", 1002),
    "a ping in fragments": (frame(b"", Opcode.PING, fin=False), 1002),
    "a ping of 126 bytes": (b"\x89\xfe\x00\x7e" + bytes(130), 1002),
    "a continuation of nothing": (frame(b"x", Opcode.CONT), 1002),
    "a new message inside another": (frame(b"{", fin=False) + frame(b"{}"), 1002),
    "half a character": (frame(b"\xe2\x82"), 1007),
    "a surrogate in UTF-8": (frame(b'"\xed\xa0\x80"'), 1007),
    "17 KiB at once": (frame(bytes(17 * 1024)), 1009),
    "17 KiB in fragments": (
        frame(b" " * 9000, fin=False) + frame(b" " * 9000, Opcode.CONT, fin=False),
        1009,
    ),
    "a promise of 2 GiB": (huge(2**31), 1009),
    "a length with its highest bit set": (huge(2**63), 1009),
    "a close frame of one byte": (frame(b"x", Opcode.CLOSE), 1002),
    "a close code nobody may send": (frame(b"\x03\xee", Opcode.CLOSE), 1002),
}


@pytest.mark.parametrize("name", BROKEN)
async def test_what_breaks_the_rules_of_websockets_ends_that_connection(
    raw: RawSocket, bystander: RoomClient, name: str
):
    data, code = BROKEN[name]
    await raw.send(data)
    assert await raw.close_code() == code
    await goes_on(bystander)


async def test_a_binary_frame_is_answered_with_an_error(raw: RawSocket):
    await raw.send(frame(chat("x"), Opcode.BINARY))
    assert b'"invalid"' in await raw.read_text(b'"error"')


async def test_a_close_frame_is_answered_with_the_same_code(raw: RawSocket):
    await raw.send(frame((1001).to_bytes(2), Opcode.CLOSE))
    assert await raw.close_code() == 1001


async def test_a_message_in_too_many_fragments_ends_that_connection(house: House, direct_raw: RawSocket):
    """Empty fragments count against no size, and would pile up for ever."""
    bystander = await house.join(await house.guest())
    await direct_raw.send(frame(b"", fin=False), *[frame(b"", Opcode.CONT, fin=False)] * direct.MOST_PARTS)
    assert await direct_raw.close_code() == 1009
    await goes_on(bystander)


async def test_fragments_of_one_byte_are_heard_up_to_a_few_and_then_end_that_connection(
    raw: RawSocket, bystander: RoomClient
):
    whole = chat("Byte by byte")
    head, tail = whole[: -direct.MOST_PARTS + 1], whole[-direct.MOST_PARTS + 1 :]
    assert len(tail) == direct.MOST_PARTS - 1
    pieces = [frame(bytes([byte]), Opcode.CONT, fin=False) for byte in tail]
    await raw.send(frame(head, fin=False), *pieces[:-1], frame(tail[-1:], Opcode.CONT))
    assert b"Byte by byte" in await raw.read_text(b'"chat.posted"')
    await goes_on(bystander)


async def test_more_messages_than_anybody_types_end_that_connection(raw: RawSocket, bystander: RoomClient):
    await raw.send(b"".join(frame(chat("x")) for _ in range(2000)))
    assert await raw.close_code() in {4003, 1006}
    await goes_on(bystander)


async def test_nobody_is_taken_for_dead_while_it_is_us_who_do_not_listen(house: House, direct_raw: RawSocket):
    """The database is held, so what somebody said waits, and nothing more of theirs is read, pongs neither."""
    [line] = house.services.hub.pulse.lines()
    async with house.services.db.writing() as db:
        await db.connection()
        await direct_raw.send(b"".join(frame(chat("x")) for _ in range(direct.PAUSED_AT + 2)))
        await until(lambda: not line._transport.is_reading())  # type: ignore[attr-defined]
        for _ in range(5):
            line.beat()
    assert await direct_raw.read_text(b'"ack"')


async def test_whoever_pings_without_reading_makes_no_pile_of_pongs(house: House, direct_raw: RawSocket):
    raw = direct_raw
    [line] = house.services.hub.pulse.lines()
    assert isinstance(line, direct.DirectLine)
    line.pause_writing()
    await raw.send(*(frame(bytes([number]), Opcode.PING) for number in [1] * 5000))
    await raw.send(frame(b"last", Opcode.PING), frame(chat("Heard")))
    bystander = await house.join(await house.guest())
    await bystander.wait_until(lambda room: room.texts() == ["Heard"])
    line.resume_writing()
    pongs = []
    while b"Heard" not in (told := await raw.read_frame())[1]:
        pongs += [told[1]] if told[0] == Opcode.PONG else []
    assert len(pongs) < 1000
    assert pongs[-1] == b"last"


PIECE: st.SearchStrategy[Any] = st.one_of(
    st.binary(min_size=1, max_size=60),
    st.builds(
        frame,
        st.binary(max_size=100),
        st.sampled_from([0, 1, 2, 8, 9, 10]),
        fin=st.booleans(),
    ),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(PIECE, min_size=1, max_size=6))
async def test_no_bytes_of_one_stop_the_others(any_house: House, bystander: RoomClient, pieces: list[bytes]):
    """Before hello: so there is no need to join each time; the parser is the same afterwards."""
    async with open_raw(any_house.url) as raw:
        await raw.send(*pieces)
        raw.writer.write_eof()
        await raw.close_code()
    before = len(bystander.events)
    await bystander.post("chat.send", client_id=str(uuid4()), body="Still here")
    await bystander.wait_for(lambda event: event["type"] in {"ack", "error"}, since=before)
