"""The sweep for mentions on every database: each column in which people write takes part by its declaration."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from tests.support.samples import NOW
from webinar.db import Database
from webinar.models import Answer, FormVersion, MentionPlace, Participant, Webinar
from webinar.privacy.inventory import table_named
from webinar.privacy.journal import Entry, read_journal
from webinar.privacy.mention_places import find_own_mentions, forget_gone, keep_places, list_kept
from webinar.privacy.mention_sweep import Chosen, find_places, read_mentions, redact_mentions
from webinar.privacy.proof.canaries import Planted, plant_account, plant_participant, plant_webinar
from webinar.privacy.replay import replay
from webinar.privacy.text_columns import TextColumn, text_columns

FORM = [
    {"type": "email", "key": "email", "label": {"en": "E-mail address"}, "required": True},
    {"type": "short_text", "key": "called", "label": {"en": "First name"}, "autocomplete": "given-name"},
]
SAID = "I heard it from Zuleika Quarterstaff."


@pytest.fixture
async def people(database: Database) -> tuple[Planted, Planted]:
    """Somebody who will go, and somebody in the same webinar who wrote about them wherever one can write."""
    async with database.writing() as db:
        webinar = await plant_webinar(db, await plant_account(db))
        gone, other = [await plant_participant(db, webinar) for _ in range(2)]
        await db.exec(update(FormVersion).values(fields=FORM))
        await db.exec(
            update(Participant)
            .where(col(Participant.id) == gone.id("participant"))
            .values(display_name="", email=None)
        )
        own = col(Answer.id) == gone.id("answer")
        await db.exec(update(Answer).where(own).values(field_key="called", value="Zuleika Quarterstaff"))
        for column in text_columns():
            value = {"text": [SAID]} if column.table.name == "answer" else SAID
            row = other.rows[column.table.name]["id"]
            await db.exec(
                update(column.table).where(column.table.c.id == row).values({column.column.name: value})
            )
    return gone, other


def chosen_of(person: Planted) -> Chosen:
    return Chosen(person.id("account"), person.id("webinar"), [person.id("participant")])


async def said(database: Database, column: TextColumn, row_id: UUID) -> Any:
    async with database.reading() as db:
        rows = select(column.column).where(column.table.c.id == row_id)
        value = (await db.exec(rows)).one()
    return value["text"][0] if isinstance(value, dict) else value


async def test_every_column_in_which_people_write_is_searched_and_redacted(
    database: Database, people: tuple[Planted, Planted]
):
    gone, other = people
    chosen = chosen_of(gone)
    mentions = await read_mentions(database.reading, chosen)
    found = [place async for places in find_places(database.reading, chosen, mentions) for place in places]
    assert {(place.column, place.row_id) for place in found} == {
        (column.name, other.rows[column.table.name]["id"]) for column in text_columns()
    }
    assert {"chat_message.body", "question.body", "question.answer", "answer.value"} <= {
        column.name for column in text_columns()
    }
    async with database.writing() as db:
        refs = [(place.column, place.row_id) for place in found]
        counts = await redact_mentions(db, chosen, mentions, refs, NOW)
        again = await redact_mentions(db, chosen, mentions, refs, NOW)
    assert counts.total() == len(text_columns())
    assert not again
    for column in text_columns():
        row = other.rows[column.table.name]["id"]
        assert await said(database, column, row) == "I heard it from [removed]."


async def test_a_column_that_joins_is_declared_in_a_table_of_a_webinar():
    for column in text_columns():
        assert {"id", "account_id", "webinar_id"} <= set(column.table.c.keys()), column.name


async def test_a_backup_from_before_brings_no_name_back_and_one_from_after_keeps_the_words(
    database: Database, people: tuple[Planted, Planted]
):
    gone, other = people
    chosen = chosen_of(gone)
    mentions = await read_mentions(database.reading, chosen)
    [column] = [each for each in text_columns() if each.name == "chat_message.body"]
    row = other.id("chat_message")
    async with database.writing() as db:
        await redact_mentions(db, chosen, mentions, [(column.name, row)], NOW)
        journal: list[Entry] = await read_journal(db)
    assert await replay(database, journal, NOW) == 0
    assert await said(database, column, row) == "I heard it from [removed]."
    # As a backup from before has it: the words are there, and nothing is noted.
    async with database.writing() as db:
        await db.exec(update(column.table).where(column.table.c.id == row).values(body=SAID))
        await db.exec(table_named("erasure_journal").delete())
    assert await replay(database, journal, NOW) == 1
    assert await said(database, column, row) == "[removed]"
    assert await said(database, column, gone.id("chat_message")) != "[removed]"


async def test_places_are_kept_without_words_and_forgotten_with_their_rows(
    database: Database, people: tuple[Planted, Planted]
):
    gone, other = people
    chosen = chosen_of(gone)
    places = await find_own_mentions(database.reading, chosen)
    async with database.writing() as db:
        await db.exec(table_named("mention_place").delete())
        await db.exec(update(Webinar).values(erasure_id=None))
        await keep_places(db, chosen, places, NOW)
    async with database.reading() as db:
        kept = (await db.exec(select(MentionPlace))).all()
        assert len(kept) == len(text_columns())
        assert not any("Zuleika" in str(row.model_dump()) for row in kept)
        [shown] = await list_kept(db, chosen.account_id, NOW)
        assert [place.mentions for place in shown.places] == [place.mentions for place in places]
    async with database.writing() as db:
        table = table_named("chat_message")
        await db.exec(table.delete().where(table.c.id == other.id("chat_message")))
        await forget_gone(db, chosen.account_id)
        left = (await db.exec(select(MentionPlace))).all()
    assert "chat_message.body" not in {place.written_in for place in left}
    assert len(left) == len(text_columns()) - 1
