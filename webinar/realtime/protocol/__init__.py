"""Every command and event on the wire, one JSON object per text frame, told apart by its `type`.

Commands go client → server, events go server → client; `docs/protocol.md` shows each with an example, and the
tests hold the two together. Every command but `hello` carries the sender's own `client_id`; its `ack` or `error`
repeats it as `ref`, and sending the same command again with the same `client_id` does nothing twice.

An event that carries `seq` is durable: it shows a row's state at its latest change, so applying it twice, or
after something newer of the same row, must change nothing. A client keeps the highest `seq` it has seen.
"""
