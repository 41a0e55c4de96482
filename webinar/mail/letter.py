"""What a composer writes: one content from which both the plain text and the HTML part are made."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.models import OutgoingMail


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of plain text. `quiet` is for the small print."""

    kind: ClassVar[str] = "text"
    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """A link that the mail wants to be followed; the text part shows the address."""

    kind: ClassVar[str] = "button"
    label: str
    url: str
    primary: bool = True


@dataclass(frozen=True, slots=True)
class Code:
    """Characters to be typed somewhere, with what they are for."""

    kind: ClassVar[str] = "code"
    label: str
    code: str


@dataclass(frozen=True, slots=True)
class Facts:
    """A short table: what, and its value."""

    kind: ClassVar[str] = "facts"
    rows: tuple[tuple[str, str], ...]


Part = Text | Button | Code | Facts


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the mail. `content_type` may carry parameters (`text/calendar; method=PUBLISH`)."""

    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail, already in the language of the person who gets it.

    `withdraw_url` takes a one-click POST (RFC 8058); GET shows a page and withdraws nothing. `sender_name` is
    whose mail it is, beside the installation's address. `heading` stands above the parts, else the subject.
    `brand_colour` is `#rrggbb` or empty.
    """

    to: str
    language: str
    subject: str
    parts: Sequence[Part]
    to_name: str = ""
    heading: str = ""
    sender_name: str = ""
    reply_to: str = ""
    footer: Sequence[Text | Button] = ()
    withdraw_url: str = ""
    brand_colour: str = ""
    attachments: tuple[Attachment, ...] = ()


# Gives None when there is nothing to say any more (the webinar was rescheduled, say); the mail is dropped then.
Composer = Callable[[AsyncSession, OutgoingMail], Awaitable[Letter | None]]
