"""G13: statistics identify nobody, whatever they are compared with."""

import re
from datetime import datetime, timedelta
from itertools import product
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select, update

from tests.support.installation import Installation
from tests.support.people import Organisation
from tests.support.samples import NOW
from tests.support.webinars import a_webinar, some_participants
from webinar.models import (
    ChatMessage,
    Participant,
    ViewerMinute,
    Webinar,
    WebinarState,
    WebinarStatistics,
    declared,
)
from webinar.privacy.erasure import erase_participant_rows
from webinar.privacy.inventory import Within, table_named
from webinar.privacy.statistics import (
    StatisticsWork,
    freeze_figures,
    note_viewers,
    read_statistics,
    tables_of,
)
from webinar.privacy.suppression import FEWEST, single, suppressed, total_of
from webinar.privacy.viewing import MINUTE, MOST_POINTS, curve_of

CELLS = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 40), max_size=8)


@given(CELLS)
def test_no_small_cell_is_told_and_none_can_be_worked_out_from_the_total(cells: dict[str, int]):
    told = suppressed(cells)
    assert all(value is None or value == 0 or value >= FEWEST for value in told.values())
    hidden = [cells[name] for name, value in told.items() if value is None]
    if hidden and total_of(cells) is not None:
        # The attacker subtracts everything told from the total, and knows that nobody-cells are seen: what is left
        # is no single cell, no small sum, and lets each hidden cell be anything from one to four.
        assert len(hidden) >= 2
        assert sum(hidden) >= FEWEST
        assert sum(hidden) - (len(hidden) - 1) >= FEWEST - 1
    assert all(value in {None, cells[name]} for name, value in told.items())


@given(CELLS)
def test_two_worlds_that_differ_by_one_person_cannot_both_be_ruled_out(cells: dict[str, int]):
    """Where something is hidden, several sets of counts fit what is told; no hidden cell has one value only."""
    told = suppressed(cells)
    hidden = [name for name, value in told.items() if value is None]
    total = total_of(cells)
    if not hidden or total is None or len(hidden) > 2:
        return
    left = total - sum(value for value in told.values() if value is not None)
    fits = [world for world in product(range(left + 1), repeat=len(hidden)) if sum(world) == left]
    for place in range(len(hidden)):
        assert len({world[place] for world in fits}) > 1


