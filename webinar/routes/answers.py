"""Correcting answers, whoever corrects them: the form that was filled in, opened on its stored answers."""

from collections.abc import Mapping
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.datastructures import FormData
from starlette.requests import Request

from webinar.models import Corrector, Participant, Webinar
from webinar.privacy.schedule import overdue_fields
from webinar.registration.answers import AnswerSheet, correct_answers, get_registration, open_sheet
from webinar.registration.form import RegistrationForm
from webinar.routes.context import services
from webinar.routes.event_page import shown_fields


async def sheet_of(
    request: Request,
    db: AsyncSession,
    webinar: Webinar,
    participant: Participant,
    language: str,
    *,
    lock: bool = False,
) -> AnswerSheet:
    """What can be corrected of the participant's answers, in `language`; raises NotFound where no form was filled in."""
    found = services(request)
    registration, version = await get_registration(db, participant, lock=lock)
    form = await found.forms.load(db, version, language)
    return await open_sheet(db, registration, form, overdue_fields(webinar, version, found.clock.now()))


async def take_corrections(
    request: Request, db: AsyncSession, sheet: AnswerSheet, sent: FormData, *, by: Corrector
) -> tuple[RegistrationForm, bool]:
    """The form as it was sent, with its errors if it has any, and whether its answers were stored."""
    form = sheet.form.filled(sent)
    if not form.check():
        return form, False
    return form, await correct_answers(db, sheet, form.values, by=by, now=services(request).clock.now())


def sheet_context(sheet: AnswerSheet, form: RegistrationForm | None = None) -> Mapping[str, Any]:
    """What the templates need: the fields as they were sent, or with the stored answers, and their language."""
    return {
        "fields": shown_fields(sheet.form, form or sheet.form.answered(sheet.answers)),
        "form_language": sheet.form.language,
    }
