"""Correcting one's own answers: the form that was filled in, with what was answered. No GET changes anything."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.models import Corrector
from webinar.registration.form import RegistrationForm
from webinar.routes.answers import sheet_context, sheet_of, take_corrections
from webinar.routes.context import services
from webinar.routes.corrections import forget_the_old
from webinar.routes.event_page import base_of, page_context
from webinar.routes.incoming import read_form
from webinar.routes.mine.page import myself


async def show_answers(request: Request) -> Response:
    """The person's answers, to be corrected."""
    return await _page(request)


async def correct(request: Request) -> Response:
    """Corrects the answers everywhere (Art. 16 GDPR)."""
    sent = await read_form(request, tolerant=True)
    async with services(request).db.writing() as db:
        participant, webinar = await myself(request, db)
        sheet = await sheet_of(request, db, webinar, participant, participant.language, lock=True)
        form, changed = await take_corrections(request, db, sheet, sent, by=Corrector.PARTICIPANT)
    if form.errors:
        return await _page(request, form, status=422)
    if changed:
        await forget_the_old(request)
    return RedirectResponse(f"{base_of(request)}/my?done=answers#held", 303)


async def _page(request: Request, form: RegistrationForm | None = None, *, status: int = 200) -> Response:
    found = services(request)
    async with found.db.reading() as db:
        participant, webinar = await myself(request, db)
        sheet = await sheet_of(request, db, webinar, participant, participant.language)
    context = {
        **page_context(request, webinar, participant.language),
        **sheet_context(sheet, form),
        "here": f"{base_of(request)}/my",
    }
    return found.templates.render(request, "mine/answers.html", context, status)
