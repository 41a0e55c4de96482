"""What stands around every route: hosts, proxies, same site, body limits, error pages."""

from collections.abc import AsyncIterator

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tests.support.installation import Installation
from tests.support.probes import installation_with
from webinar.routes.csp import allow_framing, allow_player, origin_of

FORM = {"content-type": "application/x-www-form-urlencoded"}


async def who(request: Request) -> Response:
    return JSONResponse(
        {"client": request.client.host if request.client else "", "scheme": request.url.scheme}
    )


async def change(request: Request) -> Response:
    return PlainTextResponse("changed")


async def swallow(request: Request) -> Response:
    return PlainTextResponse(str(len([chunk async for chunk in request.stream()])))


async def player(request: Request) -> Response:
    allow_player(request, ["https://cdn.example.org:8443/a/b.m3u8", "javascript:alert(1)", "https://x; y"])
    return PlainTextResponse("plays")


async def framed(request: Request) -> Response:
    allow_framing(request, ["https://customer.example"])
    return PlainTextResponse("framed")


PROBES = (
    Route("/who", who),
    Route("/change", change, methods=["POST"]),
    Route("/api/change", change, methods=["POST", "DELETE"]),
    Route("/swallow", swallow, methods=["POST"]),
    Route("/ignore", change, methods=["POST"]),
    Route("/roomy", swallow, methods=["POST"], max_body_size=3_000_000),
    Route("/player", player),
    Route("/e/framed", framed),
    Route("/framed", framed),
)


@pytest.fixture
async def probed(settings) -> AsyncIterator[Installation]:
    async with installation_with(settings, *PROBES) as installation:
        yield installation


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "testserver.evil.example", "", "testserver@evil.example"),
        *("testserver:8000@evil.example", "testserver:abc", "testserver:", "testserver:80:80"),
        *("[testserver]", "[testserver]:80", "[127.0.0.1]", "[::1]evil.example", "[::1", "[::1]]"),
    ],
)
async def test_a_forged_host_gets_no_page(settings, host: str):
    known = settings.model_copy(update={"extra_hosts": ("::1", "127.0.0.1")})
    async with installation_with(known, *PROBES) as probed:
        answer = await probed.client.get("/who", headers={"host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text


async def test_a_known_host_may_name_a_port_and_health_is_for_everybody(probed: Installation):
    assert (await probed.client.get("/who", headers={"host": "TESTSERVER:8000"})).status_code == 200
    assert (await probed.client.get("/healthz", headers={"host": "10.0.0.7"})).status_code == 200


async def test_a_known_address_is_written_in_brackets(settings):
    known = settings.model_copy(update={"extra_hosts": ("::1",)})
    async with installation_with(known, *PROBES) as probed:
        for host in ("[::1]", "[::1]:8000"):
            assert (await probed.client.get("/who", headers={"host": host})).status_code == 200


async def test_forwarded_headers_of_strangers_are_not_believed(probed: Installation):
    headers = {"x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https"}
    assert (await probed.client.get("/who", headers=headers)).json() == {
        "client": "127.0.0.1",
        "scheme": "http",
    }


async def test_forwarded_headers_of_our_proxy_are_believed_up_to_the_first_stranger(settings):
    trusting = settings.model_copy(update={"trusted_proxies": ("127.0.0.1", "10.0.0.0/8")})
    async with installation_with(trusting, *PROBES) as probed:
        headers = {"x-forwarded-for": "1.1.1.1, 203.0.113.9, 10.1.2.3", "x-forwarded-proto": "https"}
        answer = await probed.client.get("/who", headers=headers)
        assert answer.json() == {"client": "203.0.113.9", "scheme": "https"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, 403),
        ({"origin": "http://testserver"}, 200),
        ({"origin": "http://testserver:81"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://[broken"}, 403),
        ({"referer": "http://testserver/page"}, 200),
        ({"referer": "http://evil.example/testserver"}, 403),
        ({}, 200),
    ],
)
async def test_changes_are_taken_from_our_own_pages_only(probed: Installation, headers: dict, status: int):
    answer = await probed.client.post("/change", headers={**FORM, **headers})
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (FORM, 415),
        ({"content-type": "text/plain"}, 415),
        ({}, 415),
        ({"content-type": "application/json; charset=utf-8"}, 200),
        ({"x-requested-with": "webinar"}, 200),
        ({"content-type": "application/json", "sec-fetch-site": "cross-site"}, 403),
    ],
)
async def test_the_api_takes_what_a_form_can_t_send(probed: Installation, headers: dict, status: int):
    answer = await probed.client.post("/api/change", headers=headers)
    assert answer.status_code == status
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", ["/swallow", "/ignore"])
async def test_a_body_over_the_limit_gets_a_page_that_says_so(probed: Installation, path: str):
    answer = await probed.client.post(path, content=b"x" * 1_100_000)
    assert answer.status_code == 413
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_streamed_body_over_the_limit_is_cut(probed: Installation):
    async def endless():
        for _ in range(20):
            yield b"x" * 100_000

    assert (await probed.client.post("/swallow", content=endless())).status_code == 413


async def test_a_route_may_take_more_than_the_others(probed: Installation):
    assert (await probed.client.post("/roomy", content=b"x" * 2_000_000)).status_code == 200
    assert (await probed.client.post("/roomy", content=b"x" * 3_100_000)).status_code == 413


async def test_a_page_that_plays_may_reach_its_stream_and_nothing_else(probed: Installation):
    header = (await probed.client.get("/player")).headers["content-security-policy"]
    parts = {part.split()[0]: part.split()[1:] for part in header.split("; ")}
    assert parts["style-src"] == ["'self'", "'unsafe-inline'"]
    assert parts["media-src"] == ["'self'", "blob:", "data:", "https://cdn.example.org:8443"]
    assert parts["connect-src"] == ["'self'", "ws://testserver", "https://cdn.example.org:8443"]
    assert parts["worker-src"] == ["blob:"]
    assert "'unsafe-inline'" not in parts["script-src"]


async def test_only_embed_pages_can_be_framed(probed: Installation):
    framed = await probed.client.get("/e/framed")
    assert "frame-ancestors https://customer.example" in framed.headers["content-security-policy"]
    refused = await probed.client.get("/framed")
    assert refused.status_code == 500
    assert "frame-ancestors 'none'" in refused.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://Stream.example.org/x", "https://stream.example.org"),
        ("http://[2001:db8::1]:8080/x", "http://[2001:db8::1]:8080"),
        ("https://a.example'; script-src *", ""),
        ("https://*", ""),
        ("https://a.example:99999", ""),
        ("data:text/html,x", ""),
        ("", ""),
    ],
)
def test_no_address_can_break_out_of_the_policy(address: str, origin: str):
    assert origin_of(address) == origin


async def test_what_is_missing_or_wrong_gets_a_page_for_people_and_json_for_programs(probed: Installation):
    page = await probed.client.get("/nowhere", headers={"accept": "text/html"})
    assert page.status_code == 404
    assert "<h1>Nothing here</h1>" in page.text
    program = await probed.client.get("/nowhere", headers={"accept": "application/json"})
    assert program.json()["error"]["code"] == "not_found"
    wrong_way = await probed.client.get("/change")
    assert (wrong_way.status_code, wrong_way.headers["allow"]) == (405, "POST")


async def test_every_answer_has_an_id_of_its_own(probed: Installation):
    ids = {(await probed.client.get(path)).headers["x-request-id"] for path in ("/who", "/who", "/nowhere")}
    assert len(ids) == 3
