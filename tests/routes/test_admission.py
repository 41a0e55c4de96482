"""The ways in, as browsers walk them: links, codes, lost links, and names in open webinars."""

import re
from dataclasses import dataclass
from uuid import UUID, uuid4

import httpx2
import icalendar
import pytest
from pydantic import SecretStr
from sqlalchemy import update
from sqlmodel import col, func, select
from starlette.types import Message, Receive, Scope, Send

from tests.support.installation import SECRET, Installation
from tests.support.samples import make_account, make_participant, make_webinar
from webinar.models import (
    Access,
    AdmissionClaim,
    OutgoingMail,
    Participant,
    ParticipantSession,
    ParticipantState,
    Webinar,
    WebinarState,
)
from webinar.registration.admission import CODE_ATTEMPTS, WayIn, code_for, link_token, open_claims
from webinar.routes import admission
from webinar.settings import Settings


@dataclass
class Place:
    """A webinar with one participant."""

    installation: Installation
    webinar: Webinar
    person: Participant

    @property
    def link(self) -> str:
        return link_token(self.installation.services.signer, self.person.id, 1)

    def at(self, end: str, kind: str = "w") -> str:
        return f"/{kind}/{self.webinar.id}{end}"

    async def follow(self, client: httpx2.AsyncClient | None = None, token: str = "") -> httpx2.Response:
        client = client or self.installation.client
        return await client.post("/j/", data={"token": token or self.link})

    async def claim(self) -> UUID:
        async with self.installation.services.db.writing() as db:
            way_in = WayIn.of(self.person, uuid4(), "registered")
            (opened,) = await open_claims(db, [way_in], self.installation.clock.now())
        return opened.claim_id

    def code(self, claim_id: UUID) -> str:
        return code_for(self.installation.services.signer, claim_id, self.person.id)

    async def enter(self, claim_id: UUID, code: str, kind: str = "w") -> httpx2.Response:
        address = self.at(f"/registered?claim={claim_id}", kind)
        return await self.installation.client.post(address, data={"code": code})

    async def set(self, table: type, **values: object) -> None:
        async with self.installation.services.db.writing() as db:
            await db.exec(update(table).values(**values))

    async def count(self, table: type) -> int:
        async with self.installation.services.db.reading() as db:
            return (await db.exec(select(func.count()).select_from(table))).one()


@pytest.fixture
async def place(installation: Installation) -> Place:
    async with installation.services.db.writing() as db:
        webinar = await make_webinar(db, await make_account(db))
        person = await make_participant(db, installation.services.signer, webinar, email="mira@example.org")
    return Place(installation, webinar, person)


def cookie_of(answer: httpx2.Response) -> dict[str, str]:
    """The attributes of the one cookie that was set, their names in lower case; `name` and `value` too."""
    (header,) = answer.headers.get_list("set-cookie")
    first, *rest = header.split("; ")
    name, _, value = first.partition("=")
    return {
        "name": name,
        "value": value,
        **{key.lower(): text for key, _, text in (part.partition("=") for part in rest)},
    }


async def test_looking_at_a_personal_link_uses_nothing_up(place: Place):
    for method in ("GET", "HEAD") * 10:
        answer = await place.installation.client.request(method, "/j/")
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
    assert await place.count(ParticipantSession) == 0
    assert (await place.follow()).status_code == 303


async def test_following_the_link_leads_to_the_picture_with_one_cookie(place: Place):
    answer = await place.follow()
    assert answer.status_code == 303
    assert answer.headers["location"] == place.at("/watch")
    cookie = cookie_of(answer)
    assert cookie["name"] == f"participant-{place.webinar.id}"
    assert cookie["samesite"] == "Lax"
    assert "httponly" in cookie
    assert len(cookie["value"]) >= 43


async def test_following_the_link_again_in_the_same_browser_evicts_nobody(place: Place):
    other = place.installation.new_client()
    await place.follow(other)
    for _ in range(4):
        await place.follow()
    assert await place.count(ParticipantSession) == 2


