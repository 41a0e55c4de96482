"""The admin's pages about participants: seen, exported, corrected and erased, with a receipt and a trace."""

import html
import json
import re

import pytest
from sqlmodel import col, select, update

from tests.support.installation import Installation
from tests.support.people import PASSWORD, Organisation
from tests.support.webinars import a_webinar, some_participants
from webinar.db import Database
from webinar.models import AuditEntry, ErasureReceipt, Participant, Webinar
from webinar.privacy.proof.canaries import Planted, plant_participant, plant_webinar


@pytest.fixture
async def webinar(installation: Installation, organisation: Organisation) -> Webinar:
    webinar = await a_webinar(installation, organisation.id)
    await some_participants(installation, webinar, 3)
    return webinar


async def people(installation: Installation, webinar: Webinar) -> list[Participant]:
    async with installation.services.db.reading() as db:
        found = select(Participant).where(Participant.webinar_id == webinar.id)
        return list((await db.exec(found.order_by(col(Participant.email)))).all())


async def last_trace(installation: Installation) -> AuditEntry:
    async with installation.services.db.reading() as db:
        entries = (await db.exec(select(AuditEntry))).all()
    return entries[-1]


def page_of(webinar: Webinar, rest: str = "") -> str:
    return f"/admin/webinars/{webinar.id}/participants{rest}"


async def test_the_list_shows_people_and_finds_them(
    installation: Installation, organisation: Organisation, webinar: Webinar
):
    client = organisation.admin.client
    everybody = (await client.get(page_of(webinar))).text
    assert all(f"person{number}@example.org" in everybody for number in range(3))
    found = (await client.get(page_of(webinar, "?search=Person+1"))).text
    assert "person1@example.org" in found
    assert "person2@example.org" not in found
    assert "Nobody is like this" in (await client.get(page_of(webinar, "?search=zz&joined=yes"))).text


@pytest.mark.parametrize("query", ["?state=nonsense", "?consent=nonsense", "?joined=maybe", "?search=%25_"])
async def test_a_filter_that_makes_no_sense_asks_for_nothing(
    organisation: Organisation, webinar: Webinar, query: str
):
    assert (await organisation.admin.client.get(page_of(webinar, query))).status_code == 200


async def test_a_place_in_the_list_that_does_not_exist_is_refused(
    organisation: Organisation, webinar: Webinar
):
    assert (await organisation.admin.client.get(page_of(webinar, "?older=nowhere"))).status_code == 422


@pytest.mark.parametrize("what", ["participants", "chat", "questions"])
@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
async def test_a_file_is_handed_out_and_leaves_a_trace(
    installation: Installation, organisation: Organisation, webinar: Webinar, what: str, kind: str
):
    answer = await organisation.admin.client.post(
        page_of(webinar, "/export"), data={"file": f"{what}.{kind}"}
    )
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="2026-11-23-{what}.{kind}"'
    if (what, kind) == ("participants", "json"):
        names = sorted(one["name"] for one in json.loads(answer.content))
        assert names == ["Person 0", "Person 1", "Person 2"]
    trace = await last_trace(installation)
    assert (trace.action, trace.subject_id, trace.details) == (
        "webinar.exported",
        webinar.id,
        {"what": what, "format": kind},
    )


async def test_who_signed_in_long_ago_shows_the_password_again(
    installation: Installation, organisation: Organisation, webinar: Webinar
):
    installation.clock.move(hours=1)
    client = organisation.admin.client
    for path, fields in (
        (page_of(webinar, "/export"), {"file": "participants.csv"}),
        (page_of(webinar, "/erase"), {"all": "yes", "confirmation": "erase"}),
        (f"/admin/webinars/{webinar.id}/danger", {"confirmation": webinar.title}),
    ):
        refused = await client.post(path, data=fields)
        assert refused.status_code == 422, path
        assert "This is not your password." in refused.text
    assert len(await people(installation, webinar)) == 3
    allowed = await client.post(
        page_of(webinar, "/export"), data={"file": "participants.csv", "current": PASSWORD}
    )
    assert allowed.status_code == 200


async def test_a_persons_page_shows_what_they_answered_agreed_to_and_said(
    installation: Installation, organisation: Organisation
):
    async with installation.services.db.writing() as db:
        place = await plant_webinar(db, Planted({"account": {"id": organisation.id}}))
        await db.exec(update(Webinar).values(time_zone="Europe/Amsterdam", language="en"))
        ada = await plant_participant(db, place)
    path = f"/admin/webinars/{place.id('webinar')}/participants/{ada.id('participant')}"
    page = html.unescape((await organisation.admin.client.get(path)).text)
    for table, column in (
        ("participant", "display_name"),
        ("participant", "email"),
        ("chat_message", "body"),
        ("question", "body"),
        ("question", "answer"),
        ("notice_version", "title"),
    ):
        assert ada.rows[table][column] in page, (table, column)
    assert ada.rows["answer"]["value"]["text"] in page


