"""Files to take away: the participants, the chat and the questions of a webinar, and everything about one person."""

from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import UUID

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from webinar.accounts.audit import Action
from webinar.consent.ts27560 import MEDIA_TYPE
from webinar.errors import Invalid
from webinar.models import Role, Webinar
from webinar.privacy.consent_files import consent_records, handling_of
from webinar.privacy.conversation_tables import chat_table, question_table
from webinar.privacy.participant_table import participant_table
from webinar.privacy.person import export_person, person_as_csv, person_as_json
from webinar.privacy.tabular import Table, chunks_of
from webinar.registration.participants import get_participant
from webinar.routes.admin.confirm import confirmed_lately, is_recent
from webinar.routes.admin.webinars.editor import changing, open_editor, render_editor, wrong
from webinar.routes.context import Services, services
from webinar.routes.incoming import read_form, text_in
from webinar.routes.signed_in import signed_in
from webinar.webinars.catalogue import get_webinar

PARTICIPANTS, CHAT, QUESTIONS, CONSENTS = "participants", "chat", "questions", "consents"
CHOOSE = "Please choose one of the files."
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX, "json": "application/json"}
JSON_LD = "jsonld"
PERSON: dict[str, Callable[[dict[str, Any]], bytes]] = {"json": person_as_json, "csv": person_as_csv}


async def show_exports(request: Request) -> Response:
    """What can be taken away, in which formats."""
    return await _page(request)


async def export(request: Request) -> Response:
    """Streams the file named in the field `file` (`participants.csv`); its making is noted in the audit trail."""
    form = await read_form(request)
    found = services(request)
    await _known(request)
    try:
        await confirmed_lately(request, text_in(form, "current", most=1024))
    except Invalid as error:
        return await _page(request, error)
    what, kind = _named(form, (PARTICIPANTS, CHAT, QUESTIONS), tuple(TYPES))
    async with found.db.writing() as db:
        webinar = await changing(request, db, Action.WEBINAR_EXPORTED, what=what, format=kind)
    chunks = await _begun(chunks_of(await _table(found, webinar, what), kind, found.exports))
    return StreamingResponse(chunks, media_type=TYPES[kind], headers=file_headers(found, f"{what}.{kind}"))


async def export_one(request: Request) -> Response:
    """Everything held about one person, for handing it to them (Art. 15 and 20 GDPR)."""
    form = await read_form(request)
    found = services(request)
    await _known(request, request.path_params["participant_id"])
    await confirmed_lately(request, text_in(form, "current", most=1024))
    what, kind = _named(form, ("person", CONSENTS), (*PERSON, JSON_LD))
    if (what == CONSENTS) != (kind == JSON_LD):
        raise Invalid({"file": CHOOSE})
    async with found.db.writing() as db:
        webinar = await changing(request, db, Action.PARTICIPANT_EXPORTED, format=kind)
        person = await get_participant(db, webinar, request.path_params["participant_id"])
        if what == CONSENTS:
            handling = await handling_of(db, person, found.processor, found.site)
            content = await consent_records(db, person, handling)
        else:
            content = PERSON[kind](await export_person(db, person))
    media_type = MEDIA_TYPE if kind == JSON_LD else TYPES[kind]
    return Response(content, media_type=media_type, headers=file_headers(found, f"{what}.{kind}"))


async def _table(found: Services, webinar: Webinar, what: str) -> Table[Any]:
    if what == CHAT:
        return chat_table(webinar, found.db.reading)
    if what == QUESTIONS:
        return question_table(webinar, found.db.reading)
    async with found.db.reading() as db:
        return await participant_table(db, webinar, found.db.reading)


async def _known(request: Request, participant_id: UUID | None = None) -> None:
    """Looks for what the address names before what was sent is looked at: somebody else's is never more than 404."""
    async with services(request).db.reading() as db:
        actor = await signed_in(request, db, Role.ADMIN)
        webinar = await get_webinar(db, actor.account_id, request.path_params["webinar_id"])
        if participant_id is not None:
            await get_participant(db, webinar, participant_id)


async def _begun(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same chunks, the first of them made already: what goes wrong before it is still an answer with a status."""
    first = await anext(chunks, b"")

    async def whole() -> AsyncIterator[bytes]:
        yield first
        async for chunk in chunks:
            yield chunk

    return whole()


def _named(form: FormData, names: tuple[str, ...], kinds: tuple[str, ...]) -> tuple[str, str]:
    name, _, kind = text_in(form, "file", most=40).partition(".")
    if name not in names or kind not in kinds:
        raise Invalid({"file": CHOOSE})
    return name, kind


def file_headers(found: Services, name: str) -> dict[str, str]:
    """The headers of a file to keep."""
    # The name says when and what, never whose: file names end up in places that nobody erases.
    day = found.clock.now().date().isoformat()
    return {"Content-Disposition": f'attachment; filename="{day}-{name}"'}


async def _page(request: Request, error: Invalid | None = None) -> Response:
    found = services(request)
    async with found.db.reading() as db:
        editor = await open_editor(request, db)
    context = {
        "recent": is_recent(editor.actor, found.clock.now()),
        "people_address": f"{editor.address}/participants",
        **(wrong(error) if error else {}),
    }
    status = error.status if error else 200
    return render_editor(
        request, editor, "participants", "admin/participants/exports.html", context, status=status
    )
