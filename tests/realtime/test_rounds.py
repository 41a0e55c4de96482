"""R8: what is done again and again goes on, whatever becomes of one round or of one line."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest

from tests.contracts.test_handover import until
from tests.realtime.test_stream import Viewer
from tests.support.room import a_house
from webinar.realtime import hub
from webinar.realtime.fanout.pulse import HANDS, Pulse
from webinar.realtime.notices import Present
from webinar.realtime.presence import Presence
from webinar.realtime.room import Room
from webinar.realtime.rounds import rounds
from webinar.settings import Settings

QUICK = 0.3  # seconds between two heartbeats, in place of eight


class Beaten(Viewer):
    """Counts its beats, and fails at them or at being cut where it is told to."""

    def __init__(self, fails: str = "") -> None:
        super().__init__("viewer", [])
        self.fails, self.beats, self.cuts = fails, 0, 0

    def beat(self) -> None:
        self.beats += 1
        if self.fails:
            raise AttributeError("the transport is half gone")

    def cut(self) -> None:
        self.cuts += 1
        if self.fails == "twice":
            raise AttributeError("wholly")


@asynccontextmanager
async def under_way(work: Coroutine[Any, Any, None]) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(work)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait({task})


@pytest.mark.parametrize("fails", ["once", "twice"])
async def test_a_line_that_cannot_be_beaten_is_cut_and_all_others_are_beaten(
    fails: str, caplog: pytest.LogCaptureFixture
):
    pulse = Pulse(0)
    broken, others = Beaten(fails), [Beaten() for _ in range(3 * HANDS)]
    for line in (*others, broken):
        pulse.watch(line)
    async with under_way(pulse.run()):
        await until(lambda: all(line.beats > 1 for line in others))
    assert broken.cuts
    assert not any(line.cuts for line in others)
    assert "line_not_beaten" in caplog.text
    assert ("line_not_cut" in caplog.text) == (fails == "twice")


@pytest.mark.parametrize("waits", [False, True])
async def test_after_a_round_that_fails_comes_the_next(waits: bool, caplog: pytest.LogCaptureFixture):
    done: list[int] = []

    def work() -> Awaitable[None]:
        done.append(len(done))
        if waits:
            return fail()
        raise ConnectionError

    async def fail() -> None:
        raise ConnectionError

    async with under_way(rounds(work, 0, "nothing_done")) as task:
        await until(lambda: len(done) > 2)
        assert not task.done()
    assert task.cancelled()
    assert "nothing_done" in caplog.text


async def test_the_hub_counts_and_checks_on_after_it_failed_once(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    take_stock, check_standing = Presence.take_stock, Room.check_standing
    failing = {"stock", "standing"}
    checked: list[UUID] = []

    def stock(presence: Presence, rooms: Mapping[UUID, Room]) -> Iterator[Present]:
        if rooms and "stock" in failing:
            failing.remove("stock")
            raise ConnectionError
        return take_stock(presence, rooms)

    def standing(room: Room) -> None:
        if "standing" in failing:
            failing.remove("standing")
            raise ConnectionError
        checked.append(room.webinar_id)
        check_standing(room)

    monkeypatch.setattr(Presence, "take_stock", stock)
    monkeypatch.setattr(Room, "check_standing", standing)
    monkeypatch.setattr(hub, "CHECK", QUICK)
    async with a_house(settings.data_dir, heartbeat_seconds=QUICK) as house:
        viewer = await house.join(await house.guest())
        await viewer.wait_until(lambda room: room.viewers == 1)
        await until(lambda: checked)
    assert not failing
    assert "viewers_not_counted" in caplog.text
    assert "standings_not_checked" in caplog.text
