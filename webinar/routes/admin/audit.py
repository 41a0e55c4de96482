"""The audit trail's page."""

from starlette.requests import Request
from starlette.responses import Response

from webinar.accounts.audit import WORDS, list_traces
from webinar.errors import Invalid
from webinar.routes.context import services
from webinar.routes.signed_in import signed_in

PAGE = 50
DIGITS = 9


async def show_audit(request: Request) -> Response:
    """Who did what, newest first; `before` (the number of an entry) pages back."""
    before = _number(request.query_params.get("before", ""))
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db)
        traces = await list_traces(db, actor.account_id, before=before, limit=PAGE + 1)
    verdict = await found.anchors.check(actor.account_id)
    older = traces[PAGE - 1].entry.number if len(traces) > PAGE else None
    context = {
        "traces": traces[:PAGE],
        "older": older,
        "first": before is None,
        "words": WORDS,
        "verdict": verdict,
    }
    return found.templates.render(request, "admin/audit.html", context)


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS):
        raise Invalid({"before": "This is no number of an entry."})
    return int(text)
