"""Fills an empty installation with the demo's account, webinars and conversation, the way people would."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.accounts.accounts import create_account
from webinar.accounts.users import NewUser, add_user, find_by_address
from webinar.consent.notices import Wording, publish_wording
from webinar.consent.purposes import add_purpose
from webinar.consent.records import Decision
from webinar.demo import content
from webinar.errors import NotFound
from webinar.interaction.actor import Actor
from webinar.interaction.chat import post_message
from webinar.interaction.questions import answer_question, ask_question, publish_question, vote_question
from webinar.models import Account, Basis, MediaKind, OutgoingMail, Participant, Role, User, Webinar
from webinar.picture import Picture
from webinar.registration.compiled import Forms
from webinar.registration.definition import read_definition
from webinar.registration.form import Entry
from webinar.registration.publishing import publish_form
from webinar.registration.register import Submission, register
from webinar.registration.versions import current_form, save_draft
from webinar.routes.context import Services
from webinar.webinars.catalogue import list_webinars
from webinar.webinars.details import create_webinar
from webinar.webinars.lifecycle import Step, take_step
from webinar.webinars.look import read_origins, set_colour, set_embed_origins
from webinar.webinars.picture import set_live_picture, set_replay
from webinar.webinars.speakers import SpeakerWords, add_speaker

SAMPLE_CLIP = Picture(MediaKind.RECORDING)


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo's webinars: a live one with registration, a live open one, and a replay."""

    live: UUID
    open_house: UUID
    replay: UUID


async def build_demo(services: Services, password: str) -> Demo:
    """Builds the demo, or gives back the one that is there; `password` opens it either way."""
    password_hash = await services.passwords.hash(password)
    async with services.db.writing() as db:
        owner = await find_by_address(db, content.OWNER[0])
        if owner is None:
            return await _Builder(db, services, services.clock.now()).build(password_hash)
        owner.password_hash = password_hash
        db.add(owner)
        return await _found(db, owner.account_id)


async def allow_embedding(services: Services, webinar_id: UUID, origin: str) -> None:
    """Lets the page at `origin` embed the webinar."""
    async with services.db.writing() as db:
        webinar = (await db.exec(select(Webinar).where(col(Webinar.id) == webinar_id))).one()
        await set_embed_origins(db, webinar.account_id, webinar.id, read_origins(origin))


async def _found(db: AsyncSession, account_id: UUID) -> Demo:
    ids = {summary.webinar.title: summary.webinar.id for summary in await list_webinars(db, account_id)}
    return Demo(*(ids[words["title"]] for words in (content.TIDE, content.OPEN_HOUSE, content.STORM)))


