"""The room's hub against other servers and against the bare kernel: fan-out, saturation, chat, joins, stalls, scale-out.

The measured server is the product, `webinar serve` in a process of its own with nothing taken out: tickets, sessions,
order, limits and the database. Everything that is sent goes through a real socket as a participant's chat message. Peers
relay messages of the same size without storing them. The floor is a C program that calls `send()` once for each viewer.
The server has one core, the load client, in C too, the other. Everything runs on the loopback interface.
"""
