"""Who may do what: every route for every role, and for the owner of another account (S7, ASVS 5 8.4.1).

The table is checked against `all_routes()`: a route without a row fails. A row gives the status that each role
gets; PUBLIC and PARTICIPANT routes are judged by tests of their own, which the row names.
"""

from dataclasses import dataclass
from uuid import UUID, uuid4

import httpx2
import pytest
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

from tests.support.installation import Installation
from tests.support.people import Organisation
from tests.support.webinars import a_webinar
from webinar.consent.purposes import add_purpose
from webinar.models import Basis, Purpose, Webinar, WebinarState
from webinar.routes import all_routes

OK, SEE_OTHER, FORBIDDEN, NOT_FOUND, INVALID, SIGN_IN = 200, 303, 403, 404, 422, "sign in"
ROLES = ("anonymous", "host", "admin", "owner", "stranger")


@dataclass(frozen=True)
class Row:
    """The answers to one route: anonymous, host, admin, owner of the account, owner of another account.

    A parameter in the path stands for a thing of the account; see `samples_of`.
    """

    answers: tuple[int | str, ...]


def everybody(status: int) -> Row:
    return Row((status,) * 5)


def admins(status: int, stranger: int | None = None) -> Row:
    return Row((SIGN_IN, FORBIDDEN, status, status, status if stranger is None else stranger))


def owners(status: int) -> Row:
    return Row((SIGN_IN, FORBIDDEN, FORBIDDEN, status, status))


def users(status: int) -> Row:
    return Row((SIGN_IN, status, status, status, status))


