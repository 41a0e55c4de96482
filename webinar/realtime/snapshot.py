"""A room's whole visible state at one moment, for each audience, and what is each person's own."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.errors import NotFound
from webinar.interaction.actor import Actor
from webinar.interaction.changes import moderated_participants
from webinar.interaction.chat import messages_before, newest_announcement
from webinar.interaction.questions import VISIBLE, asked_questions, read_asked, votes_of_participant
from webinar.models import Participant, Question, User, Webinar
from webinar.realtime.identity import Audience
from webinar.realtime.protocol import events
from webinar.realtime.views import RecordingAddress, show_message, show_moderated, show_question, show_room


async def read_snapshot(
    db: AsyncSession, webinar_id: UUID, audience: Audience, recording_address: RecordingAddress
) -> events.Snapshot:
    """What the audience sees; raises NotFound when the webinar is gone.

    The number is read first: rows that change meanwhile may be newer than it says and come again as events.
    """
    webinar = (await db.exec(select(Webinar).where(col(Webinar.id) == webinar_id))).first()
    if webinar is None:
        raise NotFound
    to_hosts = audience is Audience.HOSTS
    messages = await messages_before(db, webinar_id, None, events.SNAPSHOT_MESSAGES + 1)
    announcement = await newest_announcement(db, webinar_id)
    asked = asked_questions(webinar_id).order_by(col(Question.posted_seq).desc())
    if not to_hosts:
        asked = asked.where(col(Question.state).in_(VISIBLE))
    questions = await read_asked(db, asked.limit(events.SNAPSHOT_QUESTIONS))
    moderated = await moderated_participants(db, webinar_id) if to_hosts else []
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


async def read_person(db: AsyncSession, actor: Actor) -> events.YouChanged:
    """What is the actor's own; raises NotFound when they are gone."""
    if actor.user_id is not None:
        user = await db.get(User, actor.user_id)
        if user is None:
            raise NotFound
        you = events.You(role="host", id=user.id, name=user.name, muted=False, voted=[])
        return events.YouChanged(you=you, questions=[])
    if actor.participant_id is None:
        you = events.You(role="viewer", id=None, name="", muted=False, voted=[])
        return events.YouChanged(you=you, questions=[])
    participant = await db.get(Participant, actor.participant_id)
    if participant is None:
        raise NotFound
    own = asked_questions(actor.webinar_id).where(col(Question.participant_id) == participant.id)
    asked = await read_asked(
        db, own.order_by(col(Question.posted_seq).desc()).limit(events.SNAPSHOT_QUESTIONS)
    )
    you = events.You(
        role="participant",
        id=participant.id,
        name=participant.display_name,
        muted=participant.muted_at is not None,
        voted=await votes_of_participant(db, actor.webinar_id, participant.id),
    )
    return events.YouChanged(
        you=you, questions=[show_question(question, mine=True) for question in reversed(asked)]
    )
