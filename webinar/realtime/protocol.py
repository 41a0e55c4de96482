"""Every command and event on the wire, one JSON object per text frame, told apart by its `type`.

Commands go client → server, events go server → client; `docs/protocol.md` shows each with an example, and the
tests hold the two together. Every command but `hello` carries the sender's own `client_id`; its `ack` or `error`
repeats it as `ref`, and sending the same command again with the same `client_id` does nothing twice.

An event that carries `seq` is durable: it shows a row's state at its latest change, so applying it twice, or
after something newer of the same row, must change nothing. A client keeps the highest `seq` it has seen.
"""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

MAX_FRAME = 16 * 1024  # bytes of one command (S4)
MAX_DEPTH = 8  # nesting of one command (S4)
SNAPSHOT_MESSAGES = 200
SNAPSHOT_QUESTIONS = 500

Seq = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Token = Annotated[str, Meta(min_length=1, max_length=200)]
# Bounds for the decoder only: the domain counts what is left after cleaning, and says so to the person.
Typed = Annotated[str, Meta(max_length=8000)]


class Command(Struct, forbid_unknown_fields=True):
    """What a client sends."""


class Hello(Command, tag="hello"):
    """The first frame. With `epoch` and `seq` of an earlier connection the room resumes after them."""

    ticket: Token
    epoch: UUID | None = None
    seq: Seq | None = None


class RoomCommand(Command):
    """A command to a room that one has joined. `client_id` is the sender's own id of this command."""

    client_id: UUID


class ChatSend(RoomCommand, tag="chat.send"):
    """Say something."""

    body: Typed


class ChatPage(RoomCommand, tag="chat.page"):
    """Read older messages: those posted before the `posted_seq` given as `before`. Answered by `chat.paged`."""

    before: Seq


class ChatAnnounce(RoomCommand, tag="chat.announce"):
    """Host: put an announcement on top of the chat."""

    body: Typed


class ChatRemove(RoomCommand, tag="chat.remove"):
    """Host: remove a message."""

    message_id: UUID


class QuestionAsk(RoomCommand, tag="question.ask"):
    """Ask a question; `anonymous` hides the name from everybody but hosts."""

    body: Typed
    anonymous: bool = False


class QuestionCommand(RoomCommand):
    """A command about one question."""

    question_id: UUID


class QuestionVote(QuestionCommand, tag="question.vote"):
    """Vote for a published question."""


class QuestionUnvote(QuestionCommand, tag="question.unvote"):
    """Take one's vote back."""


class QuestionPublish(QuestionCommand, tag="question.publish"):
    """Host: show a pending (or dismissed) question to everybody."""


class QuestionAnswer(QuestionCommand, tag="question.answer"):
    """Host: mark a question as answered, in writing or (with an empty `answer`) live."""

    answer: Typed = ""


class QuestionDismiss(QuestionCommand, tag="question.dismiss"):
    """Host: take a question away from everybody but its author."""


class QuestionPin(QuestionCommand, tag="question.pin"):
    """Host: put a question on top; at most one is."""


class QuestionUnpin(QuestionCommand, tag="question.unpin"):
    """Host: put the pinned question back."""


class ParticipantCommand(RoomCommand):
    """A command about one participant."""

    participant_id: UUID


class ParticipantMute(ParticipantCommand, tag="participant.mute"):
    """Host: take a participant's voice; they can still watch, read and vote."""


class ParticipantUnmute(ParticipantCommand, tag="participant.unmute"):
    """Host: give a participant's voice back."""


class ParticipantBan(ParticipantCommand, tag="participant.ban"):
    """Host: shut a participant out and remove what they said."""


class ParticipantUnban(ParticipantCommand, tag="participant.unban"):
    """Host: let a participant in again."""


class Author(Struct):
    """Who said something, by the name they bear now. `id` is null for a user who was removed."""

    id: UUID | None
    name: str
    host: bool


class Message(Struct):
    """A chat message. A removed one keeps its place, without body and author."""

    id: UUID
    seq: int
    posted_seq: int
    posted_at: datetime
    kind: Literal["chat", "announcement"]
    author: Author | None
    body: str
    removed: bool
    client_id: UUID


class Question(Struct):
    """A question as its reader may see it. `author` is null when it was asked anonymously, except for hosts.

    `mine` is true in what its own author receives; a client keeps it once it has seen it.
    """

    id: UUID
    seq: int
    posted_seq: int
    posted_at: datetime
    state: Literal["pending", "published", "answered", "dismissed"]
    author: Author | None
    anonymous: bool
    body: str
    votes: int
    pinned: bool
    answer: str
    answered_at: datetime | None
    client_id: UUID
    mine: bool = False


