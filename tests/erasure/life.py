"""Everything that people do with the platform, through HTTP and sockets, typing canaries wherever they can type."""

import asyncio
import io
import json
import re
import secrets
from dataclasses import dataclass, field
from email import policy
from email.parser import BytesParser
from typing import Any

import httpx2
from PIL import Image, PngImagePlugin
from sqlalchemy import update
from sqlmodel import col, select

from tests.erasure.stage import Stage
from tests.support.people import Organisation
from tests.support.room import House, RoomClient
from tests.support.samples import NOW
from tests.support.webinars import a_webinar, a_zip
from webinar.consent.notices import Wording, publish_wording
from webinar.consent.purposes import add_purpose
from webinar.models import Access, Account, Basis, Participant, Purpose, Webinar, WebinarState
from webinar.registration.definition import dump_definition, read_definition, starting_definition
from webinar.registration.publishing import publish_form
from webinar.registration.versions import consent_field, save_draft
from webinar.routes.admin.keeping import HOLDS
from webinar.routes.admin.processing import AGREEMENT

HIDDEN = re.compile(r'<input type="hidden" name="(_\w+)" value="([^"]*)">')
LINK = re.compile(r"http://\S+/j/#(\S+)")
CODE = re.compile(r"\b(\d{4}) (\d{4})\b")
CHOICES = [{"value": value, "label": {"en": value.title()}} for value in ("first", "second", "third")]
FIELDS: list[dict[str, Any]] = [
    {"type": "short_text", "key": "organisation"},
    {"type": "long_text", "key": "story"},
    {"type": "number", "key": "badge"},
    {"type": "date", "key": "born"},
    {"type": "single_choice", "key": "coming", "choices": CHOICES},
    {"type": "multiple_choice", "key": "topics", "choices": CHOICES},
    {"type": "country", "key": "country"},
    {"type": "checkbox", "key": "agrees"},
    {"type": "phone", "key": "phone"},
    {"type": "url", "key": "site"},
    {"type": "hidden", "key": "source", "parameter": "utm_source"},
]


def unique(word: str) -> str:
    """Something that nobody else types. Signs that encodings treat in their own way are part of it."""
    return f"{word} «é&{secrets.token_hex(6)}»"


@dataclass
class Person:
    """Somebody with a browser of their own. `typed` is all they typed or sent, kept or not."""

    client: httpx2.AsyncClient
    name: str = field(default_factory=lambda: unique("Quillon"))
    address: str = field(default_factory=lambda: f"Quillon.{secrets.token_hex(6)}@lighthouse.example.org")
    typed: list[str] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)

    def types(self, word: str) -> str:
        self.typed.append(unique(word))
        return self.typed[-1]


