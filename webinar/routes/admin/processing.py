"""What the account processes, and on what terms: the record (Art. 30), the notices (Art. 13), the agreement (Art. 28)."""

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.accounts.accounts import get_account
from webinar.models import Role
from webinar.privacy.agreement import accept_agreement, list_acceptances
from webinar.privacy.notice_changes import notices_as_csv, notices_as_facts, read_notices
from webinar.privacy.processing_record import read_processing_record, record_as_csv, record_as_facts
from webinar.privacy.record_versions import changes, get_version, keep_version, list_versions, plain_facts
from webinar.routes.admin.records import RECORDS
from webinar.routes.context import services
from webinar.routes.incoming import read_form, text_in
from webinar.routes.signed_in import signed_in
from webinar.sanitize import render_markdown

PROCESSING = f"{RECORDS}/processing"
NOTICES = f"{RECORDS}/notices"
AGREEMENT = f"{RECORDS}/agreement"


async def show_processing(request: Request) -> Response:
    """The record of processing activities as it is now; `format` gives it as `csv` or `json`."""
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db)
        account = await get_account(db, actor.account_id)
        record = await read_processing_record(db, account, found.processor)
        versions = await list_versions(db, account.id)
    kind = request.query_params.get("format", "")
    if kind in {"csv", "json"}:
        return _file("record-of-processing", kind, record_as_csv(record), record_as_facts(record))
    context = {
        "record": record,
        "versions": versions,
        "changes": changes(versions[0].facts, plain_facts(record)) if versions else [],
        "done": request.query_params.get("done", ""),
        "tab": "processing",
    }
    return found.templates.render(request, "admin/records/processing.html", context)


async def keep(request: Request) -> Response:
    """Keeps the record as a version now, instead of by the end of the day."""
    found = services(request)
    async with found.db.writing() as db:
        actor = await signed_in(request, db)
        account = await get_account(db, actor.account_id)
        kept = await keep_version(db, account, found.processor, found.clock.now())
    return RedirectResponse(f"{PROCESSING}?done={'kept' if kept else 'same'}", 303)


async def show_version(request: Request) -> Response:
    """One version of the record, and what changed with it; `format=json` gives all of it."""
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db)
        version, changed = await get_version(db, actor.account_id, request.path_params["number"])
    if request.query_params.get("format") == "json":
        return _file(f"record-of-processing-{version.number}", "json", b"", version.facts)
    context = {"version": version, "changes": changed, "tab": "processing"}
    return found.templates.render(request, "admin/records/processing_version.html", context)


async def show_notices(request: Request) -> Response:
    """Every webinar's privacy notice as it would be published now, and what differs from what people are shown."""
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db)
        account = await get_account(db, actor.account_id)
        notices = await read_notices(db, account, found.catalogues)
    kind = request.query_params.get("format", "")
    if kind in {"csv", "json"}:
        return _file("privacy-notices", kind, notices_as_csv(notices), notices_as_facts(notices))
    return found.templates.render(
        request, "admin/records/notices.html", {"notices": notices, "tab": "notices"}
    )


async def show_agreement(request: Request) -> Response:
    """The data processing agreement, the sub-processors, and who accepted which version when."""
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db)
        acceptances = await list_acceptances(db, actor.account_id)
    newest = found.agreements[-1]
    context = {
        "agreement": newest,
        "text": render_markdown(newest.text),
        "accepted": any(each.accepted.sha256 == newest.sha256 for each in acceptances),
        "acceptances": acceptances,
        "processor": found.processor,
        "may_accept": actor.may(Role.OWNER),
        "done": request.query_params.get("done", ""),
        "tab": "agreement",
    }
    return found.templates.render(request, "admin/records/agreement.html", context)


async def accept(request: Request) -> Response:
    """An owner accepts the agreement for the account: the very text that was on the page."""
    shown = text_in(await read_form(request), "sha256", most=64)
    found = services(request)
    async with found.db.writing() as db:
        actor = await signed_in(request, db, Role.OWNER)
        await accept_agreement(db, actor, found.agreements[-1], shown, found.clock.now())
    return RedirectResponse(f"{AGREEMENT}?done=accepted", 303)


def _file(name: str, kind: str, table: bytes, facts: Any) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    if kind == "csv":
        return Response(table, media_type="text/csv; charset=utf-8", headers=headers)
    text = msgspec.json.format(msgspec.json.encode(facts), indent=2)
    return Response(text, media_type="application/json", headers=headers)
