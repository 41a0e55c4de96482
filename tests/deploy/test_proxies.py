"""The configurations in `deploy/`, in the servers they are for, before two instances on PostgreSQL and Redis."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tests.support.installation import SECRET, MovableClock
from tests.support.proxy import Proxy, proxy_to
from tests.support.redis import free_port
from tests.support.room import House
from tests.support.samples import make_account, make_webinar
from tests.support.serving import serving
from tests.support.tools import CADDY, NGINX
from webinar.app import create_app
from webinar.models import WebinarState
from webinar.schema import migrate
from webinar.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
PATIENCE = 30
CANARY = "kanarek-in-an-address"


@dataclass
class Site:
    """Two instances behind one address, and the lines from there to each."""

    url: str
    houses: list[House]
    lines: list[Proxy]
    stop_first: Callable[[], Awaitable[None]]
    logs: Path

    @property
    def through(self) -> House:
        """The first one's people, who come in through the proxy."""
        first = self.houses[0]
        return House(self.url, first.app, first.clock, first.account, first.webinar, first.clients)


async def who_asks(request: Request) -> Response:
    """What the application believes about who asks, beside its own pages."""
    assert request.client
    return PlainTextResponse(f"{request.client.host} {request.url.scheme}")


def replaced(text: str, changes: dict[str, str]) -> str:
    """The configuration as an operator would change it; each line that is to be changed must be there."""
    for shipped, own in changes.items():
        assert shipped in text, shipped
        text = text.replace(shipped, own)
    return text


