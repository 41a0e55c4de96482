"""The receipt and the records after ISO/IEC TS 27560, word for word: other programs read them."""

from datetime import timedelta
from typing import Any
from uuid import uuid5

import pytest

from tests.consent.panel import TERMS, Panel, decide, give_again, withdraw
from tests.support.samples import NOW
from webinar.consent.handling import DataItem, Handling
from webinar.consent.notices import Wording, publish_wording
from webinar.consent.receipt import consent_receipt
from webinar.consent.records import WITHDRAWAL, consent_history
from webinar.consent.ts27560 import records_document
from webinar.db import Database
from webinar.models import NONE, DataClass, NoticeVersion, Purpose

LATER = NOW + timedelta(hours=1)
MY_DATA = "https://webinar.example.org/w/1/my"
EMAIL = DataItem(
    "email",
    {"en": "E-mail address", "nl": "E-mailadres"},
    DataClass.CONTACT,
    "pd:EmailAddress",
    required=True,
)
CITY = DataItem("city", {"en": "City"}, DataClass.ANSWER, "", required=False)


def handling(panel: Panel) -> Handling:
    return Handling(panel.account, {panel.news.id: [EMAIL, CITY]}, "A data centre in Amsterdam", MY_DATA)


def rights() -> list[dict[str, str]]:
    articles = ("A7-3", "A13", "A15", "A16", "A17", "A18", "A20", "A21", "A77")
    return [{"@id": f"eu-gdpr:{article}", "dpv:isExercisedAt": MY_DATA} for article in articles]


async def receipt_of(database: Database, panel: Panel) -> dict[str, Any]:
    async with database.reading() as db:
        history = await consent_history(db, panel.ada)
    return consent_receipt(history, panel.ada, handling(panel), LATER)


async def record_ids(database: Database, panel: Panel) -> list[str]:
    async with database.reading() as db:
        return [str(each.record.id) for each in await consent_history(db, panel.ada)]


def controller(panel: Panel) -> dict[str, Any]:
    return {
        "@id": f"urn:uuid:{panel.account.id}",
        "@type": "dpv:DataController",
        "dpv:hasName": panel.account.controller_name,
        "dpv:hasAddress": panel.account.controller_address,
        "dpv:hasContact": panel.account.controller_email,
    }


def shown(notice: NoticeVersion, text: str) -> dict[str, Any]:
    return {
        "@id": f"urn:uuid:{notice.id}",
        "@type": "dpv:ConsentNotice",
        "dct:created": NOW.isoformat(),
        "dct:language": notice.language,
        "schema:version": notice.number,
        "schema:text": {"@value": text, "@language": notice.language},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": notice.sha256.hex(),
        },
    }


