"""`webinar prove-erasure` on PostgreSQL: a copy beside the installation, or in a database that the operator gives."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

from tests.erasure.stage import searchable_postgres  # noqa: F401 - a fixture
from tests.erasure.test_prove_erasure import prove
from tests.support.postgres import PostgresServer
from webinar.db import Database
from webinar.privacy.leftovers import Leftovers
from webinar.privacy.proof.canaries import plant_account, plant_participant, plant_webinar
from webinar.schema import migrate

pytestmark = pytest.mark.postgres
# As a migration that somebody wrote in a hurry may leave it: a copy of what was there.
FORGOTTEN = """
CREATE TABLE old_participants (email text);
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN INSERT INTO public.old_participants VALUES (OLD.email); RETURN OLD; END $$;
CREATE TRIGGER keep BEFORE DELETE ON participant FOR EACH ROW EXECUTE FUNCTION keep();
"""


@dataclass
class Place:
    """An installation on PostgreSQL in which somebody takes part."""

    server: PostgresServer
    name: str
    data: Path
    room: Path

    async def prove(self, *options: str) -> tuple[int, str]:
        # The command has an event loop of its own.
        return await asyncio.to_thread(prove, self.data, self.room, *options)

    async def tell(self, *statements: str, database: str = "") -> list[asyncpg.Record]:
        connection = await asyncpg.connect(
            host=str(self.server.folder), user="webinar", database=database or self.name
        )
        try:
            for statement in statements[:-1]:
                await connection.execute(statement)
            found: list[asyncpg.Record] = await connection.fetch(statements[-1])
            return found
        finally:
            await connection.close()

    async def databases(self) -> set[str]:
        return {row["datname"] for row in await self.tell("SELECT datname FROM pg_database")}


async def installation_on(
    server: PostgresServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Place]:
    name = await server.create()
    url = server.url(name)
    await asyncio.to_thread(migrate, url)
    db = Database(url)
    async with db.writing() as unit:
        await plant_participant(unit, await plant_webinar(unit, await plant_account(unit)))
    await db.close()
    monkeypatch.setenv("WEBINAR_DATABASE_URL", url)
    yield Place(server, name, folder / "data", folder / "room")
    await server.drop(name)


@pytest.fixture
async def place(
    postgres_server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Place]:
    async for found in installation_on(postgres_server, tmp_path, monkeypatch):
        yield found


async def test_every_erasure_is_proven_on_a_copy_that_is_gone_afterwards(place: Place):
    before = await place.databases()
    code, said = await place.prove("--json")
    evidence = json.loads(said)
    assert (code, evidence["proven"]) == (0, True)
    for finding in evidence["findings"]:
        assert finding["found_before"] == finding["canaries"] > 20
        assert finding["left"] == []
    assert evidence["others"]["participant"] == 1
    assert await place.databases() == before
    assert list(place.room.iterdir()) == []
    assert len(await place.tell("SELECT id FROM account")) == 1


async def test_it_says_in_words_what_was_searched(place: Place):
    code, said = await place.prove()
    assert code == 0
    assert "Proven: no row, and nothing in a dump or a file, is left." in said
    assert "every row of every table, a dump of the copy and its files" in said


async def test_a_table_that_nobody_remembers_fails_the_proof(place: Place):
    await place.tell(FORGOTTEN, "SELECT 1")
    code, said = await place.prove()
    assert code == 1
    assert "participant.email in pg_dump" in said
    assert "NOT PROVEN" in said


async def test_a_file_that_stays_fails_the_proof(place: Place, monkeypatch: pytest.MonkeyPatch):
    async def forgetful(_: Leftovers) -> int:
        return 0

    monkeypatch.setattr(Leftovers, "remove", forgetful)
    code, said = await place.prove()
    assert code == 1
    assert "participant.email in mail/" in said


async def test_who_may_not_create_databases_is_told_what_to_do_and_may_give_one(
    place: Place, monkeypatch: pytest.MonkeyPatch
):
    await place.tell(
        "CREATE ROLE modest LOGIN", f"ALTER DATABASE {place.name} OWNER TO modest", "GRANT webinar TO modest"
    )
    scratch = await place.server.create()
    await place.tell(f"ALTER DATABASE {scratch} OWNER TO modest", "SELECT 1")
    try:
        as_modest = {
            name: place.server.url(name).replace("webinar@", "modest@") for name in (place.name, scratch)
        }
        monkeypatch.setenv("WEBINAR_DATABASE_URL", as_modest[place.name])
        code, said = await place.prove()
        assert code == 2
        assert "may not create a database" in " ".join(said.replace("│", " ").split())

        code, said = await place.prove("--scratch-url", as_modest[scratch])
        assert code == 0, said
        assert (
            await place.tell("SELECT relname FROM pg_class WHERE relname = 'account'", database=scratch) == []
        )
    finally:
        await place.server.drop(scratch)
        await place.tell(f"ALTER DATABASE {place.name} OWNER TO webinar", "DROP ROLE modest")


async def test_a_database_with_something_in_it_is_never_taken_for_the_copy(place: Place):
    scratch = await place.server.create()
    try:
        await place.tell("CREATE TABLE precious (id int)", "SELECT 1", database=scratch)
        code, said = await place.prove("--scratch-url", place.server.url(scratch))
        assert code == 2
        assert "is not empty" in " ".join(said.replace("│", " ").split())
        assert await place.tell("SELECT count(*) FROM precious", database=scratch)
    finally:
        await place.server.drop(scratch)

    code, said = await place.prove("--scratch-url", place.server.url(place.name))
    assert code == 2
    assert "the installation's own database" in " ".join(said.replace("│", " ").split())
    code, said = await place.prove("--scratch-url", "nonsense")
    assert code == 2
    assert "no database URL" in said
    assert len(await place.tell("SELECT id FROM account")) == 1


async def test_the_servers_own_files_are_searched_where_they_can_be_read(
    searchable_postgres: PostgresServer,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    async for place in installation_on(searchable_postgres, tmp_path, monkeypatch):
        code, said = await place.prove("--server-files", str(searchable_postgres.folder / "data"))
        assert code == 0, said
        assert "all files of the server" in said


async def test_the_planner_keeps_no_samples_of_what_people_gave(place: Place):
    await place.tell("ANALYZE", "SELECT 1")
    sampled = {
        (row["tablename"], row["attname"])
        for row in await place.tell("SELECT tablename, attname FROM pg_stats WHERE schemaname = 'public'")
    }
    assert ("participant", "id") in sampled
    given = {
        ("participant", "email"),
        ("participant", "display_name"),
        ("chat_message", "body"),
        ("answer", "value"),
    }
    assert not sampled & given