@dataclass
class Play:
    """A webinar of an account, and what people do in it."""

    stage: Stage
    house: House
    organisation: Organisation
    webinar: Webinar
    purpose: Purpose
    interest: Purpose

    @property
    def admin(self) -> httpx2.AsyncClient:
        return self.organisation.owner.client

    @property
    def edit(self) -> str:
        return f"/admin/webinars/{self.webinar.id}"

    def newcomer(self) -> Person:
        """Somebody whose browser says more of itself than it should."""
        person = Person(self.stage.installation.new_client())
        person.typed.append(secrets.token_hex(12))
        person.client.headers["user-agent"] = f"Agent/{person.typed[-1]}"
        return person

    async def take_part(self, *, with_words: bool = True) -> Person:
        """Somebody registers, comes in by the mailed link, speaks, asks, and looks after their own data."""
        person = self.newcomer()
        await self.register(person)
        mail = await self.mail_to(person)
        link = LINK.search(mail)
        assert link
        await ok(person.client.post("/j/", data={"token": link[1]}), 303)
        await ok(person.client.get(f"/w/{self.webinar.id}/watch"))
        if with_words:
            await self.speak(person)
            await self.look_after_own_data(person)
        await self.ticket(person.client)  # never used
        return person

    async def register(self, person: Person) -> None:
        here = f"/w/{self.webinar.id}"
        person.typed.append(secrets.token_hex(12))
        page = await person.client.get(
            here,
            params={"utm_source": person.types("campaign")},
            headers={"referer": f"https://search.example/{person.typed[0]}", "accept-language": "nl-NL"},
        )
        answers = {
            **self.answers_of(person),
            "name": person.name,
            "email": person.address,
            "source": person.types("campaign"),
            consent_field(self.purpose).key: "y",
        }
        along = dict(HIDDEN.findall(page.text))
        wrong = await person.client.post(here, data={**along, **answers, "email": person.types("no address")})
        assert wrong.status_code == 422
        await ok(person.client.post(here, data={**along, **answers}), 303)

    def answers_of(self, person: Person) -> dict[str, Any]:
        """Something to answer to every question, different each time."""
        person.answers = {
            "organisation": person.types("Organisation"),
            "story": person.types("Story") + "\n" + "and so on " * 40 + person.types("End"),
            "badge": str(secrets.randbelow(9 * 10**8) + 10**8),
            "born": f"19{secrets.randbelow(90) + 10}-0{secrets.randbelow(9) + 1}-1{secrets.randbelow(10)}",
            "coming": "first",
            "topics": ["first", "third"],
            "country": "NL",
            "agrees": "y",
            "phone": f"+3161234{secrets.randbelow(9000) + 1000}",
            "site": f"https://{secrets.token_hex(8)}.example.org/",
        }
        return person.answers

    async def mail_to(self, person: Person) -> str:
        """The text of the first mail to them, once it is there."""
        folder = self.stage.folders["data"] / "mail"
        async with asyncio.timeout(60):
            while True:
                for path in folder.glob("*.eml"):
                    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
                    if person.address.casefold() in str(message["to"]).casefold():
                        return str(message.get_body(("plain",)).get_content())  # type: ignore[union-attr]
                await asyncio.sleep(0.02)

    async def speak(self, person: Person) -> None:
        mine, theirs = await self.join(person.client), await self.join(self.admin, role="host")
        await mine.send("chat.send", body=person.types("Hello"))
        removed = await mine.send("chat.send", body=person.types("I regret"))
        asked = await mine.send("question.ask", body=person.types("Why"), anonymous=True)
        await theirs.send("chat.announce", body=unique("Announcement"))
        await theirs.send("chat.remove", message_id=removed["id"])
        await theirs.send("question.publish", question_id=asked["id"])
        await mine.send("question.vote", question_id=asked["id"])
        await theirs.send("question.answer", question_id=asked["id"], answer=person.types("Dear"))
        await mine.leave()
        await theirs.leave()

    async def look_after_own_data(self, person: Person) -> None:
        here = f"/w/{self.webinar.id}/my"
        person.typed.append(person.name)
        person.name = unique("Quilla")
        await ok(person.client.post(f"{here}/name", data={"display_name": person.name}), 303)
        await ok(person.client.post(f"{here}/answers", data=self.answers_of(person)), 303)
        person.typed.append(f"{secrets.token_hex(8)}@harbour.example.org")
        await ok(person.client.post(f"{here}/address", data={"email": person.typed[-1]}), 303)
        await ok(person.client.post(f"{here}/withdraw", data={"purpose": str(self.purpose.id)}), 303)
        await ok(person.client.post(f"{here}/reminders", data={"wanted": "no"}), 303)
        for wanted in ("yes", "no"):
            await ok(person.client.post(f"{here}/restriction", data={"wanted": wanted}), 303)
        asked = {"kind": "other", "body": person.types("Please")}
        await ok(person.client.post(f"{here}/requests", data=asked), 303)
        grounds = {"purpose": str(self.interest.id), "grounds": person.types("My situation")}
        await ok(person.client.post(f"{here}/objection", data=grounds), 303)
        await self.answer_requests(person)
        for end in ("", "/data.json", "/data.csv", "/erase"):
            await ok(person.client.get(here + end))
        await person.client.get(f"/nowhere/{person.types('lost')}?q={person.types('lost')}")
        lost = f"/w/{self.webinar.id}/lost-link"
        await ok(person.client.post(lost, data={"email": person.address}), 303)

    async def answer_requests(self, person: Person) -> None:
        """Takes more time for what waits, and answers it; what is written about somebody is theirs too."""
        page = (await ok(self.admin.get("/admin/requests"))).text
        for here in dict.fromkeys(re.findall(r'href="(/admin/requests/[0-9a-f-]{36})"', page)):
            longer = {"months": "1", "reason": person.types("Because")}
            await ok(self.admin.post(f"{here}/extend", data=longer), 303)
            answer = {"decision": "answer", "answer": person.types("Dear")}
            await ok(self.admin.post(f"{here}/answer", data=answer), 303)

    async def ticket(self, client: httpx2.AsyncClient, role: str = "participant") -> str:
        path = f"/api/v1/webinars/{self.webinar.id}/ticket"
        answer = await ok(client.post(path, json={"role": role}))
        found: str = answer.json()["ticket"]
        return found

    async def join(self, client: httpx2.AsyncClient, role: str = "participant") -> RoomClient:
        ticket = await self.ticket(client, role)
        joined = await self.house.connect()
        await joined.socket.send(json.dumps({"type": "hello", "ticket": ticket}))
        await joined.wait_for(lambda event: event["type"] == "you.changed")
        return joined

    async def run_the_house(self, person: Person) -> None:
        """What the account's people do: look people up, export, invite, present speakers, upload, hold, agree."""
        for what in ("participants", "chat", "questions"):
            for kind in ("csv", "xlsx", "json"):
                await ok(self.admin.post(f"{self.edit}/participants/export", data={"file": f"{what}.{kind}"}))
        found = await self.id_of(person)
        await ok(self.admin.get(f"{self.edit}/participants", params={"search": person.name}))
        await ok(self.admin.get(f"{self.edit}/participants/{found}"))
        for kind in ("csv", "json"):
            await ok(
                self.admin.post(f"{self.edit}/participants/{found}/export", data={"file": f"person.{kind}"})
            )
        await self.take_part(with_words=False)  # who still agrees
        wanted = {"purpose": str(self.purpose.id), "format": "csv"}
        await ok(self.admin.post(f"{self.edit}/participants/export/purpose", data=wanted), 303)
        speaker = {"name": unique("Speaker"), "role": unique("Role"), "biography": unique("Life")}
        await ok(self.admin.post(f"{self.edit}/speakers", data=speaker), 303)
        logo = ("logo.png", a_png(person.types("camera")), "image/png")
        await ok(self.admin.post(f"{self.edit}/logo", files={"logo": logo}), 303)
        recording = (f"{person.types('file')}.zip", a_zip(), "application/zip")
        await ok(self.admin.post(f"{self.edit}/recordings", files={"recording": recording}), 303)

    async def invite(self) -> Person:
        """Somebody who was invited and has not answered yet."""
        person = self.newcomer()
        async with self.house.services.db.writing() as db:
            here = update(Webinar).where(col(Webinar.id) == self.webinar.id)
            await db.exec(here.values(access=Access.INVITATION))
        guests = f"{person.name.replace(',', '')} <{person.address}>"
        await ok(self.admin.post(f"{self.edit}/invitations", data={"guests": guests}))
        await self.mail_to(person)
        return person

    async def keep_the_account(self) -> None:
        """A hold, the agreement, somebody new, a forgotten password."""
        hold = {"webinar": str(self.webinar.id), "reason": unique("Claim")}
        await ok(self.admin.post(HOLDS, data=hold), 303)
        page = await self.admin.get(HOLDS)
        lift = re.search(f'action="({HOLDS}/[^"]+/lift)"', page.text)
        assert lift
        await ok(self.admin.post(lift[1]), 303)
        page = await self.admin.get(AGREEMENT)
        shown = re.search(r'name="sha256" value="(\w+)"', page.text)
        assert shown
        await ok(self.admin.post(AGREEMENT, data={"sha256": shown[1]}), 303)
        new = {"name": unique("Iris"), "email": f"iris.{secrets.token_hex(6)}@example.org", "role": "host"}
        await ok(self.admin.post("/admin/users", data=new), 303)

    async def id_of(self, person: Person) -> str:
        async with self.house.services.db.reading() as db:
            people = select(Participant.id).where(col(Participant.email_key) == person.address.casefold())
            return str((await db.exec(people)).one())


