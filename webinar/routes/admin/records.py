"""What the account can show of its erasures: the receipts."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from webinar.errors import NotFound
from webinar.i18n import N_
from webinar.models import ErasureReceipt, ErasureScope, ErasureStep, ErasureWait
from webinar.privacy.erasure import get_receipt, list_receipts
from webinar.privacy.mention_places import count_kept
from webinar.privacy.receipts import hash_of, receipt_file
from webinar.privacy.wanted import PEOPLE
from webinar.routes.context import services
from webinar.routes.signed_in import signed_in
from webinar.signing import BadToken, Signer

RECORDS = "/admin/records"
PURPOSE = "receipt"
YEARS = timedelta(days=3650)
# While an erasure waits for its proof, its page looks again after this many seconds.
LOOK_AGAIN = "5"

SCOPES = {
    ErasureScope.PARTICIPANTS: N_("Participants"),
    ErasureScope.CHAT: N_("A chat whose time was up"),
    ErasureScope.QUESTIONS: N_("Questions whose time was up"),
    ErasureScope.ANSWERS: N_("Answers whose time was up"),
    ErasureScope.WORDS: N_("Messages or questions of one person"),
    ErasureScope.MENTIONS: N_("Mentions of people who are gone"),
    ErasureScope.WEBINAR: N_("A webinar"),
    ErasureScope.ACCOUNT: N_("The account"),
}
ROLES = {
    "owner": N_("an owner"),
    "admin": N_("an admin"),
    "participant": N_("the person"),
    "retention": N_("the retention time"),
}
STEPS = {
    ErasureStep.BLOCKED: N_("Blocked for everybody"),
    ErasureStep.ROWS: N_("Rows deleted"),
    ErasureStep.FILES: N_("Files removed"),
    ErasureStep.BROKER: N_("All servers told"),
    ErasureStep.CHECKPOINT: N_("Database cleaned"),
    ErasureStep.VERIFIED: N_("Verified and signed"),
}
WAITS = {
    ErasureWait.READER: N_("Somebody is reading, so the database still keeps what they see."),
    ErasureWait.DISK: N_("The disk is full. Please make room on the server."),
    ErasureWait.FILES: N_("A file can't be removed. Please look at the permissions of the data folder."),
    ErasureWait.BROKER: N_("Other servers of this installation can't be reached through Redis."),
    ErasureWait.DATABASE: N_("The database does not answer."),
    ErasureWait.LEFT: N_("Something was written late, and is deleted too."),
    ErasureWait.FOUND: N_("The search still finds something. It is removed, and searched for again."),
}
# The stores that are searched, and the kinds of values that are looked for.
STORES = {
    "database": N_("Database files"),
    "tables": N_("Database tables"),
    "mails": N_("Mails written as files"),
    "exports": N_("Exports being downloaded"),
    "audit": N_("Ends of the audit trails"),
    "journal": N_("Erasure journal"),
}
KINDS = {
    "ids": N_("Ids of rows"),
    "hashes": N_("Hashes of links and sessions"),
    "addresses": N_("E-mail addresses"),
    "texts": N_("Longer texts"),
}
# In the order in which people think of them; what is missing here comes last, under its own name.
TABLES = {
    "account": N_("Accounts"),
    "user": N_("Users"),
    "webinar": N_("Webinars"),
    "participant": N_("Participants"),
    "registration": N_("Registrations"),
    "answer": N_("Answers"),
    "consent_record": N_("Consents"),
    "chat_message": N_("Chat messages"),
    "question": N_("Questions"),
    "question_vote": N_("Votes"),
    "data_subject_request": N_("Data subject requests, with their answers"),
    "restriction": N_("Restrictions of use, in force and over"),
    "outgoing_mail": N_("Mails, sent and waiting"),
    "participant_session": N_("Browsers of participants"),
    "admission_claim": N_("Codes waiting to be entered"),
    "socket_ticket": N_("Tickets for live connections"),
    "form_version": N_("Versions of the form"),
    "purpose": N_("Purposes"),
    "notice_version": N_("Versions of notices"),
    "speaker": N_("Speakers"),
    "media_asset": N_("Recordings and pictures"),
    "mention_place": N_("Places to look at"),
    "legal_hold": N_("Legal holds"),
    "processing_version": N_("Versions of the record of processing"),
    "agreement_acceptance": N_("Acceptances of the data processing agreement"),
    "webinar_statistics": N_("Statistics"),
    "user_session": N_("Signed-in browsers of users"),
    "user_token": N_("Links for users"),
    "audit_entry": N_("Entries of the audit trail"),
}


async def show_receipts(request: Request) -> Response:
    """Every erasure of the account, newest first."""
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db)
        receipts = await list_receipts(db, actor.account_id)
        places = await count_kept(db, actor.account_id, found.clock.now())
    context = {"receipts": receipts, "places": places, "scopes": SCOPES, "roles": ROLES, "tab": "erasures"}
    return found.templates.render(request, "admin/records/receipts.html", context)


async def show_receipt(request: Request) -> Response:
    """One receipt; it looks again by itself until the erasure is proven. `format=json` gives the signed file."""
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db)
        receipt = await get_receipt(db, actor.account_id, request.path_params["id"])
    if request.query_params.get("format") == "json":
        return _file(receipt)
    return _receipt(request, "admin/records/receipt.html", receipt)


async def show_public_receipt(request: Request) -> Response:
    """The receipt of an account that is gone, by the link that its owner was led to; `format` as above."""
    found = services(request)
    try:
        ids = found.signer.read(PURPOSE, request.path_params["token"], YEARS)
    except BadToken as error:
        raise NotFound from error
    async with found.db.reading() as db:
        receipt = await get_receipt(db, *map(UUID, ids))
    if request.query_params.get("format") == "json":
        return _file(receipt)
    return _receipt(request, "admin/records/public_receipt.html", receipt)


def public_receipt(signer: Signer, receipt: ErasureReceipt) -> str:
    """The address of a receipt for somebody who can't sign in any more."""
    return f"/receipts/{signer.sign(PURPOSE, [str(receipt.account_id), str(receipt.id)])}"


