"""Creating, editing and finding webinars."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.installation import Installation
from tests.support.people import Organisation
from tests.support.webinars import a_webinar, some_participants
from webinar.errors import Invalid, NotFound
from webinar.models import Access, Webinar, WebinarState
from webinar.webinars.catalogue import (
    WebinarFilter,
    count_webinars,
    find_public_webinar,
    get_webinar,
    list_webinars,
)
from webinar.webinars.details import create_webinar, edit_details, read_details, typed_details
from webinar.webinars.local_time import time_zones

TYPED = {
    "title": "  Bees  at work ",
    "description": "They **dance**.",
    "language": "nl",
    "time_zone": "Europe/Amsterdam",
    "starts_at": "2027-01-15T15:00",
    "duration_minutes": "45",
    "access": "invitation",
    "max_registrants": "100",
    "chat_enabled": "on",
    "retention_days": "30",
}


def problems(**changes: str) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        read_details(TYPED | changes)
    return refused.value.fields


def test_details_are_read_and_tidied():
    details = read_details(TYPED)
    assert details.title == "Bees at work"
    assert details.starts_at == datetime(2027, 1, 15, 14, 0, tzinfo=UTC)
    assert details.access is Access.INVITATION
    assert (details.chat_enabled, details.questions_enabled) == (True, False)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 121),
        ("title", "a\x00b"),
        ("description", "x" * 10_001),
        ("language", "xx"),
        ("language", ""),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../etc/passwd"),
        ("starts_at", "tomorrow"),
        ("starts_at", "2027-01-15T15:00+01:00"),
        ("starts_at", "9999-12-31T23:59"),
        ("duration_minutes", "0"),
        ("duration_minutes", "-5"),
        ("duration_minutes", "1" * 5000),
        ("duration_minutes", "٣"),
        ("access", "everybody"),
        ("max_registrants", "0"),
        ("max_registrants", "many"),
        ("retention_days", "731"),
    ],
)
def test_a_value_that_does_not_fit_is_named(field: str, value: str):
    assert list(problems(**{field: value})) == [field]


def test_everything_that_is_wrong_is_named_at_once():
    assert set(problems(title="", language="xx", duration_minutes="")) == {
        "title", "language", "duration_minutes",
    }  # fmt: skip


def test_a_time_that_the_clocks_skip_is_refused_with_the_times_around_it():
    assert problems(starts_at="2027-03-28T02:30") == {
        "starts_at": "02:30 does not exist on this day: in Europe/Amsterdam the clocks go forward. "
        "Choose 01:30 or 03:30."
    }


def test_a_time_that_comes_twice_must_be_told_apart():
    assert "comes twice" in problems(starts_at="2026-10-25T02:30")["occurrence"]
    first = read_details(TYPED | {"starts_at": "2026-10-25T02:30", "occurrence": "first"})
    second = read_details(TYPED | {"starts_at": "2026-10-25T02:30", "occurrence": "second"})
    assert first.starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert second.starts_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@given(
    moment=st.datetimes(datetime(2001, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001 - made aware right here
        lambda local: local.replace(second=0, microsecond=0, tzinfo=UTC)
    ),
    zone=st.sampled_from(time_zones()),
)
def test_every_moment_in_every_zone_is_shown_and_read_back_as_the_same_moment(moment: datetime, zone: str):
    webinar = Webinar(title="Bees", starts_at=moment, time_zone=zone)
    assert read_details(typed_details(webinar)).starts_at == moment


async def test_a_new_webinar_is_a_draft_that_only_its_account_sees(
    installation: Installation, organisation: Organisation, stranger: Organisation
):
    async with installation.services.db.writing() as db:
        webinar = await create_webinar(db, organisation.id, {"title": "Bees"}, installation.clock.now())
    assert webinar.state is WebinarState.DRAFT
    async with installation.services.db.reading() as db:
        assert (await get_webinar(db, organisation.id, webinar.id)).title == "Bees"
        with pytest.raises(NotFound):
            await get_webinar(db, stranger.id, webinar.id)
        with pytest.raises(NotFound):
            await find_public_webinar(db, webinar.id)


async def test_a_published_webinar_is_found_in_public(installation: Installation, organisation: Organisation):
    webinar = await a_webinar(installation, organisation.id)
    async with installation.services.db.reading() as db:
        assert (await find_public_webinar(db, webinar.id)).id == webinar.id


async def test_the_limit_cannot_go_below_those_who_registered(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id)
    await some_participants(installation, webinar, 3)
    values = typed_details(webinar)
    async with installation.services.db.writing() as db:
        with pytest.raises(Invalid, match="check"):
            await edit_details(
                db, organisation.id, webinar.id, read_details(values | {"max_registrants": "2"})
            )
        edited = await edit_details(
            db, organisation.id, webinar.id, read_details(values | {"max_registrants": "3"})
        )
    assert (edited.max_registrants, edited.state_seq) == (3, 1)


async def test_the_start_stands_once_the_webinar_has_begun(
    installation: Installation, organisation: Organisation
):
    live = await a_webinar(installation, organisation.id, WebinarState.LIVE)
    scheduled = await a_webinar(installation, organisation.id)
    for webinar, start in ((live, "2027-01-15T15:00"), (scheduled, "")):
        details = read_details(typed_details(webinar) | {"starts_at": start})
        async with installation.services.db.writing() as db:
            with pytest.raises(Invalid) as refused:
                await edit_details(db, organisation.id, webinar.id, details)
        assert list(refused.value.fields) == ["starts_at"]


async def test_the_list_shows_what_runs_first_and_nothing_of_others(
    installation: Installation, organisation: Organisation, stranger: Organisation
):
    for state in WebinarState:
        await a_webinar(installation, organisation.id, state, title=f"It is {state.value}")
    await a_webinar(installation, stranger.id, title="Not yours")
    async with installation.services.db.reading() as db:
        found = [summary.webinar.title for summary in await list_webinars(db, organisation.id)]
    assert sorted(found[:2]) == ["It is live", "It is paused"]
    assert found[2:] == ["It is scheduled", "It is draft", "It is ended"]


async def test_the_list_is_searched_filtered_and_counted(
    installation: Installation, organisation: Organisation
):
    bees = await a_webinar(installation, organisation.id, title="100% BEES_")
    await a_webinar(installation, organisation.id, title="100 wasps", access=Access.OPEN)
    await some_participants(installation, bees, 2)
    async with installation.services.db.reading() as db:
        for wanted, count in (
            (WebinarFilter(search="100% bees_"), 1),
            (WebinarFilter(search="%"), 1),
            (WebinarFilter(state=WebinarState.SCHEDULED), 2),
            (WebinarFilter(state=WebinarState.ENDED), 0),
            (WebinarFilter(access=Access.OPEN), 1),
        ):
            assert await count_webinars(db, organisation.id, wanted) == count
            assert len(await list_webinars(db, organisation.id, wanted)) == count
        [summary] = await list_webinars(db, organisation.id, WebinarFilter(search="bees"))
    assert summary.registered == 2
