"""The demo, as the command starts it."""

import asyncio
import json
import sys
from pathlib import Path

import httpx2
import pytest

KEYS = ["base_url", "register_url", "watch_url", "host_url", "admin_url", "embed_url", "email", "password"]


@pytest.fixture
async def demo(tmp_path: Path):
    arguments = ("-m", "webinar", "demo", "--json", "--port", "0", "--data", str(tmp_path))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    assert process.stdout is not None
    try:
        yield json.loads(await process.stdout.readline())
    finally:
        process.terminate()
        await process.communicate()


async def test_the_demo_prints_one_line_of_addresses_once_it_is_ready(demo: dict[str, str]):
    assert list(demo) == KEYS
    async with httpx2.AsyncClient() as client:
        assert (await client.get(f"{demo['base_url']}/readyz")).status_code == 200
        for key in ("register_url", "watch_url", "embed_url"):
            assert (await client.get(demo[key])).status_code == 200, key


async def test_the_embedding_page_stands_on_another_site(demo: dict[str, str]):
    own, neighbour = httpx2.URL(demo["base_url"]), httpx2.URL(demo["embed_url"])
    assert own.host != neighbour.host
    assert own.port != neighbour.port
