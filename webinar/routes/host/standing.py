"""How a webinar stands, for the people who run it: what can be done next, and what is missing for that."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from webinar.accounts.audit import Action, record_action
from webinar.models import Role, Webinar, WebinarState
from webinar.picture import replay_picture
from webinar.routes.context import services
from webinar.routes.signed_in import signed_in
from webinar.webinars import lifecycle
from webinar.webinars.catalogue import get_webinar
from webinar.webinars.lifecycle import possible_steps, take_step
from webinar.webinars.picture import set_replay


class HostStep(StrEnum):
    """The steps of a webinar on its day. Publishing it, and taking that back, belongs to its makers."""

    GO_LIVE = lifecycle.Step.GO_LIVE.value
    PAUSE = lifecycle.Step.PAUSE.value
    RESUME = lifecycle.Step.RESUME.value
    END = lifecycle.Step.END.value


class Missing(Struct):
    """Something that a step needs and is not there yet. `page` is the editor's page where it goes."""

    code: str
    message: str
    page: str


class PossibleStep(Struct):
    """A step out of the present state; it can be taken when nothing is missing."""

    step: HostStep
    missing: list[Missing]


class Replay(Struct):
    """Whether the webinar can be watched again, and whether there is anything to show."""

    enabled: bool
    possible: bool


class Preview(Struct):
    """The picture for its makers, whatever the state. `live`: it has a live edge."""

    url: str
    live: bool


class Standing(Struct):
    """How a webinar stands. `now` is the server's clock, for counting from `starts_at` and `went_live_at`."""

    state: WebinarState
    steps: list[PossibleStep]
    replay: Replay
    preview: Preview | None
    starts_at: datetime | None
    went_live_at: datetime | None
    ended_at: datetime | None
    now: datetime


async def find_standing(request: Request) -> tuple[Webinar, Standing]:
    """The webinar of the path and how it stands; raises NotSignedIn or NotFound."""
    async with services(request).db.reading() as db:
        actor = await signed_in(request, db, Role.HOST)
        webinar = await get_webinar(db, actor.account_id, _webinar_id(request))
        return webinar, await _standing(request, db, webinar)


async def step_on(request: Request, step: HostStep) -> Standing:
    """Takes the webinar of the path one step on and tells its room; raises IllegalTransition or NotFound."""
    found = services(request)
    now = found.clock.now()
    async with found.db.writing() as db:
        actor = await signed_in(request, db, Role.HOST)
        webinar = await take_step(db, actor.account_id, _webinar_id(request), lifecycle.Step(step.value), now)
        await record_action(
            db, actor, Action.WEBINAR_STATE_CHANGED, webinar.id, now=now, state=webinar.state.value
        )
        standing = await _standing(request, db, webinar)
    await found.hub.advanced(webinar.id)
    return standing


async def switch_replay(request: Request, *, enabled: bool) -> Standing:
    """Opens or closes the replay and tells the room; raises IllegalTransition when there is nothing to show."""
    found = services(request)
    now = found.clock.now()
    async with found.db.writing() as db:
        actor = await signed_in(request, db, Role.HOST)
        webinar = await set_replay(db, actor.account_id, _webinar_id(request), enabled=enabled)
        await record_action(db, actor, Action.WEBINAR_CHANGED, webinar.id, now=now, replay=enabled)
        standing = await _standing(request, db, webinar)
    await found.hub.advanced(webinar.id)
    return standing


async def _standing(request: Request, db: AsyncSession, webinar: Webinar) -> Standing:
    now = services(request).clock.now()
    return Standing(
        state=webinar.state,
        steps=[
            PossibleStep(HostStep(step.value), await _missing(db, webinar, step, now))
            for step in possible_steps(webinar.state)
            if step.value in set(HostStep)
        ],
        replay=Replay(webinar.replay_enabled, bool(replay_picture(webinar))),
        preview=_preview(request, webinar),
        starts_at=webinar.starts_at,
        went_live_at=webinar.went_live_at,
        ended_at=webinar.ended_at,
        now=now,
    )


async def _missing(db: AsyncSession, webinar: Webinar, step: lifecycle.Step, now: datetime) -> list[Missing]:
    lacks = await lifecycle.lacks(db, webinar, step, now)
    return [Missing(lack.code, lack.message, lack.page) for lack in lacks]


def _preview(request: Request, webinar: Webinar) -> Preview | None:
    """What the audience sees, else what it will see next."""
    pictures = services(request).pictures
    ended = webinar.state is WebinarState.ENDED
    playing = pictures.shown(webinar) or pictures.preview(webinar, replay=ended)
    if playing is None:
        return None
    # A stream from elsewhere has its live edge before anybody has gone live.
    return Preview(playing.src, playing.live or (playing.external and not ended))


def _webinar_id(request: Request) -> UUID:
    webinar_id: UUID = request.path_params["webinar_id"]
    return webinar_id
