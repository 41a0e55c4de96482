"""Versioned wording: what is stored is what was shown."""

import hashlib
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import delete, select

from tests.support.installation import SECRET, MovableClock
from tests.support.samples import NOW, make_account, make_participant, make_purpose, make_webinar
from webinar.consent.notices import (
    Wording,
    get_notice,
    get_notices,
    is_intact,
    latest_wordings,
    pick_language,
    publish_privacy_notice,
    publish_wording,
    purpose_history,
)
from webinar.consent.prepared import drop_exports
from webinar.consent.purposes import add_purpose
from webinar.consent.records import Decision, FirstDecisions, Terms, record_first_decisions
from webinar.db import Database
from webinar.errors import Invalid, NotFound
from webinar.models import Basis, ExportFile, NoticeKind, Purpose, Webinar
from webinar.signing import Signer

SIGNER = Signer(SECRET, MovableClock())


async def test_the_same_words_stay_one_version_and_new_words_make_another(bare_database: Database):
    async with bare_database.writing() as db:
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


async def test_the_hash_is_over_the_very_bytes_that_are_shown(bare_database: Database):
    async with bare_database.writing() as db:
        webinar = await make_webinar(db, await make_account(db))
        wording = Wording.of("Cafe\u0301", "one\r\ntwo\t\x00 \n")
        notice = await publish_privacy_notice(db, webinar, "fr", wording, NOW)
        assert (notice.title, notice.body) == ("Café", "one\ntwo")
        assert notice.sha256 == hashlib.sha256("Café\n\none\ntwo".encode()).digest()
        assert is_intact(notice)
        notice.body = "one\ntwo and more"
        assert not is_intact(notice)


async def test_a_wording_that_says_nothing_is_refused_and_names_the_field(bare_database: Database):
    async with bare_database.writing() as db:
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


async def test_a_notice_of_another_account_is_not_there(bare_database: Database):
    async with bare_database.writing() as db:
        ours, theirs = await make_account(db), await make_account(db)
        purpose = await make_purpose(db, theirs, "News")
        (seen,) = await purpose_history(db, purpose)
        with pytest.raises(NotFound):
            await get_notice(db, ours.id, seen.notice.id)


async def test_a_version_says_whose_words_it_holds_when_and_whether_they_mean_something_else(
    bare_database: Database,
):
    async with bare_database.writing() as db:
        account = await make_account(db)
        webinar = await make_webinar(db, account)
        purpose = await make_purpose(db, account, "News", webinar_id=webinar.id)
        wording = Wording.of("Nieuws", "Elke maand.")
        notice = await publish_wording(db, purpose, "nl", wording, NOW, substantive=False)
        first = await publish_wording(db, purpose, "de", wording, NOW)
    async with bare_database.reading() as db:
        stored = await get_notice(db, account.id, notice.id)
    assert (stored.account_id, stored.webinar_id, stored.purpose_id) == (account.id, webinar.id, purpose.id)
    assert (stored.kind, stored.language, stored.number) == (NoticeKind.PURPOSE, "nl", 1)
    assert (stored.title, stored.body) == ("Nieuws", "Elke maand.")
    assert (stored.sha256, stored.created_at) == (wording.sha256, NOW)
    assert stored.substantive is False
    assert first.substantive is True  # unless somebody says that it means the same


async def test_versions_are_counted_for_each_purpose_and_language(bare_database: Database):
    async with bare_database.writing() as db:
        account = await make_account(db)
        one, two = [await make_purpose(db, account, title) for title in ("One", "Two")]
        changed = await publish_wording(db, one, "en", Wording.of("One", "more"), NOW)
        others = [
            await publish_wording(db, one, "nl", Wording.of("Een", ""), NOW),
            await publish_wording(db, two, "nl", Wording.of("Twee", ""), NOW),
        ]
        again = await publish_wording(db, one, "en", Wording.of("One", ""), NOW)
    assert (changed.number, [other.number for other in others], again.number) == (2, [1, 1], 3)