async def test_every_link_and_form_of_the_pages_leads_somewhere(
    installation: Installation, organisation: Organisation, webinar: Webinar
):
    client = organisation.owner.client
    person = (await people(installation, webinar))[0]
    for rest in ("", f"/{person.id}", "/export", "/erase?all=yes"):
        page = (await client.get(page_of(webinar, rest))).text.partition('id="content"')[2]
        links = set(re.findall(r'(?:href|action)="(/admin/webinars/[^"]+)"', page))
        assert any(link.startswith(page_of(webinar)) for link in links), rest
        for link in links:
            # Choosing nobody is refused; anything else would be a page that does not exist.
            assert (await client.get(html.unescape(link))).status_code in {200, 405, 422}, link


async def test_one_person_is_handed_out_whole(
    installation: Installation, organisation: Organisation, webinar: Webinar
):
    person = (await people(installation, webinar))[0]
    address = page_of(webinar, f"/{person.id}/export")
    facts = (await organisation.admin.client.post(address, data={"file": "person.json"})).json()
    assert facts["participant"][0]["email"] == person.email
    table = await organisation.admin.client.post(address, data={"file": "person.csv"})
    assert "person0@example.org" in table.text
    assert "person1@example.org" not in table.text
    consents = await organisation.admin.client.post(address, data={"file": "consents.jsonld"})
    assert consents.headers["content-type"] == "application/ld+json"
    assert set(consents.json()) == {"@context", "@graph"}
    for unknown in ("person.exe", "consents.csv", "consents.json", "person.jsonld"):
        refused = await organisation.admin.client.post(address, data={"file": unknown})
        assert refused.status_code == 422


async def test_a_person_of_another_webinar_or_account_is_not_there(
    installation: Installation, organisation: Organisation, stranger: Organisation, webinar: Webinar
):
    person = (await people(installation, webinar))[0]
    other = await a_webinar(installation, organisation.id)
    for client, place in ((organisation.owner.client, other), (stranger.owner.client, webinar)):
        for method, rest, data in (
            ("GET", "", None),
            ("POST", "", {"name": "x", "email": "x@example.org"}),
            ("POST", "/export", {"file": "person.json"}),
        ):
            answer = await client.request(method, page_of(place, f"/{person.id}{rest}"), data=data)
            assert answer.status_code == 404, (method, rest)
        erase = await client.get(page_of(place, f"/erase?id={person.id}"))
        assert erase.status_code == 404


async def test_a_correction_shows_in_the_list_and_leaves_no_old_name_on_the_disk(
    installation: Installation, organisation: Organisation, webinar: Webinar
):
    async with installation.services.db.writing() as db:
        person = (await db.exec(select(Participant))).first()
        assert person
        person.display_name = "Wrong Canary Name"
        db.add(person)
    client = organisation.admin.client
    address = page_of(webinar, f"/{person.id}")
    answer = await client.post(address, data={"name": "Right Name", "email": person.email})
    assert answer.status_code == 303
    assert "Right Name" in (await client.get(page_of(webinar))).text
    for path in installation.settings.data_dir.glob("webinar.sqlite3*"):
        assert b"Wrong Canary Name" not in path.read_bytes()
    refused = await client.post(address, data={"name": "Right Name", "email": "nonsense"})
    assert refused.status_code == 422
    assert "nonsense" in refused.text


async def test_what_would_go_is_shown_and_a_typed_word_erases_it(
    installation: Installation, organisation: Organisation, webinar: Webinar
):
    client = organisation.admin.client
    gone, *staying = await people(installation, webinar)
    shown = await client.get(page_of(webinar, f"/erase?id={gone.id}"))
    assert "Erase 1 person" in shown.text
    assert gone.display_name in shown.text

    fields = {"id": str(gone.id), "confirmation": "Erase"}
    refused = await client.post(page_of(webinar, "/erase"), data=fields)
    assert refused.status_code == 422
    assert len(await people(installation, webinar)) == 3

    done = await client.post(page_of(webinar, "/erase"), data=fields | {"confirmation": "erase"})
    assert done.status_code == 303
    assert await people(installation, webinar) == staying
    receipt = await client.get(done.headers["location"])
    assert "Proven" in receipt.text
    assert gone.display_name not in receipt.text
    trace = await last_trace(installation)
    assert (trace.action, trace.subject_id) == ("participant.erased", webinar.id)
    assert trace.details == {"participants": 1}


async def test_all_are_erased_at_once(
    installation: Installation, organisation: Organisation, webinar: Webinar
):
    client = organisation.admin.client
    assert "Erase 3 people" in (await client.get(page_of(webinar, "/erase?all=yes"))).text
    await client.post(page_of(webinar, "/erase"), data={"all": "yes", "confirmation": "erase"})
    assert await people(installation, webinar) == []
    assert (await client.get(page_of(webinar, "/erase?all=yes"))).status_code == 404


