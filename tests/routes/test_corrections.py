"""Correcting answers: on one's own page or for somebody, in the form that was filled in, and everywhere at once."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx2
import pytest
from sqlmodel import col, select

from tests.privacy.test_participant_table import register_somebody
from tests.registration.samples import CATALOGUES, FIELDS, Published, publish_sample
from tests.support.installation import Installation
from tests.support.people import Organisation, signed_in_member
from tests.support.samples import NOW, make_participant
from webinar.models import (
    Answer,
    AuditEntry,
    Corrector,
    ExportFile,
    Participant,
    Registration,
    Webinar,
    WebinarState,
)
from webinar.privacy.proof.needles import Needle
from webinar.privacy.proof.scanner import Scanner
from webinar.registration.admission import link_token
from webinar.registration.definition import read_definition
from webinar.registration.publishing import publish_form
from webinar.registration.versions import current_form, save_draft

OLD, NEW = "Lighthouse Keepers United", "Guild of Lamplighters"


@dataclass
class Home:
    """Somebody who filled in the sample's form, admitted in a browser."""

    installation: Installation
    organisation: Organisation
    published: Published
    person: Participant

    @property
    def client(self) -> httpx2.AsyncClient:
        return self.installation.client

    def at(self, end: str = "/answers", base: str = "w") -> str:
        return f"/{base}/{self.published.webinar.id}/my{end}"

    @property
    def for_admins(self) -> str:
        return f"/admin/webinars/{self.published.webinar.id}/participants/{self.person.id}"

    async def correct(self, **values: Any) -> httpx2.Response:
        return await self.client.post(self.at(), data=values)

    async def answers(self) -> dict[str, Any]:
        async with self.installation.services.db.reading() as db:
            rows = select(col(Answer.field_key), col(Answer.value)).where(
                col(Answer.participant_id) == self.person.id
            )
            return dict((await db.exec(rows)).all())

    async def registration(self) -> Registration:
        async with self.installation.services.db.reading() as db:
            return (await db.exec(select(Registration))).one()

    async def change_webinar(self, **values: Any) -> None:
        async with self.installation.services.db.writing() as db:
            webinar = await db.get_one(Webinar, self.published.webinar.id)
            webinar.sqlmodel_update(values)
            db.add(webinar)

    async def republish(self, fields: list[dict[str, Any]]) -> None:
        """The organisation publishes other fields than the person was asked."""
        async with self.installation.services.db.writing() as db:
            version = await current_form(db, self.published.webinar)
            assert version
            others = [row for row in version.fields if row["key"] not in {field["key"] for field in FIELDS}]
            await save_draft(db, self.published.webinar, read_definition([*others, *fields]))
            await publish_form(
                db, self.published.account, self.published.webinar, catalogues=CATALOGUES, now=NOW
            )


GIVEN = {"organisation": OLD, "coming": "live", "question": "Why do dikes breathe?"}


@pytest.fixture
async def home(installation: Installation, organisation: Organisation) -> Home:
    found = installation.services
    async with found.db.writing() as db:
        published = await publish_sample(db, organisation.account)
    await register_somebody(installation, published.form, "ada@example.com", **GIVEN, source="newsletter")
    async with found.db.reading() as db:
        person = (await db.exec(select(Participant))).one()
    home = Home(installation, organisation, published, person)
    answer = await installation.client.post("/my/", data={"token": link_token(found.signer, person.id, 1)})
    assert answer.headers["location"] == home.at("")
    return home


def fields_of(page: str) -> set[str]:
    """The names under which the page's form would send something."""
    form = page.partition("data-registration")[2].partition("</form>")[0]
    return set(re.findall(r'name="([^"]+)"', form))


async def test_the_form_is_the_one_that_was_filled_in_with_what_was_answered(home: Home):
    await home.republish([{"type": "short_text", "key": "shoe_size", "label": {"en": "Shoe size"}}])
    page = (await home.client.get(home.at())).text
    # Neither name, address and consents, which have ways of their own, nor what came along with the link.
    assert fields_of(page) == {"organisation", "coming", "question"}
    assert OLD in page
    assert "Why do dikes breathe?" in page
    assert re.search(r'<input checked[^>]*value="live"', page)


