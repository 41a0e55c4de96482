"""Who is counted as watching."""

from uuid import UUID, uuid4

from tests.realtime.test_stream import Viewer
from webinar.interaction.actor import Actor
from webinar.realtime.identity import Identity
from webinar.realtime.roster import Member, Roster


def member(*, participant_id: UUID | None = None, user_id: UUID | None = None) -> Member:
    return Member(Identity(Actor(uuid4(), uuid4(), participant_id, user_id), uuid4()), Viewer("", []))


def test_a_participant_counts_once_a_viewer_without_a_name_for_each_page_and_a_host_not_at_all():
    roster, ada = Roster(), uuid4()
    people = [
        *(member(participant_id=ada) for _ in range(2)),
        member(participant_id=uuid4()),
        *(member() for _ in range(3)),
        member(user_id=uuid4()),
    ]
    for each in [*people, people[3]]:  # somebody who is here does not come in again
        roster.add(each)
    assert roster.viewers == 2 + 3
    for each in (people[0], people[3], people[3], people[6], member()):
        roster.discard(each)
    assert roster.viewers == 2 + 2
    for each in people:
        roster.discard(each)
    assert roster.viewers == len(roster) == 0
