"""G7: deleting a webinar leaves every other webinar's rows and exports as they were, to the byte."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy
from sqlalchemy import insert
from sqlmodel import select

from tests.contracts.test_registering import SIGNER
from tests.privacy.test_participant_table import joined
from tests.registration.samples import Published, entry_of, publish_sample
from tests.support.installation import MovableClock
from tests.support.samples import NOW
from webinar.db import Database
from webinar.interaction.actor import Actor
from webinar.interaction.chat import post_message
from webinar.interaction.questions import ask_question
from webinar.models import ErasureReceipt, JournalEntry, Participant, QuestionVote, Webinar
from webinar.privacy.ballast import Ballast
from webinar.privacy.conversation_tables import chat_table, question_table
from webinar.privacy.eraser import Eraser, Proof
from webinar.privacy.erasure import erase_webinar_rows
from webinar.privacy.inventory import Within, all_tables, count_rows, rows_of
from webinar.privacy.journal import Journal
from webinar.privacy.leftovers import Leftovers, files_of_rows
from webinar.privacy.participant_table import participant_table
from webinar.privacy.search import Search, searched_stores
from webinar.privacy.tabular import csv_chunks, json_chunks
from webinar.registration.register import Submission, register
from webinar.seal import Seal

PEOPLE = ("ada@example.com", "bob@example.com", "eve@example.com")
Rows = Mapping[str, list[str]]


class Rooms:
    """The open rooms, of which there are none here."""

    reached = True

    async def close_room(self, webinar_id: UUID) -> None:
        """Nobody is in it."""


@pytest.fixture
async def webinars(database: Database) -> list[Published]:
    """Two webinars of one account and one of another, each with the same three people, who talk."""
    async with database.writing() as db:
        first, foreign = await publish_sample(db), await publish_sample(db)
        sibling = await publish_sample(db, account=first.account)
    for published in (first, sibling, foreign):
        await fill(database, published)
    return [first, sibling, foreign]


async def fill(database: Database, published: Published) -> None:
    for email in PEOPLE:
        submission = Submission(published.form, entry_of(published.form, email), nonce=email.ljust(64, "."))
        async with database.writing() as db:
            await register(db, SIGNER, submission, NOW)
    webinar = published.webinar
    async with database.writing() as db:
        found = select(Participant.id).where(Participant.webinar_id == webinar.id)
        for participant_id in (await db.exec(found)).all():
            actor = Actor(webinar.account_id, webinar.id, participant_id=participant_id)
            await post_message(db, actor, participant_id, f"Hello, {participant_id}", now=NOW)
            question = await ask_question(db, actor, participant_id, "Why?", anonymous=False, now=NOW)
            owner = {"account_id": webinar.account_id, "webinar_id": webinar.id}
            vote = {"id": participant_id, "question_id": question.id, "participant_id": participant_id}
            await db.exec(insert(QuestionVote).values(owner | vote))


async def exports(database: Database, webinar: Webinar) -> list[bytes]:
    """Every export of a webinar whose bytes depend on its rows alone."""
    async with database.reading() as db:
        people = await participant_table(db, webinar, database.reading)
    tables: list[Any] = [
        people,
        chat_table(webinar, database.reading),
        question_table(webinar, database.reading),
    ]
    return [await joined(chunks(table)) for table in tables for chunks in (csv_chunks, json_chunks)]


async def rows_outside(database: Database, webinar: Webinar) -> Rows:
    """All rows of all tables but those that go with the webinar, and what is noted about its deletion."""
    within = Within(webinar.account_id, webinar.id)
    kept = {}
    async with database.reading() as db:
        doomed = set(await count_rows(db, within))
        for table in all_tables():
            rows: Any = sqlalchemy.select(table)
            if table.name in doomed:
                rows = rows.where(table.c.id.not_in(select(rows_of(table, within).c.id)))
            if table.name not in {ErasureReceipt.__tablename__, JournalEntry.__tablename__}:
                kept[table.name] = sorted(map(repr, (await db.exec(rows)).all()))
    return kept


async def test_deleting_a_webinar_leaves_all_others_as_they_were_to_the_byte(
    database: Database, webinars: list[Published], tmp_path: Path
):
    first, *others = (published.webinar for published in webinars)
    rows = await rows_outside(database, first)
    exported = [await exports(database, webinar) for webinar in others]
    assert all(PEOPLE[0].encode() in files[0] and b"Hello" in files[2] for files in exported)

    async with database.writing() as db:
        erased = await erase_webinar_rows(db, first.account_id, first.id, role="owner", now=NOW)
    leftovers = Leftovers(database, files_of_rows(tmp_path), tmp_path / "exports")
    clock = MovableClock()
    eraser = Eraser(
        database,
        clock,
        Rooms(),
        leftovers,
        Journal(database, tmp_path / "journal", "ours", clock),
        proof=Proof(Search(database, searched_stores(tmp_path, tmp_path / "journal")), Seal("s" * 32)),
        ballast=Ballast(tmp_path),
    )
    receipt = await eraser.finish(erased)

    assert receipt.counts["participant"] == len(PEOPLE)
    assert await rows_outside(database, first) == rows
    assert [await exports(database, webinar) for webinar in others] == exported
    async with database.reading() as db:
        assert await count_rows(db, Within(first.account_id, first.id)) == {}
