"""Two settings that promises rest on and that nothing else would notice: where links lead, when a commit is kept."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from webinar.db import Database
from webinar.settings import Settings
from webinar.site import Site


def test_a_link_in_a_mail_begins_with_the_configured_address():
    site = Site("https://webinar.example.org", ("webinar.example.org",))
    assert site.url("/my/") == "https://webinar.example.org/my/"


async def test_every_connection_waits_for_the_disk_when_it_commits(settings: Settings):
    """FULL (2): with NORMAL a power cut takes commits that were acknowledged (R2)."""
    database = Database(settings.database)
    for unit in (database.writing, database.reading):
        async with unit() as db:
            connection = await db.connection()
            assert (await connection.exec_driver_sql("PRAGMA synchronous")).scalar() == 2
    await database.close()


# Notes each wait for the disk, which no pragma can pretend.
COUNTER = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
static int note(const char *name, int fd) {
    int notes = open(getenv("WAITS"), O_WRONLY | O_APPEND | O_CREAT, 0600);
    if (write(notes, ".", 1) != 1) abort();
    close(notes);
    return ((int (*)(int))dlsym(RTLD_NEXT, name))(fd);
}
int fsync(int fd) { return note("fsync", fd); }
int fdatasync(int fd) { return note("fdatasync", fd); }
"""
COMMITS = """
import asyncio, os, sys
from sqlalchemy import text
from webinar.db import Database

async def commit(times):
    database = Database(sys.argv[1])
    async with database.writing() as db:
        await db.exec(text("CREATE TABLE kept (number INTEGER)"))
    before = os.path.getsize(os.environ["WAITS"])
    for number in range(times):
        async with database.writing() as db:
            await db.exec(text(f"INSERT INTO kept VALUES ({number})"))
    print(os.path.getsize(os.environ["WAITS"]) - before)
    await database.close()

asyncio.run(commit(20))
"""


@pytest.mark.compiler
def test_twenty_commits_wait_for_the_disk_twenty_times(tmp_path: Path):
    """R2: killing a process cannot show this, since the kernel outlives it; so the calls are counted."""
    source, library = tmp_path / "counter.c", tmp_path / "counter.so"
    source.write_text(COUNTER)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    environment = {**os.environ, "LD_PRELOAD": str(library), "WAITS": str(tmp_path / "waits")}
    (tmp_path / "waits").touch()
    database = f"sqlite+aiosqlite:///{tmp_path / 'kept.sqlite3'}"
    run = subprocess.run(
        [sys.executable, "-c", COMMITS, database], env=environment, capture_output=True, text=True, check=True
    )
    assert int(run.stdout) >= 20
