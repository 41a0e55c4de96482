"""Makes the message that leaves from the letter that a composer wrote."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime
from typing import Any, Protocol
from uuid import UUID

import idna

from webinar.mail.letter import Letter
from webinar.mail.transport import MailError

INVISIBLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
NAME_LENGTH = 100
DEFAULT_COLOUR = "#2f5d50"
HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
# Relative luminance (WCAG 2.2) above which black letters read better than white ones.
LIGHT = 0.179


class UnfoldedHeader(UnstructuredHeader, BaseHeader):
    """A header on one line, however long (RFC 5322 allows 998 characters).

    Folding would break a long address into encoded words, which mail programs don't look into.
    """

    def fold(self, *, policy: Policy) -> str:
        """The line."""
        return f"{self.name}: {self}{policy.linesep}"


class RendersText(Protocol):
    """Renders a template to text; `pages.Templates` does."""

    def text(self, name: str, context: Mapping[str, Any], *, language: str) -> str:
        """The template `name` in `language`."""
        ...


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", UnfoldedHeader)
POLICY = SMTP.clone(header_factory=HEADERS)


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose address all mails carry, and the host that makes their Message-IDs unique."""

    address: str
    host: str

    def message_id(self, mail_id: UUID) -> str:
        """The same for every try of the same mail, so that a mail sent twice is one to its reader (R13)."""
        return f"<{mail_id}@{self.host}>"


def build_message(
    letter: Letter, *, mail_id: UUID, sender: Sender, templates: RendersText, now: datetime
) -> EmailMessage:
    """The finished message with its two parts and attachments; raises MailError for an impossible address."""
    message = EmailMessage(policy=POLICY)
    message["From"] = _address(letter.sender_name, sender.address)
    message["To"] = _address(letter.to_name, letter.to)
    if letter.reply_to:
        message["Reply-To"] = _address("", letter.reply_to)
    message["Subject"] = on_one_line(letter.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = sender.message_id(mail_id)
    message["Auto-Submitted"] = "auto-generated"
    if letter.withdraw_url:
        message["List-Unsubscribe"] = f"<{letter.withdraw_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    colour = letter.brand_colour if HEX_COLOUR.fullmatch(letter.brand_colour) else DEFAULT_COLOUR
    context = {"letter": letter, "colour": colour, "on_colour": readable_on(colour)}
    message.set_content(templates.text("mail/letter.txt", context, language=letter.language))
    message.add_alternative(
        templates.text("mail/letter.html", context, language=letter.language), subtype="html"
    )
    for attachment in letter.attachments:
        kind, _, parameters = attachment.content_type.partition(";")
        main, _, sub = kind.partition("/")
        message.add_attachment(
            attachment.content,
            maintype=main,
            subtype=sub,
            filename=attachment.filename,
            params=dict(part.strip().split("=", 1) for part in parameters.split(";") if part),
        )
    # Last: making a message multipart moves such headers into its first part.
    message["Content-Language"] = letter.language
    return message


def on_one_line(text: str) -> str:
    """`text` without anything that could begin another header or turn the line around (S12)."""
    return INVISIBLE.sub(" ", text).strip()


def readable_on(colour: str) -> str:
    """Black or white, whichever is easier to read on `colour` (`#rrggbb`)."""
    linear = [_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if luminance > LIGHT else "#ffffff"


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _address(name: str, address: str) -> Address:
    user, _, domain = address.rpartition("@")
    if not user or not domain or INVISIBLE.search(address):
        raise MailError("mail.malformed", permanent=True)
    try:
        host = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
        return Address(on_one_line(name)[:NAME_LENGTH], user, host)
    except (ValueError, IndexError, MessageError) as error:
        raise MailError("mail.malformed", permanent=True) from error