async def test_corrected_answers_are_the_ones_everywhere_at_once(home: Home):
    admin = home.organisation.admin.client
    wanted = {"purpose": str(home.published.news.id), "format": "csv"}
    people = home.for_admins.rpartition("/")[0]
    agrees = {home.published.form.definition.consents[0].key: "y"}
    await register_somebody(home.installation, home.published.form, "bob@example.com", **agrees)
    assert (await admin.post(f"{people}/export/purpose", data=wanted)).status_code == 303
    assert "/answers" in (await home.client.get(home.at(""))).text

    answer = await home.correct(organisation=NEW, coming="live", question="Why do dikes sing?")

    assert answer.status_code == 303
    shown = (await home.client.get(answer.headers["location"])).text
    file = await admin.post(f"{people}/export", data={"file": "participants.json"})
    for seen in (shown, (await admin.get(home.for_admins)).text, file.text):
        assert NEW in seen
        assert OLD not in seen
    assert "Your answers are corrected." in shown
    assert await home.answers() == {
        "organisation": NEW,
        "coming": "live",
        "question": "Why do dikes sing?",
        "source": "newsletter",
    }
    async with home.installation.services.db.reading() as db:
        assert not (await db.exec(select(ExportFile))).all()


async def test_what_was_answered_before_is_on_no_page_of_the_database(home: Home):
    scanner, data = Scanner([Needle("old", OLD)]), home.installation.settings.data_dir
    assert scanner.search_folder(data).needles
    await home.correct(**{**GIVEN, "organisation": NEW})
    assert scanner.search_folder(data).clean


async def test_who_corrected_is_told_to_both_sides_and_saving_the_same_is_no_correction(home: Home):
    await home.correct(**GIVEN)
    assert (await home.registration()).corrected_at is None
    home.installation.clock.move(hours=1)
    await home.correct(**{**GIVEN, "organisation": NEW})
    registration = await home.registration()
    assert registration.corrected_at == home.installation.clock.now()
    assert registration.corrected_by is Corrector.PARTICIPANT
    assert "Corrected by the person" in (await home.organisation.admin.client.get(home.for_admins)).text
    await home.organisation.admin.client.post(f"{home.for_admins}/answers", data=GIVEN)
    assert (await home.registration()).corrected_by is Corrector.ACCOUNT
    assert "the organisation" in (await home.client.get(home.at(""))).text


async def test_an_answer_whose_condition_no_longer_holds_is_deleted(home: Home):
    assert (await home.correct(**{**GIVEN, "coming": "replay"})).status_code == 303
    assert set(await home.answers()) == {"organisation", "coming", "source"}


async def test_an_answer_that_was_left_out_can_be_given_and_one_taken_back(home: Home):
    await home.correct(coming="replay")
    assert set(await home.answers()) == {"coming", "source"}
    await home.correct(**GIVEN)
    assert (await home.answers())["organisation"] == OLD


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"coming": ""}, "coming"),
        ({"coming": "never"}, "coming"),
        ({"question": " "}, "question"),
        ({"organisation": "x" * 201}, "organisation"),
        ({"organisation": "null\0byte"}, "organisation"),
    ],
)
async def test_what_does_not_fit_is_said_beside_its_field_and_on_top_and_nothing_is_stored(
    home: Home, wrong: dict[str, str], field: str
):
    before = await home.answers()
    for client, address in (
        (home.client, home.at()),
        (home.organisation.admin.client, f"{home.for_admins}/answers"),
    ):
        answer = await client.post(address, data={**GIVEN, "organisation": NEW, **wrong})
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
        assert "1 thing to mend" in answer.text
    assert await home.answers() == before


async def test_answers_whose_time_is_over_do_not_come_back(home: Home):
    await home.change_webinar(state=WebinarState.ENDED, ended_at=NOW, answers_days=10, retention_days=30)
    assert fields_of((await home.client.get(home.at())).text)
    home.installation.clock.move(days=10)
    await home.installation.services.retention.run()
    assert await home.answers() == {}
    admin = (await signed_in_member(home.installation, home.organisation.admin.user)).client
    for client, address in ((home.client, home.at()), (admin, f"{home.for_admins}/answers")):
        page = (await client.get(address)).text
        assert re.search("(No answers of yours are|Nothing is) kept that could be corrected", page)
        assert not fields_of(page)
        assert "data-registration" not in page
        assert (await client.post(address, data={**GIVEN, "organisation": NEW})).status_code == 303
    assert await home.answers() == {}


