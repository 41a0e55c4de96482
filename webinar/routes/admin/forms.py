"""The form builder: what a webinar asks, the real form beside it, and publishing once everything is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.accounts.accounts import get_account
from webinar.accounts.audit import Action
from webinar.consent.purposes import get_purpose, list_interest_purposes
from webinar.errors import Incomplete, Invalid, NotFound
from webinar.models import Purpose, Webinar
from webinar.registration.builder import (
    add_consent,
    add_field,
    get_field,
    move_field,
    remove_field,
    replace_field,
)
from webinar.registration.definition import FormDefinition
from webinar.registration.publishing import Told, publish_form, told_with
from webinar.registration.typed_settings import settings_of
from webinar.registration.versions import discard_draft, edited_definition, save_draft
from webinar.routes.admin.form_view import CONSENT, builder_context, preview_context
from webinar.routes.admin.webinars.editor import back_to, changing, open_editor, render_editor
from webinar.routes.context import services
from webinar.routes.incoming import read_form, text_in
from webinar.webinars.keeping import check_field_days

TAB = "form"
BUILDER, PREVIEW = "admin/forms/builder.html", "admin/forms/preview.html"


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into a field's settings and does not fit: shown again with what is wrong."""

    key: str
    sent: FormData
    errors: Mapping[str, str]


async def show_builder(request: Request) -> Response:
    """The fields, the form as people will see it, and what is missing for publishing."""
    return await _builder(request, opened=request.query_params.get("field", ""))


async def show_preview(request: Request) -> Response:
    """The form with a field as it is being typed; nothing is stored. A part of a page, for a script."""
    sent = await read_form(request)
    key = request.path_params["key"]
    found = services(request)
    async with found.db.reading() as db:
        editor = await open_editor(request, db)
        definition = await edited_definition(db, editor.webinar, found.catalogues)
        row = await _typed_row(db, definition, editor.webinar, key, sent)
        definition = replace_field(definition, key, row)
        told = await _told(db, editor.webinar, definition, request)
    context = preview_context(told, text_in(sent, "language") or editor.webinar.language)
    return found.templates.render(request, PREVIEW, context)


async def add(request: Request) -> Response:
    """A new field of the chosen type, or a consent to the chosen purpose."""
    sent = await read_form(request)
    found = services(request)
    kind = text_in(sent, "kind")
    try:
        async with found.db.writing() as db:
            webinar = await changing(request, db, Action.WEBINAR_CHANGED)
            definition = await edited_definition(db, webinar, found.catalogues)
            purpose = await _asked_purpose(db, webinar, kind)
            if purpose is not None:
                definition, key = add_consent(definition, purpose)
            else:
                definition, key = add_field(definition, kind, webinar.language, found.catalogues)
            await save_draft(db, webinar, definition)
    except Invalid as error:
        return await _builder(request, message=_one(error))
    return _to_field(webinar.id, key)


async def change(request: Request) -> Response:
    """Other settings for one field."""
    sent = await read_form(request)
    key = request.path_params["key"]
    found = services(request)
    try:
        async with found.db.writing() as db:
            webinar = await changing(request, db, Action.WEBINAR_CHANGED)
            definition = await edited_definition(db, webinar, found.catalogues)
            row = await _typed_row(db, definition, webinar, key, sent)
            changed = replace_field(definition, key, row)
            await check_field_days(db, webinar, get_field(changed, key).retention_days)
            await save_draft(db, webinar, changed)
    except Invalid as error:
        typed = Typed(key, sent, error.fields)
        return await _builder(request, opened=key, typed=typed, message=error.fields.get("", ""))
    return _to_field(webinar.id, key)


async def move(request: Request) -> Response:
    """A field up, down, or to the place it was dragged to."""
    sent = await read_form(request)
    key = request.path_params["key"]

    def moved(definition: FormDefinition) -> FormDefinition:
        place = definition.fields.index(get_field(definition, key))  # type: ignore[arg-type]
        to = {"up": place - 1, "down": place + 1}.get(text_in(sent, "to"))
        return move_field(definition, key, to if to is not None else _number(sent, place))

    try:
        webinar_id = await _edit(request, moved)
    except Invalid as error:
        return await _builder(request, message=_one(error))
    return back_to(webinar_id, TAB, "")


