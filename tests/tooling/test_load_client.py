"""The load client of the realtime benchmarks sees what goes wrong: a benchmark is worth what its client notices."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection, serve

from benchmarks.realtime.client import Ran, compile_programs, crowd, percentile
from benchmarks.realtime.peers import FLOOR

VIEWERS = 10
SAMPLE = ("watching=5", "round=20")  # of ten, the fifth and the tenth are watched
Telling = Callable[[list[ServerConnection], str], Iterable[Awaitable[None]]]


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled load client and floor."""
    folder = tmp_path_factory.mktemp("programs")
    compile_programs(folder)
    return folder


@asynccontextmanager
async def relaying(tell: Telling) -> AsyncIterator[int]:
    """A server that passes each message on as `tell` says; gives its port."""
    everybody: list[ServerConnection] = []

    async def talk(connection: ServerConnection) -> None:
        everybody.append(connection)
        async for message in connection:
            await asyncio.gather(*tell(everybody, str(message)))

    async with serve(talk, "127.0.0.1", 0, compression=None) as server:
        yield next(iter(server.sockets)).getsockname()[1]


@pytest.fixture(params=[(), SAMPLE], ids=["all are watched", "a sample is watched"])
def people(request: pytest.FixtureRequest) -> Sequence[str]:
    """The load client's arguments: who of its viewers is watched."""
    found: Sequence[str] = request.param
    return found


async def ran(programs: Path, port: int, people: Sequence[str], *, rate: float = 0, window: int = 0) -> Ran:
    arguments = ["dialect=plain", f"port={port}", f"viewers={VIEWERS}", "patience=1", *people]
    async with crowd(programs, arguments) as viewers:
        joined = await viewers.join(at_once=1)  # so the server knows them by their order
        assert joined.joined == VIEWERS
        return await viewers.speak(0.2, rate=rate, window=window)


def loyal(everybody: list[ServerConnection], message: str) -> Iterable[Awaitable[None]]:
    return [viewer.send(message) for viewer in everybody]


async def test_every_delivery_of_the_floor_is_counted(programs: Path, tmp_path: Path, people: Sequence[str]):
    folder = tmp_path / "run"
    folder.mkdir()
    (tmp_path / "floor").symlink_to(programs / "floor")
    async with FLOOR.serving(folder) as server:
        found = await ran(programs, server.port, people, window=4)
    assert found.said > 0
    assert found.delivered == found.expected == found.said * VIEWERS
    assert (found.lost, found.disordered) == (0, 0)
    assert 0 < found.p50 <= found.p99 <= found.max


async def test_at_a_rate_so_many_messages_are_said(programs: Path, people: Sequence[str]):
    async with relaying(loyal) as port:
        found = await ran(programs, port, people, rate=50)
    assert (found.said, found.delivered) == (10, 10 * VIEWERS)


async def test_a_message_that_one_viewer_does_not_get_is_lost(programs: Path, people: Sequence[str]):
    def forgetful(everybody: list[ServerConnection], message: str) -> Iterable[Awaitable[None]]:
        return loyal(everybody[:-1] if "#000000000003." in message else everybody, message)

    async with relaying(forgetful) as port:
        found = await ran(programs, port, people, rate=50)
    assert (found.lost, found.disordered) == (1, 0)


async def test_messages_that_change_places_are_out_of_order(programs: Path, people: Sequence[str]):
    held: list[str] = []

    def shuffling(everybody: list[ServerConnection], message: str) -> Iterable[Awaitable[None]]:
        held.append(message)
        if len(held) < 2:
            return []
        later, sooner = held
        held.clear()
        return [*loyal(everybody, sooner), *loyal(everybody, later)]

    async with relaying(shuffling) as port:
        found = await ran(programs, port, people, rate=50)
    assert found.lost == 0
    assert found.disordered == found.said // 2 * VIEWERS


async def test_a_message_that_comes_twice_is_out_of_order(programs: Path, people: Sequence[str]):
    def stammering(everybody: list[ServerConnection], message: str) -> Iterable[Awaitable[None]]:
        twice = everybody[:1] if "#000000000003." in message else []
        return [*loyal(everybody, message), *loyal(twice, message)]

    async with relaying(stammering) as port:
        found = await ran(programs, port, people, rate=50)
    assert found.disordered == 1


async def test_viewers_who_are_cut_off_are_told(programs: Path, people: Sequence[str]):
    def harsh(everybody: list[ServerConnection], message: str) -> Iterable[Awaitable[None]]:
        return [everybody.pop().close(4002, "too slow")]

    async with relaying(harsh) as port:
        found = await ran(programs, port, people, rate=10)
    assert found.cut_off == found.said
    assert found.last_words == "closed 4002 too slow"


async def test_a_line_that_is_cut_without_a_word_is_told(programs: Path, people: Sequence[str]):
    async def cut(viewer: ServerConnection) -> None:
        viewer.transport.abort()

    async with relaying(lambda everybody, _: [cut(everybody.pop(1))]) as port:
        found = await ran(programs, port, people, rate=10)
    assert found.cut_off == found.said
    assert found.last_words == "the line is cut"


async def test_everybody_answers_pings(programs: Path, people: Sequence[str]):
    async def ask(viewer: ServerConnection, message: str) -> None:
        await (await viewer.ping())
        await viewer.send(message)

    async with relaying(lambda everybody, message: [ask(viewer, message) for viewer in everybody]) as port:
        found = await ran(programs, port, people, rate=50)
    assert (found.delivered, found.lost) == (found.said * VIEWERS, 0)


async def test_a_message_that_all_who_are_watched_have_waits_for_nobody(programs: Path):
    held: list[str] = []

    def unequal(everybody: list[ServerConnection], message: str) -> Iterable[Awaitable[None]]:
        others = [viewer for place, viewer in enumerate(everybody, 1) if place % 5]
        late = [viewer.send(earlier) for earlier in held for viewer in others]
        held[:] = [message]
        return [*late, *(viewer.send(message) for viewer in everybody if viewer not in others)]

    async with relaying(unequal) as port:
        found = await ran(programs, port, SAMPLE, window=1)
    assert found.said > 1
    assert found.lost == VIEWERS - 2  # the last message never came to those who are not watched


async def test_runs_are_summed_up_with_the_latencies_of_each(programs: Path):
    async with relaying(loyal) as port:
        runs = [await ran(programs, port, (), rate=rate) for rate in (10, 50)]
    first, second = runs
    assert sum(count for _, count in first.latencies) == first.delivered
    assert percentile([first], 0.5) == pytest.approx(first.p50, abs=0.001)
    assert percentile([second], 0.99) == pytest.approx(second.p99, abs=0.001)
    assert min(first.p99, second.p99) <= percentile(runs, 0.99) <= max(first.max, second.max)
