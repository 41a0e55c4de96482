"""What Prometheus reads: for whoever shows the token, about everything, and about nobody."""

import json
import re
from typing import Any, NoReturn

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr
from sqlalchemy.exc import OperationalError

from tests.support.installation import Installation
from tests.support.room import House, Refused, a_house
from webinar.db import Database
from webinar.realtime.codes import Close
from webinar.settings import Settings

TOKEN = "prometheus shows this"
SHOWN = {"Authorization": f"Bearer {TOKEN}"}


async def figures(house: House) -> dict[str, float]:
    """Every sample by its name and labels."""
    async with httpx2.AsyncClient(base_url=house.url, headers=SHOWN) as client:
        text = (await client.get("/metrics")).text
    return {
        sample.name + "".join(f" {name}={value}" for name, value in sample.labels.items()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
async def measured(settings: Settings):
    async with a_house(settings.data_dir, metrics_token=SecretStr(TOKEN)) as house:
        yield house


async def test_without_a_token_in_the_settings_there_is_no_such_page(installation: Installation):
    assert (await installation.client.get("/metrics")).status_code == 404
    assert (
        await installation.client.get("/metrics", headers={"Authorization": "Bearer "})
    ).status_code == 404


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN} "[:-2]])
async def test_only_the_token_opens_the_page(measured: House, shown: str):
    async with httpx2.AsyncClient(base_url=measured.url) as client:
        refused = await client.get("/metrics", headers={"Authorization": shown})
        allowed = await client.get("/metrics", headers=SHOWN)
    assert (refused.status_code, refused.content) == (401, b"")
    assert allowed.headers["content-type"].startswith("text/plain; version=0.0.4")


async def test_the_figures_tell_what_happens_in_rooms(measured: House):
    guest = await measured.guest()
    mira, sam = await measured.join(guest), await measured.join(await measured.guest())
    ack = await mira.send("chat.send", body="Counted")
    await sam.wait_until(lambda room: ack["id"] in room.messages)
    found = await figures(measured)
    assert found["webinar_rooms"] == 1
    assert found["webinar_connections"] == 2
    assert found["webinar_connections_behind"] == 0
    assert found["webinar_broker_connected"] == 1
    assert found["webinar_deliveries_total"] == 2
    assert found["webinar_commit_batch_commands_sum"] == 1
    assert found["webinar_delivery_lag_seconds_count"] == 1
    assert guest.session_id
    await measured.services.hub.revoke(guest.session_id)
    await mira.wait_closed()
    found = await figures(measured)
    assert found["webinar_connections"] == 1
    assert found[f"webinar_closes_total code={int(Close.REVOKED)}"] == 1
    # Whoever did not come in yet counts too; and a code that none had stands at 0, so that its first is a rise.
    stranger = await measured.connect()
    await stranger.socket.send(json.dumps({"type": "hello", "ticket": "guessed"}))
    await stranger.wait_closed()
    found = await figures(measured)
    assert found[f"webinar_closes_total code={int(Close.BAD_TICKET)}"] == 1
    assert found[f"webinar_closes_total code={int(Close.INTERNAL)}"] == 0


async def test_what_the_database_did_not_take_or_give_is_counted(
    measured: House, monkeypatch: pytest.MonkeyPatch
):
    """From 0 on, so that the first is a rise; what was refused for another reason is no failure."""
    mira = await measured.join(await measured.guest())

    async def fail(*_: Any, **__: Any) -> NoReturn:
        raise OperationalError("COMMIT", None, Exception("database or disk is full"))

    with pytest.raises(Refused, match="invalid"):
        await mira.send("chat.send", body=" ")
    assert (await figures(measured))["webinar_commands_failed_total"] == 0
    with monkeypatch.context() as broken:
        broken.setattr(Database, "write", fail)
        with pytest.raises(Refused, match="unavailable"):
            await mira.send("chat.send", body="Is this kept?")
    assert (await figures(measured))["webinar_commands_failed_total"] == 1
    with monkeypatch.context() as broken:
        broken.setattr(Database, "read", fail)
        with pytest.raises(Refused, match="unavailable"):
            await mira.send("chat.page", before=1)
    assert (await figures(measured))["webinar_commands_failed_total"] == 2


async def test_the_figures_name_nobody(measured: House):
    """No label carries an id, an address or a word of anybody."""
    guest = await measured.guest("Canary Person")
    mira = await measured.join(guest)
    await mira.send("chat.send", body="Canary words")
    async with httpx2.AsyncClient(base_url=measured.url, headers=SHOWN) as client:
        text = (await client.get("/metrics")).text
    assert "anary" not in text
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", text)
    labels = {
        name for family in text_string_to_metric_families(text) for s in family.samples for name in s.labels
    }
    assert labels <= {"le", "code"}
