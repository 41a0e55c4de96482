"""The audit trail's page."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from webinar.accounts.audit import WORDS, list_traces
from webinar.errors import Invalid
from webinar.routes.context import services
from webinar.routes.signed_in import signed_in

PAGE = 50


async def show_audit(request: Request) -> Response:
    """Who did what, newest first; `before` (ISO 8601) pages back."""
    before = _moment(request.query_params.get("before", ""))
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db)
        traces = await list_traces(db, actor.account_id, before=before, limit=PAGE + 1)
    verdict = await found.anchors.check(actor.account_id)
    older = traces[PAGE - 1].entry.at.isoformat() if len(traces) > PAGE else ""
    context = {
        "traces": traces[:PAGE],
        "older": older,
        "first": before is None,
        "words": WORDS,
        "verdict": verdict,
    }
    return found.templates.render(request, "admin/audit.html", context)


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid({"before": "This is no moment in time."}) from error
    if moment.tzinfo is None:
        raise Invalid({"before": "This moment lacks its zone."})
    return moment
