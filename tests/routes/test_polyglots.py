"""S12: what people type is text wherever a page shows it again, in lists, in prompts before deleting, and in mails."""

import html
from uuid import UUID

import pytest

from tests.routes.test_permissions import every_operation, filled
from tests.support.installation import Installation
from tests.support.people import Organisation, give_cookie
from tests.support.samples import make_participant
from tests.support.webinars import a_webinar
from webinar.models import Webinar
from webinar.registration.admission import open_session
from webinar.routes.admitted import admission_cookie
from webinar.webinars.catalogue import get_webinar
from webinar.webinars.speakers import SpeakerWords, add_speaker

# Breaks out of an attribute, a tag, a script and a template, where anything lets it.
POLYGLOT = "\"'></title></script><svg onload=alert(1)>{{7*191}}${7*191}<%=7*191%>"
ALIVE = ("<svg onload", "</script><svg", "1337")


@pytest.fixture
async def named(installation: Installation, organisation: Organisation) -> tuple[Webinar, UUID]:
    """A webinar, a speaker and a participant who are all called that."""
    webinar = await a_webinar(installation, organisation.id, title=POLYGLOT, description=POLYGLOT)
    found = installation.services
    async with found.db.writing() as db:
        present = await get_webinar(db, organisation.id, webinar.id)
        await add_speaker(db, present, SpeakerWords(POLYGLOT, POLYGLOT, POLYGLOT))
        person = await make_participant(db, found.signer, webinar, display_name=POLYGLOT)
        opened = await open_session(db, person, installation.clock.now())
    give_cookie(organisation.owner.client, admission_cookie(found.site, webinar.id), opened.token)
    return webinar, person.id


async def test_no_page_brings_what_somebody_typed_to_life(
    organisation: Organisation, named: tuple[Webinar, UUID]
):
    webinar, person_id = named
    samples: dict[str, object] = dict.fromkeys(("/w/", "/e/", "/admin/webinars/", "/host/"), webinar.id)
    samples[f"/admin/webinars/{webinar.id}/participants/"] = person_id
    shown = set()
    for operation in every_operation():
        method, _, template = operation.partition(" ")
        if method != "GET":
            continue
        path = filled(template, samples)
        answer = await organisation.owner.client.get(path)
        if "html" not in answer.headers.get("content-type", ""):
            continue
        assert not [alive for alive in ALIVE if alive in answer.text], path
        if html.escape("<svg onload") in answer.text:
            shown.add(template)
    base = "/admin/webinars/{webinar_id:uuid}"
    assert {
        base,
        f"{base}/participants",
        f"{base}/participants/{{participant_id:uuid}}",
        f"{base}/danger",
        f"{base}/look",
        "/admin/",
        "/host/{webinar_id:uuid}",
        "/w/{webinar_id:uuid}",
        "/e/{webinar_id:uuid}",
        "/w/{webinar_id:uuid}/watch",
        "/w/{webinar_id:uuid}/my",
        "/w/{webinar_id:uuid}/my/erase",
    } <= shown


async def test_the_prompt_before_erasing_quotes_a_name_as_text(
    organisation: Organisation, named: tuple[Webinar, UUID]
):
    webinar, person_id = named
    address = f"/admin/webinars/{webinar.id}/participants"
    for path in (f"{address}/erase?id={person_id}", f"{address}?search=%3Csvg+onload"):
        answer = await organisation.owner.client.get(path)
        assert answer.status_code == 200
        assert not [alive for alive in ALIVE if alive in answer.text], path
