"""Moderation: muting and banning a participant. Both are kept with the participant, so they bind everywhere."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.interaction.actor import Actor, find_participant, require_host
from webinar.interaction.chat import remove_messages_of
from webinar.interaction.questions import dismiss_questions_of
from webinar.models import ChatMessage, Participant, Question
from webinar.webinars.order import next_seq


async def mute_participant(
    db: AsyncSession, actor: Actor, participant_id: UUID, *, now: datetime
) -> Participant:
    """Takes the participant's voice; they can still watch, read and vote. Raises Forbidden or NotFound."""
    participant, seq = await _moderated(db, actor, participant_id)
    if participant.muted_at is None:
        participant.muted_at, participant.moderated_seq = now, seq
        await db.flush()
    return participant


async def unmute_participant(db: AsyncSession, actor: Actor, participant_id: UUID) -> Participant:
    """Gives the voice back. Raises Forbidden or NotFound."""
    participant, seq = await _moderated(db, actor, participant_id)
    if participant.muted_at is not None:
        participant.muted_at, participant.moderated_seq = None, seq
        await db.flush()
    return participant


async def ban_participant(
    db: AsyncSession, actor: Actor, participant_id: UUID, *, now: datetime
) -> Participant:
    """Shuts the participant out, removes their messages and dismisses their open questions.

    Raises Forbidden or NotFound.
    """
    participant, seq = await _moderated(db, actor, participant_id)
    if participant.banned_at is None:
        participant.banned_at, participant.moderated_seq = now, seq
        await db.flush()
        await remove_messages_of(db, actor, participant.id, seq=seq, now=now)
        await dismiss_questions_of(db, actor, participant.id, seq=seq)
    return participant


async def unban_participant(db: AsyncSession, actor: Actor, participant_id: UUID) -> Participant:
    """Lets the participant in again; what was removed stays removed. Raises Forbidden or NotFound."""
    participant, seq = await _moderated(db, actor, participant_id)
    if participant.banned_at is not None:
        participant.banned_at, participant.moderated_seq = None, seq
        await db.flush()
    return participant


async def show_new_name(db: AsyncSession, webinar_id: UUID, participant_id: UUID) -> None:
    """Marks all that a participant said as changed, so that open pages show their new name (Art. 16 GDPR).

    Call it in the unit of work that changed `display_name`, and `hub.advanced` after it.
    """
    seq = await next_seq(db, webinar_id)
    for table in (ChatMessage, Question):
        await db.exec(
            update(table)
            .where(col(table.webinar_id) == webinar_id, col(table.participant_id) == participant_id)
            .values(seq=seq)
            .execution_options(synchronize_session=False)
        )
    await db.exec(
        update(Participant)
        .where(col(Participant.webinar_id) == webinar_id, col(Participant.id) == participant_id)
        .values(moderated_seq=seq)
        .execution_options(synchronize_session=False)
    )


async def _moderated(db: AsyncSession, actor: Actor, participant_id: UUID) -> tuple[Participant, int]:
    require_host(actor)
    seq = await next_seq(db, actor.webinar_id)
    return await find_participant(db, actor, participant_id), seq
