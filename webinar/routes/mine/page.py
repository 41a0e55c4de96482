"""The page of one's own data, and what its buttons do. Every action is a POST that leads back to the page."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.consent.receipt import consent_receipt
from webinar.consent.records import consent_history, current_consents, give_consent_again
from webinar.consent.ts27560 import MEDIA_TYPE
from webinar.errors import Conflict, Forbidden, Held, Invalid, NotFound
from webinar.i18n import N_
from webinar.models import Account, Participant, Webinar
from webinar.pages import language_of
from webinar.privacy.consent_files import handling_of
from webinar.privacy.eraser import PATIENCE
from webinar.privacy.erasure import erase_participant_rows
from webinar.privacy.holds import is_held
from webinar.privacy.inventory import Within, count_rows
from webinar.privacy.mention_places import find_own_mentions, keep_places
from webinar.privacy.mention_sweep import Chosen
from webinar.privacy.person import export_person, person_as_csv, person_as_json
from webinar.privacy.restriction import find_restriction
from webinar.registration.join import NAME_LENGTH, read_name
from webinar.registration.own_data import rename, want_reminders, withdraw_one
from webinar.routes.admitted import find_visitor, take_cookie
from webinar.routes.context import services
from webinar.routes.csp import EMBED_PREFIX
from webinar.routes.event_page import base_of, page_context
from webinar.routes.incoming import read_form, text_in
from webinar.routes.mine.words import SECTIONS, sections
from webinar.webinars.catalogue import find_public_webinar

UNKNOWN = N_("Open this page with the link in any mail about your webinar.")
METHOD = "page of one's own data"
FORMATS = {
    "json": (person_as_json, "application/json"),
    "csv": (person_as_csv, "text/csv; charset=utf-8"),
}
DONE = {
    "withdrawn": N_("Your consent is withdrawn. That took effect at once."),
    "given": N_("Your consent is noted. You can withdraw it here at any time."),
    "reread": N_("The words have changed meanwhile. Please read them once more."),
    "answers": N_("Your answers are corrected. What you answered before is kept nowhere."),
    "renamed": N_("Your name is corrected everywhere."),
    "reminders": N_("Your wish about reminders is noted."),
    "words": N_("What you ticked is deleted."),
    "restricted": N_("Your data is only kept from now on."),
    "unrestricted": N_("Your data is used again as the privacy notice says."),
}


async def show_page(request: Request) -> Response:
    """What is held about the participant, and everything they can do about it."""
    done = DONE.get(request.query_params.get("done", ""), "")
    return await _page(request, done=done)


async def withdraw(request: Request) -> Response:
    """Withdraws one consent: one click, at once."""
    found = services(request)
    purpose_id = _id(text_in(await read_form(request), "purpose"))
    async with found.db.writing() as db:
        participant, _ = await myself(request, db)
        await withdraw_one(db, participant, purpose_id, method=METHOD, now=found.clock.now())
    await found.prepared.clear()
    found.mail.wake()
    return back(request, "withdrawn", "consents")


async def give_again(request: Request) -> Response:
    """Gives a consent that was refused or withdrawn, or whose words have changed."""
    found = services(request)
    form = await read_form(request)
    purpose_id, shown = _id(text_in(form, "purpose")), _id(text_in(form, "notice"))
    try:
        async with found.db.writing() as db:
            participant, _ = await myself(request, db)
            now = found.clock.now()
            await give_consent_again(db, participant, purpose_id, shown, method=METHOD, now=now)
    except Conflict:
        return back(request, "reread", "consents")
    return back(request, "given", "consents")


async def correct_name(request: Request) -> Response:
    """Corrects the name, in the open room too."""
    found = services(request)
    typed = text_in(await read_form(request), "display_name", most=10 * NAME_LENGTH)
    try:
        async with found.db.writing() as db:
            participant, webinar = await myself(request, db)
            translate = found.catalogues.translations(participant.language).gettext
            await rename(db, participant, read_name(typed, translate))
    except Invalid as error:
        return await _page(request, name=typed, error=error.fields["display_name"], status=error.status)
    await found.hub.close_room(webinar.id)
    await found.prepared.clear()
    # The name that was wrong is personal data that nobody may keep.
    await found.db.scrub()
    return back(request, "renamed", "name")


async def choose_reminders(request: Request) -> Response:
    """Stops reminders, or lets them come again."""
    found = services(request)
    wanted = text_in(await read_form(request), "wanted") == "yes"
    async with found.db.writing() as db:
        participant, _ = await myself(request, db)
        await want_reminders(db, participant, wanted=wanted, now=found.clock.now())
    return back(request, "reminders", "reminders")


async def download(request: Request) -> Response:
    """Everything that is held, to take along (Art. 20 GDPR): as JSON, or as CSV for a spreadsheet."""
    kind = request.path_params["kind"]
    if kind not in FORMATS:
        raise NotFound
    async with services(request).db.reading() as db:
        participant, _ = await myself(request, db)
        facts = await export_person(db, participant)
    content, media_type = FORMATS[kind]
    headers = {"content-disposition": f'attachment; filename="my-data.{kind}"', "content-type": media_type}
    return Response(content(facts), headers=headers)


async def receipt(request: Request) -> Response:
    """The person's consents, to keep: who was answered what, when, and to which words (ISO/IEC TS 27560)."""
    found = services(request)
    async with found.db.reading() as db:
        participant, _ = await myself(request, db)
        handling = await handling_of(db, participant, found.processor, found.site)
        history = await consent_history(db, participant)
    content = msgspec.json.encode(consent_receipt(history, participant, handling, found.clock.now()))
    headers = {"content-disposition": 'attachment; filename="consent-receipt.jsonld"'}
    return Response(msgspec.json.format(content, indent=2), headers=headers, media_type=MEDIA_TYPE)


