"""How long data is kept: categories, fields, bounds, legal holds, warnings, and what the calendar says about it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import SQLModel, col, func, select, update

from tests.registration.samples import entry_of, publish_sample
from tests.support.installation import Installation
from tests.support.people import Organisation
from tests.support.samples import NOW
from webinar.errors import Held
from webinar.models import (
    Answer,
    ChatMessage,
    DataCategory,
    ErasureReceipt,
    FormVersion,
    LegalHold,
    OutgoingMail,
    Participant,
    Question,
    Webinar,
    WebinarState,
)
from webinar.privacy.erasure import (
    erase_account_rows,
    erase_answer_rows,
    erase_category_rows,
    erase_participant_rows,
    erase_webinar_rows,
)
from webinar.privacy.holds import lift_hold, place_hold
from webinar.privacy.inventory import Within
from webinar.privacy.schedule import list_dues
from webinar.privacy.warnings import KIND, retention_mails
from webinar.registration.register import Submission, register
from webinar.registration.versions import current_form
from webinar.webinars.duplicate import duplicate_webinar

DAYS = {"chat_days": 10, "questions_days": 20, "answers_days": 30, "retention_days": 90}


@dataclass
class Kept:
    """A webinar that ended now, with one person, their answers, their message, the host's, and a question."""

    installation: Installation
    organisation: Organisation
    webinar: Webinar

    async def count(self, model: type[SQLModel]) -> int:
        async with self.installation.services.db.reading() as db:
            return (await db.exec(select(func.count()).select_from(model))).one()

    async def run_after(self, **time: float) -> None:
        self.installation.clock.move(**time)
        await self.installation.services.retention.run()

    async def hold(self, webinar: Webinar | None) -> LegalHold:
        async with self.installation.services.db.writing() as db:
            return await place_hold(db, self.organisation.owner.actor, webinar, "Claim 7/26", NOW)


@pytest.fixture
async def kept(installation: Installation, organisation: Organisation) -> Kept:
    services = installation.services
    async with services.db.writing() as db:
        sample = await publish_sample(db, organisation.account)
        await register(db, services.signer, Submission(sample.form, entry_of(sample.form), "n" * 64), NOW)
        person = (await db.exec(select(Participant))).one()
        own: dict[str, Any] = {
            "account_id": organisation.id,
            "webinar_id": sample.webinar.id,
            "posted_at": NOW,
        }
        writers: list[dict[str, Any]] = [
            {"participant_id": person.id},
            {"user_id": organisation.host.user.id},
        ]
        for seq, writer in enumerate(writers, start=1):
            db.add(ChatMessage(**own, **writer, client_id=uuid4(), body="Moin", posted_seq=seq, seq=seq))
        db.add(Question(**own, participant_id=person.id, client_id=uuid4(), body="Why?", posted_seq=3, seq=3))
        await db.flush()
        await db.exec(update(Webinar).values(state=WebinarState.ENDED, ended_at=NOW, **DAYS))
        webinar = (await db.exec(select(Webinar).execution_options(populate_existing=True))).one()
    return Kept(installation, organisation, webinar)


async def test_each_category_goes_at_its_own_time_and_people_with_the_rest_at_last(kept: Kept):
    await kept.run_after(days=10, seconds=-1)
    assert await kept.count(ChatMessage) == 2
    await kept.run_after(seconds=1)
    # What the host wrote goes too: it may name people.
    assert (await kept.count(ChatMessage), await kept.count(Question)) == (0, 1)
    await kept.run_after(days=10)
    assert (await kept.count(Question), await kept.count(Answer) > 0) == (0, True)
    await kept.run_after(days=10)
    assert (await kept.count(Answer), await kept.count(Participant)) == (0, 1)
    await kept.run_after(days=60)
    assert (await kept.count(Participant), await kept.count(Webinar)) == (0, 1)
    assert await kept.count(ErasureReceipt) == 4


async def test_three_days_of_downtime_and_a_clock_400_days_on_are_caught_up_with_by_one_run(kept: Kept):
    await kept.run_after(days=13)
    assert await kept.count(ChatMessage) == 0
    await kept.run_after(days=400)
    assert [await kept.count(model) for model in (Participant, Answer, Question, ChatMessage)] == [0] * 4


async def test_without_days_of_its_own_a_category_stays_as_long_as_the_people(kept: Kept):
    async with kept.installation.services.db.writing() as db:
        await db.exec(update(Webinar).values(chat_days=None, questions_days=None, answers_days=None))
    await kept.run_after(days=89)
    assert (await kept.count(ChatMessage), await kept.count(Question)) == (2, 1)
    await kept.run_after(days=1)
    assert (await kept.count(ChatMessage), await kept.count(Question)) == (0, 0)


async def test_the_calendar_says_what_goes_when_and_forgets_what_has_gone(kept: Kept):
    async with kept.installation.services.db.reading() as db:
        dues = await list_dues(db, kept.organisation.id)
    told = [(due.category, (due.at - NOW).days, due.rows) for due in dues]
    answers = await kept.count(Answer)
    assert told == [
        (DataCategory.CHAT, 10, 2),
        (DataCategory.QUESTIONS, 20, 1),
        (DataCategory.ANSWERS, 30, answers),
        (DataCategory.PEOPLE, 90, 1),
    ]
    page = await kept.organisation.admin.client.get("/admin/records/calendar")
    assert "December 2026" in page.text
    assert "Answers of the registration form" in page.text
    await kept.run_after(days=25)
    async with kept.installation.services.db.reading() as db:
        left = await list_dues(db, kept.organisation.id)
    assert [due.category for due in left] == [DataCategory.ANSWERS, DataCategory.PEOPLE]


