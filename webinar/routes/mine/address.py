"""Asking for another e-mail address on the page of one's own data. No GET changes anything."""

from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.addresses import MAX_LENGTH, address_key, normal_address
from webinar.errors import NotFound
from webinar.i18n import N_
from webinar.limits import Limit
from webinar.models import Participant, Webinar
from webinar.registration.address_change import ask_for_address, call_off, pending_change
from webinar.routes.admission import BAD_ADDRESS
from webinar.routes.context import services
from webinar.routes.entrance import client_network
from webinar.routes.event_page import base_of, page_context
from webinar.routes.incoming import read_form, text_in
from webinar.routes.mine.page import myself

# Each asking sends two mails, one of them to somebody who may never have heard of us.
ASKING = Limit("new-addresses", 30, timedelta(hours=1))
ASKING_EACH = Limit("new-addresses-each", 5, timedelta(hours=1))
ASKED_OF = Limit("new-addresses-asked-of", 5, timedelta(hours=1))
SAME = N_("This is your address already.")
DONE = {
    "asked": N_("A mail is on its way to the new address. Follow the link in it within 24 hours."),
    "called-off": N_("Your address stays as it is."),
}


async def show_address(request: Request) -> Response:
    """The person's address, the one that waits to be confirmed, and the form that asks for another."""
    return await _page(request)


async def ask(request: Request) -> Response:
    """Mails a link to the new address. Whether somebody else has it is looked up by nobody here (S8)."""
    found = services(request)
    typed = text_in(await read_form(request), "email", most=2 * MAX_LENGTH)
    async with found.db.reading() as db:
        participant, _ = await reachable(request, db)
    try:
        address = normal_address(typed)
    except ValueError:
        return await _page(request, typed, BAD_ADDRESS, status=422)
    if address_key(address) == participant.email_key:
        return await _page(request, typed, SAME, status=422)
    await found.limits.hit(ASKING, client_network(request))
    await found.limits.hit(ASKING_EACH, participant.id)
    await found.limits.hit(ASKED_OF, address_key(address))
    async with found.db.writing() as db:
        participant, _ = await reachable(request, db)
        replaced = await ask_for_address(db, found.signer, participant, address, found.clock.now())
    if replaced:
        await found.db.scrub()
    found.mail.wake()
    return RedirectResponse(f"{base_of(request)}/my/address?done=asked", 303)


async def keep_address(request: Request) -> Response:
    """Calls the change off: the link in the mail is void, and what was typed is kept nowhere."""
    found = services(request)
    async with found.db.writing() as db:
        participant, _ = await reachable(request, db)
        await call_off(db, participant)
    await found.db.scrub()
    return RedirectResponse(f"{base_of(request)}/my/address?done=called-off", 303)


async def reachable(request: Request, db: AsyncSession) -> tuple[Participant, Webinar]:
    """The participant behind the request, who has an address; raises NotFound for those who joined without."""
    participant, webinar = await myself(request, db)
    if participant.email is None:
        raise NotFound
    return participant, webinar


async def _page(request: Request, typed: str = "", error: str = "", *, status: int = 200) -> Response:
    found = services(request)
    async with found.db.reading() as db:
        participant, webinar = await reachable(request, db)
        pending = await pending_change(db, participant, found.clock.now())
    shared = page_context(request, webinar, participant.language)
    translate = found.catalogues.translations(participant.language).gettext
    context = {
        **shared,
        "here": f"{base_of(request)}/my",
        "address": participant.email,
        "pending": pending,
        "typed": typed,
        "error": translate(error) if error else "",
        "done": translate(DONE[key]) if (key := request.query_params.get("done", "")) in DONE else "",
    }
    return found.templates.render(request, "mine/address.html", context, status)