async def ok(answering: Any, status: int = 200) -> httpx2.Response:
    """The answer, which has that status."""
    answer: httpx2.Response = await answering
    assert answer.status_code == status, (
        answer.request.url,
        answer.status_code,
        re.findall(r"error[^>]*>([^<]{3,120})<", answer.text),
    )
    return answer


def a_png(comment: str) -> bytes:
    """A picture that says in its metadata who made it."""
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", comment)
    written = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(written, "PNG", pnginfo=said)
    return written.getvalue()


async def open_play(stage: Stage, house: House, organisation: Organisation) -> Play:
    """A live webinar whose form has a field of every kind."""
    found = house.services
    webinar = await a_webinar(stage.installation, organisation.id, WebinarState.LIVE, title=unique("Webinar"))
    async with found.db.writing() as db:
        account = await db.get_one(Account, organisation.id)
        told = await add_purpose(db, account.id, now=NOW, basis=Basis.CONTRACT)
        await publish_wording(db, told, "en", Wording.of("Giving you the webinar", ""), NOW)
        purpose = await add_purpose(db, account.id, now=NOW, basis=Basis.CONSENT, webinar_id=webinar.id)
        await publish_wording(db, purpose, "en", Wording.of("News", "Monthly."), NOW)
        interest = await add_purpose(
            db, account.id, now=NOW, basis=Basis.LEGITIMATE_INTEREST, webinar_id=webinar.id
        )
        await publish_wording(
            db, interest, "en", Wording.of("Doing better", "We look at what was asked."), NOW
        )
        start = dump_definition(starting_definition("en", found.catalogues, [consent_field(purpose)]))
        fields = [{"label": {"en": field["key"].title()}, **field} for field in FIELDS]
        await save_draft(db, webinar, read_definition([*start, *fields]))
        await publish_form(db, account, webinar, catalogues=found.catalogues, now=NOW)
    return Play(stage, house, organisation, webinar, purpose, interest)
