"""Statements that go straight to the driver do what SQLAlchemy's own execution does, on every database."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import uuid4

import pytest
from sqlalchemy import Connection, bindparam, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.util import await_only

from tests.contracts.test_registering import SIGNER
from tests.support.samples import make_account, make_participant, make_webinar
from webinar.db import Database
from webinar.models import ChatMessage, MessageKind, Participant, table_of
from webinar.statements import Listing, Statement

MESSAGE = table_of(ChatMessage)
INSERT = Statement(MESSAGE.insert())
OF = MESSAGE.select().where(
    MESSAGE.c.webinar_id == bindparam("webinar_id"), MESSAGE.c.kind == MessageKind.CHAT
)
MINE = Statement(OF)
BY_ID = Listing(lambda places: select(MESSAGE.c.id).where(MESSAGE.c.id.in_(places("ids", MESSAGE.c.id))))
EARLY = datetime(2026, 3, 1, 9, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
async def person(database: Database) -> Participant:
    async with database.writing() as db:
        webinar = await make_webinar(db, await make_account(db))
        return await make_participant(db, SIGNER, webinar)


def a_row(person: Participant, seq: int) -> dict[str, object]:
    return {
        "id": uuid4(),
        "account_id": person.account_id,
        "webinar_id": person.webinar_id,
        "participant_id": person.id,
        "user_id": None,
        "client_id": uuid4(),
        "kind": MessageKind.CHAT,
        "body": "Grüße, %s and ? and $1 and \u202e",
        "posted_seq": seq,
        "seq": seq,
        "posted_at": EARLY.astimezone(timezone(timedelta(hours=2))),
        "removed_at": None,
    }


async def test_what_is_stored_and_read_is_what_sqlalchemy_would_have(database: Database, person: Participant):
    rows = [a_row(person, seq) for seq in (1, 2, 3)]

    def store_and_read(db: Connection) -> tuple[list[object], list[object]]:
        INSERT.carry_out(db, rows[:1])
        INSERT.carry_out(db, rows[1:])
        values = {"webinar_id": person.webinar_id}
        return [*MINE.rows(db, values)], [tuple(row) for row in db.execute(OF, values)]

    ours, theirs = await database.write(store_and_read)
    assert sorted(ours, key=repr) == sorted(theirs, key=repr)
    assert {row["id"] for row in rows} == {row[0] for row in ours if isinstance(row, tuple)}


async def test_what_a_statement_gives_back_has_the_types_of_its_columns(
    database: Database, person: Participant
):
    change = Statement(
        MESSAGE.update()
        .where(MESSAGE.c.id == bindparam("message_id"))
        .values(removed_at=bindparam("now"))
        .returning(MESSAGE.c.participant_id, MESSAGE.c.kind, MESSAGE.c.removed_at, MESSAGE.c.user_id)
    )
    row = a_row(person, 1)

    def remove(db: Connection) -> list[tuple[object, ...]]:
        INSERT.carry_out(db, [row])
        return change.rows(db, {"message_id": row["id"], "now": EARLY})

    assert await database.write(remove) == [(person.id, MessageKind.CHAT, EARLY, None)]


async def test_a_refusal_is_sqlalchemys_without_what_somebody_wrote_and_nothing_is_stored(
    database: Database, person: Participant
):
    row = a_row(person, 1)
    with pytest.raises(IntegrityError) as refused:
        await database.write(INSERT.carry_out, [row, row])
    assert "Grüße" not in str(refused.value)
    assert await database.write(MINE.rows, {"webinar_id": person.webinar_id}) == []


@pytest.mark.parametrize("number", [1, 2, 3, 5, 8])
async def test_a_list_of_any_length_finds_what_is_on_it_and_nothing_else(
    database: Database, person: Participant, number: int
):
    rows = [a_row(person, seq) for seq in range(1, 10)]
    await database.write(INSERT.carry_out, rows)
    wanted = [row["id"] for row in rows[:number]]
    found = await database.write(BY_ID.rows, {"ids": [*wanted, uuid4()]})
    assert {each for (each,) in found} == {*wanted}
    assert await database.write(BY_ID.rows, {"ids": []}) == []


@pytest.mark.postgres
async def test_a_connection_that_the_server_ended_is_not_used_again(database: Database):
    if database.url.get_backend_name() == "sqlite":
        return  # has no server

    other = Database(database.url.render_as_string(hide_password=False))

    def look(db: Connection) -> None:
        backend = db.execute(text("SELECT pg_backend_pid()")).scalar_one()
        await_only(other.write(Connection.execute, text(f"SELECT pg_terminate_backend({backend})")))
        MINE.rows(db, {"webinar_id": uuid4()})

    with pytest.raises(DBAPIError) as lost:
        await database.write(look)
    await other.close()
    assert lost.value.connection_invalidated
    assert await database.write(MINE.rows, {"webinar_id": uuid4()}) == []
