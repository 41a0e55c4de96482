"""The load client of the realtime benchmarks sees what goes wrong: a benchmark is worth what its client notices."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection, serve

from benchmarks.realtime.client import Ran, compile_programs, crowd
from benchmarks.realtime.peers import FLOOR

VIEWERS = 10
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


async def ran(programs: Path, port: int, *, rate: float = 0, window: int = 0) -> Ran:
    async with crowd(
        programs, ["dialect=plain", f"port={port}", f"viewers={VIEWERS}", "patience=1"]
    ) as people:
        joined = await people.join()
        assert joined.joined == VIEWERS
        return await people.speak(0.2, rate=rate, window=window)


def loyal(everybody: list[ServerConnection], message: str) -> Iterable[Awaitable[None]]:
    return [viewer.send(message) for viewer in everybody]


async def test_every_delivery_of_the_floor_is_counted(programs: Path, tmp_path: Path):
    folder = tmp_path / "run"
    folder.mkdir()
    (tmp_path / "floor").symlink_to(programs / "floor")
    async with FLOOR.serving(folder) as server:
        found = await ran(programs, server.port, window=4)
    assert found.said > 0
    assert found.delivered == found.expected == found.said * VIEWERS
    assert (found.lost, found.disordered) == (0, 0)
    assert 0 < found.p50 <= found.p99 <= found.max


async def test_at_a_rate_so_many_messages_are_said(programs: Path):
    async with relaying(loyal) as port:
        found = await ran(programs, port, rate=50)
    assert (found.said, found.delivered) == (10, 10 * VIEWERS)


async def test_a_message_that_one_viewer_does_not_get_is_lost(programs: Path):
    def forgetful(everybody: list[ServerConnection], message: str) -> Iterable[Awaitable[None]]:
        return loyal(everybody[:-1] if "#000000000003." in message else everybody, message)

    async with relaying(forgetful) as port:
        found = await ran(programs, port, rate=50)
    assert (found.lost, found.disordered) == (1, 0)


async def test_messages_that_change_places_are_out_of_order(programs: Path):
    held: list[str] = []

    def shuffling(everybody: list[ServerConnection], message: str) -> Iterable[Awaitable[None]]:
        held.append(message)
        if len(held) < 2:
            return []
        later, sooner = held
        held.clear()
        return [*loyal(everybody, sooner), *loyal(everybody, later)]

    async with relaying(shuffling) as port:
        found = await ran(programs, port, rate=50)
    assert found.lost == 0
    assert found.disordered == found.said // 2 * VIEWERS


async def test_a_message_that_comes_twice_is_out_of_order(programs: Path):
    def stammering(everybody: list[ServerConnection], message: str) -> Iterable[Awaitable[None]]:
        twice = everybody[:1] if "#000000000003." in message else []
        return [*loyal(everybody, message), *loyal(twice, message)]

    async with relaying(stammering) as port:
        found = await ran(programs, port, rate=50)
    assert found.disordered == 1


async def test_viewers_who_are_cut_off_are_told(programs: Path):
    def harsh(everybody: list[ServerConnection], message: str) -> Iterable[Awaitable[None]]:
        return [everybody.pop().close(4002, "too slow")]

    async with relaying(harsh) as port:
        found = await ran(programs, port, rate=10)
    assert found.cut_off == found.said
    assert found.last_words == "closed 4002 too slow"
