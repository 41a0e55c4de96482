"""The states of a webinar, the steps between them, and what each step needs.

    draft ⇄ scheduled → live ⇄ paused
                         └──┬────┘
                          ended

Back to draft only while nobody has been asked in: nobody's registration may vanish from the public pages.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.errors import IllegalTransition
from webinar.models import MediaKind, Participant, Webinar, WebinarState
from webinar.webinars.catalogue import get_webinar
from webinar.webinars.order import mark_state


class Step(StrEnum):
    """What somebody does to a webinar."""

    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    GO_LIVE = "go-live"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"


STEPS: dict[Step, tuple[frozenset[WebinarState], WebinarState]] = {
    Step.SCHEDULE: (frozenset({WebinarState.DRAFT}), WebinarState.SCHEDULED),
    Step.UNSCHEDULE: (frozenset({WebinarState.SCHEDULED}), WebinarState.DRAFT),
    Step.GO_LIVE: (frozenset({WebinarState.SCHEDULED}), WebinarState.LIVE),
    Step.PAUSE: (frozenset({WebinarState.LIVE}), WebinarState.PAUSED),
    Step.RESUME: (frozenset({WebinarState.PAUSED}), WebinarState.LIVE),
    Step.END: (frozenset({WebinarState.LIVE, WebinarState.PAUSED}), WebinarState.ENDED),
}


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that a step needs and the webinar does not have. `page` is the editor's page where it goes."""

    code: str
    message: str
    page: str


def possible_steps(state: WebinarState) -> list[Step]:
    """The steps out of `state`, in the order of `Step`."""
    return [step for step, (sources, _) in STEPS.items() if state in sources]


async def lacks(db: AsyncSession, webinar: Webinar, step: Step, now: datetime) -> list[Lack]:
    """What `step` needs and is not there yet; empty when nothing stands in its way."""
    if step is Step.SCHEDULE:
        return _schedule_lacks(webinar, now)
    if step in {Step.GO_LIVE, Step.RESUME} and webinar.media_kind is MediaKind.NONE:
        return [Lack("picture", "Choose where the picture comes from.", "picture")]
    if step is Step.UNSCHEDULE and await _has_participants(db, webinar):
        return [Lack("participants", "People are invited or registered already.", "participants")]
    return []


async def take_step(
    db: AsyncSession, account_id: UUID, webinar_id: UUID, step: Step, now: datetime
) -> Webinar:
    """Takes the webinar one step on; raises IllegalTransition when there is no such step or something is missing.

    Publishing also needs complete transparency (Art. 13 GDPR): the edge asks the consent floor for that.
    """
    webinar = await get_webinar(db, account_id, webinar_id, lock=True)
    sources, target = STEPS[step]
    if webinar.state not in sources:
        raise IllegalTransition(f"The webinar is {webinar.state.value}, so this step is not possible.")
    if missing := await lacks(db, webinar, step, now):
        raise IllegalTransition(" ".join(lack.message for lack in missing), code=f"missing.{missing[0].code}")
    webinar.state = target
    if step is Step.GO_LIVE:
        webinar.went_live_at = now
    elif step is Step.END:
        webinar.ended_at = now
    await mark_state(db, webinar)
    return webinar


def _schedule_lacks(webinar: Webinar, now: datetime) -> list[Lack]:
    if webinar.starts_at is None:
        return [Lack("start", "Say when it starts.", "details")]
    if webinar.starts_at + timedelta(minutes=webinar.duration_minutes) <= now:
        return [Lack("start_passed", "The start lies in the past. Choose a new one.", "details")]
    return []


async def _has_participants(db: AsyncSession, webinar: Webinar) -> bool:
    query = select(Participant.id).where(
        Participant.account_id == webinar.account_id, Participant.webinar_id == webinar.id
    )
    return (await db.exec(query.limit(1))).first() is not None
