"""The room's way in: a ticket over HTTP, then the socket. And older messages for whoever may read them."""

from datetime import timedelta
from typing import Literal
from urllib.parse import urlsplit
from uuid import UUID

from msgspec import Struct
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.websockets import WebSocket

from webinar.errors import NotFound, NotSignedIn, TooMany
from webinar.interaction.actor import shut_out
from webinar.interaction.chat import messages_before
from webinar.limits import Limit, network_of
from webinar.models import Access, Role, Webinar
from webinar.realtime.connection import Connection
from webinar.realtime.fanout.line import Line
from webinar.realtime.fanout.open import speak
from webinar.realtime.office import Asking
from webinar.realtime.protocol.commands import Seq
from webinar.realtime.protocol.events import Message
from webinar.realtime.tickets import LIFETIME, issue_ticket
from webinar.realtime.views import show_message
from webinar.routes.admitted import admission_token, find_admitted
from webinar.routes.api.operation import Operation, operation
from webinar.routes.context import services
from webinar.routes.signed_in import signed_in
from webinar.webinars.catalogue import find_public_webinar, get_webinar

PAGE = 100  # messages
# A viewer without a name costs a row for half a minute; an office of them may come at once.
VIEWER_TICKETS = Limit("viewer-tickets", 600, timedelta(minutes=1))


class TicketRequest(Struct, forbid_unknown_fields=True):
    """As whom to join: as the participant (or nameless viewer) that the browser is, or as a host of the account."""

    role: Literal["participant", "host"] = "participant"


class Ticket(Struct):
    """The right to open one socket, to be used in its first frame within `expires_in` seconds."""

    ticket: str
    expires_in: int


class MessagesQuery(Struct):
    """Which messages: those posted before the `posted_seq` given; without one the newest."""

    before: Seq | None = None


class Messages(Struct):
    """Messages of a room, oldest first; `more` says that there are older ones."""

    messages: list[Message]
    more: bool


@operation(
    Operation(
        "Ask for the right to join a webinar's room",
        answer=Ticket,
        body=TicketRequest,
        errors=(NotSignedIn, NotFound, TooMany),
        who="participant",
    )
)
async def ask_for_ticket(request: Request, sent: TicketRequest) -> Ticket:
    """A ticket for whoever asks; raises NotSignedIn, Forbidden (`banned`) or NotFound."""
    found = services(request)
    now = found.clock.now()
    webinar_id: UUID = request.path_params["webinar_id"]
    session_token = admission_token(request, webinar_id) if sent.role == "participant" else ""
    if session_token and (token := await found.hub.office.ask(Asking(webinar_id, session_token))):
        return Ticket(token, int(LIFETIME.total_seconds()))
    async with found.db.writing() as db:
        if sent.role == "host":
            actor = await signed_in(request, db, Role.HOST)
            webinar = await get_webinar(db, actor.account_id, webinar_id)
            token = await issue_ticket(db, webinar, now=now, user_session_id=actor.session.id)
        else:
            webinar = await find_public_webinar(db, webinar_id)
            session_id = await _reader(request, db, webinar)
            if session_id is None:
                await found.limits.hit(
                    VIEWER_TICKETS, network_of(request.client.host if request.client else "")
                )
            token = await issue_ticket(db, webinar, now=now, participant_session_id=session_id)
    return Ticket(token, int(LIFETIME.total_seconds()))


@operation(
    Operation(
        "Read a webinar's chat, page by page",
        answer=Messages,
        query=MessagesQuery,
        errors=(NotSignedIn, NotFound),
        who="participant",
    )
)
async def read_messages(request: Request, sent: MessagesQuery) -> Messages:
    """A page of the chat, for those who may watch the webinar."""
    database = services(request).db
    async with database.reading() as db:
        webinar = await find_public_webinar(db, request.path_params["webinar_id"])
        await _reader(request, db, webinar)
    said = await database.read(messages_before, webinar.id, sent.before, PAGE + 1)
    return Messages([show_message(message) for message in said[-PAGE:]], len(said) > PAGE)


async def join_live(websocket: WebSocket) -> None:
    """The socket of a room. Only our own pages may open it (S1); who it is, its first frame says (S2)."""
    found = services(websocket)
    own = f"{urlsplit(found.site.base_url).scheme}://{websocket.headers.get('host', '')}"
    if websocket.headers.getlist("origin") != [own]:
        await websocket.close()
        return
    await websocket.accept()

    def converse(line: Line) -> Connection:
        return Connection(line, found.hub, found.db, found.clock)

    await speak(websocket, converse)


async def _reader(request: Request, db: AsyncSession, webinar: Webinar) -> UUID | None:
    """The session of whoever may read along; None for a nameless viewer of an open webinar."""
    admitted = await find_admitted(request, db, webinar.id)
    if admitted is None:
        if webinar.access is Access.OPEN:
            return None
        raise NotSignedIn("Please use your personal link to take part.")
    if admitted.participant.banned_at is not None:
        raise shut_out()
    return admitted.session_id