async def test_a_field_that_goes_sooner_is_called_what_the_form_calls_it(kept: Kept):
    async with kept.installation.services.db.writing() as db:
        form = (await db.exec(select(FormVersion))).one()
        form.fields = [
            {**field, "retention_days": 8} if field["key"] == "coming" else field for field in form.fields
        ]
    page = await kept.organisation.admin.client.get("/admin/records/calendar")
    assert 'form: <span class="soft">Will you be there?</span>' in page.text
    await kept.run_after(days=1, hours=1)
    compose = retention_mails(kept.installation.services.site)[KIND]
    async with kept.installation.services.db.reading() as db:
        letter = await compose(db, (await warnings(kept))[0])
    assert letter
    assert "(Will you be there?)" in str(letter.parts)


async def test_a_coming_webinar_is_in_the_calendar_counted_from_its_planned_end(kept: Kept):
    async with kept.installation.services.db.writing() as db:
        await db.exec(
            update(Webinar).values(state=WebinarState.SCHEDULED, ended_at=None, duration_minutes=60)
        )
        dues = await list_dues(db, kept.organisation.id)
    assert dues[-1].at == NOW + timedelta(days=7, hours=1) + timedelta(days=90)


async def test_a_hold_keeps_everything_from_retention_until_it_is_lifted(kept: Kept):
    hold = await kept.hold(kept.webinar)
    await kept.run_after(days=400)
    assert (await kept.count(Participant), await kept.count(ChatMessage)) == (1, 2)
    async with kept.installation.services.db.writing() as db:
        await lift_hold(db, kept.organisation.admin.actor, hold.id, kept.installation.clock.now())
    await kept.run_after()
    assert (await kept.count(Participant), await kept.count(ChatMessage)) == (0, 0)


@pytest.mark.parametrize("wide", [True, False], ids=["account", "webinar"])
async def test_a_hold_refuses_every_erasure_that_somebody_asks_for(kept: Kept, wide: bool):
    await kept.hold(None if wide else kept.webinar)
    account_id, webinar_id = kept.organisation.id, kept.webinar.id
    everyone = Within(account_id, webinar_id, select(col(Participant.id)))
    facts: dict[str, Any] = {"role": "owner", "now": NOW}
    async with kept.installation.services.db.reading() as db:
        form = await current_form(db, kept.webinar)
        assert form
        for asked in (
            erase_participant_rows(db, everyone, **facts),
            erase_webinar_rows(db, account_id, webinar_id, **facts),
            erase_account_rows(db, account_id, **facts),
            erase_answer_rows(db, form, ["coming"], **facts),
            erase_category_rows(db, kept.webinar, DataCategory.CHAT, **facts),
        ):
            with pytest.raises(Held):
                await asked
    assert await kept.count(Participant) == 1


async def test_a_hold_on_one_webinar_leaves_the_others_alone(kept: Kept):
    async with kept.installation.services.db.writing() as db:
        other = await duplicate_webinar(db, kept.organisation.id, kept.webinar.id, "Other", NOW)
    await kept.hold(other)
    await kept.run_after(days=90)
    assert await kept.count(Participant) == 0


async def test_a_copy_keeps_data_as_long_as_its_original(kept: Kept):
    async with kept.installation.services.db.writing() as db:
        copy = await duplicate_webinar(db, kept.organisation.id, kept.webinar.id, "Again", NOW)
    assert {name: getattr(copy, name) for name in DAYS} == DAYS


async def warnings(kept: Kept) -> list[OutgoingMail]:
    async with kept.installation.services.db.reading() as db:
        mails = select(OutgoingMail).where(col(OutgoingMail.kind) == KIND)
        return list((await db.exec(mails.order_by(col(OutgoingMail.due_at)))).all())


async def test_owners_and_admins_are_warned_a_week_before_and_once(kept: Kept):
    await kept.run_after(days=1)
    assert await warnings(kept) == []
    for _ in range(2):
        await kept.run_after(days=1)
    mails = await warnings(kept)
    assert {mail.user_id for mail in mails} == {
        kept.organisation.owner.user.id,
        kept.organisation.admin.user.id,
    }
    assert len(mails) == 2
    # The chat goes on 3 December at noon.
    assert {str(mail.due_at.date()) for mail in mails} == {"2026-11-26"}


async def test_the_warning_says_what_goes_on_that_day_as_it_is_when_the_mail_leaves(kept: Kept):
    await kept.run_after(days=3)
    mail = (await warnings(kept))[0]
    compose = retention_mails(kept.installation.services.site)[KIND]
    async with kept.installation.services.db.reading() as db:
        letter = await compose(db, mail)
        assert letter
        assert letter.subject == "To be erased on 3 December 2026"
        assert "2 chat messages, 12:00 UTC" in str(letter.parts)
    await kept.hold(kept.webinar)
    async with kept.installation.services.db.reading() as db:
        assert await compose(db, mail) is None


async def test_nobody_is_warned_of_what_a_hold_keeps(kept: Kept):
    await kept.hold(None)
    await kept.run_after(days=5)
    assert await warnings(kept) == []
