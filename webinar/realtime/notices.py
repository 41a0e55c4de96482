"""What instances tell each other: that something happened, never what. Nothing in a broker would have to be erased."""

from uuid import UUID

import msgspec
from msgspec import Struct


class Notice(Struct, frozen=True):
    """What one instance tells the others."""


class Advanced(Notice, tag="advanced", frozen=True):
    """Something changed in this webinar's room, or the webinar is gone."""

    webinar_id: UUID


class Touched(Notice, tag="touched", frozen=True):
    """What this participant sees of themselves changed."""

    webinar_id: UUID
    participant_id: UUID


class Revoked(Notice, tag="revoked", frozen=True):
    """The sockets of this session, participant or user must close."""

    key: UUID


class Present(Notice, tag="present", frozen=True):
    """How many watch this webinar through this instance."""

    webinar_id: UUID
    instance: UUID
    viewers: int


AnyNotice = Advanced | Touched | Revoked | Present
_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[AnyNotice] = msgspec.json.Decoder(AnyNotice)


def to_wire(notice: AnyNotice) -> bytes:
    """A notice as bytes."""
    return _encoder.encode(notice)


def from_wire(data: bytes) -> AnyNotice:
    """The notice in `data`; raises msgspec.DecodeError for anything else (ValidationError is one)."""
    return _decoder.decode(data)
