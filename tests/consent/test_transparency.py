"""Art. 13: every item is told, and each one that is missing is named (G3)."""

from dataclasses import replace

import pytest

from tests.support.samples import NOW
from webinar.consent.transparency import (
    ARTICLES,
    Facts,
    Item,
    ToldPurpose,
    compose_notice,
    gather_facts,
    missing_items,
    notice_sections,
)
from webinar.models import NONE, Account, Basis, Webinar

INTEREST = ToldPurpose(Basis.LEGITIMATE_INTEREST, "Keeping the chat civil", "A calm room for everybody.")
WITHOUT: dict[Item, dict[str, object]] = {
    Item.CONTROLLER: {"address": ""},
    Item.PURPOSES: {"told": ()},
    Item.INTERESTS: {"told": (replace(INTEREST, body=""),)},
}


@pytest.fixture
def facts() -> Facts:
    return Facts(
        controller="Polder Academy B.V.",
        address="Dijkweg 1\n\nPolderdam",
        contact="privacy@polder.example.com",
        dpo="None.",
        told=(INTEREST,),
        asked=(ToldPurpose(Basis.CONSENT, "News by mail", ""),),
        provision="p",
        recipients="r",
        transfers="t",
        retention="90 days",
        rights="rights",
        withdrawal="w",
        complaint="c",
        decisions="d",
    )


def test_complete_facts_miss_nothing(facts: Facts):
    assert missing_items(facts) == []


@pytest.mark.parametrize("item", Item)
def test_each_item_that_is_taken_away_is_named(facts: Facts, item: Item):
    less = replace(facts, **WITHOUT.get(item, {item.value: " "}))  # type: ignore[arg-type]
    assert missing_items(less) == [item]


def test_a_purpose_without_words_is_missing(facts: Facts):
    assert missing_items(replace(facts, asked=(ToldPurpose(Basis.CONSENT, "", ""),))) == [Item.PURPOSES]


def test_every_item_names_its_article():
    assert set(ARTICLES) == set(Item)


def test_none_is_an_answer_and_nothing_is_not():
    account = Account(name="A", dpo_contact=NONE, recipients=NONE, transfers="", created_at=NOW)
    facts = gather_facts(account, Webinar(title="W"), [], {}, language="en", _=str)
    assert facts.dpo == "No data protection officer has been appointed."
    assert facts.recipients == "Nobody else receives your data."
    assert Item.TRANSFERS in missing_items(facts)
    assert Item.DPO not in missing_items(facts)


def test_the_notice_tells_everything_in_sections(facts: Facts):
    notice = compose_notice(facts, title="Dikes that breathe", _=str)
    sections = dict(notice_sections(notice.body))
    assert notice.title == "Privacy notice: Dikes that breathe"
    assert sections["Who is responsible"] == [
        "Polder Academy B.V.",
        "Dijkweg 1",
        "Polderdam",
        "privacy@polder.example.com",
    ]
    assert sections["What your data is used for, and why that is allowed"] == [
        "Keeping the chat civil. A calm room for everybody. Legal basis: a legitimate interest, Art. 6(1)(f) GDPR.",
        "News by mail. Legal basis: your consent, Art. 6(1)(a) GDPR.",
    ]
    for item in (
        facts.dpo,
        facts.recipients,
        facts.transfers,
        facts.retention,
        facts.rights,
        facts.complaint,
    ):
        assert item in notice.body
