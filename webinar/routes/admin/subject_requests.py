"""Data subject requests: those that wait, with their clock; one of them, answered, given more time or closed."""

from collections.abc import Mapping
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.errors import Conflict, Invalid
from webinar.i18n import N_, language_name
from webinar.models import RequestState
from webinar.privacy.objections import purpose_title
from webinar.privacy.request_mails import KINDS, PAGE
from webinar.privacy.requests import (
    LONGEST_TEXT,
    answer_request,
    close_request,
    extend_request,
    get_request,
    list_requests,
    months_after,
)
from webinar.routes.context import services
from webinar.routes.incoming import read_form, text_in
from webinar.routes.signed_in import signed_in

REQUESTS = PAGE
STATES = {
    RequestState.OPEN: N_("Open"),
    RequestState.ANSWERED: N_("Answered"),
    RequestState.REFUSED: N_("Refused"),
    RequestState.CLOSED: N_("Taken back"),
}
MOST_TYPED = 4 * LONGEST_TEXT
FIELDS = ("answer", "decision", "months", "reason")


async def show_requests(request: Request) -> Response:
    """The account's requests in one state (`state`), the open ones by when they are due."""
    found = services(request)
    wanted = request.query_params.get("state", "")
    state = RequestState(wanted) if wanted in set(RequestState) else RequestState.OPEN
    async with found.db.reading() as db:
        actor = await signed_in(request, db)
        listed = await list_requests(db, actor.account_id, [state])
    context = {"listed": listed, "state": state, "states": STATES, "kinds": KINDS, "now": found.clock.now()}
    return found.templates.render(request, "admin/requests/list.html", context)


async def show_request(request: Request) -> Response:
    """One request: what was asked, by whom, how long is left, and what can be done."""
    return await _page(request)


async def answer(request: Request) -> Response:
    """Answers it, or refuses it with the reasons; the person is told."""
    typed = await _typed(request)
    found = services(request)
    try:
        if typed["decision"] not in {"answer", "refuse"}:
            raise Invalid({"decision": N_("Say whether it was done as asked.")})
        async with found.db.writing() as db:
            actor = await signed_in(request, db)
            listed = await get_request(db, actor.account_id, request.path_params["id"])
            refused = typed["decision"] == "refuse"
            await answer_request(db, actor, listed, typed["answer"], refused=refused, now=found.clock.now())
    except (Invalid, Conflict) as error:
        return await _page(request, typed, error)
    return _told(request)


async def extend(request: Request) -> Response:
    """Takes one or two months more, and tells the person why."""
    typed = await _typed(request)
    found = services(request)
    try:
        async with found.db.writing() as db:
            actor = await signed_in(request, db)
            listed = await get_request(db, actor.account_id, request.path_params["id"])
            months = int(typed["months"]) if typed["months"] in {"1", "2"} else 0
            await extend_request(db, actor, listed, months, typed["reason"], now=found.clock.now())
    except (Invalid, Conflict) as error:
        return await _page(request, typed, error)
    return _told(request)


async def close(request: Request) -> Response:
    """Closes it without an answer, because the person took it back."""
    found = services(request)
    try:
        async with found.db.writing() as db:
            actor = await signed_in(request, db)
            listed = await get_request(db, actor.account_id, request.path_params["id"])
            await close_request(db, actor, listed, found.clock.now())
    except Conflict as error:
        return await _page(request, None, error)
    return _told(request)


async def _typed(request: Request) -> Mapping[str, str]:
    """What was sent, after looking for what the address names: somebody else's is never more than 404."""
    async with services(request).db.reading() as db:
        actor = await signed_in(request, db)
        await get_request(db, actor.account_id, request.path_params["id"])
    form = await read_form(request)
    return {name: text_in(form, name, most=MOST_TYPED) for name in FIELDS}


async def _page(
    request: Request, typed: Mapping[str, str] | None = None, error: Invalid | Conflict | None = None
) -> Response:
    found = services(request)
    now = found.clock.now()
    async with found.db.reading() as db:
        actor = await signed_in(request, db)
        listed = await get_request(db, actor.account_id, request.path_params["id"])
        title = await purpose_title(db, listed.request, listed.webinar)
    asked = listed.request
    context = {
        "listed": listed,
        "asked": asked,
        "language": language_name(listed.participant.language),
        "title": title,
        "states": STATES,
        "kinds": KINDS,
        "now": now,
        "may_extend": asked.extended_at is None and now < asked.due_at,
        "later": [(str(more), months_after(asked.received_at, 1 + more)) for more in (1, 2)],
        "typed": typed or dict.fromkeys(FIELDS, ""),
        "errors": error.fields if isinstance(error, Invalid) else {},
        "message": error.message if isinstance(error, Conflict) else "",
        "done": request.query_params.get("done", ""),
    }
    return found.templates.render(
        request, "admin/requests/request.html", context, error.status if error else 200
    )


def _told(request: Request) -> Response:
    services(request).mail.wake()
    request_id: UUID = request.path_params["id"]
    return RedirectResponse(f"{REQUESTS}/{request_id}?done=told", 303)
