"""The API's description, against an application of its own and against the product's routes."""

import msgspec
import pytest
from httpx2 import ASGITransport, AsyncClient
from openapi_spec_validator import validate
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from webinar.errors import Full, WebinarError
from webinar.routes import all_routes, errors
from webinar.routes.api.description import describe
from webinar.routes.api.operation import Operation, operation


class Seat(msgspec.Struct, forbid_unknown_fields=True):
    row: int
    name: str = ""


class Taken(msgspec.Struct):
    row: int


@operation(Operation("Take a seat", Taken, body=Seat, errors=(Full,), who="participant"))
async def take(request: Request, seat: Seat) -> Taken:
    return Taken(seat.row)


@operation(Operation("Look at a seat", Taken, query=Seat))
async def look(request: Request, seat: Seat) -> Taken:
    return Taken(seat.row)


ROUTES = [
    Route("/api/v1/hall/{hall_id:uuid}/seats", take, methods=["POST"]),
    Route("/api/v1/seats", look),
]


@pytest.fixture
async def client():
    app = Starlette(routes=ROUTES, exception_handlers={WebinarError: errors.answer})
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://testserver") as client:
        yield client


def test_the_products_description_is_valid_openapi():
    validate(describe(all_routes()))


def test_an_endpoint_that_says_nothing_about_itself_fails_the_description():
    async def silent(request: Request) -> PlainTextResponse:
        return PlainTextResponse("")

    with pytest.raises(LookupError, match="/api/v1/silent"):
        describe([Route("/api/v1/silent", silent)])


def test_the_description_names_body_query_path_errors_and_who():
    document = describe(ROUTES)
    validate(document)
    post = document["paths"]["/api/v1/hall/{hall_id}/seats"]["post"]
    assert post["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Seat"
    }
    assert {"409", "422", "413", "429"} <= set(post["responses"])
    assert post["security"]
    get = document["paths"]["/api/v1/seats"]["get"]
    assert [(p["name"], p["required"]) for p in get["parameters"]] == [("row", True), ("name", False)]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b'{"row": "first"}', "row"),
        (b"{}", "row"),
        (b'{"row": 1, "column": 2}', "column"),
        (b"[1]", "body"),
        (b"{", "body"),
        (b'{"row": 1, "name": "\xff"}', "body"),
        (b"[" * 100_000, "body"),
    ],
)
async def test_what_does_not_fit_is_refused_and_named(client: AsyncClient, body: bytes, field: str):
    path = "/api/v1/hall/7e9c1d8e-9a52-4a57-a53f-2f6d4c3b2a10/seats"
    answer = await client.post(path, content=body)
    assert answer.status_code == 422
    assert list(answer.json()["error"]["fields"]) == [field]


async def test_a_query_is_read_like_a_body(client: AsyncClient):
    assert (await client.get("/api/v1/seats?row=7")).json() == {"row": 7}
    assert (await client.get("/api/v1/seats?row=x")).json()["error"]["fields"].keys() == {"row"}
