"""Signed-in browsers: found by their cookie alone, over when idle and after a week, ended one by one or together."""

from datetime import timedelta
from hashlib import sha256

import pytest
from sqlmodel import col, select

from tests.support.samples import NOW, make_account
from webinar.accounts.sessions import (
    end_session,
    end_sessions,
    find_actor,
    needs_touch,
    start_session,
    touch_session,
)
from webinar.accounts.users import NewUser, add_user
from webinar.db import Database
from webinar.models import Role, User, UserSession

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def ann(bare_database: Database) -> User:
    return await somebody(bare_database, "ann")


async def somebody(database: Database, name: str) -> User:
    async with database.writing() as db:
        account = await make_account(db)
        return await add_user(db, account.id, NewUser(f"{name}@example.org", name, Role.ADMIN), NOW)


async def colleague(database: Database, user: User) -> User:
    async with database.writing() as db:
        return await add_user(db, user.account_id, NewUser("otto@example.org", "otto", Role.HOST), NOW)


async def signed_in(database: Database, user: User, **options) -> str:
    async with database.writing() as db:
        return (await start_session(db, user, options.pop("now", NOW), **options)).token


async def who(database: Database, token: str, now=NOW) -> str | None:
    async with database.reading() as db:
        actor = await find_actor(db, token, now)
    return actor.user.name if actor else None


async def sessions(database: Database) -> list[UserSession]:
    async with database.reading() as db:
        return list((await db.exec(select(UserSession).order_by(col(UserSession.created_at)))).all())


async def test_the_cookie_says_who_it_is_and_in_which_session(bare_database: Database, ann: User):
    other = await somebody(bare_database, "otto")
    hers, his = [await signed_in(bare_database, user) for user in (ann, other)]
    async with bare_database.reading() as db:
        actor = await find_actor(db, hers, NOW)
    assert actor is not None
    assert (actor.user.id, actor.session.user_id) == (ann.id, ann.id)
    assert await who(bare_database, his) == "otto"
    assert await who(bare_database, "") is None
    assert await who(bare_database, hers + "x") is None


async def test_a_session_is_stored_with_its_times_and_only_a_hash_of_its_token(bare_database, ann: User):
    async with bare_database.writing() as db:
        started = await start_session(db, ann, NOW)
    (stored,) = await sessions(bare_database)
    assert stored.id == started.session.id
    assert stored.token_hash == sha256(started.token.encode()).digest()
    assert (stored.account_id, stored.user_id) == (ann.account_id, ann.id)
    assert (stored.created_at, stored.seen_at) == (NOW, NOW)
    assert stored.expires_at == NOW + timedelta(days=7)


async def test_a_session_is_over_twelve_hours_after_its_last_use(bare_database: Database, ann: User):
    token = await signed_in(bare_database, ann)
    idle = timedelta(hours=12)
    assert await who(bare_database, token, NOW + idle - MINUTE) == "ann"
    assert await who(bare_database, token, NOW + idle) is None
    (session,) = await sessions(bare_database)
    async with bare_database.writing() as db:
        await touch_session(db, session.id, NOW + MINUTE)
    assert await who(bare_database, token, NOW + idle) == "ann"
    assert await who(bare_database, token, NOW + idle + MINUTE) is None


async def test_however_much_it_is_used_a_session_is_over_after_a_week(bare_database: Database, ann: User):
    token = await signed_in(bare_database, ann)
    week = timedelta(days=7)
    (session,) = await sessions(bare_database)
    async with bare_database.writing() as db:
        await touch_session(db, session.id, NOW + week - MINUTE)
    assert await who(bare_database, token, NOW + week - MINUTE) == "ann"
    assert await who(bare_database, token, NOW + week) is None


async def test_the_use_of_one_session_says_nothing_about_another(bare_database: Database, ann: User):
    for minutes in (0, 1):
        await signed_in(bare_database, ann, now=NOW + minutes * MINUTE)
    first, second = await sessions(bare_database)
    async with bare_database.writing() as db:
        await touch_session(db, first.id, NOW + 30 * MINUTE)
    assert [each.seen_at for each in await sessions(bare_database)] == [NOW + 30 * MINUTE, NOW + MINUTE]
    assert second.seen_at == NOW + MINUTE


async def test_a_use_is_noted_every_five_minutes(bare_database: Database, ann: User):
    await signed_in(bare_database, ann)
    (session,) = await sessions(bare_database)
    assert not needs_touch(session, NOW)
    assert not needs_touch(session, NOW + 5 * MINUTE - timedelta(seconds=1))
    assert needs_touch(session, NOW + 5 * MINUTE)


async def test_signing_in_again_ends_the_session_the_browser_came_with_and_no_other(bare_database, ann: User):
    before, elsewhere = [await signed_in(bare_database, ann) for _ in range(2)]
    after = await signed_in(bare_database, ann, replacing=before)
    assert len({before, elsewhere, after}) == 3
    assert await who(bare_database, before) is None
    assert await who(bare_database, elsewhere) == await who(bare_database, after) == "ann"


async def test_signing_in_sweeps_what_is_over_and_nothing_else(bare_database: Database, ann: User):
    await signed_in(bare_database, ann)
    lasting = await signed_in(bare_database, ann, now=NOW + MINUTE)
    await signed_in(bare_database, ann, now=NOW + timedelta(hours=12))
    assert len(await sessions(bare_database)) == 2
    assert await who(bare_database, lasting, NOW + timedelta(hours=12)) == "ann"


async def test_signing_out_ends_one_browser(bare_database: Database, ann: User):
    here, elsewhere = [await signed_in(bare_database, ann) for _ in range(2)]
    async with bare_database.writing() as db:
        await end_session(db, here)
    assert await who(bare_database, here) is None
    assert await who(bare_database, elsewhere) == "ann"


async def test_signing_out_everywhere_counts_the_users_own_sessions_and_ends_no_one_elses(bare_database, ann):
    other = await colleague(bare_database, ann)
    hers = [await signed_in(bare_database, ann) for _ in range(3)]
    his = await signed_in(bare_database, other)
    async with bare_database.writing() as db:
        assert len(await end_sessions(db, ann)) == 3
    assert [await who(bare_database, token) for token in hers] == [None] * 3
    assert await who(bare_database, his) == "otto"


async def test_the_session_in_use_may_stay(bare_database: Database, ann: User):
    here, elsewhere = [await signed_in(bare_database, ann, now=NOW + n * MINUTE) for n in range(2)]
    (kept, _) = await sessions(bare_database)
    async with bare_database.writing() as db:
        assert len(await end_sessions(db, ann, but=kept.id)) == 1
    assert await who(bare_database, here) == "ann"
    assert await who(bare_database, elsewhere) is None
