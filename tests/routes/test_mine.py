"""One's own data: seen, corrected, taken along, withdrawn and erased with no login, and by no GET."""

import json
from dataclasses import dataclass
from hashlib import sha256
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import update
from sqlmodel import SQLModel, col, func, select

from tests.support.installation import Installation
from tests.support.samples import NOW, make_account, make_participant, make_purpose, make_webinar
from webinar.consent.notices import Wording, latest_wordings, publish_wording
from webinar.consent.records import Decision, FirstDecisions, Terms, current_consents, record_first_decisions
from webinar.interaction.actor import Actor
from webinar.interaction.chat import post_message
from webinar.interaction.questions import ask_question
from webinar.mail import Letter
from webinar.models import (
    ChatMessage,
    ConsentRecord,
    ConsentState,
    Erasable,
    ErasureReceipt,
    LegalHold,
    OutgoingMail,
    Participant,
    ParticipantSession,
    Purpose,
    Webinar,
    WebinarState,
)
from webinar.privacy.inventory import destroyed_with, personal_tables
from webinar.privacy.journal import digest_of, read_journal
from webinar.privacy.person import exported_columns
from webinar.registration.admission import link_token
from webinar.registration.mails import WITHDRAW_TOKEN, WITHDRAWN, ParticipantMails, withdrawal_token
from webinar.registration.reminders import plan_reminders
from webinar.registration.renewal import WORDS_CHANGED, plan_renewals
from webinar.routes.mine.words import COLUMNS, ELSEWHERE, SECTIONS


@dataclass
class Home:
    """A participant with two consents, admitted in a browser."""

    installation: Installation
    webinar: Webinar
    person: Participant
    purpose: Purpose

    @property
    def client(self) -> httpx2.AsyncClient:
        return self.installation.client

    def at(self, end: str = "") -> str:
        return f"/w/{self.webinar.id}/my{end}"

    async def states(self, person: Participant | None = None) -> list[ConsentState]:
        async with self.installation.services.db.reading() as db:
            return [consent.record.state for consent in await current_consents(db, person or self.person)]

    async def asked(self) -> dict[str, str]:
        """What the button of the first purpose sends."""
        async with self.installation.services.db.reading() as db:
            notice = (await latest_wordings(db, [self.purpose]))[self.purpose.id]["en"]
        return {"purpose": str(self.purpose.id), "notice": str(notice.id)}

    async def change_words(self) -> None:
        """The controller asks for more than before."""
        async with self.installation.services.db.writing() as db:
            await publish_wording(db, self.purpose, "en", Wording.of("News", "And of our partners."), NOW)

    async def plan(self) -> int:
        """Puts the mails that ask again into the outbox."""
        async with self.installation.services.db.writing() as db:
            return await plan_renewals(db, self.installation.clock.now())

    async def letter(self) -> Letter | None:
        """What the one mail that asks again would say if it left now."""
        found = self.installation.services
        mails = ParticipantMails(found.site, found.signer, found.catalogues, found.clock)
        async with found.db.reading() as db:
            asks = select(OutgoingMail).where(col(OutgoingMail.kind) == WORDS_CHANGED)
            return await mails.composers()[WORDS_CHANGED](db, (await db.exec(asks)).one())

    async def count(self, table: type[SQLModel]) -> int:
        async with self.installation.services.db.reading() as db:
            return (await db.exec(select(func.count()).select_from(table))).one()

    async def fresh(self) -> Participant:
        async with self.installation.services.db.reading() as db:
            return await db.get_one(Participant, self.person.id)

    @property
    def one_click(self) -> str:
        return f"/my/withdraw/{withdrawal_token(self.installation.services.signer, self.person)}"


@pytest.fixture
async def home(installation: Installation) -> Home:
    found = installation.services
    async with found.db.writing() as db:
        account = await make_account(db)
        webinar = await make_webinar(db, account)
        person = await make_participant(db, found.signer, webinar, email="mira@example.org")
        purposes = [await make_purpose(db, account, title, "Because.") for title in ("News", "Photographs")]
        wordings = await latest_wordings(db, purposes)
        decisions = [Decision(each.id, wordings[each.id]["en"].id, "en", given=True) for each in purposes]
        terms = Terms("Polder Academy", "90 days")
        await record_first_decisions(db, [FirstDecisions(person, decisions, terms)], method="form", now=NOW)
    home = Home(installation, webinar, person, purposes[0])
    answer = await installation.client.post("/my/", data={"token": link_token(found.signer, person.id, 1)})
    assert answer.headers["location"] == home.at()
    return home


async def test_the_link_from_a_mail_opens_ones_own_data_without_a_login(home: Home):
    page = await home.client.get(home.at())
    assert page.status_code == 200
    for text in ("mira@example.org", "Mira Castell", "News", "Photographs"):
        assert text in page.text


