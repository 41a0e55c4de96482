"""Exports for one purpose: whom it covers now, the fields declared for it, as a file that expires, with its log."""

from collections.abc import AsyncIterator
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from webinar.accounts.audit import WORDS, Action, list_traces
from webinar.errors import Invalid
from webinar.models import ExportFile, Role, Webinar
from webinar.privacy.prepared import Counting, begin_export, finish_export, get_export, list_exports
from webinar.privacy.purpose_table import list_exportable, purpose_table
from webinar.privacy.tabular import chunks_of
from webinar.routes.admin.confirm import confirmed_lately, is_recent
from webinar.routes.admin.exports import TYPES, file_headers
from webinar.routes.admin.webinars.editor import address_of, changing, open_editor, render_editor, wrong
from webinar.routes.context import services
from webinar.routes.incoming import read_form, text_in
from webinar.routes.signed_in import signed_in
from webinar.webinars.catalogue import get_webinar

LOGGED = (Action.WEBINAR_EXPORTED, Action.WEBINAR_EXPORT_PREPARED, Action.WEBINAR_EXPORT_DOWNLOADED)
# What the log says beside who and when: ids and counts, nothing about participants.
Details = dict[str, int | str | bool]
TEMPLATE = "admin/participants/purpose_export.html"


async def show_purposes(request: Request) -> Response:
    """The purposes with how many they cover, the files that are there, and who took what away."""
    return await _page(request)


async def prepare(request: Request) -> Response:
    """Makes a file for one purpose; it can be downloaded until it expires."""
    form, found = await read_form(request), services(request)
    webinar = await _webinar(request)
    try:
        actor = await confirmed_lately(request, text_in(form, "current", most=1024))
        purpose_id, kind = await _wanted(request, webinar, text_in(form, "purpose"), text_in(form, "format"))
        async with found.db.writing() as db:
            export = await begin_export(db, actor, webinar, purpose_id, kind=kind, now=found.clock.now())
    except Invalid as error:
        return await _page(request, error)
    try:
        counting = await _written(request, webinar, export)
        details: Details = {"purpose": str(purpose_id), "format": kind, "rows": counting.rows}
        async with found.db.writing() as db:
            await changing(request, db, Action.WEBINAR_EXPORT_PREPARED, **details)
            await finish_export(db, export.id, counting.rows)
    except BaseException:
        await found.prepared.discard(export.id)
        raise
    return RedirectResponse(f"{_address(webinar.id)}?done=prepared", 303)


async def download(request: Request) -> Response:
    """Hands a prepared file out, and notes who took it."""
    form, found = await read_form(request), services(request)
    webinar, export_id = await _webinar(request), request.path_params["export_id"]
    async with found.db.reading() as db:
        await get_export(db, webinar, export_id, found.clock.now())
    try:
        await confirmed_lately(request, text_in(form, "current", most=1024))
    except Invalid as error:
        return await _page(request, error)
    async with found.db.writing() as db:
        export = await get_export(db, webinar, export_id, found.clock.now())
        details: Details = {
            "purpose": str(export.purpose_id),
            "format": export.kind,
            "rows": export.rows or 0,
        }
        await changing(request, db, Action.WEBINAR_EXPORT_DOWNLOADED, **details)
        content = await found.prepared.read(export)
    headers = file_headers(found, f"purpose.{export.kind}")
    return StreamingResponse(content, media_type=TYPES[export.kind], headers=headers)


async def remove(request: Request) -> Response:
    """Deletes a prepared file before it expires."""
    found, webinar = services(request), await _webinar(request)
    async with found.db.reading() as db:
        export = await get_export(db, webinar, request.path_params["export_id"], found.clock.now())
    await found.prepared.discard(export.id)
    return RedirectResponse(f"{_address(webinar.id)}?done=removed", 303)


async def _webinar(request: Request) -> Webinar:
    """The account's own webinar, before anything that was sent is looked at: a foreign id is never more than 404."""
    async with services(request).db.reading() as db:
        actor = await signed_in(request, db, Role.ADMIN)
        return await get_webinar(db, actor.account_id, request.path_params["webinar_id"])


async def _wanted(request: Request, webinar: Webinar, purpose: str, kind: str) -> tuple[UUID, str]:
    async with services(request).db.reading() as db:
        listed = {str(each.id): each for each in await list_exportable(db, webinar)}
    if purpose not in listed:
        raise Invalid({"purpose": "Choose one of the purposes."})
    if not listed[purpose].people:
        raise Invalid({"purpose": "There is nobody whom this covers at present."})
    if kind not in TYPES:
        raise Invalid({"format": "Choose one of the formats."})
    return listed[purpose].id, kind


async def _written(request: Request, webinar: Webinar, export: ExportFile) -> Counting:
    found = services(request)
    async with found.db.reading() as db:
        counting = Counting(await purpose_table(db, webinar, export.purpose_id, found.db.reading))
    chunks: AsyncIterator[bytes] = chunks_of(counting.table, export.kind, found.exports)
    await found.prepared.write(export, chunks)
    return counting


async def _page(request: Request, error: Invalid | None = None) -> Response:
    found = services(request)
    now = found.clock.now()
    async with found.db.reading() as db:
        editor = await open_editor(request, db)
        purposes = await list_exportable(db, editor.webinar)
        files = await list_exports(db, editor.webinar, now)
        traces = await list_traces(
            db, editor.actor.account_id, subject_id=editor.webinar.id, actions=LOGGED, limit=50
        )
    context = {
        "recent": is_recent(editor.actor, now),
        "people_address": f"{editor.address}/participants",
        "here": _address(editor.webinar.id),
        "purposes": purposes,
        "titles": {str(each.id): each.title for each in purposes},
        "formats": [(kind, kind.upper()) for kind in TYPES],
        "files": files,
        "traces": traces,
        "words": WORDS,
        **(wrong(error) if error else {}),
    }
    status = error.status if error else 200
    return render_editor(request, editor, "participants", TEMPLATE, context, status=status)


def _address(webinar_id: UUID) -> str:
    return f"{address_of(webinar_id)}/participants/export/purpose"
