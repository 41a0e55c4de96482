"""The host console's page, and its buttons for browsers without scripts."""

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.errors import Invalid
from webinar.models import MediaKind, Role, Webinar
from webinar.realtime.views import show_room
from webinar.routes.context import services
from webinar.routes.csp import allow_player
from webinar.routes.host.standing import HostStep, Standing, find_standing, step_on, switch_replay
from webinar.routes.incoming import read_form, text_in
from webinar.routes.signed_in import signed_in


async def show_console(request: Request) -> Response:
    """Everything to run the webinar with, on one screen."""
    found = services(request)
    webinar, standing = await find_standing(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db, Role.HOST)
    allow_player(request, _streams(webinar))
    context = {
        "webinar": webinar,
        "standing": standing,
        "config": _config(request, webinar, standing, edits=actor.may(Role.ADMIN)),
        "brand_url": f"/w/{webinar.id}/brand.css" if webinar.brand_colour else "",
    }
    return found.templates.render(request, "host/console.html", context)


async def take_step(request: Request) -> Response:
    """A step from a form."""
    form = await read_form(request)
    # Who may not do this must not learn what a form of theirs lacks.
    await find_standing(request)
    if (step := text_in(form, "step")) not in set(HostStep):
        raise Invalid({"step": "Please choose one of the steps."})
    await step_on(request, HostStep(step))
    return _back(request)


async def change_replay(request: Request) -> Response:
    """The replay switched on or off from a form."""
    form = await read_form(request)
    await find_standing(request)
    if (choice := text_in(form, "replay")) not in {"on", "off"}:
        raise Invalid({"replay": "Please say whether the replay can be watched."})
    await switch_replay(request, enabled=choice == "on")
    return _back(request)


def _back(request: Request) -> Response:
    return RedirectResponse(f"/host/{request.path_params['webinar_id']}", 303)


def _streams(webinar: Webinar) -> list[str]:
    """The addresses on other sites that the preview may come from."""
    pictures = ((webinar.media_kind, webinar.media_url), (webinar.replay_kind, webinar.replay_url))
    return [url for kind, url in pictures if kind is MediaKind.EXTERNAL]


def _config(request: Request, webinar: Webinar, standing: Standing, *, edits: bool) -> dict[str, Any]:
    """What the page's scripts start from; see `static/js/lib/room.js` and `static/js/host/standing.js`."""
    api = f"/api/v1/webinars/{webinar.id}"
    room = show_room(webinar, services(request).pictures.recording_address)
    config: dict[str, Any] = msgspec.to_builtins(
        {
            "ticket": f"{api}/ticket",
            "role": "host",
            "token": "",
            "webinar": room,
            "host": {
                "state": f"{api}/state",
                "replay": f"{api}/replay",
                "editor": f"/admin/webinars/{webinar.id}" if edits else "",
                "standing": standing,
            },
        }
    )
    return config