async def test_looking_at_any_page_changes_nothing(home: Home):
    before = [
        await home.count(table) for table in (ConsentRecord, Participant, OutgoingMail, ParticipantSession)
    ]
    for end in ("", "/words", "/erase", "/erased", "/data.json", "/data.csv", "/receipt"):
        for method in ("GET", "HEAD"):
            assert (await home.client.request(method, home.at(end))).status_code == 200
    for _ in range(10):
        assert (await home.client.get(home.one_click)).status_code == 200
    after = [
        await home.count(table) for table in (ConsentRecord, Participant, OutgoingMail, ParticipantSession)
    ]
    assert after == before
    assert (await home.fresh()).reminders_stopped_at is None


async def test_one_click_withdraws_a_consent_and_another_gives_it_again(home: Home):
    answer = await home.client.post(home.at("/withdraw"), data={"purpose": str(home.purpose.id)})
    assert answer.status_code == 303
    assert await home.states() == [ConsentState.WITHDRAWN, ConsentState.GIVEN]
    page = await home.client.get(answer.headers["location"])
    assert "took effect at once" in page.text
    await home.client.post(home.at("/consent"), data=await home.asked())
    assert await home.states() == [ConsentState.GIVEN, ConsentState.GIVEN]
    assert await home.count(ConsentRecord) == 4


async def test_words_that_changed_in_substance_are_shown_and_asked_again(home: Home):
    before = await home.asked()
    await home.change_words()
    page = (await home.client.get(home.at())).text
    assert "Please answer again" in page
    assert "And of our partners." in page
    assert "Because." in page
    late = await home.client.post(home.at("/consent"), data=before)
    assert "done=reread" in late.headers["location"]
    assert await home.count(ConsentRecord) == 2
    await home.client.post(home.at("/consent"), data=await home.asked())
    assert await home.count(ConsentRecord) == 3
    assert "Please answer again" not in (await home.client.get(home.at())).text


async def test_words_that_changed_in_substance_are_asked_again_by_mail_once(home: Home):
    assert await home.plan() == 0
    await home.change_words()
    assert await home.plan() == 1
    assert await home.plan() == 0
    letter = await home.letter()
    assert letter
    assert letter.subject == "Please answer again: Dikes that breathe"
    assert "/my/#" in str(letter.parts)


async def test_who_answered_before_the_mail_leaves_gets_none(home: Home):
    await home.change_words()
    await home.plan()
    await home.client.post(home.at("/consent"), data=await home.asked())
    assert await home.letter() is None


async def test_who_withdrew_is_not_asked_again(home: Home):
    await home.client.post(home.at("/withdraw"), data={"purpose": str(home.purpose.id)})
    await home.change_words()
    assert await home.plan() == 0


async def test_the_room_asks_again_too(home: Home):
    room = f"/w/{home.webinar.id}/watch"
    asks = "The words of something you agreed to have changed."
    assert asks not in (await home.client.get(room)).text
    await home.change_words()
    assert asks in (await home.client.get(room)).text
    await home.client.post(home.at("/consent"), data=await home.asked())
    assert asks not in (await home.client.get(room)).text


async def test_single_messages_and_questions_are_deleted_for_good_and_for_everybody(home: Home):
    found = home.installation.services
    actor = Actor(home.person.account_id, home.webinar.id, participant_id=home.person.id)
    async with found.db.writing() as db:
        await db.exec(update(Webinar).values(state=WebinarState.LIVE))
        said = [
            await post_message(db, actor, client_id=uuid4(), body=body, now=NOW) for body in ("Oops", "Fine")
        ]
        asked = await ask_question(db, actor, client_id=uuid4(), body="Why me?", anonymous=False, now=NOW)
        epoch = (await db.get_one(Webinar, home.webinar.id)).epoch
    page = (await home.client.get(home.at("/words"))).text
    assert all(text in page for text in ("Oops", "Fine", "Why me?"))
    gone = [str(said[0].id), str(asked.id)]
    answer = await home.client.post(home.at("/words"), data={"id": gone})
    assert answer.headers["location"].endswith("/my?done=words#held")
    page = (await home.client.get(home.at("/words"))).text
    assert "Oops" not in page
    assert "Fine" in page
    async with found.db.reading() as db:
        assert (await db.get_one(Webinar, home.webinar.id)).epoch != epoch
        receipt = (await db.exec(select(ErasureReceipt))).one()
        assert (receipt.counts, receipt.verified_at is not None) == ({"chat_message": 1, "question": 1}, True)
        entries = {(entry.subject, entry.digest) for entry in await read_journal(db)}
    assert entries == {
        (Erasable.MESSAGE, digest_of(Erasable.MESSAGE, said[0].id)),
        (Erasable.QUESTION, digest_of(Erasable.QUESTION, asked.id)),
    }


