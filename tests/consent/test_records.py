"""Consent records: append-only, complete after TS 27560, and true to the words that were shown (G2)."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

import jsonschema
import pytest
from sqlmodel import col, select

from tests.consent.panel import TERMS, Panel, consents, decide, give_again, withdraw
from tests.support.installation import SECRET, MovableClock
from tests.support.samples import NOW, make_account, make_purpose, make_webinar
from webinar.consent.coverage import agrees
from webinar.consent.handling import DataItem, Handling
from webinar.consent.notices import Wording, latest_wordings, publish_wording
from webinar.consent.purposes import retire_purpose
from webinar.consent.records import (
    Decision,
    FirstDecisions,
    Terms,
    consent_history,
    current_consents,
    give_consent_again,
    record_first_decisions,
    withdraw_consent,
)
from webinar.consent.ts27560 import consent_records
from webinar.db import Database
from webinar.errors import Conflict, NotFound
from webinar.models import (
    Account,
    ConsentRecord,
    ConsentState,
    DataClass,
    ExportFile,
    NoticeVersion,
    Participant,
    ParticipantState,
    Purpose,
)
from webinar.signing import Signer

SIGNER = Signer(SECRET, MovableClock())
TEXT = {"type": "string", "minLength": 1}
NODE = {"type": "object", "required": ["@id"]}
SAID = {"type": "object", "required": ["dct:description"], "properties": {"dct:description": TEXT}}
URN = {"type": "string", "pattern": "^urn:uuid:[0-9a-f-]{36}$"}
PARTY = {
    "type": "object",
    "required": ["@id", "@type", "dpv:hasName", "dpv:hasAddress", "dpv:hasContact"],
    "additionalProperties": TEXT,
}
NOTICE = {
    "type": "object",
    "required": ["@id", "dct:language", "schema:version", "schema:text", "spdx:checksum"],
    "properties": {
        "dct:language": {"enum": ["en", "nl", "de", "fr", "ar"]},
        "schema:text": {"type": "object", "properties": {"@value": TEXT}},
        "spdx:checksum": {
            "properties": {"spdx:checksumValue": {"type": "string", "pattern": "^[0-9a-f]{64}$"}}
        },
    },
}
PROCESS = {
    "type": "object",
    "required": [
        "dpv:hasPurpose",
        "dpv:hasLegalBasis",
        "dpv:hasPersonalData",
        "dpv:hasDataController",
        "dpv:hasDataSource",
        "dpv:hasProcessing",
        "dpv:hasStorageCondition",
        "dpv:hasJurisdiction",
        "dpv:hasRecipient",
        "dpv:hasConsentControl",
    ],
    "properties": {
        "dpv:hasPurpose": {"required": ["@id", "dct:title"]},
        "dpv:hasLegalBasis": {"type": "array", "contains": {"const": {"@id": "eu-gdpr:A6-1-a"}}},
        "dpv:hasPersonalData": {
            "type": "array",
            "minItems": 1,
            "items": {"required": ["dct:title", "dct:type"]},
        },
        "dpv:hasDataController": NODE,
        "dpv:hasDataSource": SAID,
        "dpv:hasProcessing": {"type": "array", "minItems": 1},
        "dpv:hasStorageCondition": {"type": "array", "minItems": 2, "items": SAID},
        "dpv:hasJurisdiction": NODE,
        "dpv:hasConsentControl": SAID,
    },
}
EVENT = {
    "type": "object",
    "required": ["@id", "@type", "dpv:isIndicatedAtTime", "dpv:isIndicatedBy", "dct:valid", "dpv:hasNotice"],
    "properties": {
        "@type": {"enum": ["dpv:ConsentGiven", "dpv:ConsentRefused", "dpv:ConsentWithdrawn"]},
        "dpv:isIndicatedAtTime": {"type": "string", "format": "date-time"},
        "dct:valid": TEXT,
        "dpv:hasNotice": NOTICE,
    },
}
SCHEMA = {
    "type": "object",
    "required": [
        "@id", "@type", "dct:conformsTo", "dct:language", "dpv:hasDataSubject", "dpv:hasDataController",
        "dpv:hasProcess", "dpv:hasConsentStatus", "dct:hasPart",
    ],
    "properties": {
        "@id": URN, "@type": {"const": "dpv:ConsentRecord"}, "dpv:hasDataSubject": NODE, "dpv:hasDataController": PARTY,
        "dpv:hasProcess": PROCESS, "dpv:hasConsentStatus": NODE,
        "dct:hasPart": {"type": "array", "minItems": 1, "items": EVENT},
    },
}  # fmt: skip


@dataclass
class Asked:
    account: Account
    participant: Participant
    purpose: Purpose
    notice: NoticeVersion


@pytest.fixture
async def asked(bare_database: Database) -> Asked:
    """Somebody who gave one consent."""
    async with bare_database.writing() as db:
        account = await make_account(db)
        webinar = await make_webinar(db, account)
        purpose = await make_purpose(db, account, "News by mail", "About once a month.")
        participant = Participant(
            account_id=account.id,
            webinar_id=webinar.id,
            email="ada@example.com",
            email_key="ada@example.com",
            state=ParticipantState.REGISTERED,
            link_hash=b"hash",
            created_at=NOW,
        )
        db.add(participant)
        await db.flush()
        notice = (await latest_wordings(db, [purpose]))[purpose.id]["en"]
        decision = Decision(purpose.id, notice.id, "en", given=True)
        decided = FirstDecisions(participant, [decision], TERMS)
        await record_first_decisions(db, [decided], method="registration form", now=NOW)
        return Asked(account, participant, purpose, notice)


def handling(asked: Asked) -> Handling:
    """What the forms and the operator would tell."""
    email = DataItem("email", {"en": "E-mail address"}, DataClass.CONTACT, "pd:EmailAddress", required=True)
    return Handling(asked.account, {asked.purpose.id: [email]}, "Amsterdam", "https://webinar.example.org/my")


async def test_every_record_has_every_mandatory_field_of_ts_27560(bare_database: Database, asked: Asked):
    async with bare_database.writing() as db:
        await withdraw_consent(db, asked.participant, asked.purpose.id, method="personal link", now=NOW)
        history = await consent_history(db, asked.participant)
    assert [consent.record.state for consent in history] == [ConsentState.GIVEN, ConsentState.WITHDRAWN]
    (record,) = consent_records(history, handling(asked))
    jsonschema.validate(record, SCHEMA, format_checker=jsonschema.FormatChecker())
    assert len(record["dct:hasPart"]) == 2


async def test_an_old_record_resolves_to_the_old_bytes_after_the_notice_is_edited(
    bare_database: Database, asked: Asked
):
    shown = Wording("News by mail", "About once a month.").shown.decode()
    async with bare_database.writing() as db:
        await publish_wording(db, asked.purpose, "en", Wording.of("News", "Every single day."), NOW)
        current = await current_consents(db, asked.participant)
    (record,) = consent_records(current, handling(asked))
    notice = record["dct:hasPart"][0]["dpv:hasNotice"]
    assert notice["schema:text"]["@value"] == shown
    assert notice["spdx:checksum"]["spdx:checksumValue"] == asked.notice.sha256.hex()
    assert "skos:note" not in notice


async def test_the_latest_record_holds_and_nothing_is_overwritten(bare_database: Database, asked: Asked):
    async with bare_database.writing() as db:
        later = NOW + timedelta(hours=1)
        await withdraw_consent(db, asked.participant, asked.purpose.id, method="watch page", now=later)
        (now_holds,) = await current_consents(db, asked.participant)
        assert not now_holds.given
        assert (now_holds.record.number, now_holds.record.method) == (2, "watch page")
        await give_consent_again(
            db, asked.participant, asked.purpose.id, asked.notice.id, method="personal link", now=later
        )
        (now_holds,) = await current_consents(db, asked.participant)
        assert now_holds.given
        rows = (await db.exec(select(ConsentRecord).order_by(col(ConsentRecord.number)))).all()
        assert [row.state for row in rows] == ["given", "withdrawn", "given"]
        assert rows[0].at == NOW


async def test_withdrawing_twice_is_withdrawing_once(bare_database: Database, asked: Asked):
    async with bare_database.writing() as db:
        first = await withdraw_consent(
            db, asked.participant, asked.purpose.id, method="personal link", now=NOW
        )
        again = await withdraw_consent(
            db, asked.participant, asked.purpose.id, method="personal link", now=NOW
        )
        assert first.id == again.id


async def test_a_consent_to_a_retired_purpose_can_be_withdrawn_but_not_given_again(
    bare_database: Database, asked: Asked
):
    async with bare_database.writing() as db:
        purpose = await db.get_one(Purpose, asked.purpose.id)
        await retire_purpose(db, purpose, NOW)
        withdrawn = await withdraw_consent(db, asked.participant, purpose.id, method="personal link", now=NOW)
        assert withdrawn.state is ConsentState.WITHDRAWN
        with pytest.raises(NotFound):
            await give_consent_again(
                db, asked.participant, purpose.id, asked.notice.id, method="personal link", now=NOW
            )


async def test_nobody_withdraws_what_they_were_never_asked(bare_database: Database, asked: Asked):
    async with bare_database.writing() as db:
        other = await make_purpose(db, asked.account, "Something else")
        with pytest.raises(NotFound):
            await withdraw_consent(db, asked.participant, other.id, method="personal link", now=NOW)


async def test_a_change_of_substance_takes_the_consent_back_until_it_is_given_to_the_new_words(
    bare_database: Database, asked: Asked
):
    async with bare_database.writing() as db:
        words = Wording.of("News by mail", "Every single day.")
        new = await publish_wording(db, asked.purpose, "en", words, NOW)
        (consent,) = await current_consents(db, asked.participant)
        assert (consent.given, consent.to_renew, consent.asked.id) == (False, True, new.id)
        with pytest.raises(Conflict):
            await give_consent_again(
                db, asked.participant, asked.purpose.id, asked.notice.id, method="personal link", now=NOW
            )
        await give_consent_again(
            db, asked.participant, asked.purpose.id, new.id, method="personal link", now=NOW
        )
        (consent,) = await current_consents(db, asked.participant)
        assert (consent.given, consent.notice.id) == (True, new.id)


async def test_an_editorial_change_asks_nobody_anew(bare_database: Database, asked: Asked):
    async with bare_database.writing() as db:
        words = Wording.of("News by mail", "About once every month.")
        await publish_wording(db, asked.purpose, "en", words, NOW, substantive=False)
        (consent,) = await current_consents(db, asked.participant)
        assert consent.given
        assert consent.notice.id == asked.notice.id


async def test_words_in_another_language_do_not_take_a_consent_back(bare_database: Database, asked: Asked):
    async with bare_database.writing() as db:
        await publish_wording(db, asked.purpose, "nl", Wording.of("Nieuws", "Elke dag."), NOW)
        (consent,) = await current_consents(db, asked.participant)
        assert consent.given


async def test_an_editorial_change_after_one_of_substance_still_asks_anew(
    bare_database: Database, asked: Asked
):
    async with bare_database.writing() as db:
        await publish_wording(db, asked.purpose, "en", Wording.of("News", "Every day."), NOW)
        await publish_wording(
            db, asked.purpose, "en", Wording.of("News", "Each day."), NOW, substantive=False
        )
        (consent,) = await current_consents(db, asked.participant)
        assert consent.to_renew
        query = select(Participant.id).where(agrees(col(Participant.id), asked.purpose.id))
        assert (await db.exec(query)).all() == []


async def test_a_first_answer_is_stored_with_everything_that_was_told(bare_database: Database, panel: Panel):
    await decide(bare_database, (panel.ada, [panel.yes(panel.news, "nl"), panel.no(panel.photo)]))
    async with bare_database.reading() as db:
        rows = {row.purpose_id: row for row in (await db.exec(select(ConsentRecord))).all()}
    given, refused = rows[panel.news.id], rows[panel.photo.id]
    assert (given.state, refused.state) == (ConsentState.GIVEN, ConsentState.REFUSED)
    assert (given.language, refused.language) == ("nl", "en")
    assert given.notice_version_id == panel.words["news nl"].id
    assert refused.notice_version_id == panel.words["photo en"].id
    for row in rows.values():
        assert (row.account_id, row.webinar_id) == (panel.ada.account_id, panel.ada.webinar_id)
        assert (row.participant_id, row.number, row.at) == (panel.ada.id, 1, NOW)
        assert row.method == "registration form"
        assert Terms(row.controller, row.retention) == TERMS
        assert row.withdrawal_method.startswith("One click on the page behind the link in every mail")


async def test_many_people_are_stored_together_and_who_was_asked_nothing_has_no_record(bare_database, panel):
    await decide(bare_database)
    await decide(bare_database, (panel.ada, []))
    assert await consents(bare_database, panel.ada) == []
    await decide(
        bare_database,
        (panel.ada, [panel.yes(panel.news)]),
        (panel.bob, [panel.no(panel.news)]),
        (panel.elsewhere, [panel.yes(panel.photo)]),
    )
    assert await consents(bare_database, panel.ada) == [("News", "given", 1)]
    assert await consents(bare_database, panel.bob) == [("News", "refused", 1)]
    assert await consents(bare_database, panel.elsewhere) == [("Photo", "given", 1)]


async def test_what_holds_is_given_in_the_order_of_the_purposes(bare_database: Database, panel: Panel):
    await decide(bare_database, (panel.ada, [panel.yes(panel.news), panel.no(panel.photo)]))
    assert [title for title, *_ in await consents(bare_database, panel.ada)] == ["Photo", "News"]
    async with bare_database.writing() as db:
        first, last = sorted((panel.news, panel.photo), key=lambda purpose: str(purpose.id))
        for purpose in (panel.news, panel.photo):
            (await db.get_one(Purpose, purpose.id)).position = 0
    async with bare_database.reading() as db:
        held = await current_consents(db, panel.ada)
    assert [each.purpose.id for each in held] == [first.id, last.id]


async def test_history_is_told_from_the_oldest_record_on_and_of_this_person_alone(
    bare_database, panel: Panel
):
    await decide(bare_database, *((each, [panel.yes(panel.news)]) for each in (panel.ada, panel.bob)))
    for hours, step in ((1, withdraw), (2, give_again), (3, withdraw)):
        await step(bare_database, panel, NOW + timedelta(hours=hours))
    async with bare_database.reading() as db:
        told = [
            (each.record.number, each.record.state.value) for each in await consent_history(db, panel.ada)
        ]
    assert told == [(1, "given"), (2, "withdrawn"), (3, "given"), (4, "withdrawn")]
    assert await consents(bare_database, panel.ada) == [("News", "withdrawn", 4)]
    assert await consents(bare_database, panel.bob) == [("News", "given", 1)]


async def test_a_withdrawal_repeats_what_was_told_and_says_when_and_from_where(bare_database, panel: Panel):
    await decide(bare_database, (panel.ada, [panel.yes(panel.news, "nl"), panel.yes(panel.photo)]))
    later = NOW + timedelta(hours=1)
    withdrawn = await withdraw(bare_database, panel, later)
    async with bare_database.reading() as db:
        history = await consent_history(db, panel.ada)
    first, stored = [each.record for each in history if each.purpose.id == panel.news.id]
    assert stored.id == withdrawn.id != first.id
    assert (stored.number, stored.state) == (2, ConsentState.WITHDRAWN)
    assert (stored.at, stored.method) == (later, "personal link")
    same = {"account_id", "webinar_id", "participant_id", "purpose_id", "notice_version_id"}
    same |= {"language", "withdrawal_method", "controller", "retention"}
    assert stored.model_dump(include=same) == first.model_dump(include=same)
    assert await consents(bare_database, panel.ada) == [("Photo", "given", 1), ("Nieuws", "withdrawn", 2)]


async def test_withdrawing_what_was_refused_changes_nothing(bare_database: Database, panel: Panel):
    await decide(bare_database, (panel.ada, [panel.no(panel.news)]))
    kept = await withdraw(bare_database, panel)
    assert (kept.number, kept.state) == (1, ConsentState.REFUSED)
    assert await consents(bare_database, panel.ada) == [("News", "refused", 1)]


async def test_agreeing_twice_to_the_same_words_is_agreeing_once(bare_database: Database, panel: Panel):
    await decide(bare_database, (panel.ada, [panel.yes(panel.news)]))
    assert (await give_again(bare_database, panel)).number == 1
    assert await consents(bare_database, panel.ada) == [("News", "given", 1)]


async def test_who_refused_can_agree_later_in_the_language_of_the_words_they_saw(bare_database, panel: Panel):
    await decide(bare_database, (panel.ada, [replace(panel.yes(panel.news, "nl"), given=False)]))
    with pytest.raises(Conflict, match="The words have changed") as other_words:
        await give_again(bare_database, panel, shown=panel.words["news en"].id)
    assert other_words.value.code == "words_changed"
    later = NOW + timedelta(hours=1)
    given = await give_again(bare_database, panel, later, panel.words["news nl"].id)
    assert (given.number, given.state, given.at, given.method) == (2, ConsentState.GIVEN, later, "watch page")
    assert given.notice_version_id == panel.words["news nl"].id
    assert given.language == "nl"


async def test_nobody_agrees_to_what_they_were_never_asked_or_what_never_was(bare_database, panel: Panel):
    await decide(bare_database, (panel.bob, [panel.yes(panel.news)]), (panel.ada, [panel.yes(panel.photo)]))
    with pytest.raises(NotFound):
        await give_again(bare_database, panel)
    with pytest.raises(NotFound):
        await withdraw(bare_database, panel)
    async with bare_database.writing() as db:
        with pytest.raises(NotFound):
            await withdraw_consent(db, panel.ada, uuid4(), method="personal link", now=NOW)


async def test_an_editorial_change_is_what_somebody_would_be_asked_today(bare_database, panel: Panel):
    await decide(bare_database, (panel.ada, [panel.yes(panel.news), panel.yes(panel.photo)]))
    async with bare_database.writing() as db:
        one, newest = [
            await publish_wording(db, panel.news, "en", Wording.of("News", body), NOW, substantive=False)
            for body in ("One.", "Two.")
        ]
    async with bare_database.reading() as db:
        photo, news = await current_consents(db, panel.ada)
    assert (news.asked.id, news.changed, news.given, news.to_renew) == (newest.id, False, True, False)
    assert newest.id != one.id
    assert (photo.asked.id, photo.changed) == (photo.notice.id, False)


async def test_who_withdrew_or_refused_is_not_asked_anew_when_the_words_change(bare_database, panel: Panel):
    await decide(bare_database, (panel.ada, [panel.yes(panel.news), panel.no(panel.photo)]))
    await withdraw(bare_database, panel)
    async with bare_database.writing() as db:
        for purpose in (panel.news, panel.photo):
            await publish_wording(db, purpose, "en", Wording.of("Changed", ""), NOW)
    async with bare_database.reading() as db:
        held = await current_consents(db, panel.ada)
    assert [(each.changed, each.given, each.to_renew) for each in held] == [(True, False, False)] * 2


async def test_for_a_retired_purpose_nobody_is_asked_anew(bare_database: Database, panel: Panel):
    await decide(bare_database, (panel.ada, [panel.yes(panel.news)]))
    async with bare_database.writing() as db:
        news = await db.get_one(Purpose, panel.news.id)
        await publish_wording(db, news, "en", Wording.of("Changed", ""), NOW)
        await retire_purpose(db, news, NOW)
    async with bare_database.reading() as db:
        (held,) = await current_consents(db, panel.ada)
    assert (held.changed, held.given, held.to_renew) == (True, False, False)


async def test_a_withdrawal_ends_the_prepared_exports_of_its_webinar_for_its_purpose_alone(
    bare_database, panel
):
    await decide(bare_database, (panel.ada, [panel.yes(panel.news)]))
    places = [
        (webinar_id, purpose.id)
        for webinar_id in (panel.ada.webinar_id, panel.elsewhere.webinar_id)
        for purpose in (panel.news, panel.photo)
    ]
    async with bare_database.writing() as db:
        for webinar_id, purpose_id in places:
            db.add(
                ExportFile(
                    account_id=panel.account.id, webinar_id=webinar_id, purpose_id=purpose_id,
                    kind="csv", key=b"", rows=1, made_at=NOW, expires_at=NOW,
                )
            )  # fmt: skip
    await withdraw(bare_database, panel)
    async with bare_database.reading() as db:
        left = (await db.exec(select(ExportFile))).all()
    assert {(each.webinar_id, each.purpose_id) for each in left} == set(places[1:])


async def test_the_order_of_records_is_their_numbers_whatever_a_clock_said(bare_database, panel: Panel):
    await decide(bare_database, (panel.ada, [panel.yes(panel.news)]))
    await withdraw(bare_database, panel, NOW - timedelta(hours=2))
    async with bare_database.writing() as db:
        first = FirstDecisions(panel.ada, [panel.yes(panel.photo)], TERMS)
        await record_first_decisions(db, [first], method="form", now=NOW - timedelta(hours=1))
    async with bare_database.reading() as db:
        told = [(each.notice.title, each.record.number) for each in await consent_history(db, panel.ada)]
    assert told == [("Photo", 1), ("News", 1), ("News", 2)]


async def test_what_somebody_would_be_asked_today_has_the_highest_number(bare_database, panel: Panel):
    await decide(bare_database, (panel.ada, [panel.yes(panel.news)]))
    async with bare_database.writing() as db:
        for body in ("One.", "Two."):
            await publish_wording(db, panel.news, "en", Wording.of("News", body), NOW, substantive=False)
        one = (await db.exec(select(NoticeVersion).where(col(NoticeVersion.body) == "One."))).one()
        one.number = 9
        db.add(one)
    async with bare_database.reading() as db:
        (held,) = await current_consents(db, panel.ada)
    assert held.asked.body == "One."
