"""Purposes: whose they are, and what can be required."""

import pytest

from tests.support.installation import Installation
from tests.support.samples import NOW, make_account, make_purpose, make_webinar
from webinar.consent.purposes import add_purpose, get_purpose, list_purposes, require_purpose, retire_purpose
from webinar.errors import Conflict, Invalid, NotFound
from webinar.models import Basis


async def test_a_webinar_has_its_accounts_purposes_and_its_own(installation: Installation):
    async with installation.services.db.writing() as db:
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


async def test_a_retired_purpose_is_asked_no_more_and_not_forgotten(installation: Installation):
    async with installation.services.db.writing() as db:
        account = await make_account(db)
        purpose = await make_purpose(db, account, "News")
        await retire_purpose(db, purpose, NOW)
        assert await list_purposes(db, account.id) == []
        assert [kept.id for kept in await list_purposes(db, account.id, retired=True)] == [purpose.id]


async def test_only_consent_can_be_required(installation: Installation):
    async with installation.services.db.writing() as db:
        account = await make_account(db)
        with pytest.raises(Invalid, match="check"):
            await add_purpose(db, account.id, basis=Basis.CONTRACT, required=True, now=NOW)
        told = await add_purpose(db, account.id, basis=Basis.CONTRACT, now=NOW)
        with pytest.raises(Invalid, match="check"):
            await require_purpose(db, told, required=True)


async def test_a_purpose_of_another_account_is_not_there(installation: Installation):
    async with installation.services.db.writing() as db:
        purpose = await make_purpose(db, await make_account(db), "News")
        with pytest.raises(NotFound):
            await get_purpose(db, (await make_account(db)).id, purpose.id)


async def test_purposes_are_limited_in_number(installation: Installation):
    async with installation.services.db.writing() as db:
        account = await make_account(db)
        for _ in range(50):
            await add_purpose(db, account.id, basis=Basis.CONSENT, now=NOW)
        with pytest.raises(Conflict):
            await add_purpose(db, account.id, basis=Basis.CONSENT, now=NOW)
