"""What people and programs send: anything unreadable is refused with the field's name, never with a 500."""

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import webinar.routes
from tests.support.installation import Installation
from tests.support.probes import installation_with
from webinar.routes.incoming import read_form, read_json, text_in

JSON = {"accept": "application/json"}


class Greeting(msgspec.Struct):
    name: str
    times: int = 1


async def take_form(request: Request) -> Response:
    return JSONResponse({"name": text_in(await read_form(request), "name", most=100)})


async def take_json(request: Request) -> Response:
    return JSONResponse({"name": (await read_json(request, Greeting)).name})


@pytest.fixture
async def probed(settings) -> AsyncIterator[Installation]:
    routes = (Route("/form", take_form, methods=["POST"]), Route("/json", take_json, methods=["POST"]))
    async with installation_with(settings, *routes) as installation:
        yield installation


async def test_a_readable_form_arrives(probed: Installation):
    answer = await probed.client.post("/form", data={"name": " Zoë 🙂 "})
    assert answer.json() == {"name": "Zoë 🙂"}


@pytest.mark.parametrize("typed", [b"name=a%00b", b"name=%FF%FE", b"name=%ED%A0%80", b"name=" + b"x" * 101])
async def test_a_field_that_can_t_be_read_is_named(probed: Installation, typed: bytes):
    headers = {"content-type": "application/x-www-form-urlencoded", **JSON}
    answer = await probed.client.post("/form", content=typed, headers=headers)
    assert answer.status_code == 422
    assert list(answer.json()["error"]["fields"]) == ["name"]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"whatever"),
        ("multipart/form-data; boundary=x", b"--y\r\n\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\na'),
        ("multipart/form-data; boundary=x; charset=utf-7", b"--x\r\nbroken"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"; filename="f"\r\n\r\na\r\n--x--\r\n',
        ),
        ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(600))),
        ("application/x-www-form-urlencoded", b"%00=1"),
    ],
)
async def test_a_broken_form_is_refused_in_plain_words(probed: Installation, kind: str, body: bytes):
    answer = await probed.client.post("/form", content=body, headers={"content-type": kind, **JSON})
    if answer.status_code == 200:
        assert answer.json() == {"name": ""} or answer.json() == {"name": "a"}
    else:
        assert answer.status_code == 422
        assert "again" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b'{"name": 3}', "name"),
        (b'{"name": "x", "times": "many"}', "times"),
        (b"{}", "name"),
        (b"{", "body"),
        (b"\xff", "body"),
        (b"[" * 100_000, "body"),
        (b'{"name": "a\\u0000b"}', "body"),
        (b'{"name": "\\ud800"}', "body"),
    ],
)
async def test_json_that_does_not_fit_names_the_field(probed: Installation, body: bytes, field: str):
    headers = {"content-type": "application/json", **JSON}
    answer = await probed.client.post("/json", content=body, headers=headers)
    assert answer.status_code == 422
    assert list(answer.json()["error"]["fields"]) == [field]


@pytest.mark.parametrize("address", ["/sign-in?next=%00", "/a%00b", "/%ff", "/sign-in?q=%ed%a0%80"])
async def test_an_address_that_can_t_be_read_is_refused(installation: Installation, address: str):
    answer = await installation.client.get(address, headers=JSON)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "malformed")


def test_routes_read_what_is_sent_through_one_door():
    folder = Path(webinar.routes.__file__).parent
    readers = [
        path.name
        for path in folder.rglob("*.py")
        if any(call in path.read_text() for call in ("request.form(", "request.json(", "request.body("))
    ]
    assert readers == ["incoming.py"]
