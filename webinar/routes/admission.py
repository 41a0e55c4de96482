"""The ways in for participants: the personal link, the mailed code, a lost link, and a name in an open webinar."""

from datetime import timedelta
from uuid import UUID, uuid4

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.addresses import MAX_LENGTH, address_key, normal_address
from webinar.consent.transparency import notice_sections
from webinar.errors import Invalid
from webinar.i18n import N_, negotiate
from webinar.limits import Limit
from webinar.models import Access, ParticipantState
from webinar.pages import language_of, speak
from webinar.registration.admission import OpenedSession, admit_by_code, admit_by_link
from webinar.registration.join import NAME_LENGTH, join_open, read_name
from webinar.registration.lost_link import send_lost_link
from webinar.registration.register import invitation_reference
from webinar.routes.admitted import admit_here, hand_over
from webinar.routes.context import services
from webinar.routes.csp import EMBED_PREFIX
from webinar.routes.entrance import client_network
from webinar.routes.event_page import base_of, load_event_page, page_context
from webinar.routes.incoming import read_form, text_in
from webinar.routes.registration import claim_of
from webinar.webinars.catalogue import find_public_webinar

LINKS = Limit("personal-links", 120, timedelta(minutes=10))
CODES = Limit("codes", 60, timedelta(minutes=10))
LOST_LINKS = Limit("lost-links", 30, timedelta(hours=1))
# For one address: who asks more often finds the link in one of the mails.
LOST_LINKS_EACH = Limit("lost-links-each", 5, timedelta(hours=1))
# A whole office may come by one address.
JOINS = Limit("joins", 300, timedelta(minutes=10))
VOID_LINK = N_("This link does not work any more. Ask for a new one on the page of your webinar.")
WRONG_CODE = N_("This code is wrong or too old. Take the one from the newest mail.")
BAD_ADDRESS = N_("Enter an e-mail address like name@example.com.")


async def show_link(request: Request) -> Response:
    """Where personal links lead. Their token is in the fragment, which reaches nobody who merely looks (S9)."""
    return _link_page(request)


async def enter_by_link(request: Request) -> Response:
    """Admits the browser, and leads to the picture; to the form who was invited and has not registered yet."""
    found = services(request)
    token = text_in(await read_form(request), "token").rpartition("#")[2]
    await found.limits.hit(LINKS, client_network(request))
    opened: OpenedSession | None = None
    async with found.db.writing() as db:
        participant = await admit_by_link(db, token)
        if participant is None:
            return _link_page(request, error=VOID_LINK, status=422)
        webinar = await find_public_webinar(db, participant.webinar_id)
        if participant.state is not ParticipantState.INVITED:
            opened = await admit_here(request, db, participant)
    if participant.state is ParticipantState.INVITED:
        reference = invitation_reference(found.signer, participant)
        return RedirectResponse(f"/w/{webinar.id}?invitation={reference}", 303)
    response = RedirectResponse(f"/w/{webinar.id}/watch", 303)
    await hand_over(request, response, webinar.id, opened)
    return response


async def enter_code(request: Request) -> Response:
    """Admits the page that waits for the mailed code."""
    found = services(request)
    webinar_id: UUID = request.path_params["webinar_id"]
    code = text_in(await read_form(request), "code", most=100)
    await found.limits.hit(CODES, client_network(request))
    claim_id = claim_of(request) or uuid4()
    opened: OpenedSession | None = None
    async with found.db.writing() as db:
        webinar = await find_public_webinar(db, webinar_id)
        now = found.clock.now()
        participant = await admit_by_code(
            db, found.signer, webinar_id=webinar_id, claim_id=claim_id, code=code, now=now
        )
        invited = participant is not None and participant.state is ParticipantState.INVITED
        if participant is not None and not invited:
            opened = await admit_here(request, db, participant)
    if participant is None:
        context = {**page_context(request, webinar), "claim": claim_id}
        context["error"] = found.catalogues.gettext(language_of(request), WRONG_CODE)
        return found.templates.render(request, "registration/registered.html", context, 422)
    if invited:
        reference = invitation_reference(found.signer, participant)
        return RedirectResponse(f"{base_of(request)}?invitation={reference}", 303)
    return await _to_the_picture(request, webinar_id, opened)