async def test_the_third_browser_closes_the_sockets_of_the_first(
    place: Place, monkeypatch: pytest.MonkeyPatch
):
    revoked: list[UUID] = []

    async def revoke(key: UUID) -> None:
        revoked.append(key)

    monkeypatch.setattr(place.installation.services.hub, "revoke", revoke)
    for _ in range(3):
        place.installation.clock.move(seconds=1)
        await place.follow(place.installation.new_client())
    assert len(revoked) == 1
    assert await place.count(ParticipantSession) == 2


async def test_a_pasted_link_works_as_well_as_its_end(place: Place):
    assert (await place.follow(token=f"http://testserver/j/#{place.link}")).status_code == 303


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "\u0000", "#"])
async def test_a_link_that_is_none_says_what_to_do(place: Place, token: str):
    answer = await place.installation.client.post("/j/", data={"token": token})
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers


async def test_a_link_to_a_webinar_that_is_a_draft_again_leads_nowhere(place: Place):
    await place.set(Webinar, state=WebinarState.DRAFT)
    assert (await place.follow()).status_code == 404


async def test_who_is_invited_is_led_to_the_form_and_admitted_to_nothing(place: Place):
    await place.set(Participant, state=ParticipantState.INVITED)
    answer = await place.follow()
    assert answer.headers["location"].startswith(place.at("?invitation="))
    assert "set-cookie" not in answer.headers


async def test_the_mailed_code_admits_the_page_that_waits(place: Place):
    claim_id = await place.claim()
    code = place.code(claim_id)
    answer = await place.enter(claim_id, f"{code[:4]} {code[4:]}")
    assert answer.status_code == 303
    assert answer.headers["location"] == place.at("/watch")
    assert cookie_of(answer)["samesite"] == "Lax"


async def test_inside_a_frame_the_cookie_is_partitioned_and_the_token_comes_along_in_the_fragment(
    place: Place,
):
    claim_id = await place.claim()
    answer = await place.enter(claim_id, place.code(claim_id), "e")
    path, _, fragment = answer.headers["location"].partition("#")
    assert path == place.at("/watch", "e")
    ticket = await place.installation.new_client().post(
        f"/api/v1/webinars/{place.webinar.id}/ticket",
        json={},
        headers={"authorization": f"Bearer {fragment}"},
    )
    assert ticket.status_code == 200


async def test_codes_cannot_be_tried_until_one_fits(place: Place):
    claim_id = await place.claim()
    for _ in range(CODE_ATTEMPTS):
        answer = await place.enter(claim_id, "0000 0000")
        assert answer.status_code == 422
        assert "wrong or too old" in answer.text
    answer = await place.enter(claim_id, place.code(claim_id))
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers


async def test_who_tries_codes_on_many_pages_has_to_wait(place: Place):
    statuses = [(await place.enter(uuid4(), "12345678")).status_code for _ in range(61)]
    assert statuses[:60] == [422] * 60
    assert statuses[60] == 429


async def test_a_code_of_another_webinar_admits_to_nothing(place: Place):
    async with place.installation.services.db.writing() as db:
        other = await make_webinar(db, await make_account(db, name="Other House"))
    claim_id = await place.claim()
    answer = await place.installation.client.post(
        f"/w/{other.id}/registered?claim={claim_id}", data={"code": place.code(claim_id)}
    )
    assert answer.status_code == 422


async def test_a_lost_link_is_answered_the_same_for_everybody(place: Place):
    answers = {}
    for address in ("mira@example.org", "Mira@Example.org", "nobody@example.org"):
        sent = await place.installation.client.post(place.at("/lost-link"), data={"email": address})
        page = await place.installation.client.get(sent.headers["location"])
        hidden = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|nonce=\"[^\"]*\"|\?\w+", "", page.text)
        place_to_go = re.sub(r"claim=[0-9a-f-]+", "", sent.headers["location"])
        answers[address] = (sent.status_code, place_to_go, page.status_code, hidden, set(sent.headers))
    assert len(set(map(repr, answers.values()))) == 1
    assert await place.count(OutgoingMail) == 2


