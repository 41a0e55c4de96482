"""Storing registrations that were accepted: the rows of many people in a handful of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.records import FirstDecisions, record_first_decisions
from webinar.models import Answer, Participant, Registration, next_id
from webinar.registration.admission import WayIn
from webinar.registration.form import CompiledForm, Entry

METHOD = "registration form"
# What somebody invited gets by registering; the link they were invited with goes on to work.
TAKEN_OVER = ("display_name", "state", "language")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A registration that is accepted. `participant` is how the person will be stored.

    `invited`: there is a row of them already, which is changed. `known`: they are registered already, so
    that nothing of this may remain.
    """

    form: CompiledForm
    entry: Entry
    participant: Participant
    key: str
    known: bool
    invited: bool
    way_in: WayIn


async def store(db: AsyncSession, accepted: Sequence[Accepted], now: datetime) -> None:
    """Stores participants, registrations, answers and consents.

    What known addresses would have stored is stored and taken back, so that they cost the same (S8).
    """
    for known in (False, True):
        rows = [each for each in accepted if each.known is known]
        if rows:
            savepoint = await db.begin_nested()
            await _store(db, rows, now)
            await (savepoint.rollback() if known else savepoint.commit())


async def _store(db: AsyncSession, accepted: Sequence[Accepted], now: datetime) -> None:
    await _insert(db, Participant, [each.participant.model_dump() for each in accepted if not each.invited])
    await _take_over(db, [each.participant for each in accepted if each.invited])
    registrations, answers = [], []
    for each in accepted:
        registration = _registration(each, now)
        registrations.append(registration)
        answers += _answers(each, registration)
    await _insert(db, Registration, registrations)
    await _insert(db, Answer, answers)
    decided = [FirstDecisions(each.participant, each.entry.decisions, each.form.terms) for each in accepted]
    await record_first_decisions(db, decided, method=METHOD, now=now)


async def _insert(db: AsyncSession, model: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        await (await db.connection()).execute(insert(model), rows)


async def _take_over(db: AsyncSession, invited: Sequence[Participant]) -> None:
    if not invited:
        return
    accepting = (
        update(Participant)
        .where(col(Participant.id) == bindparam("invited_id"))
        .values({name: bindparam(f"new_{name}") for name in TAKEN_OVER})
    )
    rows = [
        {"invited_id": each.id, **{f"new_{name}": getattr(each, name) for name in TAKEN_OVER}}
        for each in invited
    ]
    await (await db.connection()).execute(accepting, rows)


def _registration(accepted: Accepted, now: datetime) -> dict[str, Any]:
    form = accepted.form
    return {
        "id": next_id(),
        **_owner(accepted),
        "form_version_id": form.version_id,
        "privacy_notice_id": form.privacy_notice_id,
        "submission_key": accepted.key,
        "submitted_at": now,
    }


def _answers(accepted: Accepted, registration: dict[str, Any]) -> list[dict[str, Any]]:
    owner = {**_owner(accepted), "registration_id": registration["id"]}
    return [
        {"id": next_id(), **owner, "field_key": field, "value": value}
        for field, value in accepted.entry.answers.items()
    ]


def _owner(accepted: Accepted) -> dict[str, Any]:
    participant = accepted.participant
    return {
        "account_id": participant.account_id,
        "webinar_id": participant.webinar_id,
        "participant_id": participant.id,
    }
