"""Two ways out for a mail: a mail server, or a folder of `.eml` files for the demo and for looking at mails."""

import asyncio
import os
from collections.abc import Iterable
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import UUID

import aiosmtplib

SEND_TIMEOUT = 30.0  # seconds, for one mail in all
PERMANENT = 500  # the first of the answers by which a server says that trying again is useless


class MailError(Exception):
    """A mail that did not leave. `code` is stable and names nobody; `permanent` means that no try will help.

    `unreachable` says that the whole way out is closed for now, so that further mails need not try it.
    """

    def __init__(self, code: str, *, permanent: bool = False, unreachable: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent
        self.unreachable = unreachable


class MailTransport(Protocol):
    """Carries finished messages away."""

    async def send(self, mail_id: UUID, message: EmailMessage) -> None:
        """Hands the message over; raises MailError. Sending the same `mail_id` again is the same mail again."""
        ...

    async def rest(self) -> None:
        """Nothing more is to be sent for now. Never raises."""
        ...

    async def remove(self, mail_ids: Iterable[UUID]) -> int:
        """Destroys what is still in our hands of sent mails; gives the number of files destroyed."""
        ...


def read_smtp_url(url: str) -> SplitResult:
    """The parts of a mail server's address. Raises ValueError, whose words repeat nothing of it: it holds a password."""
    with suppress(ValueError):
        parts = urlsplit(url)
        if parts.scheme in {"smtp", "smtps"} and parts.hostname and parts.port != 0:
            return parts
    raise ValueError("must be like smtp://user:password@host:587")


class SmtpTransport:
    """Sends through a mail server; one connection for a row of mails.

    `url` is `smtp://user:password@host:port` (STARTTLS; a must as soon as there is a password) or `smtps://…`
    (TLS from the first byte).
    """

    def __init__(self, url: str, *, timeout: float = SEND_TIMEOUT) -> None:
        parts = read_smtp_url(url)
        self._timeout = timeout
        tls = parts.scheme == "smtps"
        self._client = aiosmtplib.SMTP(
            hostname=parts.hostname,
            port=parts.port,
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            use_tls=tls,
            # Without a password the upgrade is taken where it is offered; a password never travels in the clear.
            start_tls=None if tls or not parts.username else True,
            # What machine this is, is nobody's business, and looking it up may block.
            local_hostname="localhost",
            timeout=timeout,
        )

    async def send(self, mail_id: UUID, message: EmailMessage) -> None:
        """Hands the message to the server; raises MailError."""
        try:
            async with asyncio.timeout(self._timeout):
                if not self._client.is_connected:
                    await self._client.connect()
                await self._client.send_message(message)
        except (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError) as error:
            self._client.close()
            raise _explained(error) from None

    async def rest(self) -> None:
        """Says goodbye to the server."""
        if not self._client.is_connected:
            return
        try:
            await self._client.quit()
        except (aiosmtplib.SMTPException, OSError):
            self._client.close()

    async def remove(self, mail_ids: Iterable[UUID]) -> int:
        """A mail that was handed over is out of our hands."""
        return 0


class FolderTransport:
    """Writes each mail into a folder, as `<id of its row>.eml`. The files are the participants' data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for unfinished in folder.glob("*.part"):
            unfinished.unlink()

    def path(self, mail_id: UUID) -> Path:
        """Where the mail is, or would be."""
        return self.folder / f"{mail_id}.eml"

    async def send(self, mail_id: UUID, message: EmailMessage) -> None:
        """Writes the file, whole or not at all."""
        # Raw UTF-8 in headers only where nothing else can say the address.
        policy = SMTP if message["To"].addresses[0].addr_spec.isascii() else SMTPUTF8
        try:
            await asyncio.to_thread(self._write, self.path(mail_id), message.as_bytes(policy=policy))
        except OSError as error:
            raise MailError("folder.failed", unreachable=True) from error

    async def rest(self) -> None:
        """Nothing is held open."""

    async def remove(self, mail_ids: Iterable[UUID]) -> int:
        """Deletes the files of these mails."""
        return await asyncio.to_thread(self._remove, [self.path(mail_id) for mail_id in mail_ids])

    def _write(self, path: Path, content: bytes) -> None:
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)

    def _remove(self, paths: Iterable[Path]) -> int:
        removed = 0
        for path in paths:
            try:
                path.unlink()
            except FileNotFoundError:
                continue
            removed += 1
        return removed


def open_transport(smtp_url: str, folder: Path) -> MailTransport:
    """The mail server at `smtp_url`, or the folder when there is none."""
    return SmtpTransport(smtp_url) if smtp_url else FolderTransport(folder)


def _explained(error: Exception) -> MailError:
    # The server's own words may repeat the address: only its number is kept.
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return _explained(error.recipients[0])
    if isinstance(error, aiosmtplib.SMTPAuthenticationError | aiosmtplib.SMTPSenderRefused):
        # The installation is set up wrongly; the mail itself may be fine.
        return MailError(f"smtp.{error.code}", unreachable=True)
    if isinstance(error, aiosmtplib.SMTPConnectError | aiosmtplib.SMTPServerDisconnected):
        return MailError("smtp.unreachable", unreachable=True)
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return MailError(f"smtp.{error.code}", permanent=error.code >= PERMANENT)
    if isinstance(error, aiosmtplib.SMTPNotSupported):
        return MailError("smtp.address_not_supported", permanent=True)
    if isinstance(error, TimeoutError):
        return MailError("smtp.timeout", unreachable=True)
    if isinstance(error, OSError):
        return MailError("smtp.unreachable", unreachable=True)
    if isinstance(error, ValueError):
        return MailError("mail.malformed", permanent=True)
    return MailError("smtp.failed")