async def test_nobody_deletes_what_others_wrote_and_nothing_of_it_is_half_done(home: Home):
    found = home.installation.services
    async with found.db.writing() as db:
        await db.exec(update(Webinar).values(state=WebinarState.LIVE))
        other = await make_participant(db, found.signer, home.webinar)
        theirs, mine = [
            await post_message(
                db,
                Actor(home.person.account_id, home.webinar.id, participant_id=person.id),
                client_id=uuid4(),
                body="Mine",
                now=NOW,
            )
            for person in (other, home.person)
        ]
    for ids, status in (([mine.id, theirs.id], 404), (["nonsense"], 404), ([], 422)):
        answer = await home.client.post(home.at("/words"), data={"id": [str(each) for each in ids]})
        assert answer.status_code == status
    assert await home.count(ChatMessage) == 2


async def test_the_receipt_tells_every_answer_with_the_words_it_was_given_to(home: Home):
    await home.client.post(home.at("/withdraw"), data={"purpose": str(home.purpose.id)})
    await home.change_words()
    answer = await home.client.get(home.at("/receipt"))
    assert answer.headers["content-type"] == "application/ld+json"
    news, photographs = answer.json()["dpv:hasRecordOfActivity"]
    assert [event["@type"] for event in news["dct:hasPart"]] == ["dpv:ConsentGiven", "dpv:ConsentWithdrawn"]
    assert news["dpv:hasConsentStatus"] == {"@id": "dpv:ConsentWithdrawn"}
    assert photographs["dpv:hasConsentStatus"] == {"@id": "dpv:ConsentGiven"}
    shown = news["dct:hasPart"][0]["dpv:hasNotice"]
    assert shown["schema:text"] == {"@value": "News\n\nBecause.", "@language": "en"}
    assert shown["spdx:checksum"]["spdx:checksumValue"] == sha256(b"News\n\nBecause.").hexdigest()


async def test_withdrawing_is_confirmed_by_mail_once(home: Home):
    for _ in range(3):
        await home.client.post(home.at("/withdraw"), data={"purpose": str(home.purpose.id)})
    async with home.installation.services.db.reading() as db:
        kinds = (await db.exec(select(OutgoingMail.kind))).all()
    assert kinds == [WITHDRAWN]


@pytest.mark.parametrize("purpose", ["", "nonsense", "0b8e2f4c-3d8a-4a55-9a0f-7a3c4de1f000"])
async def test_a_purpose_that_was_never_asked_is_not_found(home: Home, purpose: str):
    for action in ("/withdraw", "/consent"):
        assert (await home.client.post(home.at(action), data={"purpose": purpose})).status_code == 404


