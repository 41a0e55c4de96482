"""Who answered what to which words, and each of those words byte for byte."""

from starlette.requests import Request
from starlette.responses import Response

from webinar.consent.ledger import ledger_page
from webinar.consent.notices import get_notice, is_intact, latest_wordings, pick_language, wording_of
from webinar.consent.purposes import get_purpose
from webinar.i18n import FALLBACK, language_name
from webinar.models import Role
from webinar.routes.context import services
from webinar.routes.signed_in import signed_in

MOST_PAGES = 100_000


async def show_ledger(request: Request) -> Response:
    """Every answer to a purpose, newest first."""
    found = services(request)
    page = _page(request.query_params.get("page", ""))
    async with found.db.reading() as db:
        actor = await signed_in(request, db, at_least=Role.ADMIN)
        purpose = await get_purpose(db, actor.account_id, request.path_params["id"])
        newest = (await latest_wordings(db, [purpose]))[purpose.id]
        entries, more = await ledger_page(db, purpose, page)
    context = {
        "purpose": purpose,
        "newest": pick_language(newest, FALLBACK, FALLBACK),
        "entries": entries,
        "page": page,
        "more": more,
    }
    return found.templates.render(request, "admin/purposes/ledger.html", context)


async def show_notice(request: Request) -> Response:
    """One version of a wording, with its hash and whether it still has it."""
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db, at_least=Role.ADMIN)
        notice = await get_notice(db, actor.account_id, request.path_params["id"])
    context = {"notice": notice, "intact": is_intact(notice), "language": language_name(notice.language)}
    return found.templates.render(request, "admin/purposes/notice.html", context)


async def download_notice(request: Request) -> Response:
    """The very bytes that were shown and hashed."""
    async with services(request).db.reading() as db:
        actor = await signed_in(request, db, at_least=Role.ADMIN)
        notice = await get_notice(db, actor.account_id, request.path_params["id"])
    headers = {"content-disposition": f'attachment; filename="notice-{notice.id}.txt"'}
    return Response(wording_of(notice).shown, headers=headers, media_type="text/plain; charset=utf-8")


def _page(text: str) -> int:
    return min(int(text), MOST_PAGES) if text.isascii() and text.isdigit() and int(text[:9]) else 1
