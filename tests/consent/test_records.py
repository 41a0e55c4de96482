"""Consent records: append-only, complete after TS 27560, and true to the words that were shown (G2)."""

from dataclasses import dataclass
from datetime import timedelta

import jsonschema
import pytest
from sqlmodel import col, select

from tests.support.installation import Installation
from tests.support.samples import NOW, make_account, make_purpose, make_webinar
from webinar.consent.coverage import agrees
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
from webinar.consent.ts27560 import as_ts27560
from webinar.errors import Conflict, NotFound
from webinar.models import (
    Account,
    ConsentRecord,
    ConsentState,
    NoticeVersion,
    Participant,
    ParticipantState,
    Purpose,
)

TERMS = Terms("Polder Academy B.V.", "90 days after the webinar has ended")
TEXT = {"type": "string", "minLength": 1}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "schema_version", "record_id", "pii_principal_id", "pii_processing", "party_identification", "event",
    ],
    "properties": {
        "schema_version": TEXT,
        "record_id": {"type": "string", "format": "uuid"},
        "pii_principal_id": TEXT,
        "pii_processing": {
            "type": "object",
            "required": ["privacy_notice", "language", "purposes"],
            "properties": {
                "privacy_notice": {
                    "type": "object",
                    "required": ["id", "version", "sha256", "text"],
                    "properties": {"sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}, "text": TEXT},
                },
                "language": {"enum": ["en", "nl", "de", "fr", "ar"]},
                "purposes": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "object",
                        "required": [
                            "purpose", "lawful_basis", "pii_information", "pii_controllers",
                            "collection_method", "processing_method", "storage_locations",
                            "retention_period", "withdrawal_method",
                        ],
                        "properties": {
                            "purpose": TEXT, "lawful_basis": {"const": "consent"}, "collection_method": TEXT,
                            "processing_method": TEXT, "retention_period": TEXT, "withdrawal_method": TEXT,
                        },
                    },
                },
            },
        },
        "party_identification": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["party_id", "party_role", "party_name", "party_address", "party_contact"],
                "additionalProperties": TEXT,
            },
        },
        "event": {
            "type": "object",
            "required": ["event_time", "validity_duration", "entity_id", "event_type", "event_state"],
            "properties": {
                "event_time": {"type": "string", "format": "date-time"},
                "event_state": {"enum": ["requested", "given", "refused", "withdrawn"]},
                "validity_duration": TEXT,
            },
        },
    },
}  # fmt: skip


@dataclass
class Asked:
    account: Account
    participant: Participant
    purpose: Purpose
    notice: NoticeVersion


@pytest.fixture
async def asked(installation: Installation) -> Asked:
    """Somebody who gave one consent."""
    async with installation.services.db.writing() as db:
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


async def test_every_record_has_every_mandatory_field_of_ts_27560(installation: Installation, asked: Asked):
    async with installation.services.db.writing() as db:
        await withdraw_consent(db, asked.participant, asked.purpose.id, method="personal link", now=NOW)
        history = await consent_history(db, asked.participant)
        assert [consent.record.state for consent in history] == [ConsentState.GIVEN, ConsentState.WITHDRAWN]
        for consent in history:
            jsonschema.validate(
                as_ts27560(consent, asked.account), SCHEMA, format_checker=jsonschema.FormatChecker()
            )


async def test_an_old_record_resolves_to_the_old_bytes_after_the_notice_is_edited(
    installation: Installation, asked: Asked
):
    shown = Wording("News by mail", "About once a month.").shown.decode()
    async with installation.services.db.writing() as db:
        await publish_wording(db, asked.purpose, "en", Wording.of("News", "Every single day."), NOW)
        (consent,) = await current_consents(db, asked.participant)
    record = as_ts27560(consent, asked.account)["pii_processing"]["privacy_notice"]
    assert record["text"] == shown
    assert record["sha256"] == asked.notice.sha256.hex()
    assert record["intact"]


async def test_the_latest_record_holds_and_nothing_is_overwritten(installation: Installation, asked: Asked):
    async with installation.services.db.writing() as db:
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


async def test_withdrawing_twice_is_withdrawing_once(installation: Installation, asked: Asked):
    async with installation.services.db.writing() as db:
        first = await withdraw_consent(
            db, asked.participant, asked.purpose.id, method="personal link", now=NOW
        )
        again = await withdraw_consent(
            db, asked.participant, asked.purpose.id, method="personal link", now=NOW
        )
        assert first.id == again.id


async def test_a_consent_to_a_retired_purpose_can_be_withdrawn_but_not_given_again(
    installation: Installation, asked: Asked
):
    async with installation.services.db.writing() as db:
        purpose = await db.get_one(Purpose, asked.purpose.id)
        await retire_purpose(db, purpose, NOW)
        withdrawn = await withdraw_consent(db, asked.participant, purpose.id, method="personal link", now=NOW)
        assert withdrawn.state is ConsentState.WITHDRAWN
        with pytest.raises(NotFound):
            await give_consent_again(
                db, asked.participant, purpose.id, asked.notice.id, method="personal link", now=NOW
            )


async def test_nobody_withdraws_what_they_were_never_asked(installation: Installation, asked: Asked):
    async with installation.services.db.writing() as db:
        other = await make_purpose(db, asked.account, "Something else")
        with pytest.raises(NotFound):
            await withdraw_consent(db, asked.participant, other.id, method="personal link", now=NOW)


async def test_a_change_of_substance_takes_the_consent_back_until_it_is_given_to_the_new_words(
    installation: Installation, asked: Asked
):
    async with installation.services.db.writing() as db:
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


async def test_an_editorial_change_asks_nobody_anew(installation: Installation, asked: Asked):
    async with installation.services.db.writing() as db:
        words = Wording.of("News by mail", "About once every month.")
        await publish_wording(db, asked.purpose, "en", words, NOW, substantive=False)
        (consent,) = await current_consents(db, asked.participant)
        assert consent.given
        assert consent.notice.id == asked.notice.id


async def test_words_in_another_language_do_not_take_a_consent_back(installation: Installation, asked: Asked):
    async with installation.services.db.writing() as db:
        await publish_wording(db, asked.purpose, "nl", Wording.of("Nieuws", "Elke dag."), NOW)
        (consent,) = await current_consents(db, asked.participant)
        assert consent.given


async def test_an_editorial_change_after_one_of_substance_still_asks_anew(
    installation: Installation, asked: Asked
):
    async with installation.services.db.writing() as db:
        await publish_wording(db, asked.purpose, "en", Wording.of("News", "Every day."), NOW)
        await publish_wording(
            db, asked.purpose, "en", Wording.of("News", "Each day."), NOW, substantive=False
        )
        (consent,) = await current_consents(db, asked.participant)
        assert consent.to_renew
        query = select(Participant.id).where(agrees(col(Participant.id), asked.purpose.id))
        assert (await db.exec(query)).all() == []
