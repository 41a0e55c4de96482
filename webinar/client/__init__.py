"""A client of a room for scripts, tests and load: comes back by itself, loses nothing and does nothing twice.

    async with httpx.AsyncClient(base_url="https://webinar.example.org") as http:
        tickets = Tickets(http, webinar_id, token=session_token)
        async with RoomClient("https://webinar.example.org", tickets, on_event=print) as room:
            ack = await room.send(ChatSend(client_id=uuid4(), body="Good evening"))

It speaks `docs/protocol.md` with the server's own types, and shares nothing else with the server.
"""

from webinar.client.backoff import BackOff
from webinar.client.chat import ChatLog
from webinar.client.cursor import Cursor
from webinar.client.room import CommandRefused, RoomClient, RoomClosed
from webinar.client.tickets import TicketRefused, Tickets

__all__ = [
    "BackOff",
    "ChatLog",
    "CommandRefused",
    "Cursor",
    "RoomClient",
    "RoomClosed",
    "TicketRefused",
    "Tickets",
]
