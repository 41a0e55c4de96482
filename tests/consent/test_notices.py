"""Versioned wording: what is stored is what was shown."""

import hashlib

import pytest

from tests.support.installation import Installation
from tests.support.samples import NOW, make_account, make_purpose, make_webinar
from webinar.consent.notices import (
    Wording,
    get_notice,
    is_intact,
    latest_wordings,
    pick_language,
    publish_privacy_notice,
    publish_wording,
    purpose_history,
)
from webinar.errors import Invalid, NotFound


async def test_the_same_words_stay_one_version_and_new_words_make_another(installation: Installation):
    async with installation.services.db.writing() as db:
        account = await make_account(db)
        purpose = await make_purpose(db, account, "News by mail", "About once a month.")
        again = await publish_wording(
            db, purpose, "en", Wording.of("News by mail ", "About once a month.\r\n"), NOW
        )
        changed = await publish_wording(
            db, purpose, "en", Wording.of("News by mail", "At most twice a month."), NOW
        )
        assert (again.number, changed.number) == (1, 2)
        assert [seen.notice.number for seen in await purpose_history(db, purpose)] == [2, 1]
        newest = await latest_wordings(db, [purpose])
        assert newest[purpose.id]["en"].id == changed.id


async def test_the_hash_is_over_the_very_bytes_that_are_shown(installation: Installation):
    async with installation.services.db.writing() as db:
        webinar = await make_webinar(db, await make_account(db))
        wording = Wording.of("Cafe\u0301", "one\r\ntwo\t\x00 \n")
        notice = await publish_privacy_notice(db, webinar, "fr", wording, NOW)
        assert (notice.title, notice.body) == ("Café", "one\ntwo")
        assert notice.sha256 == hashlib.sha256("Café\n\none\ntwo".encode()).digest()
        assert is_intact(notice)
        notice.body = "one\ntwo and more"
        assert not is_intact(notice)


async def test_a_wording_that_says_nothing_is_refused_and_names_the_field(installation: Installation):
    async with installation.services.db.writing() as db:
        purpose = await make_purpose(db, await make_account(db), "News")
        for language, wording, field in [
            ("en", Wording.of(" ", "x"), "title"),
            ("en", Wording.of("t" * 301, ""), "title"),
            ("en", Wording.of("t", "b" * 20_001), "body"),
            ("xx", Wording.of("t", ""), "language"),
        ]:
            with pytest.raises(Invalid) as refused:
                await publish_wording(db, purpose, language, wording, NOW)
            assert list(refused.value.fields) == [field]


def test_a_missing_language_falls_back_to_the_webinars_then_english_then_any():
    assert pick_language({"nl": 1, "en": 2, "de": 3}, "de", "nl") == 3
    assert pick_language({"nl": 1, "en": 2}, "de", "nl") == 1
    assert pick_language({"fr": 1, "en": 2}, "de", "nl") == 2
    assert pick_language({"fr": 1}, "de", "nl") == 1
    assert pick_language({}, "de", "nl") is None


async def test_a_notice_of_another_account_is_not_there(installation: Installation):
    async with installation.services.db.writing() as db:
        ours, theirs = await make_account(db), await make_account(db)
        purpose = await make_purpose(db, theirs, "News")
        (seen,) = await purpose_history(db, purpose)
        with pytest.raises(NotFound):
            await get_notice(db, ours.id, seen.notice.id)
