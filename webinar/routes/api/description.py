"""The OpenAPI document, made from the endpoints themselves."""

import re
from collections.abc import Iterable
from importlib import metadata
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from webinar.errors import Forbidden, Invalid, TooLarge, TooMany, WebinarError
from webinar.routes.api.operation import Nothing, Operation

ROOT = "/api/v1"
EVERYWHERE: tuple[type[WebinarError], ...] = (Forbidden, Invalid, TooLarge, TooMany)
SECURITY: dict[str, list[dict[str, list[str]]]] = {
    "anyone": [],
    "participant": [{"participantCookie": []}, {"participantToken": []}],
    "user": [{"userCookie": []}],
}
SCHEMES = {
    "participantCookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "participant-<webinar id>",
        "description": "Set when a personal link or code was accepted; one for each webinar.",
    },
    "participantToken": {
        "type": "http",
        "scheme": "bearer",
        "description": "The same session for embeds where the browser keeps no cookie.",
    },
    "userCookie": {"type": "apiKey", "in": "cookie", "name": "session"},
}


class Problem(msgspec.Struct):
    """What is the matter: a stable code, a sentence, and the fields that do not fit."""

    code: str
    message: str
    fields: dict[str, str]


class Failure(msgspec.Struct):
    """Every answer that is not a success."""

    error: Problem


async def openapi(request: Request) -> Response:
    """The document that describes every JSON endpoint of this installation."""
    return JSONResponse(describe(request.app.routes))


def describe(routes: Iterable[BaseRoute]) -> dict[str, Any]:
    """OpenAPI 3.1 of the endpoints below `/api/v1`; raises LookupError for one that says nothing about itself."""
    found = [(route, method, _operation(route)) for route in _api(routes) for method in _methods(route)]
    structs: set[type[msgspec.Struct]] = {
        Failure,
        *(struct for _, _, about in found for struct in (about.answer, about.body)),
    }
    ordered = sorted(structs - {Nothing}, key=lambda struct: struct.__name__)
    _, components = msgspec.json.schema_components(ordered, ref_template="#/components/schemas/{name}")
    paths: dict[str, Any] = {}
    for route, method, about in found:
        paths.setdefault(_path(route), {})[method.lower()] = _describe(route, method, about)
    return {
        "openapi": "3.1.0",
        "info": {"title": "webinar", "version": metadata.version("webinar")},
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": SCHEMES},
    }


def _describe(route: Route, method: str, about: Operation) -> dict[str, Any]:
    answers = {
        "200": {"description": "Done", "content": _json(about.answer)},
        **{
            str(status): {"description": text, "content": _json(Failure)}
            for status, text in sorted(_failures(about))
        },
    }
    described: dict[str, Any] = {
        "operationId": route.endpoint.__name__,
        "summary": about.summary,
        "parameters": [*_path_parameters(route), *_query_parameters(about)],
        "responses": answers,
        "security": SECURITY[about.who],
    }
    if method != "GET" and about.body is not Nothing:
        described["requestBody"] = {"required": True, "content": _json(about.body)}
    return described


def _failures(about: Operation) -> set[tuple[int, str]]:
    texts: dict[int, str] = {}
    for error in (*EVERYWHERE, *about.errors):
        texts.setdefault(error.status, (error.__doc__ or "").partition("\n")[0])
    return set(texts.items())


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
        for name in route.param_convertors
    ]


def _query_parameters(about: Operation) -> list[dict[str, Any]]:
    schema = msgspec.json.schema(about.query)
    found = schema["$defs"][about.query.__name__] if "$defs" in schema else schema
    required = found.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": described}
        for name, described in found.get("properties", {}).items()
    ]


def _json(struct: type[msgspec.Struct]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{struct.__name__}"}}}


def _api(routes: Iterable[BaseRoute]) -> Iterable[Route]:
    own = f"{ROOT}/openapi.json"
    return (
        route
        for route in routes
        if isinstance(route, Route) and route.path.startswith("/api/") and route.path != own
    )


def _methods(route: Route) -> list[str]:
    return sorted((route.methods or set()) - {"HEAD", "OPTIONS"})


def _operation(route: Route) -> Operation:
    about = getattr(route.endpoint, "operation", None)
    if not isinstance(about, Operation):
        raise LookupError(f"{route.path} does not describe itself")
    return about


def _path(route: Route) -> str:
    return re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path)
