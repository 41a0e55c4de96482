"""In which order those who are ready are told, and when."""

import asyncio
from collections.abc import Callable

import pytest

from tests.contracts.test_handover import until
from webinar.realtime.codes import Close
from webinar.realtime.fanout import stream as stream_module
from webinar.realtime.fanout.frames import Batch, frame_text
from webinar.realtime.fanout.line import Line
from webinar.realtime.fanout.stream import Entry, Stream


class Viewer(Line):
    """Notes in a common list that it was written to."""

    def __init__(self, name: str, heard: list[str]) -> None:
        super().__init__()
        self.name, self.heard = name, heard
        self.full = False

    @property
    def busy(self) -> bool:
        return self.full

    def write(self, batch: Batch) -> bool:
        self.heard.append(self.name)
        return not self.full

    def end(self, code: Close) -> None:
        pass

    def cut(self) -> None:
        pass

    def beat(self) -> None:
        pass


async def test_whoever_came_first_hears_first():
    """So those who are in notice little of a storm of newcomers."""
    heard: list[str] = []
    stream = Stream()
    names = [f"viewer {number}" for number in range(50)]
    for name in names:
        viewer = Viewer(name, heard)
        viewer.follow(stream, None)
        viewer.release([], after=0)
    stream.publish([Entry(frame_text(b"hello"))])
    stream.flush()
    assert heard == names


async def test_whoever_had_fallen_behind_hears_last():
    heard: list[str] = []
    stream = Stream()
    slow, quick = Viewer("slow", heard), Viewer("quick", heard)
    for viewer in (slow, quick):
        viewer.follow(stream, None)
        viewer.release([], after=0)
    slow.full = True
    stream.publish([Entry(frame_text(b"hello"))])
    stream.flush()
    slow.full = False
    slow.drain()
    heard.clear()
    stream.publish([Entry(frame_text(b"again"))])
    stream.flush()
    assert heard == ["quick", "slow"]


class Clock:
    """Time that passes only where somebody lets it."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Reader(Viewer):
    """Notes every batch that it got; each takes a tenth of a second to write."""

    def __init__(self, clock: Clock) -> None:
        super().__init__("reader", [])
        self.clock, self.batches = clock, list[bytes]()

    def write(self, batch: Batch) -> bool:
        self.clock.now += 0.1
        self.batches.append(batch.wire)
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(stream_module, "monotonic", clock)
    return clock


@pytest.fixture
async def rests(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Every room is large; the seconds of each rest, which lasts for a turn of the loop."""
    rests: list[float] = []
    loop = asyncio.get_running_loop()

    def call_later(seconds: float, call: Callable[[], None]) -> asyncio.Handle:
        rests.append(seconds)
        return loop.call_soon(call)

    monkeypatch.setattr(stream_module, "LARGE", 1)
    monkeypatch.setattr(loop, "call_later", call_later)
    return rests


def reading(clock: Clock) -> tuple[Stream, Reader]:
    stream, reader = Stream(), Reader(clock)
    reader.follow(stream, None)
    reader.release([], after=0)
    return stream, reader


async def told_once(clock: Clock) -> tuple[Stream, Reader]:
    stream, reader = reading(clock)
    stream.publish([said(b"one")])
    await until(lambda: reader.batches)
    return stream, reader


def said(words: bytes) -> Entry:
    return Entry(frame_text(words))


async def test_a_large_room_rests_as_long_as_it_was_told_and_hears_what_was_said_meanwhile_at_once(
    clock: Clock, rests: list[float]
):
    """While thousands are written to nobody else is served: newcomers, commands, other rooms."""
    stream, reader = await told_once(clock)
    stream.publish([said(b"two")])
    reader.send(frame_text(b"for you"))
    stream.publish([said(b"three")])
    reader.send(frame_text(b"for you too"))
    assert len(reader.batches) == 1
    assert rests == [stream.rest] == [pytest.approx(0.1)]
    await until(lambda: len(reader.batches) == 4)
    wires = [frame_text(words).wire for words in (b"one", b"two", b"three", b"for you", b"for you too")]
    assert reader.batches == [wires[0], wires[1] + wires[2], *wires[3:]]


async def test_how_old_news_are_when_they_are_told_counts_the_rest_and_the_telling(
    clock: Clock, rests: list[float]
):
    ages: list[float] = []
    stream, reader = Stream(told_after=ages.append), Reader(clock)
    stream.publish([said(b"to nobody")], since=clock())
    stream.flush()
    reader.follow(stream, None)
    reader.release([], after=0)
    stream.publish([said(b"one")], since=clock() - 1)
    stream.publish([said(b"two")], since=clock())
    await until(lambda: reader.batches)
    stream.publish([said(b"three")], since=clock())
    clock.now += 0.5
    await until(lambda: len(reader.batches) == 2)
    stream.publish([said(b"of no age")])
    await until(lambda: len(reader.batches) == 3)
    assert ages == [pytest.approx(1.1), pytest.approx(0.6)]


async def test_a_large_room_that_has_rested_is_told_at_once(clock: Clock, rests: list[float]):
    stream, reader = await told_once(clock)
    clock.now += 0.11
    stream.publish([said(b"two")])
    await until(lambda: len(reader.batches) == 2)
    assert rests == []


async def test_a_room_that_is_not_large_never_rests(clock: Clock):
    stream, reader = await told_once(clock)
    assert stream.rest == 0
    stream.publish([said(b"two")])
    await asyncio.sleep(0)
    assert len(reader.batches) == 2


async def test_whoever_comes_while_a_large_room_rests_hears_nothing_twice(clock: Clock, rests: list[float]):
    stream, reader = await told_once(clock)
    stream.publish([said(b"two")])
    newcomer = Reader(clock)
    newcomer.follow(stream, None)
    newcomer.release([frame_text(b"all so far")], after=0)
    stream.publish([said(b"three")])
    await until(lambda: len(reader.batches) == 3)
    wires = [frame_text(words).wire for words in (b"one", b"two", b"three", b"all so far")]
    assert reader.batches == wires[:3]
    assert newcomer.batches == [wires[3], wires[2]]
    assert len(rests) == 1


async def test_what_follows_a_fresh_picture_is_told_to_whoever_was_told_something_newer_before(clock: Clock):
    """They had begun at 7 when a picture of 5 was on its way to everybody: 6 and 7 are not in it."""
    stream, newcomer = Stream(), Reader(clock)
    newcomer.follow(stream, None)
    stream.publish([Entry(frame_text(b"5", seq=5))])
    stream.renew(picture := frame_text(b"all up to 5"))
    following = [frame_text(b"6", seq=6), frame_text(b"7", seq=7)]
    stream.publish(Entry(frame) for frame in following)
    stream.flush()
    newcomer.release([begun := frame_text(b"all up to 7")], after=7)
    assert b"".join(newcomer.batches) == b"".join(frame.wire for frame in (begun, picture, *following))
