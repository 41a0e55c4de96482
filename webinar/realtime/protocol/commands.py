"""What a client sends."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

MAX_FRAME = 16 * 1024  # bytes of one command (S4)
MAX_DEPTH = 8  # nesting of one command (S4)

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
COMMANDS: tuple[type[Command], ...] = AnyCommand.__args__
