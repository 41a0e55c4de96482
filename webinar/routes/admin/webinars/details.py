"""What a webinar is about, when and for whom; and the steps of its life."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from webinar.accounts.audit import Action, record_action
from webinar.errors import IllegalTransition, Invalid, NotFound
from webinar.routes.admin.webinars.editor import (
    Words,
    back_to,
    changing,
    missing_for,
    open_editor,
    render_editor,
    wrong,
)
from webinar.routes.admin.webinars.words import ACCESS, languages, zones
from webinar.routes.context import services
from webinar.routes.incoming import read_form
from webinar.routes.signed_in import signed_in
from webinar.sanitize import render_markdown
from webinar.webinars.catalogue import get_webinar
from webinar.webinars.details import edit_details, read_details, typed_details
from webinar.webinars.lifecycle import Step, take_step
from webinar.webinars.picture import set_replay
from webinar.webinars.typed import typed_text


async def show_details(request: Request) -> Response:
    """The page "Details"."""
    return await _page(request)


async def save_details(request: Request) -> Response:
    """Changes the details; what does not fit comes back beside its field, with everything that was typed."""
    values = typed_text(await read_form(request))
    found = services(request)
    try:
        details = read_details(values)
        async with found.db.writing() as db:
            webinar = await changing(request, db, Action.WEBINAR_CHANGED)
            await edit_details(db, webinar.account_id, webinar.id, details)
    except Invalid as error:
        return await _page(request, values, error)
    await found.hub.advanced(webinar.id)
    return back_to(webinar.id, "")


async def step(request: Request) -> Response:
    """Takes the webinar one step on: publish, go live, pause and so on."""
    found = services(request)
    async with found.db.writing() as db:
        actor = await signed_in(request, db)
        taken = _step(request)
        webinar = await get_webinar(db, actor.account_id, request.path_params["webinar_id"], lock=True)
        if missing := await missing_for(request, db, webinar, taken):
            reasons = " ".join(lack.message for lack in missing)
            raise IllegalTransition(reasons, code=f"missing.{missing[0].code}")
        now = found.clock.now()
        webinar = await take_step(db, actor.account_id, webinar.id, taken, now)
        await record_action(
            db, actor, Action.WEBINAR_STATE_CHANGED, webinar.id, now=now, state=webinar.state.value
        )
    await found.hub.advanced(webinar.id)
    return back_to(webinar.id, "", taken.value)


async def replay(request: Request) -> Response:
    """Lets people watch the webinar again, or no longer."""
    enabled = bool((await read_form(request)).get("enabled"))
    async with services(request).db.writing() as db:
        webinar = await changing(request, db, Action.WEBINAR_STATE_CHANGED, replay=enabled)
        await set_replay(db, webinar.account_id, webinar.id, enabled=enabled)
    await services(request).hub.advanced(webinar.id)
    return back_to(webinar.id, "picture", "replay-on" if enabled else "replay-off")


async def _page(
    request: Request, values: Mapping[str, str] | None = None, error: Invalid | None = None
) -> Response:
    async with services(request).db.reading() as db:
        editor = await open_editor(request, db)
    context = {
        "values": Words(typed_details(editor.webinar) if values is None else values),
        "preview": render_markdown(editor.webinar.description),
        "time_zones": zones(),
        "languages": languages(),
        "access_words": ACCESS,
        **(wrong(error) if error else {}),
    }
    return render_editor(
        request, editor, "", "admin/webinars/details.html", context, status=error.status if error else 200
    )


def _step(request: Request) -> Step:
    try:
        return Step(request.path_params["step"])
    except ValueError:
        raise NotFound from None
