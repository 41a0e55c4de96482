"""From one event to thousands of sockets, as close to what the kernel costs as Python comes.

    Room ──publish──→ Stream ──one write each──→ Line ──→ socket
                     (one for each audience)    (one for each client)

Read in this order; `docs/fan-out.md` tells the whole story.

    frames.py   an event is encoded, and framed for the socket, once for everybody
    stream.py   what an audience hears: whoever keeps up gets one write a turn of the loop, whoever does not keeps
                a place in a bounded log
    line.py     one client's way out: held, ready or behind, and closed without ever being waited for
    gate.py     a new connection: a websocket's handshake (handshake.py reads it), or HTTP
    handover.py after the handshake the application takes the socket from the server
    direct.py   a line that writes to the socket itself, and hears through callbacks: no task while nothing is said
    plain.py    the same line over plain ASGI, for every server that cannot hand out its sockets
    pulse.py    one sweep that finds dead lines, in place of two timers for each
"""
