"""How a JSON endpoint is written: a handler from structs to a struct, which says enough to be documented."""

import functools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from webinar.errors import WebinarError
from webinar.routes.incoming import misfit, read_json

Sent = TypeVar("Sent", bound=msgspec.Struct)
Answered = TypeVar("Answered", bound=msgspec.Struct)


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """What an endpoint takes that needs nothing."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What the API's description says about one endpoint.

    `body` and `query` are the structs that are read, `answer` the one that is sent with status 200. `errors`
    are the errors of our tree that it may answer with. `who` names what must come along: "anyone",
    "participant" or "user".
    """

    summary: str
    answer: type[msgspec.Struct]
    body: type[msgspec.Struct] = Nothing
    query: type[msgspec.Struct] = Nothing
    errors: tuple[type[WebinarError], ...] = ()
    who: str = "anyone"


Handler = Callable[[Request, Any], Awaitable[msgspec.Struct]]
Endpoint = Callable[[Request], Awaitable[Response]]


def operation(about: Operation) -> Callable[[Handler], Endpoint]:
    """Makes an endpoint of `handler(request, sent)`; `sent` is the body, or the query of a GET.

    Raises Invalid, which names the field, when what was sent does not fit.
    """

    def wrap(handler: Handler) -> Endpoint:
        @functools.wraps(handler)
        async def endpoint(request: Request) -> Response:
            sent = await _read(request, about)
            answer = await handler(request, sent)
            return Response(msgspec.json.encode(answer), media_type="application/json")

        endpoint.operation = about  # type: ignore[attr-defined]
        return endpoint

    return wrap


async def _read(request: Request, about: Operation) -> msgspec.Struct:
    if request.method not in {"GET", "HEAD"}:
        return await read_json(request, about.body, empty=b"{}")
    try:
        return msgspec.convert(dict(request.query_params), about.query, strict=False)
    except msgspec.ValidationError as error:
        raise misfit(error) from error
