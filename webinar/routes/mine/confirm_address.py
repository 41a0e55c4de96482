"""Confirming an e-mail address from its mailbox: the link that was mailed there. Looking at it confirms nothing."""

from starlette.requests import Request
from starlette.responses import Response

from webinar.errors import Conflict
from webinar.i18n import N_, negotiate
from webinar.pages import language_of, speak
from webinar.registration.address_change import mails_that_left, prove_address
from webinar.routes.admission import LINKS
from webinar.routes.context import services
from webinar.routes.corrections import forget_the_old
from webinar.routes.entrance import client_network
from webinar.routes.incoming import read_form, text_in

OVER = N_(
    "This link was used already, is too old, or was called off. Ask for a new one on the page of your data."
)


async def show_confirmation(request: Request) -> Response:
    """Where the mailed link leads. Its token is in the fragment, and looking confirms nothing: mail scanners look."""
    return _page(request)


async def confirm(request: Request) -> Response:
    """Moves the participant to the address from which this comes, and forgets the old one."""
    found = services(request)
    token = text_in(await read_form(request), "token").rpartition("#")[2]
    await found.limits.hit(LINKS, client_network(request))
    try:
        async with found.db.writing() as db:
            participant = await prove_address(db, found.signer, token, found.clock.now())
            left = await mails_that_left(db, participant) if participant else []
    except Conflict as conflict:
        return _page(request, conflict.message, conflict.status)
    if participant is None:
        return _page(request, OVER, 422)
    await forget_the_old(request, left)
    found.mail.wake()
    speak(request, participant.language)
    return found.templates.render(request, "mine/address_confirmed.html")


def _page(request: Request, error: str = "", status: int = 200) -> Response:
    found = services(request)
    speak(request, negotiate(request.headers.get("accept-language", "")))
    context = {"error": found.catalogues.gettext(language_of(request), error)}
    return found.templates.render(request, "mine/confirm_address.html", context, status)
