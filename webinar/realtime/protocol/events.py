"""What the server sends, and the things that it speaks about."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import Struct

SNAPSHOT_MESSAGES = 200
SNAPSHOT_QUESTIONS = 500


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
    """The answer to `hello`.

    Then comes what was missed (`recovered`), or else a `snapshot`; then `presence` and `you.changed`.
    """

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
    """A message was removed: `message` is what is left of it, its place."""

    message: Message


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
    """How many are watching: when that changes, and at least every twenty seconds.

    At most every two seconds, in rooms of more than 2,000 more rarely.
    """

    viewers: int


class Reconnect(Event, tag="reconnect"):
    """This server ends: come back `after_ms` milliseconds from now, whether the connection lasts until then or not."""

    after_ms: int


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


DurableEvent = (
    ChatPosted | ChatRemoved | QuestionChanged | QuestionWithdrawn | ParticipantChanged | WebinarChanged
)
AnyEvent = Welcome | Snapshot | YouChanged | DurableEvent | Presence | Reconnect | ChatPaged | Ack | Error

EVENTS: tuple[type[Event], ...] = AnyEvent.__args__
