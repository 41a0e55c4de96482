"""Whose data may be used at present, asked of rows: each condition by itself."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import ColumnElement, Uuid, literal
from sqlmodel import col, select

from tests.support.installation import SECRET, MovableClock
from tests.support.samples import NOW, make_account, make_participant, make_webinar
from webinar.consent.standing import (
    listable,
    objecting_among,
    restricted_among,
    unawaited,
    unopposed,
    usable,
)
from webinar.db import Database
from webinar.models import Participant, RequestKind, RequestState, Restriction, SubjectRequest
from webinar.signing import Signer

SIGNER = Signer(SECRET, MovableClock())
Condition = Callable[[Any], ColumnElement[bool]]
CONDITIONS: list[Condition] = [usable, listable, unopposed, unawaited]
OPEN, ANSWERED = RequestState.OPEN, RequestState.ANSWERED
OBJECTION, OTHER = RequestKind.OBJECTION, RequestKind.OTHER
# Who there is: what each asked for, if anything.
ASKED = {
    "nothing": None,
    "an objection": (OBJECTION, OPEN),
    "an objection, answered": (OBJECTION, ANSWERED),
    "an objection, refused": (OBJECTION, RequestState.REFUSED),
    "something else": (OTHER, OPEN),
    "something else, answered": (OTHER, ANSWERED),
}
RESTRICTED, RESTRICTED_ONCE = "restricted", "restricted once"


@pytest.fixture
async def people(bare_database: Database) -> dict[str, Participant]:
    found = {}
    async with bare_database.writing() as db:
        webinar = await make_webinar(db, await make_account(db))
        for who in (*ASKED, RESTRICTED, RESTRICTED_ONCE):
            found[who] = await make_participant(db, SIGNER, webinar, display_name=who)
        owner: dict[str, Any] = {"account_id": webinar.account_id, "webinar_id": webinar.id}
        for who, asked in ASKED.items():
            if asked is not None:
                kind, state = asked
                of = owner | {"participant_id": found[who].id}
                db.add(SubjectRequest(**of, kind=kind, state=state, received_at=NOW, due_at=NOW))
        for who, ended_at in ((RESTRICTED, None), (RESTRICTED_ONCE, NOW)):
            db.add(Restriction(**owner, participant_id=found[who].id, placed_at=NOW, ended_at=ended_at))
    return found


@pytest.mark.parametrize(
    ("condition", "out"),
    [
        (usable, set()),
        (listable, {"an objection"}),
        (unopposed, {"an objection", "an objection, answered"}),
        (unawaited, {"an objection", "something else"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
async def test_each_use_leaves_out_whom_it_must_and_nobody_else(
    bare_database: Database, people: dict[str, Participant], condition: Condition, out: set[str]
):
    async with bare_database.reading() as db:
        found = await db.exec(select(col(Participant.display_name)).where(condition(col(Participant.id))))
        assert set(found) == people.keys() - out - {RESTRICTED}


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.__name__)
async def test_what_belongs_to_nobody_may_always_be_used(
    bare_database: Database, people: dict[str, Participant], condition: Condition
):
    async with bare_database.reading() as db:
        assert (await db.exec(select(literal(1)).where(condition(literal(None, Uuid()))))).all() == [1]


async def test_only_those_who_were_asked_about_are_told_of(
    bare_database: Database, people: dict[str, Participant]
):
    everybody = [person.id for person in people.values()]
    async with bare_database.reading() as db:
        assert await restricted_among(db, everybody) == {people[RESTRICTED].id}
        assert await restricted_among(db, [people["nothing"].id]) == set()
        assert await objecting_among(db, everybody) == {
            people["an objection"].id,
            people["an objection, answered"].id,
        }
        assert await objecting_among(db, [people["something else"].id]) == set()
