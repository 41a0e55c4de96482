"""What is being erased is hidden: no query of the house finds it from the request on (late writes are refused).

Only the erasure itself sees it, because it works on tables instead of on models.
"""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlmodel import Session, col

from webinar.models.account import Account
from webinar.models.registration import Participant
from webinar.models.webinar import Webinar

GOING: tuple[Any, ...] = tuple(
    with_loader_criteria(model, col(model.erasure_id).is_(None), include_aliases=True)
    for model in (Account, Webinar, Participant)
)


class HidingSession(Session):
    """A session for which rows that are being erased are gone already."""


@event.listens_for(HidingSession, "do_orm_execute")
def _hide(state: ORMExecuteState) -> None:
    if not state.is_column_load and not state.is_relationship_load:
        state.statement = state.statement.options(*GOING)
