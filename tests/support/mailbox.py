"""A mail server that delivers everything into a list."""

import asyncio
from collections.abc import AsyncIterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

PATIENCE = 30  # seconds until a mail that doesn't come fails the test


class Mailbox:
    """What arrived, in order. Set `refusal` ("451 Try again later") to turn mail away."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refusal: str | None = None
        self.refused = 0
        self.host = "127.0.0.1"
        self.port = 0
        self._changed = asyncio.Condition()

    async def arrived(self, count: int = 1) -> list[EmailMessage]:
        """Wait until at least `count` mails are there, and give them all."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: len(self.messages) >= count)
        return self.messages

    async def mail_to(self, address: str) -> EmailMessage:
        """Wait for mail to the address, and give the latest."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: bool(self.all_to(address)))
        return self.all_to(address)[-1]

    def all_to(self, address: str) -> list[EmailMessage]:
        """What is there for the address now."""
        return [message for message in self.messages if address in str(message["To"])]

    async def turned_away(self, count: int = 1) -> None:
        """Wait until at least `count` mails met the refusal."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: self.refused >= count)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Called by aiosmtpd for each mail, by this name."""
        async with self._changed:
            self._changed.notify_all()
            if self.refusal:
                self.refused += 1
                return self.refusal
            assert envelope.original_content is not None
            self.messages.append(message_from_bytes(envelope.original_content, policy=policy.default))
            return "250 OK"


@pytest.fixture
async def smtp_server() -> AsyncIterator[Mailbox]:
    """A mail server on a free port, with nothing in it."""
    mailbox = Mailbox()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(mailbox, loop=loop), mailbox.host, 0)
    mailbox.port = server.sockets[0].getsockname()[1]
    yield mailbox
    server.close()
    await server.wait_closed()