@pytest.mark.parametrize(("count", "told"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_a_count_that_stands_alone_is_told_from_five_on(count: int, told: int | None):
    assert single(count) == told


def test_five_cells_that_make_five_are_not_given_away_by_their_total():
    assert total_of(dict.fromkeys("abcde", 1)) is None


class Watching:
    """An audience of a fixed size, of which some watch through this instance."""

    def __init__(self, everywhere: int, here: int | None = None) -> None:
        self.everywhere, self.here = everywhere, everywhere if here is None else here

    def viewers(self, webinar_id: UUID) -> int:
        return self.everywhere

    def viewers_here(self, webinar_id: UUID) -> int:
        return self.here


@pytest.fixture
async def over(installation: Installation, organisation: Organisation) -> Webinar:
    """A webinar with eleven people, of whom eight came, and six messages; it ended now."""
    webinar = await a_webinar(installation, organisation.id, WebinarState.LIVE)
    people = await some_participants(installation, webinar, 11)
    now = installation.clock.now()
    async with installation.services.db.writing() as db:
        came = [person.id for person in people[:8]]
        await db.exec(update(Participant).where(col(Participant.id).in_(came)).values(first_joined_at=now))
        early = [person.id for person in people[:2]]
        await db.exec(
            update(Participant)
            .where(col(Participant.id).in_(early))
            .values(created_at=now - timedelta(days=2))
        )
        for seq in range(1, 7):
            db.add(
                ChatMessage(
                    account_id=organisation.id, webinar_id=webinar.id, participant_id=people[0].id,
                    client_id=uuid4(), body="Moin", posted_seq=seq, seq=seq, posted_at=now,
                )
            )  # fmt: skip
        await note_viewers(db, webinar.id, 7)
        await note_viewers(db, webinar.id, 6)
        await db.exec(update(Webinar).values(state=WebinarState.ENDED, ended_at=now))
        await freeze_figures(db, now)
    return webinar


async def frozen(installation: Installation, webinar: Webinar) -> WebinarStatistics:
    async with installation.services.db.reading() as db:
        statistics = await read_statistics(db, webinar.id)
    assert statistics
    return statistics


async def test_what_is_over_is_counted_with_small_cells_and_their_complements_hidden(
    installation: Installation, over: Webinar
):
    statistics = await frozen(installation, over)
    assert statistics.figures["numbers"] == {
        "peak_viewers": 7, "messages": 6, "questions": 0, "votes": 0, "answered": 0, "watch_minutes": 0,
    }  # fmt: skip
    tables = tables_of(statistics)
    # Three stayed away: told beside the total, eight would give them away.
    assert (tables["turnout"].total, dict(tables["turnout"].cells)) == (
        11,
        {"came": None, "stayed_away": None},
    )
    assert tables["languages"].cells == {"en": 11}
    assert list(tables["days"].cells.values()) == [None, 0, None]


async def test_the_small_numbers_themselves_are_not_stored(installation: Installation, over: Webinar):
    statistics = await frozen(installation, over)
    assert "8" not in str(statistics.figures)
    assert statistics.peak_viewers == 0


async def test_comparing_before_and_after_an_erasure_tells_nothing(installation: Installation, over: Webinar):
    before = (await frozen(installation, over)).figures
    async with installation.services.db.reading() as db:
        person = (await db.exec(select(col(Participant.id)).limit(1))).one()
    chosen = select(col(Participant.id)).where(col(Participant.id) == person)
    async with installation.services.db.writing() as db:
        within = Within(over.account_id, over.id, chosen)
        await erase_participant_rows(db, within, role="owner", now=installation.clock.now())
        assert await freeze_figures(db, installation.clock.now()) == 0
        await note_viewers(db, over.id, 500)
    assert (await frozen(installation, over)).figures == before


async def test_figures_outlive_the_people_and_go_after_twenty_five_months(
    installation: Installation, over: Webinar
):
    before = (await frozen(installation, over)).figures
    installation.clock.move(days=400)
    await installation.services.retention.run()
    async with installation.services.db.reading() as db:
        assert (await db.exec(select(Participant))).first() is None
    assert (await frozen(installation, over)).figures == before
    installation.clock.move(days=361)
    await installation.services.retention.run()
    assert (await frozen(installation, over)).figures == {}


async def test_what_ended_while_the_server_was_off_is_counted_before_its_people_go(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id, WebinarState.ENDED, retention_days=1)
    await some_participants(installation, webinar, 9)
    installation.clock.move(days=30)
    await installation.services.retention.run()
    assert tables_of(await frozen(installation, webinar))["languages"].cells == {"en": 9}


async def test_the_highest_number_of_viewers_is_noted_while_it_runs(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id, WebinarState.LIVE)
    for viewers in (3, 9, 5):
        await StatisticsWork(installation.services.db, installation.clock, Watching(viewers)).look()
    assert (await frozen(installation, webinar)).peak_viewers == 9


def test_no_column_of_the_statistics_belongs_to_a_person():
    table = table_named("webinar_statistics")
    assert [column.name for column in table.columns if declared(column)] == []
    assert "participant_id" not in table.c


async def test_the_page_shows_each_picture_with_its_table_and_hides_what_must_be(
    installation: Installation, organisation: Organisation, over: Webinar
):
    page = (await organisation.admin.client.get(f"/admin/webinars/{over.id}/statistics")).text
    assert page.count('role="img"') == page.count("<tbody>") == 3
    assert "hidden" in page
    assert ">8<" not in page


async def test_before_the_end_there_is_nothing_to_see(installation: Installation, organisation: Organisation):
    webinar = await a_webinar(installation, organisation.id, WebinarState.LIVE)
    page = (await organisation.admin.client.get(f"/admin/webinars/{webinar.id}/statistics")).text
    assert "There are no figures yet" in page


async def watched_for(
    installation: Installation, webinar: Webinar, numbers: list[int], people: int = 0
) -> WebinarStatistics:
    """The figures of a webinar that so many watched, minute by minute, and that then ended."""
    audience = Watching(0)
    work = StatisticsWork(installation.services.db, installation.clock, audience)
    for viewers in numbers:
        installation.clock.move(minutes=1)
        audience.everywhere = audience.here = viewers
        await work.look()
        await work.look()  # a second look within the minute adds nobody
    now = installation.clock.now()
    async with installation.services.db.writing() as db:
        ended = {"state": WebinarState.ENDED, "ended_at": now}
        await db.exec(update(Webinar).where(col(Webinar.id) == webinar.id).values(ended))
    await work.look()
    return await frozen(installation, webinar)


async def test_watch_minutes_are_counted_without_the_minutes_of_a_few(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id, WebinarState.LIVE)
    statistics = await watched_for(installation, webinar, [3, 6, 9, 0, 4, 12])
    assert list(tables_of(statistics)["viewers"].cells.values()) == [None, 6, 9, 0, None, 12]
    assert statistics.figures["numbers"]["watch_minutes"] == 27


async def test_the_small_minutes_are_gone_once_the_figures_are_frozen(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id, WebinarState.LIVE)
    await watched_for(installation, webinar, [3, 6])
    async with installation.services.db.reading() as db:
        assert (await db.exec(select(ViewerMinute))).all() == []


async def test_the_curve_outlives_the_people_as_numbers(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id, WebinarState.LIVE)
    await some_participants(installation, webinar, 6)
    before = (await watched_for(installation, webinar, [6, 6])).figures
    async with installation.services.db.writing() as db:
        everybody = select(col(Participant.id)).where(col(Participant.webinar_id) == webinar.id)
        within = Within(webinar.account_id, webinar.id, everybody)
        await erase_participant_rows(db, within, role="owner", now=installation.clock.now())
    assert (await frozen(installation, webinar)).figures == before


async def test_the_page_draws_the_curve_with_gaps_where_few_watched(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id, WebinarState.LIVE)
    await watched_for(installation, webinar, [6, 9, 3, 12])
    page = (await organisation.admin.client.get(f"/admin/webinars/{webinar.id}/statistics")).text
    assert page.count('class="plot-curve"') == 2
    assert page.count('class="plot-hidden"') == 1
    assert "Watch minutes" in page
    assert ">3<" not in page
    # The edges of the picture are told: the most viewers, nobody, and the times from beginning to end.
    assert '<span class="plot-scale" aria-hidden="true"><span>12</span><span>0</span></span>' in page
    marks = re.findall(r"<bdi>(\d+ \w+ \d\d:\d\d)</bdi>", page)
    begun = (await frozen(installation, webinar)).figures["tables"]["viewers"]["cells"]
    first = datetime.fromisoformat(next(iter(begun))).astimezone(ZoneInfo(webinar.time_zone))
    ends = (first, first + MINUTE * 2, first + MINUTE * 4)
    assert marks == [f"{at:%-d %b %H:%M}" for at in ends]


@given(st.lists(st.integers(0, 30), max_size=300))
def test_no_small_number_of_viewers_is_in_a_curve(numbers: list[int]):
    counted = {NOW + MINUTE * place: viewers for place, viewers in enumerate(numbers) if viewers}
    curve = curve_of(counted)
    assert len(curve.points) <= MOST_POINTS
    assert all(value is None or value == 0 or value >= FEWEST for value in curve.points.values())
    assert curve.watch_minutes == sum(viewers for viewers in numbers if viewers >= FEWEST)
