"""S3: whoever must go is out of every instance within a second, whatever page it was done on.

Through the real pages of one instance, with sockets on both; what instances find by themselves is off.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from pydantic import SecretStr

from tests.support.installation import SECRET, Installation, client_of
from tests.support.instances import Instances, Watch, some_instances
from tests.support.people import (
    PASSWORD,
    Member,
    Organisation,
    an_organisation,
    give_cookie,
    signed_in_member,
)
from tests.support.redis import RedisServer
from tests.support.room import Pass, RoomClient
from tests.support.samples import make_webinar
from webinar.accounts.links import link_token, send_link
from webinar.models import UserTokenKind, Webinar, WebinarState
from webinar.realtime import hub as hub_module
from webinar.realtime.codes import Close
from webinar.registration.admission import link_token as personal_link
from webinar.routes.admitted import admission_cookie
from webinar.settings import Settings

SOON = 1.0  # seconds
NEVER = 3600.0


@dataclass
class Scene:
    """Two instances, an account with its people, and its live webinar; requests go to the first instance."""

    instances: Instances
    installation: Installation
    organisation: Organisation
    webinar: Webinar

    async def everywhere(self, who: Pass) -> list[RoomClient]:
        return [await house.join(who) for house in self.instances.houses]

    def as_host(self, member: Member) -> Pass:
        return Pass(self.webinar, None, member.user, member.actor.session.id)

    async def guest(self) -> Pass:
        return await self.instances.houses[0].guest(webinar=self.webinar)

    def browser_of(self, guest: Pass) -> httpx2.AsyncClient:
        client = self.installation.new_client()
        give_cookie(client, admission_cookie(self.installation.services.site, self.webinar.id), guest.token)
        return client

    async def another_browser(self, member: Member) -> Member:
        return await signed_in_member(self.installation, member.user)

    @property
    def edit(self) -> str:
        return f"/admin/webinars/{self.webinar.id}"


@pytest.fixture
async def scene(
    tmp_path: Path, migrated_postgres_url: str, own_redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Scene]:
    for name in ("LOOK", "CHECK"):
        monkeypatch.setattr(hub_module, name, NEVER)
    async with some_instances(tmp_path, migrated_postgres_url, own_redis, number=2) as instances:
        house = instances.houses[0]
        settings = Settings(base_url=house.url, secret_key=SecretStr(SECRET), data_dir=tmp_path)
        installation = Installation(house.app, settings, house.clock, client_of(house.app, settings))
        organisation = await an_organisation(installation)
        async with house.services.db.writing() as db:
            webinar = await make_webinar(db, organisation.account, state=WebinarState.LIVE)
        yield Scene(instances, installation, organisation, webinar)


Act = Callable[[Scene, Member], Awaitable[httpx2.Response]]


async def sign_out(_: Scene, host: Member) -> httpx2.Response:
    return await host.client.post("/sign-out")


async def sign_out_everywhere(scene: Scene, host: Member) -> httpx2.Response:
    return await (await scene.another_browser(host)).client.post("/admin/me/sign-out")


async def change_password(scene: Scene, host: Member) -> httpx2.Response:
    other = await scene.another_browser(host)
    data = {"current": PASSWORD, "password": "another long walk"}
    return await other.client.post("/admin/me/password", data=data)


async def change_address(scene: Scene, host: Member) -> httpx2.Response:
    other = await scene.another_browser(host)
    data = {"current": PASSWORD, "name": "Noor", "email": "noor@example.org"}
    return await other.client.post("/admin/me", data=data)


async def use_a_link(scene: Scene, host: Member) -> httpx2.Response:
    services = scene.installation.services
    async with services.db.writing() as db:
        row = await send_link(
            db, services.signer, host.user, UserTokenKind.NEW_PASSWORD, services.clock.now()
        )
    data = {"token": link_token(services.signer, row), "password": "another long walk"}
    return await scene.installation.new_client().post("/welcome/", data=data)


async def sign_in_again(_: Scene, host: Member) -> httpx2.Response:
    return await host.client.post("/sign-in", data={"email": host.user.email, "password": PASSWORD})


async def remove_user(scene: Scene, host: Member) -> httpx2.Response:
    return await scene.organisation.owner.client.post(f"/admin/users/{host.user.id}/remove")


@pytest.mark.parametrize(
    "act",
    [
        sign_out,
        sign_out_everywhere,
        change_password,
        change_address,
        use_a_link,
        sign_in_again,
        remove_user,
    ],
    ids=lambda act: act.__name__,
)
async def test_a_user_whose_session_ends_is_out(scene: Scene, act: Act):
    host = scene.organisation.host
    sockets = await scene.everywhere(scene.as_host(host))
    staying = await scene.everywhere(scene.as_host(scene.organisation.owner))
    watch = Watch()
    assert (await act(scene, host)).status_code == 303
    assert [(await socket.wait_closed())[0] for socket in sockets] == [Close.REVOKED] * 2
    assert watch.within(SOON)
    assert all(socket.closed is None for socket in staying)


async def test_changing_the_address_leaves_the_browser_in_which_it_is_done(scene: Scene):
    host = scene.organisation.host
    other = await scene.another_browser(host)
    (here, _), (there, _) = (
        await scene.everywhere(scene.as_host(host)),
        await scene.everywhere(scene.as_host(other)),
    )
    data = {"current": PASSWORD, "name": "Noor", "email": "noor@example.org"}
    assert (await host.client.post("/admin/me", data=data)).status_code == 303
    assert (await there.wait_closed())[0] == Close.REVOKED
    await here.send("chat.announce", body="Still here")


async def erase_oneself(scene: Scene, guest: Pass) -> httpx2.Response:
    return await scene.browser_of(guest).post(f"/w/{scene.webinar.id}/my/erase")


async def be_erased(scene: Scene, guest: Pass) -> httpx2.Response:
    assert guest.participant
    data = {"id": str(guest.participant.id), "confirmation": "erase", "current": PASSWORD}
    return await scene.organisation.admin.client.post(f"{scene.edit}/participants/erase", data=data)


async def come_in_a_third_browser(scene: Scene, guest: Pass) -> httpx2.Response:
    assert guest.participant
    token = personal_link(scene.installation.services.signer, guest.participant.id, 1)

    async def come() -> httpx2.Response:
        scene.installation.clock.move(seconds=1)
        return await scene.installation.new_client().post("/j/", data={"token": f"#{token}"})

    await come()
    return await come()


async def delete_the_webinar(scene: Scene, _: Pass) -> httpx2.Response:
    data = {"confirmation": scene.webinar.title, "current": PASSWORD}
    return await scene.organisation.admin.client.post(f"{scene.edit}/danger", data=data)


async def delete_the_account(scene: Scene, _: Pass) -> httpx2.Response:
    data = {"confirmation": scene.organisation.account.name, "current": PASSWORD}
    return await scene.organisation.owner.client.post("/admin/account/delete", data=data)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (erase_oneself, Close.ERASED),
        (be_erased, Close.ERASED),
        (come_in_a_third_browser, Close.REVOKED),
        (delete_the_webinar, Close.GONE),
        (delete_the_account, Close.GONE),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
async def test_a_participant_who_must_go_is_out(
    scene: Scene, act: Callable[[Scene, Pass], Awaitable[httpx2.Response]], code: Close
):
    guest = await scene.guest()
    sockets = await scene.everywhere(guest)
    watch = Watch()
    answer = await act(scene, guest)
    assert answer.status_code == 303, answer.text
    assert [(await socket.wait_closed())[0] for socket in sockets] == [code] * 2
    assert watch.within(SOON)


async def test_a_webinar_that_ends_is_over_on_every_instance(scene: Scene):
    sockets = await scene.everywhere(await scene.guest())
    watch = Watch()
    answer = await scene.organisation.host.client.post(
        f"/host/{scene.webinar.id}/state", data={"step": "end"}
    )
    assert answer.status_code == 303, answer.text
    for socket in sockets:
        await socket.wait_until(lambda room: room.webinar and room.webinar["state"] == "ended")
    assert watch.within(SOON)
