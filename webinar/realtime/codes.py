"""Close codes. 1012 says that this server restarts. Our own: 4000–4499: come back with a new ticket. 4500–4999: don't, something else must happen first.

A client treats every other code (1001 going away, 1006 cut off, 1011 no answer to a ping, 1012 restart …) as
"come back"; 1009 is sent for a frame over 16 KiB.
"""

from enum import IntEnum


class Close(IntEnum):
    """Why the server closed a connection; each member's text is the reason on the wire."""

    reason: str

    def __new__(cls, code: int, reason: str) -> "Close":
        """A code with its reason (at most 123 bytes, RFC 6455 §5.5)."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.reason = reason
        return member

    RESTART = 1012, "this server restarts"
    TOO_LATE = 4000, "no hello within 10 seconds"
    BAD_TICKET = 4001, "the ticket is unknown, used or too old"
    SLOW = 4002, "too slow: more than 1 MiB is waiting"
    FLOOD = 4003, "too many frames"
    INTERNAL = 4004, "something went wrong here"
    PROTOCOL = 4500, "not what this protocol expects"
    REVOKED = 4501, "this session has ended"
    BANNED = 4502, "banned from this webinar"
    GONE = 4503, "this webinar is gone"
    ERASED = 4504, "what this participant gave was erased"
