"""The way in: what signing in tells, changes and refuses."""

import re

import httpx2
import pytest
from sqlmodel import select

from tests.support.installation import Installation
from tests.support.people import PASSWORD, Organisation, an_organisation, give_cookie, signed_in_member
from tests.support.probes import installation_with
from webinar.accounts.links import link_token, send_link
from webinar.models import AuditEntry, OutgoingMail, User, UserSession, UserToken, UserTokenKind
from webinar.routes import entrance
from webinar.routes.entrance import own_path

RIGHT = {"email": "Owner@Example.example.org ", "password": PASSWORD}


async def all_of(installation: Installation, table):
    async with installation.services.db.reading() as db:
        return (await db.exec(select(table))).all()


async def test_address_and_password_lead_to_the_admin(installation: Installation, organisation: Organisation):
    answer = await installation.client.post("/sign-in", data={**RIGHT, "next": "/admin/users"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin/users")
    cookie = answer.headers["set-cookie"]
    assert all(flag in cookie for flag in ("session=", "HttpOnly", "SameSite=lax", "Path=/"))
    assert (await installation.client.get("/admin/users")).status_code == 200
    (entry,) = [each for each in await all_of(installation, AuditEntry) if each.action == "user.signed_in"]
    assert entry.user_id == organisation.owner.user.id


async def test_over_tls_the_cookie_belongs_to_this_host_alone(settings):
    async with installation_with(settings.model_copy(update={"base_url": "https://testserver"})) as tls:
        await an_organisation(tls, "Secure House")
        right = {"email": "owner@secure-house.example.org", "password": PASSWORD}
        answer = await tls.client.post("/sign-in", data=right)
    assert answer.headers["set-cookie"].startswith("__Host-session=")
    assert "Secure" in answer.headers["set-cookie"]
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


async def test_nobody_can_hand_somebody_else_a_session(
    installation: Installation, organisation: Organisation
):
    client = organisation.host.client
    planted = client.cookies["session"]
    await client.post("/sign-in", data=RIGHT)
    async with installation.services.db.reading() as db:
        tokens = (await db.exec(select(UserSession.token_hash))).all()
    assert client.cookies["session"] != planted
    stale = installation.new_client()
    give_cookie(stale, "session", planted)
    assert (await stale.get("/admin/me")).status_code == 303
    assert len(set(tokens)) == 3


@pytest.mark.parametrize(
    "email", ["owner@example.example.org", "nobody@example.example.org", "not an address"]
)
async def test_a_wrong_password_and_an_unknown_address_look_alike(
    installation: Installation, organisation: Organisation, email: str
):
    answer = await installation.client.post(
        "/sign-in", data={"email": email, "password": "wrong wrong wrong"}
    )
    assert answer.status_code == 422
    assert "The address or the password is not right." in answer.text
    assert "set-cookie" not in answer.headers
    text = answer.text.replace(email, "")
    assert email.partition("@")[0] not in text


async def test_every_sign_in_costs_one_hash_whether_or_not_the_address_is_known(
    installation: Installation, organisation: Organisation, monkeypatch
):
    costs: list[str] = []
    verify = installation.services.passwords.verify

    async def counted(password: str, stored: str) -> bool:
        costs.append(stored)
        return await verify(password, stored)

    monkeypatch.setattr(installation.services.passwords, "verify", counted)
    for email in ("owner@example.example.org", "nobody@example.example.org"):
        await installation.client.post("/sign-in", data={"email": email, "password": "wrong wrong wrong"})
    assert len(costs) == 2


async def test_guessing_ends_after_ten_tries(installation: Installation, organisation: Organisation):
    wrong = {"email": "owner@example.example.org", "password": "wrong wrong wrong"}
    statuses = [(await installation.client.post("/sign-in", data=wrong)).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    answer = await installation.client.post("/sign-in", data=RIGHT)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


async def test_a_known_and_an_unknown_address_get_the_same_answer_about_a_link(
    installation: Installation, organisation: Organisation
):
    pages = []
    for email in ("owner@example.example.org", "nobody@example.example.org"):
        answer = await installation.client.post("/forgotten-password", data={"email": email})
        pages.append((answer.status_code, re.sub(r'nonce="[^"]+"', "", answer.text)))
    assert pages[0] == pages[1]
    (mail,) = await all_of(installation, OutgoingMail)
    assert (mail.user_id, mail.kind) == (organisation.owner.user.id, "new_password")


async def test_the_answer_about_a_link_takes_as_long_either_way(installation, organisation, monkeypatch):
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("webinar.routes.entrance.asyncio.sleep", wait)
    await installation.client.post("/forgotten-password", data={"email": "nobody@example.example.org"})
    assert 0 < waited[0] <= entrance.SAME_TIME_SECONDS


async def a_link(installation: Installation, user: User, kind=UserTokenKind.NEW_PASSWORD) -> str:
    found = installation.services
    async with found.db.writing() as db:
        await send_link(db, found.signer, user, kind, found.clock.now())
        row = (await db.exec(select(UserToken).where(UserToken.user_id == user.id))).one()
    return link_token(found.signer, row)


async def test_a_link_admits_once_with_a_new_password(installation: Installation, organisation: Organisation):
    token = await a_link(installation, organisation.owner.user)
    chosen = {"token": f"http://testserver/welcome/#{token}", "password": "another long walk"}
    for _ in range(3):  # looking uses nothing up
        assert (await installation.client.get("/welcome/")).status_code == 200
    assert (await installation.client.post("/welcome/", data=chosen)).headers["location"] == "/admin/"
    assert (await installation.client.get("/admin/me")).status_code == 200
    again = await installation.new_client().post("/welcome/", data=chosen)
    assert again.status_code == 422
    assert "used already" in again.text


async def test_a_new_password_by_link_ends_every_other_session(installation, organisation):
    token = await a_link(installation, organisation.owner.user)
    await installation.client.post("/welcome/", data={"token": token, "password": "another long walk"})
    assert (await organisation.owner.client.get("/admin/me")).status_code == 303


async def test_a_link_ends_after_an_hour(installation: Installation, organisation: Organisation):
    token = await a_link(installation, organisation.owner.user)
    installation.clock.move(hours=1)
    answer = await installation.client.post(
        "/welcome/", data={"token": token, "password": "another long walk"}
    )
    assert "too old" in answer.text


async def test_a_weak_password_leaves_the_link_usable(installation: Installation, organisation: Organisation):
    token = await a_link(installation, organisation.owner.user)
    weak = await installation.client.post("/welcome/", data={"token": token, "password": "short"})
    assert weak.status_code == 422
    good = await installation.client.post("/welcome/", data={"token": token, "password": "another long walk"})
    assert good.status_code == 303


async def test_signing_out_ends_the_session_on_the_server(installation, organisation: Organisation):
    client: httpx2.AsyncClient = organisation.admin.client
    token = client.cookies["session"]
    await client.post("/sign-out")
    give_cookie(client, "session", token)
    assert (await client.get("/admin/me")).status_code == 303


@pytest.mark.parametrize(("step", "visits", "status"), [(11, 20, 303), (11, 5, 200), (12, 1, 303)])
async def test_sessions_end_when_idle_and_after_a_week(
    installation: Installation, organisation: Organisation, step: int, visits: int, status: int
):
    member = await signed_in_member(installation, organisation.owner.user)
    answer = None
    for _ in range(visits):
        installation.clock.move(hours=step)
        answer = await member.client.get("/admin/me")
    assert answer is not None
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/admin/users", "/admin/users"),
        ("/host/1", "/host/1"),
        ("//evil.example/admin/", "/admin/"),
        ("https://evil.example/admin/", "/admin/"),
        ("/\\evil.example", "/admin/"),
        ("/admin/\\evil", "/admin/"),
        ("javascript:alert(1)", "/admin/"),
        ("", "/admin/"),
    ],
)
def test_signing_in_leads_to_our_own_pages_only(address: str, path: str):
    assert own_path(address) == path
