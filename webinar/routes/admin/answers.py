"""Correcting a participant's answers for them, where they asked the organisation to."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.accounts.audit import Action, record_action
from webinar.models import Corrector, Role
from webinar.pages import language_of
from webinar.registration.form import RegistrationForm
from webinar.registration.participants import get_participant
from webinar.routes.admin.webinars.editor import open_editor, render_editor
from webinar.routes.answers import sheet_context, sheet_of, take_corrections
from webinar.routes.context import services
from webinar.routes.corrections import forget_the_old
from webinar.routes.incoming import read_form
from webinar.routes.signed_in import signed_in
from webinar.webinars.catalogue import get_webinar

TAB = "participants"


async def show_answers(request: Request) -> Response:
    """One person's answers, to be corrected."""
    return await _page(request)


async def correct(request: Request) -> Response:
    """Corrects the answers everywhere; the audit trail says that it was done, and nothing of what was answered."""
    found = services(request)
    sent = await read_form(request, tolerant=True)
    async with found.db.writing() as db:
        actor = await signed_in(request, db, Role.ADMIN)
        webinar = await get_webinar(db, actor.account_id, request.path_params["webinar_id"])
        person = await get_participant(db, webinar, request.path_params["participant_id"])
        sheet = await sheet_of(request, db, webinar, person, language_of(request), lock=True)
        form, changed = await take_corrections(request, db, sheet, sent, by=Corrector.ACCOUNT)
        if changed:
            now = found.clock.now()
            await record_action(db, actor, Action.PARTICIPANT_CHANGED, webinar.id, now=now, what="answers")
    if form.errors:
        return await _page(request, form, status=422)
    if changed:
        await forget_the_old(request)
    return RedirectResponse(f"{request.url.path.removesuffix('/answers')}?done=saved", 303)


async def _page(request: Request, form: RegistrationForm | None = None, *, status: int = 200) -> Response:
    async with services(request).db.reading() as db:
        editor = await open_editor(request, db)
        person = await get_participant(db, editor.webinar, request.path_params["participant_id"])
        sheet = await sheet_of(request, db, editor.webinar, person, language_of(request))
    people = f"{editor.address}/participants"
    context = {
        **sheet_context(sheet, form),
        "person": person,
        "people_address": people,
        "person_address": f"{people}/{person.id}",
    }
    return render_editor(request, editor, TAB, "admin/participants/answers.html", context, status=status)
