"""How a JSON endpoint is written: a handler from structs to a struct, which says enough to be documented."""

import functools
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from webinar.errors import Invalid, WebinarError

Sent = TypeVar("Sent", bound=msgspec.Struct)
Answered = TypeVar("Answered", bound=msgspec.Struct)
AT = re.compile(r"^(?P<problem>.*?)(?: - at `\$\.?(?P<field>[^`]*)`)?$", re.DOTALL)


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
    try:
        if request.method in {"GET", "HEAD"}:
            return msgspec.convert(dict(request.query_params), about.query, strict=False)
        return msgspec.json.decode(await request.body() or b"{}", type=about.body)
    except msgspec.ValidationError as error:
        raise _names_field(error) from error
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Invalid({"body": "This is not JSON."}) from error


def _names_field(error: msgspec.ValidationError) -> Invalid:
    found = AT.match(str(error))
    problem = found["problem"] if found else "This does not fit."
    named = re.search(r"field `(\w+)`", problem)
    place = (found["field"] if found else "") or (named[1] if named else "body")
    return Invalid({place: f"{problem}."})
