"""Asking other servers: what is reached, what is not, and that a name cannot change its mind (S11)."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.support.serving import serving
from webinar import outbound
from webinar.outbound import MOST_BYTES, Outbound, Refused, is_public

asked: list[str] = []


async def playlist(request: Request) -> Response:
    asked.append(request.headers["host"])
    return PlainTextResponse(
        "#EXTM3U", headers={"access-control-allow-origin": request.headers.get("origin", "")}
    )


async def endless(request: Request) -> Response:
    async def body() -> AsyncIterator[bytes]:
        for _ in range(MOST_BYTES):
            yield b"#" * 1024

    return StreamingResponse(body())


async def silent(request: Request) -> Response:
    await asyncio.sleep(60)
    return Response()


async def packed(request: Request) -> Response:
    return Response(b"\x1f\x8b", headers={"content-encoding": "gzip"})


@pytest.fixture
async def elsewhere() -> AsyncIterator[str]:
    """Another server; gives its port."""
    asked.clear()
    routes = [
        Route("/live.m3u8", playlist),
        Route("/moved", lambda _: RedirectResponse("/live.m3u8")),
        Route("/endless", endless),
        Route("/silent", silent),
        Route("/packed", packed),
    ]
    async with serving(lambda _: Starlette(routes=routes)) as url:
        yield url.rpartition(":")[2]


class Names:
    """A name server that gives one list of addresses after another."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)

    async def __call__(self, host: str, port: int) -> list[str]:
        return self.answers.pop(0)


async def test_a_host_that_the_operator_names_is_asked_by_its_own_name(elsewhere: str):
    asking = Outbound(["Stream.Example"], origin="https://webinar.example.org", resolver=Names(["127.0.0.1"]))
    answer = await asking.fetch(f"http://stream.example:{elsewhere}/live.m3u8")
    assert (answer.body, answer.readable_by) == (b"#EXTM3U", "https://webinar.example.org")
    assert asked == [f"stream.example:{elsewhere}"]


@pytest.mark.parametrize("host", ["xn--stram-psa.example", "str\u00ebam.example"])
async def test_a_host_with_other_letters_is_named_as_it_is_asked_for(elsewhere: str, host: str):
    asking = Outbound(["xn--stram-psa.example"], resolver=Names(["127.0.0.1"]))
    assert (await asking.fetch(f"http://{host}:{elsewhere}/live.m3u8")).body == b"#EXTM3U"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "255.255.255.255", "224.0.0.1", "198.18.0.1", "192.0.2.1", "240.0.0.1",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
        "64:ff9b:1::1", "2002:7f00:1::", "2001:0:7f00:1::", "not an address",
    ],
)  # fmt: skip
async def test_what_is_not_on_the_public_internet_is_not_asked(elsewhere: str, address: str):
    assert not is_public(address)
    asking = Outbound(resolver=Names([address]))
    with pytest.raises(Refused, match="not on the public internet"):
        await asking.fetch(f"http://stream.example:{elsewhere}/live.m3u8")
    assert not asked


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_the_public_internet_may_be_asked(address: str):
    assert is_public(address)


async def test_one_private_address_among_public_ones_is_enough_to_refuse(elsewhere: str):
    with pytest.raises(Refused, match="not on the public internet"):
        await Outbound(resolver=Names(["1.1.1.1", "127.0.0.1"])).fetch("http://stream.example/live.m3u8")


async def test_a_name_is_resolved_once_and_its_second_answer_is_never_heard(
    elsewhere: str, monkeypatch: pytest.MonkeyPatch
):
    # The first answer counts as public here; a client that resolved again would find no server at the second.
    monkeypatch.setattr(outbound, "is_public", lambda address: address == "127.0.0.1")
    names = Names(["127.0.0.1"], ["127.66.66.66"])
    answer = await Outbound(resolver=names).fetch(f"http://stream.example:{elsewhere}/live.m3u8")
    assert answer.body == b"#EXTM3U"
    assert names.answers == [["127.66.66.66"]]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("moved", "sends us on"),
        ("endless", "longer than 64 KiB"),
        ("silent", "did not answer"),
        ("packed", "compresses"),
        ("missing", "status 404"),
    ],
)
async def test_an_answer_that_is_no_plain_small_text_is_refused_with_a_reason(
    elsewhere: str, path: str, reason: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(outbound, "TIMEOUT", 0.5)
    asking = Outbound(["127.0.0.1"])
    with pytest.raises(Refused, match=reason):
        await asking.fetch(f"http://127.0.0.1:{elsewhere}/{path}")


@pytest.mark.parametrize(
    "address",
    [
        "", "live.m3u8", "//stream.example/x", "file:///etc/passwd", "ftp://stream.example/", "gopher://x/",
        "http://", "http://name:secret@stream.example/", "http://[::1", "http://a:99999999/", "http://\x00/",
        "javascript:alert(1)",
    ],
)  # fmt: skip
async def test_what_is_no_web_address_is_refused_before_anything_is_asked(address: str):
    with pytest.raises(Refused):
        await Outbound(resolver=Names()).fetch(address)


async def test_a_server_that_is_not_there_is_said_to_be_unreachable():
    async def nobody(host: str, port: int) -> list[str]:
        raise OSError

    with pytest.raises(Refused, match="no server called"):
        await Outbound(resolver=nobody).fetch("https://stream.example/live.m3u8")
    with pytest.raises(Refused, match="could not be reached"):
        await Outbound(["127.0.0.1"]).fetch("http://127.0.0.1:9/live.m3u8")


async def test_nothing_of_the_environments_proxy_is_used(elsewhere: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    await Outbound(["127.0.0.1"]).fetch(f"http://127.0.0.1:{elsewhere}/live.m3u8")
