"""Where the picture comes from: choosing it, checking an address as it is typed, and looking at it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from webinar.accounts.audit import Action
from webinar.errors import Invalid
from webinar.limits import Limit
from webinar.media.assets import list_assets
from webinar.media.playlists import Unreadable
from webinar.media.stream_check import StreamFacts, check_stream
from webinar.models import AssetKind, MediaKind, Webinar
from webinar.outbound import Refused, read_address
from webinar.picture import NO_PICTURE, Picture, live_picture
from webinar.routes.admin.webinars.editor import Words, back_to, changing, open_editor, render_editor, wrong
from webinar.routes.context import services
from webinar.routes.csp import allow_player
from webinar.routes.incoming import read_form
from webinar.routes.signed_in import signed_in
from webinar.webinars.picture import set_live_picture, set_replay_picture
from webinar.webinars.typed import typed_text

CHECKING = Limit("check-stream", 60, timedelta(minutes=10))
LONGEST_ADDRESS = 2000
SAMPLE = "sample"
Setter = Callable[[AsyncSession, UUID, UUID, Picture], Awaitable[Webinar]]


@dataclass(frozen=True, slots=True)
class Found:
    """What asking for a stream brought: its facts, or the reason why there are none."""

    facts: StreamFacts | None = None
    reason: str = ""


async def show_picture(request: Request) -> Response:
    """The page "Picture"."""
    return await picture_page(request)


async def save_live(request: Request) -> Response:
    """Chooses what is shown live, or only checks the address."""
    return await _save(request, set_live_picture, "live")


async def save_replay(request: Request) -> Response:
    """Chooses what is shown afterwards, or only checks the address."""
    return await _save(request, set_replay_picture, "replay")


async def check(request: Request) -> Response:
    """What is found at an address, as a piece of the page: asked for by its script while somebody types."""
    values = typed_text(await read_form(request))
    found = await _ask(request, values.get("url", ""))
    return services(request).templates.render(request, "admin/webinars/stream_facts.html", {"found": found})


async def picture_page(
    request: Request,
    section: str = "",
    values: Mapping[str, str] | None = None,
    *,
    error: Invalid | None = None,
    found: Found | None = None,
) -> Response:
    """The page; `values`, `error` and what was `found` belong to one of its sections: live, replay or recording."""
    pictures = services(request).pictures
    async with services(request).db.reading() as db:
        editor = await open_editor(request, db)
        recordings = await list_assets(db, editor.webinar, AssetKind.RECORDING)
    webinar = editor.webinar
    previews = [pictures.preview(webinar), pictures.preview(webinar, replay=True)]
    allow_player(request, [preview.src for preview in previews if preview and preview.external])
    replay = Picture(webinar.replay_kind, webinar.replay_url, webinar.replay_recording_id)
    typed = {"live": _typed(live_picture(webinar)), "replay": _typed(replay)}
    if values is not None:
        typed[section] = Words(values)
    context = {
        "typed": typed,
        "section": section,
        "found": found,
        "recordings": recordings,
        "used": {webinar.recording_id, webinar.replay_recording_id},
        "preview": previews[0],
        "replay_preview": previews[1],
        **(wrong(error) if error else {}),
    }
    status = error.status if error else 200
    return render_editor(request, editor, "picture", "admin/webinars/picture.html", context, status=status)


async def _save(request: Request, choose: Setter, section: str) -> Response:
    values = typed_text(await read_form(request))
    found = None
    try:
        picture = _picture(values)
        asked = picture.kind is MediaKind.EXTERNAL
        if asked and (values.get("action") == "check" or not values.get("anyway")):
            found = await _ask(request, picture.url)
            if values.get("action") == "check" or found.facts is None:
                # What cannot be read is kept only when its maker says so: a stream may not have begun yet.
                return await picture_page(request, section, values, found=found)
        async with services(request).db.writing() as db:
            webinar = await changing(request, db, Action.WEBINAR_CHANGED)
            await choose(db, webinar.account_id, webinar.id, picture)
    except Invalid as error:
        return await picture_page(request, section, values, error=error)
    await services(request).hub.advanced(webinar.id)
    return back_to(webinar.id, "picture")


async def _ask(request: Request, address: str) -> Found:
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db)
    await found.limits.hit(CHECKING, actor.user.id)
    try:
        return Found(await check_stream(found.outbound, address.strip(), found.site.base_url))
    except (Refused, Unreadable) as error:
        return Found(reason=str(error))


def _picture(values: Mapping[str, str]) -> Picture:
    kind = values.get("kind", "")
    if kind == MediaKind.EXTERNAL:
        return Picture(MediaKind.EXTERNAL, url=_address(values.get("url", "")))
    if kind == MediaKind.NONE:
        return NO_PICTURE
    if kind == SAMPLE:
        return Picture(MediaKind.RECORDING)
    try:
        return Picture(MediaKind.RECORDING, recording_id=UUID(kind))
    except ValueError:
        raise Invalid({"kind": "Choose one of these."}) from None


def _address(text: str) -> str:
    if len(text) > LONGEST_ADDRESS:
        raise Invalid({"url": f"At most {LONGEST_ADDRESS} characters."})
    try:
        return str(read_address(text))
    except Refused as error:
        raise Invalid({"url": str(error)}) from None


def _typed(picture: Picture) -> Words:
    recorded = str(picture.recording_id or SAMPLE)
    kind = recorded if picture.kind is MediaKind.RECORDING else picture.kind.value
    return Words(kind=kind, url=picture.url)
