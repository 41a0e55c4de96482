"""Peer: the loop that everybody writes first, `await socket.send_text(…)` for each, on Starlette and uvicorn."""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

everybody: set[WebSocket] = set()


async def talk(socket: WebSocket) -> None:
    """Sends every message to everybody."""
    await socket.accept()
    everybody.add(socket)
    try:
        while True:
            message = await socket.receive_text()
            for other in tuple(everybody):
                await other.send_text(message)
    except WebSocketDisconnect:
        pass
    finally:
        everybody.discard(socket)


if __name__ == "__main__":
    uvicorn.run(
        Starlette(routes=[WebSocketRoute("/", talk)]),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        log_level="error",
        lifespan="off",
    )
