"""Whose consent covers a purpose, as a condition of a query."""

from uuid import UUID

from sqlmodel import col, select

from tests.consent.panel import Panel, decide, give_again, withdraw
from tests.support.samples import NOW
from webinar.consent.coverage import agrees
from webinar.consent.notices import Wording, publish_wording
from webinar.db import Database
from webinar.models import Participant, Purpose


async def agreeing(database: Database, purpose: Purpose) -> set[UUID]:
    async with database.reading() as db:
        found = select(Participant.id).where(agrees(col(Participant.id), purpose.id))
        return set((await db.exec(found)).all())


async def test_who_agrees_is_who_agreed_last_to_words_that_still_mean_the_same(bare_database, panel: Panel):
    await decide(
        bare_database,
        (panel.ada, [panel.yes(panel.news), panel.yes(panel.photo)]),
        (panel.bob, [panel.no(panel.news)]),
        (panel.elsewhere, [panel.yes(panel.news, "nl")]),
    )
    everybody = {panel.ada.id, panel.elsewhere.id}
    assert await agreeing(bare_database, panel.news) == everybody
    assert await agreeing(bare_database, panel.photo) == {panel.ada.id}
    await withdraw(bare_database, panel)
    assert await agreeing(bare_database, panel.news) == {panel.elsewhere.id}
    assert await agreeing(bare_database, panel.photo) == {panel.ada.id}
    await give_again(bare_database, panel)
    assert await agreeing(bare_database, panel.news) == everybody
    async with bare_database.writing() as db:
        words = Wording.of("News", "the same, in other words")
        await publish_wording(db, panel.news, "en", words, NOW, substantive=False)
        await publish_wording(db, panel.photo, "nl", Wording.of("Een foto", ""), NOW)
    assert await agreeing(bare_database, panel.news) == everybody
    async with bare_database.writing() as db:
        await publish_wording(db, panel.news, "en", Wording.of("News", "something else"), NOW)
    assert await agreeing(bare_database, panel.news) == {panel.elsewhere.id}
    assert await agreeing(bare_database, panel.photo) == {panel.ada.id}
