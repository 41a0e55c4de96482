"""Chat, questions and moderation on SQLite and PostgreSQL."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from tests.support.installation import SECRET, MovableClock
from tests.support.samples import make_account, make_participant, make_webinar
from webinar.db import Database
from webinar.errors import Conflict, Forbidden, IllegalTransition, Invalid, NotFound
from webinar.interaction import chat, moderation, questions
from webinar.interaction.actor import Actor
from webinar.interaction.changes import changes_after
from webinar.models import (
    ChatMessage,
    Participant,
    Question,
    QuestionState,
    Role,
    User,
    Webinar,
    WebinarState,
)
from webinar.signing import Signer

T = TypeVar("T")


@dataclass
class Stage:
    """A live webinar with three participants and a host."""

    db: Database
    clock: MovableClock
    webinar: Webinar
    guests: list[Actor]
    host: Actor
    viewer: Actor

    @property
    def guest(self) -> Actor:
        return self.guests[0]

    async def do(self, act: Callable[..., Awaitable[T]], *arguments: Any, **options: Any) -> T:
        """One unit of work."""
        async with self.db.writing() as db:
            return await act(db, *arguments, **options)

    async def say(self, body: str = "Hello", actor: Actor | None = None, **options: Any) -> ChatMessage:
        client_id = options.pop("client_id", None) or uuid4()
        return await self.do(
            chat.post_message, actor or self.guest, client_id, body, now=self.clock.now(), **options
        )

    async def ask(
        self, body: str = "Why?", actor: Actor | None = None, client_id: UUID | None = None
    ) -> Question:
        return await self.do(
            questions.ask_question,
            actor or self.guest,
            client_id or uuid4(),
            body,
            anonymous=False,
            now=self.clock.now(),
        )

    async def answer(self, question: Question, text: str = "") -> Question:
        return await self.do(questions.answer_question, self.host, question.id, text, now=self.clock.now())

    async def set(self, **values: Any) -> None:
        async with self.db.writing() as db:
            webinar = await db.get(Webinar, self.webinar.id)
            assert webinar
            webinar.sqlmodel_update(values)
            db.add(webinar)

    async def change_seqs(self, after: int = 0) -> list[int]:
        changes = await self.db.read(changes_after, self.webinar.id, after, limit=100)
        return [said.message.seq for said in changes.messages]


@pytest.fixture
async def stage(database: Database) -> Stage:
    clock = MovableClock()
    signer = Signer(SECRET, clock)
    async with database.writing() as db:
        account = await make_account(db)
        webinar = await make_webinar(db, account, state=WebinarState.LIVE)
        people = [await make_participant(db, signer, webinar) for _ in range(3)]
        user = User(
            account_id=account.id,
            email="host@example.org",
            email_key="host@example.org",
            name="Noor",
            role=Role.HOST,
            created_at=clock.now(),
        )
        db.add(user)
    guests = [Actor(account.id, webinar.id, participant_id=person.id) for person in people]
    host = Actor(account.id, webinar.id, user_id=user.id)
    return Stage(database, clock, webinar, guests, host, Actor(account.id, webinar.id))


async def test_a_message_sent_a_hundred_times_at_once_is_one_row_with_one_answer(stage: Stage):
    client_id = uuid4()
    answers = await asyncio.gather(*(stage.say("Hello", client_id=client_id) for _ in range(100)))
    assert len({(message.id, message.posted_seq) for message in answers}) == 1
    async with stage.db.reading() as db:
        assert (await db.exec(select(func.count()).select_from(ChatMessage))).one() == 1


async def test_a_hosts_message_and_a_question_are_idempotent_too(stage: Stage):
    client_id = uuid4()
    said = await asyncio.gather(*(stage.say(actor=stage.host, client_id=client_id) for _ in range(5)))
    asked = await asyncio.gather(*(stage.ask(client_id=client_id) for _ in range(5)))
    assert len({message.id for message in said}) == len({question.id for question in asked}) == 1


@pytest.mark.parametrize("meanwhile", ["muted", "banned", "closed", "unreadable"])
async def test_what_is_there_is_answered_again_whatever_happened_meanwhile(stage: Stage, meanwhile: str):
    """R12: an ack that was lost comes, although the same words would now be refused."""
    now, client_id, body = stage.clock.now(), uuid4(), "Again"
    said, asked = await stage.say(body, client_id=client_id), await stage.ask(body, client_id=client_id)
    match meanwhile:
        case "muted":
            await stage.do(moderation.mute_participant, stage.host, stage.guest.participant_id, now=now)
        case "banned":
            await stage.do(moderation.ban_participant, stage.host, stage.guest.participant_id, now=now)
        case "closed":
            await stage.set(state=WebinarState.ENDED)
        case "unreadable":
            body = " "
    assert (await stage.say(body, client_id=client_id)).id == said.id
    assert (await stage.ask(body, client_id=client_id)).id == asked.id
    for act in (stage.say, stage.ask):
        with pytest.raises((Forbidden, Conflict, Invalid)):
            await act(body)


async def test_two_people_may_choose_the_same_client_id(stage: Stage):
    client_id = uuid4()
    mine, theirs = await asyncio.gather(
        stage.say("mine", client_id=client_id), stage.say("theirs", stage.guests[1], client_id=client_id)
    )
    assert (mine.body, theirs.body) == ("mine", "theirs")


async def test_messages_become_visible_in_the_order_of_their_numbers(stage: Stage):
    """Whoever has read up to N never finds something new below N (design, decision 4)."""
    seen: list[int] = []

    async def watch() -> None:
        while len(seen) < 60:
            fresh = await stage.change_seqs(seen[-1] if seen else 0)
            assert fresh == sorted(fresh)
            seen.extend(fresh)
            await asyncio.sleep(0)

    watching = asyncio.create_task(watch())
    await asyncio.gather(*(stage.say(f"{n}", stage.guests[n % 3]) for n in range(60)))
    async with asyncio.timeout(60):
        await watching
    assert seen == sorted(set(seen))
    assert await stage.change_seqs() == seen


@pytest.mark.parametrize(("body", "length"), [("", 500), (" ", 500), ("x" * 501, 500)])
async def test_a_message_that_does_not_fit_is_refused_by_name(stage: Stage, body: str, length: int):
    with pytest.raises(Invalid) as refused:
        await stage.say(body)
    assert set(refused.value.fields) == {"body"}
    assert await stage.change_seqs() == []


async def test_a_question_takes_a_thousand_characters(stage: Stage):
    await stage.ask("x" * 1000)
    with pytest.raises(Invalid):
        await stage.ask("x" * 1001)


@pytest.mark.parametrize(
    ("values", "chat_code", "question_code"),
    [
        ({"chat_enabled": False}, "chat_closed", None),
        ({"questions_enabled": False}, None, "questions_closed"),
        ({"state": WebinarState.ENDED}, "chat_closed", "questions_closed"),
    ],
)
async def test_what_is_switched_off_takes_nothing(
    stage: Stage, values: dict[str, Any], chat_code: str | None, question_code: str | None
):
    await stage.set(**values)
    for act, code in ((stage.say, chat_code), (stage.ask, question_code)):
        if code is None:
            await act()
        else:
            with pytest.raises(Conflict) as refused:
                await act()
            assert refused.value.code == code


async def test_a_nameless_viewer_may_not_speak_and_a_guest_may_not_moderate(stage: Stage):
    for act in (stage.say, stage.ask):
        with pytest.raises(Forbidden) as refused:
            await act(actor=stage.viewer)
        assert refused.value.code == "read_only"
    message, question = await stage.say(), await stage.ask()
    now = stage.clock.now()
    for forbidden in (
        stage.do(chat.remove_message, stage.guest, message.id, now=now),
        stage.do(chat.post_announcement, stage.guest, uuid4(), "x", now=now),
        stage.do(questions.publish_question, stage.guest, question.id),
        stage.do(questions.dismiss_question, stage.guest, question.id),
        stage.do(questions.answer_question, stage.guest, question.id, "", now=now),
        stage.do(questions.pin_question, stage.guest, question.id),
        stage.do(questions.unpin_question, stage.guest, question.id),
        stage.do(moderation.mute_participant, stage.guest, stage.guests[1].participant_id, now=now),
        stage.do(moderation.unmute_participant, stage.guest, stage.guests[1].participant_id),
        stage.do(moderation.ban_participant, stage.guest, stage.guests[1].participant_id, now=now),
        stage.do(moderation.unban_participant, stage.guest, stage.guests[1].participant_id),
    ):
        with pytest.raises(Forbidden):
            await forbidden


async def test_another_rooms_things_are_not_found(stage: Stage, database: Database):
    async with database.writing() as db:
        other = await make_webinar(db, await make_account(db), state=WebinarState.LIVE)
    intruder = Actor(other.account_id, other.id, user_id=stage.host.user_id)
    message, question = await stage.say(), await stage.ask()
    now = stage.clock.now()
    for missing in (
        stage.do(chat.remove_message, intruder, message.id, now=now),
        stage.do(questions.publish_question, intruder, question.id),
        stage.do(moderation.mute_participant, intruder, stage.guest.participant_id, now=now),
    ):
        with pytest.raises(NotFound):
            await missing


async def test_a_removed_message_keeps_its_place_and_nothing_else(stage: Stage):
    message = await stage.say("Something rude")
    after = await stage.do(chat.remove_message, stage.host, message.id, now=stage.clock.now())
    assert (after.body, after.posted_seq) == ("", message.posted_seq)
    assert after.seq > message.seq
    again = await stage.do(chat.remove_message, stage.host, message.id, now=stage.clock.now())
    assert again.seq == after.seq


async def test_paging_back_reads_every_message_once(stage: Stage):
    for number in range(25):
        await stage.say(f"{number}")
    pages: list[str] = []
    before = None
    while True:
        page = await stage.db.read(chat.messages_before, stage.webinar.id, before, 10)
        if not page:
            break
        pages = [said.message.body for said in page] + pages
        before = page[0].message.posted_seq
    assert pages == [str(number) for number in range(25)]


@pytest.mark.parametrize("moderated", [True, False])
async def test_a_question_waits_for_a_host_only_where_the_webinar_says_so(stage: Stage, *, moderated: bool):
    await stage.set(questions_moderated=moderated)
    expected = QuestionState.PENDING if moderated else QuestionState.PUBLISHED
    assert (await stage.ask()).state is expected


STEPS = {
    QuestionState.PUBLISHED: lambda stage, q: stage.do(questions.publish_question, stage.host, q.id),
    QuestionState.ANSWERED: lambda stage, q: stage.answer(q, "So"),
    QuestionState.DISMISSED: lambda stage, q: stage.do(questions.dismiss_question, stage.host, q.id),
}
ROADS: dict[QuestionState, list[QuestionState]] = {
    QuestionState.PENDING: [],
    QuestionState.PUBLISHED: [QuestionState.PUBLISHED],
    QuestionState.ANSWERED: [QuestionState.ANSWERED],
    QuestionState.DISMISSED: [QuestionState.DISMISSED],
}
ALLOWED = {
    ("pending", "published"),
    ("pending", "answered"),
    ("pending", "dismissed"),
    ("published", "answered"),
    ("published", "dismissed"),
    ("answered", "dismissed"),
    ("dismissed", "published"),
}


@pytest.mark.parametrize("source", list(QuestionState))
@pytest.mark.parametrize("target", list(STEPS))
async def test_a_question_takes_the_steps_that_exist_and_no_others(
    stage: Stage, source: QuestionState, target: QuestionState
):
    question = await stage.ask()
    for step in ROADS[source]:
        question = await STEPS[step](stage, question)
    if source is target:
        assert (await STEPS[target](stage, question)).seq == question.seq
    elif (source, target) in ALLOWED:
        assert (await STEPS[target](stage, question)).state is target
    else:
        with pytest.raises(IllegalTransition):
            await STEPS[target](stage, question)


async def test_one_question_is_pinned_at_most(stage: Stage):
    first, second, pending = await stage.ask(), await stage.ask(), await stage.ask()
    for question in (first, second):
        await stage.do(questions.publish_question, stage.host, question.id)
        await stage.do(questions.pin_question, stage.host, question.id)
    with pytest.raises(Conflict, match="Publish"):
        await stage.do(questions.pin_question, stage.host, pending.id)
    async with stage.db.reading() as db:
        pinned = (await db.exec(select(Question.id).where(col(Question.pinned)))).all()
    assert pinned == [second.id]
    await stage.do(questions.dismiss_question, stage.host, second.id)
    async with stage.db.reading() as db:
        assert not (await db.exec(select(Question.id).where(col(Question.pinned)))).all()


async def test_a_person_votes_once_however_often_they_try(stage: Stage):
    question = await stage.ask()
    with pytest.raises(NotFound):
        await stage.do(questions.vote_question, stage.guests[1], question.id)
    await stage.do(questions.publish_question, stage.host, question.id)
    voters = [stage.guests[1], stage.guests[2]] * 10
    await asyncio.gather(*(stage.do(questions.vote_question, voter, question.id) for voter in voters))
    assert (await stage.do(questions.vote_question, stage.guests[1], question.id)).votes == 2
    assert (await stage.do(questions.unvote_question, stage.guests[1], question.id)).votes == 1
    assert (await stage.do(questions.unvote_question, stage.guests[1], question.id)).votes == 1


async def test_votes_are_right_again_after_a_voter_was_erased(stage: Stage):
    question = await stage.ask()
    await stage.do(questions.publish_question, stage.host, question.id)
    await stage.do(questions.vote_question, stage.guests[1], question.id)

    async def erase(db: AsyncSession) -> None:
        await db.delete(await db.get_one(Participant, stage.guests[1].participant_id))
        await db.flush()
        await questions.recount_votes(db, stage.webinar.id)

    await stage.do(erase)
    async with stage.db.reading() as db:
        assert (await db.get_one(Question, question.id)).votes == 0


async def test_muting_takes_the_voice_but_not_the_vote(stage: Stage):
    question = await stage.ask(actor=stage.guests[1])
    await stage.do(questions.publish_question, stage.host, question.id)
    await stage.do(moderation.mute_participant, stage.host, stage.guest.participant_id, now=stage.clock.now())
    for act in (stage.say, stage.ask):
        with pytest.raises(Forbidden) as refused:
            await act()
        assert refused.value.code == "muted"
    await stage.do(questions.vote_question, stage.guest, question.id)
    await stage.do(moderation.unmute_participant, stage.host, stage.guest.participant_id)
    await stage.say()


async def test_banning_shuts_out_and_takes_away_what_was_said(stage: Stage):
    await stage.say("rude")
    await stage.say("polite", stage.guests[1])
    question = await stage.ask()
    before = await stage.change_seqs()
    await stage.do(moderation.ban_participant, stage.host, stage.guest.participant_id, now=stage.clock.now())
    with pytest.raises(Forbidden) as refused:
        await stage.say()
    assert refused.value.code == "banned"
    said = await stage.db.read(chat.messages_before, stage.webinar.id, None, 10)
    changes = await stage.db.read(changes_after, stage.webinar.id, before[-1] + 1, limit=10)
    async with stage.db.reading() as db:
        assert (await db.get_one(Question, question.id)).state is QuestionState.DISMISSED
    assert [(one.message.body, one.message.removed_at is None) for one in said] == [
        ("", False),
        ("polite", True),
    ]
    assert len(changes.messages) == len(changes.questions) == len(changes.participants) == 1


async def test_a_new_name_reaches_everything_that_was_said(stage: Stage):
    message = await stage.say()

    async def rename(db: AsyncSession) -> None:
        person = await db.get_one(Participant, stage.guest.participant_id)
        person.display_name = "Maria"
        await db.flush()
        await moderation.show_new_name(db, stage.webinar.id, person.id)

    await stage.do(rename)
    changes = await stage.db.read(changes_after, stage.webinar.id, message.seq, limit=10)
    assert [(said.message.id, said.author_name) for said in changes.messages] == [(message.id, "Maria")]


async def test_too_many_changes_ask_for_a_snapshot_instead(stage: Stage):
    for _ in range(4):
        await stage.say()
    assert not (await stage.db.read(changes_after, stage.webinar.id, 0, limit=4)).overflow
    assert (await stage.db.read(changes_after, stage.webinar.id, 0, limit=3)).overflow
