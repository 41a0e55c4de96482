"""A room's whole visible state at one moment, for each audience, and what is each person's own."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Table, exists
from sqlmodel import Session, col, select

from webinar.errors import Forbidden, NotFound
from webinar.interaction.actor import Actor, shut_out
from webinar.interaction.changes import moderated_participants
from webinar.interaction.chat import messages_before, newest_announcement
from webinar.interaction.questions import VISIBLE, asked_questions, newest_questions_of, read_asked, votes_of
from webinar.models import Participant, Question, QuestionVote, User, Webinar, table_of
from webinar.realtime.identity import Audience
from webinar.realtime.protocol import events
from webinar.realtime.views import RecordingAddress, show_message, show_moderated, show_question, show_room
from webinar.statements import Listing

PARTICIPANT, QUESTION, VOTE = table_of(Participant), table_of(Question), table_of(QuestionVote)


class Person(NamedTuple):
    """A participant: no more than is shown of them, and whether there is more to be read."""

    id: UUID
    display_name: str
    muted_at: datetime | None
    banned_at: datetime | None
    asked: bool
    voted: bool


def _theirs(table: Table) -> list[ColumnElement[bool]]:
    """By the index of each participant's rows."""
    owners = (("account_id", "account_id"), ("webinar_id", "webinar_id"), ("participant_id", "id"))
    return [table.c[theirs] == PARTICIPANT.c[own] for theirs, own in owners]


# For everybody who comes; most have asked and voted for nothing.
_PEOPLE = Listing(
    lambda places: (
        PARTICIPANT.select()
        .with_only_columns(
            PARTICIPANT.c.id,
            PARTICIPANT.c.display_name,
            PARTICIPANT.c.muted_at,
            PARTICIPANT.c.banned_at,
            exists().where(*_theirs(QUESTION)),
            exists().where(*_theirs(VOTE)),
        )
        .where(PARTICIPANT.c.id.in_(places("ids", PARTICIPANT.c.id)), PARTICIPANT.c.erasure_id.is_(None))
    )
)


def read_snapshot(
    db: Session, webinar_id: UUID, audience: Audience, recording_address: RecordingAddress
) -> events.Snapshot:
    """What the audience sees; raises NotFound when the webinar is gone.

    The number is read first: rows that change meanwhile may be newer than it says and come again as events.
    """
    webinar = db.exec(select(Webinar).where(col(Webinar.id) == webinar_id)).first()
    if webinar is None:
        raise NotFound
    to_hosts = audience is Audience.HOSTS
    messages = messages_before(db, webinar_id, None, events.SNAPSHOT_MESSAGES + 1)
    announcement = newest_announcement(db, webinar_id)
    asked = asked_questions(webinar_id).order_by(col(Question.posted_seq).desc())
    if not to_hosts:
        asked = asked.where(col(Question.state).in_(VISIBLE))
    questions = read_asked(db, asked.limit(events.SNAPSHOT_QUESTIONS))
    moderated = moderated_participants(db, webinar_id) if to_hosts else []
    return events.Snapshot(
        epoch=webinar.epoch,
        seq=webinar.last_seq,
        webinar=show_room(webinar, recording_address),
        messages=[show_message(said) for said in messages[-events.SNAPSHOT_MESSAGES :]],
        more=len(messages) > events.SNAPSHOT_MESSAGES,
        announcement=show_message(announcement) if announcement else None,
        questions=[show_question(question, to_hosts=to_hosts) for question in reversed(questions)],
        participants=[show_moderated(participant) for participant in moderated],
    )


def read_people(
    db: Session, webinar_id: UUID, actors: Sequence[Actor]
) -> list[events.YouChanged | NotFound | Forbidden]:
    """What is each actor's own, in order, with as many statements for many as for one.

    NotFound for who is gone, Forbidden for who was banned.
    """
    people = {actor.participant_id for actor in actors} - {None}
    rows = (Person(*row) for row in _PEOPLE.rows(db.connection(), {"ids": [*people]}))
    participants = {person.id: person for person in rows}
    users = _users(db, {actor.user_id for actor in actors} - {None})
    asking = [person.id for person in participants.values() if person.asked]
    asked = newest_questions_of(db, webinar_id, asking, events.SNAPSHOT_QUESTIONS) if asking else {}
    voting = [person.id for person in participants.values() if person.voted]
    voted = votes_of(db, webinar_id, voting) if voting else {}
    found: list[events.YouChanged | NotFound | Forbidden] = []
    for actor in actors:
        person = participants.get(actor.participant_id) if actor.participant_id is not None else None
        if person is not None and person.banned_at is not None:
            found.append(shut_out())
            continue
        if actor.user_id is not None:
            you = _host(users.get(actor.user_id))
        elif actor.participant_id is None:
            you = events.You(role="viewer", id=None, name="", muted=False, voted=[])
        else:
            you = _participant(person, voted)
        own = asked.get(actor.participant_id, []) if actor.participant_id is not None else []
        questions = [show_question(question, mine=True) for question in own]
        found.append(events.YouChanged(you=you, questions=questions) if you else NotFound())
    return found


def _users(db: Session, ids: Collection[UUID | None]) -> dict[UUID, User]:
    if not ids:
        return {}
    return {user.id: user for user in db.exec(select(User).where(col(User.id).in_(ids)))}


def _host(user: User | None) -> events.You | None:
    if user is None:
        return None
    return events.You(role="host", id=user.id, name=user.name, muted=False, voted=[])


def _participant(participant: Person | None, voted: Mapping[UUID, list[UUID]]) -> events.You | None:
    if participant is None:
        return None
    return events.You(
        role="participant",
        id=participant.id,
        name=participant.display_name,
        muted=participant.muted_at is not None,
        voted=voted.get(participant.id, []),
    )
