"""Rows as the wire shows them, to each audience no more than it may see."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from webinar.interaction.changes import Changes
from webinar.interaction.chat import SaidMessage
from webinar.interaction.posting import FreshMessage
from webinar.interaction.questions import VISIBLE, AskedQuestion
from webinar.models import MediaKind, Participant, QuestionState, Webinar, WebinarState
from webinar.picture import shown_picture
from webinar.realtime.identity import Audience
from webinar.realtime.protocol import events

# Where a player finds the recording that a webinar shows now.
RecordingAddress = Callable[[Webinar], str]


@dataclass(frozen=True, slots=True)
class Update:
    """What one changed row tells each audience (None: nothing), and its own person instead of the public event."""

    seq: int
    hosts: events.DurableEvent | None
    public: events.DurableEvent | None
    owner: UUID | None = None
    own: events.DurableEvent | None = None


def show_room(webinar: Webinar, recording_address: RecordingAddress) -> events.Room:
    """What the room shows of the webinar itself."""
    return events.Room(
        seq=webinar.state_seq,
        title=webinar.title,
        state=webinar.state.value,
        starts_at=webinar.starts_at,
        chat_enabled=webinar.chat_enabled,
        questions_enabled=webinar.questions_enabled,
        questions_moderated=webinar.questions_moderated,
        picture=_picture(webinar, recording_address),
    )


def show_message(said: SaidMessage) -> events.Message:
    """A message; of a removed one only its place."""
    message = said.message
    removed = message.removed_at is not None
    author_id = message.participant_id or message.user_id
    host = message.participant_id is None
    return events.Message(
        id=message.id,
        seq=message.seq,
        posted_seq=message.posted_seq,
        posted_at=message.posted_at,
        kind=message.kind.value,
        author=None if removed else events.Author(author_id, said.author_name, host),
        body=message.body,
        removed=removed,
        client_id=message.client_id,
    )


def show_fresh(message: FreshMessage) -> events.Message:
    """A chat message that was just stored."""
    actor = message.actor
    return events.Message(
        id=message.id,
        seq=message.seq,
        posted_seq=message.seq,
        posted_at=message.posted_at,
        kind="chat",
        author=events.Author(actor.participant_id or actor.user_id, message.author_name, actor.is_host),
        body=message.body,
        removed=False,
        client_id=message.client_id,
    )


def show_question(asked: AskedQuestion, *, to_hosts: bool = False, mine: bool = False) -> events.Question:
    """A question; who asked it anonymously is shown to hosts only."""
    question = asked.question
    named = to_hosts or not question.anonymous
    return events.Question(
        id=question.id,
        seq=question.seq,
        posted_seq=question.posted_seq,
        posted_at=question.posted_at,
        state=question.state.value,
        author=events.Author(question.participant_id, asked.author_name, False) if named else None,
        anonymous=question.anonymous,
        body=question.body,
        votes=question.votes,
        pinned=question.pinned,
        answer=question.answer,
        answered_at=question.answered_at,
        client_id=question.client_id,
        mine=mine,
    )


def show_moderated(participant: Participant) -> events.Moderated:
    """What moderation has done with a participant, for hosts."""
    return events.Moderated(
        id=participant.id,
        seq=participant.moderated_seq or 0,
        name=participant.display_name,
        muted=participant.muted_at is not None,
        banned=participant.banned_at is not None,
    )


def updates_of(changes: Changes, recording_address: RecordingAddress) -> list[Update]:
    """The changes as events, in the order in which they happened."""
    updates = [
        *map(_message_update, changes.messages),
        *map(_question_update, changes.questions),
        *map(_participant_update, changes.participants),
    ]
    if changes.state_changed:
        room = show_room(changes.webinar, recording_address)
        event = events.WebinarChanged(seq=room.seq, webinar=room)
        updates.append(Update(room.seq, event, event))
    return sorted(updates, key=lambda update: update.seq)


def fresh_updates(messages: Iterable[FreshMessage]) -> list[Update]:
    """What was just said as events, in the order in which it was."""
    shown = (events.ChatPosted(seq=message.seq, message=show_fresh(message)) for message in messages)
    return [Update(event.seq, event, event) for event in shown]


def event_for(update: Update, audience: Audience) -> events.DurableEvent | None:
    """What an update tells an audience."""
    return update.hosts if audience is Audience.HOSTS else update.public


def _picture(webinar: Webinar, recording_address: RecordingAddress) -> events.Picture | None:
    shown = shown_picture(webinar)
    if not shown:
        return None
    address = shown.url if shown.kind is MediaKind.EXTERNAL else recording_address(webinar)
    return events.Picture(address, webinar.state is not WebinarState.ENDED)


def _message_update(said: SaidMessage) -> Update:
    shown = show_message(said)
    kind = events.ChatRemoved if shown.removed else events.ChatPosted
    event = kind(seq=shown.seq, message=shown)
    return Update(shown.seq, event, event)


def _question_update(asked: AskedQuestion) -> Update:
    question = asked.question
    seq = question.seq
    public: events.DurableEvent | None = None
    if question.state in VISIBLE:
        public = events.QuestionChanged(seq=seq, question=show_question(asked))
    elif question.state is QuestionState.DISMISSED:
        public = events.QuestionWithdrawn(seq=seq, question_id=question.id)
    return Update(
        seq,
        hosts=events.QuestionChanged(seq=seq, question=show_question(asked, to_hosts=True)),
        public=public,
        owner=question.participant_id,
        own=events.QuestionChanged(seq=seq, question=show_question(asked, mine=True)),
    )


def _participant_update(participant: Participant) -> Update:
    shown = show_moderated(participant)
    return Update(shown.seq, events.ParticipantChanged(seq=shown.seq, participant=shown), None)