async def remove(request: Request) -> Response:
    """The form without a field."""
    try:
        webinar_id = await _edit(request, lambda form: remove_field(form, request.path_params["key"]))
    except Invalid as error:
        return await _builder(request, message=_one(error))
    return back_to(webinar_id, TAB, "removed")


async def discard(request: Request) -> Response:
    """Back to what is published."""
    async with services(request).db.writing() as db:
        webinar = await changing(request, db, Action.WEBINAR_CHANGED)
        await discard_draft(db, webinar)
    return back_to(webinar.id, TAB, "discarded")


async def publish(request: Request) -> Response:
    """Publishes the draft; while an item of Art. 13 is missing, the page says which and where it goes (G3)."""
    found = services(request)
    try:
        async with found.db.writing() as db:
            webinar = await changing(request, db, Action.FORM_PUBLISHED)
            account = await get_account(db, webinar.account_id)
            await publish_form(db, account, webinar, catalogues=found.catalogues, now=found.clock.now())
    except Incomplete as incomplete:
        return await _builder(request, message=incomplete.message, status=409)
    return back_to(webinar.id, TAB, "published")


async def _edit(request: Request, step: Callable[[FormDefinition], FormDefinition]) -> UUID:
    """Stores what `step` makes of the form."""
    found = services(request)
    async with found.db.writing() as db:
        webinar = await changing(request, db, Action.WEBINAR_CHANGED)
        definition = await edited_definition(db, webinar, found.catalogues)
        await save_draft(db, webinar, step(definition))
    return webinar.id


async def _builder(
    request: Request, *, opened: str = "", typed: Typed | None = None, message: str = "", status: int = 0
) -> Response:
    found = services(request)
    async with found.db.reading() as db:
        editor = await open_editor(request, db)
        definition = await edited_definition(db, editor.webinar, found.catalogues)
        told = await _told(db, editor.webinar, definition, request)
        context = await builder_context(db, editor, told)
    texts = {"opened": opened, "typed": typed, "message": message}
    status = status or (422 if typed or message else 200)
    return render_editor(request, editor, TAB, BUILDER, {**context, **texts}, status=status)


async def _told(db: AsyncSession, webinar: Webinar, definition: FormDefinition, request: Request) -> Told:
    account = await get_account(db, webinar.account_id)
    return await told_with(db, account, webinar, definition, services(request).catalogues)


async def _asked_purpose(db: AsyncSession, webinar: Webinar, kind: str) -> Purpose | None:
    """The purpose in `consent:<id>`; raises NotFound for another account's or another webinar's."""
    kind, _, purpose_id = kind.partition(":")
    if kind != CONSENT:
        return None
    try:
        purpose = await get_purpose(db, webinar.account_id, UUID(purpose_id))
    except ValueError as error:
        raise NotFound from error
    if purpose.webinar_id not in {None, webinar.id}:
        raise NotFound
    return purpose


async def _typed_row(
    db: AsyncSession, definition: FormDefinition, webinar: Webinar, key: str, sent: FormData
) -> dict[str, Any]:
    field = get_field(definition, key)
    wanted = [entry for entry in sent.getlist("shown_if") if isinstance(entry, str)]
    purposes = None
    if "purposes_asked" in sent:
        # Only what the form itself asks or tells: another account's id must not get in by this way.
        interests = await list_interest_purposes(db, webinar.account_id, webinar.id)
        known = {
            str(each)
            for each in (
                *(consent.purpose_id for consent in definition.consents),
                *(interest.id for interest in interests),
            )
        }
        purposes = [entry for entry in sent.getlist("purposes") if isinstance(entry, str) and entry in known]
    return settings_of(
        field, lambda name: text_in(sent, name, most=20_000), wanted, webinar.language, purposes
    )


def _number(sent: FormData, otherwise: int) -> int:
    text = text_in(sent, "to")
    return int(text) if text.isdecimal() and len(text) < 4 else otherwise


def _one(error: Invalid) -> str:
    return next(iter(error.fields.values()), error.message)


def _to_field(webinar_id: UUID, key: str) -> Response:
    return RedirectResponse(f"/admin/webinars/{webinar_id}/{TAB}?done=saved&field={key}#field-{key}", 303)
