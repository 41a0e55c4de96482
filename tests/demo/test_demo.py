"""The demo, as the command starts it."""

import json
from dataclasses import fields

import httpx2

from tests.support.demo import RunningDemo
from webinar.demo.run import Addresses, as_json, as_text

KEYS = ["base_url", "register_url", "watch_url", "host_url", "admin_url", "embed_url", "email", "password"]


async def test_the_demo_prints_one_line_of_addresses_once_it_is_ready(demo: RunningDemo):
    assert list(demo.addresses) == KEYS
    async with httpx2.AsyncClient() as client:
        assert (await client.get(f"{demo['base_url']}/readyz")).status_code == 200
        for key in ("register_url", "watch_url", "embed_url"):
            assert (await client.get(demo[key])).status_code == 200, key


def test_people_are_told_everything_that_programs_are_and_where_the_replay_is():
    names = [field.name for field in fields(Addresses)]
    addresses = Addresses(**{name: f"<{name}>" for name in names})
    for name in names:
        assert f"<{name}>" in as_text(addresses), name
    assert list(json.loads(as_json(addresses))) == KEYS


async def test_the_embedding_page_stands_on_another_site(demo: RunningDemo):
    own, neighbour = httpx2.URL(demo["base_url"]), httpx2.URL(demo["embed_url"])
    assert own.host != neighbour.host
    assert own.port != neighbour.port


async def test_the_start_page_leads_to_everything(demo: RunningDemo):
    async with httpx2.AsyncClient(base_url=demo["base_url"]) as client:
        page = (await client.get("/")).text
        assert page.count("/watch") == 3
        for key in ("register_url", "watch_url", "host_url", "admin_url", "embed_url"):
            assert f'href="{demo[key].removeprefix(demo["base_url"])}"' in page, key
        assert 'href="/demo/mail"' in page
