"""Registering through the pages: what people see, what is stored, and what can't be told from outside."""

import asyncio
import re
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from sqlmodel import SQLModel, func, select

from tests.registration.samples import Published, publish_sample
from tests.support.installation import Installation
from tests.support.people import give_cookie
from webinar.models import (
    Access,
    Answer,
    OutgoingMail,
    Participant,
    ParticipantState,
    Registration,
    Webinar,
    WebinarState,
)
from webinar.privacy.erasure import erase_participant_rows
from webinar.privacy.inventory import Within
from webinar.registration.admission import open_session
from webinar.registration.publishing import republish_form
from webinar.registration.register import invitation_reference
from webinar.routes import pacing, registration
from webinar.routes.admitted import admission_cookie

FILLED = {"name": "Ada", "email": "ada@example.com", "coming": "live", "question": "Why?"}
HIDDEN = re.compile(r'<input type="hidden" name="(_\w+)" value="([^"]*)">')


@pytest.fixture
async def published(installation: Installation) -> Published:
    async with installation.services.db.writing() as db:
        return await publish_sample(db)


async def open_form(installation: Installation, address: str) -> dict[str, str]:
    """What the browser sends along without being asked."""
    page = await installation.client.get(address)
    assert page.status_code == 200, page.text
    return dict(HIDDEN.findall(page.text))


async def send(
    installation: Installation, published: Published, kind: str = "w", **values: Any
) -> httpx2.Response:
    address = f"/{kind}/{published.webinar.id}"
    along = await open_form(installation, address)
    return await installation.client.post(address, data={**along, **FILLED, **values})


async def count(installation: Installation, table: type[SQLModel]) -> int:
    async with installation.services.db.reading() as db:
        return (await db.exec(select(func.count()).select_from(table))).one()


async def test_a_label_that_ends_with_a_mark_gets_no_second_one(
    installation: Installation, published: Published
):
    page = (await send(installation, published, coming="", email="nobody")).text
    assert '">Will you be there? Please choose.</a>' in page
    assert '">E-mail address: ' in page


async def change(installation: Installation, published: Published, **values: object) -> None:
    async with installation.services.db.writing() as db:
        webinar = await db.get_one(Webinar, published.webinar.id)
        for name, value in values.items():
            setattr(webinar, name, value)
        db.add(webinar)


@pytest.mark.parametrize("kind", ["w", "e"])
async def test_a_person_registers_and_is_told_to_look_at_their_mail(
    installation: Installation, published: Published, kind: str
):
    answer = await send(installation, published, kind)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/{kind}/{published.webinar.id}/registered?claim=")
    assert "set-cookie" not in answer.headers
    page = await installation.client.get(answer.headers["location"])
    assert page.status_code == 200
    assert "Check your mail" in page.text
    assert "ada@example.com" not in page.text
    assert await count(installation, Registration) == 1


async def test_nobody_passes_for_somebody_else_by_hidden_characters(
    installation: Installation, published: Published
):
    assert (await send(installation, published, name="Ho\u200bst \u202eabc")).status_code == 303
    async with installation.services.db.reading() as db:
        assert (await db.exec(select(Participant.display_name))).one() == "Host abc"


@pytest.mark.parametrize("kind", ["w", "e"])
async def test_who_is_registered_already_is_led_to_the_webinar(
    installation: Installation, published: Published, kind: str
):
    await send(installation, published, kind)
    async with installation.services.db.writing() as db:
        ada = (await db.exec(select(Participant))).one()
        token = (await open_session(db, ada, installation.clock.now())).token
    give_cookie(
        installation.client, admission_cookie(installation.services.site, published.webinar.id), token
    )
    address = f"/{kind}/{published.webinar.id}"
    page = (await installation.client.get(address)).text
    assert "You are here as Ada." in page
    assert f'href="{address}/watch"' in page
    assert 'name="email"' not in page
    assert 'name="email"' in (await installation.client.get(f"{address}?another=1")).text


async def test_only_the_embed_can_be_framed_and_only_by_the_webinars_sites(
    installation: Installation, published: Published
):
    await change(installation, published, embed_origins=["https://site.example.org"])
    for kind, framed in (("w", "'none'"), ("e", "https://site.example.org")):
        for path in ("", "/registered"):
            page = await installation.client.get(f"/{kind}/{published.webinar.id}{path}")
            assert f"frame-ancestors {framed}" in page.headers["content-security-policy"]


