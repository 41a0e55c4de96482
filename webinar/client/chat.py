"""The chat as one client has heard it: for scripts that read along, and for proofs that nobody missed a word."""

from uuid import UUID

from webinar.realtime.protocol import events


class ChatLog:
    """Folds events into messages. `arrived` has their ids in the order in which they became known, each once.

    `doubled` counts messages that came again without having changed, which a `RoomClient` never lets happen.
    `hole_before` is the `posted_seq` before which some are missing: after a long absence a snapshot has only the
    newest. A `chat.page` from there fills it.
    """

    def __init__(self) -> None:
        self.messages: dict[UUID, events.Message] = {}
        self.arrived: list[UUID] = []
        self.doubled = 0
        self.hole_before: int | None = None
        self._epoch: UUID | None = None

    def take(self, event: events.AnyEvent) -> None:
        """Takes an event; those that are not about the chat change nothing."""
        match event:
            case events.Snapshot():
                self._start_over(event)
            case events.ChatPosted(message=message) | events.ChatRemoved(message=message):
                known = self.messages.get(message.id)
                self.doubled += known is not None and known.seq == message.seq
                self._keep(message)
            case events.ChatPaged():
                self._fill(event)

    def in_order(self) -> list[events.Message]:
        """All messages as they were posted, removed ones included."""
        return sorted(self.messages.values(), key=lambda message: message.posted_seq)

    def _start_over(self, snapshot: events.Snapshot) -> None:
        if snapshot.epoch != self._epoch:
            self.messages, self.arrived, self.hole_before = {}, [], None
        self._epoch = snapshot.epoch
        joined = any(message.id in self.messages for message in snapshot.messages)
        if snapshot.more and not joined:
            self.hole_before = snapshot.messages[0].posted_seq
        for message in snapshot.messages:
            self._keep(message)

    def _fill(self, page: events.ChatPaged) -> None:
        joined = any(message.id in self.messages for message in page.messages)
        self.hole_before = page.messages[0].posted_seq if page.more and not joined else None
        for message in page.messages:
            self._keep(message)

    def _keep(self, message: events.Message) -> None:
        known = self.messages.get(message.id)
        if known is None:
            self.arrived.append(message.id)
        if known is None or known.seq <= message.seq:
            self.messages[message.id] = message
