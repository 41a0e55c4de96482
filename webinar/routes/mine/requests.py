"""Asking a person about one's own data, objecting, and reading the answers: without an account, and by no GET."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.errors import Conflict, Invalid, NotFound
from webinar.i18n import N_
from webinar.limits import Limit
from webinar.models import Account, RequestKind
from webinar.privacy.objections import list_interests, object_to
from webinar.privacy.requests import LONGEST_TEXT, list_own, open_request, take_back
from webinar.registration.rights_mails import complaint
from webinar.routes.context import services
from webinar.routes.event_page import base_of, page_context
from webinar.routes.incoming import read_form, text_in
from webinar.routes.mine.page import myself

ASKING = Limit("data-subject-request", 20, timedelta(days=1))
# Long enough that what is too long is refused beside its field, with all of it kept.
MOST_TYPED = 4 * LONGEST_TEXT
KINDS: Mapping[RequestKind, tuple[str, str]] = {
    RequestKind.ACCESS: (N_("To know more than this page shows"), N_("Art. 15 GDPR")),
    RequestKind.RECTIFICATION: (N_("To have something corrected"), N_("Art. 16 GDPR")),
    RequestKind.ERASURE: (N_("To have something erased"), N_("Art. 17 GDPR")),
    RequestKind.RESTRICTION: (N_("To have a use restricted"), N_("Art. 18 GDPR")),
    RequestKind.PORTABILITY: (N_("To take data along in another way"), N_("Art. 20 GDPR")),
    RequestKind.OBJECTION: (N_("To object to a use"), N_("Art. 21 GDPR")),
    RequestKind.OTHER: (N_("Something else, or a complaint"), ""),
}
DONE = {
    "asked": N_("Your request has arrived. A person reads it."),
    "objected": N_("Your objection has arrived. The use stops while a person assesses it."),
    "taken": N_("Your request is closed."),
}


async def show_requests(request: Request) -> Response:
    """What one asked and was answered, what one can object to, and the form."""
    return await _page(request)


async def ask(request: Request) -> Response:
    """Opens a request."""
    form = await read_form(request)
    typed = {"kind": text_in(form, "kind"), "body": text_in(form, "body", most=MOST_TYPED)}
    found = services(request)
    try:
        kind = _kind(typed["kind"])
        await _counted(request)
        async with found.db.writing() as db:
            participant, _ = await myself(request, db)
            await open_request(db, participant, kind, typed["body"], now=found.clock.now())
    except (Invalid, Conflict) as error:
        return await _page(request, typed, error)
    found.mail.wake()
    return _back(request, "asked")


async def object_(request: Request) -> Response:
    """Objects to one purpose."""
    form = await read_form(request)
    purpose_id, grounds = _id(text_in(form, "purpose")), text_in(form, "grounds", most=LONGEST_TEXT)
    found = services(request)
    await _counted(request)
    async with found.db.writing() as db:
        participant, webinar = await myself(request, db)
        await object_to(db, participant, webinar, purpose_id, grounds, now=found.clock.now())
    await found.prepared.clear()
    found.mail.wake()
    return _back(request, "objected")


async def close(request: Request) -> Response:
    """Takes a request or an objection back."""
    request_id = _id(text_in(await read_form(request), "request"))
    found = services(request)
    async with found.db.writing() as db:
        participant, _ = await myself(request, db)
        await take_back(db, participant, request_id, found.clock.now())
    return _back(request, "taken")


async def _counted(request: Request) -> None:
    # Before the unit of work: the counts may be on another server.
    found = services(request)
    async with found.db.reading() as db:
        participant, _ = await myself(request, db)
    await found.limits.hit(ASKING, participant.id)


async def _page(
    request: Request, typed: Mapping[str, str] | None = None, error: Invalid | Conflict | None = None
) -> Response:
    found = services(request)
    async with found.db.reading() as db:
        participant, webinar = await myself(request, db)
        requests = await list_own(db, participant)
        interests = await list_interests(db, participant, webinar)
        account = await db.get_one(Account, participant.account_id)
    shared: Mapping[str, Any] = page_context(request, webinar, participant.language)
    translate = found.catalogues.translations(participant.language).gettext
    fields = error.fields if isinstance(error, Invalid) else {}
    done = DONE.get(request.query_params.get("done", ""), "")
    context = {
        **shared,
        "here": f"{base_of(request)}/my",
        "organiser": account,
        "requests": requests,
        "interests": interests,
        "titles": {interest.id: interest.notice.title for interest in interests},
        "kinds": {kind: translate(words) for kind, (words, _) in KINDS.items()},
        "choices": [
            (kind.value, translate(words), translate(article) if article else "")
            for kind, (words, article) in KINDS.items()
        ],
        "typed": typed or {"kind": "", "body": ""},
        "errors": {name: translate(message) for name, message in fields.items()},
        "message": translate(error.message) if error and not fields else "",
        "complaint": complaint(account, translate),
        "done": translate(done) if done else "",
    }
    return found.templates.render(request, "mine/requests.html", context, error.status if error else 200)


def _kind(text: str) -> RequestKind:
    try:
        return RequestKind(text)
    except ValueError as error:
        raise Invalid({"kind": N_("Please choose what you ask for.")}) from error


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error


def _back(request: Request, done: str) -> Response:
    return RedirectResponse(f"{base_of(request)}/my/requests?done={done}", 303)
