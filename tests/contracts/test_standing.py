"""Restrictions, objections and the clock of requests, on every database."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from tests.contracts.test_registering import SIGNER
from tests.support.samples import NOW, make_account, make_participant, make_purpose, make_webinar
from webinar.consent.standing import listable, unawaited, unopposed, usable
from webinar.db import Database
from webinar.models import (
    Account,
    Basis,
    DataCategory,
    OutgoingMail,
    Participant,
    RequestKind,
    RequestState,
    Restriction,
    Role,
    User,
    Webinar,
    WebinarState,
)
from webinar.privacy.objections import object_to
from webinar.privacy.request_clock import NOTICE, tell_of_time
from webinar.privacy.requests import get_request, open_request, take_back
from webinar.privacy.restriction import lift, restrict
from webinar.privacy.schedule import list_dues

ADA, BOB = "ada@example.org", "bob@example.org"


@pytest.fixture
async def people(database: Database) -> dict[str, Participant]:
    async with database.writing() as db:
        account = await make_account(db)
        webinar = await make_webinar(db, account, state=WebinarState.ENDED, ended_at=NOW)
        owner: dict[str, Any] = {"name": "Iris", "role": Role.OWNER, "password_hash": "x", "created_at": NOW}
        db.add(User(account_id=account.id, email="i@example.org", email_key="i@example.org", **owner))
        return {email: await make_participant(db, SIGNER, webinar, email=email) for email in (ADA, BOB)}


async def those(database: Database, condition: Any) -> set[str]:
    async with database.reading() as db:
        found = select(Participant).where(condition(col(Participant.id)))
        return {str(person.email) for person in (await db.exec(found)).all()}


async def test_a_restriction_counts_from_the_commit_until_it_is_lifted(
    database: Database, people: dict[str, Participant]
):
    async with database.writing() as db:
        await restrict(db, people[ADA], NOW)
        await restrict(db, people[ADA], NOW)
    for condition in (usable, listable, unopposed, unawaited):
        assert await those(database, condition) == {BOB}
    async with database.reading() as db:
        dues = await list_dues(db, people[ADA].account_id)
        assert [(due.category, due.rows) for due in dues] == [(DataCategory.PEOPLE, 1)]
    async with database.writing() as db:
        await lift(db, people[ADA], NOW)
    assert await those(database, usable) == {ADA, BOB}


async def test_nobody_has_two_restrictions_in_force(database: Database, people: dict[str, Participant]):
    ada = people[ADA]
    owned: dict[str, Any] = {
        "account_id": ada.account_id,
        "webinar_id": ada.webinar_id,
        "participant_id": ada.id,
    }
    with pytest.raises(IntegrityError):
        async with database.writing() as db:
            db.add_all([Restriction(**owned, placed_at=NOW) for _ in range(2)])


async def test_an_objection_counts_until_it_is_taken_back(database: Database, people: dict[str, Participant]):
    ada = people[ADA]
    async with database.writing() as db:
        webinar = await db.get_one(Webinar, ada.webinar_id)
        account = await make_account(db)  # another one's purposes are nobody's here
        await make_purpose(db, account, "Theirs", basis=Basis.LEGITIMATE_INTEREST)
        own = await make_purpose(
            db, await _account_of(db, webinar), "Improving", basis=Basis.LEGITIMATE_INTEREST
        )
        request = await object_to(db, ada, webinar, own.id, "", now=NOW)
    for condition, left in ((usable, {ADA, BOB}), (listable, {BOB}), (unopposed, {BOB}), (unawaited, {BOB})):
        assert await those(database, condition) == left
    async with database.writing() as db:
        await take_back(db, ada, request.id, NOW)
    assert await those(database, unopposed) == {ADA, BOB}


async def _account_of(db: Any, webinar: Webinar) -> Any:
    return await db.get_one(Account, webinar.account_id)


async def test_the_clock_tells_each_time_once(database: Database, people: dict[str, Participant]):
    async with database.writing() as db:
        request = await open_request(db, people[ADA], RequestKind.ACCESS, "", now=NOW)
    due = request.due_at
    told = []
    for at in (due - NOTICE - timedelta(seconds=1), due - NOTICE, due - NOTICE, due, due, due + NOTICE):
        async with database.writing() as db:
            told.append(await tell_of_time(db, at))
    assert told == [0, 1, 0, 1, 0, 0]
    async with database.reading() as db:
        listed = await get_request(db, request.account_id, request.id)
        mails = select(OutgoingMail.kind).where(col(OutgoingMail.user_id).is_not(None))
        kinds = (await db.exec(mails.order_by(col(OutgoingMail.created_at)))).all()
    assert (listed.request.state, listed.participant.email) == (RequestState.OPEN, ADA)
    assert kinds == ["request_came_in", "request_due_soon", "request_overdue"]
