"""Mailed links of users: who gets which, that they work once and in time, and what using one ends."""

from base64 import urlsafe_b64decode
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from sqlmodel import col, select

from tests.support.installation import SECRET, MovableClock
from tests.support.samples import NOW, make_account
from webinar.accounts.actor import Actor
from webinar.accounts.audit import list_traces
from webinar.accounts.links import forgot_password, invite_user, link_token, read_link, send_link, use_link
from webinar.accounts.sessions import find_actor, start_session
from webinar.accounts.users import NewUser, add_user
from webinar.db import Database
from webinar.errors import Forbidden, Invalid
from webinar.models import OutgoingMail, Role, User, UserToken, UserTokenKind
from webinar.signing import Signer

SIGNER = Signer(SECRET, MovableClock())
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
PASSWORD, INVITATION = UserTokenKind.NEW_PASSWORD, UserTokenKind.INVITATION


@pytest.fixture
async def ann(bare_database: Database) -> User:
    return await somebody(bare_database, "ann", Role.OWNER)


async def somebody(database: Database, name: str, role: Role = Role.ADMIN, password_hash="old") -> User:
    async with database.writing() as db:
        account = await make_account(db)
        new = NewUser(f"{name}@example.org", name, role, password_hash)
        return await add_user(db, account.id, new, NOW)


async def colleague(database: Database, user: User, name: str) -> User:
    async with database.writing() as db:
        new = NewUser(f"{name}@example.org", name, Role.ADMIN, "old")
        return await add_user(db, user.account_id, new, NOW)


async def acting(database: Database, user: User) -> Actor:
    async with database.writing() as db:
        return Actor(user, (await start_session(db, user, NOW)).session)


async def linked(database: Database, user: User, kind: UserTokenKind = PASSWORD) -> str:
    async with database.writing() as db:
        return link_token(SIGNER, await send_link(db, SIGNER, user, kind, NOW))


async def reads(database: Database, token: str, now: datetime = NOW) -> str | None:
    async with database.reading() as db:
        found = await read_link(db, token, now)
    return found[1].name if found else None


async def use(database: Database, token: str, now: datetime = NOW) -> User:
    async with database.writing() as db:
        return await use_link(db, token, "new", now)


async def mails(database: Database) -> Sequence[OutgoingMail]:
    async with database.reading() as db:
        return (await db.exec(select(OutgoingMail).order_by(col(OutgoingMail.kind)))).all()


async def links(database: Database) -> Sequence[UserToken]:
    async with database.reading() as db:
        return (await db.exec(select(UserToken))).all()


async def traces(database: Database, user: User) -> list[tuple[str, object, object, dict[str, object]]]:
    async with database.reading() as db:
        found = await list_traces(db, user.account_id)
    return [
        (each.entry.action, each.entry.user_id, each.entry.subject_id, each.entry.details) for each in found
    ]


async def test_a_link_has_256_bits_and_is_stored_hashed_with_its_end(bare_database: Database, ann: User):
    token = await linked(bare_database, ann)
    (stored,) = await links(bare_database)
    assert len(urlsafe_b64decode(token + "=")) == 32
    assert stored.token_hash == sha256(token.encode()).digest()
    assert (stored.account_id, stored.user_id, stored.kind) == (ann.account_id, ann.id, PASSWORD)
    assert stored.expires_at == NOW + HOUR
    assert link_token(SIGNER, stored) == token
    assert SIGNER.derive_token("user-link", stored.id) == token  # so that what was mailed before goes on


async def test_with_every_link_a_mail_without_it_is_queued(bare_database: Database, ann: User):
    await linked(bare_database, ann)
    (mail,) = await mails(bare_database)
    assert (mail.account_id, mail.user_id, mail.kind) == (ann.account_id, ann.id, "new_password")
    assert (mail.created_at, mail.due_at) == (NOW, NOW)
    assert mail.participant_id is None


async def test_a_new_link_ends_the_older_ones_of_this_user_and_nobody_elses(bare_database, ann: User):
    other = await colleague(bare_database, ann, "otto")
    his = await linked(bare_database, other)
    older = await linked(bare_database, ann, INVITATION)
    newer = await linked(bare_database, ann)
    assert await reads(bare_database, older) is None
    assert (await reads(bare_database, newer), await reads(bare_database, his)) == ("ann", "otto")


@pytest.mark.parametrize(("kind", "life"), [(PASSWORD, HOUR), (INVITATION, WEEK)])
async def test_a_link_to_a_new_password_is_good_for_an_hour_and_an_invitation_for_a_week(
    bare_database: Database, ann: User, kind: UserTokenKind, life: timedelta
):
    token = await linked(bare_database, ann, kind)
    just_in_time = NOW + life - timedelta(seconds=1)
    assert await reads(bare_database, token, just_in_time) == "ann"
    assert await reads(bare_database, token, NOW + life) is None
    with pytest.raises(Invalid, match="too old"):
        await use(bare_database, token, NOW + life)
    assert (await use(bare_database, token, just_in_time)).id == ann.id