def in_words(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Counts by table as words and numbers, in the order of `TABLES`."""
    order = list(TABLES)
    known = sorted(counts.items(), key=lambda each: order.index(each[0]) if each[0] in order else len(order))
    return [(TABLES.get(table, table.replace("_", " ").capitalize()), count) for table, count in known]


def _file(receipt: ErasureReceipt) -> Response:
    if not receipt.document:
        raise NotFound
    headers = {"Content-Disposition": f'attachment; filename="erasure-receipt-{receipt.number}.json"'}
    return Response(receipt_file(receipt), media_type="application/json", headers=headers)


def _progress(receipt: ErasureReceipt) -> list[tuple[str, str]]:
    """Each step's words and state, for the stepper."""
    order = list(ErasureStep)
    done = order.index(receipt.step)
    states = {
        index: "done" if index <= done else "current" if index == done + 1 else "todo"
        for index in range(len(order))
    }
    return [(words, states[order.index(step)]) for step, words in STEPS.items()]


def _search(receipt: ErasureReceipt) -> dict[str, Any]:
    """What the receipt's page says of the search: kinds of values with their number, and bytes by store; empty before."""
    said = receipt.searched
    if not said:
        return {}
    values = [(words, said["values"][kind]) for kind, words in KINDS.items() if said["values"].get(kind)]
    stores = [(STORES.get(name, name), octets) for name, octets in said["octets"].items()]
    if said["left_out"]:
        stores.append((N_("Not searched: beyond what one search reads"), said["left_out"]))
    return {**said, "kinds": values, "stores": stores, "sample": PEOPLE}


def _receipt(request: Request, template: str, receipt: ErasureReceipt) -> Response:
    wait = services(request).eraser.waiting(receipt)
    context = {
        "receipt": receipt,
        "counts": in_words(receipt.counts),
        "redacted": in_words(receipt.redacted),
        "scopes": SCOPES,
        "roles": ROLES,
        "tab": "erasures",
        "steps": _progress(receipt),
        "wait": WAITS[wait] if wait else "",
        "wait_stores": [STORES.get(name, name) for name in receipt.waits_in.split()],
        "searched": _search(receipt),
        "fingerprint": services(request).eraser.seal.fingerprint,
        "document_hash": hash_of(receipt.document) if receipt.document else "",
    }
    response = services(request).templates.render(request, template, context)
    if receipt.verified_at is None:
        response.headers["Refresh"] = LOOK_AGAIN
    return response
