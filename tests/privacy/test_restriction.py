"""Restricting the use of one's data (Art. 18 GDPR, G11): from then on it is only kept, and all of it is."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from pydantic import SecretStr
from sqlmodel import col, select, update

from tests.privacy.rights import ADA, BOB, Place, open_place
from tests.support.installation import Installation
from tests.support.mailbox import Mailbox
from tests.support.people import Organisation
from tests.support.samples import NOW
from webinar.consent.notices import Wording, publish_wording
from webinar.errors import Restricted
from webinar.models import (
    Answer,
    AuditEntry,
    ChatMessage,
    ConsentRecord,
    ExportFile,
    OutgoingMail,
    Participant,
    Question,
    Restriction,
    Role,
    Webinar,
    WebinarState,
)
from webinar.privacy.erasure import erase_account_rows, erase_participant_rows, erase_webinar_rows
from webinar.privacy.inventory import Within
from webinar.privacy.person import export_person
from webinar.privacy.restriction import NOTICE
from webinar.privacy.schedule import list_dues
from webinar.privacy.statistics import read_statistics
from webinar.realtime.identity import Audience
from webinar.realtime.snapshot import read_snapshot
from webinar.registration.admission import link_token
from webinar.registration.invitations import send_again, send_waiting
from webinar.registration.mails import INVITATION
from webinar.registration.reminders import plan_reminders
from webinar.registration.renewal import plan_renewals
from webinar.settings import Settings

DAYS = 90
KEPT = (Participant, Answer, ConsentRecord, ChatMessage, Question)


@pytest.fixture
def settings(settings: Settings, smtp_server: Mailbox) -> Settings:
    smtp = SecretStr(f"smtp://{smtp_server.host}:{smtp_server.port}")
    return settings.model_copy(update={"smtp_url": smtp})


@pytest.fixture
async def place(installation: Installation, organisation: Organisation, smtp_server: Mailbox) -> Place:
    return await open_place(installation, organisation, smtp_server)


async def test_one_click_stops_every_mail_those_that_wait_included(place: Place):
    await place.enqueue()
    await place.restrict()
    await place.post()
    assert place.mails(ADA) == []
    assert len(place.mails(BOB)) == 1


async def test_no_reminder_and_no_question_about_new_words_is_planned_until_it_is_lifted(place: Place):
    await place.restrict()
    place.installation.clock.move(days=6)
    now = place.installation.clock.now()
    async with place.installation.services.db.writing() as db:
        await publish_wording(db, place.published.news, "en", Wording.of("News", "And more."), now)
        assert (await plan_reminders(db, now), await plan_renewals(db, now)) == (1, 1)
    await place.restrict("no")
    async with place.installation.services.db.writing() as db:
        assert (await plan_reminders(db, now), await plan_renewals(db, now)) == (1, 1)


async def test_no_invitation_leaves_and_sending_one_again_is_refused(place: Place):
    async with place.installation.services.db.writing() as db:
        await db.exec(update(Participant).values(state="invited"))
    await place.restrict()
    async with place.installation.services.db.writing() as db:
        assert await send_waiting(db, place.webinar, NOW) == 1
    await place.post()
    assert (place.mails(ADA), len(place.mails(BOB))) == ([], 1)
    async with place.installation.services.db.reading() as db:
        with pytest.raises(Restricted):
            await send_again(db, place.webinar, place.ada.id, NOW)
    assert await place.count(OutgoingMail, kind=INVITATION) == 1


async def test_the_way_in_still_comes_when_somebody_asks_for_it(place: Place):
    await place.restrict()
    await place.browser.post(f"/w/{place.webinar.id}/lost-link", data={"email": ADA})
    await place.post()
    assert place.mails(ADA) == ["Your link: Dikes that breathe"]


@pytest.mark.parametrize("what", ["participants", "chat", "questions"])
async def test_no_list_that_is_taken_away_has_them(place: Place, what: str):
    await place.go(WebinarState.LIVE)
    for person in (place.ada, place.bob):
        await place.speak(person, "Moin")
    assert {row["email"] for row in await place.exported(what)} == {ADA, BOB}
    await place.restrict()
    assert {row["email"] for row in await place.exported(what)} == {BOB}
    await place.restrict("no")
    assert {row["email"] for row in await place.exported(what)} == {ADA, BOB}


async def test_prepared_files_end_and_new_ones_leave_them_out(place: Place):
    await place.prepare()
    assert await place.count(ExportFile) == 1
    await place.restrict()
    assert await place.count(ExportFile) == 0
    folder = place.installation.services.exports.parent / "prepared"
    assert list(folder.iterdir()) == []
    await place.prepare()
    async with place.installation.services.db.reading() as db:
        [file] = (await db.exec(select(ExportFile))).all()
    answer = await place.admin.post(f"{place.people}/export/purpose/{file.id}")
    assert [row["answers"][0]["value"] for row in json.loads(answer.content)] == [BOB]


async def test_figures_that_are_still_to_be_counted_leave_them_out(place: Place):
    await place.go(WebinarState.LIVE)
    for _ in range(6):
        await place.speak(place.bob, "Moin")
    await place.speak(place.ada, "Moin")
    await place.restrict()
    await place.go(WebinarState.ENDED)
    await place.installation.services.statistics.look()
    async with place.installation.services.db.reading() as db:
        statistics = await read_statistics(db, place.webinar.id)
    assert statistics
    assert statistics.figures["numbers"]["messages"] == 6
    assert statistics.figures["numbers"]["questions"] == 6


@pytest.mark.parametrize("audience", list(Audience))
async def test_what_they_wrote_before_is_shown_to_nobody_and_what_they_write_then_is(
    place: Place, audience: Audience
):
    async def seen() -> set[str]:
        db = place.installation.services.db
        room = await db.read(read_snapshot, place.webinar.id, audience, lambda webinar: "")
        return {message.body for message in room.messages} | {asked.body for asked in room.questions}

    async with place.installation.services.db.writing() as db:
        await db.exec(update(Webinar).values(questions_moderated=False))
    await place.go(WebinarState.LIVE)
    await place.speak(place.ada, "Before")
    await place.speak(place.bob, "Bob")
    epoch = await epoch_of(place)
    await place.restrict()
    assert await epoch_of(place) != epoch
    assert await seen() == {"Bob", "Bob?"}
    place.installation.clock.move(seconds=1)
    await place.speak(place.ada, "After")
    assert await seen() == {"Bob", "Bob?", "After", "After?"}
    await place.restrict("no")
    assert await seen() == {"Bob", "Bob?", "Before", "Before?", "After", "After?"}


async def epoch_of(place: Place):
    async with place.installation.services.db.reading() as db:
        return (await db.get_one(Webinar, place.webinar.id)).epoch


async def test_they_still_come_in_and_see_take_along_and_withdraw_what_is_theirs(place: Place):
    await place.restrict()
    assert (await place.browser.get(f"/w/{place.webinar.id}/watch")).status_code == 200
    page = (await place.browser.get(place.my())).text
    assert "The use of your data is restricted." in page
    assert ADA in (await place.browser.get(place.my("/data.json"))).text
    answer = await place.browser.post(place.my("/withdraw"), data={"purpose": str(place.published.news.id)})
    assert answer.status_code == 303


async def test_it_is_the_same_in_an_embed(place: Place):
    here = f"/e/{place.webinar.id}/my"
    for wanted, done in (("yes", "restricted"), ("no", "unrestricted")):
        answer = await place.browser.post(f"{here}/restriction", data={"wanted": wanted})
        assert answer.headers["location"] == f"{here}?done={done}#restriction"
        assert (await place.browser.get(answer.headers["location"])).status_code == 200
    asked = await place.browser.post(f"{here}/requests", data={"kind": "access", "body": ""})
    assert asked.headers["location"] == f"{here}/requests?done=asked"
    assert f'action="{here}/requests/close"' in (await place.browser.get(asked.headers["location"])).text


async def test_everything_stays_as_it_was(place: Place):
    await place.go(WebinarState.LIVE)
    await place.speak(place.ada, "Moin")
    before = await everything(place)
    for wanted in ("yes", "yes", "no", "no"):
        answer = await place.restrict(wanted)
        assert answer.status_code == 303
        assert await everything(place) == before
    assert await place.count(Restriction) == 1


async def everything(place: Place):
    async with place.installation.services.db.reading() as db:
        facts = await export_person(db, place.ada)
    return {table: rows for table, rows in facts.items() if table != "restriction"}


async def test_retention_passes_them_over_until_they_lift_it(place: Place):
    await place.go(WebinarState.LIVE)
    for person in (place.ada, place.bob):
        await place.speak(person, "Moin")
    async with place.installation.services.db.writing() as db:
        days = {"chat_days": 10, "questions_days": 20, "answers_days": 30, "retention_days": DAYS}
        await db.exec(update(Webinar).values(**days))
    await place.go(WebinarState.ENDED)
    await place.restrict()
    mine = [await place.count(model, **owned_by(model, place.ada)) for model in KEPT]
    place.installation.clock.move(days=400)
    await place.installation.services.retention.run()
    assert [await place.count(model) for model in KEPT] == mine
    async with place.installation.services.db.reading() as db:
        assert await list_dues(db, place.organisation.id) == []
    # The link of a mail still opens the page, after the session has expired.
    await place.browser.post("/my/", data={"token": token_of(place)})
    await place.restrict("no")
    await place.installation.services.retention.run()
    assert [await place.count(model) for model in KEPT] == [0] * len(KEPT)


def owned_by(model, person: Participant) -> dict[str, object]:
    return {"id" if model is Participant else "participant_id": person.id}


def token_of(place: Place) -> str:
    return link_token(place.installation.services.signer, place.ada.id, 1)


async def test_nobody_but_they_themselves_erases_them(place: Place):
    await place.restrict()
    account_id, webinar_id = place.organisation.id, place.webinar.id
    only = Within(
        account_id, webinar_id, select(col(Participant.id)).where(col(Participant.id) == place.ada.id)
    )
    async with place.installation.services.db.reading() as db:
        for asked in (
            erase_participant_rows(db, only, role=Role.OWNER, now=NOW),
            erase_webinar_rows(db, account_id, webinar_id, role=Role.OWNER, now=NOW),
            erase_account_rows(db, account_id, role=Role.OWNER, now=NOW),
        ):
            with pytest.raises(Restricted):
                await asked
    page = await place.admin.get(f"{place.people}/erase", params={"all": "yes"})
    assert "1 person restricted the use of their data and stays." in page.text
    answer = await place.admin.post(f"{place.people}/erase", data={"all": "yes", "confirmation": "erase"})
    assert answer.status_code == 303
    async with place.installation.services.db.reading() as db:
        assert [person.email for person in (await db.exec(select(Participant))).all()] == [ADA]
    assert (await place.browser.post(place.my("/erase"))).status_code == 303
    assert await place.count(Participant) == await place.count(Restriction) == 0


async def test_a_webinar_or_account_with_restricted_data_says_why_it_cannot_be_deleted(place: Place):
    await place.restrict()
    page = await place.admin.get(f"/admin/webinars/{place.webinar.id}/danger")
    assert "can't be deleted yet" in page.text
    typed = {"confirmation": place.webinar.title}
    answer = await place.admin.post(f"/admin/webinars/{place.webinar.id}/danger", data=typed)
    assert answer.status_code == 409
    assert "Somebody in it has restricted" in answer.text


async def test_admins_find_them_and_change_nothing(place: Place):
    await place.restrict()
    page = (await place.admin.get(place.people, params={"right": "restricted"})).text
    assert (ADA in page, BOB in page) == (True, False)
    assert "Use restricted" in (await place.admin.get(place.of(place.ada))).text
    answer = await place.admin.post(place.of(place.ada), data={"name": "Eve", "email": ADA})
    assert answer.status_code == 409
    assert "only kept" in answer.text
    corrected = {"organisation": "Bakery", "coming": "replay"}
    assert (await place.admin.post(place.of(place.ada, "/answers"), data=corrected)).status_code == 409
    assert (await place.browser.post(place.my("/answers"), data=corrected)).status_code == 303


async def test_an_admin_restricts_on_request_and_the_person_is_told(place: Place):
    await place.enqueue()
    for _ in range(2):
        answer = await place.admin.post(place.of(place.ada, "/restrict"))
        assert answer.status_code == 303
    await place.post()
    assert place.mails(ADA) == ["The use of your data is restricted: Dikes that breathe"]
    assert {row["email"] for row in await place.exported("participants")} == {BOB}
    async with place.installation.services.db.reading() as db:
        action = select(AuditEntry).where(AuditEntry.action == "participant.restricted")
        entries = (await db.exec(action)).all()
    assert {entry.subject_id for entry in entries} == {place.webinar.id}


async def test_a_restriction_that_the_organisation_lifts_ends_a_week_after_the_person_was_told(place: Place):
    await place.restrict()
    await place.admin.post(place.of(place.ada, "/lift"))
    await place.post()
    assert place.mails(ADA) == ["The restriction of your data ends: Dikes that breathe"]
    assert 'datetime="2026-11-30T12:00:00+00:00"' in (await place.browser.get(place.my())).text
    await after(place, NOTICE - timedelta(seconds=1))
    assert await place.count(Restriction, ended_at=None) == 1
    await after(place, timedelta(seconds=1))
    assert await place.count(Restriction, ended_at=None) == 0
    place.mailbox.messages.clear()
    await place.enqueue()
    await place.post()
    assert len(place.mails(ADA)) == 1


async def after(place: Place, time: timedelta) -> None:
    place.installation.clock.at += time
    await place.installation.services.retention.end_restrictions()


async def test_no_restriction_ends_while_the_mail_that_tells_of_it_has_not_left(place: Place):
    await place.restrict()
    place.mailbox.refusal = "451 Try again later"
    await place.admin.post(place.of(place.ada, "/lift"))
    assert "has not left yet" in (await place.admin.get(place.of(place.ada))).text
    await after(place, NOTICE * 2)
    assert await place.count(Restriction, ended_at=None) == 1
    place.mailbox.refusal = None
    place.installation.clock.move(hours=5)  # longer than a refused mail waits
    await place.post()
    await after(place, timedelta(0))
    assert await place.count(Restriction, ended_at=None) == 0


async def test_an_announced_end_can_be_taken_back(place: Place):
    await place.restrict()
    await place.admin.post(place.of(place.ada, "/lift"))
    await place.admin.post(place.of(place.ada, "/restrict"))
    await place.post()
    await after(place, NOTICE * 2)
    assert await place.count(Restriction, ended_at=None) == 1
    assert place.mails(ADA) == []


async def test_nothing_is_lifted_where_nothing_is_restricted(place: Place):
    assert (await place.admin.post(place.of(place.ada, "/lift"))).status_code == 409


@pytest.mark.parametrize("step", ["/restrict", "/lift"])
async def test_another_accounts_people_and_made_up_ones_are_not_found(
    place: Place, stranger: Organisation, step: str
):
    await place.restrict()
    assert (await stranger.admin.client.post(place.of(place.ada, step))).status_code == 404
    made_up = f"{place.people}/{uuid4()}{step}"
    assert (await place.admin.post(made_up)).status_code == 404
    assert await place.count(Restriction, ends_at=None, ended_at=None) == 1
