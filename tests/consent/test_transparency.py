"""Art. 13: every item is told, and each one that is missing is named (G3)."""

import re
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

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
from webinar.models import NONE, Account, Basis, NoticeVersion, Purpose, Webinar

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


FULL = """\
Who is responsible
Polder Academy B.V.
Dijkweg 1
1234 AB Polderdam
privacy@polder.example.com

Data protection officer
dpo@polder.example.com

What your data is used for, and why that is allowed
Taking part: We let you in. Legal basis: to provide what you ask for, Art. 6(1)(b) GDPR.
Keeping records. Legal basis: the law requires it, Art. 6(1)(c) GDPR.
A civil chat. Nobody is shouted down. Legal basis: a legitimate interest, Art. 6(1)(f) GDPR.
May we write to you? About once a month. Legal basis: your consent, Art. 6(1)(a) GDPR.

Whether you have to give it
No law or contract obliges you to give this data. Without your e-mail address and the other fields marked as required \
you can't register. Everything else is up to you.

Who receives it
Our hosting provider

Transfers to other countries
To nobody but our American speaker

How long it is kept
Everything is erased 90 days after the webinar has ended; some answers may be erased earlier. \
What you enter in the form is erased 30 days after the end. The chat is erased 0 days after the end. \
Questions and their answers are erased 7 days after the end.

Your rights
You can ask to see your data, to have it corrected or erased, to have its use restricted, and to receive it in a \
common format. You can object to uses that rest on a legitimate interest. The link in every mail leads to a page where \
you can do most of this yourself.

Withdrawing consent
You can withdraw a consent at any time with one click behind the link in every mail, or from the watch page. What was \
done before stays lawful.

Where you can complain
Autoriteit Persoonsgegevens, The Hague

Automated decisions
No decision about you is made by a machine alone, and no profile of you is made."""


def a_controller(**values: str) -> Account:
    given: dict[str, Any] = {
        "controller_name": " Polder Academy B.V. ",
        "controller_address": " Dijkweg 1\n\n  1234 AB Polderdam ",
        "controller_email": " privacy@polder.example.com ",
        "dpo_contact": " dpo@polder.example.com ",
        "recipients": " Our hosting provider ",
        "transfers": " To nobody but our American speaker ",
        "supervisory_authority": " Autoriteit Persoonsgegevens, The Hague ",
    }
    return Account(name="Polder", created_at=NOW, **(given | values))


def worded(basis: Basis, **titles: str) -> tuple[Purpose, dict[UUID, dict[str, NoticeVersion]]]:
    """A purpose and its wordings, each as "title|body"."""
    purpose = Purpose(id=uuid4(), basis=basis)
    notices = {}
    for language, text in titles.items():
        title, _, body = text.partition("|")
        notices[language] = NoticeVersion(title=title, body=body, language=language)
    return purpose, {purpose.id: notices}


def facts_of(account: Account, webinar: Webinar, *told, language: str = "en") -> Facts:
    wordings = {key: notices for _, found in told for key, notices in found.items()}
    return gather_facts(
        account, webinar, [purpose for purpose, _ in told], wordings, language=language, _=str
    )


def test_the_whole_notice_word_for_word():
    """People rely on these words, so nobody changes one of them by accident."""
    webinar = Webinar(title="W", retention_days=90, answers_days=30, chat_days=0, questions_days=7)
    facts = facts_of(
        a_controller(),
        webinar,
        worded(Basis.CONTRACT, en="Taking part:|We let you in."),
        worded(Basis.CONSENT, en="May we write to you?|About once a month."),
        worded(Basis.LEGAL_OBLIGATION, en="Keeping records"),
        worded(Basis.LEGITIMATE_INTEREST, en="A civil chat.|Nobody is shouted down."),
    )
    assert missing_items(facts) == []
    notice = compose_notice(facts, title="Dikes that breathe", _=str)
    assert notice.title == "Privacy notice: Dikes that breathe"
    assert notice.body == FULL


