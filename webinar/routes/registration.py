"""Registering for a webinar: the form's way in, and the page that waits for the mailed code."""

from uuid import UUID

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.errors import Conflict
from webinar.models import Participant
from webinar.registration.form import CompiledForm, RegistrationForm
from webinar.registration.register import NONCE_LENGTH, Submission
from webinar.registration.versions import current_form
from webinar.routes.context import services
from webinar.routes.event_page import (
    base_of,
    fixed_email,
    invited_person,
    load_event_page,
    page_context,
    render_event_page,
)
from webinar.routes.incoming import read_form, text_in
from webinar.routes.pacing import now, until_next_beat
from webinar.signing import new_token
from webinar.webinars.catalogue import find_public_webinar


async def submit(request: Request) -> Response:
    """Registers whoever filled in the form. The answer and its timing don't tell whether they were known (S8)."""
    began = now()
    answer = await _submit(request)
    await until_next_beat(began)
    return answer


async def show_registered(request: Request) -> Response:
    """The page after registering: check your mail, or type the code from it here."""
    found = services(request)
    async with found.db.reading() as db:
        webinar = await find_public_webinar(db, request.path_params["webinar_id"])
    context = {**page_context(request, webinar), "claim": claim_of(request), "error": ""}
    return found.templates.render(request, "registration/registered.html", context)


async def _submit(request: Request) -> Response:
    found = services(request)
    sent = await read_form(request, tolerant=True)
    nonce = text_in(sent, "_nonce")[:NONCE_LENGTH] or new_token()
    compiled = await _form_that_was_sent(request, sent)
    if compiled is None:
        return await _again(request, sent, nonce, notice=True)
    invited = await _who_was_invited(request)
    form = compiled.filled(sent, email=invited.email or "" if invited else "")
    entry = form.read()
    if entry is None:
        return await _again(request, sent, nonce, form=form)
    submission = Submission(compiled, entry, nonce, invited.id if invited else None)
    try:
        claim_id = await found.desk.register(submission)
    except Conflict as conflict:
        return await _again(request, sent, nonce, notice=conflict.code == "form_changed")
    found.mail.wake()
    return RedirectResponse(f"{base_of(request)}/registered?claim={claim_id}&lang={compiled.language}", 303)


async def _form_that_was_sent(request: Request, sent: FormData) -> CompiledForm | None:
    """The form as the sender saw it; None when it isn't the webinar's present one."""
    found = services(request)
    webinar_id = request.path_params["webinar_id"]
    language = text_in(sent, "_language")
    try:
        version_id = UUID(text_in(sent, "_form"))
    except ValueError:
        return None
    # Whether it still is the present one is judged again when the registration is stored.
    kept = found.forms.get(version_id, language)
    if kept is None:
        async with found.db.reading() as db:
            version = await current_form(db, await find_public_webinar(db, webinar_id))
            if version is None or version.id != version_id:
                return None
            kept = await found.forms.load(db, version, language)
    return kept if kept.webinar_id == webinar_id else None


async def _who_was_invited(request: Request) -> Participant | None:
    if not request.query_params.get("invitation"):
        return None
    async with services(request).db.reading() as db:
        return await invited_person(request, db)


async def _again(
    request: Request,
    sent: FormData,
    nonce: str,
    *,
    form: RegistrationForm | None = None,
    notice: bool = False,
) -> Response:
    """The page once more with what was typed: with `form`'s errors, or as the webinar is by now."""
    async with services(request).db.reading() as db:
        page = await load_event_page(request, db, language=text_in(sent, "_language"))
    if page.state != "open" or page.form is None:
        return render_event_page(request, page, status=409)
    if form is None:
        form = page.form.filled(sent, email=fixed_email(page))
    status = 422 if form.errors else 409
    return render_event_page(request, page, form, nonce=nonce, form_changed=notice, status=status)


def claim_of(request: Request) -> UUID | None:
    """The claim under which the page waits for its code; None when the address names none."""
    try:
        return UUID(request.query_params.get("claim", ""))
    except ValueError:
        return None
