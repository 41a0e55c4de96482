"""Asking for an erasure, within its unit of work: what goes at once, what is hidden, what the receipt says."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select

from tests.privacy.estate import Estate, ids
from tests.support.samples import NOW
from webinar.errors import Held, NotFound, Restricted
from webinar.models import (
    DataCategory,
    Erasable,
    ErasureReceipt,
    ErasureScope,
    ErasureStep,
    ErasureWait,
    ExportFile,
    FormVersion,
    Participant,
    Webinar,
)
from webinar.privacy import erasure as module
from webinar.privacy.erasure import (
    add_counts,
    erase_account_rows,
    erase_answer_rows,
    erase_category_rows,
    erase_participant_rows,
    erase_webinar_rows,
    get_receipt,
    list_receipts,
    note_wait,
    note_wanted,
    open_receipts,
    reach_step,
    write_receipt,
)
from webinar.privacy.inventory import Within
from webinar.privacy.journal import digest_of, read_journal
from webinar.privacy.wanted import Wanted, recall

LATER = NOW + timedelta(hours=1)
BY: dict[str, Any] = {"role": "admin", "now": LATER}


async def stored(estate: Estate, receipt: ErasureReceipt) -> ErasureReceipt:
    async with estate.db.reading() as db:
        return await db.get_one(ErasureReceipt, receipt.id)


async def noted(estate: Estate, kind: Erasable, *row_ids: UUID) -> bool:
    """Whether the journal names exactly these rows of the kind, beside those that were planted."""
    planted = {each.rows["erasure_journal"]["digest"] for each in (estate.account, estate.stranger)}
    async with estate.db.reading() as db:
        entries = [entry for entry in await read_journal(db) if entry.digest not in planted]
    wanted = {(kind, digest_of(kind, row_id), LATER) for row_id in row_ids}
    return {(entry.subject, entry.digest, entry.at) for entry in entries} == wanted


async def room(estate: Estate, webinar_id: UUID) -> tuple[UUID, int]:
    row = (await estate.rows("webinar"))[webinar_id]
    return row["epoch"], row["last_seq"]


def says(receipt: ErasureReceipt, scope: ErasureScope, account_id: UUID, subject_id: UUID) -> bool:
    facts = (receipt.scope, receipt.account_id, receipt.subject_id, receipt.role, receipt.requested_at)
    begun = (receipt.step, receipt.verified_at, receipt.waits_for)
    return facts == (scope, account_id, subject_id, "admin", LATER) and begun == (
        ErasureStep.REQUESTED, None, None,
    )  # fmt: skip


async def test_a_few_people_go_with_the_request_and_are_counted(estate: Estate):
    before = await estate.totals()
    gone = estate.people[:2]
    old_room, other_room = [
        await room(estate, each.id("webinar")) for each in (estate.webinar, estate.other_webinar)
    ]
    async with estate.db.writing() as db:
        erased = await erase_participant_rows(db, estate.selecting(*gone), **BY)
    receipt = await stored(estate, erased.receipt)
    after = await estate.totals()
    assert erased.people == 2
    assert says(receipt, ErasureScope.PARTICIPANTS, estate.account_id, estate.webinar_id)
    assert receipt.counts["participant"] == 2
    assert {name: before[name] - after[name] for name in receipt.counts} == receipt.counts
    assert await estate.left_of(*gone) == set()
    assert set(estate.people[2].own) == await estate.left_of(estate.people[2])
    assert await noted(estate, Erasable.PARTICIPANT, *ids(gone, "participant"))
    epoch, last_seq = await room(estate, estate.webinar_id)
    assert epoch != old_room[0]
    assert last_seq == old_room[1] + 1
    assert await room(estate, estate.other_webinar.id("webinar")) == other_room


@pytest.mark.parametrize(("at_once", "hidden"), [(2, False), (1, True)])
async def test_many_people_are_hidden_without_an_address_and_deleted_later(
    estate: Estate, monkeypatch: pytest.MonkeyPatch, at_once: int, *, hidden: bool
):
    monkeypatch.setattr(module, "AT_ONCE", at_once)
    gone = ids(estate.people[:2], "participant")
    async with estate.db.writing() as db:
        erased = await erase_participant_rows(db, estate.selecting(*estate.people[:2]), **BY)
    rows = await estate.rows("participant")
    assert (gone[0] in rows, gone[1] in rows) == (hidden, hidden)
    assert erased.people == 2
    if hidden:
        assert {(rows[each]["erasure_id"], rows[each]["email_key"]) for each in gone} == {
            (erased.receipt.id, None)
        }
        assert (await stored(estate, erased.receipt)).counts == {}
    for staying in (estate.people[2], estate.outsider, estate.stranger):
        row = rows[staying.id("participant")]
        assert (row["erasure_id"], row["email_key"]) == (None, staying.rows["participant"]["email_key"])
    async with estate.db.reading() as db:
        found = select(col(Participant.id)).where(col(Participant.webinar_id) == estate.webinar_id)
        assert (await db.exec(found)).all() == [estate.people[2].id("participant")]


async def test_who_restricted_the_use_of_their_data_stays_unless_they_ask_themselves(estate: Estate):
    ada, bob = estate.people[:2]
    await estate.insert("restriction", ada, ended_at=None)
    async with estate.db.writing() as db:
        erased = await erase_participant_rows(db, estate.selecting(ada, bob), **BY)
    assert erased.people == 1
    assert await estate.left_of(bob) == set()
    assert set(ada.own) == await estate.left_of(ada)
    with pytest.raises(Restricted):
        async with estate.db.writing() as db:
            await erase_participant_rows(db, estate.selecting(ada), **BY)
    async with estate.db.writing() as db:
        erased = await erase_participant_rows(db, estate.selecting(ada), role="participant", now=LATER)
    assert erased.people == 1
    assert await estate.left_of(ada) == set()


async def test_the_receipt_counts_in_what_of_others_they_were_named(estate: Estate):
    async with estate.db.writing() as db:
        named = await erase_participant_rows(
            db, estate.selecting(estate.people[0]), **BY, redacted={"question": 2}
        )
        unnamed = await erase_participant_rows(db, estate.selecting(estate.people[1]), **BY)
    assert (await stored(estate, named.receipt)).redacted == {"question": 2}
    assert (await stored(estate, unnamed.receipt)).redacted == {}


async def test_people_of_another_webinar_or_account_are_not_there_to_be_erased(estate: Estate):
    for other in (estate.outsider, estate.stranger):
        async with estate.db.writing() as db:
            with pytest.raises(NotFound):
                await erase_participant_rows(db, estate.selecting(other), **BY)
    async with estate.db.writing() as db:
        mixed = estate.selecting(estate.people[0], estate.outsider, estate.stranger)
        assert (await erase_participant_rows(db, mixed, **BY)).people == 1
    for other in (estate.outsider, estate.stranger):
        assert await estate.left_of(other) == set(other.own)


async def test_a_webinar_is_hidden_at_once_and_the_other_is_not(estate: Estate):
    async with estate.db.writing() as db:
        erased = await erase_webinar_rows(db, estate.account_id, estate.webinar_id, **BY)
    receipt = await stored(estate, erased.receipt)
    assert says(receipt, ErasureScope.WEBINAR, estate.account_id, estate.webinar_id)
    assert (receipt.counts, erased.people) == ({}, 0)
    marked = {row_id: row["erasure_id"] for row_id, row in (await estate.rows("webinar")).items()}
    assert marked == {
        estate.webinar_id: receipt.id,
        estate.other_webinar.id("webinar"): None,
        estate.stranger.id("webinar"): None,
    }
    assert await noted(estate, Erasable.WEBINAR, estate.webinar_id)
    async with estate.db.reading() as db:
        assert (await db.exec(select(Webinar).where(col(Webinar.id) == estate.webinar_id))).all() == []
    async with estate.db.writing() as db:
        with pytest.raises(NotFound):
            await erase_webinar_rows(db, estate.account_id, estate.webinar_id, **BY)


async def test_a_webinar_of_another_account_is_not_there(estate: Estate):
    async with estate.db.writing() as db:
        with pytest.raises(NotFound):
            await erase_webinar_rows(db, estate.account_id, estate.stranger.id("webinar"), **BY)
    async with estate.db.writing() as db:
        with pytest.raises(NotFound):
            await erase_webinar_rows(db, estate.account_id, uuid4(), **BY)


async def test_an_account_is_hidden_with_its_webinars_and_its_users_go_at_once(estate: Estate):
    async with estate.db.writing() as db:
        erased = await erase_account_rows(db, estate.account_id, **BY)
    receipt = await stored(estate, erased.receipt)
    assert says(receipt, ErasureScope.ACCOUNT, estate.account_id, estate.account_id)
    assert receipt.counts["user"] == 1
    accounts, webinars, users = [await estate.rows(name) for name in ("account", "webinar", "user")]
    assert {row_id: row["erasure_id"] for row_id, row in accounts.items()} == {
        estate.account_id: receipt.id, estate.stranger.id("account"): None,
    }  # fmt: skip
    assert {row_id: row["erasure_id"] for row_id, row in webinars.items()} == {
        estate.webinar_id: receipt.id,
        estate.other_webinar.id("webinar"): receipt.id,
        estate.stranger.id("webinar"): None,
    }
    assert set(users) == {estate.stranger.id("user")}
    assert await noted(estate, Erasable.ACCOUNT, estate.account_id)
    async with estate.db.writing() as db:
        with pytest.raises(NotFound):
            await erase_account_rows(db, estate.account_id, **BY)


async def form_of(estate: Estate) -> FormVersion:
    async with estate.db.reading() as db:
        return await db.get_one(FormVersion, estate.webinar.id("form_version"))


async def answered(estate: Estate) -> list[UUID]:
    """Three people's answers, to one, two and one of two fields of the webinar's form."""
    answers = ids(estate.people, "answer")
    for answer, key in zip(answers, ("coming", "company", "coming"), strict=True):
        await estate.change("answer", answer, field_key=key)
    return answers


async def test_the_answers_to_one_field_go_and_the_others_stay(estate: Estate):
    one, two, three = await answered(estate)
    await estate.change("answer", estate.outsider.id("answer"), field_key="coming")
    form = await form_of(estate)
    async with estate.db.writing() as db:
        erased = await erase_answer_rows(db, form, ["coming"], **BY)
    assert erased is not None
    receipt = await stored(estate, erased.receipt)
    assert says(receipt, ErasureScope.ANSWERS, estate.account_id, estate.webinar_id)
    assert receipt.counts == {"answer": 2}
    left = set(await estate.rows("answer"))
    assert left == {two, estate.outsider.id("answer"), estate.stranger.id("answer")}
    assert {one, three} & left == set()
    async with estate.db.writing() as db:
        assert await erase_answer_rows(db, form, ["coming", "unknown"], **BY) is None


async def test_the_answers_to_an_older_form_stay(estate: Estate):
    await answered(estate)
    older = await estate.insert("form_version", estate.webinar, number=99)
    await estate.change("registration", estate.people[0].id("registration"), form_version_id=older)
    form = await form_of(estate)
    async with estate.db.writing() as db:
        erased = await erase_answer_rows(db, form, ["coming", "company"], **BY)
    assert erased is not None
    assert erased.receipt.counts == {"answer": 2}
    assert estate.people[0].id("answer") in await estate.rows("answer")


@pytest.mark.parametrize(
    ("category", "counts"),
    [
        (DataCategory.CHAT, {"chat_message": 4}),
        (DataCategory.QUESTIONS, {"question": 3, "question_vote": 3}),
        (DataCategory.ANSWERS, {"answer": 3}),
    ],
)
async def test_a_category_of_one_webinar_goes_whoever_it_is_by(estate: Estate, category, counts):
    # What a host said is below no participant.
    await estate.insert(
        "chat_message", estate.people[0], participant_id=None, client_id=uuid4(), posted_seq=99
    )
    before, old_room = await estate.totals(), await room(estate, estate.webinar_id)
    async with estate.db.reading() as db:
        webinar = await db.get_one(Webinar, estate.webinar_id)
    async with estate.db.writing() as db:
        erased = await erase_category_rows(db, webinar, category, **BY)
    assert erased is not None
    receipt = await stored(estate, erased.receipt)
    assert says(receipt, ErasureScope(category.value), estate.account_id, estate.webinar_id)
    assert receipt.counts == counts
    after = await estate.totals()
    assert {name: before[name] - after[name] for name in counts} == receipt.counts
    assert (await room(estate, estate.webinar_id))[0] != old_room[0]
    assert set(estate.outsider.own) == await estate.left_of(estate.outsider)
    async with estate.db.writing() as db:
        assert await erase_category_rows(db, webinar, category, **BY) is None


async def test_with_nothing_of_a_category_no_receipt_is_written_and_the_room_stays_as_it_is(estate: Estate):
    async with estate.db.reading() as db:
        webinar = await db.get_one(Webinar, estate.webinar_id)
    async with estate.db.writing() as db:
        await erase_category_rows(db, webinar, DataCategory.ANSWERS, **BY)
    before, old_room = await estate.totals(), await room(estate, estate.webinar_id)
    await estate.hold()
    async with estate.db.writing() as db:
        assert await erase_category_rows(db, webinar, DataCategory.ANSWERS, **BY) is None
        assert await erase_answer_rows(db, await form_of(estate), ["coming"], **BY) is None
    assert await room(estate, estate.webinar_id) == old_room
    after = await estate.totals()
    assert {name for name in after if after[name] != before[name]} == {"legal_hold"}


@pytest.mark.parametrize("wide", [True, False])
async def test_a_legal_hold_refuses_every_way_of_asking(estate: Estate, *, wide: bool):
    await answered(estate)
    form = await form_of(estate)
    async with estate.db.reading() as db:
        webinar = await db.get_one(Webinar, estate.webinar_id)
    await estate.hold(None if wide else estate.webinar_id)
    before = await estate.totals()
    ways: list[Any] = [
        lambda db: erase_participant_rows(db, estate.selecting(*estate.people), **BY),
        lambda db: erase_webinar_rows(db, estate.account_id, estate.webinar_id, **BY),
        lambda db: erase_account_rows(db, estate.account_id, **BY),
        lambda db: erase_answer_rows(db, form, ["coming"], **BY),
        *(
            lambda db, category=category: erase_category_rows(db, webinar, category, **BY)
            for category in (DataCategory.CHAT, DataCategory.QUESTIONS, DataCategory.ANSWERS)
        ),
    ]
    for ask in ways:
        with pytest.raises(Held):
            async with estate.db.writing() as db:
                await ask(db)
    assert await estate.totals() == before


async def test_a_hold_elsewhere_is_in_nobodys_way(estate: Estate):
    await answered(estate)
    form = await form_of(estate)
    await estate.hold(estate.other_webinar.id("webinar"))
    await estate.hold(account_id=estate.stranger.id("account"))
    async with estate.db.reading() as db:
        webinar = await db.get_one(Webinar, estate.webinar_id)
    async with estate.db.writing() as db:
        assert await erase_answer_rows(db, form, ["coming"], **BY)
        assert await erase_category_rows(db, webinar, DataCategory.CHAT, **BY)
        await erase_participant_rows(db, estate.selecting(estate.people[0]), **BY)
        await erase_webinar_rows(db, estate.account_id, estate.webinar_id, **BY)
    async with estate.db.writing() as db:
        with pytest.raises(Held):
            await erase_account_rows(db, estate.account_id, **BY)


async def exports(estate: Estate) -> set[UUID]:
    async with estate.db.reading() as db:
        return set((await db.exec(select(col(ExportFile.webinar_id)))).all())


async def test_prepared_exports_end_with_every_erasure_in_their_webinar(estate: Estate):
    everywhere = {each.id("webinar") for each in (estate.webinar, estate.other_webinar, estate.stranger)}
    assert await exports(estate) == everywhere
    within = Within(estate.account_id, estate.webinar_id)
    async with estate.db.writing() as db:
        await write_receipt(db, within, ErasureScope.WEBINAR, {}, **BY)
        await write_receipt(db, Within(estate.account_id), ErasureScope.ACCOUNT, {}, **BY)
    # These go with their webinar, and are counted there.
    assert await exports(estate) == everywhere
    async with estate.db.writing() as db:
        receipt = await write_receipt(db, within, ErasureScope.CHAT, {"chat_message": 1}, **BY)
    assert await exports(estate) == everywhere - {estate.webinar_id}
    assert receipt.counts == {"chat_message": 1}


async def begun(estate: Estate, at=NOW, account_id: UUID | None = None) -> ErasureReceipt:
    async with estate.db.writing() as db:
        within = Within(account_id or estate.account_id)
        return await write_receipt(db, within, ErasureScope.ACCOUNT, {}, role="owner", now=at)


async def test_open_erasures_are_told_oldest_first_until_they_are_proven(estate: Estate):
    newer, older = await begun(estate, LATER), await begun(estate, NOW)
    proven = await begun(estate, NOW)
    await estate.change("erasure_receipt", proven.id, verified_at=LATER)
    async with estate.db.reading() as db:
        assert [each.id for each in await open_receipts(db)] == [older.id, newer.id]


async def test_the_receipts_of_an_account_are_its_own_newest_first(estate: Estate):
    times = (NOW, LATER, NOW - timedelta(days=3))
    mine = [await begun(estate, at) for at in times]
    theirs = await begun(estate, NOW, estate.stranger.id("account"))
    async with estate.db.reading() as db:
        listed = [each.id for each in await list_receipts(db, estate.account_id)]
        planted = estate.account.id("erasure_receipt")
        assert [each for each in listed if each != planted] == [mine[1].id, mine[0].id, mine[2].id]
        assert (await get_receipt(db, estate.account_id, mine[0].id)).id == mine[0].id
        for missing in (theirs.id, uuid4()):
            with pytest.raises(NotFound):
                await get_receipt(db, estate.account_id, missing)


async def test_a_step_is_noted_for_its_own_erasure_with_the_files_on_the_way(estate: Estate):
    receipt, other = await begun(estate), await begun(estate)
    async with estate.db.writing() as db:
        await note_wait(db, receipt.id, ErasureWait.DISK)
        await note_wait(db, other.id, ErasureWait.READER)
    assert (await stored(estate, receipt)).waits_for is ErasureWait.DISK
    async with estate.db.writing() as db:
        await reach_step(db, receipt, ErasureStep.FILES, files=3)
    reached = await stored(estate, receipt)
    assert (reached.step, reached.waits_for, reached.files) == (ErasureStep.FILES, None, 3)
    async with estate.db.writing() as db:
        await reach_step(db, reached, ErasureStep.BROKER, files=2)
    assert (await stored(estate, receipt)).files == 5
    async with estate.db.writing() as db:
        await reach_step(db, await stored(estate, receipt), ErasureStep.CHECKPOINT)
    assert (await stored(estate, receipt)).files == 5
    untouched = await stored(estate, other)
    assert (untouched.step, untouched.waits_for, untouched.files) == (
        ErasureStep.REQUESTED, ErasureWait.READER, 0,
    )  # fmt: skip


async def test_what_to_look_for_is_given_and_its_ids_are_noted_with_the_receipt(estate: Estate):
    await answered(estate)
    form = await form_of(estate)
    async with estate.db.reading() as db:
        webinar = await db.get_one(Webinar, estate.webinar_id)
    one = estate.people[0]
    asked: list[tuple[Any, set[UUID]]] = [
        (lambda db: erase_answer_rows(db, form, ["coming"], **BY), {one.id("answer")}),
        (
            lambda db: erase_category_rows(db, webinar, DataCategory.QUESTIONS, **BY),
            {*ids(estate.people, "question"), *ids(estate.people, "question_vote")},
        ),
        (lambda db: erase_participant_rows(db, estate.selecting(one), **BY), {one.id("participant")}),
        (lambda db: erase_account_rows(db, estate.account_id, **BY), {estate.account.id("user")}),
    ]
    for ask, gone in asked:
        async with estate.db.writing() as db:
            erased = await ask(db)
        assert gone <= erased.wanted.ids
        receipt = await stored(estate, erased.receipt)
        assert recall(receipt.wanted).ids == erased.wanted.ids


async def test_what_is_noted_later_is_added_to_what_is_looked_for(estate: Estate):
    receipt = await begun(estate)
    assert receipt.wanted == b""
    first, second = uuid4(), uuid4()
    for each in (first, second):
        async with estate.db.writing() as db:
            await note_wanted(db, receipt.id, Wanted(ids={each}))
    assert recall((await stored(estate, receipt)).wanted).ids == {first, second}


async def test_an_erasure_that_waits_says_in_which_stores_something_is_left(estate: Estate):
    receipt, other = await begun(estate), await begun(estate)
    async with estate.db.writing() as db:
        await note_wait(db, receipt.id, ErasureWait.FOUND, ["mails", "journal"])
    waiting = await stored(estate, receipt)
    assert (waiting.waits_for, waiting.waits_in) == (ErasureWait.FOUND, "mails journal")
    assert (await stored(estate, other)).waits_in == ""
    async with estate.db.writing() as db:
        await reach_step(db, waiting, ErasureStep.ROWS)
    assert (await stored(estate, receipt)).waits_in == ""


async def test_who_comes_late_with_a_step_changes_nothing(estate: Estate):
    receipt = await begun(estate)
    async with estate.db.writing() as db:
        await reach_step(db, receipt, ErasureStep.ROWS)
    async with estate.db.writing() as db:
        await reach_step(db, receipt, ErasureStep.BLOCKED, files=9)
    reached = await stored(estate, receipt)
    assert (reached.step, reached.files) == (ErasureStep.ROWS, 0)


def test_counts_are_added_by_table():
    receipt = ErasureReceipt(counts={"answer": 1, "user": 2})
    add_counts(receipt, {"user": 3, "webinar": 1})
    assert receipt.counts == {"answer": 1, "user": 5, "webinar": 1}
