"""Which line an accepted websocket gets: its socket itself where the server hands it over, plain ASGI elsewhere."""

import asyncio
from collections.abc import Callable

from starlette.websockets import WebSocket

from webinar.realtime.fanout.conversation import Listener
from webinar.realtime.fanout.direct import DirectLine
from webinar.realtime.fanout.handover import EXTENSION, Handover
from webinar.realtime.fanout.line import Line
from webinar.realtime.fanout.plain import PlainLine


async def speak(websocket: WebSocket, converse: Callable[[Line], Listener]) -> None:
    """Begins the conversation; returns at once when it goes on without this task, else when it has ended."""
    offer = websocket.scope.get("extensions", {}).get(EXTENSION)
    if offer is None:
        line = PlainLine(websocket)
        await line.converse(converse(line))
        return

    def take(socket: Handover) -> asyncio.Protocol:
        line = DirectLine(socket)
        line.listen(converse(line))
        return line

    offer["handover"](take)
