"""Erasing again, after a restore, what the journal names: only that, all of that, and once."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.privacy.estate import Estate
from tests.support.samples import NOW
from webinar.models import Erasable
from webinar.privacy import replay as module
from webinar.privacy.journal import Entry, digest_of, read_journal
from webinar.privacy.replay import replay


def entry(kind: Erasable, row_id: UUID, **ago: float) -> Entry:
    return Entry(kind, digest_of(kind, row_id), NOW - timedelta(**ago))


async def noted(estate: Estate) -> list[Entry]:
    async with estate.db.reading() as db:
        return await read_journal(db)


# Mentions are no rows; see tests/contracts/test_mentions.py.
@pytest.mark.parametrize("kind", [kind for kind in Erasable if kind is not Erasable.MENTION])
async def test_a_row_that_the_journal_names_goes_again_with_all_below_it(estate: Estate, kind: Erasable):
    before = await estate.totals()
    whose = estate.account if kind is Erasable.ACCOUNT else estate.people[0]
    assert await replay(estate.db, [entry(kind, whose.id(kind.value))], NOW) == 1
    assert whose.id(kind.value) not in await estate.rows(kind.value)
    after = await estate.totals()
    assert after[kind.value] == before[kind.value] - 1
    assert "participant" in await estate.left_of(estate.stranger)


async def test_everything_that_is_named_goes_and_nothing_else(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "CHUNK", 2)
    gone = [entry(Erasable.PARTICIPANT, each.id("participant")) for each in estate.people]
    more = [
        await estate.insert("chat_message", estate.outsider, client_id=uuid4(), posted_seq=number)
        for number in range(90, 96)
    ]
    message = entry(Erasable.MESSAGE, estate.outsider.id("chat_message"))
    messages = [message, *(entry(Erasable.MESSAGE, row_id) for row_id in more)]
    # A digest is of one kind: the same id in another table is another row.
    other_kind = Entry(Erasable.QUESTION, gone[0].digest, NOW)
    unknown = entry(Erasable.WEBINAR, uuid4())
    assert await replay(estate.db, [*gone, *messages, other_kind, unknown], NOW) == 10
    assert not set(more) & set(await estate.rows("chat_message"))
    assert await estate.left_of(*estate.people) == set()
    left = await estate.left_of(estate.outsider)
    assert "chat_message" not in left
    assert {"participant", "question"} <= left
    assert await replay(estate.db, [*gone, message, other_kind, unknown], NOW) == 0


async def test_the_votes_of_what_stays_are_counted_again(estate: Estate):
    question = estate.people[1].id("question")
    await estate.insert("question_vote", estate.people[0], question_id=question)
    await estate.change("question", question, votes=2)
    await estate.change("question", estate.people[2].id("question"), votes=0)
    await replay(estate.db, [entry(Erasable.PARTICIPANT, estate.people[0].id("participant"))], NOW)
    votes = {row_id: row["votes"] for row_id, row in (await estate.rows("question")).items()}
    assert votes[question] == 1
    assert votes[estate.people[2].id("question")] == 1


async def test_every_room_gets_an_epoch_of_its_own(estate: Estate):
    before = {row_id: row["epoch"] for row_id, row in (await estate.rows("webinar")).items()}
    await replay(estate.db, [], NOW)
    after = {row_id: row["epoch"] for row_id, row in (await estate.rows("webinar")).items()}
    assert set(after) == set(before)
    assert not set(after.values()) & set(before.values())
    assert len(set(after.values())) == len(after)


async def test_the_journal_takes_over_what_it_lacked_once(estate: Estate, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "CHUNK", 2)
    there = await noted(estate)
    one, two, three = [entry(Erasable.MESSAGE, uuid4(), hours=hours) for hours in (3, 2, 1)]
    await replay(estate.db, [one, one], NOW)
    assert set(await noted(estate)) == {*there, one}
    same_digest = Entry(Erasable.QUESTION, one.digest, one.at)
    await replay(estate.db, [one, two, three, same_digest], NOW)
    found = await noted(estate)
    assert set(found) == {*there, one, two, three, same_digest}
    assert len(found) == len(there) + 4