async def test_the_page_tells_everything_before_anything_is_sent_and_ticks_nothing(
    installation: Installation, published: Published
):
    page = (await installation.client.get(f"/w/{published.webinar.id}")).text
    for told in (
        "Polder Academy B.V.",
        "privacy@polder.example.com",
        "Autoriteit Persoonsgegevens, The Hague",
        "Our hosting provider",
        "No data protection officer has been appointed.",
        "About once a month.",
    ):
        assert told in page
    assert page.index("The whole privacy notice") < page.index("</form>")
    assert "checked" not in page


async def test_errors_stand_beside_their_fields_and_on_top_with_what_was_typed(
    installation: Installation, published: Published
):
    answer = await send(
        installation, published, email="no address", name="A\x00da", organisation="<b>Polder</b>"
    )
    assert answer.status_code == 422
    for expected in (
        'href="#email"',
        'id="email-error"',
        'aria-invalid="true"',
        'value="no address"',
        "&lt;b&gt;Polder&lt;/b&gt;",
        'href="#name"',
        "Why?",
    ):
        assert expected in answer.text
    assert await count(installation, Participant) == 0


async def test_the_answer_to_a_hidden_question_is_neither_asked_nor_stored(
    installation: Installation, published: Published
):
    answer = await send(installation, published, coming="replay", question="kept from you")
    assert answer.status_code == 303
    async with installation.services.db.reading() as db:
        keys = (await db.exec(select(Answer.field_key))).all()
    assert set(keys) == {"coming"}


async def test_the_link_s_campaign_comes_along_in_a_hidden_field(
    installation: Installation, published: Published
):
    page = await installation.client.get(f"/w/{published.webinar.id}?utm_source=letter%22%3E")
    assert 'name="source" type="hidden" value="letter&#34;&gt;"' in page.text


@pytest.mark.parametrize(
    "values",
    [
        {"question": "x" * 100_000},
        {"coming": ["live", "replay", "no such choice"]},
        {"email": ["ada@example.com", "eve@example.com"]},
        {"no_such_field": "x", "_nonce": "x" * 5000},
        {"coming": "no such choice"},
        {"_form": "no id"},
        {"_form": str(uuid4())},
        {"_language": "xx"},
        {"name": "\udcff".encode("utf-8", "surrogatepass").decode("latin-1")},
    ],
)
async def test_whatever_is_sent_is_answered_in_words(
    installation: Installation, published: Published, values: dict[str, Any]
):
    answer = await send(installation, published, **values)
    assert answer.status_code in {303, 409, 422}


async def test_a_known_and_an_unknown_address_get_the_same_answer(
    installation: Installation, published: Published
):
    answers = []
    for email in ("ada@example.com", "ADA@example.com", "eve@example.com"):
        answer = await send(installation, published, email=email)
        page = await installation.client.get(answer.headers["location"])
        answers.append((answer.status_code, answer.text, _neutral(page.text), page.status_code))
    assert answers[0] == answers[1] == answers[2]
    assert await count(installation, OutgoingMail) == 3
    assert await count(installation, Participant) == 2


async def test_an_answer_leaves_on_the_beat(
    installation: Installation, published: Published, monkeypatch: pytest.MonkeyPatch
):
    """S8: whatever the work took, the answer waits for the next whole beat since the form arrived."""
    waited: list[float] = []

    async def note(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(registration, "now", lambda: 10.0)
    monkeypatch.setattr(pacing, "now", lambda: 10.0 + 1.3 * pacing.BEAT)
    monkeypatch.setattr(pacing, "asyncio", SimpleNamespace(sleep=note))
    await send(installation, published)
    assert waited == [pytest.approx(0.7 * pacing.BEAT)]


async def test_a_hundred_parallel_submissions_of_one_form_are_one_registration(
    installation: Installation, published: Published
):
    address = f"/w/{published.webinar.id}"
    along = await open_form(installation, address)
    posts = [installation.client.post(address, data={**along, **FILLED}) for _ in range(100)]
    answers = await asyncio.gather(*posts)
    assert {(answer.status_code, answer.headers.get("location")) for answer in answers} == {
        (303, answers[0].headers["location"])
    }
    for table in (Participant, Registration, OutgoingMail):
        assert await count(installation, table) == 1


async def test_a_form_that_changed_meanwhile_comes_back_with_what_was_typed(
    installation: Installation, published: Published
):
    address = f"/w/{published.webinar.id}"
    along = await open_form(installation, address)
    async with installation.services.db.writing() as db:
        await republish_form(
            db,
            published.account,
            published.webinar,
            catalogues=installation.services.catalogues,
            now=installation.clock.now(),
        )
    answer = await installation.client.post(address, data={**along, **FILLED})
    assert answer.status_code == 409
    assert "The form was changed" in answer.text
    assert 'value="ada@example.com"' in answer.text
    again = {**along, **dict(HIDDEN.findall(answer.text))}
    assert (await installation.client.post(address, data={**again, **FILLED})).status_code == 303


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"max_registrants": 0}, "Every place is taken"),
        ({"state": WebinarState.ENDED}, "This webinar is over"),
        ({"access": Access.INVITATION}, "By invitation only"),
    ],
)
async def test_a_page_where_nobody_can_register_says_why(
    installation: Installation, published: Published, values: dict[str, object], words: str
):
    along = await open_form(installation, f"/w/{published.webinar.id}")
    await change(installation, published, **values)
    page = await installation.client.get(f"/w/{published.webinar.id}")
    assert page.status_code == 200
    assert words in page.text
    assert "<form" not in page.text
    sent = await installation.client.post(f"/w/{published.webinar.id}", data={**along, **FILLED})
    assert sent.status_code == 409
    assert words in sent.text
    assert await count(installation, Participant) == 0


