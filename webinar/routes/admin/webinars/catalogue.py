"""The account's webinars: the list that the admin begins with, making a new one, and copying one."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.accounts.audit import Action, record_action
from webinar.errors import Invalid
from webinar.media.assets import copy_assets
from webinar.models import Access, Role, WebinarState
from webinar.routes.admin.webinars.editor import Words, address_of, back_to
from webinar.routes.admin.webinars.words import ACCESS, STATES, languages, zones
from webinar.routes.context import services
from webinar.routes.incoming import read_form
from webinar.routes.signed_in import signed_in
from webinar.webinars.catalogue import (
    PAGE,
    WebinarFilter,
    count_by_state,
    count_webinars,
    get_webinar,
    list_webinars,
)
from webinar.webinars.details import create_webinar
from webinar.webinars.duplicate import duplicate_webinar, take_files
from webinar.webinars.typed import typed_text

LAST_PAGE = 100_000


async def show_webinars(request: Request) -> Response:
    """Every webinar of the account, what runs first; searched and filtered by the address."""
    wanted, page = _wanted(request), _page(request)
    async with services(request).db.reading() as db:
        actor = await signed_in(request, db, Role.HOST)
        found = await list_webinars(db, actor.account_id, wanted, page=page)
        total = await count_webinars(db, actor.account_id, wanted)
        counts = await count_by_state(db, actor.account_id)
    context = {
        "webinars": found,
        "total": total,
        "counts": counts,
        "wanted": wanted,
        "may_edit": actor.may(Role.ADMIN),
        "access_words": ACCESS,
        "state_words": STATES,
        "first": (page - 1) * PAGE + 1,
        "previous": _address(wanted, page - 1) if page > 1 else "",
        "next": _address(wanted, page + 1) if page * PAGE < total else "",
        "state_address": {state: _address(WebinarFilter(wanted.search, state)) for state in WebinarState},
        "all_address": _address(WebinarFilter(wanted.search)),
        "done": request.query_params.get("done", ""),
    }
    return services(request).templates.render(request, "admin/webinars/list.html", context)


async def lead_to_webinars(_: Request) -> Response:
    """The list has its home at the admin's start; who shortens an address gets there."""
    return RedirectResponse("/admin/", 303)


async def show_new(request: Request) -> Response:
    """The few things that a new webinar begins with."""
    values = {
        "title": "",
        "starts_at": "",
        "occurrence": "",
        "language": "en",
        "access": Access.REGISTRATION.value,
    }
    return await _new_page(request, {**values, "time_zone": "UTC"})


async def create(request: Request) -> Response:
    """Makes a draft."""
    values = typed_text(await read_form(request))
    found = services(request)
    try:
        async with found.db.writing() as db:
            actor = await signed_in(request, db)
            now = found.clock.now()
            webinar = await create_webinar(db, actor.account_id, values, now)
            await record_action(db, actor, Action.WEBINAR_CREATED, webinar.id, now=now)
    except Invalid as error:
        return await _new_page(request, values, error)
    return back_to(webinar.id, "", "created")


async def duplicate(request: Request) -> Response:
    """Makes a draft that is like the webinar in the address, its files included."""
    found = services(request)
    async with found.db.writing() as db:
        actor = await signed_in(request, db)
        original = await get_webinar(db, actor.account_id, request.path_params["webinar_id"])
        now = found.clock.now()
        title = found.catalogues.gettext("en", "Copy of {title}").format(title=original.title)
        copy = await duplicate_webinar(db, actor.account_id, original.id, title, now)
        take_files(original, copy, await copy_assets(db, found.library, original, copy, now))
        await record_action(db, actor, Action.WEBINAR_DUPLICATED, copy.id, now=now)
    return RedirectResponse(f"{address_of(copy.id)}?done=duplicated", 303)


async def _new_page(request: Request, values: dict[str, str], error: Invalid | None = None) -> Response:
    async with services(request).db.reading() as db:
        await signed_in(request, db)
    context = {
        "values": Words(values),
        "errors": Words(error.fields if error else {}),
        "time_zones": zones(),
        "languages": languages(),
        "access_words": ACCESS,
    }
    status = error.status if error else 200
    return services(request).templates.render(request, "admin/webinars/new.html", context, status)


def _wanted(request: Request) -> WebinarFilter:
    asked = request.query_params
    state = asked.get("state", "")
    return WebinarFilter(
        search=asked.get("search", "")[:200],
        state=WebinarState(state) if state in set(WebinarState) else None,
    )


def _page(request: Request) -> int:
    asked = request.query_params.get("page", "1")
    return (
        min(max(int(asked), 1), LAST_PAGE) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
    )


def _address(wanted: WebinarFilter, page: int = 1) -> str:
    asked = {
        "search": wanted.search,
        "state": wanted.state.value if wanted.state else "",
        "page": str(page) if page > 1 else "",
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/admin/?{query}" if query else "/admin/"
