"""Legal holds: placed with a reason, found by whom they concern, lifted once, and in nobody else's way."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.support.samples import NOW, make_account, make_webinar
from webinar.accounts.actor import Actor
from webinar.accounts.audit import list_traces
from webinar.accounts.sessions import start_session
from webinar.accounts.users import NewUser, add_user
from webinar.db import Database
from webinar.errors import Held, Invalid, NotFound
from webinar.models import Account, LegalHold, Role, Webinar
from webinar.privacy.holds import (
    lift_hold,
    list_holds,
    place_hold,
    require_not_held,
    webinars_to_hold,
)
from webinar.privacy.inventory import Within

LATER = NOW + timedelta(hours=1)


class Desk:
    """Two admins of an account with two webinars."""

    def __init__(self, db: Database, actors: list[Actor], webinars: list[Webinar]) -> None:
        self.db = db
        self.ann, self.otto = actors
        self.one, self.two = webinars

    async def hold(self, webinar: Webinar | None = None, reason: str = " Claim 7/26 ", now=NOW) -> LegalHold:
        async with self.db.writing() as db:
            return await place_hold(db, self.ann, webinar, reason, now)

    async def lift(self, hold: LegalHold, now=LATER) -> LegalHold:
        async with self.db.writing() as db:
            return await lift_hold(db, self.otto, hold.id, now)

    async def held(self, webinar: Webinar | None = None, account_id: UUID | None = None) -> bool:
        within = Within(account_id or self.ann.account_id, webinar.id if webinar else None)
        async with self.db.reading() as db:
            try:
                await require_not_held(db, within)
            except Held:
                return True
        return False

    async def traces(self) -> list[tuple[str, UUID | None, UUID | None]]:
        async with self.db.reading() as db:
            found = await list_traces(db, self.ann.account_id)
        return [(each.entry.action, each.entry.user_id, each.entry.subject_id) for each in found]


async def make_desk(database: Database) -> Desk:
    async with database.writing() as db:
        account = await make_account(db)
        webinars = [
            await make_webinar(db, account, title=title, created_at=at)
            for title, at in (("One", NOW), ("Two", LATER))
        ]
        actors = []
        for name in ("ann", "otto"):
            new = NewUser(f"{name}-{account.id}@example.org", name, Role.ADMIN)
            user = await add_user(db, account.id, new, NOW)
            actors.append(Actor(user, (await start_session(db, user, NOW)).session))
    return Desk(database, actors, webinars)


@pytest.fixture
async def desk(bare_database: Database) -> Desk:
    return await make_desk(bare_database)


async def test_a_hold_is_kept_with_its_reason_and_who_placed_it(desk: Desk):
    placed = await desk.hold(desk.one)
    async with desk.db.reading() as db:
        stored = await db.get_one(LegalHold, placed.id)
    assert (stored.account_id, stored.webinar_id) == (desk.ann.account_id, desk.one.id)
    assert (stored.reason, stored.placed_by, stored.placed_at) == ("Claim 7/26", desk.ann.user.id, NOW)
    assert (stored.lifted_by, stored.lifted_at) == (None, None)
    assert await desk.traces() == [("hold.placed", desk.ann.user.id, desk.one.id)]


async def test_a_hold_on_all_of_the_account_names_the_account(desk: Desk):
    assert (await desk.hold()).webinar_id is None
    assert await desk.traces() == [("hold.placed", desk.ann.user.id, desk.ann.account_id)]


async def test_a_hold_needs_a_reason_that_is_not_too_long(desk: Desk):
    for reason, says in (("  ", "Say why it must be kept"), ("r" * 2001, "At most 2000 characters.")):
        with pytest.raises(Invalid) as refused:
            await desk.hold(reason=reason)
        assert list(refused.value.fields) == ["reason"]
        assert refused.value.fields["reason"].startswith(says)
    assert len((await desk.hold(reason="r" * 2000)).reason) == 2000


async def test_a_hold_on_a_webinar_keeps_it_and_its_account_and_not_the_other_webinar(desk: Desk):
    stranger = await make_desk(desk.db)
    await desk.hold(desk.one)
    assert await desk.held(desk.one)
    assert await desk.held()
    assert not await desk.held(desk.two)
    assert not await stranger.held()
    assert not await desk.held(desk.one, stranger.ann.account_id)


async def test_a_hold_on_the_account_keeps_every_webinar_of_it(desk: Desk):
    stranger = await make_desk(desk.db)
    assert not await desk.held()
    await desk.hold()
    assert [await desk.held(each) for each in (None, desk.one, desk.two)] == [True] * 3
    assert not await stranger.held(stranger.one)


async def test_a_lifted_hold_keeps_nothing_and_tells_who_lifted_it_when(desk: Desk):
    hold = await desk.hold(desk.one)
    lifted = await desk.lift(hold)
    assert (lifted.lifted_at, lifted.lifted_by) == (LATER, desk.otto.user.id)
    async with desk.db.reading() as db:
        assert (await db.get_one(LegalHold, hold.id)).lifted_at == LATER
    assert not await desk.held(desk.one)
    assert not await desk.held()
    await desk.lift(hold, LATER + timedelta(hours=1))
    async with desk.db.reading() as db:
        assert (await db.get_one(LegalHold, hold.id)).lifted_at == LATER
        (trace, _) = await list_traces(db, desk.ann.account_id)
    assert trace.entry.at == LATER
    assert await desk.traces() == [
        ("hold.lifted", desk.otto.user.id, desk.one.id),
        ("hold.placed", desk.ann.user.id, desk.one.id),
    ]


async def test_lifting_a_hold_on_the_account_is_noted_for_the_account(desk: Desk):
    await desk.lift(await desk.hold())
    assert (await desk.traces())[0] == ("hold.lifted", desk.otto.user.id, desk.ann.account_id)


async def test_a_hold_of_another_account_or_of_nobody_is_not_there(desk: Desk):
    stranger = await make_desk(desk.db)
    hold = await desk.hold()
    with pytest.raises(NotFound):
        await stranger.lift(hold)
    async with desk.db.writing() as db:
        with pytest.raises(NotFound):
            await lift_hold(db, desk.ann, uuid4(), NOW)
    assert await desk.held()


async def test_holds_are_listed_those_in_force_first_then_the_newest(desk: Desk):
    await (await make_desk(desk.db)).hold()
    times = [NOW + timedelta(hours=number) for number in range(4)]
    first, second, third, fourth = [
        await desk.hold(on, now=at) for on, at in zip((desk.one, None, None, desk.one), times, strict=True)
    ]
    await desk.lift(fourth, times[3])
    await desk.lift(second, times[3])
    async with desk.db.reading() as db:
        listed = await list_holds(db, desk.ann.account_id)
    assert [each.hold.id for each in listed] == [third.id, first.id, fourth.id, second.id]
    assert [each.webinar and each.webinar.title for each in listed] == [None, "One", "One", None]
    assert {each.placed_by and each.placed_by.name for each in listed} == {"ann"}
    assert [each.lifted_by and each.lifted_by.name for each in listed] == [None, None, "otto", "otto"]


async def test_the_webinars_that_can_be_held_are_the_accounts_newest_first(desk: Desk):
    await make_desk(desk.db)
    async with desk.db.writing() as db:
        account = await db.get_one(Account, desk.ann.account_id)
        same = [
            await make_webinar(db, account, title="Same", created_at=NOW - timedelta(days=1))
            for _ in range(6)
        ]
    async with desk.db.reading() as db:
        listed = await webinars_to_hold(db, desk.ann.account_id)
    older = [(row_id, "Same") for row_id in sorted(each.id for each in same)]
    assert [tuple(each) for each in listed] == [(desk.two.id, "Two"), (desk.one.id, "One"), *older]
