"""Reading the folder of mails: only the demo shows it, to whoever can reach it."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path
from uuid import UUID

from webinar.errors import NotFound

NEWEST = 50


@dataclass(frozen=True, slots=True)
class FolderMail:
    """A mail in the folder. `text` is its plain part."""

    id: UUID
    to: str
    subject: str
    at: datetime
    text: str


async def newest_mails(folder: Path) -> list[FolderMail]:
    """The newest mails first."""
    return await asyncio.to_thread(_newest, folder)


async def read_mail(folder: Path, mail_id: UUID) -> FolderMail:
    """One mail; raises NotFound."""
    return await asyncio.to_thread(_read, folder / f"{mail_id}.eml")


def _newest(folder: Path) -> list[FolderMail]:
    paths = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [_read(path) for path in paths[:NEWEST]]


def _read(path: Path) -> FolderMail:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise NotFound from None
    message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(content)
    body = message.get_body(("plain",))
    return FolderMail(
        id=UUID(path.stem),
        to=str(message["to"]),
        subject=str(message["subject"]),
        at=parsedate_to_datetime(str(message["date"])),
        text=str(body.get_content()) if body else "",
    )
