"""The ways to one's own data: the link in every mail, and the one click that withdraws everything (RFC 8058)."""

from datetime import timedelta
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.errors import NotFound
from webinar.i18n import N_, negotiate
from webinar.models import Participant, Webinar
from webinar.pages import language_of, speak
from webinar.registration.admission import admit_by_link
from webinar.registration.mails import WITHDRAW_TOKEN
from webinar.registration.own_data import get_participant, withdraw_everything
from webinar.routes.admission import LINKS
from webinar.routes.admitted import admit_here, hand_over
from webinar.routes.context import services
from webinar.routes.entrance import client_network
from webinar.routes.incoming import read_form, text_in
from webinar.signing import BadToken

VOID_LINK = N_(
    "This link does not work any more. The newest mail about your webinar holds one that does."
    " If your data was erased, nothing is kept of you that a link could show."
)
METHOD = "one click from a mail"
# As long as mails are kept by those who get them; the data itself is gone long before.
TOKEN_LIFE = timedelta(days=730)


async def show_entry(request: Request) -> Response:
    """Where “your data” in mails leads; the token is in the fragment."""
    return _entry_page(request)


async def enter(request: Request) -> Response:
    """Opens the page of whoever holds the link."""
    found = services(request)
    token = text_in(await read_form(request), "token").rpartition("#")[2]
    await found.limits.hit(LINKS, client_network(request))
    async with found.db.writing() as db:
        participant = await admit_by_link(db, token)
        if participant is None:
            return _entry_page(request, VOID_LINK, 422)
        opened = await admit_here(request, db, participant)
    response = RedirectResponse(f"/w/{participant.webinar_id}/my", 303)
    await hand_over(request, response, participant.webinar_id, opened)
    return response


async def show_withdrawal(request: Request) -> Response:
    """What one click would withdraw. Looking withdraws nothing: mail scanners look."""
    participant, webinar = await _of_token(request)
    return _withdrawal_page(request, participant, webinar, done=False)


async def withdraw_by_mail(request: Request) -> Response:
    """Withdraws every consent and stops reminders; mail programs send this without showing a page."""
    found = services(request)
    participant, webinar = await _of_token(request)
    async with found.db.writing() as db:
        present = await get_participant(db, participant.id)
        if present is None:
            raise NotFound
        await withdraw_everything(db, present, method=METHOD, now=found.clock.now())
    await found.prepared.clear()
    return _withdrawal_page(request, participant, webinar, done=True)


async def _of_token(request: Request) -> tuple[Participant, Webinar]:
    found = services(request)
    try:
        payload = found.signer.read(WITHDRAW_TOKEN, request.path_params["token"], TOKEN_LIFE)
        participant_id, generation = UUID(payload[0]), int(payload[1])
    except (BadToken, ValueError, AttributeError, TypeError, LookupError) as error:
        raise NotFound from error
    async with found.db.reading() as db:
        participant = await get_participant(db, participant_id)
        # A mail to an address that is not theirs any more opens nothing of theirs.
        if participant is None or participant.link_generation != generation:
            raise NotFound
        return participant, await db.get_one(Webinar, participant.webinar_id)


def _withdrawal_page(request: Request, participant: Participant, webinar: Webinar, *, done: bool) -> Response:
    speak(request, participant.language)
    context = {"webinar": webinar, "done": done}
    return services(request).templates.render(request, "mine/withdrawal.html", context)


def _entry_page(request: Request, error: str = "", status: int = 200) -> Response:
    found = services(request)
    speak(request, negotiate(request.headers.get("accept-language", "")))
    context = {"error": found.catalogues.gettext(language_of(request), error)}
    return found.templates.render(request, "mine/entry.html", context, status)