# An empty form is what is sent: a permitted change answers 422 and destroys nothing.
ROUTES: dict[str, Row] = {
    "GET /": everybody(OK),
    "GET /demo/components": everybody(NOT_FOUND),
    "GET /demo/mail": everybody(NOT_FOUND),
    "GET /demo/mail/{id:uuid}": everybody(NOT_FOUND),
    "GET /embed.js": everybody(OK),
    "GET /healthz": everybody(OK),
    "GET /readyz": everybody(OK),
    "GET /metrics": everybody(NOT_FOUND),
    "GET /api/v1/openapi.json": everybody(OK),
    # Judged in tests/routes/test_live.py: an empty form is not JSON, and a socket is not a request.
    "POST /api/v1/webinars/{webinar_id:uuid}/ticket": everybody(415),
    "POST /api/v1/webinars/{webinar_id:uuid}/flood": everybody(415),
    "GET /api/v1/webinars/{webinar_id:uuid}/messages": everybody(NOT_FOUND),
    "GET /api/v1/webinars/{webinar_id:uuid}/state": Row((401, OK, OK, OK, NOT_FOUND)),
    "POST /api/v1/webinars/{webinar_id:uuid}/state": everybody(415),
    "POST /api/v1/webinars/{webinar_id:uuid}/replay": everybody(415),
    "SOCKET /live": everybody(NOT_FOUND),
    "GET /i18n/{language}.json": everybody(NOT_FOUND),
    # Judged in tests/routes/test_admission.py.
    "GET /j/": everybody(OK),
    "POST /j/": everybody(INVALID),
    "GET /w/{webinar_id:uuid}/event.ics": everybody(NOT_FOUND),
    # Judged in tests/routes/test_mine.py.
    "GET /my/": everybody(OK),
    "POST /my/": everybody(INVALID),
    "GET /my/address": everybody(OK),
    "POST /my/address": everybody(INVALID),
    "GET /my/withdraw/{token}": everybody(NOT_FOUND),
    "POST /my/withdraw/{token}": everybody(NOT_FOUND),
    "GET /static/{release}/{path:path}": everybody(NOT_FOUND),
    "GET /media/{token}/{name:path}": everybody(NOT_FOUND),
    # The sample is a draft, which only its own account may see.
    "GET /w/{webinar_id:uuid}/brand.css": Row((NOT_FOUND, OK, OK, OK, NOT_FOUND)),
    "GET /w/{webinar_id:uuid}/logo": everybody(NOT_FOUND),
    "GET /sign-in": Row((OK, SEE_OTHER, SEE_OTHER, SEE_OTHER, SEE_OTHER)),
    "POST /sign-in": everybody(INVALID),
    "POST /sign-out": everybody(SEE_OTHER),
    "GET /forgotten-password": everybody(OK),
    "POST /forgotten-password": everybody(INVALID),
    "GET /welcome/": everybody(OK),
    "POST /welcome/": everybody(INVALID),
    # Public: of a webinar that does not exist here; judged in test_registration and test_watch.
    **{
        operation: everybody(NOT_FOUND)
        for base in ("/w/{webinar_id:uuid}", "/e/{webinar_id:uuid}")
        for operation in (
            f"GET {base}",
            f"POST {base}",
            f"GET {base}/registered",
            f"POST {base}/registered",
            f"GET {base}/lost-link",
            f"POST {base}/lost-link",
            f"GET {base}/join",
            f"POST {base}/join",
            f"GET {base}/watch",
            *(
                f"GET {base}/my{end}"
                for end in (
                    "",
                    "/address",
                    "/answers",
                    "/erase",
                    "/erased",
                    "/data.{kind}",
                    "/receipt",
                    "/requests",
                    "/words",
                )
            ),
            *(
                f"POST {base}/my{end}"
                for end in (
                    "/answers",
                    "/withdraw",
                    "/consent",
                    "/erase",
                    "/name",
                    "/objection",
                    "/reminders",
                    "/requests",
                    "/requests/close",
                    "/restriction",
                    "/address",
                    "/address/keep",
                    "/words",
                )
            ),
            f"POST {base}/watch",
        )
    },
    "GET /admin/": users(OK),
    # Leads on to the list, which asks for the sign-in.
    "GET /admin/webinars": everybody(SEE_OTHER),
    "POST /admin/webinars": admins(INVALID),
    "GET /admin/webinars/new": admins(OK),
    "GET /admin/webinars/{webinar_id:uuid}": admins(OK, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}": admins(INVALID, stranger=NOT_FOUND),
    "GET /admin/webinars/{webinar_id:uuid}/privacy": admins(SEE_OTHER, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/steps/{step}": admins(NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/replay": admins(SEE_OTHER, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/duplicate": admins(SEE_OTHER, stranger=NOT_FOUND),
    "GET /admin/webinars/{webinar_id:uuid}/picture": admins(OK, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/picture/live": admins(INVALID, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/picture/replay": admins(INVALID, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/recordings": admins(INVALID, stranger=NOT_FOUND),
    "GET /admin/webinars/{webinar_id:uuid}/look": admins(OK, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/look": admins(SEE_OTHER, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/logo": admins(INVALID, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/logo/remove": admins(SEE_OTHER, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/speakers": admins(INVALID, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/speakers/{speaker_id:uuid}": admins(INVALID, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/speakers/{speaker_id:uuid}/move": admins(
        NOT_FOUND, stranger=NOT_FOUND
    ),
    "POST /admin/webinars/{webinar_id:uuid}/speakers/{speaker_id:uuid}/remove": admins(
        NOT_FOUND, stranger=NOT_FOUND
    ),
    "POST /admin/webinars/{webinar_id:uuid}/recordings/{asset_id:uuid}/remove": admins(
        NOT_FOUND, stranger=NOT_FOUND
    ),
    # The sample is not by invitation; judged in tests/routes/test_invitations.py.
    "GET /admin/webinars/{webinar_id:uuid}/invitations": admins(OK, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/invitations": admins(INVALID, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/invitations/send": admins(409, stranger=NOT_FOUND),
    **{
        f"POST /admin/webinars/{{webinar_id:uuid}}/invitations/{{participant_id:uuid}}/{what}": admins(
            status, NOT_FOUND
        )
        for what, status in (("send", 409), ("revoke", NOT_FOUND))
    },
    "GET /admin/webinars/{webinar_id:uuid}/embed": admins(OK, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/embed": admins(SEE_OTHER, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/picture/check": admins(OK),
    "GET /admin/webinars/{webinar_id:uuid}/participants": admins(OK, stranger=NOT_FOUND),
    "GET /admin/webinars/{webinar_id:uuid}/participants/export": admins(OK, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/participants/export": admins(INVALID, stranger=NOT_FOUND),
    "GET /admin/webinars/{webinar_id:uuid}/participants/export/purpose": admins(OK, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/participants/export/purpose": admins(INVALID, stranger=NOT_FOUND),
    # Nothing is prepared here: tests/routes/test_purpose_exports.py has files of both accounts.
    "POST /admin/webinars/{webinar_id:uuid}/participants/export/purpose/{export_id:uuid}": admins(NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/participants/export/purpose/{export_id:uuid}/remove": admins(
        NOT_FOUND
    ),
    "GET /admin/webinars/{webinar_id:uuid}/participants/erase": admins(INVALID, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/participants/erase": admins(INVALID, stranger=NOT_FOUND),
    # Nobody is in the sample webinar: tests/routes/test_participants.py has people of both accounts.
    "GET /admin/webinars/{webinar_id:uuid}/participants/{participant_id:uuid}": admins(NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/participants/{participant_id:uuid}": admins(NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/participants/{participant_id:uuid}/export": admins(NOT_FOUND),
    "GET /admin/webinars/{webinar_id:uuid}/participants/{participant_id:uuid}/answers": admins(NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/participants/{participant_id:uuid}/answers": admins(NOT_FOUND),
    # Judged in tests/privacy/test_restriction.py: the sample is nobody's id.
    "POST /admin/webinars/{webinar_id:uuid}/participants/{participant_id:uuid}/restrict": admins(NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/participants/{participant_id:uuid}/lift": admins(NOT_FOUND),
    "GET /admin/webinars/{webinar_id:uuid}/statistics": admins(OK, stranger=NOT_FOUND),
    "GET /admin/webinars/{webinar_id:uuid}/danger": admins(OK, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/danger": admins(INVALID, stranger=NOT_FOUND),
    "GET /admin/requests": admins(OK),
    # Judged in tests/privacy/test_requests.py: the sample is nobody's id.
    "GET /admin/requests/{id:uuid}": admins(NOT_FOUND),
    "POST /admin/requests/{id:uuid}/answer": admins(NOT_FOUND),
    "POST /admin/requests/{id:uuid}/extend": admins(NOT_FOUND),
    "POST /admin/requests/{id:uuid}/close": admins(NOT_FOUND),
    "GET /admin/records": admins(OK),
    "GET /admin/records/{id:uuid}": admins(NOT_FOUND),
    "GET /admin/records/processing": admins(OK),
    "GET /admin/records/places": admins(OK),
    "POST /admin/records/places/{webinar_id:uuid}": admins(NOT_FOUND),
    "GET /admin/records/calendar": admins(OK),
    "GET /admin/records/holds": admins(OK),
    "POST /admin/records/holds": admins(INVALID),
    "POST /admin/records/holds/{id:uuid}/lift": admins(NOT_FOUND),
    "POST /admin/records/processing": admins(SEE_OTHER),
    "GET /admin/records/processing/{number:int}": admins(NOT_FOUND),
    "GET /admin/records/notices": admins(OK),
    "GET /admin/records/agreement": admins(OK),
    "POST /admin/records/agreement": owners(409),
    "GET /receipts/{token}": everybody(NOT_FOUND),
    # Without a published form there is nothing to discard; without purposes nothing can be published.
    "GET /admin/webinars/{webinar_id:uuid}/form": admins(OK, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/form/fields": admins(NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/form/fields/{key}": admins(NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/form/fields/{key}/preview": admins(NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/form/fields/{key}/move": admins(NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/form/fields/{key}/remove": admins(NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/form/discard": admins(SEE_OTHER, stranger=NOT_FOUND),
    "POST /admin/webinars/{webinar_id:uuid}/form/publish": admins(409, stranger=NOT_FOUND),
    "GET /admin/users": admins(OK),
    "POST /admin/users": admins(INVALID),
    "GET /admin/users/{id:uuid}": admins(OK, stranger=NOT_FOUND),
    "POST /admin/users/{id:uuid}/role": admins(INVALID, stranger=NOT_FOUND),
    "POST /admin/users/{id:uuid}/invite": admins(409, stranger=NOT_FOUND),
    "POST /admin/users/{id:uuid}/remove": admins(SEE_OTHER, stranger=NOT_FOUND),
    "GET /admin/purposes": admins(OK),
    "POST /admin/purposes": admins(INVALID),
    "GET /admin/purposes/{id:uuid}": admins(OK, stranger=NOT_FOUND),
    "POST /admin/purposes/{id:uuid}/wording": admins(INVALID, stranger=NOT_FOUND),
    "POST /admin/purposes/{id:uuid}/required": admins(SEE_OTHER, stranger=NOT_FOUND),
    "POST /admin/purposes/{id:uuid}/retire": admins(SEE_OTHER, stranger=NOT_FOUND),
    "GET /admin/purposes/{id:uuid}/ledger": admins(OK, stranger=NOT_FOUND),
    "GET /admin/notices/{id:uuid}": admins(NOT_FOUND, stranger=NOT_FOUND),
    "GET /admin/notices/{id:uuid}/text": admins(NOT_FOUND, stranger=NOT_FOUND),
    "GET /admin/audit": admins(OK),
    "GET /admin/account": admins(OK),
    "POST /admin/account": admins(INVALID),
    "GET /admin/account/keeping": admins(OK),
    "POST /admin/account/keeping": admins(INVALID),
    "GET /admin/account/delete": owners(OK),
    "POST /admin/account/delete": owners(INVALID),
    "GET /admin/me": users(OK),
    "POST /admin/me": users(INVALID),
    "POST /admin/me/password": users(INVALID),
    "POST /admin/me/sign-out": users(SEE_OTHER),
    "GET /host/{webinar_id:uuid}": Row((SIGN_IN, OK, OK, OK, NOT_FOUND)),
    "POST /host/{webinar_id:uuid}/state": Row((SIGN_IN, INVALID, INVALID, INVALID, NOT_FOUND)),
    "POST /host/{webinar_id:uuid}/replay": Row((SIGN_IN, INVALID, INVALID, INVALID, NOT_FOUND)),
}


def samples_of(organisation: Organisation, webinar: Webinar, purpose: Purpose) -> dict[str, object]:
    """What stands for a parameter: the account's own thing, by the path up to the parameter."""
    webinars = dict.fromkeys(("/w/", "/admin/webinars/", "/host/", "/api/v1/webinars/"), webinar.id)
    return {
        "/admin/users/": organisation.host.user.id,
        "/admin/purposes/": purpose.id,
        **webinars,
    }


def filled(template: str, samples: dict[str, object]) -> str:
    """The template's path with a sample for each parameter; with something that does not exist where there is none."""
    path = template
    while (start := path.find("{")) >= 0:
        end = path.index("}")
        kind = path[start + 1 : end].partition(":")[2]
        unknown = {"int": "999", "path": "nowhere"}.get(kind, str(uuid4()))
        path = f"{path[:start]}{samples.get(path[:start], unknown)}{path[end + 1 :]}"
    return path


def every_operation() -> list[str]:
    return [operation for route in all_routes() for operation in _operations(route)]


def _operations(route: BaseRoute, prefix: str = "") -> list[str]:
    if isinstance(route, Route):
        return [
            f"{method} {prefix}{route.path}" for method in sorted(route.methods or ()) if method != "HEAD"
        ]
    if isinstance(route, WebSocketRoute):
        return [f"SOCKET {prefix}{route.path}"]
    if isinstance(route, Mount):
        return [each for inner in route.routes for each in _operations(inner, prefix + route.path)]
    raise AssertionError(f"a route of a kind that nobody judged: {route!r}")


def test_every_route_has_a_row_and_every_row_a_route():
    assert sorted(every_operation()) == sorted(ROUTES)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("operation", ROUTES)
async def test_a_role_gets_what_the_table_says(
    installation: Installation, organisation: Organisation, stranger: Organisation, operation: str, role: str
):
    method, _, template = operation.partition(" ")
    webinar = await a_webinar(installation, organisation.id, WebinarState.DRAFT)
    purpose = await a_purpose(installation, organisation.id)
    path = filled(template, samples_of(organisation, webinar, purpose))
    client = client_of(installation, organisation, stranger, role)
    answer = await client.request(method, path, data={} if method == "POST" else None)
    expected = ROUTES[operation].answers[ROLES.index(role)]
    if expected == SIGN_IN:
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/sign-in")
    else:
        assert answer.status_code == expected


async def a_purpose(installation: Installation, account_id: UUID) -> Purpose:
    async with installation.services.db.writing() as db:
        return await add_purpose(db, account_id, basis=Basis.CONSENT, now=installation.clock.now())


def client_of(
    installation: Installation, organisation: Organisation, stranger: Organisation, role: str
) -> httpx2.AsyncClient:
    signed_in = {
        "host": organisation.host,
        "admin": organisation.admin,
        "owner": organisation.owner,
        "stranger": stranger.owner,
    }
    return installation.client if role == "anonymous" else signed_in[role].client


async def test_every_answer_carries_a_strict_policy(installation: Installation, organisation: Organisation):
    """S6: whoever made the answer, no inline script runs, nothing frames it and no proxy keeps it."""
    for operation in every_operation():
        method, _, template = operation.partition(" ")
        if method == "SOCKET":
            continue
        path = filled(template, {})
        answer = await organisation.owner.client.request(method, path)
        policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
        assert policy["default-src"] == policy["base-uri"] == "'none'", operation
        if path.startswith(("/static/", "/embed.js")):
            assert set(policy) == {"default-src", "base-uri", "form-action", "frame-ancestors"}, operation
        else:
            assert policy["script-src"].startswith("'nonce-"), operation
            assert "unsafe" not in policy["script-src"], operation
            assert policy["object-src"] == "'none'", operation
        if not path.startswith("/e/"):
            assert policy["frame-ancestors"] == "'none'", operation
        assert answer.headers["x-content-type-options"] == "nosniff", operation
        if not path.startswith(("/static/", "/media/", "/embed.js")):
            assert answer.headers["cache-control"] == "no-store", operation
