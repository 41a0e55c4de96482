"""What one client may cost the others: nothing (S4, S5)."""

import asyncio
import json
import socket
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.asyncio.client import connect
from websockets.typing import Origin

from tests.support.room import House, Refused, RoomClient, a_house
from webinar.errors import Invalid
from webinar.realtime import connection
from webinar.realtime.codes import Close
from webinar.realtime.connection import decode
from webinar.realtime.fanout import line
from webinar.realtime.fanout.frames import frame_text
from webinar.realtime.protocol.commands import COMMANDS, ChatSend
from webinar.realtime.rate import Bucket, Pace
from webinar.settings import Settings

MESSAGE = {"type": "chat.send", "client_id": "7d444840-9dc0-11d1-b245-5ffdce74fad2", "body": "x"}


async def test_whoever_says_no_hello_is_closed(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connection, "HELLO_WITHIN", 0.05)
    silent = await house.connect()
    assert (await silent.wait_closed())[0] == Close.TOO_LATE


@pytest.mark.parametrize(
    "first", ["", "{}", "[]", "nonsense", json.dumps(MESSAGE), b"\x00\xff", '{"type":"hello"}']
)
async def test_whatever_comes_instead_of_hello_closes(house: House, first: str | bytes):
    client = await house.connect()
    await client.socket.send(first)
    assert (await client.wait_closed())[0] == Close.PROTOCOL


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "null",
        "{",
        '"\\ud800"',
        b"\x00\x01",
        '{"type":"chat.shout"}',
        '{"type":"chat.send"}',
        '{"type":"chat.send","client_id":"no","body":"x"}',
        '{"type":"chat.send","client_id":"7d444840-9dc0-11d1-b245-5ffdce74fad2","body":7}',
        '{"type":"chat.send","client_id":"7d444840-9dc0-11d1-b245-5ffdce74fad2","body":"\\udc00"}',
        '{"type":"chat.send","client_id":"7d444840-9dc0-11d1-b245-5ffdce74fad2","body":"x","more":1}',
        '{"type":"hello","ticket":"again"}',
        '{"x":' * 9 + "1" + "}" * 9,
        "[" * 8000,
        '{"type":"chat.page","client_id":"7d444840-9dc0-11d1-b245-5ffdce74fad2","before":-1}',
        '{"type":"chat.page","client_id":"7d444840-9dc0-11d1-b245-5ffdce74fad2","before":9e99}',
    ],
)
async def test_a_frame_that_does_not_fit_is_answered_and_the_connection_goes_on(
    house: House, frame: str | bytes
):
    client = await house.join(await house.guest())
    await client.socket.send(frame)
    error = await client.wait_for(lambda event: event["type"] == "error")
    assert (error["code"], bool(error["fields"])) == ("invalid", True)
    await client.send("chat.send", body="Still here")


def test_a_frame_may_be_eight_levels_deep_and_no_deeper():
    """Judged before anything is decoded: brackets inside a string count for nothing."""
    for levels, problem in ((8, "JSON"), (9, "too deep")):
        deep = '{"type":"chat.send","body":' + "[" * (levels - 1) + "]" * (levels - 1) + "}"
        with pytest.raises(Invalid) as refused:
            decode(deep)
        assert ("deep" in refused.value.fields["frame"]) == (problem == "too deep")
    brackets = decode(json.dumps({**MESSAGE, "body": "[" * 500 + '"{' * 50}))
    assert isinstance(brackets, ChatSend)


async def test_frames_are_not_deflated_even_for_who_asks(house: House):
    async with connect(
        house.url.replace("http", "ws") + "/live", origin=Origin(house.url), compression="deflate", proxy=None
    ) as socket:
        assert socket.response
        assert "sec-websocket-extensions" not in socket.response.headers


async def test_an_error_names_the_command_and_the_field(house: House):
    client = await house.join(await house.guest())
    client_id = str(uuid4())
    with pytest.raises(Refused) as refused:
        await client.send("chat.send", client_id=client_id, body=" ")
    assert refused.value.event["ref"] == client_id
    assert set(refused.value.event["fields"]) == {"body"}


@pytest.mark.parametrize(
    ("client_id", "ref"),
    [
        (MESSAGE["client_id"].replace("-", ""), MESSAGE["client_id"]),
        (MESSAGE["client_id"].upper(), MESSAGE["client_id"]),
        (MESSAGE["client_id"].replace("-", "", 1), None),
        ("-" * 36, None),
    ],
)
async def test_an_error_names_every_client_id_that_a_command_may_have(
    house: House, client_id: str, ref: str | None
):
    client = await house.join(await house.guest())
    await client.socket.send(json.dumps({"type": "chat.shout", "client_id": client_id}))
    error = await client.wait_for(lambda event: event["type"] == "error")
    assert error["ref"] == ref


async def test_a_frame_over_16_kib_ends_the_connection(house: House):
    client = await house.join(await house.guest())
    await client.socket.send(json.dumps({**MESSAGE, "body": "x" * 17_000}))
    assert (await client.wait_closed())[0] == 1009


async def test_a_frame_of_bytes_that_are_no_text_ends_that_connection_only(house: House):
    broken, other = await house.join(await house.guest()), await house.join(await house.guest())
    async with broken.socket.send_context():
        broken.socket.protocol.send_text(b"\xff\xfe\x80")
    assert (await broken.wait_closed())[0] == 1007
    await other.send("chat.send", body="Nothing happened")