async def test_the_receipt_in_full(bare_database: Database, panel: Panel):
    await decide(bare_database, (panel.ada, [panel.yes(panel.news, "nl")]))
    await withdraw(bare_database, panel, LATER)
    first, second = await record_ids(bare_database, panel)
    notice = shown(panel.words["news nl"], "Nieuws\n\n")
    me = {"@id": f"urn:uuid:{panel.ada.id}"}
    receipt_id = uuid5(panel.ada.id, f"consent receipt {LATER.isoformat()}")
    assert await receipt_of(bare_database, panel) == {
        "@context": {
            "dct": "http://purl.org/dc/terms/",
            "dpv": "https://w3id.org/dpv#",
            "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
            "loc": "https://w3id.org/dpv/loc#",
            "pd": "https://w3id.org/dpv/pd#",
            "schema": "https://schema.org/",
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "spdx": "http://spdx.org/rdf/terms#",
        },
        "@id": f"urn:uuid:{receipt_id}",
        "@type": "dpv:ConsentReceipt",
        "dct:identifier": str(receipt_id),
        "dct:conformsTo": {"@id": "https://w3id.org/dpv/schema/dpv-27560#receipt"},
        "dct:created": LATER.isoformat(),
        "dct:publisher": controller(panel),
        "schema:recipient": {"@id": "dpv:DataSubject"},
        "dpv:hasRecordOfActivity": [
            {
                "@id": f"urn:uuid:{first}",
                "@type": "dpv:ConsentRecord",
                "dct:identifier": first,
                "dct:conformsTo": {"@id": "https://w3id.org/dpv/schema/dpv-27560#record"},
                "dct:created": NOW.isoformat(),
                "dct:language": "nl",
                "dpv:hasDataSubject": me | {"@type": "dpv:DataSubject"},
                "dpv:hasDataController": controller(panel) | {"dpv:hasName": TERMS.controller},
                "dpv:hasProcess": {
                    "@type": "dpv:Process",
                    "dpv:hasPurpose": {
                        "@id": f"urn:uuid:{panel.news.id}",
                        "@type": "dpv:Purpose",
                        "dct:title": {"@value": "Nieuws", "@language": "nl"},
                    },
                    "dpv:hasNecessity": {"@id": "dpv:Optional"},
                    "dpv:hasPersonalData": [
                        {
                            "@type": "dpv:PersonalData",
                            "skos:broader": [{"@id": "dpv:ProvidedPersonalData"}, {"@id": "pd:EmailAddress"}],
                            "dct:title": {"@value": "E-mailadres", "@language": "nl"},
                            "dct:identifier": "email",
                            "dct:type": "contact",
                            "dpv:hasNecessity": {"@id": "dpv:Required"},
                        },
                        {
                            "@type": "dpv:PersonalData",
                            "skos:broader": [{"@id": "dpv:ProvidedPersonalData"}],
                            "dct:title": {"@value": "City", "@language": "en"},
                            "dct:identifier": "city",
                            "dct:type": "answer",
                            "dpv:hasNecessity": {"@id": "dpv:Optional"},
                        },
                    ],
                    "dpv:hasProcessing": [{"@id": "dpv:Collect"}, {"@id": "dpv:Store"}, {"@id": "dpv:Use"}],
                    "dpv:hasDataSource": {
                        "@type": "dpv:DataSubjectDataSource",
                        "dct:description": "personal link",
                    },
                    "dpv:hasDataController": {"@id": f"urn:uuid:{panel.account.id}"},
                    "dpv:hasRecipient": {"@type": "dpv:Recipient", "dct:description": "Our hosting provider"},
                    "dpv:hasLegalBasis": [
                        {"@id": "dpv:ExplicitlyExpressedConsent"},
                        {"@id": "eu-gdpr:A6-1-a"},
                    ],
                    "dpv:hasStorageCondition": [
                        {"@type": "dpv:StorageDuration", "dct:description": TERMS.retention},
                        {"@type": "dpv:StorageLocation", "dct:description": "A data centre in Amsterdam"},
                    ],
                    "dpv:hasConsentControl": {
                        "@type": "dpv:WithdrawConsent",
                        "dct:description": WITHDRAWAL,
                        "dpv:isExercisedAt": MY_DATA,
                    },
                    "dpv:hasRight": rights(),
                    "dpv:hasJurisdiction": {"@id": "loc:EU"},
                    "dpv:hasApplicableLaw": {"@id": "eu-gdpr:GDPR"},
                    "dpv:hasAuthority": {
                        "@type": "dpv:DataProtectionAuthority",
                        "dpv:hasName": "Autoriteit Persoonsgegevens, The Hague",
                    },
                },
                "dpv:hasConsentStatus": {"@id": "dpv:ConsentWithdrawn"},
                "dct:hasPart": [
                    {
                        "@id": f"urn:uuid:{first}",
                        "@type": "dpv:ConsentGiven",
                        "dpv:isIndicatedAtTime": NOW.isoformat(),
                        "dpv:isIndicatedBy": me,
                        "dpv:hasIndicationMethod": "registration form",
                        "dct:date": NOW.isoformat(),
                        "dct:valid": TERMS.retention,
                        "dpv:isImplementedByEntity": me,
                        "dpv:hasNotice": notice,
                    },
                    {
                        "@id": f"urn:uuid:{second}",
                        "@type": "dpv:ConsentWithdrawn",
                        "dpv:isIndicatedAtTime": LATER.isoformat(),
                        "dpv:isIndicatedBy": me,
                        "dpv:hasIndicationMethod": "personal link",
                        "dct:date": LATER.isoformat(),
                        "dct:valid": TERMS.retention,
                        "dpv:isImplementedByEntity": me,
                        "dpv:hasNotice": notice,
                    },
                ],
            }
        ],
    }


