"""What an account's people can do to each other, to themselves and to the account."""

import asyncio

import pytest
from sqlmodel import SQLModel, func, select

from tests.support.installation import Installation
from tests.support.people import PASSWORD, Member, Organisation, signed_in_member
from webinar.accounts.audit import WORDS, Action
from webinar.models import Account, AuditEntry, Role, User, UserSession

NEW = {"name": "Iris", "email": "iris@example.example.org", "role": "host"}


async def role_of(installation: Installation, member: Member) -> str | None:
    async with installation.services.db.reading() as db:
        return (await db.exec(select(User.role).where(User.id == member.user.id))).first()


async def actions(installation: Installation, organisation: Organisation) -> list[str]:
    async with installation.services.db.reading() as db:
        statement = select(AuditEntry).where(AuditEntry.account_id == organisation.id)
        return [entry.action for entry in (await db.exec(statement)).all()]


async def test_an_address_that_is_in_use_is_named_beside_its_field(organisation: Organisation):
    answer = await organisation.admin.client.post(
        "/admin/users", data={**NEW, "email": "HOST@example.example.org"}
    )
    assert answer.status_code == 422
    assert "This address can&#39;t be used here." in answer.text
    assert 'value="Iris"' in answer.text


@pytest.mark.parametrize(
    "wrong", [{"email": "no address"}, {"name": " "}, {"role": "emperor"}, {"name": "x" * 101}]
)
async def test_a_wrong_invitation_is_refused(organisation: Organisation, wrong: dict):
    assert (await organisation.admin.client.post("/admin/users", data={**NEW, **wrong})).status_code == 422


async def test_an_admin_can_t_make_change_or_remove_an_owner(installation, organisation: Organisation):
    admin, owner = organisation.admin, organisation.owner.user.id
    attempts = [
        admin.client.post("/admin/users", data={**NEW, "role": "owner"}),
        admin.client.post(f"/admin/users/{admin.user.id}/role", data={"role": "owner"}),
        admin.client.post(f"/admin/users/{owner}/role", data={"role": "host"}),
        admin.client.post(f"/admin/users/{owner}/remove"),
    ]
    assert [(await attempt).status_code for attempt in attempts] == [403] * 4
    assert await role_of(installation, admin) == Role.ADMIN


async def test_the_last_owner_stays(installation: Installation, organisation: Organisation):
    owner = organisation.owner
    for path, data in (
        (f"/admin/users/{owner.user.id}/remove", {}),
        (f"/admin/users/{owner.user.id}/role", {"role": "host"}),
    ):
        answer = await owner.client.post(path, data=data)
        assert answer.status_code == 409
        assert "needs an owner" in answer.text
    assert await role_of(installation, owner) == Role.OWNER


async def test_of_two_owners_who_remove_each_other_at_once_one_stays(
    installation, organisation: Organisation
):
    owner, second = organisation.owner, organisation.admin
    await owner.client.post(f"/admin/users/{second.user.id}/role", data={"role": "owner"})
    await asyncio.gather(
        owner.client.post(f"/admin/users/{second.user.id}/remove"),
        second.client.post(f"/admin/users/{owner.user.id}/remove"),
    )
    roles = [await role_of(installation, member) for member in (owner, second)]
    assert roles.count(Role.OWNER) == 1


async def test_a_removed_user_is_out_at_once_and_the_trail_forgets_the_name(installation, organisation):
    host = organisation.host
    await host.client.post("/admin/me/password", data={"current": PASSWORD, "password": "another long walk"})
    await organisation.admin.client.post(f"/admin/users/{host.user.id}/remove")
    assert (await host.client.get("/admin/me")).status_code == 303
    trail = (await organisation.owner.client.get("/admin/audit")).text
    assert "A former user (host)" in trail
    assert host.user.name not in trail


async def test_a_new_role_binds_at_once(organisation: Organisation):
    await organisation.owner.client.post(
        f"/admin/users/{organisation.admin.user.id}/role", data={"role": "host"}
    )
    assert (await organisation.admin.client.get("/admin/users")).status_code == 403


