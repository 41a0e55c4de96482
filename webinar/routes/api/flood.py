"""The way in for `webinar flood`: many tickets at once, for whoever has a proof that this installation made.

Without it a load test would meet the limits that keep one network from taking all places, as it should.
"""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct
from starlette.requests import Request

from webinar.db import within
from webinar.errors import Conflict, Forbidden, NotFound
from webinar.models import Access
from webinar.realtime.tickets import Holder, issue_tickets
from webinar.routes.api.operation import Operation, operation
from webinar.routes.context import services
from webinar.signing import BadToken, Signer
from webinar.webinars.catalogue import find_public_webinar

PURPOSE = "flood"
LIFETIME = timedelta(hours=2)
MOST = 100  # tickets at once


class FloodRequest(Struct, forbid_unknown_fields=True):
    """The proof of `webinar flood-proof`, and how many tickets are wanted."""

    proof: Annotated[str, Meta(max_length=500)]
    tickets: Annotated[int, Meta(ge=1, le=MOST)]


class FloodTickets(Struct):
    """Tickets of nameless viewers, each to be used within 30 seconds."""

    tickets: list[str]


def flood_proof(signer: Signer, webinar_id: UUID) -> str:
    """The proof that lets somebody flood this webinar, for two hours. For the operator's eyes only."""
    return signer.sign(PURPOSE, str(webinar_id))


@operation(
    Operation(
        "Let a load test of one's own installation in",
        answer=FloodTickets,
        body=FloodRequest,
        errors=(Forbidden, NotFound, Conflict),
    )
)
async def ask_for_flood(request: Request, sent: FloodRequest) -> FloodTickets:
    """Tickets for the holder of a proof; raises Forbidden, NotFound, or Conflict unless the webinar is open."""
    found = services(request)
    webinar_id: UUID = request.path_params["webinar_id"]
    try:
        proven = found.signer.read(PURPOSE, sent.proof, LIFETIME)
    except BadToken as error:
        raise Forbidden("This proof is not of this installation, or too old.", code="no_proof") from error
    if proven != str(webinar_id):
        raise Forbidden("This proof is for another webinar.", code="no_proof")
    now = found.clock.now()
    async with found.db.writing() as db:
        webinar = await find_public_webinar(db, webinar_id)
        if webinar.access is not Access.OPEN:
            raise Conflict("Only an open webinar can be flooded.", code="not_open")
        holders = [Holder(webinar.account_id, webinar.id)] * sent.tickets
        tickets = await within(db, issue_tickets, holders, now)
    return FloodTickets(tickets)
