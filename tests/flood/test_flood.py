"""A flood of one's own installation: only with its proof, and with figures that are true."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest

from tests.support.room import House
from webinar.client import TicketRefused
from webinar.client.room import Status
from webinar.flood.figures import Figures
from webinar.flood.run import Plan, Viewer, run_flood
from webinar.models import Access, Webinar
from webinar.realtime.room import Room
from webinar.routes.api.flood import LIFETIME, flood_proof


def plan_of(house: House, webinar_id: UUID, proof: str, **values: Any) -> Plan:
    usual = {"viewers": 20, "talkers": 2, "seconds": 1.0, "ramp": 200.0, "pause": 0.3}
    return Plan(house.url, webinar_id, proof, **{**usual, **values})


@pytest.fixture
async def open_webinar(house: House) -> Webinar:
    return await house.open_webinar(access=Access.OPEN)


async def test_a_flood_tells_who_joined_and_what_they_heard(house: House, open_webinar: Webinar):
    proof = flood_proof(house.services.signer, open_webinar.id)
    figures = await run_flood(plan_of(house, open_webinar.id, proof))
    assert figures.sound, figures
    assert figures.joined == len(figures.joins) == 20
    assert figures.said == len(figures.acks) >= 2
    assert figures.heard == len(figures.deliveries) == 20 * figures.said
    assert "20 of 20 viewers joined" in figures.summary()
    assert "Everybody heard everything, once." in figures.summary()


async def test_what_viewers_do_not_hear_is_told(
    house: House, open_webinar: Webinar, monkeypatch: pytest.MonkeyPatch
):
    def forgetful(*_: object) -> None:
        """Nobody is told anything."""

    monkeypatch.setattr(Room, "changed", forgetful)
    monkeypatch.setattr(Room, "said", forgetful)
    monkeypatch.setattr("webinar.flood.run.SETTLE", 1.0)
    proof = flood_proof(house.services.signer, open_webinar.id)
    figures = await run_flood(plan_of(house, open_webinar.id, proof, viewers=3, talkers=1))
    assert not figures.sound
    assert figures.missed == 3 * figures.said
    assert "Not everybody heard everything." in figures.summary()


async def test_without_the_installations_own_proof_nobody_floods_it(house: House, open_webinar: Webinar):
    other = flood_proof(house.services.signer, uuid4())
    old = flood_proof(house.services.signer, open_webinar.id)
    house.clock.move(seconds=(LIFETIME + timedelta(seconds=1)).total_seconds())
    for proof in ("", "forged", other, old):
        with pytest.raises(TicketRefused) as refused:
            await run_flood(plan_of(house, open_webinar.id, proof))
        assert (refused.value.status, refused.value.code) == (403, "no_proof")


async def test_only_an_open_webinar_is_flooded_and_only_so_much_at_once(house: House, open_webinar: Webinar):
    async with httpx2.AsyncClient(base_url=house.url) as client:

        async def ask(webinar_id: UUID, tickets: int) -> int:
            proof = flood_proof(house.services.signer, webinar_id)
            path = f"/api/v1/webinars/{webinar_id}/flood"
            return (await client.post(path, json={"proof": proof, "tickets": tickets})).status_code

        assert await ask(open_webinar.id, 100) == 200
        assert await ask(open_webinar.id, 101) == 422
        assert await ask(house.webinar.id, 1) == 409
        assert await ask(uuid4(), 1) == 404


def test_only_a_connection_that_stood_counts_as_cut():
    figures = Figures(1)
    viewer = Viewer(figures, {})
    tries: list[Status] = ["connecting", "waiting"]
    for status in (*tries, "connecting", "open", "waiting", *tries, *tries, "connecting", "open"):
        viewer.note(status)
    assert (figures.joined, figures.cuts) == (1, 1)


def test_a_summary_is_readable_even_when_nothing_happened():
    assert "0 of 5 viewers joined" in Figures(5).summary()