async def test_a_sixth_message_at_once_must_wait(house: House):
    client = await house.join(await house.guest())
    for number in range(5):
        await client.send("chat.send", body=f"{number}")
    with pytest.raises(Refused, match="too_many") as refused:
        await client.send("chat.send", body="6")
    assert 0 < refused.value.event["retry_after"] <= 1


async def test_reading_back_has_a_pace_of_its_own_and_leaves_the_voice_alone(house: House):
    client = await house.join(await house.guest())
    asked = (client.send("chat.page", before=1) for _ in range(40))
    answers = await asyncio.gather(*asked, return_exceptions=True)
    refused = [answer.code for answer in answers if isinstance(answer, Refused)]
    assert set(refused) == {"too_many"}
    assert len(answers) - len(refused) >= 10
    for number in range(5):
        await client.send("chat.send", body=f"Still here {number}")


async def test_an_operator_may_let_people_speak_more_often(settings: Settings):
    async with a_house(settings.data_dir, messages_per_second=2.0) as house:
        client = await house.join(await house.guest())
        for number in range(10):
            await client.send("chat.send", body=f"{number}")
        with pytest.raises(Refused, match="too_many"):
            await client.send("chat.send", body="11")


async def test_whoever_floods_is_cut_off_and_nobody_else_notices(house: House):
    flooder, other = await house.join(await house.guest()), await house.join(await house.guest())
    for _ in range(connection.PATIENCE + 10):
        await flooder.post("chat.send", client_id=str(uuid4()), body="spam")
    assert (await flooder.wait_closed())[0] == Close.FLOOD
    await other.send("chat.send", body="Quiet here")


def test_a_bucket_refills_by_a_clock_that_never_goes_back():
    now = [100.0]
    bucket = Bucket(Pace(1.0, 5), lambda: now[0])
    assert [bucket.take() for _ in range(6)] == [0, 0, 0, 0, 0, 1.0]
    now[0] += 0.25
    assert bucket.take() == pytest.approx(0.75)
    assert bucket.refused == 2
    now[0] += 60
    assert [bool(bucket.take()) for _ in range(6)] == [False] * 5 + [True]


async def test_a_client_that_reads_nothing_is_dropped_and_the_others_miss_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    """S4: its queue is bounded; it ends with "slow", and with a cut line where it takes not even that."""
    monkeypatch.setattr(line, "GRACE", 0.2)
    pipe = socket.create_connection(("127.0.0.1", int(house.url.rpartition(":")[2])))
    pipe.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    stalled = await house.connect(sock=pipe)
    guest = await house.guest()
    await stalled.post("hello", ticket=await house.ticket(guest))
    await stalled.wait_for(lambda event: event["type"] == "you.changed")
    other, host = await house.join(await house.guest()), await house.join(await house.host())
    await host.wait_until(lambda room: room.viewers == 2)
    stalled.socket.transport.pause_reading()
    [member] = house.services.hub._by_key[guest.session_id]  # type: ignore[index]
    frame = frame_text(json.dumps({"type": "presence", "viewers": 2, "pad": "x" * 400_000}).encode())
    async with asyncio.timeout(60):
        while member.line.closing is None:
            member.line.send(frame)
            await asyncio.sleep(0)
    assert member.line.closing is Close.SLOW
    await host.send("chat.send", body="Go on")
    await other.wait_until(lambda room: "Go on" in room.texts())
    await host.wait_until(lambda room: room.viewers == 1)
    await stalled.vanish()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(st.binary(max_size=200) | st.text(max_size=200) | JSON.map(json.dumps))
def test_any_frame_is_a_command_or_a_named_error(frame: str | bytes):
    try:
        command = decode(frame)
    except Invalid as error:
        named = error.fields
    else:
        named = {"type": type(command).__name__}
    assert named


def fields_of(command: type[msgspec.Struct]) -> st.SearchStrategy[dict[str, Any]]:
    """The command with each field as it should be, missing, or of any other kind."""
    proper: dict[Any, st.SearchStrategy[Any]] = {UUID: st.uuids().map(str), bool: st.booleans()}
    fields = {
        field.encode_name: proper.get(field.type, st.text() | st.integers(0)) | JSON
        for field in msgspec.structs.fields(command)
    }
    return st.fixed_dictionaries({}, optional=fields).map(
        lambda found: {"type": command.__struct_config__.tag, **found}
    )


@pytest.fixture
async def people(house: House, monkeypatch: pytest.MonkeyPatch) -> list[RoomClient]:
    """A guest, a host and a bystander, who may all speak as fast as they like."""
    house.services.hub.pace = Pace(1000.0, 1000)
    monkeypatch.setattr(connection, "HOST_PACE", Pace(1000.0, 1000))
    passes = [await house.guest(), await house.host(), await house.guest()]
    return [await house.join(known) for known in passes]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_no_command_of_one_stops_the_others(
    people: list[RoomClient], command: type[msgspec.Struct], data: st.DataObject
):
    """S5: whatever a client makes of a command, it gets an answer, and somebody else can still chat."""
    frame = json.dumps(data.draw(fields_of(command)))
    *senders, bystander = people
    for client in senders:
        before = len(client.events)
        await client.socket.send(frame)
        await client.wait_for(lambda event: event["type"] in {"ack", "error", "chat.paged"}, since=before)
    await bystander.send("chat.send", body="Still here")
