"""The frame of every page about one webinar: its name and state, what can be done next, what is missing, the tabs.

A page opens the editor in its own unit of work and renders through it:

    async with services(request).db.reading() as db:
        editor = await open_editor(request, db)
        …
    return render_editor(request, editor, "form", "admin/forms/builder.html", {…})

Its template extends `admin/webinars/frame.html` and fills the block `page`. `values` and `errors` (by field) of the
context are what was typed and what is wrong with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.accounts.actor import Actor
from webinar.accounts.audit import Action, record_action
from webinar.errors import Invalid
from webinar.models import Access, Role, Webinar
from webinar.registration.versions import current_form
from webinar.routes.context import services
from webinar.routes.signed_in import signed_in
from webinar.webinars.catalogue import count_registered, get_webinar
from webinar.webinars.lifecycle import Lack, Step, lacks, possible_steps

# The tabs, by their part of the address. "" is the page at the webinar's own address.
TABS = (
    "",
    "form",
    "privacy",
    "picture",
    "look",
    "embed",
    "invitations",
    "participants",
    "statistics",
    "danger",
)


class Words(dict[str, str]):
    """Texts by the names of fields, empty for those that have none."""

    def __missing__(self, name: str) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Editor:
    """What the frame shows. `missing` maps each step that could be next to what it still needs."""

    actor: Actor
    webinar: Webinar
    registered: int
    missing: Mapping[Step, list[Lack]]

    @property
    def address(self) -> str:
        """Where the webinar's pages in the admin begin."""
        return address_of(self.webinar.id)


async def open_editor(request: Request, db: AsyncSession) -> Editor:
    """The editor of the webinar in the address, for admins; raises NotFound for another account's."""
    actor = await signed_in(request, db)
    webinar = await get_webinar(db, actor.account_id, request.path_params["webinar_id"])
    missing = {step: await missing_for(request, db, webinar, step) for step in possible_steps(webinar.state)}
    return Editor(actor, webinar, await count_registered(db, webinar), missing)


async def missing_for(request: Request, db: AsyncSession, webinar: Webinar, step: Step) -> list[Lack]:
    """What keeps the webinar from `step`: what the lifecycle says, and a form that tells people everything."""
    found = await lacks(db, webinar, step, services(request).clock.now())
    asks = step is Step.SCHEDULE and webinar.access is not Access.OPEN
    # A form is only ever published once everything that Art. 13 GDPR asks for is told with it (G3).
    if asks and await current_form(db, webinar) is None:
        found.append(Lack("form", "Publish the registration form.", "form"))
    return found


async def changing(
    request: Request, db: AsyncSession, action: Action, **details: int | str | bool
) -> Webinar:
    """The webinar in the address, held until the unit of work ends, with the change recorded in the audit trail."""
    actor = await signed_in(request, db, Role.ADMIN)
    webinar = await get_webinar(db, actor.account_id, request.path_params["webinar_id"], lock=True)
    await record_action(db, actor, action, webinar.id, now=services(request).clock.now(), **details)
    return webinar


def render_editor(
    request: Request,
    editor: Editor,
    tab: str,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> Response:
    """The page `tab` of the editor as an answer."""
    facts = {
        "editor": editor,
        "webinar": editor.webinar,
        "tab": tab,
        "done": request.query_params.get("done", ""),
        "errors": Words(),
        "no_errors": Words(),
        "message": "",
    }
    return services(request).templates.render(request, template, {**facts, **(context or {})}, status)


def wrong(error: Invalid) -> dict[str, Any]:
    """The part of a context that says what is wrong: beside the fields, or on top when it is about none of them."""
    return {"errors": Words(error.fields), "message": "" if error.fields else error.message}


def back_to(webinar_id: UUID, tab: str, done: str = "saved") -> Response:
    """To a page of the editor, after something was done there."""
    return RedirectResponse(f"{address_of(webinar_id)}{'/' if tab else ''}{tab}?done={done}", 303)


def address_of(webinar_id: UUID) -> str:
    """Where a webinar's pages in the admin begin."""
    return f"/admin/webinars/{webinar_id}"
