"""The watch page: the picture beside the conversation, for who is admitted, or for everybody where it is open."""

from typing import Any

import msgspec
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from webinar.consent.records import current_consents
from webinar.models import Access, Participant, Webinar
from webinar.realtime.views import show_room
from webinar.registration.admission import participant_of
from webinar.routes.admitted import find_admitted
from webinar.routes.context import services
from webinar.routes.csp import allow_player
from webinar.routes.event_page import page_context
from webinar.routes.incoming import read_form, text_in
from webinar.sanitize import render_markdown
from webinar.webinars.catalogue import find_public_webinar
from webinar.webinars.speakers import list_speakers

TOKEN_LENGTH = 200


async def show_watch(request: Request) -> Response:
    """The room. Who may not watch is told how to get in; a draft is NotFound."""
    return await _show(request, "")


async def show_watch_by_token(request: Request) -> Response:
    """The room for a browser that drops the cookie: the page brings the token in a form and keeps it in memory."""
    return await _show(request, text_in(await read_form(request), "token", most=TOKEN_LENGTH))


async def _show(request: Request, token: str) -> Response:
    found = services(request)
    async with found.db.reading() as db:
        webinar = await find_public_webinar(db, request.path_params["webinar_id"])
        if token:
            admitted = await participant_of(db, token, webinar.id, found.clock.now())
        else:
            admitted = await find_admitted(request, db, webinar.id)
        participant = admitted.participant if admitted else None
        if participant is None and webinar.access is not Access.OPEN:
            return _outside(request, webinar, "room/way_in.html")
        if participant is not None and participant.banned_at is not None:
            return _outside(request, webinar, "room/banned.html")
        context = await _room_context(request, db, webinar, participant)
    context["config"]["token"] = token if participant else ""
    allow_player(request, (webinar.media_url, webinar.replay_url))
    return found.templates.render(request, "room/watch.html", context)


async def _room_context(
    request: Request, db: AsyncSession, webinar: Webinar, participant: Participant | None
) -> dict[str, Any]:
    shared = page_context(request, webinar, participant.language if participant else "")
    found = services(request)
    room = msgspec.to_builtins(show_room(webinar, found.pictures.recording_address))
    return {
        **shared,
        "embedded": shared["layout"] == "layouts/embed.html",
        "server_now": found.clock.now(),
        "participant": participant,
        "to_renew": participant is not None and await _is_to_renew(db, participant),
        "speakers": await list_speakers(db, webinar),
        "description": render_markdown(webinar.description),
        "room": room,
        "config": {
            "ticket": f"/api/v1/webinars/{webinar.id}/ticket",
            "role": None,
            "token": "",
            "join": f"{shared['base']}/join",
            "webinar": room,
        },
    }


async def _is_to_renew(db: AsyncSession, participant: Participant) -> bool:
    return any(consent.to_renew for consent in await current_consents(db, participant))


def _outside(request: Request, webinar: Webinar, template: str) -> Response:
    return services(request).templates.render(request, template, page_context(request, webinar), 403)
