"""Events as bytes, made once for everybody: a frame from the server carries no mask, so one fits every socket."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from websockets.frames import Frame as SocketFrame
from websockets.frames import Opcode

from webinar.realtime.protocol.events import Durable, Event

_encoder = msgspec.json.Encoder()
# RFC 6455 §5.2: lengths from 126 on take two more bytes in the header, from 64 KiB on eight.
_SHORT, _MEDIUM = 126, 65536


@dataclass(frozen=True, slots=True)
class Frame:
    """An event, ready to be written: header and JSON. `seq` is set for durable events."""

    wire: bytes
    seq: int | None = None

    @property
    def text(self) -> str:
        """The JSON alone, for servers that frame it themselves."""
        return self.wire[_header_size(len(self.wire)) :].decode()


class Batch:
    """Frames that are written together: whole ones one after the other, so that a client notices nothing."""

    __slots__ = ("frames", "wire")

    def __init__(self, frames: Iterable[Frame]) -> None:
        self.frames = tuple(frames)
        self.wire = b"".join([frame.wire for frame in self.frames])


def encode(event: Event) -> Frame:
    """The frame of an event."""
    return frame_text(_encoder.encode(event), event.seq if isinstance(event, Durable) else None)


def frame_text(payload: bytes, seq: int | None = None) -> Frame:
    """The frame of a text message whose bytes are `payload`."""
    return Frame(SocketFrame(Opcode.TEXT, payload).serialize(mask=False), seq)


def _header_size(size: int) -> int:
    if size < _SHORT + 2:
        return 2
    return 4 if size < _MEDIUM + 4 else 10