@pytest.mark.parametrize(
    "chosen", [{}, {"id": ["x"]}, {"id": ["00000000-0000-0000-0000-000000000000"] * 201}]
)
async def test_choosing_nobody_or_nonsense_erases_nobody(
    installation: Installation, organisation: Organisation, webinar: Webinar, chosen: dict
):
    answer = await organisation.admin.client.post(
        page_of(webinar, "/erase"), data={**chosen, "confirmation": "erase"}
    )
    assert answer.status_code in {404, 422}
    assert len(await people(installation, webinar)) == 3


async def test_a_webinar_is_deleted_by_its_title_and_its_receipt_stays(
    installation: Installation, organisation: Organisation, webinar: Webinar
):
    client = organisation.admin.client
    danger = f"/admin/webinars/{webinar.id}/danger"
    assert webinar.title in (await client.get(danger)).text
    assert (await client.post(danger, data={"confirmation": "another title"})).status_code == 422

    done = await client.post(danger, data={"confirmation": webinar.title})
    assert done.status_code == 303
    assert (await client.get(danger)).status_code == 404
    assert (await client.get(done.headers["location"])).status_code == 200
    assert done.headers["location"] in (await client.get("/admin/records")).text
    async with installation.services.db.reading() as db:
        receipt = (await db.exec(select(ErasureReceipt))).one()
    assert (receipt.counts["participant"], receipt.role) == (3, "admin")
    assert (await last_trace(installation)).action == "webinar.deleted"


async def test_a_receipt_looks_again_until_the_erasure_is_proven(
    installation: Installation, organisation: Organisation, webinar: Webinar, monkeypatch: pytest.MonkeyPatch
):
    async def busy(self: Database) -> bool:
        return False

    client = organisation.admin.client
    with monkeypatch.context() as held:
        held.setattr(Database, "scrub", busy)
        done = await client.post(f"/admin/webinars/{webinar.id}/danger", data={"confirmation": webinar.title})
        waiting = await client.get(done.headers["location"])
        assert waiting.headers["refresh"]
        assert "Not proven yet" in waiting.text
    await installation.services.eraser.finish_open()
    proven = await client.get(done.headers["location"])
    assert "refresh" not in proven.headers


async def test_a_receipt_shows_what_was_searched_for_and_before_in_which_store_something_is_left(
    installation: Installation, organisation: Organisation, webinar: Webinar
):
    client, (gone, *_) = organisation.admin.client, await people(installation, webinar)
    stray = installation.services.exports.parent / "mail" / "a copy"
    stray.parent.mkdir(exist_ok=True)
    stray.write_text(str(gone.email))

    form = {"id": str(gone.id), "confirmation": "erase"}
    done = await client.post(page_of(webinar, "/erase"), data=form)
    waiting = (await client.get(done.headers["location"])).text
    assert "The search still finds something." in waiting
    assert "Where: Mails written as files." in " ".join(waiting.split())
    assert str(gone.email) not in waiting

    stray.unlink()
    await installation.services.eraser.finish_open()
    proven = (await client.get(done.headers["location"])).text
    assert "Found: 0" in proven
    for words in ("E-mail addresses", "Hashes of links and sessions", "Database files", "Erasure journal"):
        assert words in proven


async def test_a_deleted_account_leaves_a_receipt_that_its_owner_can_keep(
    installation: Installation, organisation: Organisation, webinar: Webinar
):
    done = await organisation.owner.client.post(
        "/admin/account/delete", data={"confirmation": organisation.account.name, "current": PASSWORD}
    )
    assert done.status_code == 303
    receipt = await installation.client.get(done.headers["location"])
    assert receipt.status_code == 200
    assert "Your account is gone" in receipt.text
    assert (await installation.client.get(done.headers["location"][:-1])).status_code == 404
    assert (await organisation.owner.client.get("/admin/account")).status_code == 303


async def test_a_receipt_of_another_account_is_not_there(
    installation: Installation, organisation: Organisation, stranger: Organisation, webinar: Webinar
):
    done = await organisation.owner.client.post(
        f"/admin/webinars/{webinar.id}/danger", data={"confirmation": webinar.title}
    )
    assert (await stranger.owner.client.get(done.headers["location"])).status_code == 404


async def test_the_record_of_processing_is_a_page_and_two_files(organisation: Organisation, webinar: Webinar):
    client = organisation.owner.client
    assert "letting the person take part" in (await client.get("/admin/records/processing")).text.lower()
    facts = (await client.get("/admin/records/processing?format=json")).json()
    assert facts["controller"]["Controller"] == organisation.account.controller_name
    assert "Legal basis" in (await client.get("/admin/records/processing?format=csv")).text
