"""Retention: what is due goes by itself, and days of downtime make no difference."""

from datetime import timedelta

import pytest
from sqlmodel import col, func, select, update

from tests.registration.samples import Published, entry_of, publish_sample
from tests.support.installation import Installation
from tests.support.samples import NOW
from webinar.models import (
    Answer,
    ErasureReceipt,
    ErasureScope,
    FormVersion,
    Participant,
    ParticipantSession,
    SocketTicket,
    Webinar,
    WebinarState,
)
from webinar.privacy.proof.canaries import plant_account, plant_participant, plant_webinar
from webinar.privacy.schedule import over_since
from webinar.registration.register import Submission, register

MONTHS = 90


@pytest.fixture
async def published(installation: Installation) -> Published:
    """A webinar that ended now, with one registration; its answers are kept 90 days, one of them 10."""
    async with installation.services.db.writing() as db:
        sample = await publish_sample(db)
        entry = entry_of(sample.form, organisation="Polder")
        await register(db, installation.services.signer, Submission(sample.form, entry, "n" * 64), NOW)
        version = (await db.exec(select(FormVersion))).one()
        short = [
            {**field, "retention_days": 10} if field["key"] == "organisation" else field
            for field in version.fields
        ]
        await db.exec(update(FormVersion).values(fields=short))
        await db.exec(update(Webinar).values(state=WebinarState.ENDED, ended_at=NOW, retention_days=MONTHS))
    return sample


async def count(installation: Installation, model: type) -> int:
    async with installation.services.db.reading() as db:
        return (await db.exec(select(func.count()).select_from(model))).one()


async def answered(installation: Installation) -> set[str]:
    async with installation.services.db.reading() as db:
        return set((await db.exec(select(col(Answer.field_key)))).all())


async def test_an_answer_goes_when_its_fields_time_is_up_and_the_others_stay(
    installation: Installation, published: Published
):
    installation.clock.move(days=9)
    await installation.services.retention.run()
    assert "organisation" in await answered(installation)
    installation.clock.move(days=1)
    await installation.services.retention.run()
    assert await answered(installation) == {"coming", "question"}
    async with installation.services.db.reading() as db:
        receipt = (await db.exec(select(ErasureReceipt))).one()
    assert (receipt.scope, receipt.role, receipt.counts) == (ErasureScope.ANSWERS, "retention", {"answer": 1})
    assert receipt.verified_at


async def test_participants_go_when_the_webinars_time_is_up_even_after_long_downtime(
    installation: Installation, published: Published
):
    installation.clock.move(days=MONTHS - 1)
    await installation.services.retention.run()
    assert await count(installation, Participant) == 1
    installation.clock.move(days=400)
    await installation.services.retention.run()
    assert await count(installation, Participant) == 0
    assert await count(installation, Webinar) == 1


async def test_running_again_erases_nothing_more_and_writes_no_receipt(
    installation: Installation, published: Published
):
    installation.clock.move(days=MONTHS)
    await installation.services.retention.run()
    receipts = await count(installation, ErasureReceipt)
    await installation.services.retention.run()
    assert await count(installation, ErasureReceipt) == receipts


async def test_nobody_is_kept_for_ever_by_a_webinar_that_nobody_ended(
    installation: Installation, published: Published
):
    async with installation.services.db.writing() as db:
        running = {"state": WebinarState.LIVE, "ended_at": None, "starts_at": NOW, "went_live_at": NOW}
        await db.exec(update(Webinar).values(**running, duration_minutes=60))
    installation.clock.move(days=MONTHS + 7)
    await installation.services.retention.run()
    assert await count(installation, Participant) == 1
    installation.clock.move(minutes=60)
    await installation.services.retention.run()
    assert await count(installation, Participant) == 0


async def test_a_webinar_that_never_ran_is_over_when_it_should_have_been_and_one_that_runs_a_week_later():
    webinar = Webinar(title="", starts_at=NOW, duration_minutes=60, state=WebinarState.LIVE)
    assert over_since(webinar) == NOW + timedelta(days=7, hours=1)
    webinar.went_live_at = NOW + timedelta(hours=2)
    assert over_since(webinar) == NOW + timedelta(days=7, hours=3)
    webinar.state = WebinarState.SCHEDULED
    assert over_since(webinar) == NOW + timedelta(hours=1)
    webinar.starts_at = None
    assert over_since(webinar) is None
    webinar.ended_at = NOW
    assert over_since(webinar) == NOW


async def test_sessions_and_tickets_go_when_they_expire(installation: Installation):
    async with installation.services.db.writing() as db:
        await plant_participant(db, await plant_webinar(db, await plant_account(db)))
    await installation.services.retention.run()
    assert await count(installation, ParticipantSession) == 1
    installation.clock.move(days=365 * 500)
    await installation.services.retention.run()
    assert await count(installation, ParticipantSession) == await count(installation, SocketTicket) == 0
