"""The ledger of a purpose: who answered what, when, to which words."""

from datetime import timedelta

from tests.consent.panel import Panel, decide, give_again, withdraw
from tests.support.samples import NOW
from webinar.consent.ledger import ledger_page
from webinar.db import Database


async def test_the_ledger_tells_who_answered_what_to_which_words_newest_first(bare_database, panel: Panel):
    await decide(
        bare_database,
        (panel.ada, [panel.yes(panel.news), panel.yes(panel.photo)]),
        (panel.elsewhere, [panel.no(panel.news)]),
    )
    await withdraw(bare_database, panel, NOW + timedelta(hours=1))
    await give_again(bare_database, panel, NOW + timedelta(hours=1))
    async with bare_database.reading() as db:
        entries, more = await ledger_page(db, panel.news, 1)
    assert not more
    told = [(each.record.number, each.record.state.value, each.participant.id) for each in entries]
    first = {(1, "given", panel.ada.id), (1, "refused", panel.elsewhere.id)}
    assert told[:2] == [(3, "given", panel.ada.id), (2, "withdrawn", panel.ada.id)]
    assert set(told[2:]) == first
    assert [each.record.id for each in entries[2:]] == sorted(each.record.id for each in entries[2:])
    for each in entries:
        assert each.notice.id == panel.words["news en"].id
        assert each.webinar.id == each.participant.webinar_id == each.record.webinar_id


async def test_a_late_first_answer_stands_before_earlier_changes_of_others(bare_database, panel: Panel):
    await decide(bare_database, (panel.ada, [panel.yes(panel.news)]))
    await withdraw(bare_database, panel, NOW - timedelta(hours=2))
    await decide(bare_database, (panel.bob, [panel.no(panel.news)]))
    async with bare_database.reading() as db:
        entries, _ = await ledger_page(db, panel.news, 1)
    assert [each.record.number for each in entries] == [1, 1, 2]


async def test_the_ledger_is_read_page_by_page(bare_database: Database, panel: Panel):
    await decide(bare_database, (panel.ada, [panel.yes(panel.news)]))
    for hours in range(1, 51):
        step = withdraw if hours % 2 else give_again
        await step(bare_database, panel, NOW + timedelta(hours=hours))
    async with bare_database.reading() as db:
        first, more = await ledger_page(db, panel.news, 1)
        second, even_more = await ledger_page(db, panel.news, 2)
        third, _ = await ledger_page(db, panel.news, 3)
    numbers = [each.record.number for each in (*first, *second, *third)]
    assert numbers == list(range(51, 0, -1))
    assert (len(first), more, even_more) == (50, True, False)


async def test_a_page_that_is_just_full_has_none_behind_it(bare_database: Database, panel: Panel):
    await decide(bare_database, (panel.ada, [panel.yes(panel.news)]))
    for hours in range(1, 50):
        step = withdraw if hours % 2 else give_again
        await step(bare_database, panel, NOW + timedelta(hours=hours))
    async with bare_database.reading() as db:
        entries, more = await ledger_page(db, panel.news, 1)
    assert (len(entries), more) == (50, False)
