"""Finding webinars: through the account that owns them, or in public by their id."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, case, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.errors import NotFound
from webinar.models import Access, Participant, ParticipantState, Webinar, WebinarState

PAGE = 24
# What happens now comes first, then what comes next, then what waits for somebody, then the past.
ORDER = {
    WebinarState.LIVE: 0,
    WebinarState.PAUSED: 0,
    WebinarState.SCHEDULED: 1,
    WebinarState.DRAFT: 2,
    WebinarState.ENDED: 3,
}


@dataclass(frozen=True, slots=True)
class WebinarFilter:
    """What a list is narrowed to; an empty value narrows nothing."""

    search: str = ""
    state: WebinarState | None = None
    access: Access | None = None

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.search.strip() or self.state or self.access)


@dataclass(frozen=True, slots=True)
class WebinarSummary:
    """A webinar in a list, with how many people registered."""

    webinar: Webinar
    registered: int


async def get_webinar(db: AsyncSession, account_id: UUID, webinar_id: UUID, *, lock: bool = False) -> Webinar:
    """The account's webinar; NotFound for any other. `lock` keeps others from changing it in the meantime."""
    query = select(Webinar).where(Webinar.account_id == account_id, Webinar.id == webinar_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return _found((await db.exec(query)).one_or_none())


async def find_public_webinar(db: AsyncSession, webinar_id: UUID) -> Webinar:
    """The webinar that anybody may see; a draft is NotFound like one that does not exist."""
    query = select(Webinar).where(Webinar.id == webinar_id, Webinar.state != WebinarState.DRAFT)
    return _found((await db.exec(query)).one_or_none())


async def list_webinars(
    db: AsyncSession, account_id: UUID, wanted: WebinarFilter = WebinarFilter(), *, page: int = 1
) -> list[WebinarSummary]:
    """Page `page` (from 1, `PAGE` long) of the account's webinars: running, coming, drafts, past."""
    registered = (
        select(func.count())
        .where(
            Participant.webinar_id == Webinar.id,
            Participant.account_id == Webinar.account_id,
            Participant.state == ParticipantState.REGISTERED,
        )
        .correlate(Webinar)
        .scalar_subquery()
    )
    rank = case({state.value: place for state, place in ORDER.items()}, value=col(Webinar.state))
    past = case((col(Webinar.state) == WebinarState.ENDED, col(Webinar.ended_at)))
    query = (
        select(Webinar, registered)
        .where(*_conditions(account_id, wanted))
        .order_by(
            rank,
            past.desc().nulls_last(),
            col(Webinar.starts_at).asc().nulls_last(),
            col(Webinar.created_at).desc(),
            col(Webinar.id),
        )
        .limit(PAGE)
        .offset((max(page, 1) - 1) * PAGE)
    )
    return [WebinarSummary(webinar, count) for webinar, count in (await db.exec(query)).all()]


async def count_webinars(db: AsyncSession, account_id: UUID, wanted: WebinarFilter = WebinarFilter()) -> int:
    """How many webinars of the account `wanted` leaves."""
    query = select(func.count()).select_from(Webinar).where(*_conditions(account_id, wanted))
    return (await db.exec(query)).one()


async def count_by_state(db: AsyncSession, account_id: UUID) -> dict[WebinarState, int]:
    """How many webinars the account has in each state."""
    query = (
        select(Webinar.state, func.count())
        .where(Webinar.account_id == account_id)
        .group_by(col(Webinar.state))
    )
    found = dict((await db.exec(query)).all())
    return {state: found.get(state, 0) for state in WebinarState}


async def count_registered(db: AsyncSession, webinar: Webinar) -> int:
    """How many people registered for the webinar."""
    query = (
        select(func.count())
        .select_from(Participant)
        .where(
            Participant.account_id == webinar.account_id,
            Participant.webinar_id == webinar.id,
            Participant.state == ParticipantState.REGISTERED,
        )
    )
    return (await db.exec(query)).one()


def _conditions(account_id: UUID, wanted: WebinarFilter) -> list[ColumnElement[bool]]:
    conditions = [col(Webinar.account_id) == account_id]
    if search := wanted.search.strip():
        conditions.append(col(Webinar.title).icontains(search, autoescape=True))
    if wanted.state:
        conditions.append(col(Webinar.state) == wanted.state)
    if wanted.access:
        conditions.append(col(Webinar.access) == wanted.access)
    return conditions


def _found(webinar: Webinar | None) -> Webinar:
    if webinar is None:
        raise NotFound
    return webinar