async def test_a_mail_programs_one_click_withdraws_everything_and_stops_reminders(home: Home):
    # As RFC 8058 has it: no cookie, no Origin, a body of its own.
    provider = home.installation.new_client()
    answer = await provider.post(home.one_click, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert await home.states() == [ConsentState.WITHDRAWN, ConsentState.WITHDRAWN]
    assert await home.count(OutgoingMail) == 0
    home.installation.clock.move(days=6)
    async with home.installation.services.db.writing() as db:
        assert await plan_reminders(db, home.installation.clock.now()) == 0


async def test_a_forged_or_foreign_one_click_token_is_not_found(home: Home):
    signer = home.installation.services.signer
    tokens = [
        home.one_click[:-6] + "forged",
        f"/my/withdraw/{signer.sign('another purpose', [str(home.person.id), 1])}",
        f"/my/withdraw/{signer.sign(WITHDRAW_TOKEN, [str(uuid4()), 1])}",
        f"/my/withdraw/{signer.sign(WITHDRAW_TOKEN, [str(home.person.id), 2])}",
        f"/my/withdraw/{signer.sign(WITHDRAW_TOKEN, [str(home.person.id), 'x'])}",
        f"/my/withdraw/{signer.sign(WITHDRAW_TOKEN, str(home.person.id))}",
        f"/my/withdraw/{signer.sign(WITHDRAW_TOKEN, ['list'])}",
    ]
    for address in tokens:
        assert (await home.client.post(address)).status_code == 404
    assert await home.states() == [ConsentState.GIVEN, ConsentState.GIVEN]


async def test_a_corrected_name_is_the_one_everywhere_and_the_room_is_shown_anew(home: Home):
    answer = await home.client.post(home.at("/name"), data={"display_name": "Mira Novak"})
    assert answer.status_code == 303
    page = await home.client.get(home.at())
    assert "Mira Novak" in page.text
    assert "Castell" not in page.text
    async with home.installation.services.db.reading() as db:
        assert (await db.get_one(Webinar, home.webinar.id)).epoch != home.webinar.epoch


async def test_a_name_that_cannot_be_is_refused_beside_its_field_and_kept(home: Home):
    answer = await home.client.post(home.at("/name"), data={"display_name": "x" * 81})
    assert answer.status_code == 422
    assert 'id="display_name-error"' in answer.text
    assert (await home.fresh()).display_name == "Mira Castell"


async def test_reminders_stop_and_come_again(home: Home):
    await home.client.post(home.at("/reminders"), data={"wanted": "no"})
    assert (await home.fresh()).reminders_stopped_at
    assert "no reminders" in (await home.client.get(home.at())).text
    await home.client.post(home.at("/reminders"), data={"wanted": "yes"})
    assert (await home.fresh()).reminders_stopped_at is None


async def test_everything_can_be_taken_along(home: Home):
    answer = await home.client.get(home.at("/data.json"))
    assert answer.headers["content-disposition"] == 'attachment; filename="my-data.json"'
    facts = json.loads(answer.content)
    assert facts["participant"][0]["email"] == "mira@example.org"
    assert len(facts["consent_record"]) == 2
    table = (await home.client.get(home.at("/data.csv"))).text
    assert "mira@example.org" in table
    assert (await home.client.get(home.at("/data.xml"))).status_code == 404


async def test_erasing_oneself_says_how_much_first_and_then_leaves_nothing(home: Home):
    async with home.installation.services.db.writing() as db:
        db.add(
            ChatMessage(
                account_id=home.webinar.account_id,
                webinar_id=home.webinar.id,
                participant_id=home.person.id,
                client_id=uuid4(),
                body="Hello",
                posted_seq=1,
                seq=1,
                posted_at=NOW,
            )
        )
    assert "Your messages in the chat" in (await home.client.get(home.at("/erase"))).text
    assert await home.count(Participant) == 1
    answer = await home.client.post(home.at("/erase"))
    assert answer.status_code == 303
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert "You are erased" in (await home.client.get(answer.headers["location"])).text
    assert [await home.count(table) for table in (Participant, ChatMessage, ConsentRecord)] == [0, 0, 0]
    assert (await home.client.get(home.at())).headers["location"] == "/my/"


async def test_while_a_hold_keeps_the_data_the_page_says_so_and_offers_nothing_to_press(home: Home):
    async with home.installation.services.db.writing() as db:
        db.add(LegalHold(account_id=home.webinar.account_id, reason="Claim 7/26", placed_at=NOW))
    page = (await home.client.get(home.at("/erase"))).text
    assert "A legal hold keeps this data for now" in page
    assert "Erase me now" not in page
    assert f'action="{home.at("/erase")}"' not in page
    assert "Claim 7/26" not in page
    assert (await home.client.post(home.at("/erase"))).status_code == 409
    assert await home.count(Participant) == 1


async def test_nobody_gets_in_without_a_link_or_a_session_of_this_webinar(home: Home):
    async with home.installation.services.db.writing() as db:
        other = await make_webinar(db, await make_account(db, name="Other House"))
    assert (await home.client.get(f"/w/{other.id}/my")).headers["location"] == "/my/"
    nobody = home.installation.new_client()
    assert (await nobody.get(home.at())).headers["location"] == "/my/"
    for end in ("/withdraw", "/consent", "/name", "/reminders", "/words", "/erase"):
        sent = {**await home.asked(), "display_name": "Eve", "wanted": "no", "id": str(home.person.id)}
        assert (await nobody.post(home.at(end), data=sent)).status_code == 403
    for end in ("/data.json", "/receipt", "/erase"):
        assert (await nobody.get(home.at(end))).status_code == 403
    assert (await nobody.post("/my/", data={"token": "x" * 43})).status_code == 422
    assert (await home.fresh()).display_name == "Mira Castell"


async def test_only_ones_own_data_is_shown(home: Home):
    found = home.installation.services
    async with found.db.writing() as db:
        await make_participant(
            db, found.signer, home.webinar, email="eve@example.org", display_name="Eve Elsewhere"
        )
    for end in ("", "/data.json", "/data.csv", "/receipt", "/erase"):
        text = (await home.client.get(home.at(end))).text
        assert "eve@example.org" not in text
        assert "Elsewhere" not in text


def test_every_column_that_people_see_of_themselves_has_a_name_for_people():
    rows = destroyed_with("participant")
    for table in personal_tables():
        if table not in rows or table.name in ELSEWHERE:
            continue
        names = {column.name for column in exported_columns(table)} - {"field_key"}
        if not any(not name.endswith("_id") for name in names):
            continue
        assert table.name in SECTIONS, table.name
        for name in names:
            assert name in COLUMNS or name.endswith("_id") or name == "id", f"{table.name}.{name}"