async def test_a_new_password_signs_out_everywhere_else(
    installation: Installation, organisation: Organisation
):
    elsewhere = await signed_in_member(installation, organisation.owner.user)
    before = organisation.owner.client.cookies["session"]
    answer = await organisation.owner.client.post(
        "/admin/me/password", data={"current": PASSWORD, "password": "another long walk"}
    )
    assert answer.headers["location"] == "/admin/me?done=password"
    assert organisation.owner.client.cookies["session"] != before
    assert (await organisation.owner.client.get("/admin/me")).status_code == 200
    assert (await elsewhere.client.get("/admin/me")).status_code == 303


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/admin/me", {"name": "Other", "email": "other@example.org"}),
        ("/admin/me/password", {"password": "another long walk"}),
        ("/admin/account/delete", {"confirmation": "Example"}),
    ],
)
async def test_what_matters_needs_the_password_again(installation, organisation, path: str, data: dict):
    answer = await organisation.owner.client.post(path, data={**data, "current": "not my password"})
    assert answer.status_code == 422
    assert "This is not your password." in answer.text
    assert await role_of(installation, organisation.owner) == Role.OWNER


async def test_people_change_their_own_name_and_address(
    installation: Installation, organisation: Organisation
):
    elsewhere = await signed_in_member(installation, organisation.host.user)
    data = {"name": "New Name", "email": "new@example.example.org", "current": PASSWORD}
    assert (await organisation.host.client.post("/admin/me", data=data)).status_code == 303
    page = (await organisation.host.client.get("/admin/me")).text
    assert "New Name" in page
    assert "new@example.example.org" in page
    assert (await elsewhere.client.get("/admin/me")).status_code == 303
    taken = await organisation.host.client.post(
        "/admin/me", data={**data, "email": "owner@example.example.org"}
    )
    assert taken.status_code == 422


async def test_signing_out_everywhere_ends_every_session(
    installation: Installation, organisation: Organisation
):
    elsewhere = await signed_in_member(installation, organisation.host.user)
    await organisation.host.client.post("/admin/me/sign-out")
    assert (await elsewhere.client.get("/admin/me")).status_code == 303


async def test_the_account_says_who_it_is(installation: Installation, organisation: Organisation):
    data = {"name": "Example", "controller_name": "Example & Sons", "controller_email": "privacy@example.org"}
    answer = await organisation.admin.client.post("/admin/account", data=data)
    assert answer.headers["location"] == "/admin/account?done=changed"
    assert "Example &amp; Sons" in (await organisation.admin.client.get("/admin/account")).text
    wrong = await organisation.admin.client.post(
        "/admin/account", data={**data, "controller_email": "nothing"}
    )
    assert wrong.status_code == 422
    assert "account.changed" in await actions(installation, organisation)


async def test_deleting_the_account_needs_its_name_and_takes_everything_along(
    installation: Installation, organisation: Organisation, stranger: Organisation
):
    owner = organisation.owner
    wrong = await owner.client.post(
        "/admin/account/delete", data={"confirmation": "Other", "current": PASSWORD}
    )
    assert wrong.status_code == 422
    assert "not the name of the account" in wrong.text
    right = {"confirmation": "Example", "current": PASSWORD}
    assert (await owner.client.post("/admin/account/delete", data=right)).status_code == 303
    assert (await owner.client.get("/admin/me")).status_code == 303
    async with installation.services.db.reading() as db:
        left = {
            table.name: (
                await db.exec(select(func.count()).where(table.c.account_id == organisation.id))
            ).one()
            for table in SQLModel.metadata.sorted_tables
            if "account_id" in table.c and table.name != "erasure_receipt"
        }
        others = (await db.exec(select(Account))).all()
        sessions = (await db.exec(select(UserSession))).all()
    assert not any(left.values())
    assert [account.id for account in others] == [stranger.id]
    assert {session.account_id for session in sessions} == {stranger.id}


async def test_the_trail_shows_the_newest_first_and_pages_back(organisation: Organisation):
    # All at one moment, as when several are done in one unit of work: a page must not pass over any.
    for number in range(55):
        await organisation.admin.client.post("/admin/account", data={"name": f"Example {number}"})
    first = await organisation.admin.client.get("/admin/audit")
    assert first.text.count("Changed the account") == 50
    older = first.text.partition("/admin/audit?before=")[2].partition('"')[0]
    second = await organisation.admin.client.get(f"/admin/audit?before={older}")
    assert second.text.count("Changed the account") == 5
    for wrong in ("yesterday", "9" * 30, "-1"):
        assert (await organisation.admin.client.get(f"/admin/audit?before={wrong}")).status_code == 422


def test_every_action_has_words():
    assert set(WORDS) == set(Action)


async def test_nobody_sees_the_trail_of_another_account(organisation: Organisation, stranger: Organisation):
    page = (await stranger.owner.client.get("/admin/audit")).text
    assert organisation.owner.user.name not in page
    assert str(organisation.id) not in page