async def test_reading_a_link_tells_whose_it_is_and_uses_nothing_up(bare_database: Database, ann: User):
    token = await linked(bare_database, ann, INVITATION)
    async with bare_database.reading() as db:
        found = await read_link(db, token, NOW)
    assert found is not None
    assert (found[0].kind, found[1].id) == (INVITATION, ann.id)
    assert await reads(bare_database, token) == "ann"
    assert await reads(bare_database, token + "x") is None
    assert await reads(bare_database, "") is None


async def test_using_a_link_stores_the_password_once(bare_database: Database, ann: User):
    token = await linked(bare_database, ann)
    assert (await use(bare_database, token)).password_hash == "new"
    async with bare_database.reading() as db:
        assert (await db.get_one(User, ann.id)).password_hash == "new"
    with pytest.raises(Invalid, match="used already") as refused:
        await use(bare_database, token)
    assert refused.value.fields == {}


async def test_a_link_that_is_none_changes_nothing(bare_database: Database, ann: User):
    token = await linked(bare_database, ann)
    with pytest.raises(Invalid):
        await use(bare_database, token + "x")
    async with bare_database.reading() as db:
        assert (await db.get_one(User, ann.id)).password_hash == "old"
    assert await reads(bare_database, token) == "ann"


async def test_using_a_link_ends_every_session_of_the_user_and_nobody_elses(bare_database, ann: User):
    other = await colleague(bare_database, ann, "otto")
    async with bare_database.writing() as db:
        hers, his = [(await start_session(db, user, NOW)).token for user in (ann, other)]
    his_link = await linked(bare_database, other)
    await use(bare_database, await linked(bare_database, ann))
    async with bare_database.reading() as db:
        assert await find_actor(db, hers, NOW) is None
        assert await find_actor(db, his, NOW)
    assert await reads(bare_database, his_link) == "otto"
    assert len(await links(bare_database)) == 1


@pytest.mark.parametrize(
    ("kind", "action"), [(PASSWORD, "user.password_changed"), (INVITATION, "user.joined")]
)
async def test_the_audit_trail_tells_joining_from_a_new_password(
    bare_database: Database, ann: User, kind: UserTokenKind, action: str
):
    later = NOW + timedelta(minutes=10)
    await use(bare_database, await linked(bare_database, ann, kind), later)
    assert await traces(bare_database, ann) == [(action, ann.id, ann.id, {})]
    async with bare_database.reading() as db:
        (trace,) = await list_traces(db, ann.account_id)
    assert trace.entry.at == later


async def test_an_invitation_adds_a_user_without_a_password_and_mails_them(bare_database, ann: User):
    actor = await acting(bare_database, ann)
    async with bare_database.writing() as db:
        new = NewUser("iris@example.org", "Iris", Role.HOST)
        iris = await invite_user(db, SIGNER, actor, new, NOW)
    assert (iris.account_id, iris.email, iris.role, iris.password_hash) == (
        ann.account_id, "iris@example.org", Role.HOST, "",
    )  # fmt: skip
    assert iris.created_at == NOW
    (link,) = await links(bare_database)
    assert (link.user_id, link.kind, link.expires_at) == (iris.id, INVITATION, NOW + WEEK)
    (mail,) = await mails(bare_database)
    assert (mail.user_id, mail.kind) == (iris.id, "user_invitation")
    assert await traces(bare_database, ann) == [("user.invited", ann.id, iris.id, {"role": "host"})]


@pytest.mark.parametrize(
    ("role", "invites", "allowed"),
    [
        (Role.HOST, Role.HOST, False),
        (Role.ADMIN, Role.ADMIN, True),
        (Role.ADMIN, Role.OWNER, False),
        (Role.OWNER, Role.OWNER, True),
    ],
)
async def test_nobody_invites_somebody_more_powerful_and_hosts_invite_nobody(
    bare_database: Database, role: Role, invites: Role, *, allowed: bool
):
    actor = await acting(bare_database, await somebody(bare_database, "otto", role))
    new = NewUser("iris@example.org", "Iris", invites)
    if allowed:
        async with bare_database.writing() as db:
            assert (await invite_user(db, SIGNER, actor, new, NOW)).role == invites
        return
    async with bare_database.writing() as db:
        with pytest.raises(Forbidden, match=r"owner"):
            await invite_user(db, SIGNER, actor, new, NOW)
    assert not await links(bare_database)
    assert not await mails(bare_database)


@pytest.mark.parametrize(("password_hash", "kind"), [("old", "new_password"), ("", "user_invitation")])
async def test_who_forgot_their_password_is_mailed_and_who_never_had_one_is_invited_again(
    bare_database: Database, password_hash: str, kind: str
):
    user = await somebody(bare_database, "otto", password_hash=password_hash)
    async with bare_database.writing() as db:
        await forgot_password(db, SIGNER, "Otto@Example.org", NOW)
    (mail,) = await mails(bare_database)
    assert (mail.user_id, mail.kind, mail.due_at) == (user.id, kind, NOW)
    (link,) = await links(bare_database)
    assert await reads(bare_database, link_token(SIGNER, link)) == "otto"


async def test_an_address_that_nobody_has_is_mailed_nothing(bare_database: Database, ann: User):
    async with bare_database.writing() as db:
        await forgot_password(db, SIGNER, "nobody@example.org", NOW)
    assert not await links(bare_database)
    assert not await mails(bare_database)