async def test_a_field_without_its_condition_is_asked_of_those_who_answered_it(
    installation: Installation, organisation: Organisation
):
    """The condition's answer went earlier than the rest, so nobody can judge it any more."""
    fields = [{**field, **({"retention_days": 5} if field["key"] == "coming" else {})} for field in FIELDS]
    async with installation.services.db.writing() as db:
        published = await publish_sample(db, organisation.account)
    home = Home(installation, organisation, published, Participant())
    await home.republish(fields)
    async with installation.services.db.reading() as db:
        version = await current_form(db, published.webinar)
        assert version
        form = await installation.services.forms.load(db, version, "en")
    await register_somebody(installation, form, "ada@example.com", **GIVEN)
    await register_somebody(installation, form, "bob@example.com", organisation=OLD, coming="replay")
    await home.change_webinar(state=WebinarState.ENDED, ended_at=NOW, retention_days=30)
    installation.clock.move(days=6)
    await installation.services.retention.run()
    async with installation.services.db.reading() as db:
        people = (await db.exec(select(Participant).order_by(col(Participant.email)))).all()
    admin = (await signed_in_member(installation, organisation.admin.user)).client
    for person, asked in zip(people, ({"organisation", "question"}, {"organisation"}), strict=True):
        home.person = person
        address = f"{home.for_admins}/answers"
        assert fields_of((await admin.get(address)).text) == asked
        before = await home.answers()
        sent = {key: value for key, value in GIVEN.items() if key in asked} | {"coming": "live"}
        await admin.post(address, data={**sent, "organisation": NEW})
        assert await home.answers() == {**before, "organisation": NEW}


async def test_an_admin_corrects_for_somebody_and_the_trail_says_so_without_what_was_said(home: Home):
    admin = home.organisation.admin.client
    assert f"{home.for_admins}/answers" in (await admin.get(home.for_admins)).text
    page = (await admin.get(f"{home.for_admins}/answers")).text
    assert fields_of(page) == {"organisation", "coming", "question"}
    before = await trail(home)
    for _ in range(2):  # the second time nothing changes
        answer = await admin.post(f"{home.for_admins}/answers", data={**GIVEN, "organisation": NEW})
        assert answer.headers["location"] == f"{home.for_admins}?done=saved"
    entry, *others = (await trail(home))[len(before) :]
    assert not others
    assert (entry.action, entry.subject_id, entry.details) == (
        "participant.changed",
        home.published.webinar.id,
        {"what": "answers"},
    )
    assert (await home.answers())["organisation"] == NEW


async def trail(home: Home) -> list[AuditEntry]:
    async with home.installation.services.db.reading() as db:
        return list((await db.exec(select(AuditEntry).order_by(col(AuditEntry.number)))).all())


async def test_looking_changes_nothing(home: Home):
    before = await home.answers(), await home.registration()
    for client, address in (
        (home.client, home.at()),
        (home.client, home.at(base="e")),
        (home.organisation.admin.client, f"{home.for_admins}/answers"),
    ):
        for method in ("GET", "HEAD"):
            answer = await client.request(method, address, params={"organisation": NEW})
            assert answer.status_code == 200
    assert (await home.answers(), await home.registration()) == before


async def test_inside_another_site_everything_works_the_same(home: Home):
    await home.change_webinar(embed_origins=["https://blog.example.net"])
    page = await home.client.get(home.at(base="e"))
    assert "https://blog.example.net" in page.headers["content-security-policy"]
    assert f'action="{home.at(base="e")}"' in page.text
    answer = await home.client.post(home.at(base="e"), data={**GIVEN, "organisation": NEW})
    assert answer.headers["location"].startswith(home.at("", base="e"))
    assert (await home.answers())["organisation"] == NEW


async def test_strangers_and_people_without_a_form_have_no_answers_to_correct(
    home: Home, stranger: Organisation
):
    outside = home.installation.new_client()
    for method in ("GET", "POST"):
        assert (await outside.request(method, home.at())).status_code == 403
        other = await stranger.owner.client.request(method, f"{home.for_admins}/answers")
        assert other.status_code == 404
    async with home.installation.services.db.writing() as db:
        nobody = await make_participant(db, home.installation.services.signer, home.published.webinar)
    address = home.for_admins.replace(str(home.person.id), str(nobody.id))
    admin = home.organisation.admin.client
    assert "/answers" not in (await admin.get(address)).text.partition('id="answers"')[2]
    assert (await admin.get(f"{address}/answers")).status_code == 404
    token = link_token(home.installation.services.signer, nobody.id, 1)
    await outside.post("/my/", data={"token": token})
    assert "/my/answers" not in (await outside.get(home.at(""))).text
    assert (await outside.get(home.at())).status_code == 404
    assert (await outside.post(home.at(), data=GIVEN)).status_code == 404


async def test_nobody_corrects_answers_of_another(home: Home):
    """The page takes no id: whose answers it corrects is who is admitted."""
    await register_somebody(home.installation, home.published.form, "eve@example.com", **GIVEN)
    await home.correct(**GIVEN | {"organisation": NEW}, participant_id=str(UUID(int=1)), registration_id="1")
    async with home.installation.services.db.reading() as db:
        rows = select(col(Answer.value)).where(
            col(Answer.field_key) == "organisation", col(Answer.participant_id) != home.person.id
        )
        assert (await db.exec(rows)).all() == [OLD]
