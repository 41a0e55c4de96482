"""One system call for a whole room: what the kernel answers, and that nobody can tell it from a `send()` each."""

import ctypes
import errno
import random
import socket
from array import array
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from structlog.testing import capture_logs

from tests.support.room import House
from webinar.realtime.fanout import ring as ring_module
from webinar.realtime.fanout import stream
from webinar.realtime.fanout.ring import AT_ONCE, UNASKED, Ring

NOBODYS = 1_000_000  # a descriptor that is none

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def ring() -> Iterator[Ring]:
    found = Ring.open()
    if found is None:
        pytest.skip("this kernel gives out no io_uring")
    yield found
    found.close()


@pytest.fixture
def pairs() -> Iterator[list[Pair]]:
    """Connected sockets: ours, which never blocks, and the other end."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        found = []
        for _ in range(5):
            theirs = stack.enter_context(socket.create_connection(listener.getsockname(), timeout=10))
            ours = stack.enter_context(listener.accept()[0])
            ours.setblocking(False)
            found.append((ours, theirs))
        yield found


def descriptors(pairs: list[Pair]) -> list[int]:
    return [ours.fileno() for ours, _ in pairs]


def sent(ring: Ring, numbers: list[int], words: bytes) -> list[int]:
    """What each socket took."""
    taken = ring.send(array("I", numbers), words)
    assert taken != [len(words)] * len(numbers), "everybody took everything: then nothing is counted"
    return [len(words)] * len(numbers) if taken is None else taken


def test_everybody_gets_all_of_it(ring: Ring, pairs: list[Pair]):
    for words in (b"hello", b"x" * 4000, b"y" * (ring_module.ROOM + 1), b"z"):
        assert sent(ring, descriptors(pairs), words) == [len(words)] * len(pairs)
        for _, theirs in pairs:
            assert theirs.recv(len(words), socket.MSG_WAITALL) == words


def test_a_full_socket_answers_at_once_and_holds_up_nobody(ring: Ring, pairs: list[Pair]):
    (full, _), *others = pairs
    while sent(ring, [full.fileno()], b"x" * 65536)[0] > 0:
        pass
    answers = sent(ring, descriptors(pairs), b"hello")
    assert answers == [-errno.EAGAIN, *[5] * len(others)]


def test_a_socket_takes_a_part_and_says_how_much(ring: Ring, pairs: list[Pair]):
    [taken] = sent(ring, [pairs[0][0].fileno()], b"x" * 50_000_000)
    assert 0 < taken < 50_000_000


def test_a_broken_and_a_closed_descriptor_are_told_apart_from_the_others(ring: Ring, pairs: list[Pair]):
    gone, closed = pairs[0][0], pairs[1][0]
    pairs[0][1].setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    pairs[0][1].close()
    numbers = descriptors(pairs)
    closed.close()
    answers = sent(ring, numbers, b"hello")
    assert answers[0] in {-errno.EPIPE, -errno.ECONNRESET}
    assert answers[1:] == [-errno.EBADF, 5, 5, 5]
    assert gone.fileno() == numbers[0]


def test_answers_stay_with_their_sockets_however_many_and_however_often(ring: Ring, pairs: list[Pair]):
    """Past the ring's end, in calls of every size, with one descriptor in a hundred broken."""
    numbers, dice = descriptors(pairs), random.Random(7)
    for _ in range(40):
        asked = [
            NOBODYS if dice.random() < 0.01 else dice.choice(numbers)
            for _ in range(dice.randrange(2 * AT_ONCE + 9))
        ]
        assert sent(ring, asked, b"y") == [-errno.EBADF if each == NOBODYS else 1 for each in asked]
        for _, theirs in pairs:
            theirs.setblocking(False)
            while True:
                try:
                    theirs.recv(1 << 20)
                except BlockingIOError:
                    break


def test_where_the_kernel_gives_none_there_is_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ring_module, "SETUP", 1_000_000)
    assert Ring.open() is None


