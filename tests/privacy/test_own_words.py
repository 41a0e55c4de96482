"""Single messages and questions of one's own: told in order, deleted for good, and nobody else's."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from tests.privacy.estate import Estate
from tests.support.samples import NOW
from webinar.errors import Held, NotFound
from webinar.models import ChatMessage, ErasureReceipt, ErasureScope, Participant, Webinar
from webinar.privacy.journal import digest_of, read_journal
from webinar.privacy.own_words import erase_words, list_words
from webinar.privacy.wanted import recall


async def writer(estate: Estate) -> Participant:
    async with estate.db.reading() as db:
        return await db.get_one(Participant, estate.people[0].id("participant"))


async def erase(estate: Estate, *words: UUID) -> ErasureReceipt:
    person = await writer(estate)
    async with estate.db.writing() as db:
        erased = await erase_words(db, person, list(words), now=NOW)
    assert erased.wanted.ids == set(words)
    return erased.receipt


async def told(estate: Estate) -> list[UUID]:
    person = await writer(estate)
    async with estate.db.reading() as db:
        return [words.id for words in await list_words(db, person)]


def spoken(estate: Estate, person: int = 0) -> tuple[UUID, UUID]:
    return estate.people[person].id("chat_message"), estate.people[person].id("question")


async def test_all_of_ones_own_words_are_told_oldest_first_and_nobody_elses(estate: Estate):
    message, question = spoken(estate)
    await estate.change("chat_message", message, posted_at=NOW)
    await estate.change("question", question, posted_at=NOW - timedelta(hours=1))
    last = await estate.insert(
        "chat_message", estate.people[0], body="Last", posted_seq=7, posted_at=NOW + timedelta(hours=1),
        client_id=question,
    )  # fmt: skip
    assert await told(estate) == [question, message, last]


async def test_what_a_host_removed_has_no_words_left_to_tell(estate: Estate):
    message, question = spoken(estate)
    await estate.change("chat_message", message, body="")
    assert await told(estate) == [question]
    await estate.change("question", question, body="")
    assert await told(estate) == []


async def test_what_is_deleted_is_gone_with_the_votes_for_it_and_counted(estate: Estate):
    message, question = spoken(estate)
    await estate.insert("question_vote", estate.people[1], question_id=question)
    before = await estate.totals()
    receipt = await erase(estate, message, question)
    after = await estate.totals()
    assert receipt.counts == {"chat_message": 1, "question": 1, "question_vote": 2}
    assert {name: before[name] - after[name] for name in receipt.counts} == receipt.counts
    assert (receipt.scope, receipt.role, receipt.requested_at) == (ErasureScope.WORDS, "participant", NOW)
    assert (receipt.account_id, receipt.subject_id) == (estate.account_id, estate.webinar_id)
    assert recall(receipt.wanted).ids == {message, question}
    assert await told(estate) == []
    assert {"chat_message", "question"} <= await estate.left_of(estate.people[1])


async def test_only_what_was_chosen_goes_and_only_what_went_is_counted(estate: Estate):
    message, question = spoken(estate)
    assert (await erase(estate, message)).counts == {"chat_message": 1}
    assert await told(estate) == [question]


async def test_no_backup_brings_them_back(estate: Estate):
    message, question = spoken(estate)
    await erase(estate, message, question)
    async with estate.db.reading() as db:
        noted = {(entry.subject.value, entry.digest, entry.at) for entry in await read_journal(db)}
    assert {
        ("chat_message", digest_of("chat_message", message), NOW),  # type: ignore[arg-type]
        ("question", digest_of("question", question), NOW),  # type: ignore[arg-type]
    } <= noted


async def test_everybody_in_the_room_takes_a_fresh_picture(estate: Estate):
    async with estate.db.reading() as db:
        before = await db.get_one(Webinar, estate.webinar_id)
    await erase(estate, spoken(estate)[0])
    async with estate.db.reading() as db:
        after = await db.get_one(Webinar, estate.webinar_id)
        other = await db.get_one(Webinar, estate.other_webinar.id("webinar"))
    assert after.epoch != before.epoch
    assert after.last_seq == before.last_seq + 1
    assert other.epoch == estate.other_webinar.rows["webinar"]["epoch"]


async def test_nothing_goes_when_one_of_them_is_not_ones_own(estate: Estate):
    message, question = spoken(estate)
    for foreign in (*spoken(estate, 1), estate.outsider.id("chat_message"), estate.stranger.id("question")):
        with pytest.raises(NotFound):
            await erase(estate, message, question, foreign)
    with pytest.raises(NotFound):
        await erase(estate)
    assert len(await told(estate)) == 2


@pytest.mark.parametrize("wide", [True, False])
async def test_a_legal_hold_keeps_single_words_too(estate: Estate, *, wide: bool):
    await estate.hold(None if wide else estate.webinar_id)
    with pytest.raises(Held):
        await erase(estate, *spoken(estate))
    assert len(await told(estate)) == 2


async def test_a_hold_on_the_other_webinar_keeps_none_of_them(estate: Estate):
    await estate.hold(estate.other_webinar.id("webinar"))
    await erase(estate, *spoken(estate))
    async with estate.db.reading() as db:
        left = select(col(ChatMessage.id)).where(col(ChatMessage.id) == spoken(estate)[0])
        assert (await db.exec(left)).all() == []