async def test_a_privacy_notice_is_the_webinars_own_in_each_language(bare_database: Database):
    async with bare_database.writing() as db:
        account = await make_account(db)
        webinar, other = [await make_webinar(db, account) for _ in range(2)]
        purpose = await make_purpose(db, account, "News", webinar_id=webinar.id)
        words = Wording.of("Privacy", "one")
        first = await publish_privacy_notice(db, webinar, "en", words, NOW)
        same = await publish_privacy_notice(db, webinar, "en", words, NOW)
        dutch = await publish_privacy_notice(db, webinar, "nl", words, NOW)
        others = await publish_privacy_notice(db, other, "en", words, NOW)
        second = await publish_privacy_notice(db, webinar, "en", Wording.of("Privacy", "two"), NOW)
        news = await publish_wording(db, purpose, "en", Wording.of("Privacy", "three"), NOW)
    assert same.id == first.id
    assert [each.number for each in (first, dutch, others, second, news)] == [1, 1, 1, 2, 2]
    assert (first.account_id, first.webinar_id, first.purpose_id) == (account.id, webinar.id, None)
    assert (first.kind, first.language, first.created_at) == (NoticeKind.PRIVACY, "en", NOW)
    assert (dutch.language, others.webinar_id) == ("nl", other.id)


async def test_as_many_letters_as_fit_are_taken_and_one_more_is_refused_in_words(bare_database: Database):
    async with bare_database.writing() as db:
        purpose = await make_purpose(db, await make_account(db), "News")
        longest = await publish_wording(db, purpose, "en", Wording.of("t" * 300, "b" * 20_000), NOW)
        assert longest.number == 2
        for wording, problems in [
            (
                Wording.of("t" * 301, "b" * 20_001),
                {"title": "Use at most 300 characters.", "body": "Use at most 20000 characters."},
            ),
            (Wording.of("", ""), {"title": "Say in a few words what it is for."}),
        ]:
            with pytest.raises(Invalid) as refused:
                await publish_wording(db, purpose, "en", wording, NOW)
            assert refused.value.fields == problems
        with pytest.raises(Invalid) as refused:
            await publish_wording(db, purpose, "xx", Wording.of("", ""), NOW)
        assert refused.value.fields["language"] == "Choose one of the languages."
        assert list(refused.value.fields) == ["language", "title"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("\n\n one \n\n two  \n", "one\n\n two"),
        ("tab\there", "tab here"),
        ("bell\x07 and half a letter \ud800 go", "bell and half a letter  go"),
        ("é and e\u0301", "é and é"),
        ("a\u200fb keeps what turns its direction", "a\u200fb keeps what turns its direction"),
    ],
)
def test_what_is_typed_becomes_what_is_shown(typed: str, shown: str):
    assert Wording.of("t", typed).body == shown


def test_a_title_is_one_line():
    assert Wording.of(" one\ntwo\r\nthree\rfour ", "").title == "one two three four"


async def test_the_newest_words_of_each_purpose_in_each_language_are_given(bare_database: Database):
    async with bare_database.writing() as db:
        account = await make_account(db)
        one, two = [await make_purpose(db, account, title) for title in ("One", "Two")]
        bare = await add_purpose(db, account.id, basis=Basis.CONTRACT, now=NOW)
        await make_purpose(db, account, "Not asked for")
        newer = await publish_wording(db, one, "en", Wording.of("One", "newer"), NOW)
        dutch = await publish_wording(db, one, "nl", Wording.of("Een", ""), NOW)
        found = await latest_wordings(db, [one, two, bare])
        assert await latest_wordings(db, []) == {}
    assert {language: each.id for language, each in found[one.id].items()} == {
        "en": newer.id, "nl": dutch.id,
    }  # fmt: skip
    assert {language: each.title for language, each in found[two.id].items()} == {"en": "Two"}
    assert found[bare.id] == {}
    assert set(found) == {one.id, two.id, bare.id}


async def test_the_newest_words_are_those_with_the_highest_number(bare_database: Database):
    async with bare_database.writing() as db:
        purpose = await make_purpose(db, await make_account(db), "One")
        first = (await latest_wordings(db, [purpose]))[purpose.id]["en"]
        await publish_wording(db, purpose, "en", Wording.of("Two", ""), NOW)
        first.number = 3
        db.add(first)
        await db.flush()
        assert (await latest_wordings(db, [purpose]))[purpose.id]["en"].title == "One"


