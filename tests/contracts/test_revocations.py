"""What is revoked is found in the database by every other instance, once, whoever told or did not (S3, R7)."""

from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from webinar.db import Database
from webinar.models import Revocation
from webinar.realtime import revocations as module
from webinar.realtime.revocations import Revocations


async def stored(database: Database) -> list[bytes]:
    async with database.reading() as db:
        return [*(await db.exec(select(Revocation.digest))).all()]


def some_keys(number: int) -> list[UUID]:
    return [uuid4() for _ in range(number)]


async def test_others_find_what_was_written_down_once_and_nobody_else(database: Database):
    here, there, elsewhere = (Revocations(database) for _ in range(3))
    gone, more, staying = some_keys(3)
    await here.write_down(gone)
    assert await there.untold([staying, gone]) == [gone]
    assert await there.untold([staying, gone]) == []
    await here.write_down(more)
    assert await there.untold([staying, gone, more]) == [more]
    assert {*await elsewhere.untold([more, gone])} == {gone, more}
    assert await here.untold([gone, more]) == []


async def test_what_a_notice_told_is_no_news_but_the_next_time_is(database: Database):
    here, there = Revocations(database), Revocations(database)
    [key] = some_keys(1)
    there.heard(key)
    await here.write_down(key)
    assert await there.untold([key]) == []
    await here.write_down(key)
    assert await there.untold([key]) == [key]


async def test_the_table_names_nobody(database: Database):
    [key] = some_keys(1)
    await Revocations(database).write_down(key)
    [digest] = await stored(database)
    assert len(digest) == module.DIGEST
    assert key.bytes not in digest
    assert digest not in key.bytes


async def test_rows_go_by_themselves_once_somebody_saw_them_for_two_minutes(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    here, there = Revocations(database), Revocations(database)
    gone, staying = some_keys(2)
    await here.write_down(gone)
    await there.untold([])
    assert len(await stored(database)) == 1
    monkeypatch.setattr(module, "KEPT", 0.0)
    assert await there.untold([gone]) == []
    assert await stored(database) == []
    await here.write_down(staying)
    assert await there.untold([staying]) == [staying]


async def test_what_could_not_be_written_down_is_so_at_the_next_look(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    here, there = Revocations(database), Revocations(database)
    [key] = some_keys(1)

    async def away(*_: object) -> None:
        raise ConnectionError("the database is away")

    with monkeypatch.context() as patch:
        patch.setattr(database, "write", away)
        await here.write_down(key)
    assert await there.untold([key]) == []
    assert await here.untold([key]) == []
    assert await there.untold([key]) == [key]
    assert len(await stored(database)) == 1


async def test_news_come_though_old_rows_cannot_be_deleted_and_those_go_the_next_time(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    here, there = Revocations(database), Revocations(database)
    old, fresh = some_keys(2)
    await here.write_down(old)
    await there.untold([])
    await here.write_down(fresh)
    monkeypatch.setattr(module, "KEPT", 0.0)

    def blocked(*_: object) -> None:
        raise ConnectionError("somebody else deletes them")

    with monkeypatch.context() as patch:
        patch.setattr(module, "_delete", blocked)
        assert await there.untold([old, fresh]) == [fresh]
    assert "revocations_not_tidied" in caplog.text
    assert len(await stored(database)) == 2
    assert await there.untold([old, fresh]) == []
    assert await stored(database) == []


async def test_what_others_revoked_is_found_while_nothing_can_be_written(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    here, there = Revocations(database), Revocations(database)
    ours, theirs = some_keys(2)
    await there.write_down(theirs)

    async def full(*_: object) -> None:
        raise OSError("no space is left")

    with monkeypatch.context() as patch:
        patch.setattr(database, "write", full)
        await here.write_down(ours)
        assert await here.untold([theirs]) == [theirs]
    assert await here.untold([theirs]) == []
    assert await there.untold([ours]) == [ours]
