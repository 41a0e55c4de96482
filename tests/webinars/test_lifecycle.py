"""The lifecycle as a table: every step in every state."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.support.installation import Installation
from tests.support.people import Organisation
from tests.support.webinars import a_webinar, some_participants
from webinar.errors import IllegalTransition, NotFound
from webinar.models import MediaKind, ParticipantState, Webinar, WebinarState
from webinar.webinars.catalogue import get_webinar
from webinar.webinars.lifecycle import Step, possible_steps, take_step
from webinar.webinars.picture import set_replay

DRAFT, SCHEDULED, LIVE, PAUSED, ENDED = WebinarState
REACHED = {
    (DRAFT, Step.SCHEDULE): SCHEDULED,
    (SCHEDULED, Step.UNSCHEDULE): DRAFT,
    (SCHEDULED, Step.GO_LIVE): LIVE,
    (LIVE, Step.PAUSE): PAUSED,
    (LIVE, Step.END): ENDED,
    (PAUSED, Step.RESUME): LIVE,
    (PAUSED, Step.END): ENDED,
}


async def step(
    installation: Installation, webinar: Webinar, step: Step, account_id: UUID | None = None
) -> Webinar:
    async with installation.services.db.writing() as db:
        return await take_step(
            db, account_id or webinar.account_id, webinar.id, step, installation.clock.now()
        )


async def stored(installation: Installation, webinar: Webinar) -> Webinar:
    async with installation.services.db.reading() as db:
        return await get_webinar(db, webinar.account_id, webinar.id)


@pytest.mark.parametrize("state", WebinarState)
@pytest.mark.parametrize("taken", Step)
async def test_each_step_leads_where_the_table_says_or_nowhere(
    installation: Installation, organisation: Organisation, state: WebinarState, taken: Step
):
    soon = installation.clock.now() + timedelta(hours=1)
    webinar = await a_webinar(installation, organisation.id, state, starts_at=soon)
    if (state, taken) in REACHED:
        after = await step(installation, webinar, taken)
        assert after.state is REACHED[state, taken]
        assert after.last_seq == after.state_seq == 1
    else:
        with pytest.raises(IllegalTransition):
            await step(installation, webinar, taken)
        after = await stored(installation, webinar)
        assert (after.state, after.last_seq) == (state, 0)


def test_the_steps_offered_are_those_of_the_table():
    for state in WebinarState:
        assert possible_steps(state) == [taken for source, taken in REACHED if source is state]


@pytest.mark.parametrize(
    ("state", "columns", "taken", "code"),
    [
        (DRAFT, {"starts_at": None}, Step.SCHEDULE, "missing.start"),
        (SCHEDULED, {"media_kind": MediaKind.NONE}, Step.GO_LIVE, "missing.picture"),
        (PAUSED, {"media_kind": MediaKind.NONE}, Step.RESUME, "missing.picture"),
    ],
)
async def test_a_step_waits_for_what_it_needs(
    installation: Installation,
    organisation: Organisation,
    state: WebinarState,
    columns: dict[str, Any],
    taken: Step,
    code: str,
):
    webinar = await a_webinar(installation, organisation.id, state, **columns)
    with pytest.raises(IllegalTransition) as refused:
        await step(installation, webinar, taken)
    assert refused.value.code == code


async def test_a_webinar_that_would_be_over_already_cannot_be_scheduled(
    installation: Installation, organisation: Organisation
):
    past = installation.clock.now() - timedelta(minutes=60)
    webinar = await a_webinar(installation, organisation.id, DRAFT, starts_at=past)
    with pytest.raises(IllegalTransition) as refused:
        await step(installation, webinar, Step.SCHEDULE)
    assert refused.value.code == "missing.start_passed"


@pytest.mark.parametrize("state", [ParticipantState.INVITED, ParticipantState.REGISTERED])
async def test_a_webinar_with_participants_does_not_go_back_to_draft(
    installation: Installation, organisation: Organisation, state: ParticipantState
):
    webinar = await a_webinar(installation, organisation.id)
    await some_participants(installation, webinar, 1, state)
    with pytest.raises(IllegalTransition) as refused:
        await step(installation, webinar, Step.UNSCHEDULE)
    assert refused.value.code == "missing.participants"


async def test_the_moments_of_going_live_and_ending_are_kept_and_a_pause_does_not_move_them(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id)
    began = installation.clock.now()
    for taken in (Step.GO_LIVE, Step.PAUSE, Step.RESUME, Step.END):
        webinar = await step(installation, webinar, taken)
        installation.clock.move(minutes=10)
    assert webinar.went_live_at == began
    assert webinar.ended_at == began + timedelta(minutes=30)
    assert webinar.state_seq == 4


async def test_somebody_elses_webinar_cannot_be_stepped(
    installation: Installation, organisation: Organisation, stranger: Organisation
):
    webinar = await a_webinar(installation, organisation.id)
    with pytest.raises(NotFound):
        await step(installation, webinar, Step.GO_LIVE, stranger.id)


async def test_a_replay_needs_something_to_show(installation: Installation, organisation: Organisation):
    live_only = await a_webinar(
        installation,
        organisation.id,
        ENDED,
        media_kind=MediaKind.EXTERNAL,
        media_url="https://video.example.org/live.m3u8",
    )
    recorded = await a_webinar(installation, organisation.id, ENDED)
    async with installation.services.db.writing() as db:
        with pytest.raises(IllegalTransition):
            await set_replay(db, organisation.id, live_only.id, enabled=True)
        await set_replay(db, organisation.id, recorded.id, enabled=True)
    assert (await stored(installation, recorded)).replay_enabled
    assert not (await stored(installation, live_only)).replay_enabled
