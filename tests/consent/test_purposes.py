"""Purposes: whose they are, and what can be required."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.support.samples import NOW, make_account, make_purpose, make_webinar
from webinar.consent.purposes import add_purpose, get_purpose, list_purposes, require_purpose, retire_purpose
from webinar.db import Database
from webinar.errors import Conflict, Invalid, NotFound
from webinar.models import Basis


async def test_a_webinar_has_its_accounts_purposes_and_its_own(bare_database: Database):
    async with bare_database.writing() as db:
        account = await make_account(db)
        webinar, other = await make_webinar(db, account), await make_webinar(db, account)
        shared = await make_purpose(db, account, "News")
        own = await make_purpose(db, account, "A photo of the audience", webinar_id=webinar.id)
        await make_purpose(db, account, "Elsewhere", webinar_id=other.id)
        await make_purpose(db, await make_account(db), "Somebody else's")
        assert [purpose.id for purpose in await list_purposes(db, account.id)] == [shared.id]
        assert [purpose.id for purpose in await list_purposes(db, account.id, webinar.id)] == [
            shared.id,
            own.id,
        ]


async def test_a_retired_purpose_is_asked_no_more_and_not_forgotten(bare_database: Database):
    async with bare_database.writing() as db:
        account = await make_account(db)
        purpose = await make_purpose(db, account, "News")
        await retire_purpose(db, purpose, NOW)
        assert await list_purposes(db, account.id) == []
        assert [kept.id for kept in await list_purposes(db, account.id, retired=True)] == [purpose.id]


async def test_only_consent_can_be_required(bare_database: Database):
    async with bare_database.writing() as db:
        account = await make_account(db)
        with pytest.raises(Invalid, match="check"):
            await add_purpose(db, account.id, basis=Basis.CONTRACT, required=True, now=NOW)
        told = await add_purpose(db, account.id, basis=Basis.CONTRACT, now=NOW)
        with pytest.raises(Invalid, match="check"):
            await require_purpose(db, told, required=True)


async def test_a_purpose_of_another_account_is_not_there(bare_database: Database):
    async with bare_database.writing() as db:
        purpose = await make_purpose(db, await make_account(db), "News")
        with pytest.raises(NotFound):
            await get_purpose(db, (await make_account(db)).id, purpose.id)


async def test_purposes_are_limited_in_number(bare_database: Database):
    async with bare_database.writing() as db:
        account = await make_account(db)
        for _ in range(50):
            await add_purpose(db, account.id, basis=Basis.CONSENT, now=NOW)
        with pytest.raises(Conflict):
            await add_purpose(db, account.id, basis=Basis.CONSENT, now=NOW)


async def test_purposes_are_listed_the_accounts_before_the_webinars_each_in_their_order(
    bare_database: Database,
):
    async with bare_database.writing() as db:
        account = await make_account(db)
        webinar = await make_webinar(db, account)
        own = [await add_purpose(db, account.id, basis=Basis.CONSENT, now=NOW, webinar_id=webinar.id)]
        shared = [await add_purpose(db, account.id, basis=Basis.CONSENT, now=NOW) for _ in range(3)]
        own += [await add_purpose(db, account.id, basis=Basis.CONSENT, now=NOW, webinar_id=webinar.id)]
        wanted = [purpose.id for purpose in (*shared, *own)]
        assert [purpose.position for purpose in (*shared, *own)] == [0, 1, 2, 0, 1]
        assert [purpose.id for purpose in await list_purposes(db, account.id, webinar.id)] == wanted
        shared[0].position = 9
        db.add(shared[0])
        await db.flush()
        listed = await list_purposes(db, account.id, webinar.id)
        assert [purpose.id for purpose in listed] == [wanted[1], wanted[2], wanted[0], *wanted[3:]]


async def test_of_two_in_the_same_place_the_older_comes_first(bare_database: Database):
    async with bare_database.writing() as db:
        account = await make_account(db)
        times = (NOW, NOW + timedelta(days=1), NOW - timedelta(days=1))
        made = [await add_purpose(db, account.id, basis=Basis.CONSENT, now=at) for at in times]
        for purpose in made:
            purpose.position = 0
            db.add(purpose)
        await db.flush()
        listed = [purpose.created_at for purpose in await list_purposes(db, account.id)]
        assert listed == sorted(times)


async def test_of_many_made_at_once_the_order_is_always_the_same(bare_database: Database):
    async with bare_database.writing() as db:
        account = await make_account(db)
        made = [await add_purpose(db, account.id, basis=Basis.CONSENT, now=NOW) for _ in range(8)]
        for purpose in made:
            purpose.position = 0
            db.add(purpose)
        await db.flush()
        listed = [purpose.id for purpose in await list_purposes(db, account.id)]
    assert listed == sorted(listed)


async def test_a_new_purpose_is_what_was_asked_for(bare_database: Database):
    async with bare_database.writing() as db:
        account = await make_account(db)
        webinar = await make_webinar(db, account)
        purpose = await add_purpose(
            db, account.id, basis=Basis.CONSENT, now=NOW, webinar_id=webinar.id, required=True
        )
        told = await add_purpose(db, account.id, basis=Basis.CONTRACT, now=NOW)
    assert (purpose.account_id, purpose.webinar_id) == (account.id, webinar.id)
    assert (purpose.basis, purpose.required, purpose.created_at) == (Basis.CONSENT, True, NOW)
    assert purpose.retired_at is None
    assert (told.webinar_id, told.basis, told.required) == (None, Basis.CONTRACT, False)


async def test_a_refusal_names_the_field_and_changes_nothing(bare_database: Database):
    async with bare_database.writing() as db:
        account = await make_account(db)
        with pytest.raises(Invalid) as refused:
            await add_purpose(db, account.id, basis=Basis.CONTRACT, required=True, now=NOW)
        told = await add_purpose(db, account.id, basis=Basis.CONTRACT, now=NOW)
        with pytest.raises(Invalid) as again:
            await require_purpose(db, told, required=True)
        assert list(refused.value.fields) == list(again.value.fields) == ["required"]
        assert refused.value.fields["required"].startswith("Only consent")
        assert again.value.fields["required"].startswith("Only consent")
        assert [purpose.required for purpose in await list_purposes(db, account.id)] == [False]


async def test_a_consent_can_be_required_and_left_optional_again(bare_database: Database):
    async with bare_database.writing() as db:
        account = await make_account(db)
        purpose = await add_purpose(db, account.id, basis=Basis.CONSENT, now=NOW)
    for required in (True, False):
        async with bare_database.writing() as db:
            await require_purpose(db, await get_purpose(db, account.id, purpose.id), required=required)
        async with bare_database.reading() as db:
            assert (await get_purpose(db, account.id, purpose.id)).required is required


async def test_a_purpose_on_another_basis_can_be_told_to_stay_optional(bare_database: Database):
    async with bare_database.writing() as db:
        told = await add_purpose(db, (await make_account(db)).id, basis=Basis.CONTRACT, now=NOW)
        await require_purpose(db, told, required=False)
        assert told.required is False


async def test_when_a_purpose_was_retired_is_noted_once(bare_database: Database):
    async with bare_database.writing() as db:
        account = await make_account(db)
        purpose = await add_purpose(db, account.id, basis=Basis.CONSENT, now=NOW)
        await retire_purpose(db, purpose, NOW)
        await retire_purpose(db, purpose, NOW + timedelta(days=1))
    async with bare_database.reading() as db:
        assert (await get_purpose(db, account.id, purpose.id)).retired_at == NOW


async def test_a_purpose_that_never_was_is_not_there(bare_database: Database):
    async with bare_database.reading() as db:
        with pytest.raises(NotFound):
            await get_purpose(db, uuid4(), uuid4())


async def test_the_limit_is_each_accounts_and_each_webinars_own(bare_database: Database):
    async with bare_database.writing() as db:
        account = await make_account(db)
        webinar = await make_webinar(db, account)
        for _ in range(50):
            await add_purpose(db, account.id, basis=Basis.CONSENT, now=NOW)
        with pytest.raises(Conflict, match="at most 50") as refused:
            await add_purpose(db, account.id, basis=Basis.CONSENT, now=NOW)
        assert refused.value.code == "too_many_purposes"
        await add_purpose(db, account.id, basis=Basis.CONSENT, now=NOW, webinar_id=webinar.id)
        await add_purpose(db, (await make_account(db)).id, basis=Basis.CONSENT, now=NOW)
