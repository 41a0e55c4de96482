"""Sample people: accounts whose users are signed in, each in a browser of their own."""

from dataclasses import dataclass
from functools import cache
from uuid import UUID

import httpx2
import pytest
from passlib.hash import argon2  # type: ignore[import-untyped]

from tests.support.installation import Installation
from webinar.accounts.accounts import AccountData, create_account
from webinar.accounts.actor import Actor
from webinar.accounts.sessions import start_session
from webinar.accounts.users import NewUser, add_user
from webinar.models import Account, Role, User
from webinar.routes.signed_in import cookie_name

PASSWORD = "a long walk in the rain"


@dataclass
class Member:
    """A user with a browser in which they are signed in."""

    actor: Actor
    client: httpx2.AsyncClient

    @property
    def user(self) -> User:
        return self.actor.user


@dataclass
class Organisation:
    """An account with one user of each role, all with the password `PASSWORD`."""

    account: Account
    owner: Member
    admin: Member
    host: Member

    @property
    def id(self) -> UUID:
        return self.account.id

    def member(self, role: Role) -> Member:
        return {Role.OWNER: self.owner, Role.ADMIN: self.admin, Role.HOST: self.host}[role]


async def an_organisation(installation: Installation, name: str = "Example") -> Organisation:
    """An account called `name`, complete in the sense of Art. 13, with an owner, an admin and a host."""
    word = name.casefold().replace(" ", "-")
    data = AccountData(
        name=name,
        controller_name=f"{name} Ltd",
        controller_address="1 Main Street, Amsterdam",
        controller_email=f"privacy@{word}.example.org",
        dpo_contact=f"dpo@{word}.example.org",
        supervisory_authority="Autoriteit Persoonsgegevens",
        recipients="Nobody outside the organisation.",
        transfers="None.",
    )
    now = installation.clock.now()
    new = {
        role: NewUser(f"{role}@{word}.example.org", f"{role.title()} of {name}", role, cheap_hash())
        for role in Role
    }
    async with installation.services.db.writing() as db:
        account, owner = await create_account(db, data, new[Role.OWNER], now)
        admin = await add_user(db, account.id, new[Role.ADMIN], now)
        host = await add_user(db, account.id, new[Role.HOST], now)
    members = [await signed_in_member(installation, user) for user in (owner, admin, host)]
    return Organisation(account, *members)


async def signed_in_member(installation: Installation, user: User) -> Member:
    """The user in one more browser, signed in."""
    async with installation.services.db.writing() as db:
        started = await start_session(db, user, installation.clock.now())
    client = installation.new_client()
    give_cookie(client, cookie_name(installation.services.site), started.token)
    return Member(Actor(user, started.session), client)


def give_cookie(client: httpx2.AsyncClient, name: str, value: str) -> None:
    """Puts a cookie where the server's own would be, so that the server can replace it."""
    host = client.base_url.host
    client.cookies.set(name, value, domain=host if "." in host else f"{host}.local")


@cache
def cheap_hash() -> str:
    """A hash of `PASSWORD` at the lowest cost, so that tests don't wait for it."""
    hashed: str = argon2.using(rounds=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    return hashed


@pytest.fixture
async def organisation(installation: Installation) -> Organisation:
    """The account that most tests work in."""
    return await an_organisation(installation)


@pytest.fixture
async def stranger(installation: Installation) -> Organisation:
    """Another account of the same installation, whose people must never see anything of the first."""
    return await an_organisation(installation, "Other House")
