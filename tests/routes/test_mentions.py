"""What others wrote about people who are erased: offered to the admin, redacted for good, or kept as mere places."""

import html
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, select, update

from tests.support.installation import Installation
from tests.support.people import Organisation, give_cookie
from tests.support.samples import make_participant, make_webinar
from webinar.interaction.actor import Actor
from webinar.interaction.chat import post_message
from webinar.interaction.questions import answer_question, ask_question
from webinar.models import (
    AuditEntry,
    ChatMessage,
    ErasureReceipt,
    ErasureScope,
    LegalHold,
    MentionPlace,
    Participant,
    Question,
    Webinar,
    WebinarState,
)
from webinar.privacy import mention_places, mention_sweep
from webinar.privacy.proof.needles import Needle
from webinar.privacy.proof.scanner import Scanner
from webinar.registration.admission import open_session
from webinar.routes.admin.mentions import PLACES
from webinar.routes.admitted import admission_cookie

NAME, ADDRESS = "Zuleika Quarterstaff", "zuleika.q@lighthouse.example.org"


@dataclass
class Room:
    """A live webinar with somebody who will go (`gone`) and somebody who wrote about them."""

    installation: Installation
    organisation: Organisation
    webinar: Webinar
    gone: Participant
    other: Participant

    @property
    def admin(self) -> Any:
        return self.organisation.admin.client

    @property
    def people(self) -> str:
        return f"/admin/webinars/{self.webinar.id}/participants"

    async def says(self, body: str, author: Participant | None = None) -> ChatMessage:
        """A message of the other participant, of `author`, or (`gone` is no author) of whoever is given."""
        person = author or self.other
        async with self.installation.services.db.writing() as db:
            actor = Actor(self.webinar.account_id, self.webinar.id, participant_id=person.id)
            return await post_message(db, actor, uuid4(), body, now=self.installation.clock.now())

    async def host_says(self, body: str) -> ChatMessage:
        async with self.installation.services.db.writing() as db:
            return await post_message(db, self.host, uuid4(), body, now=self.installation.clock.now())

    @property
    def host(self) -> Actor:
        return Actor(self.webinar.account_id, self.webinar.id, user_id=self.organisation.host.user.id)

    async def body_of(self, message: ChatMessage) -> str:
        async with self.installation.services.db.reading() as db:
            return (await db.get_one(ChatMessage, message.id)).body

    async def offer(self) -> str:
        answer = await self.admin.get(f"{self.people}/erase?id={self.gone.id}")
        assert answer.status_code == 200
        return html.unescape(answer.text)

    async def erase(self, **fields: Any) -> Any:
        form = {"id": str(self.gone.id), "confirmation": "erase", **fields}
        return await self.admin.post(f"{self.people}/erase", data=form)

    async def leave(self) -> None:
        """The person erases themselves."""
        found = self.installation.services
        async with found.db.writing() as db:
            session = await open_session(db, self.gone, self.installation.clock.now())
        client = self.installation.new_client()
        give_cookie(client, admission_cookie(found.site, self.webinar.id), session.token)
        answer = await client.post(f"/w/{self.webinar.id}/my/erase")
        assert answer.status_code == 303

    async def kept(self) -> list[MentionPlace]:
        async with self.installation.services.db.reading() as db:
            return list((await db.exec(select(MentionPlace))).all())

    async def receipts(self) -> list[ErasureReceipt]:
        async with self.installation.services.db.reading() as db:
            found = select(ErasureReceipt).order_by(col(ErasureReceipt.number))
            return list((await db.exec(found)).all())

    def left(self) -> set[str]:
        """Which of the person's names are anywhere in the data folder."""
        names = (NAME, ADDRESS, *NAME.split(), "zuleika.q")
        findings = Scanner([Needle(name, name, hashed=True) for name in names]).search_folder(
            self.installation.settings.data_dir
        )
        assert not findings.unread
        return findings.needles


@pytest.fixture
async def room(installation: Installation, organisation: Organisation) -> Room:
    found = installation.services
    async with found.db.writing() as db:
        webinar = await make_webinar(db, organisation.account, state=WebinarState.LIVE)
        gone = await make_participant(db, found.signer, webinar, display_name=NAME, email=ADDRESS)
        other = await make_participant(db, found.signer, webinar)
    return Room(installation, organisation, webinar, gone, other)


def ticks(page: str) -> dict[str, bool]:
    """The boxes of places, and whether they are ticked."""
    boxes = re.findall(r'name="place" value="([^"]+)"( checked)?', page)
    return {name: bool(checked) for name, checked in boxes}


def place(row: ChatMessage) -> str:
    return f"chat_message.body.{row.id}"


