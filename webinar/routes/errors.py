"""Answers for whatever went wrong: a page for people, JSON for programs, and nothing that a person typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import quote

from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from webinar.errors import Invalid, NotFound, NotSignedIn, TooMany, WebinarError
from webinar.i18n import N_, negotiate
from webinar.pages import speak
from webinar.routes.context import services

UNREADABLE = N_("This contains characters that can't be stored. Please type it again.")
# The database is locked, full or away, or the disk is (R9, R10). What it says itself is in the log.
STORE_FAILED = (OperationalError, InterfaceError, InternalError, PoolTimeout, OSError)
# PostgreSQL's word for a value that cannot be what it was meant as; https://www.postgresql.org/docs/current/errcodes-appendix.html
DATA_EXCEPTION = "22"
BUSY_FOR = "5"  # seconds
HEADINGS = {
    400: N_("This can't be read"),
    403: N_("Not allowed"),
    404: N_("Nothing here"),
    405: N_("Not this way"),
    409: N_("Not now"),
    413: N_("Too large"),
    415: N_("Another format, please"),
    422: N_("Please check what you entered"),
    429: N_("Please wait a moment"),
    503: N_("Not available right now"),
}
SENTENCES = {
    400: N_("What was sent can't be read. Please go back and try again."),
    404: N_("There is nothing at this address, or it is not yours to see."),
    405: N_("This address does not take that kind of request."),
    413: N_("What was sent is larger than this place takes."),
    503: N_("This did not work. Please try again."),
}


class Refused(Exception):
    """A request that is refused before anything of the house is asked."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.status, self.code, self.message = status, code, message


@dataclass(frozen=True, slots=True)
class Problem:
    """What an answer says about an error."""

    status: int
    code: str
    message: str
    fields: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


async def answer(request: Request, error: Exception) -> Response:
    """The answer to a request that ended in `error`: JSON below /api and for who asks for it, else a page."""
    problem = problem_of(error)
    if wants_json(request):
        body = {"code": problem.code, "message": problem.message, "fields": dict(problem.fields)}
        return JSONResponse({"error": body}, problem.status, dict(problem.headers))
    if isinstance(error, NotSignedIn):
        return RedirectResponse(_sign_in_address(request), 303)
    return _page(request, problem)


def problem_of(error: Exception) -> Problem:
    """What may be told about `error`. Of an unexpected one: nothing."""
    if isinstance(error, WebinarError):
        fields = error.fields if isinstance(error, Invalid) else {}
        headers = {"retry-after": str(error.retry_after)} if isinstance(error, TooMany) else {}
        message = (
            SENTENCES[404]
            if type(error) is NotFound and error.message == NotFound().message
            else error.message
        )
        return Problem(error.status, error.code, message, fields, headers)
    if isinstance(error, Refused):
        return Problem(error.status, error.code, error.message)
    if isinstance(error, HTTPException):
        code = HTTPStatus(error.status_code).name.lower()
        sentence = SENTENCES.get(error.status_code, SENTENCES[400])
        return Problem(error.status_code, code, sentence, headers=error.headers or {})
    if isinstance(error, UnicodeError | DataError) or _sqlstate(error).startswith(DATA_EXCEPTION):
        # Lone surrogates and null bytes: most are refused where they are read, none is worth a 500.
        return Problem(400, "unreadable", UNREADABLE)
    # Whatever its driver has no class for: PostgreSQL ends, or begins, or ended this connection.
    if isinstance(error, STORE_FAILED) or type(error) is DBAPIError:
        return Problem(503, "unavailable", SENTENCES[503], headers={"retry-after": BUSY_FOR})
    return Problem(
        500, "error", N_("Something went wrong on our side. Nothing you did is lost that was saved before.")
    )


def _sqlstate(error: Exception) -> str:
    return getattr(error.orig, "sqlstate", None) or "" if isinstance(error, DBAPIError) else ""


def wants_json(request: Request) -> bool:
    """Whether a program asks."""
    accept = request.headers.get("accept", "")
    return request.url.path.startswith("/api/") or (
        "application/json" in accept and "text/html" not in accept
    )


def _page(request: Request, problem: Problem) -> Response:
    language = getattr(request.state, "language", "") or negotiate(request.headers.get("accept-language", ""))
    speak(request, language)
    found = services(request)
    context = {
        "status": problem.status,
        "heading": found.catalogues.gettext(
            language, HEADINGS.get(problem.status, N_("Something went wrong"))
        ),
        "message": found.catalogues.gettext(language, problem.message),
        "fields": {name: found.catalogues.gettext(language, text) for name, text in problem.fields.items()},
        "request_id": getattr(request.state, "request_id", ""),
    }
    response = found.templates.render(request, "errors/error.html", context, problem.status)
    response.headers.update(problem.headers)
    return response


def _sign_in_address(request: Request) -> str:
    if request.method != "GET":
        return "/sign-in"
    return f"/sign-in?next={quote(request.url.path, safe='/')}"
