"""A worker of the outbox on its own, with a transport that keeps what it is given."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from tests.support.installation import Installation, MovableClock
from tests.support.samples import make_account, make_participant, make_webinar
from webinar.db import Database
from webinar.mail import Letter, Text, enqueue_mail
from webinar.mail.message import Sender
from webinar.mail.transport import MailTransport
from webinar.mail.worker import MailWorker, Writing
from webinar.models import OutgoingMail, Participant
from webinar.pages import Templates
from webinar.signing import Signer

SENDER = Sender("webinar@example.org", "webinar.example.org")


class Pigeon:
    """A transport that remembers; `hook` may do or raise something in the middle of a delivery."""

    def __init__(self) -> None:
        self.delivered: list[tuple[UUID, EmailMessage]] = []
        self.removed: list[UUID] = []
        self.hook: Callable[[UUID], Awaitable[None]] | None = None

    async def send(self, mail_id: UUID, message: EmailMessage) -> None:
        if self.hook:
            await self.hook(mail_id)
        self.delivered.append((mail_id, message))

    async def rest(self) -> None:
        pass

    async def remove(self, mail_ids: Iterable[UUID]) -> int:
        self.removed += mail_ids
        return len(self.removed)


async def greet(db: AsyncSession, mail: OutgoingMail) -> Letter | None:
    """The simplest composer: a greeting by the name that the person has now."""
    person = await db.get(Participant, mail.participant_id)
    assert person
    assert person.email
    return Letter(
        to=person.email,
        to_name=person.display_name,
        language="en",
        subject=f"Hello {person.display_name}",
        parts=(Text(f"Good to see you, {person.display_name}."),),
    )


@dataclass
class Posting:
    """An outbox with somebody to write to."""

    db: Database
    clock: MovableClock
    templates: Templates
    person: Participant
    pigeon: Pigeon = field(default_factory=Pigeon)

    def worker(self, transport: MailTransport | None = None, **options: Any) -> MailWorker:
        """Another process's worker on the same database."""
        writing = Writing({"greeting": greet, **options.pop("composers", {})}, self.templates, SENDER)
        return MailWorker(self.db, self.clock, transport or self.pigeon, writing, **options)

    async def enqueue(self, count: int = 1, **options: Any) -> list[UUID]:
        async with self.db.writing() as db:
            return [
                await enqueue_mail(
                    db,
                    account_id=self.person.account_id,
                    webinar_id=self.person.webinar_id,
                    participant_id=self.person.id,
                    kind=options.get("kind", "greeting"),
                    now=self.clock.now(),
                    due_at=options.get("due_at"),
                )
                for _ in range(count)
            ]

    async def row(self, mail_id: UUID) -> OutgoingMail | None:
        async with self.db.reading() as db:
            return await db.get(OutgoingMail, mail_id)


async def open_posting(database: Database, installation: Installation) -> Posting:
    clock = installation.clock
    async with database.writing() as db:
        account = await make_account(db)
        webinar = await make_webinar(db, account)
        signer = Signer("s" * 32, clock)
        person = await make_participant(db, signer, webinar, email="mira@example.org")
    return Posting(database, clock, installation.services.templates, person)