async def test_notices_are_found_by_their_ids(bare_database: Database):
    async with bare_database.writing() as db:
        account = await make_account(db)
        webinar = await make_webinar(db, account)
        notices = [
            await publish_privacy_notice(db, webinar, language, Wording.of("P", ""), NOW)
            for language in ("en", "nl", "de")
        ]
        wanted = [notices[0].id, notices[2].id, notices[0].id]
        found = await get_notices(db, wanted)
        assert (await get_notice(db, account.id, notices[1].id)).language == "nl"
        with pytest.raises(NotFound):
            await get_notice(db, account.id, uuid4())
    assert {key: each.language for key, each in found.items()} == {notices[0].id: "en", notices[2].id: "de"}


async def test_the_history_counts_the_records_that_rest_on_each_version(bare_database: Database):
    async with bare_database.writing() as db:
        account = await make_account(db)
        webinar = await make_webinar(db, account)
        purpose = await make_purpose(db, account, "News")
        other = await make_purpose(db, account, "Other")
        notice = (await latest_wordings(db, [purpose]))[purpose.id]["en"]
        people = [await make_participant(db, SIGNER, webinar) for _ in range(2)]
        decision = Decision(purpose.id, notice.id, "en", given=True)
        decided = [FirstDecisions(person, [decision], Terms("c", "r")) for person in people]
        await record_first_decisions(db, decided, method="form", now=NOW)
        later = NOW + timedelta(hours=1)
        await publish_wording(db, purpose, "en", Wording.of("News", "two"), later)
        await publish_wording(db, purpose, "en", Wording.of("News", "three"), later)
        await publish_wording(db, purpose, "nl", Wording.of("Nieuws", ""), NOW - timedelta(hours=1))
        await publish_wording(db, purpose, "de", Wording.of("Neues", ""), later + timedelta(hours=1))
        seen = await purpose_history(db, purpose)
        assert [each.records for each in await purpose_history(db, other)] == [0]
    assert [(each.notice.language, each.notice.number, each.records) for each in seen] == [
        ("de", 1, 0), ("en", 3, 0), ("en", 2, 0), ("en", 1, 2), ("nl", 1, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(("substantive", "left"), [(True, ["other"]), (False, ["its own", "other"])])
async def test_words_that_mean_something_else_end_the_prepared_exports_of_their_purpose(
    bare_database: Database, *, substantive: bool, left: list[str]
):
    async with bare_database.writing() as db:
        account = await make_account(db)
        webinar = await make_webinar(db, account)
        purposes = {
            name: await make_purpose(db, account, name, webinar_id=webinar.id)
            for name in ("its own", "other")
        }
        for purpose in purposes.values():
            db.add(an_export(webinar, purpose))
        words = Wording.of("its own", "new")
        await publish_wording(db, purposes["its own"], "en", words, NOW, substantive=substantive)
        await publish_wording(db, purposes["other"], "en", Wording.of("other", ""), NOW)  # as before
        kept = set((await db.exec(select(ExportFile.purpose_id))).all())
    assert kept == {purposes[name].id for name in left}


async def test_exports_end_for_a_webinar_a_purpose_or_both_together(bare_database: Database):
    async with bare_database.writing() as db:
        account = await make_account(db)
        webinars = [await make_webinar(db, account) for _ in range(2)]
        purposes = [await make_purpose(db, account, title) for title in ("One", "Two")]

    async def left(**given: UUID) -> set[tuple[int, int]]:
        async with bare_database.writing() as db:
            await db.exec(delete(ExportFile))
            db.add_all(an_export(webinar, purpose) for webinar in webinars for purpose in purposes)
            await db.flush()
            await drop_exports(db, **given)
            rows = (await db.exec(select(ExportFile))).all()
        places = [each.id for each in webinars], [each.id for each in purposes]
        return {(places[0].index(row.webinar_id), places[1].index(row.purpose_id)) for row in rows}

    assert await left(webinar_id=webinars[0].id) == {(1, 0), (1, 1)}
    assert await left(purpose_id=purposes[1].id) == {(0, 0), (1, 0)}
    assert await left(webinar_id=webinars[0].id, purpose_id=purposes[0].id) == {(0, 1), (1, 0), (1, 1)}
    with pytest.raises(ValueError, match="webinar or purpose"):
        await left()


def an_export(webinar: Webinar, purpose: Purpose) -> ExportFile:
    return ExportFile(
        account_id=webinar.account_id, webinar_id=webinar.id, purpose_id=purpose.id,
        kind="csv", key=b"", rows=1, made_at=NOW, expires_at=NOW,
    )  # fmt: skip