def nginx(folder: Path, port: int, instances: list[str], certificate: tuple[str, str]) -> list[str]:
    site = replaced(
        (DEPLOY / "nginx" / "webinar.conf").read_text(encoding="utf-8"),
        {
            "127.0.0.1:8001": instances[0],
            "127.0.0.1:8002": instances[1],
            "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
            "webinar.example.org;": "localhost;",
            "/etc/letsencrypt/live/webinar.example.org/fullchain.pem": certificate[1],
            "/etc/letsencrypt/live/webinar.example.org/privkey.pem": certificate[0],
            "/var/log/nginx": str(folder),
        },
    )
    (folder / "site.conf").write_text(site, encoding="utf-8")
    temporary = "\n".join(
        f"{what}_temp_path {folder}/{what};" for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}pid {folder}/pid;\nevents {{}}\nhttp {{\n{temporary}\ninclude {folder}/site.conf;\n}}\n",
        encoding="utf-8",
    )
    program = NGINX.find()
    assert program
    options = ["-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    return [program, *options, "-g", "daemon off;"]


def caddy(folder: Path, port: int, instances: list[str], certificate: tuple[str, str]) -> list[str]:
    site = replaced(
        (DEPLOY / "caddy" / "Caddyfile").read_text(encoding="utf-8"),
        {
            "127.0.0.1:8001 127.0.0.1:8002": " ".join(instances),
            "webinar.example.org {": f"https://localhost:{port} {{\n\ttls {certificate[1]} {certificate[0]}",
        },
    )
    options = "{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n"
    (folder / "Caddyfile").write_text(options + site, encoding="utf-8")
    program = CADDY.find()
    assert program
    return [program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@pytest.fixture(
    params=[pytest.param(nginx, marks=pytest.mark.nginx), pytest.param(caddy, marks=pytest.mark.caddy)]
)
async def site(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    postgres_url: str,
    redis_url: str,
    trusted: tuple[str, str],
) -> AsyncIterator[Site]:
    await asyncio.to_thread(migrate, postgres_url)
    port, folder = free_port(), tmp_path / "proxy"
    folder.mkdir()
    settings = Settings(
        base_url=f"https://localhost:{port}",
        secret_key=SecretStr(SECRET),
        data_dir=tmp_path / "data",
        database_url=postgres_url,
        redis_url=redis_url,
        trusted_proxies=("127.0.0.1",),
    )
    async with AsyncExitStack() as stack:
        first, second = AsyncExitStack(), await stack.enter_async_context(AsyncExitStack())
        stack.push_async_callback(first.aclose)
        houses = [await first.enter_async_context(instance(settings))]
        houses.append(await second.enter_async_context(instance(settings, like=houses[0])))
        lines = [await stack.enter_async_context(proxy_to(house.url)) for house in houses]
        arguments = request.param(folder, port, [each.url.partition("//")[2] for each in lines], trusted)
        await stack.enter_async_context(running(arguments, folder, port))
        yield Site(settings.base_url, houses, lines, first.aclose, folder)
        for house in houses:
            for client in house.clients:
                await client.leave()


@pytest.fixture
def trusted(certificate: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """A certificate for `localhost` that the clients of this test believe."""
    monkeypatch.setenv("SSL_CERT_FILE", certificate[1])
    return certificate


@asynccontextmanager
async def instance(settings: Settings, like: House | None = None) -> AsyncIterator[House]:
    clock = like.clock if like else MovableClock()
    app = create_app(settings, clock=clock)
    app.router.routes.insert(0, Route("/who-asks", who_asks))
    async with serving(lambda _url: app) as url:
        if like:
            yield House(url, app, clock, like.account, like.webinar, like.clients)
            return
        async with app.state.services.db.writing() as db:
            account = await make_account(db)
            webinar = await make_webinar(db, account, state=WebinarState.LIVE)
        yield House(url, app, clock, account, webinar)


@asynccontextmanager
async def running(arguments: list[str], folder: Path, port: int) -> AsyncIterator[None]:
    """The proxy, once it answers."""
    own = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "said.log").open("wb") as said:
        process = await asyncio.create_subprocess_exec(*arguments, env=own, stdout=said, stderr=said)
    try:
        async with asyncio.timeout(PATIENCE):
            while not await _listens(port):
                assert process.returncode is None, (folder / "said.log").read_text()
                await asyncio.sleep(0.05)
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


async def test_pages_talk_and_uploads_pass_and_nobody_is_noted(site: Site):
    """All in one: starting the servers is what takes long here."""
    async with httpx2.AsyncClient(base_url=site.url, trust_env=True) as client:
        page = await client.get(f"/w/{site.houses[0].webinar.id}", params={"utm_source": CANARY})
        assert page.status_code == 200
        assert page.headers["strict-transport-security"].startswith("max-age=")
        style = re.search(r'href="(/static/[^"]+\.css)"', page.text)
        assert style
        assert (await client.get(style[1])).headers["content-encoding"] == "gzip"

        forged = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http"}
        assert (await client.get("/who-asks", headers=forged)).text == "127.0.0.1 https"
        # As large as the application takes no form: its own refusal comes through.
        refused = await client.post("/sign-in", content=b"x" * 3_000_000, headers={"origin": site.url})
        assert refused.status_code == 413

    await talk(site)
    noted = "".join(path.read_text(errors="replace") for path in site.logs.glob("*.log"))
    assert CANARY not in noted
    assert not any(
        path.is_file() for folder in ("client_body", "proxy") for path in (site.logs / folder).rglob("*")
    )


async def talk(site: Site) -> None:
    """Sockets come to both instances, and are one room."""
    through = site.through
    people = [await through.join(await through.guest(f"Guest {number}")) for number in range(4)]
    await people[0].wait_until(lambda room: room.viewers == len(people))
    assert all(house.services.hub.viewers_here(house.webinar.id) for house in site.houses)
    await people[0].send("chat.send", body="Through the door")
    for person in people:
        await person.wait_until(lambda room: room.texts() == ["Through the door"])


async def test_an_instance_that_goes_is_passed_over(site: Site):
    await site.stop_first()
    async with httpx2.AsyncClient(base_url=site.url, trust_env=True) as client:
        for _ in range(4):
            assert (await client.get(f"/w/{site.houses[0].webinar.id}")).status_code == 200


async def test_instances_that_are_replaced_one_after_the_other_turn_nobody_away(site: Site):
    """Whoever comes when the second goes is let in by the first, which is back only just (R5)."""
    through, (first, second) = site.through, site.lines
    first.refuse()
    await through.join(await through.guest())
    first.flow()
    second.refuse()
    people = [await through.join(await through.guest(f"Guest {number}")) for number in range(3)]
    await people[0].send("chat.send", body="All in")
    await people[-1].wait_until(lambda room: room.texts() == ["All in"])
    async with httpx2.AsyncClient(base_url=site.url, trust_env=True) as client:
        assert (await client.get(f"/w/{site.houses[0].webinar.id}")).status_code == 200
