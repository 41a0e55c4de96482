"""The live side of a webinar: sockets, rooms, and what travels between them."""
