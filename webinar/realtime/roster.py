"""Who is in a room on this instance."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from webinar.realtime.fanout.line import Line
from webinar.realtime.identity import Identity


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """A person in the room, and the way to them."""

    identity: Identity
    line: Line


class Roster:
    """The members of a room, and those of each participant: somebody may have several pages open."""

    __slots__ = ("_by_participant", "_members")

    def __init__(self) -> None:
        self._members: set[Member] = set()
        self._by_participant: dict[UUID, set[Member]] = {}

    def __len__(self) -> int:
        return len(self._members)

    def __iter__(self) -> Iterator[Member]:
        return iter(self._members)

    def __contains__(self, member: object) -> bool:
        return member in self._members

    def add(self, member: Member) -> None:
        """Somebody comes in."""
        self._members.add(member)
        if (participant_id := member.identity.actor.participant_id) is not None:
            self._by_participant.setdefault(participant_id, set()).add(member)

    def discard(self, member: Member) -> None:
        """Somebody leaves; nothing happens when they have."""
        self._members.discard(member)
        participant_id = member.identity.actor.participant_id
        if participant_id is not None and participant_id in self._by_participant:
            theirs = self._by_participant[participant_id]
            theirs.discard(member)
            if not theirs:
                del self._by_participant[participant_id]

    def of(self, participant_ids: Iterable[UUID]) -> list[Member]:
        """The members who are these participants."""
        return [
            member
            for participant_id in participant_ids
            for member in self._by_participant.get(participant_id, ())
        ]

    def participants(self) -> list[UUID]:
        """Who of the participants is here."""
        return list(self._by_participant)
