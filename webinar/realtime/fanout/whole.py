"""What clients nearly always send, whole small frames, read without a parser; everything else is the parser's.

A parser keeps where it is in a frame and in a fragmented message. Most of the time there is nothing to keep, and it would
weigh a kilobyte for every idle viewer.
"""

from typing import Any

from websockets.frames import Opcode
from websockets.protocol import OPEN, Protocol
from websockets.server import ServerProtocol
from websockets.streams import StreamReader
from websockets.utils import apply_mask

TEXT, PONG = 0x80 | Opcode.TEXT, 0x80 | Opcode.PONG  # whole ones: FIN is set, and no extension's bit
# The second byte: its bit, the longest length in it, and "two more bytes say".
MASKED, SHORT, MEDIUM = 0x80, 125, 126
MASK = 4  # bytes


def messages_in(data: bytes, most: int) -> list[bytes] | None:
    """The messages in `data`, if that is nothing but whole masked text frames of at most `most` bytes, and pongs; else None."""
    messages: list[bytes] = []
    at = 0
    while at < len(data):
        kind, length, start = data[at], data[at + 1 : at + 2], at + 2
        size = length[0] - MASKED if length else -1
        if size == MEDIUM:
            size, start = int.from_bytes(data[start : start + 2]), start + 2
        elif size > MEDIUM:
            return None
        at = start + MASK + size
        if size < 0 or size > most or at > len(data):
            return None
        if kind == TEXT:
            messages.append(apply_mask(data[start + MASK : at], data[start : start + MASK]))
        elif kind != PONG or size > SHORT:
            return None
    return messages


def parser_of(most: int) -> ServerProtocol:
    """A parser at the beginning of a frame, which takes messages of `most` bytes."""
    parser = ServerProtocol(max_size=most)
    begin_frames(parser)
    parser.state = OPEN
    return parser


def begin_frames(parser: ServerProtocol) -> None:
    """Has a parser that awaits a handshake take frames."""
    parser.parser.close()
    parser.parser = Protocol.parse(parser)
    next(parser.parser)


def is_between_messages(parser: ServerProtocol) -> bool:
    """Whether a parser knows nothing that a new one would not know."""
    if parser.state is not OPEN or parser.current_size is not None or parser.reader.eof:
        return False
    waits: Any = parser.parser
    while (inner := waits.gi_yieldfrom) is not None:
        waits = inner
    return waits.gi_code is StreamReader.at_eof.__code__
