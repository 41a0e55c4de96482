"""How a webinar looks: colour, logo, speakers."""

from collections.abc import Mapping
from uuid import UUID

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from webinar.accounts.audit import Action
from webinar.errors import Invalid
from webinar.media.assets import drop_asset, keep_logo
from webinar.media.images import MOST_BYTES as LARGEST_LOGO
from webinar.routes.admin.webinars.editor import Words, back_to, changing, open_editor, render_editor, wrong
from webinar.routes.context import services
from webinar.routes.incoming import read_form
from webinar.webinars.look import read_colour, set_colour, set_logo
from webinar.webinars.speakers import (
    add_speaker,
    edit_speaker,
    list_speakers,
    move_speaker,
    read_speaker,
    remove_speaker,
)
from webinar.webinars.typed import typed_text

# The file itself and what a form has around it; one byte too many must still get a reason.
MOST_BYTES = 2 * LARGEST_LOGO
MOVES = {"up": -1, "down": 1}


async def show_look(request: Request) -> Response:
    """The page "Look"."""
    return await _page(request)


async def save_colour(request: Request) -> Response:
    """Changes the brand colour."""
    values = typed_text(await read_form(request))
    try:
        colour = read_colour(values.get("brand_colour", ""))
        async with services(request).db.writing() as db:
            webinar = await changing(request, db, Action.WEBINAR_CHANGED)
            await set_colour(db, webinar.account_id, webinar.id, colour)
    except Invalid as error:
        return await _page(request, values, error)
    await services(request).hub.advanced(webinar.id)
    return back_to(webinar.id, "look")


async def upload_logo(request: Request) -> Response:
    """Draws an uploaded image anew and makes it the logo."""
    found = services(request)
    async with found.db.reading() as db:
        webinar = (await open_editor(request, db)).webinar
    form = await read_form(request, max_files=1)
    file = form.get("logo")
    content = await file.read() if isinstance(file, UploadFile) else b""
    await form.close()
    try:
        if not content:
            raise Invalid({"logo": "Choose an image."})
        asset = await keep_logo(found.library, webinar, content, found.clock.now())
    except Invalid as error:
        return await _page(request, error=error)
    try:
        async with found.db.writing() as db:
            webinar = await changing(request, db, Action.WEBINAR_CHANGED)
            old = webinar.logo_id
            db.add(asset)
            await db.flush()
            await set_logo(db, webinar.account_id, webinar.id, asset.id)
            if old:
                await drop_asset(db, webinar, old)
    except BaseException:
        await found.library.remove_asset(webinar.id, asset.id)
        raise
    return await _changed_logo(request, webinar.id, old)


async def remove_logo(request: Request) -> Response:
    """Takes the logo away."""
    async with services(request).db.writing() as db:
        webinar = await changing(request, db, Action.WEBINAR_CHANGED)
        old = webinar.logo_id
        await set_logo(db, webinar.account_id, webinar.id, None)
        if old:
            await drop_asset(db, webinar, old)
    return await _changed_logo(request, webinar.id, old)


async def add(request: Request) -> Response:
    """Adds a speaker."""
    values = typed_text(await read_form(request))
    try:
        words = read_speaker(values)
        async with services(request).db.writing() as db:
            webinar = await changing(request, db, Action.WEBINAR_CHANGED)
            await add_speaker(db, webinar, words)
    except Invalid as error:
        return await _page(request, values, error, speaker="new")
    return back_to(webinar.id, "look")


async def edit(request: Request) -> Response:
    """Changes what is said about a speaker."""
    values = typed_text(await read_form(request))
    speaker_id: UUID = request.path_params["speaker_id"]
    async with services(request).db.reading() as db:
        await open_editor(request, db)
    try:
        words = read_speaker(values)
        async with services(request).db.writing() as db:
            webinar = await changing(request, db, Action.WEBINAR_CHANGED)
            await edit_speaker(db, webinar, speaker_id, words)
    except Invalid as error:
        return await _page(request, values, error, speaker=str(speaker_id))
    return back_to(webinar.id, "look")


async def move(request: Request) -> Response:
    """Moves a speaker up or down."""
    by = MOVES.get(typed_text(await read_form(request)).get("to", ""), 0)
    async with services(request).db.writing() as db:
        webinar = await changing(request, db, Action.WEBINAR_CHANGED)
        await move_speaker(db, webinar, request.path_params["speaker_id"], by)
    return back_to(webinar.id, "look")


async def remove(request: Request) -> Response:
    """Removes a speaker."""
    async with services(request).db.writing() as db:
        webinar = await changing(request, db, Action.WEBINAR_CHANGED)
        await remove_speaker(db, webinar, request.path_params["speaker_id"])
    return back_to(webinar.id, "look", "removed")


async def _changed_logo(request: Request, webinar_id: UUID, old: UUID | None) -> Response:
    if old:
        await services(request).library.remove_asset(webinar_id, old)
    await services(request).hub.advanced(webinar_id)
    return back_to(webinar_id, "look")


async def _page(
    request: Request,
    values: Mapping[str, str] | None = None,
    error: Invalid | None = None,
    *,
    speaker: str = "",
) -> Response:
    async with services(request).db.reading() as db:
        editor = await open_editor(request, db)
        speakers = await list_speakers(db, editor.webinar)
    context = {
        "values": Words(values or {"brand_colour": editor.webinar.brand_colour}),
        "speakers": speakers,
        "speaker": speaker,
        **(wrong(error) if error else {}),
    }
    status = error.status if error else 200
    return render_editor(request, editor, "look", "admin/webinars/look.html", context, status=status)
