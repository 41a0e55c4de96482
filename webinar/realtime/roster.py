"""Who is in a room on this instance."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from webinar.realtime.fanout.line import Line
from webinar.realtime.identity import Identity
from webinar.realtime.multimap import Multimap


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """A person in the room, and the way to them."""

    identity: Identity
    line: Line


class Roster:
    """The members of a room, and those of each participant: somebody may have several pages open."""

    __slots__ = ("_by_participant", "_members", "_nameless")

    def __init__(self) -> None:
        self._members: set[Member] = set()
        self._by_participant: Multimap[UUID, Member] = Multimap()
        self._nameless = 0

    def __len__(self) -> int:
        return len(self._members)

    def __iter__(self) -> Iterator[Member]:
        return iter(self._members)

    def __contains__(self, member: object) -> bool:
        return member in self._members

    @property
    def viewers(self) -> int:
        """How many watch: each participant once, however many pages they have open; hosts not counted."""
        return len(self._by_participant) + self._nameless

    def add(self, member: Member) -> None:
        """Somebody comes in."""
        if member in self._members:
            return
        self._members.add(member)
        self._nameless += _is_nameless(member)
        if (participant_id := member.identity.actor.participant_id) is not None:
            self._by_participant.add(participant_id, member)

    def discard(self, member: Member) -> None:
        """Somebody leaves; nothing happens when they have."""
        if member not in self._members:
            return
        self._members.discard(member)
        self._nameless -= _is_nameless(member)
        if (participant_id := member.identity.actor.participant_id) is not None:
            self._by_participant.discard(participant_id, member)

    def of(self, participant_ids: Iterable[UUID]) -> list[Member]:
        """The members who are these participants."""
        return [
            member for participant_id in participant_ids for member in self._by_participant[participant_id]
        ]

    def participants(self) -> list[UUID]:
        """Who of the participants is here."""
        return list(self._by_participant)


def _is_nameless(member: Member) -> bool:
    actor = member.identity.actor
    return actor.participant_id is None and not actor.is_host
