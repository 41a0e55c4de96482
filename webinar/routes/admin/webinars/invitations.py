"""Who is invited: pasting a list, sending, sending again, revoking."""

from sqlmodel import col, select
from starlette.requests import Request
from starlette.responses import Response

from webinar.accounts.audit import Action, record_action
from webinar.errors import Invalid, WebinarError
from webinar.models import Participant
from webinar.privacy.eraser import PATIENCE
from webinar.privacy.erasure import erase_participant_rows
from webinar.privacy.inventory import Within
from webinar.registration.invitations import (
    PAGE,
    SENDABLE,
    Invited,
    count_invitations,
    get_invited,
    invite,
    list_invitations,
    read_guests,
    send_again,
    send_waiting,
)
from webinar.routes.admin.webinars.editor import back_to, changing, open_editor, render_editor, wrong
from webinar.routes.context import services
from webinar.routes.incoming import read_form, text_in
from webinar.routes.signed_in import signed_in
from webinar.webinars.catalogue import get_webinar

TAB = "invitations"
LONGEST_LIST = 200_000  # characters


async def show_invitations(request: Request) -> Response:
    """The page "Invitations"."""
    return await _page(request)


async def add(request: Request) -> Response:
    """Invites everybody on the list; a line that is wrong keeps the whole list in its box, and nobody is invited."""
    found = services(request)
    typed = text_in(await read_form(request), "guests", most=LONGEST_LIST)
    try:
        guests = read_guests(typed)
        async with found.db.writing() as db:
            webinar = await changing(request, db, Action.PARTICIPANT_INVITED, people=len(guests))
            invited = await invite(db, found.signer, webinar, guests, found.clock.now())
    except Invalid as error:
        return await _page(request, typed=typed, error=error)
    found.mail.wake()
    return await _page(request, invited=invited)


async def send(request: Request) -> Response:
    """Sends the invitations that waited for the webinar to be published."""
    found = services(request)
    async with found.db.writing() as db:
        webinar = await changing(request, db, Action.PARTICIPANT_INVITED)
        await send_waiting(db, webinar, found.clock.now())
    found.mail.wake()
    return back_to(webinar.id, TAB, "invited")


async def resend(request: Request) -> Response:
    """Sends one invitation once more."""
    found = services(request)
    async with found.db.writing() as db:
        webinar = await changing(request, db, Action.PARTICIPANT_INVITED, people=1)
        await send_again(db, webinar, request.path_params["participant_id"], found.clock.now())
    found.mail.wake()
    return back_to(webinar.id, TAB, "invited")


async def revoke(request: Request) -> Response:
    """Takes an invitation back: the person is erased, and mail to them that waits never leaves."""
    found = services(request)
    now = found.clock.now()
    await found.eraser.make_room()
    async with found.db.writing() as db:
        actor = await signed_in(request, db)
        webinar = await get_webinar(db, actor.account_id, request.path_params["webinar_id"])
        guest = await get_invited(db, webinar, request.path_params["participant_id"])
        only = select(col(Participant.id)).where(col(Participant.id) == guest.id)
        within = Within(webinar.account_id, webinar.id, only)
        erased = await erase_participant_rows(db, within, role=actor.role, now=now)
        receipt = str(erased.receipt.id)
        await record_action(db, actor, Action.PARTICIPANT_ERASED, webinar.id, now=now, receipt=receipt)
    await found.eraser.finish(erased, within=PATIENCE)
    return back_to(webinar.id, TAB, "revoked")


async def _page(
    request: Request, *, typed: str = "", error: WebinarError | None = None, invited: Invited | None = None
) -> Response:
    page = _page_number(request.query_params.get("page", "1"))
    async with services(request).db.reading() as db:
        editor = await open_editor(request, db)
        invitations = await list_invitations(db, editor.webinar, page)
        count = await count_invitations(db, editor.webinar)
    here = f"{editor.address}/{TAB}"
    context = {
        "typed": typed,
        "invited": invited,
        "invitations": invitations,
        "count": count,
        "first": (page - 1) * PAGE + 1,
        "previous": f"{here}?page={page - 1}" if page > 1 else "",
        "next": f"{here}?page={page + 1}" if page * PAGE < count else "",
        "sendable": editor.webinar.state in SENDABLE,
        **(wrong(error) if isinstance(error, Invalid) else {}),
    }
    status = error.status if error else 200
    return render_editor(request, editor, TAB, "admin/webinars/invitations.html", context, status=status)


def _page_number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