async def test_places_are_offered_with_their_words_and_whole_names_are_ticked(room: Room):
    whole = await room.says(f"I agree with {NAME.upper()} on this")
    part = await room.host_says("Thanks, Zuleika!")
    await room.says("Nothing about anybody")
    await room.says(f"{NAME} about herself", author=room.gone)
    page = await room.offer()
    assert ticks(page) == {place(whole): True, place(part): False}
    assert f"I agree with <mark>{NAME.upper()}</mark> on this" in page
    assert "Thanks, <mark>Zuleika</mark>!" in page
    assert "about herself" not in page


async def test_what_is_ticked_is_redacted_and_the_name_is_in_no_byte_any_more(room: Room):
    message = await room.says(f"ask {NAME} or {ADDRESS}, she knows")
    hosts = await room.host_says("zuléika will answer")
    async with room.installation.services.db.writing() as db:
        asker = Actor(room.webinar.account_id, room.webinar.id, participant_id=room.other.id)
        now = room.installation.clock.now()
        question = await ask_question(db, asker, uuid4(), "Who is Quarterstaff?", anonymous=False, now=now)
        await answer_question(db, room.host, question.id, f"{NAME} is our guest", now=now)
        epoch = (await db.get_one(Webinar, room.webinar.id)).epoch
    assert room.left() >= {NAME, ADDRESS}
    page = await room.offer()
    answer = await room.erase(place=list(ticks(page)))
    assert answer.status_code == 303

    assert await room.body_of(message) == "ask [removed] or [removed], she knows"
    assert await room.body_of(hosts) == "[removed] will answer"
    async with room.installation.services.db.reading() as db:
        after = await db.get_one(Question, question.id)
        assert (after.body, after.answer) == ("Who is [removed]?", "[removed] is our guest")
        assert (await db.get_one(Webinar, room.webinar.id)).epoch != epoch
        trace = (await db.exec(select(AuditEntry).order_by(col(AuditEntry.number).desc()))).first()
    assert room.left() == set()
    [receipt] = await room.receipts()
    assert receipt.verified_at is not None
    assert receipt.redacted == {"chat_message": 2, "question": 2}
    assert '"redacted":{"chat_message":2,"question":2}' in receipt.document
    assert trace
    assert trace.details == {"participants": 1, "redacted": 4}
    shown = await room.admin.get(answer.headers["location"])
    assert "What others wrote, without their name now" in shown.text


async def test_what_is_not_ticked_stays_as_it_was_written(room: Room):
    kept = await room.says("Ask Zuleika")
    taken = await room.says("Ask Zuleika too")
    await room.erase(place=place(taken))
    assert [await room.body_of(each) for each in (kept, taken)] == ["Ask Zuleika", "Ask [removed] too"]
    assert await room.kept() == []


async def test_a_mistyped_word_redacts_nothing_and_keeps_the_ticks(room: Room):
    whole, part = await room.says(NAME), await room.says("Zuleika")
    answer = await room.erase(confirmation="no", place=place(part))
    assert answer.status_code == 422
    assert ticks(answer.text) == {place(whole): False, place(part): True}
    assert await room.body_of(part) == "Zuleika"