class Moderated(Struct):
    """Hosts only: what moderation has done with a participant."""

    id: UUID
    seq: int
    name: str
    muted: bool
    banned: bool


class Picture(Struct):
    """What the player plays: an HLS address, and whether it is live or a replay."""

    url: str
    live: bool


class Room(Struct):
    """What the room shows of the webinar itself."""

    seq: int
    title: str
    state: Literal["draft", "scheduled", "live", "paused", "ended"]
    starts_at: datetime | None
    chat_enabled: bool
    questions_enabled: bool
    questions_moderated: bool
    picture: Picture | None


class You(Struct):
    """The person at this end of the socket. `voted` are the questions they voted for."""

    role: Literal["host", "participant", "viewer"]
    id: UUID | None
    name: str
    muted: bool
    voted: list[UUID]


class Event(Struct):
    """What the server sends."""


class Welcome(Event, tag="welcome"):
    """The answer to `hello`. Then comes what was missed (`recovered`), or else a `snapshot`; then `you.changed`."""

    epoch: UUID
    seq: int
    recovered: bool
    now: datetime


class Snapshot(Event, tag="snapshot"):
    """Everything that the room shows at `seq`: it replaces all that the client had of the room.

    `messages` are the newest 200 in the order of `posted_seq`, `more` says that there are older ones;
    `announcement` is the latest one, removed or not. `participants` (muted or banned) is empty except for hosts.
    """

    epoch: UUID
    seq: int
    webinar: Room
    messages: list[Message]
    more: bool
    announcement: Message | None
    questions: list[Question]
    participants: list[Moderated]
    viewers: int


class YouChanged(Event, tag="you.changed"):
    """About the person at this end. `questions` are all their own ones, to be merged into the others."""

    you: You
    questions: list[Question]


class Durable(Event):
    """An event made from a row; `seq` is the number of the row's latest change."""

    seq: int


class ChatPosted(Durable, tag="chat.posted"):
    """A message was posted, or its author has a new name."""

    message: Message


class ChatRemoved(Durable, tag="chat.removed"):
    """A message was removed: its body and author are gone, its place stays."""

    message_id: UUID


class QuestionChanged(Durable, tag="question.changed"):
    """A question appeared or changed: published, answered, voted for, pinned."""

    question: Question


class QuestionWithdrawn(Durable, tag="question.withdrawn"):
    """A question is no longer to be seen; not sent to hosts, nor to its author."""

    question_id: UUID


class ParticipantChanged(Durable, tag="participant.changed"):
    """Hosts only: a participant was muted, unmuted, banned, unbanned or renamed."""

    participant: Moderated


class WebinarChanged(Durable, tag="webinar.changed"):
    """The webinar itself changed: its state, its picture, what is switched on."""

    webinar: Room


class Presence(Event, tag="presence"):
    """How many are watching, at most every two seconds."""

    viewers: int


class ChatPaged(Event, tag="chat.paged"):
    """The answer to `chat.page`: older messages, oldest first; `more` says that there are even older ones."""

    ref: UUID
    messages: list[Message]
    more: bool


class Ack(Event, tag="ack"):
    """The command `ref` is done and committed. `id` is the message, question or participant it was about."""

    ref: UUID
    id: UUID
    seq: int


class Error(Event, tag="error"):
    """A frame was refused and changed nothing; the connection goes on. `ref` is null if it could not be read.

    `fields` maps a field's name to what is wrong with it; `retry_after` is in seconds.
    """

    code: str
    message: str
    ref: UUID | None = None
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    retry_after: float | None = None


ParticipantCommands = ChatSend | ChatPage | QuestionAsk | QuestionVote | QuestionUnvote
HostCommands = (
    ChatAnnounce
    | ChatRemove
    | QuestionPublish
    | QuestionAnswer
    | QuestionDismiss
    | QuestionPin
    | QuestionUnpin
    | ParticipantMute
    | ParticipantUnmute
    | ParticipantBan
    | ParticipantUnban
)
AnyCommand = Hello | ParticipantCommands | HostCommands
DurableEvent = (
    ChatPosted | ChatRemoved | QuestionChanged | QuestionWithdrawn | ParticipantChanged | WebinarChanged
)
AnyEvent = Welcome | Snapshot | YouChanged | DurableEvent | Presence | ChatPaged | Ack | Error

COMMANDS: tuple[type[Command], ...] = AnyCommand.__args__
EVENTS: tuple[type[Event], ...] = AnyEvent.__args__

_encoder = msgspec.json.Encoder()


def encode(event: Event | Any) -> str:
    """The text frame of an event. Encode once and send the same text to everybody."""
    return _encoder.encode(event).decode()