class _Builder:
    def __init__(self, db: AsyncSession, services: Services, now: datetime) -> None:
        self.db, self.services, self.now = db, services, now
        self.forms = Forms(services.catalogues)
        self.account: Account
        self.host: User

    async def build(self, password_hash: str) -> Demo:
        address, name = content.OWNER
        owner = NewUser(address, name, Role.OWNER, password_hash)
        self.account, _ = await create_account(self.db, content.ACADEMY, owner, self.now)
        self.host = await add_user(self.db, self.account.id, NewUser(*content.HOST, Role.HOST), self.now)
        purposes = await self._purposes()
        live = await self._tide(purposes)
        open_house = await self._on_air("open", content.OPEN_HOUSE, timedelta(minutes=25))
        replay = await self._storm(purposes)
        # The people of the demo do not exist: nobody reads these mails.
        await self.db.exec(delete(OutgoingMail).where(col(OutgoingMail.account_id) == self.account.id))
        return Demo(live.id, open_house.id, replay.id)

    async def _purposes(self) -> dict[str, str]:
        asked = {
            "told": (Basis.CONTRACT, content.TAKING_PART),
            "quotes": (Basis.CONSENT, content.QUOTES),
            "news": (Basis.CONSENT, content.NEWS),
        }
        ids = {}
        for key, (basis, (title, body)) in asked.items():
            purpose = await add_purpose(self.db, self.account.id, basis=basis, now=self.now)
            await publish_wording(self.db, purpose, "en", Wording.of(title, body), self.now)
            ids[key] = str(purpose.id)
        return ids

    async def _tide(self, purposes: dict[str, str]) -> Webinar:
        webinar = await self._on_air("tide", content.TIDE, timedelta(minutes=20), purposes)
        people = [await self._register(webinar, person) for person in content.PEOPLE]
        await self._chat(webinar, people)
        await self._questions(webinar, people)
        return webinar

    async def _storm(self, purposes: dict[str, str]) -> Webinar:
        ago = timedelta(days=6)
        webinar = await self._on_air("storm", content.STORM, ago, purposes)
        for person in content.PEOPLE[:5]:
            await self._register(webinar, person)
        ended = self.now - ago + timedelta(minutes=45)
        await take_step(self.db, self.account.id, webinar.id, Step.END, ended)
        return await set_replay(self.db, self.account.id, webinar.id, enabled=True)

    async def _on_air(
        self, key: str, words: dict[str, str], ago: timedelta, purposes: dict[str, str] | None = None
    ) -> Webinar:
        start = self.now - ago
        typed = {**words, "time_zone": "UTC", "starts_at": f"{start:%Y-%m-%dT%H:%M}"}
        webinar = await create_webinar(self.db, self.account.id, typed, start)
        for speaker in content.SPEAKERS[key]:
            await add_speaker(self.db, webinar, SpeakerWords(*speaker))
        await set_colour(self.db, self.account.id, webinar.id, content.COLOURS[key])
        await set_live_picture(self.db, self.account.id, webinar.id, SAMPLE_CLIP)
        if purposes is not None:
            await save_draft(self.db, webinar, read_definition(content.form_fields(purposes)))
        catalogues = self.services.catalogues
        await publish_form(self.db, self.account, webinar, catalogues=catalogues, now=start)
        await take_step(self.db, self.account.id, webinar.id, Step.SCHEDULE, start)
        return await take_step(self.db, self.account.id, webinar.id, Step.GO_LIVE, start)

    async def _register(self, webinar: Webinar, person: content.Person) -> Actor:
        version = await current_form(self.db, webinar)
        if version is None:
            raise NotFound
        form = await self.forms.load(self.db, version, "en")
        number = content.PEOPLE.index(person)
        answers: dict[str, Any] = {"background": person.background}
        if person.harbour:
            answers["harbour"] = person.harbour
        decisions = [
            Decision(shown.purpose_id, shown.notice_version_id, shown.language, given=person.news)
            for shown in form.consents.values()
        ]
        address = f"guest{number + 1}@lighthouse.example.org"
        entry = Entry(address, person.name, answers, decisions)
        submission = Submission(form, entry, nonce=uuid4().hex)
        await register(self.db, self.services.signer, submission, self.now - timedelta(hours=number + 1))
        found = select(col(Participant.id)).where(
            col(Participant.webinar_id) == webinar.id, col(Participant.email) == address
        )
        return Actor(self.account.id, webinar.id, participant_id=(await self.db.exec(found)).one())

    async def _chat(self, webinar: Webinar, people: list[Actor]) -> None:
        host = Actor(self.account.id, webinar.id, user_id=self.host.id)
        for minute, (who, words) in enumerate(content.CHAT):
            actor = host if who is None else people[who]
            at = self.now - timedelta(minutes=18 - minute)
            await post_message(self.db, actor, uuid4(), words, now=at)

    async def _questions(self, webinar: Webinar, people: list[Actor]) -> None:
        host = Actor(self.account.id, webinar.id, user_id=self.host.id)
        for number, (who, words, anonymous, state, answer) in enumerate(content.QUESTIONS):
            at = self.now - timedelta(minutes=12 - number)
            asked = await ask_question(self.db, people[who], uuid4(), words, anonymous=anonymous, now=at)
            if state != "pending":
                await publish_question(self.db, host, asked.id)
            for voter in content.VOTES.get(number, ()):
                await vote_question(self.db, people[voter], asked.id)
            if state == "answered":
                await answer_question(self.db, host, asked.id, answer, now=at + timedelta(minutes=2))
