"""What stands in an erasure's way, for real: another process that reads, a full disk, a file that can't be removed,
Redis that stands still or is dead. It says what it waits for, claims nothing, and finishes once it can.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlmodel import col, select

from tests.privacy.test_erasure import House, furnish
from tests.support.instances import Instances, some_instances
from tests.support.redis import RedisServer
from tests.support.samples import NOW
from webinar import db as database
from webinar.db import Database
from webinar.models import ErasureReceipt, ErasureStep, ErasureWait, Participant
from webinar.privacy.ballast import Ballast
from webinar.privacy.erasure import erase_participant_rows, erase_webinar_rows
from webinar.privacy.inventory import Within
from webinar.realtime.codes import Close
from webinar.schema import migrate

MEGABYTE = 1024 * 1024
needs_mounts = pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a small disk")
READER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN")
connection.execute("SELECT count(*) FROM participant").fetchone()
print("reads", flush=True)
sys.stdin.readline()
"""


@contextmanager
def a_disk_of(megabytes: int, folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path) -> Path:
    """Takes all the room there is, to the last byte."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (MEGABYTE, 4096, 1):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue
    return filler


@contextmanager
def reading(file: Path) -> Iterator[None]:
    """Another process holds a view of the database as it is now."""
    with subprocess.Popen(
        [sys.executable, "-c", READER, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == b"reads\n"
        try:
            yield
        finally:
            process.stdin.write(b"\n")
            process.stdin.close()


@pytest.fixture
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    folder = request.getfixturevalue("disk") if "disk" in request.fixturenames else tmp_path
    url = f"sqlite+aiosqlite:///{folder / 'webinar.sqlite3'}"
    await asyncio.to_thread(migrate, url)
    db = Database(url)
    try:
        yield await furnish(db, folder)
    finally:
        await db.close()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with a_disk_of(32, tmp_path / "disk") as folder:
        yield folder


async def receipt_of(house: House, receipt: ErasureReceipt) -> ErasureReceipt:
    async with house.db.reading() as db:
        return await db.get_one(ErasureReceipt, receipt.id)


async def finishes(house: House, receipt: ErasureReceipt) -> None:
    assert await house.eraser.finish_open()
    done = await receipt_of(house, receipt)
    assert (done.step, done.waits_for, done.searched["found"]) == (ErasureStep.VERIFIED, None, 0)
    assert house.found(house.webinar, *house.participants) == set()


async def test_another_process_that_reads_is_waited_for(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(database, "SCRUB_TRIES", 2)
    with reading(house.folder / "webinar.sqlite3"):
        receipt = await house.erase_webinar(house.webinar)
        assert (receipt.step, receipt.waits_for) == (ErasureStep.BROKER, ErasureWait.READER)
        # What it still reads is still there: nothing was claimed too early.
        assert house.found(*house.participants)
    await finishes(house, receipt)


@needs_mounts
async def test_a_full_disk_is_waited_for_and_nothing_is_half_said(disk: Path, house: House):
    async with house.db.writing() as db:
        erased = await erase_webinar_rows(
            db, house.account.id("account"), house.webinar.id("webinar"), role="owner", now=NOW
        )
    assert await house.db.scrub()
    filler = fill(disk)
    receipt = await house.eraser.finish(erased)
    assert receipt.verified_at is None
    assert not await house.eraser.finish_open()
    # The database can't even take the note, so the process itself knows it.
    assert house.eraser.waiting(await receipt_of(house, receipt)) is ErasureWait.DISK

    filler.unlink()
    await finishes(house, receipt)
    assert house.eraser.waiting(await receipt_of(house, receipt)) is None


@needs_mounts
async def test_on_a_full_disk_the_room_that_was_kept_is_enough_to_erase(disk: Path, house: House):
    ballast = Ballast(disk, 4 * MEGABYTE)
    house.eraser._ballast = ballast
    with (disk / "ballast").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, 4 * MEGABYTE)
    fill(disk)
    await house.eraser.make_room()
    receipt = await house.erase_webinar(house.webinar)
    assert receipt.verified_at
    assert house.found(house.webinar, *house.participants) == set()


@needs_mounts
async def test_a_file_that_cannot_be_removed_is_waited_for(house: House):
    # A disk that somebody mounted there: not even root removes the folder.
    stuck = house.folder / "media" / str(house.webinar.id("webinar")) / "mounted"
    with a_disk_of(1, stuck):
        (stuck / "segment.ts").write_text(house.participants[0].rows["participant"]["email"])
        receipt = await house.erase_webinar(house.webinar)
        assert (receipt.step, receipt.waits_for) == (ErasureStep.ROWS, ErasureWait.FILES)
    await finishes(house, receipt)


@pytest.fixture
async def instances(
    tmp_path: Path, migrated_postgres_url: str, own_redis: RedisServer
) -> AsyncIterator[Instances]:
    async with some_instances(tmp_path, migrated_postgres_url, own_redis, number=2) as found:
        yield found


@pytest.mark.postgres
@pytest.mark.redis
@pytest.mark.parametrize(
    ("begin", "end"),
    [(RedisServer.pause, RedisServer.resume), (RedisServer.stop, RedisServer.restart)],
    ids=["stands still", "is killed"],
)
async def test_redis_is_waited_for_and_then_everybody_is_told(
    instances: Instances, begin: Callable[[RedisServer], None], end: Callable[[RedisServer], None]
):
    here, there = instances.houses
    guest = await here.guest()
    socket = await there.join(guest)
    assert guest.participant
    begin(instances.redis)
    await instances.in_touch(False, False)
    chosen = select(col(Participant.id)).where(col(Participant.id) == guest.participant.id)
    within = Within(here.account.id, here.webinar.id, chosen)
    async with here.services.db.writing() as db:
        erased = await erase_participant_rows(db, within, role="owner", now=NOW)
    receipt = await here.services.eraser.finish(erased)
    assert (receipt.waits_for, receipt.verified_at) == (ErasureWait.BROKER, None)

    end(instances.redis)
    await instances.in_touch()
    assert await here.services.eraser.finish_open()
    async with here.services.db.reading() as db:
        assert (await db.get_one(ErasureReceipt, receipt.id)).verified_at
    assert (await socket.wait_closed())[0] == Close.ERASED