async def test_each_purpose_is_a_record_whose_process_is_that_of_the_latest_answer(
    bare_database, panel: Panel
):
    await decide(bare_database, (panel.ada, [panel.yes(panel.news), panel.no(panel.photo)]))
    async with bare_database.writing() as db:
        purpose = await db.get_one(Purpose, panel.news.id)
        new = await publish_wording(db, purpose, "en", Wording.of("Newer news", ""), NOW)
    told = {
        record["dct:identifier"]: record
        for record in (await receipt_of(bare_database, panel))["dpv:hasRecordOfActivity"]
    }
    assert len(told) == 2
    assert {record["dpv:hasConsentStatus"]["@id"] for record in told.values()} == {
        "dpv:ConsentExpired", "dpv:ConsentRefused",
    }  # fmt: skip
    await give_again(bare_database, panel, LATER, new.id)
    records = (await receipt_of(bare_database, panel))["dpv:hasRecordOfActivity"]
    (news,) = [record for record in records if len(record["dct:hasPart"]) == 2]
    assert news["dpv:hasConsentStatus"]["@id"] == "dpv:ConsentGiven"
    assert news["dpv:hasProcess"]["dpv:hasPurpose"]["dct:title"]["@value"] == "Newer news"
    assert [part["dpv:hasNotice"]["@id"] for part in news["dct:hasPart"]] == [
        f"urn:uuid:{panel.words['news en'].id}", f"urn:uuid:{new.id}",
    ]  # fmt: skip


@pytest.mark.parametrize("recipients", ["", NONE])
async def test_an_account_that_left_something_out_says_only_what_it_said(
    bare_database: Database, panel: Panel, recipients: str
):
    panel.account.controller_name = panel.account.controller_address = panel.account.controller_email = ""
    panel.account.recipients, panel.account.supervisory_authority = recipients, ""
    await decide(bare_database, (panel.ada, [panel.yes(panel.photo)]))
    receipt = await receipt_of(bare_database, panel)
    assert receipt["dct:publisher"] == {
        "@id": f"urn:uuid:{panel.account.id}",
        "@type": "dpv:DataController",
        "dpv:hasName": panel.account.name,
    }
    (record,) = receipt["dpv:hasRecordOfActivity"]
    assert record["dpv:hasProcess"]["dpv:hasRecipient"] == {"@id": f"urn:uuid:{panel.account.id}"}
    assert "dpv:hasAuthority" not in record["dpv:hasProcess"]
    assert record["dpv:hasProcess"]["dpv:hasPersonalData"] == []


async def test_the_controllers_records_are_those_of_the_receipt_by_themselves(
    bare_database: Database, panel: Panel
):
    await decide(bare_database, (panel.ada, [panel.yes(panel.news), panel.no(panel.photo)]))
    await withdraw(bare_database, panel, LATER)
    receipt = await receipt_of(bare_database, panel)
    async with bare_database.reading() as db:
        records = records_document(await consent_history(db, panel.ada), handling(panel))
    assert records == {
        "@context": receipt["@context"],
        "@graph": receipt["dpv:hasRecordOfActivity"],
    }
    assert len(records["@graph"]) == 2


async def test_a_record_says_so_when_its_words_were_tampered_with_or_it_was_required(
    bare_database, panel: Panel
):
    await decide(bare_database, (panel.ada, [panel.yes(panel.photo)]))
    async with bare_database.reading() as db:
        (consent,) = await consent_history(db, panel.ada)
    consent.notice.body = "something else"
    consent.purpose.required = True
    (record,) = records_document([consent], handling(panel))["@graph"]
    (event,) = record["dct:hasPart"]
    assert event["dpv:hasNotice"]["skos:note"] == (
        "These are not the words that were shown: their checksum is another one."
    )
    assert record["dpv:hasProcess"]["dpv:hasNecessity"] == {"@id": "dpv:Required"}