async def test_a_personal_link_is_spoken_of_only_as_long_as_somebody_has_one(
    installation: Installation, published: Published
):
    """When the time to keep them is over, everybody who registered is gone, and their links with them."""
    address = f"/w/{published.webinar.id}"
    along = await open_form(installation, address)
    assert (await installation.client.post(address, data={**along, **FILLED})).status_code == 303
    installation.client.cookies.clear()
    await change(installation, published, state=WebinarState.ENDED)
    assert "personal link" in (await installation.client.get(address)).text
    async with installation.services.db.writing() as db:
        everybody = select(Participant.id).where(Participant.webinar_id == published.webinar.id)
        within = Within(published.account.id, published.webinar.id, everybody)
        await erase_participant_rows(db, within, role="owner", now=installation.clock.now())
    page = (await installation.client.get(address)).text
    assert "This webinar is over" in page
    assert "personal link" not in page


async def test_a_draft_an_unknown_webinar_and_another_webinars_form_are_not_there(
    installation: Installation, published: Published
):
    along = await open_form(installation, f"/w/{published.webinar.id}")
    await change(installation, published, state=WebinarState.DRAFT)
    for webinar_id in (published.webinar.id, uuid4()):
        for path in ("", "/registered"):
            page = await installation.client.get(f"/w/{webinar_id}{path}")
            assert page.status_code == 404
        sent = await installation.client.post(f"/w/{webinar_id}", data={**along, **FILLED})
        assert sent.status_code == 404


async def test_an_open_webinar_leads_to_the_picture(installation: Installation, published: Published):
    await change(installation, published, access=Access.OPEN)
    answer = await installation.client.get(f"/w/{published.webinar.id}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/w/{published.webinar.id}/watch")


async def test_somebody_invited_registers_with_the_address_that_was_invited(
    installation: Installation, published: Published
):
    await change(installation, published, access=Access.INVITATION)
    async with installation.services.db.writing() as db:
        guest = Participant(
            account_id=published.account.id,
            webinar_id=published.webinar.id,
            email="guest@example.com",
            email_key="guest@example.com",
            state=ParticipantState.INVITED,
            link_hash=b"hash",
            created_at=installation.clock.now(),
        )
        db.add(guest)
    reference = invitation_reference(installation.services.signer, guest)
    address = f"/w/{published.webinar.id}?invitation={reference}"
    page = await installation.client.get(address)
    assert 'value="guest@example.com"' in page.text
    assert "readonly" in page.text
    along = dict(HIDDEN.findall(page.text))
    answer = await installation.client.post(address, data={**along, **FILLED, "email": "eve@example.com"})
    assert answer.status_code == 303
    async with installation.services.db.reading() as db:
        person = (await db.exec(select(Participant))).one()
    assert (person.email, person.state) == ("guest@example.com", ParticipantState.REGISTERED)


@pytest.mark.parametrize("reference", ["", "forged", "WzEsMl0.x.y", "🙈"])
async def test_a_forged_invitation_opens_nothing(
    installation: Installation, published: Published, reference: str
):
    await change(installation, published, access=Access.INVITATION)
    page = await installation.client.get(f"/w/{published.webinar.id}", params={"invitation": reference})
    assert page.status_code == 200
    assert "By invitation only" in page.text


async def test_the_page_speaks_the_webinars_language_and_others_that_the_form_has(
    installation: Installation, published: Published
):
    await change(installation, published, language="nl")
    page = await installation.client.get(f"/w/{published.webinar.id}?lang=xx")
    assert page.status_code == 200
    assert '<html lang="en"' in page.text


def _neutral(page: str) -> str:
    return re.sub(r"claim=[0-9a-f-]+|nonce=\"[^\"]+\"", "", page)