async def show_lost_link(request: Request) -> Response:
    """The form that asks for the personal link again."""
    return await _lost_link_page(request)


async def send_link_again(request: Request) -> Response:
    """Mails the link to the address if it is known. The answer is given before anybody looks, so it can't tell (S8)."""
    found = services(request)
    webinar_id: UUID = request.path_params["webinar_id"]
    typed = text_in(await read_form(request), "email", most=2 * MAX_LENGTH)
    try:
        address = normal_address(typed)
    except ValueError:
        return await _lost_link_page(request, typed, BAD_ADDRESS, 422)
    async with found.db.reading() as db:
        webinar = await find_public_webinar(db, webinar_id)
    await found.limits.hit(LOST_LINKS, client_network(request))
    await found.limits.hit(LOST_LINKS_EACH, webinar.id, address_key(address))
    claim_id = uuid4()

    async def look_and_send() -> None:
        async with found.db.writing() as db:
            await send_lost_link(db, webinar, address, claim_id=claim_id, now=found.clock.now())
        found.mail.wake()

    query = f"claim={claim_id}&lang={page_context(request, webinar)['language']}&lost=1"
    return RedirectResponse(
        f"{base_of(request)}/registered?{query}", 303, background=BackgroundTask(look_and_send)
    )


async def show_join(request: Request) -> Response:
    """The form in which a visitor of an open webinar picks a name."""
    return await _join_page(request)


async def join(request: Request) -> Response:
    """Makes the visitor of an open webinar a participant under the name they picked."""
    found = services(request)
    webinar_id: UUID = request.path_params["webinar_id"]
    typed = text_in(await read_form(request), "display_name", most=10 * NAME_LENGTH)
    await found.limits.hit(JOINS, client_network(request))
    try:
        async with found.db.writing() as db:
            webinar = await find_public_webinar(db, webinar_id)
            language = page_context(request, webinar)["language"]
            name = read_name(typed, found.catalogues.translations(language).gettext)
            participant = await join_open(
                db, found.signer, webinar, display_name=name, language=language, now=found.clock.now()
            )
            opened = await admit_here(request, db, participant)
    except Invalid as error:
        return await _join_page(request, typed, error.fields["display_name"], error.status)
    return await _to_the_picture(request, webinar_id, opened)


async def _to_the_picture(request: Request, webinar_id: UUID, opened: OpenedSession | None) -> Response:
    # Inside a frame the cookie may be dropped. The fragment reaches no log and no other page; its script keeps the
    # token in memory and clears the address.
    embedded = request.url.path.startswith(EMBED_PREFIX)
    fragment = f"#{opened.token}" if embedded and opened else ""
    response = RedirectResponse(f"{base_of(request)}/watch{fragment}", 303)
    await hand_over(request, response, webinar_id, opened)
    return response


def _link_page(request: Request, *, error: str = "", status: int = 200) -> Response:
    found = services(request)
    speak(request, negotiate(request.headers.get("accept-language", "")))
    shown = found.catalogues.gettext(language_of(request), error)
    return found.templates.render(request, "admission/link.html", {"error": shown}, status)


async def _lost_link_page(request: Request, typed: str = "", error: str = "", status: int = 200) -> Response:
    found = services(request)
    async with found.db.reading() as db:
        webinar = await find_public_webinar(db, request.path_params["webinar_id"])
    context = {**page_context(request, webinar), "typed": typed}
    context["error"] = found.catalogues.gettext(language_of(request), error)
    return found.templates.render(request, "admission/lost_link.html", context, status)


async def _join_page(request: Request, typed: str = "", error: str = "", status: int = 200) -> Response:
    found = services(request)
    async with found.db.reading() as db:
        page = await load_event_page(request, db)
    if page.webinar.access is not Access.OPEN:
        return RedirectResponse(base_of(request), 303)
    context = {
        **page_context(request, page.webinar),
        "terms": page.form.terms if page.form else None,
        "privacy": page.form.privacy if page.form else None,
        "sections": notice_sections(page.form.privacy.body) if page.form else [],
        "typed": typed,
        "longest": NAME_LENGTH,
    }
    context["error"] = error
    return found.templates.render(request, "admission/join.html", context, status)
