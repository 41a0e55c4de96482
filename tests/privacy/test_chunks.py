"""Deleting in chunks: as much as was asked for and no more, until nothing is left, and nothing of anybody else."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.privacy.estate import WRITTEN, Estate, ids
from tests.privacy.test_inventory import indexes
from tests.support.samples import NOW
from webinar.db import Database
from webinar.models import Erasable, ErasureReceipt, ErasureScope
from webinar.privacy import chunks as module
from webinar.privacy.chunks import (
    Pace,
    delete_chunk,
    delete_people,
    delete_users,
    pace_of,
    rooms_of,
    start_epoch,
)
from webinar.privacy.erasure import write_receipt
from webinar.privacy.inventory import Within, count_rows, destroyed_with, table_named
from webinar.privacy.journal import digest_of, read_journal

LATER = NOW + timedelta(hours=1)


async def begin(estate: Estate, scope: ErasureScope, webinar_id: UUID | None = None) -> ErasureReceipt:
    async with estate.db.writing() as db:
        within = Within(estate.account_id, webinar_id)
        return await write_receipt(db, within, scope, {}, role="owner", now=NOW)


async def go_through(estate: Estate, receipt: ErasureReceipt, most: int) -> list[dict[str, int]]:
    """Every chunk of the erasure, until one is empty."""
    chunks: list[dict[str, int]] = []
    while len(chunks) < 500:
        async with estate.db.writing() as db:
            chunk = await delete_chunk(db, receipt, most, LATER)
        if not chunk:
            return chunks
        chunks.append(chunk)
    raise AssertionError("it never ends")


def total(chunks: list[dict[str, int]]) -> dict[str, int]:
    names = {name for chunk in chunks for name in chunk}
    return {name: sum(chunk.get(name, 0) for chunk in chunks) for name in names}


@pytest.mark.parametrize("most", [1, 7, 10_000])
@pytest.mark.parametrize("step", [1, 1000])
async def test_a_webinar_goes_in_chunks_of_at_most_so_many_rows(
    estate: Estate, most: int, step: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "STEP", step)
    async with estate.db.reading() as db:
        there = await count_rows(db, Within(estate.account_id, estate.webinar_id))
    receipt = await begin(estate, ErasureScope.WEBINAR, estate.webinar_id)
    before = await estate.totals()
    chunks = await go_through(estate, receipt, most)
    after = await estate.totals()
    assert total(chunks) == there
    assert {name: before[name] - after[name] for name in there} == there
    sizes = [sum(chunk.values()) for chunk in chunks]
    assert set(sizes[:-1]) <= {most}
    assert sizes[-1] <= most
    assert await estate.left_of(estate.webinar, *estate.people) == set()
    for staying in (estate.account, estate.other_webinar, estate.outsider, estate.stranger):
        assert await estate.left_of(staying) >= set(staying.own) - WRITTEN


@pytest.mark.parametrize("scope", [ErasureScope.WEBINAR, ErasureScope.ACCOUNT])
async def test_a_chunk_that_has_taken_its_time_leaves_the_rest_to_the_next(
    estate: Estate, scope: ErasureScope, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "STEP", 1)
    receipt = await begin(estate, scope, estate.webinar_id if scope is ErasureScope.WEBINAR else None)
    async with estate.db.writing() as db:
        chunk = await delete_chunk(db, receipt, 10, LATER, seconds=0)
    assert sum(chunk.values()) == 1
    assert len(total(await go_through(estate, receipt, 100))) > 20


def test_rows_are_taken_in_the_order_of_an_index_of_the_webinar():
    for name, column in module.STORED_BY.items():
        found = [index[: index.index(column)] for index in indexes(table_named(name)) if column in index]
        assert any(set(before) in ({"webinar_id"}, {"account_id", "webinar_id"}) for before in found), name


async def test_children_go_before_their_parents(estate: Estate):
    receipt = await begin(estate, ErasureScope.WEBINAR, estate.webinar_id)
    gone = [name for chunk in await go_through(estate, receipt, 1) for name in chunk]
    order = [table.name for table in reversed(destroyed_with("webinar")) if table.name in gone]
    assert list(dict.fromkeys(gone)) == order
    assert gone[-1] == "webinar"


@pytest.mark.parametrize("most", [3, 10_000])
async def test_an_account_goes_webinar_by_webinar_and_itself_at_last(estate: Estate, most: int):
    async with estate.db.reading() as db:
        there = await count_rows(db, Within(estate.account_id))
    chunks = await go_through(estate, await begin(estate, ErasureScope.ACCOUNT), most)
    assert total(chunks) == there
    assert chunks[-1]["account"] == 1
    assert max(sum(chunk.values()) for chunk in chunks) <= most
    mine = (estate.account, estate.webinar, estate.other_webinar, *estate.people, estate.outsider)
    assert await estate.left_of(*mine) == set()
    assert set(estate.stranger.own) == await estate.left_of(estate.stranger)


@pytest.mark.parametrize(("most", "sizes"), [(1, [1, 1]), (19, [1, 1]), (20, [2]), (10_000, [2])])
async def test_people_go_by_tens_of_rows_those_alone_that_are_marked(
    estate: Estate, most: int, sizes: list[int]
):
    receipt = await begin(estate, ErasureScope.PARTICIPANTS, estate.webinar_id)
    gone, staying = estate.people[:2], estate.people[2]
    await estate.change("participant", *ids(gone, "participant"), erasure_id=receipt.id)
    chunks = await go_through(estate, receipt, most)
    assert [chunk["participant"] for chunk in chunks] == sizes
    assert total(chunks)["chat_message"] == 2
    assert await estate.left_of(*gone) == set()
    for each in (staying, estate.outsider, estate.stranger):
        assert await estate.left_of(each) == set(each.own)
    digests = {digest_of(Erasable.PARTICIPANT, each.id("participant")) for each in gone}
    async with estate.db.reading() as db:
        noted = {entry.digest: entry.at for entry in await read_journal(db) if entry.digest in digests}
    assert noted == dict.fromkeys(digests, LATER)


@pytest.mark.parametrize("scope", [ErasureScope.CHAT, ErasureScope.ANSWERS, ErasureScope.WORDS])
async def test_what_went_with_the_request_has_no_chunks(estate: Estate, scope: ErasureScope):
    receipt = await begin(estate, scope, estate.webinar_id)
    assert await go_through(estate, receipt, 100) == []
    assert set(estate.people[0].own) == await estate.left_of(estate.people[0])


async def test_people_are_deleted_counted_and_noted_together(estate: Estate, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "IDS", 1)
    gone, one, two = estate.people
    for question in (one.id("question"), two.id("question")):
        await estate.insert("question_vote", gone, question_id=question)
        await estate.change("question", question, votes=2)
    await estate.change("question", estate.outsider.id("question"), votes=9)
    within = estate.selecting(gone)
    async with estate.db.reading() as db:
        there = await count_rows(db, within)
    async with estate.db.writing() as db:
        assert await delete_people(db, within, LATER) == there
    assert there["question_vote"] == 3
    votes = {row_id: row["votes"] for row_id, row in (await estate.rows("question")).items()}
    assert (votes[one.id("question")], votes[two.id("question")]) == (1, 1)
    assert votes[estate.outsider.id("question")] == 9  # nobody looked at it
    async with estate.db.reading() as db:
        digest = digest_of(Erasable.PARTICIPANT, gone.id("participant"))
        noted = [entry for entry in await read_journal(db) if entry.digest == digest]
    assert [(entry.subject, entry.at) for entry in noted] == [(Erasable.PARTICIPANT, LATER)]


async def test_an_accounts_users_go_with_what_is_theirs_and_no_mail_to_participants(estate: Estate):
    mail = estate.account.rows.get("outgoing_mail") or estate.people[0].rows["outgoing_mail"]
    to_user = await estate.insert(
        "outgoing_mail", estate.people[0], participant_id=None, webinar_id=None, claim_id=None,
        user_id=estate.account.id("user"),
    )  # fmt: skip
    to_participant = await estate.insert("outgoing_mail", estate.people[0], user_id=None)
    async with estate.db.writing() as db:
        counts = await delete_users(db, estate.account_id)
    assert counts["user"] == counts["user_session"] == counts["user_token"] == 1
    mails = await estate.rows("outgoing_mail")
    assert to_user not in mails
    assert to_participant in mails
    assert mail["id"] not in mails or mails[mail["id"]]["user_id"] is None
    assert set(await estate.rows("user")) == {estate.stranger.id("user")}
    assert set(await estate.rows("user_token")) == {estate.stranger.id("user_token")}
    assert "account" in await estate.left_of(estate.account)
    async with estate.db.writing() as db:
        assert await delete_users(db, estate.account_id) == {}


async def test_the_rooms_of_an_erasure_are_its_webinar_or_all_of_the_account(estate: Estate):
    one = await begin(estate, ErasureScope.WEBINAR, estate.webinar_id)
    everything = await begin(estate, ErasureScope.ACCOUNT)
    await estate.change("webinar", estate.webinar_id, erasure_id=everything.id)  # hidden, and still open
    async with estate.db.reading() as db:
        assert await rooms_of(db, one) == [estate.webinar_id]
        assert set(await rooms_of(db, everything)) == {estate.webinar_id, estate.other_webinar.id("webinar")}


async def test_a_new_epoch_is_one_rooms_own(estate: Estate):
    before = await estate.rows("webinar")
    async with estate.db.writing() as db:
        await start_epoch(db, estate.webinar_id)
    after = await estate.rows("webinar")
    changed = {row_id for row_id in after if after[row_id]["epoch"] != before[row_id]["epoch"]}
    assert changed == {estate.webinar_id}
    steps = {row_id: after[row_id]["last_seq"] - before[row_id]["last_seq"] for row_id in after}
    assert {row_id: step for row_id, step in steps.items() if step} == {estate.webinar_id: 1}


def test_a_chunk_is_at_most_twice_and_at_least_a_quarter_of_the_last_one():
    pace = Pace(most=1000, wanted=0.05)
    pace.took(0.05)
    assert pace.most == 1000
    pace.took(0.0)
    assert pace.most == 2000
    pace.took(100.0)
    assert pace.most == 500
    pace.took(0.1)
    assert pace.most == 250
    for _ in range(3):
        pace.took(0.2)
    assert pace.most == 100
    for _ in range(9):
        pace.took(0.001)
    assert pace.most == 10_000


def test_a_moment_too_short_to_measure_divides_by_nothing():
    pace = Pace(most=1000, wanted=0.0015)
    pace.took(0.0)
    assert pace.most == 1500


def test_before_anything_was_measured_a_chunk_is_of_a_usual_size():
    assert (Pace().most, Pace().wanted, Pace().smallest, Pace().largest) == (500, 0.05, 100, 10_000)


def test_chunks_are_large_where_nobody_waits_for_them(bare_database: Database):
    assert pace_of(ErasureScope.WEBINAR, bare_database) == Pace()
    elsewhere = Database("postgresql+asyncpg://nobody@localhost/nothing")  # it is not asked anything
    for scope in (ErasureScope.WEBINAR, ErasureScope.ACCOUNT):
        assert pace_of(scope, elsewhere) == Pace(wanted=1.0, largest=100_000)
    assert pace_of(ErasureScope.PARTICIPANTS, elsewhere) == Pace()