async def test_a_room_hears_the_same_with_a_ring_and_without(house: House, monkeypatch: pytest.MonkeyPatch):
    people = [await house.join(await house.guest()) for _ in range(3)]
    host = await house.join(await house.host())
    for number, least in enumerate((1, 1_000_000)):
        monkeypatch.setattr(stream, "WORTH_A_RING", least)
        await people[0].send("chat.send", body=f"chat {number}")
        question = await people[1].send("question.ask", body=f"question {number}")
        await host.send("question.publish", question_id=question["id"])
        await people[2].send("question.vote", question_id=question["id"])
    for person in [*people, host]:
        await person.wait_until(
            lambda room: room.texts() == ["chat 0", "chat 1"] and len(room.questions) == 2
        )
    heard = [[event for event in person.events if event["type"].startswith("chat")] for person in people]
    assert heard[0] == heard[1] == heard[2]


def refuses_after(ring: Ring, submissions: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel takes so many more, then its memory is short."""
    enter, left = ring._system_call, submissions

    def short_of_memory(call: int, descriptor: int, count: int, _: int, *more: object) -> int:
        nonlocal left
        if not left:
            ctypes.set_errno(errno.ENOMEM)
            return -1
        taken: int = enter(call, descriptor, min(count, left), min(count, left), *more)
        left -= taken
        return taken

    monkeypatch.setattr(ring, "_system_call", short_of_memory)


@pytest.mark.parametrize("before", [0, AT_ONCE - 3])
def test_a_call_that_the_kernel_refuses_tells_whom_it_reached_and_who_was_left_out(
    ring: Ring,
    pairs: list[Pair],
    before: int,
    monkeypatch: pytest.MonkeyPatch,
):
    """Also where the answers go past the ring's end, and where one of those it reached is broken."""
    numbers = descriptors(pairs)
    for _ in range(before):
        ring.send(array("I", [NOBODYS]), b"before")
    numbers[1] = NOBODYS
    refuses_after(ring, 3, monkeypatch)
    with capture_logs() as logged:
        assert sent(ring, numbers, b"hello") == [5, -errno.EBADF, 5, UNASKED, UNASKED]
    assert ring.given_up
    assert [(entry["event"], entry["code"]) for entry in logged] == [("fanout_ring_given_up", "ENOMEM")]
    heard = []
    for ours, theirs in pairs:
        ours.shutdown(socket.SHUT_WR)
        heard.append(theirs.recv(100, socket.MSG_WAITALL))
    assert heard == [b"hello", b"", b"hello", b"", b""]


def test_after_a_call_that_was_refused_there_is_no_other(
    ring: Ring, pairs: list[Pair], monkeypatch: pytest.MonkeyPatch
):
    asked = [pairs[0][0].fileno()] * (3 * AT_ONCE)
    refuses_after(ring, AT_ONCE, monkeypatch)
    assert sent(ring, asked, b"y") == [1] * AT_ONCE + [UNASKED] * (2 * AT_ONCE)


async def test_a_ring_that_fails_is_given_up_and_the_room_hears_everything_once(
    ring: Ring, house: House, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(stream, "WORTH_A_RING", 1)
    people = [await house.join(await house.guest()) for _ in range(5)]
    await people[0].send("chat.send", body="before")
    assert b"webinar_fanout_ring 1.0" in house.services.metrics.render()
    [*rings] = {line.stream._ring for line in house.services.hub.pulse.lines()}
    assert rings[0] is not None
    refuses_after(rings[0], 2, monkeypatch)
    for words in ("while it fails", "after it"):
        await people[1].send("chat.send", body=words)
    for person in people:
        await person.wait_until(lambda room: room.texts() == ["before", "while it fails", "after it"])
        told = [each["message"]["body"] for each in person.events if each["type"] == "chat.posted"]
        assert told == [*dict.fromkeys(told)]
    assert b"webinar_fanout_ring 0.0" in house.services.metrics.render()
