"""Where in a room's order a client is, and what of all that arrives is new to it."""

from collections.abc import Iterator
from uuid import UUID

from webinar.realtime.protocol import events

# A question that is withdrawn and one that changes are the same thing at two moments.
Thing = UUID | None


class Cursor:
    """Takes events as they arrive. `epoch` and `seq` are what `hello` resumes from; both None before a snapshot.

    On one connection durable events come in order, repeats aside: whatever is older than `seq` has been seen.
    At `seq` itself it depends on the thing, since rows that changed together share a number.
    """

    def __init__(self) -> None:
        self.epoch: UUID | None = None
        self.seq: int | None = None
        self._seen: dict[Thing, int] = {}

    def take(self, event: events.AnyEvent) -> bool:
        """Notes an event; whether it tells anything new."""
        if isinstance(event, events.Snapshot):
            self.epoch, self.seq = event.epoch, event.seq
            # A snapshot may hold rows that are newer than its number; they come again as events.
            self._seen = {thing: seq for thing, seq in _things(event) if seq >= event.seq}
            return True
        if not isinstance(event, events.Durable):
            return True
        if self.seq is None or event.seq < self.seq:
            return False
        if event.seq > self.seq:
            self.seq = event.seq
            self._seen = {thing: seq for thing, seq in self._seen.items() if seq >= event.seq}
        thing = _thing(event)
        if self._seen.get(thing, -1) >= event.seq:
            return False
        self._seen[thing] = event.seq
        return True


def _thing(event: events.Durable) -> Thing:
    match event:
        case events.ChatPosted(message=message) | events.ChatRemoved(message=message):
            return message.id
        case events.QuestionChanged(question=question):
            return question.id
        case events.QuestionWithdrawn(question_id=question_id):
            return question_id
        case events.ParticipantChanged(participant=participant):
            return participant.id
    return None  # the webinar itself: there is one


def _things(snapshot: events.Snapshot) -> Iterator[tuple[Thing, int]]:
    yield None, snapshot.webinar.seq
    items: tuple[events.Message | events.Question | events.Moderated, ...] = (
        *snapshot.messages,
        *snapshot.questions,
        *snapshot.participants,
    )
    for item in items:
        yield item.id, item.seq
