"""G9: from the moment a backup is in place until the journal was replayed, nobody gets to see anything."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from tests.support.installation import MovableClock, client_of
from webinar.app import compose, create_app
from webinar.backup.pending import FILE, PLACING, REPLAYING, write_marker
from webinar.models import Erasable, Participant
from webinar.privacy.journal import Entry, digest_of, note_erased, read_files
from webinar.privacy.proof.canaries import plant_account, plant_participant, plant_webinar
from webinar.privacy.restored import Restored
from webinar.routes.context import Services
from webinar.settings import Settings

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
RESTORED = Restored(NOW, NOW, "5a")


@pytest.fixture
async def erased(settings: Settings) -> Entry:
    """Somebody who is in the restored database, and whom the journal names."""
    services = compose(settings, MovableClock())
    async with services.db.writing() as db:
        person = await plant_participant(db, await plant_webinar(db, await plant_account(db)))
    await services.db.close()
    return Entry(Erasable.PARTICIPANT, digest_of(Erasable.PARTICIPANT, person.id("participant")), NOW)


async def test_everything_answers_503_until_the_erased_are_erased_again(settings: Settings, erased: Entry):
    write_marker(settings.data_dir, PLACING, [erased], RESTORED)
    app = create_app(settings, clock=MovableClock())
    async with app.router.lifespan_context(app), client_of(app, settings) as client:
        services: Services = app.state.services
        page = await client.get("/sign-in")
        assert (page.status_code, page.headers["retry-after"]) == (503, "30")
        assert "A backup is being restored" in page.text
        assert (await client.get("/readyz")).status_code == 503
        told = await client.get("/api/v1/openapi.json")
        assert (told.status_code, told.json()["error"]["code"]) == (503, "restoring")
        assert (await client.post("/my/", data={})).status_code == 503
        assert (await client.get("/healthz")).status_code == 200
        with pytest.raises(RuntimeError, match="Run webinar restore again"):
            await services.restoring.finish()
        assert (await client.get("/sign-in")).status_code == 503

        write_marker(settings.data_dir, REPLAYING, [erased], RESTORED)
        await services.restoring.settle()
        assert (await client.get("/sign-in")).status_code == 200
        async with services.db.reading() as db:
            assert (await db.exec(select(Participant))).all() == []
        assert not (settings.data_dir / FILE).exists()


async def test_a_server_that_starts_in_the_middle_of_a_restore_finishes_it_and_opens(
    settings: Settings, erased: Entry
):
    write_marker(settings.data_dir, REPLAYING, [erased], RESTORED)
    app = create_app(settings, clock=MovableClock())
    async with app.router.lifespan_context(app), client_of(app, settings) as client:
        services: Services = app.state.services
        while services.restoring.under_way:  # noqa: ASYNC110 - an event would be there for this test only
            await asyncio.sleep(0.01)
        assert (await client.get("/sign-in")).status_code == 200
        async with services.db.reading() as db:
            assert (await db.exec(select(Participant))).all() == []


async def test_no_mail_leaves_before_the_erased_are_erased_again(settings: Settings, erased: Entry):
    write_marker(settings.data_dir, PLACING, [erased], RESTORED)
    app = create_app(settings, clock=MovableClock())
    async with app.router.lifespan_context(app):
        services: Services = app.state.services
        for _ in range(100):  # turns of the loop, in which everything that may begin has begun
            await asyncio.sleep(0)
        assert services.restoring.under_way
        assert "mail worker" not in {task.get_name() for task in asyncio.all_tasks()}


async def test_the_files_of_the_journal_say_what_the_database_says_and_forget_after_thirty_days(
    settings: Settings,
):
    clock = MovableClock()
    services = compose(settings, clock)
    async with services.db.writing() as db:
        person = await plant_participant(db, await plant_webinar(db, await plant_account(db)))
        await note_erased(db, Erasable.PARTICIPANT, [person.id("participant")], clock.now())
    await services.journal.write()
    kept = read_files(settings.journal)
    assert kept
    assert digest_of(Erasable.PARTICIPANT, person.id("participant")) in {entry.digest for entry in kept[1]}
    assert str(person.id("participant")) not in "".join(
        path.read_text() for path in settings.journal.iterdir()
    )
    clock.move(days=32)
    await services.retention.run()
    await services.journal.write()
    later = read_files(settings.journal)
    assert later
    assert [entry for entry in later[1] if entry.at < clock.now()] == []
    await services.db.close()
