"""S4: what somebody who takes nothing may cost the server, each bound reached for real."""

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from tests.contracts.test_handover import until
from tests.realtime.test_bad_frames import joined
from tests.support.room import House
from webinar.realtime.codes import Close
from webinar.realtime.fanout import stream
from webinar.realtime.fanout.direct import DirectLine
from webinar.realtime.fanout.frames import Frame, frame_text
from webinar.realtime.fanout.line import CHUNK, MOST_WAITING, Line
from webinar.realtime.fanout.stream import LOG_BYTES
from webinar.realtime.room import Room

STALLED = 50
ONE_BY_ONE = 1_000_000
MOST_GROWN = 20 * 1024 * 1024  # bytes, for so many
KERNEL = 8192  # bytes that the kernel may hold for each


@pytest.fixture(autouse=True, params=[1, ONE_BY_ONE], ids=["with a ring", "one by one"])
def way_out(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds are the same whoever writes to the socket."""
    monkeypatch.setattr(stream, "WORTH_A_RING", request.param)


def news(size: int) -> Frame:
    """A frame of about so many bytes that any client takes for news of the room."""
    return frame_text(json.dumps({"type": "presence", "viewers": 1, "pad": "x" * size}).encode())


@asynccontextmanager
async def stalled(house: House) -> AsyncIterator[DirectLine]:
    """Somebody who came into the room and reads nothing any more: the server's end of their line."""
    known = set(house.services.hub.pulse.lines())
    async with joined(house) as raw:
        [line] = set(house.services.hub.pulse.lines()) - known
        assert isinstance(line, DirectLine)
        raw.writer.transport.pause_reading()  # type: ignore[attr-defined]
        line._transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL)
        yield line


def room_of(house: House) -> Room:
    return house.services.hub._rooms[house.webinar.id]


async def tell_until_behind(house: House, line: Line) -> None:
    """Fills what the kernel holds, so that from here on every byte waits in the server."""
    while line.stream.is_ready(line):
        room_of(house).tell(news(64 * 1024))
        await asyncio.sleep(0)


async def test_the_room_remembers_one_mebibyte_for_whoever_is_behind_and_then_ends_it(house: House):
    async with stalled(house) as line:
        await tell_until_behind(house, line)
        told = line.stream.told
        while line.closing is None:
            room_of(house).tell(news(16 * 1024))
            await asyncio.sleep(0)
            assert line.stream._size <= LOG_BYTES + CHUNK
        assert line.closing is Close.SLOW
        assert (line.stream.told - told) * 16 * 1024 > LOG_BYTES - CHUNK
        await until(lambda: line.stream._size == 0)


async def test_what_only_one_is_told_waits_up_to_a_mebibyte_and_then_ends_it(house: House):
    async with stalled(house) as line:
        await tell_until_behind(house, line)
        sent = 0
        while line.closing is None:
            line.send(news(16 * 1024))
            sent += 16 * 1024
            assert sent <= MOST_WAITING + CHUNK
        assert line.closing is Close.SLOW
        assert sent >= MOST_WAITING


async def test_fifty_who_take_nothing_cost_twenty_megabytes_together(house: House):
    """All of them read from one log, so what waits is kept once; a queue each would be two hundred."""
    other = await house.join(await house.guest())
    async with AsyncExitStack() as stack:
        lines = [await stack.enter_async_context(stalled(house)) for _ in range(STALLED)]
        before = resident()
        for _ in range(256):
            room_of(house).tell(news(16 * 1024))
            await asyncio.sleep(0)
        assert resident() - before < MOST_GROWN
        await until(lambda: all(line.closing is Close.SLOW for line in lines))
    await other.send("chat.send", body="Still here")


def resident() -> int:
    """Bytes of memory that this process has."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


async def test_what_concerns_one_is_written_to_nobody_else(house: House, monkeypatch: pytest.MonkeyPatch):
    """A question that waits for a host would else cost a system call for each viewer."""
    asker = await house.join(await house.guest())
    for _ in range(3):
        await house.join(await house.guest())
    await asyncio.sleep(0)
    written: list[int] = []
    write = os.write

    def noted(fd: int, data: bytes) -> int:
        written.append(fd)
        return write(fd, data)

    monkeypatch.setattr(os, "write", noted)
    await asker.send("question.ask", body="Only for me?")
    await asker.wait_until(lambda room: room.questions)
    lines = [line for line in house.services.hub.pulse.lines() if isinstance(line, DirectLine)]
    [own] = [line.descriptor for line in lines if line.owner and written.count(line.descriptor)]
    assert {fd for fd in written if fd in {line.descriptor for line in lines}} == {own}