async def test_a_lost_link_is_answered_before_anybody_looks(place: Place, monkeypatch: pytest.MonkeyPatch):
    """S8: then neither the answer nor its time can depend on what is found."""
    app, base_url = place.installation.app, place.installation.settings.base_url
    sent: list[str] = []
    answered: list[bool] = []

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        async def note(message: Message) -> None:
            sent.append(message["type"])
            await send(message)

        await app(scope, receive, note)

    async def look(*_: object, **__: object) -> None:
        answered.append("http.response.start" in sent)

    monkeypatch.setattr(admission, "send_lost_link", look)
    transport = httpx2.ASGITransport(app=watched)
    async with httpx2.AsyncClient(transport=transport, base_url=base_url) as client:
        await client.post(place.at("/lost-link"), data={"email": "mira@example.org"})
    assert answered == [True]


async def test_the_page_of_a_lost_link_admits_with_the_code_from_the_mail(place: Place):
    sent = await place.installation.client.post(place.at("/lost-link"), data={"email": "mira@example.org"})
    async with place.installation.services.db.reading() as db:
        (claim_id,) = (await db.exec(select(AdmissionClaim.id))).all()
    assert f"claim={claim_id}" in sent.headers["location"]
    assert (await place.enter(claim_id, place.code(claim_id))).status_code == 303


async def test_nobody_can_be_flooded_with_lost_links(place: Place):
    statuses = [
        (
            await place.installation.client.post(place.at("/lost-link"), data={"email": "mira@example.org"})
        ).status_code
        for _ in range(6)
    ]
    assert statuses == [303] * 5 + [429]
    assert await place.count(OutgoingMail) == 5


async def test_an_address_that_is_none_is_named_and_kept(place: Place):
    answer = await place.installation.client.post(place.at("/lost-link"), data={"email": "mira at example"})
    assert answer.status_code == 422
    assert 'value="mira at example"' in answer.text


async def test_in_an_open_webinar_a_name_is_enough_to_take_part(place: Place):
    await place.set(Webinar, access=Access.OPEN, state=WebinarState.LIVE)
    assert (await place.installation.client.get(place.at("/join"))).status_code == 200
    answer = await place.installation.client.post(place.at("/join"), data={"display_name": "  Ada "})
    assert answer.headers["location"] == place.at("/watch")
    async with place.installation.services.db.reading() as db:
        joined = (await db.exec(select(Participant).where(col(Participant.email).is_(None)))).one()
    assert (joined.display_name, joined.state) == ("Ada", ParticipantState.JOINED)
    ticket = await place.installation.client.post(f"/api/v1/webinars/{place.webinar.id}/ticket", json={})
    assert ticket.status_code == 200


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "A\u0007da"])
async def test_a_name_that_cannot_be_shown_is_refused_beside_its_field(place: Place, name: str):
    await place.set(Webinar, access=Access.OPEN)
    answer = await place.installation.client.post(place.at("/join"), data={"display_name": name})
    assert answer.status_code == 422
    assert 'id="display_name-error"' in answer.text
    assert await place.count(Participant) == 1


async def test_a_webinar_with_registration_cannot_be_joined_by_name(place: Place):
    answer = await place.installation.client.post(place.at("/join"), data={"display_name": "Ada"})
    assert answer.status_code == 404
    assert await place.count(Participant) == 1


async def test_the_calendar_entry_is_there_for_everybody(place: Place):
    answer = await place.installation.client.get(place.at("/event.ics"))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(place.webinar.id) in str(event["UID"])
    await place.set(Webinar, starts_at=None)
    assert (await place.installation.client.get(place.at("/event.ics"))).status_code == 404


class TestOverTls:
    """The cookie where it can be as strict as cookies get."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return Settings(
            base_url="https://testserver", secret_key=SecretStr(SECRET), data_dir=settings.data_dir
        )

    async def test_on_our_own_pages_it_belongs_to_this_host_alone(self, place: Place):
        cookie = cookie_of(await place.follow())
        assert cookie["name"] == f"__Host-participant-{place.webinar.id}"
        assert {"secure", "httponly"} <= cookie.keys()
        assert (cookie["path"], cookie["samesite"]) == ("/", "Lax")
        assert "domain" not in cookie

    async def test_in_a_frame_it_is_kept_apart_for_that_one_site(self, place: Place):
        claim_id = await place.claim()
        cookie = cookie_of(await place.enter(claim_id, place.code(claim_id), "e"))
        assert cookie["name"].startswith("__Host-")
        assert {"secure", "httponly", "partitioned"} <= cookie.keys()
        assert cookie["samesite"] == "None"
