"""The desk, on every database: many register in one unit of work, and each as if alone."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, col, func, select

from tests.registration.samples import Published, entry_of, publish_sample
from tests.support.installation import SECRET, MovableClock
from webinar.db import Database
from webinar.errors import Conflict, Full
from webinar.models import AdmissionClaim, ConsentRecord, OutgoingMail, Participant, Registration, Webinar
from webinar.registration.desk import Desk
from webinar.registration.register import ALREADY_REGISTERED, REGISTERED, Submission
from webinar.signing import Signer


@pytest.fixture
async def published(database: Database) -> Published:
    async with database.writing() as db:
        return await publish_sample(db)


@pytest.fixture
def desk(database: Database) -> Desk:
    clock = MovableClock()
    return Desk(database, Signer(SECRET, clock), clock)


def crowd(published: Published, people: int) -> list[Submission]:
    return [submission(published, f"p{number}@example.com", f"form {number}") for number in range(people)]


def submission(published: Published, email: str, nonce: str) -> Submission:
    return Submission(published.form, entry_of(published.form, email), nonce)


async def arrive(desk: Desk, submissions: Sequence[Submission]) -> list[UUID | BaseException]:
    return await asyncio.gather(*(desk.register(each) for each in submissions), return_exceptions=True)


async def count(database: Database, table: type[SQLModel]) -> int:
    async with database.reading() as db:
        return (await db.exec(select(func.count()).select_from(table))).one()


async def limit(database: Database, published: Published, seats: int) -> None:
    async with database.writing() as db:
        webinar = await db.get_one(Webinar, published.webinar.id)
        webinar.max_registrants = seats
        db.add(webinar)


async def test_a_crowd_is_stored_whole_in_few_units_of_work(
    database: Database, desk: Desk, published: Published
):
    commits: list[object] = []
    event.listen(database._writer.sync_engine, "commit", commits.append)
    outcomes = await arrive(desk, crowd(published, 120))
    assert len(set(outcomes)) == 120
    for table in (Participant, Registration, ConsentRecord, AdmissionClaim, OutgoingMail):
        assert await count(database, table) == 120
    assert len(commits) <= 5


async def test_a_crowd_takes_exactly_the_seats_there_are_in_the_order_of_arrival(
    database: Database, desk: Desk, published: Published
):
    await limit(database, published, 70)
    outcomes = await arrive(desk, crowd(published, 120))
    assert [isinstance(outcome, UUID) for outcome in outcomes] == [True] * 70 + [False] * 50
    assert all(isinstance(outcome, Full) for outcome in outcomes[70:])
    assert await count(database, Registration) == 70


async def test_one_form_sent_many_times_at_once_is_one_registration(
    database: Database, desk: Desk, published: Published
):
    await limit(database, published, 1)
    outcomes = await arrive(desk, [submission(published, "ada@example.com", "n")] * 20)
    assert len(set(outcomes)) == 1
    for table in (Participant, Registration, OutgoingMail):
        assert await count(database, table) == 1


async def test_an_address_that_arrives_twice_together_is_known_the_second_time(
    database: Database, desk: Desk, published: Published
):
    twice = [submission(published, "ada@example.com", "one"), submission(published, "ADA@example.com", "two")]
    first, second = await arrive(desk, twice)
    assert first != second
    async with database.reading() as db:
        (person,) = (await db.exec(select(Participant))).all()
        mails = (await db.exec(select(OutgoingMail))).all()
    assert {mail.kind for mail in mails} == {REGISTERED, ALREADY_REGISTERED}
    assert {mail.participant_id for mail in mails} == {person.id}
    assert await count(database, AdmissionClaim) == 2


async def test_a_registration_that_cannot_be_stored_takes_no_other_with_it(
    database: Database, desk: Desk, published: Published
):
    submissions = crowd(published, 9)
    # A notice that does not exist: the database refuses the row.
    submissions[4] = replace(submissions[4], form=replace(published.form, privacy_notice_id=uuid4()))
    outcomes = await arrive(desk, submissions)
    assert isinstance(outcomes.pop(4), IntegrityError)
    assert all(isinstance(outcome, UUID) for outcome in outcomes)
    assert await count(database, Registration) == 8


async def test_a_form_that_has_changed_is_refused_among_others_that_are_not(
    database: Database, desk: Desk, published: Published
):
    submissions = crowd(published, 3)
    submissions[1] = replace(submissions[1], form=replace(published.form, version_id=uuid4()))
    first, refused, last = await arrive(desk, submissions)
    assert isinstance(first, UUID)
    assert isinstance(last, UUID)
    assert isinstance(refused, Conflict)
    assert refused.code == "form_changed"


async def test_webinars_are_registered_for_side_by_side(database: Database, desk: Desk, published: Published):
    async with database.writing() as db:
        other = await publish_sample(db)
    submissions = [each for pair in zip(crowd(published, 5), crowd(other, 5), strict=True) for each in pair]
    assert len(set(await arrive(desk, submissions))) == 10
    async with database.reading() as db:
        theirs = select(func.count()).where(col(Registration.webinar_id) == other.webinar.id)
        assert (await db.exec(theirs)).one() == 5


async def test_somebody_who_stops_waiting_holds_up_nobody(
    database: Database, desk: Desk, published: Published
):
    tasks = [asyncio.create_task(desk.register(each)) for each in crowd(published, 6)]
    await asyncio.sleep(0)
    tasks[0].cancel()
    tasks[3].cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert sum(isinstance(outcome, UUID) for outcome in outcomes) == 4
    assert await count(database, Registration) >= 4
