"""Ada and Bob in a webinar of an organisation, whose mails go to a real mail server: what Ada decides, Bob must not feel."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx2
from sqlmodel import SQLModel, col, func, select

from tests.privacy.test_participant_table import register_somebody
from tests.registration.samples import Published, publish_sample
from tests.support.installation import Installation
from tests.support.mailbox import Mailbox
from tests.support.people import Organisation, signed_in_member
from tests.support.samples import NOW
from webinar.interaction.actor import Actor
from webinar.interaction.chat import post_message
from webinar.interaction.questions import ask_question
from webinar.mail import enqueue_mail
from webinar.models import Participant, Webinar, WebinarState
from webinar.registration.admission import link_token
from webinar.registration.register import REGISTERED

ADA, BOB = "ada@example.com", "bob@example.com"


@dataclass
class Place:
    """The webinar, its people, and their mail server."""

    installation: Installation
    organisation: Organisation
    published: Published
    mailbox: Mailbox
    ada: Participant
    bob: Participant
    interest: UUID | None = None  # a purpose on a legitimate interest, where there is one

    @property
    def webinar(self) -> Webinar:
        return self.published.webinar

    @property
    def browser(self) -> httpx2.AsyncClient:
        """Ada's."""
        return self.installation.client

    @property
    def admin(self) -> httpx2.AsyncClient:
        return self.organisation.admin.client

    @property
    def people(self) -> str:
        return f"/admin/webinars/{self.webinar.id}/participants"

    async def admin_again(self) -> None:
        """The admin signs in once more: sessions end after a week."""
        self.organisation.admin = await signed_in_member(self.installation, self.organisation.admin.user)

    def my(self, end: str = "") -> str:
        return f"/w/{self.webinar.id}/my{end}"

    def of(self, person: Participant, end: str = "") -> str:
        return f"{self.people}/{person.id}{end}"

    async def restrict(self, wanted: str = "yes") -> Any:
        return await self.browser.post(self.my("/restriction"), data={"wanted": wanted})

    async def speak(self, person: Participant, body: str) -> None:
        actor = Actor(person.account_id, self.webinar.id, participant_id=person.id)
        async with self.installation.services.db.writing() as db:
            now = self.installation.clock.now()
            await post_message(db, actor, client_id=uuid4(), body=body, now=now)
            await ask_question(db, actor, client_id=uuid4(), body=f"{body}?", anonymous=False, now=now)

    async def go(self, state: WebinarState) -> None:
        async with self.installation.services.db.writing() as db:
            webinar = await db.get_one(Webinar, self.webinar.id)
            webinar.state = state
            webinar.ended_at = self.installation.clock.now() if state is WebinarState.ENDED else None
            db.add(webinar)

    async def enqueue(self, kind: str = REGISTERED) -> None:
        """A mail for each of them."""
        async with self.installation.services.db.writing() as db:
            for person in (self.ada, self.bob):
                await enqueue_mail(
                    db,
                    account_id=person.account_id,
                    webinar_id=person.webinar_id,
                    participant_id=person.id,
                    kind=kind,
                    now=self.installation.clock.now(),
                )

    async def post(self) -> None:
        """Lets everything leave that is due."""
        await self.installation.services.mail.tidy()
        await self.installation.services.mail.send_due()

    def mails(self, address: str) -> list[str]:
        return [str(mail["subject"]) for mail in self.mailbox.all_to(address)]

    async def exported(self, what: str) -> list[dict[str, Any]]:
        answer = await self.admin.post(f"{self.people}/export", data={"file": f"{what}.json"})
        rows: list[dict[str, Any]] = json.loads(answer.content)
        return rows

    async def prepare(self) -> Any:
        fields = {"purpose": str(self.published.news.id), "format": "json"}
        return await self.admin.post(f"{self.people}/export/purpose", data=fields)

    async def count(self, model: type[SQLModel], **columns: object) -> int:
        async with self.installation.services.db.reading() as db:
            rows = select(func.count()).select_from(model)
            for name, value in columns.items():
                rows = rows.where(col(getattr(model, name)) == value)
            return (await db.exec(rows)).one()


async def open_place(installation: Installation, organisation: Organisation, mailbox: Mailbox) -> Place:
    """Both agree to the news; Ada sits before the page of her own data."""
    found = installation.services
    async with found.db.writing() as db:
        published = await publish_sample(db, account=organisation.account)
    consent = published.form.definition.consents[0].key
    for address in (ADA, BOB):
        await register_somebody(installation, published.form, address, organisation="Mill", **{consent: "y"})
    async with found.db.reading() as db:
        people = {each.email: each for each in (await db.exec(select(Participant))).all()}
    place = Place(installation, organisation, published, mailbox, people[ADA], people[BOB])
    await place.post()
    token = link_token(found.signer, place.ada.id, 1)
    answer = await place.browser.post("/my/", data={"token": token})
    assert answer.headers["location"] == place.my()
    mailbox.messages.clear()
    assert installation.clock.now() == NOW
    return place
