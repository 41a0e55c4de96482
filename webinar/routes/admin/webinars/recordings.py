"""Recordings of a webinar: taking them in, and removing them."""

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from webinar.accounts.audit import Action
from webinar.errors import Conflict, Invalid
from webinar.media.archive import told_when_full
from webinar.media.assets import drop_asset, keep_recording
from webinar.models import MediaAsset, Webinar
from webinar.routes.admin.webinars.editor import back_to, changing, open_editor
from webinar.routes.admin.webinars.picture import picture_page
from webinar.routes.context import services
from webinar.routes.incoming import read_form

# What the route takes; its limit is set where it is mounted.
MOST_BYTES = 2 * 1024**3


async def upload(request: Request) -> Response:
    """Stores a recording. Who may do that is known before the first byte of it is read."""
    found = services(request)
    async with found.db.reading() as db:
        webinar = (await open_editor(request, db)).webinar
    try:
        with told_when_full():
            form = await read_form(request, max_files=1)
        try:
            asset = await _keep(request, webinar, form)
        finally:
            await form.close()
    except Invalid as error:
        return await picture_page(request, "recording", error=error)
    try:
        async with found.db.writing() as db:
            await changing(request, db, Action.WEBINAR_CHANGED)
            db.add(asset)
    except BaseException:
        # The webinar was deleted in the meantime: its files must not come back.
        await found.library.remove_asset(webinar.id, asset.id)
        raise
    return back_to(webinar.id, "picture", "uploaded")


async def remove(request: Request) -> Response:
    """Removes a recording that is not shown."""
    found = services(request)
    asset_id = request.path_params["asset_id"]
    async with found.db.writing() as db:
        webinar = await changing(request, db, Action.WEBINAR_CHANGED)
        if asset_id in {webinar.recording_id, webinar.replay_recording_id}:
            raise Conflict("This recording is what the webinar shows. Choose another picture first.")
        await drop_asset(db, webinar, asset_id)
    await found.library.remove_asset(webinar.id, asset_id)
    return back_to(webinar.id, "picture", "removed")


async def _keep(request: Request, webinar: Webinar, form: FormData) -> MediaAsset:
    file = form.get("recording")
    if not isinstance(file, UploadFile) or not file.size:
        raise Invalid({"recording": "Choose a .zip file."})
    return await keep_recording(services(request).library, webinar, file.file, services(request).clock.now())