def test_every_word_of_the_platform_s_own_is_translated():
    def shout(text: str) -> str:
        return "".join(
            part if part.startswith("{") else part.upper() for part in re.split(r"(\{\w+\})", text)
        )

    webinar = Webinar(title="W", retention_days=90, answers_days=30, chat_days=0, questions_days=7)
    account = a_controller(
        controller_name="1", controller_address="2", controller_email="3", dpo_contact=NONE, recipients=NONE,
        transfers=NONE, supervisory_authority="4",
    )  # fmt: skip
    told = [worded(basis, en="5|6") for basis in Basis]
    wordings = {key: notices for _, found in told for key, notices in found.items()}
    facts = gather_facts(account, webinar, [each for each, _ in told], wordings, language="en", _=shout)
    notice = compose_notice(facts, title="7", _=shout)
    assert notice.title + notice.body == (notice.title + notice.body).upper()


def test_none_said_in_every_way_is_none_in_full_sentences():
    facts = facts_of(
        a_controller(dpo_contact=" None. ", recipients="NONE", transfers=NONE),
        Webinar(title="W", retention_days=1),
    )
    assert facts.dpo == "No data protection officer has been appointed."
    assert facts.recipients == "Nobody else receives your data."
    assert facts.transfers == "Your data stays inside the European Economic Area; it is not sent elsewhere."
    assert facts.retention == (
        "Everything is erased 1 days after the webinar has ended; some answers may be erased earlier."
    )


@pytest.mark.parametrize("days", [0, -1])
def test_without_an_end_of_keeping_no_retention_is_told(days: int):
    facts = facts_of(a_controller(), Webinar(title="W", retention_days=days, chat_days=3))
    assert facts.retention == ""
    assert Item.RETENTION in missing_items(facts)


def test_consents_are_asked_and_the_rest_is_told_each_in_the_language_of_the_notice():
    facts = facts_of(
        a_controller(),
        Webinar(title="W", language="nl", retention_days=1),
        worded(Basis.CONSENT, en="News|monthly", de="Nachrichten|monatlich", nl="Nieuws|maandelijks"),
        worded(Basis.CONTRACT, en="Taking part|", nl="Meedoen|"),
        worded(Basis.CONTRACT, fr="Autre chose|"),
        worded(Basis.CONTRACT),
        language="de",
    )
    assert facts.asked == (ToldPurpose(Basis.CONSENT, "Nachrichten", "monatlich"),)
    assert facts.told == (
        ToldPurpose(Basis.CONTRACT, "Meedoen", ""),
        ToldPurpose(Basis.CONTRACT, "Autre chose", ""),
        ToldPurpose(Basis.CONTRACT, "", ""),
    )
    assert Item.PURPOSES in missing_items(facts)


def test_a_purpose_that_nobody_has_ever_worded_is_missing_its_words():
    purpose = Purpose(id=uuid4(), basis=Basis.CONTRACT)
    facts = gather_facts(
        a_controller(), Webinar(title="W", retention_days=1), [purpose], {}, language="en", _=str
    )
    assert facts.told == (ToldPurpose(Basis.CONTRACT, "", ""),)


def test_the_items_that_are_missing_come_in_the_order_of_the_notice(facts: Facts):
    less = replace(facts, controller="", told=(replace(INTEREST, title="", body=""),), complaint="")
    assert missing_items(less) == [Item.CONTROLLER, Item.PURPOSES, Item.INTERESTS, Item.COMPLAINT]


def test_only_a_legitimate_interest_has_to_be_explained(facts: Facts):
    told = (ToldPurpose(Basis.CONTRACT, "Taking part", ""),)
    assert missing_items(replace(facts, told=told)) == []


def test_a_purpose_s_title_ends_like_a_sentence_in_every_script(facts: Facts):
    told = tuple(ToldPurpose(Basis.CONTRACT, title, "") for title in ("A", "B.", "C?", "D؟", "E:"))
    body = compose_notice(replace(facts, told=told, asked=()), title="T", _=str).body
    lines = dict(notice_sections(body))["What your data is used for, and why that is allowed"]
    assert [line.partition(" Legal")[0] for line in lines] == ["A.", "B.", "C?", "D؟", "E:"]