async def test_more_than_a_page_are_redacted_by_one_tick_but_for_those_that_were_unticked(
    room: Room, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(mention_sweep, "MOST_SHOWN", 2)
    monkeypatch.setattr(mention_sweep, "PAGE", 3)
    monkeypatch.setattr("webinar.routes.admin.mentions.CHUNK", 2)
    said = [await room.says(f"{NAME} number {number}") for number in range(9)]
    perhaps = [await room.says(f"Zuleika number {number}") for number in range(4)]
    page = await room.offer()
    assert ticks(page) == dict.fromkeys(map(place, said[:2]), True) | dict.fromkeys(
        map(place, perhaps[:2]), False
    )
    assert "And 7 more that are not shown here" in page
    assert "And 2 more that are not shown here" in page
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen
    await room.erase(place=place(said[0]), rest="sure", seen=seen[1])
    bodies = [await room.body_of(message) for message in said]
    assert bodies == [f"{NAME if number == 1 else '[removed]'} number {number}" for number in range(9)]
    assert [await room.body_of(message) for message in perhaps] == [f"Zuleika number {n}" for n in range(4)]
    assert [receipt.redacted for receipt in await room.receipts()] == [{"chat_message": 8}]


async def test_everybody_is_erased_and_what_hosts_wrote_about_them_is_offered(
    room: Room, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("webinar.routes.admin.erasure.MOST_CHOSEN", 1)
    message = await room.host_says(f"Welcome, {NAME}")
    await room.host_says("Welcome, Zuleika")
    await room.says(f"goes anyway: {NAME}")
    page = html.unescape((await room.admin.get(f"{room.people}/erase?all=yes")).text)
    assert list(ticks(page)) == [place(message)]
    await room.admin.post(
        f"{room.people}/erase", data={"all": "yes", "confirmation": "erase", "place": place(message)}
    )
    assert await room.body_of(message) == "Welcome, [removed]"


async def test_nothing_of_another_webinar_or_account_is_offered_or_redacted(
    room: Room, stranger: Organisation
):
    found = room.installation.services
    said = []
    async with found.db.writing() as db:
        for account in (room.organisation.account, stranger.account):
            webinar = await make_webinar(db, account, state=WebinarState.LIVE)
            author = await make_participant(db, found.signer, webinar)
            actor = Actor(account.id, webinar.id, participant_id=author.id)
            said.append(await post_message(db, actor, uuid4(), NAME, now=room.installation.clock.now()))
    assert ticks(await room.offer()) == {}
    assert "Nobody else wrote their name or address." in await room.offer()
    await room.erase(place=list(map(place, said)))
    assert [await room.body_of(message) for message in said] == [NAME, NAME]


@pytest.mark.parametrize(
    "name", ["nonsense", "user.email.00000000-0000-4000-8000-000000000000", "chat_message.body.x"]
)
async def test_a_place_that_no_page_offers_is_not_there_and_nobody_is_erased(room: Room, name: str):
    assert (await room.erase(place=name)).status_code == 404
    assert ticks(await room.offer()) == {}


async def test_a_legal_hold_keeps_what_others_wrote_too(room: Room):
    message = await room.says(NAME)
    await hold(room)
    assert (await room.erase(place=place(message))).status_code == 409
    assert await room.body_of(message) == NAME


async def test_of_who_erased_themselves_only_the_places_are_kept(room: Room):
    message = await room.says(f"as {NAME} said")
    await room.leave()
    [kept] = await room.kept()
    assert (kept.written_in, kept.row_id, kept.spans) == (
        "chat_message.body",
        message.id,
        [[0, 3, 3 + len(NAME)]],
    )
    assert "named by others in 1 place" in (await room.admin.get("/admin/records")).text
    page = html.unescape((await room.admin.get(PLACES)).text)
    assert f"as <mark>{NAME}</mark> said" in page
    done = await room.admin.post(
        f"{PLACES}/{room.webinar.id}", data={"place": place(message), "redact": "yes"}
    )
    receipt = (await room.receipts())[-1]
    assert done.headers["location"] == f"/admin/records/{receipt.id}"
    assert (receipt.scope, receipt.redacted, receipt.counts) == (
        ErasureScope.MENTIONS,
        {"chat_message": 1},
        {},
    )
    assert await room.body_of(message) == "as [removed] said"
    assert (await room.kept(), room.left()) == ([], set())
    assert "Nothing to look at" in (await room.admin.get(PLACES)).text


async def test_a_place_that_is_left_as_it_is_does_not_come_back(room: Room):
    message = await room.says("Zuleika is a fine name")
    await room.leave()
    assert (await room.admin.post(f"{PLACES}/{room.webinar.id}")).headers["location"].endswith("done=none")
    assert len(await room.kept()) == 1
    await room.admin.post(f"{PLACES}/{room.webinar.id}", data={"place": place(message)})
    assert await room.kept() == []
    assert await room.body_of(message) == "Zuleika is a fine name"


async def test_a_text_that_was_changed_since_is_taken_out_as_a_whole(room: Room):
    message = await room.says(f"{NAME} was here")
    await room.leave()
    async with room.installation.services.db.writing() as db:
        await db.exec(update(ChatMessage).values(body=f"In truth {NAME} was here"))
    assert "Changed since." in (await room.admin.get(PLACES)).text
    await room.admin.post(f"{PLACES}/{room.webinar.id}", data={"place": place(message), "redact": "yes"})
    assert await room.body_of(message) == "[removed]"


async def test_a_place_goes_with_its_row_and_after_thirty_days(room: Room):
    first, _ = await room.says(NAME), await room.host_says(NAME)
    await room.leave()
    assert len(await room.kept()) == 2
    await room.admin.post(f"{room.people}/erase", data={"id": str(room.other.id), "confirmation": "erase"})
    assert first.id not in {kept.row_id for kept in await room.kept()}
    assert len(await room.kept()) == 1
    room.installation.clock.move(days=31)
    await room.installation.services.retention.run()
    assert await room.kept() == []


async def test_a_hold_keeps_what_was_to_be_redacted_later(room: Room):
    message = await room.says(NAME)
    await room.leave()
    await hold(room)
    answer = await room.admin.post(
        f"{PLACES}/{room.webinar.id}", data={"place": place(message), "redact": "yes"}
    )
    assert answer.status_code == 409
    assert (await room.body_of(message), len(await room.kept())) == (NAME, 1)


async def test_no_more_places_are_kept_of_one_person_than_somebody_can_look_at(
    room: Room, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(mention_places, "MOST_KEPT", 3)
    for number in range(5):
        await room.says(f"{NAME} {number}")
    await room.leave()
    assert len(await room.kept()) == 3


async def hold(room: Room) -> None:
    async with room.installation.services.db.writing() as db:
        db.add(
            LegalHold(
                account_id=room.organisation.id,
                webinar_id=room.webinar.id,
                reason="a claim",
                placed_at=room.installation.clock.now() - timedelta(days=1),
            )
        )