async def show_erase(request: Request) -> Response:
    """How much would be erased, before anything is."""
    found = services(request)
    async with found.db.reading() as db:
        participant, webinar = await myself(request, db)
        counts = await count_rows(db, _only(participant))
        held = await is_held(db, _only(participant))
        organiser = await db.get_one(Account, participant.account_id)
    context = page_context(request, webinar, participant.language)
    translate = found.catalogues.translations(language_of(request)).gettext
    tally = [(translate(SECTIONS[table]), count) for table, count in counts.items() if table in SECTIONS]
    told = {"tally": tally, "held": translate(Held().message) if held else "", "organiser": organiser}
    page = {**context, "here": f"{base_of(request)}/my", **told}
    return found.templates.render(request, "mine/erase.html", page)


async def erase(request: Request) -> Response:
    """Erases the participant: rows, mails, sockets (Art. 17 GDPR)."""
    found = services(request)
    async with found.db.reading() as db:
        participant, _ = await myself(request, db)
    chosen = Chosen(participant.account_id, participant.webinar_id, [participant.id])
    places = await find_own_mentions(found.db.reading, chosen)
    await found.eraser.make_room()
    async with found.db.writing() as db:
        participant, _ = await myself(request, db)
        now = found.clock.now()
        erased = await erase_participant_rows(db, _only(participant), role="participant", now=now)
        # Who wrote about them is not here to be asked: admins look at it.
        await keep_places(db, chosen, places, now)
    await found.eraser.finish(erased, within=PATIENCE)
    response = RedirectResponse(f"{base_of(request)}/my/erased?lang={participant.language}", 303)
    take_cookie(request, response, participant.webinar_id)
    return response


async def show_erased(request: Request) -> Response:
    """The last page of somebody who has just been erased."""
    found = services(request)
    async with found.db.reading() as db:
        webinar = await find_public_webinar(db, request.path_params["webinar_id"])
    return found.templates.render(request, "mine/erased.html", page_context(request, webinar))


async def _page(
    request: Request, *, done: str = "", name: str | None = None, error: str = "", status: int = 200
) -> Response:
    found = services(request)
    async with found.db.reading() as db:
        try:
            participant, webinar = await myself(request, db)
        except Forbidden:
            embedded = request.url.path.startswith(EMBED_PREFIX)
            return RedirectResponse(f"{base_of(request)}/lost-link" if embedded else "/my/", 303)
        facts = await export_person(db, participant)
        consents = await current_consents(db, participant)
        account = await db.get_one(Account, participant.account_id)
        restriction = await find_restriction(db, participant)
    shared: Mapping[str, Any] = page_context(request, webinar, participant.language)
    translate = found.catalogues.translations(participant.language).gettext
    context = {
        **shared,
        "here": f"{base_of(request)}/my",
        "participant": participant,
        "organiser": account,
        "consents": consents,
        "restriction": restriction,
        "sections": sections(facts, participant.language, webinar.time_zone, translate),
        "name": participant.display_name if name is None else name,
        "longest": NAME_LENGTH,
        "answered": "registration" in facts,
        "error": error,
        "done": translate(done) if done else "",
    }
    return found.templates.render(request, "mine/page.html", context, status)


async def myself(request: Request, db: AsyncSession) -> tuple[Participant, Webinar]:
    """The participant behind the request, invited ones included; raises Forbidden, or NotFound for a draft."""
    webinar = await find_public_webinar(db, request.path_params["webinar_id"])
    admission = await find_visitor(request, db, webinar.id)
    if admission is None:
        raise Forbidden(UNKNOWN, code="not_admitted")
    return admission.participant, webinar


def _only(participant: Participant) -> Within:
    me = select(col(Participant.id)).where(col(Participant.id) == participant.id)
    return Within(participant.account_id, participant.webinar_id, me)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error


def back(request: Request, done: str, anchor: str) -> Response:
    """To the page of one's own data, which says what was `done` and shows the section `anchor`."""
    return RedirectResponse(f"{base_of(request)}/my?done={done}#{anchor}", 303)
