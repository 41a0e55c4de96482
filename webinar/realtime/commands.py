"""Each command's way into the domain. The caller opens the unit of work, and acknowledges after its commit.

What a host does to a person or to what they said leaves a trace in the audit trail: ids, never words.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Connection
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.accounts.audit import Action, record_action
from webinar.db import within
from webinar.errors import WebinarError
from webinar.interaction import chat, moderation, questions
from webinar.interaction.actor import Actor
from webinar.interaction.posting import PostedTogether, Posting, post_messages
from webinar.models import Participant, Question, User, Webinar
from webinar.realtime.protocol import commands as wire
from webinar.realtime.protocol.events import Ack


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did: its `ack`, and the participant whose own view of themselves changed by it."""

    ack: Ack
    touched: UUID | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A command and who gives it."""

    actor: Actor
    command: wire.RoomCommand


async def carry_out(db: AsyncSession, asked: Sequence[Asked], *, now: datetime) -> list[Done | WebinarError]:
    """Carries out the commands of one room in their order, chat messages that follow each other at one go.

    Gives each one's outcome: what it did, or what the domain refused it with, and then nothing of it is left.
    Raises NotFound when the webinar is gone.
    """
    outcomes: list[Done | WebinarError] = []
    for is_chat, run in groupby(asked, key=lambda each: isinstance(each.command, wire.ChatSend)):
        if is_chat:
            said, _ = await within(db, send_messages, list(run), now=now)
            outcomes += said
        else:
            outcomes += [await _carry_out_one(db, each, now) for each in run]
    return outcomes


def send_messages(
    db: Connection, asked: Sequence[Asked], *, now: datetime
) -> tuple[list[Done | WebinarError], PostedTogether]:
    """Posts chat messages, at one go. Gives each one's outcome, and what the room has to be told.

    Raises NotFound when the webinar is gone.
    """
    postings = [
        Posting(each.actor, each.command.client_id, each.command.body)
        for each in asked
        if isinstance(each.command, wire.ChatSend)
    ]
    posted = post_messages(db, postings, now=now)
    outcomes = [
        outcome
        if isinstance(outcome, WebinarError)
        else Done(Ack(ref=posting.client_id, id=outcome.id, seq=outcome.posted_seq))
        for posting, outcome in zip(postings, posted.outcomes, strict=True)
    ]
    return outcomes, posted


async def _carry_out_one(db: AsyncSession, asked: Asked, now: datetime) -> Done | WebinarError:
    actor, command = asked.actor, asked.command
    try:
        async with db.begin_nested():
            done = await _HANDLERS[type(command)](db, actor, command, now)
            if (action := _TRACED.get(type(command))) is not None:
                await _trace(db, actor, action, done.ack, now)
    except WebinarError as error:
        return error
    return done


async def _trace(db: AsyncSession, actor: Actor, action: Action, ack: Ack, now: datetime) -> None:
    last_seq = (await db.exec(select(Webinar.last_seq).where(col(Webinar.id) == actor.webinar_id))).one()
    if ack.seq != last_seq:
        return  # It was so already, and changed nothing.
    user = await db.get_one(User, actor.user_id)
    await record_action(db, user, action, ack.id, now=now, webinar=str(actor.webinar_id))


async def _announce(db: AsyncSession, actor: Actor, command: wire.ChatAnnounce, now: datetime) -> Done:
    message = await chat.post_announcement(db, actor, command.client_id, command.body, now=now)
    return Done(Ack(ref=command.client_id, id=message.id, seq=message.posted_seq))


async def _remove(db: AsyncSession, actor: Actor, command: wire.ChatRemove, now: datetime) -> Done:
    message = await chat.remove_message(db, actor, command.message_id, now=now)
    return Done(Ack(ref=command.client_id, id=message.id, seq=message.seq))


async def _ask(db: AsyncSession, actor: Actor, command: wire.QuestionAsk, now: datetime) -> Done:
    question = await questions.ask_question(
        db, actor, command.client_id, command.body, anonymous=command.anonymous, now=now
    )
    return Done(Ack(ref=command.client_id, id=question.id, seq=question.posted_seq))


async def _answer(db: AsyncSession, actor: Actor, command: wire.QuestionAnswer, now: datetime) -> Done:
    question = await questions.answer_question(db, actor, command.question_id, command.answer, now=now)
    return _about(command, question)


async def _mute(db: AsyncSession, actor: Actor, command: wire.ParticipantMute, now: datetime) -> Done:
    return _of(command, await moderation.mute_participant(db, actor, command.participant_id, now=now))


async def _unmute(db: AsyncSession, actor: Actor, command: wire.ParticipantUnmute, _: datetime) -> Done:
    return _of(command, await moderation.unmute_participant(db, actor, command.participant_id))


async def _ban(db: AsyncSession, actor: Actor, command: wire.ParticipantBan, now: datetime) -> Done:
    return _of(command, await moderation.ban_participant(db, actor, command.participant_id, now=now))


async def _unban(db: AsyncSession, actor: Actor, command: wire.ParticipantUnban, _: datetime) -> Done:
    return _of(command, await moderation.unban_participant(db, actor, command.participant_id))


def _vote(act: Callable[[AsyncSession, Actor, UUID], Awaitable[Question]]) -> "Handler":
    async def handle(db: AsyncSession, actor: Actor, command: wire.QuestionCommand, _: datetime) -> Done:
        question = await act(db, actor, command.question_id)
        return Done(_about(command, question).ack, touched=actor.participant_id)

    return handle


def _question(act: Callable[[AsyncSession, Actor, UUID], Awaitable[Question]]) -> "Handler":
    async def handle(db: AsyncSession, actor: Actor, command: wire.QuestionCommand, _: datetime) -> Done:
        return _about(command, await act(db, actor, command.question_id))

    return handle


def _about(command: wire.QuestionCommand, question: Question) -> Done:
    return Done(Ack(ref=command.client_id, id=question.id, seq=question.seq))


def _of(command: wire.ParticipantCommand, participant: Participant) -> Done:
    return Done(Ack(ref=command.client_id, id=participant.id, seq=participant.moderated_seq or 0))


Handler = Callable[[AsyncSession, Actor, Any, datetime], Awaitable[Done]]
_HANDLERS: dict[type[wire.RoomCommand], Handler] = {
    wire.ChatAnnounce: _announce,
    wire.ChatRemove: _remove,
    wire.QuestionAsk: _ask,
    wire.QuestionVote: _vote(questions.vote_question),
    wire.QuestionUnvote: _vote(questions.unvote_question),
    wire.QuestionPublish: _question(questions.publish_question),
    wire.QuestionAnswer: _answer,
    wire.QuestionDismiss: _question(questions.dismiss_question),
    wire.QuestionPin: _question(questions.pin_question),
    wire.QuestionUnpin: _question(questions.unpin_question),
    wire.ParticipantMute: _mute,
    wire.ParticipantUnmute: _unmute,
    wire.ParticipantBan: _ban,
    wire.ParticipantUnban: _unban,
}
_TRACED: dict[type[wire.RoomCommand], Action] = {
    wire.ChatRemove: Action.MESSAGE_REMOVED,
    wire.QuestionDismiss: Action.QUESTION_DISMISSED,
    wire.ParticipantMute: Action.PARTICIPANT_MUTED,
    wire.ParticipantUnmute: Action.PARTICIPANT_RESTORED,
    wire.ParticipantBan: Action.PARTICIPANT_BANNED,
    wire.ParticipantUnban: Action.PARTICIPANT_RESTORED,
}
