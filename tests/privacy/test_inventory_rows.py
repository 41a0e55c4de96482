"""What deleting somebody, a webinar or an account takes with it: the ways there, and the rows in numbers."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Column, ForeignKey, MetaData, Table
from sqlmodel import SQLModel, select

from tests.privacy.estate import Estate
from webinar.models import DataClass
from webinar.privacy.inventory import (
    Within,
    all_tables,
    cascade_path,
    cascades,
    count_rows,
    destroyed_with,
    owner_conditions,
    personal_columns,
    personal_tables,
    root_of,
    rows_of,
    table_named,
)


def names(tables: list[Table]) -> list[str]:
    return [table.name for table in tables]


def test_parents_come_before_children_and_no_table_is_missing():
    tables = names(all_tables())
    assert set(tables) == set(SQLModel.metadata.tables)
    for table in all_tables():
        for key in table.foreign_key_constraints:
            assert tables.index(key.referred_table.name) <= tables.index(table.name)
    assert table_named("webinar").name == "webinar"
    with pytest.raises(KeyError):
        table_named("nobody")


def test_every_declared_column_is_told_with_what_was_declared():
    found = {(each.table, each.column): each.declaration for each in personal_columns()}
    assert found["participant", "email"].data_class is DataClass.CONTACT
    assert found["chat_message", "body"].data_class is DataClass.CONTENT
    assert ("chat_message", "seq") not in found
    assert names(personal_tables()) == [
        name for name in names(all_tables()) if name in {table for table, _ in found}
    ]
    order = [each.table for each in personal_columns()]
    assert order == sorted(order, key=names(all_tables()).index)


def test_only_keys_that_cascade_are_ways():
    metadata = MetaData()
    Table("parent", metadata, Column("id", primary_key=True))
    child = Table(
        "child",
        metadata,
        *(
            Column(name, ForeignKey("parent.id", ondelete=ondelete))
            for name, ondelete in (("a", "CASCADE"), ("b", "cascade"), ("c", "SET NULL"), ("d", None))
        ),
    )
    assert {column.name for key in cascades(child) for column in key.columns} == {"a", "b"}


@pytest.mark.parametrize(
    ("table", "root", "path"),
    [
        ("webinar", "webinar", ["webinar"]),
        ("webinar", "account", ["webinar", "account"]),
        ("participant", "account", ["participant", "webinar", "account"]),
        ("question_vote", "participant", ["question_vote", "participant"]),
        ("answer", "participant", ["answer", "participant"]),
        ("socket_ticket", "participant", ["socket_ticket", "participant_session", "participant"]),
        ("account", "webinar", None),
        ("user", "participant", None),
        ("erasure_receipt", "account", None),
    ],
)
def test_the_shortest_way_up_is_told(table: str, root: str, path: list[str] | None):
    found = cascade_path(table_named(table), root)
    assert found == path


def test_what_goes_with_a_root_is_the_root_and_all_below_it_and_nothing_beside():
    assert destroyed_with("participant")[0].name == "participant"
    with_webinar, with_account = names(destroyed_with("webinar")), names(destroyed_with("account"))
    assert set(names(destroyed_with("participant"))) < set(with_webinar) < set(with_account)
    assert with_account == [name for name in names(all_tables()) if name in set(with_account)]
    for name in ("account", "user", "erasure_receipt", "erasure_journal"):
        assert name not in with_webinar
    assert {"erasure_receipt", "erasure_journal"}.isdisjoint(with_account)


def test_the_root_is_the_smallest_that_is_named():
    some: Any = select(table_named("participant").c.id)
    account_id, webinar_id = uuid4(), uuid4()
    assert root_of(Within(account_id)) == "account"
    assert root_of(Within(account_id, webinar_id)) == "webinar"
    assert root_of(Within(account_id, webinar_id, some)) == "participant"


def test_people_are_erased_within_a_webinar():
    some: Any = select(table_named("participant").c.id)
    account_id, webinar_id = uuid4(), uuid4()
    assert Within(account_id, webinar_id, some).people() == (webinar_id, some)
    for within in (Within(account_id), Within(account_id, webinar_id), Within(account_id, None, some)):
        with pytest.raises(ValueError, match="within a webinar"):
            within.people()


@pytest.mark.parametrize(
    ("table", "whole", "part"),
    [
        ("account", "account.id = :id_1", "account.id = :id_1"),
        (
            "webinar",
            "webinar.account_id = :account_id_1",
            "webinar.account_id = :account_id_1 AND webinar.id = :id_1",
        ),
        (
            "chat_message",
            "chat_message.account_id = :account_id_1",
            "chat_message.account_id = :account_id_1 AND chat_message.webinar_id = :webinar_id_1",
        ),
        # Of the account alone.
        ("user_token", "user_token.account_id = :account_id_1", "user_token.account_id = :account_id_1"),
    ],
)
def test_rows_are_tied_to_their_owners_by_the_columns_that_lead_the_indexes(
    table: str, whole: str, part: str
):
    found = table_named(table)
    for within, wanted in ((Within(uuid4()), whole), (Within(uuid4(), uuid4()), part)):
        assert " AND ".join(str(each) for each in owner_conditions(found, within)) == wanted


async def counted(estate: Estate, within: Within) -> dict[str, int]:
    async with estate.db.reading() as db:
        return await count_rows(db, within)


async def test_what_a_participant_takes_along_is_counted_by_every_way_there(estate: Estate):
    one, two = estate.people[:2]
    alone = await counted(estate, estate.selecting(one))
    assert set(alone) == set(one.own)
    assert set(alone.values()) == {1}
    # Another's vote for their question goes with the question, a vote of theirs with themselves.
    await estate.insert("question_vote", two, question_id=one.id("question"))
    await estate.insert("question_vote", one, question_id=two.id("question"))
    assert (await counted(estate, estate.selecting(one)))["question_vote"] == 3
    # One that goes by both ways is one.
    assert (await counted(estate, estate.selecting(one, two)))["question_vote"] == 4
    assert await counted(estate, estate.selecting(estate.outsider, estate.stranger)) == {}


async def test_what_a_webinar_and_an_account_take_along_is_counted(estate: Estate):
    of_webinar = await counted(estate, Within(estate.account_id, estate.webinar_id))
    assert of_webinar["participant"] == 3
    assert of_webinar["webinar"] == 1
    assert set(of_webinar) >= set(estate.webinar.own)
    of_account = await counted(estate, Within(estate.account_id))
    assert (of_account["participant"], of_account["webinar"], of_account["account"]) == (4, 2, 1)
    assert of_account["user"] == 1
    assert "erasure_receipt" not in of_account
    # A webinar of another account is nothing to this one.
    assert await counted(estate, Within(estate.account_id, estate.stranger.id("webinar"))) == {}


async def test_the_rows_themselves_can_be_selected(estate: Estate):
    one = estate.people[0]
    chat = table_named("chat_message")
    async with estate.db.reading() as db:
        for within, number in (
            (estate.selecting(one), 1),
            (Within(estate.account_id, estate.webinar_id), 3),
            (Within(estate.account_id), 4),
        ):
            assert len((await db.exec(select(rows_of(chat, within).c.id))).all()) == number
        mine = (await db.exec(select(rows_of(chat, estate.selecting(one)).c.id))).all()
    assert mine == [one.id("chat_message")]
