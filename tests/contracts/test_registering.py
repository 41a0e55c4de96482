"""Registering, on every database: exact seats, once only, and the same for addresses known and unknown."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event
from sqlmodel import SQLModel, col, func, select

from tests.registration.samples import Published, entry_of, publish_sample
from tests.support.installation import SECRET, MovableClock
from tests.support.samples import NOW
from webinar.db import Database
from webinar.errors import Conflict, Full
from webinar.models import (
    Access,
    AdmissionClaim,
    Answer,
    ConsentRecord,
    OutgoingMail,
    Participant,
    ParticipantState,
    Registration,
    Webinar,
    WebinarState,
)
from webinar.registration.register import ALREADY_REGISTERED, REGISTERED, Submission, register, seats_left
from webinar.signing import Signer

SIGNER = Signer(SECRET, MovableClock())


@pytest.fixture
async def published(database: Database) -> Published:
    async with database.writing() as db:
        return await publish_sample(db)


async def sign_up(
    database: Database,
    published: Published,
    email: str = "ada@example.com",
    nonce: str = "n",
    *,
    invited: UUID | None = None,
    **values: Any,
) -> UUID:
    submission = Submission(published.form, entry_of(published.form, email, **values), nonce, invited)
    async with database.writing() as db:
        return await register(db, SIGNER, submission, NOW)


async def count(database: Database, table: type[SQLModel]) -> int:
    async with database.reading() as db:
        return (await db.exec(select(func.count()).select_from(table))).one()


async def change(database: Database, published: Published, **values: object) -> None:
    async with database.writing() as db:
        webinar = await db.get_one(Webinar, published.webinar.id)
        for name, value in values.items():
            setattr(webinar, name, value)
        db.add(webinar)


async def test_registering_stores_the_person_answers_consents_claim_and_mail(
    database: Database, published: Published
):
    ticked: dict[str, Any] = dict.fromkeys(published.form.consents, "y")
    claim_id = await sign_up(database, published, organisation="Polder", source="letter", **ticked)
    async with database.reading() as db:
        person = (await db.exec(select(Participant))).one()
        answers = {answer.field_key: answer.value for answer in (await db.exec(select(Answer))).all()}
        consent = (await db.exec(select(ConsentRecord))).one()
        mail = (await db.exec(select(OutgoingMail))).one()
    assert (person.email, person.display_name, person.state) == (
        "ada@example.com",
        "Ada",
        ParticipantState.REGISTERED,
    )
    assert answers == {"organisation": "Polder", "coming": "live", "question": "Why?", "source": "letter"}
    assert (consent.state, consent.purpose_id, consent.participant_id) == (
        "given",
        published.news.id,
        person.id,
    )
    assert (mail.kind, mail.participant_id, mail.claim_id) == (REGISTERED, person.id, claim_id)


async def test_a_consent_that_was_not_ticked_is_recorded_as_refused(database: Database, published: Published):
    await sign_up(database, published)
    async with database.reading() as db:
        assert (await db.exec(select(ConsentRecord))).one().state == "refused"


async def test_fifty_at_once_for_ten_seats_take_exactly_ten(database: Database, published: Published):
    await change(database, published, max_registrants=10)
    attempts = [sign_up(database, published, f"p{n}@example.com", f"nonce {n}") for n in range(50)]
    outcomes = await asyncio.gather(*attempts, return_exceptions=True)
    assert sum(isinstance(outcome, UUID) for outcome in outcomes) == 10
    assert sum(isinstance(outcome, Full) for outcome in outcomes) == 40
    assert await count(database, Registration) == 10
    async with database.reading() as db:
        webinar = await db.get_one(Webinar, published.webinar.id)
        assert await seats_left(db, webinar) == 0


async def test_a_hundred_parallel_submissions_with_one_key_are_one_registration(
    database: Database, published: Published
):
    answers = await asyncio.gather(*(sign_up(database, published) for _ in range(100)))
    assert len(set(answers)) == 1
    for table in (Participant, Registration, AdmissionClaim, OutgoingMail):
        assert await count(database, table) == 1


async def test_one_address_from_many_forms_at_once_is_one_participant(
    database: Database, published: Published
):
    forms = (sign_up(database, published, nonce=f"form {n}") for n in range(20))
    await asyncio.gather(*forms)
    assert await count(database, Participant) == 1
    assert await count(database, Registration) == 1


async def test_the_last_seat_sent_twice_is_not_full(database: Database, published: Published):
    await change(database, published, max_registrants=1)
    assert await sign_up(database, published) == await sign_up(database, published)
    with pytest.raises(Full):
        await sign_up(database, published, "eve@example.com")


async def test_an_address_corrected_on_the_same_form_is_another_registration(
    database: Database, published: Published
):
    first = await sign_up(database, published, "ada@exmaple.com")
    assert await sign_up(database, published, "ada@example.com") != first
    assert await count(database, Registration) == 2


async def test_a_known_address_gets_the_same_statements_answer_and_number_of_mails(
    database: Database, published: Published
):
    statements: list[str] = []
    event.listen(
        database._writer.sync_engine,
        "before_cursor_execute",
        lambda *arguments: statements.append(arguments[2].split()[0] + str(arguments[5])),
    )
    await sign_up(database, published, nonce="first", organisation="Polder")
    unknown, statements[:] = list(statements), []
    await sign_up(database, published, "ADA@example.com", nonce="second", organisation="Polder")
    known = ["RELEASE" + each[8:] if each.startswith("ROLLBACK") else each for each in statements]
    assert known == unknown
    assert await count(database, OutgoingMail) == 2
    assert await count(database, AdmissionClaim) == 2


async def test_a_known_address_changes_nothing_of_what_is_stored(database: Database, published: Published):
    await sign_up(database, published, nonce="first", organisation="Polder")
    await sign_up(database, published, nonce="second", organisation="Somebody else")
    async with database.reading() as db:
        found = select(Answer.value).where(col(Answer.field_key) == "organisation")
        assert (await db.exec(found)).all() == ["Polder"]
        kinds = (await db.exec(select(OutgoingMail.kind).order_by(col(OutgoingMail.kind)))).all()
        assert kinds == sorted([REGISTERED, ALREADY_REGISTERED])
    for table in (Participant, Registration, ConsentRecord):
        assert await count(database, table) == 1


@pytest.mark.parametrize(
    "values",
    [{"access": Access.OPEN}, {"state": WebinarState.DRAFT}, {"state": WebinarState.ENDED}],
)
async def test_nobody_registers_while_registration_is_closed(
    database: Database, published: Published, values: dict[str, object]
):
    await change(database, published, **values)
    with pytest.raises(Conflict, match="closed"):
        await sign_up(database, published)


async def test_an_ended_webinar_with_a_replay_still_takes_registrations(
    database: Database, published: Published
):
    await change(database, published, state=WebinarState.ENDED, replay_enabled=True)
    await sign_up(database, published)
    assert await count(database, Registration) == 1


async def invite(database: Database, published: Published, email: str) -> Participant:
    async with database.writing() as db:
        guest = Participant(
            account_id=published.account.id,
            webinar_id=published.webinar.id,
            email=email,
            email_key=email,
            state=ParticipantState.INVITED,
            link_hash=uuid4().bytes,
            created_at=NOW,
        )
        db.add(guest)
        return guest


async def test_by_invitation_only_the_invited_register_and_keep_their_link(
    database: Database, published: Published
):
    await change(database, published, access=Access.INVITATION)
    guest = await invite(database, published, "ada@example.com")
    with pytest.raises(Conflict, match="invitation"):
        await sign_up(database, published)
    with pytest.raises(Conflict, match="invitation"):
        await sign_up(database, published, invited=uuid4())
    with pytest.raises(Conflict, match="invitation"):
        await sign_up(database, published, "eve@example.com", invited=guest.id)
    await sign_up(database, published, invited=guest.id)
    async with database.reading() as db:
        (person,) = (await db.exec(select(Participant))).all()
        assert (person.id, person.state, person.link_hash) == (guest.id, "registered", guest.link_hash)


async def test_somebody_invited_who_uses_the_public_page_is_the_one_who_was_invited(
    database: Database, published: Published
):
    guest = await invite(database, published, "ada@example.com")
    await sign_up(database, published)
    async with database.reading() as db:
        (person,) = (await db.exec(select(Participant))).all()
        assert (person.id, person.state) == (guest.id, "registered")
