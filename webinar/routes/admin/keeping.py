"""How long data is kept: what goes when, legal holds, and the account's defaults and bounds."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import datetime
from itertools import groupby
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.accounts.accounts import get_account
from webinar.accounts.keeping import Keeping, change_keeping
from webinar.errors import Invalid
from webinar.i18n import N_
from webinar.models import DataCategory
from webinar.privacy.holds import lift_hold, list_holds, place_hold, webinars_to_hold
from webinar.privacy.schedule import Due, list_dues
from webinar.routes.admin.records import RECORDS
from webinar.routes.context import services
from webinar.routes.incoming import read_form
from webinar.routes.keeping_forms import KeepingDays, PlaceHold
from webinar.routes.signed_in import signed_in
from webinar.webinars.catalogue import get_webinar

CALENDAR = f"{RECORDS}/calendar"
HOLDS = f"{RECORDS}/holds"
KEEPING = "/admin/account/keeping"
WHAT = {
    DataCategory.PEOPLE: N_("Participants, with everything of theirs"),
    DataCategory.CHAT: N_("Chat messages"),
    DataCategory.QUESTIONS: N_("Questions with their answers"),
    DataCategory.ANSWERS: N_("Answers of the registration form"),
}


async def show_calendar(request: Request) -> Response:
    """What of the account goes when, by month; what a hold keeps is marked."""
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db)
        dues = await list_dues(db, actor.account_id)
    now = found.clock.now()
    context = {"months": _by_month(dues), "now": now, "what": WHAT, "tab": "calendar"}
    return found.templates.render(request, "admin/records/calendar.html", context)


async def show_holds(request: Request) -> Response:
    """The holds of the account, and the form to place one."""
    return await _holds_page(request, PlaceHold(data={"webinar": request.query_params.get("webinar", "")}))


async def place(request: Request) -> Response:
    """Places a hold on a webinar or on all of the account."""
    form = PlaceHold(await read_form(request))
    if not form.validate():
        return await _holds_page(request, form, 422)
    found = services(request)
    try:
        async with found.db.writing() as db:
            actor = await signed_in(request, db)
            webinar_id = form.webinar_id
            webinar = await get_webinar(db, actor.account_id, webinar_id) if webinar_id else None
            await place_hold(db, actor, webinar, form.reason.data or "", found.clock.now())
    except Invalid as error:
        form.take(error)
        return await _holds_page(request, form, error.status)
    return RedirectResponse(f"{HOLDS}?done=placed", 303)


async def lift(request: Request) -> Response:
    """Lifts a hold."""
    hold_id: UUID = request.path_params["id"]
    found = services(request)
    async with found.db.writing() as db:
        actor = await signed_in(request, db)
        await lift_hold(db, actor, hold_id, found.clock.now())
    return RedirectResponse(f"{HOLDS}?done=lifted", 303)


async def show_keeping(request: Request) -> Response:
    """How long new webinars keep their data, and the bounds."""
    return await _keeping_page(request, None)


async def save_keeping(request: Request) -> Response:
    """Changes the defaults and bounds."""
    form = KeepingDays(await read_form(request))
    if not form.validate():
        return await _keeping_page(request, form, 422)
    found = services(request)
    try:
        async with found.db.writing() as db:
            actor = await signed_in(request, db)
            keeping = Keeping(**{item.name: form[item.name].data for item in fields(Keeping)})
            await change_keeping(db, actor, keeping, found.clock.now())
    except Invalid as error:
        form.take(error)
        return await _keeping_page(request, form, error.status)
    return RedirectResponse(f"{KEEPING}?done=saved", 303)


def _by_month(dues: Iterable[Due]) -> list[tuple[datetime, list[Due]]]:
    months = groupby(dues, lambda due: due.at.replace(day=1, hour=0, minute=0, second=0, microsecond=0))
    return [(month, list(found)) for month, found in months]


async def _holds_page(request: Request, form: PlaceHold, status: int = 200) -> Response:
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db)
        holds = await list_holds(db, actor.account_id)
        webinars = await webinars_to_hold(db, actor.account_id)
    context = {
        "holds": holds,
        "webinars": [("", "All webinars, and the account itself"), *webinars],
        "form": form,
        "done": request.query_params.get("done", ""),
        "tab": "holds",
    }
    return found.templates.render(request, "admin/records/holds.html", context, status)


async def _keeping_page(request: Request, form: KeepingDays | None, status: int = 200) -> Response:
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db)
        account = await get_account(db, actor.account_id)
    days = {item.name: getattr(account, item.name) for item in fields(Keeping)}
    context = {
        "form": form or KeepingDays(data=asdict(Keeping(**days))),
        "done": request.query_params.get("done", ""),
    }
    return found.templates.render(request, "admin/keeping.html", context, status)
