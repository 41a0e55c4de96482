"""The chat as one client has heard it: for scripts that read along, and for proofs that nobody missed a word."""

from bisect import bisect
from uuid import UUID

from webinar.realtime.protocol import events


class ChatLog:
    """Folds events into messages. `arrived` has their ids in the order in which they became known, each once.

    `doubled` counts messages that came again without having changed, which a `RoomClient` never lets happen.
    `hole_before` is the `posted_seq` before which some are missing: after a long absence a snapshot has only the
    newest. A `chat.page` from there fills it, or a part of it; each absence may have left one, and the newest comes first.
    """

    def __init__(self) -> None:
        self.messages: dict[UUID, events.Message] = {}
        self.arrived: list[UUID] = []
        self.doubled = 0
        self._holes: list[int] = []  # each as the place before which it is, the oldest first
        self._epoch: UUID | None = None

    @property
    def hole_before(self) -> int | None:
        """Before which place messages are missing; None while none are."""
        return self._holes[-1] if self._holes else None

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
            self.messages, self.arrived, self._holes = {}, [], []
        self._epoch = snapshot.epoch
        joined = any(message.id in self.messages for message in snapshot.messages)
        if snapshot.more and not joined:
            self._holes.append(snapshot.messages[0].posted_seq)
        for message in snapshot.messages:
            self._keep(message)

    def _fill(self, page: events.ChatPaged) -> None:
        joined = any(message.id in self.messages for message in page.messages)
        # The hole that ends where the page does: a newer one may have opened since it was asked for.
        hole = bisect(self._holes, page.messages[-1].posted_seq) if page.messages else 0
        self._holes[hole : hole + 1] = [page.messages[0].posted_seq] if page.more and not joined else []
        for message in page.messages:
            self._keep(message)

    def _keep(self, message: events.Message) -> None:
        known = self.messages.get(message.id)
        if known is None:
            self.arrived.append(message.id)
        if known is None or known.seq <= message.seq:
            self.messages[message.id] = message
