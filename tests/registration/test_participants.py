"""The list of participants: found by what was typed and nothing else, each once, corrected everywhere."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from tests.support.installation import Installation
from tests.support.samples import NOW, make_account, make_purpose, make_webinar
from webinar.consent.records import Decision, FirstDecisions, Terms, record_first_decisions, withdraw_consent
from webinar.errors import Invalid
from webinar.models import NoticeVersion, Participant, ParticipantState, Webinar
from webinar.registration.participants import (
    Cursor,
    Wanted,
    correct_participant,
    count_participants,
    list_participants,
)

NAMES = [
    "Ada Lovelace",
    "Élise 100%",
    "snake_case",
    "back\\slash",
    "ÅSA",
    "o'Hara",
    "%",
    "_",
    "İpek",
    "张伟",
    "",
]


async def people_called(db: AsyncSession, webinar: Webinar, names: Sequence[str]) -> list[Participant]:
    people = [
        Participant(
            account_id=webinar.account_id,
            webinar_id=webinar.id,
            email=f"P{number}@Example.org",
            email_key=f"p{number}@example.org",
            display_name=name,
            state=ParticipantState.REGISTERED if number % 2 else ParticipantState.INVITED,
            link_hash=uuid4().bytes,
            # Three at the same moment, so that the place in the list needs the id too.
            created_at=NOW + timedelta(seconds=number // 3),
            first_joined_at=NOW if number % 3 == 0 else None,
        )
        for number, name in enumerate(names)
    ]
    db.add_all(people)
    await db.flush()
    return people


@pytest.fixture
async def webinar(installation: Installation) -> Webinar:
    async with installation.services.db.writing() as db:
        webinar = await make_webinar(db, await make_account(db))
        await people_called(db, webinar, NAMES)
        await people_called(db, await make_webinar(db, await make_account(db)), NAMES)
    return webinar


async def names_found(installation: Installation, webinar: Webinar, wanted: Wanted) -> list[str]:
    async with installation.services.db.reading() as db:
        page = await list_participants(db, webinar, wanted)
        assert await count_participants(db, webinar, wanted) == len(page.people)
    return sorted(person.display_name for person in page.people)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.text(alphabet=st.sampled_from("%_\\'\"aeÉ張p1@.o "), min_size=1, max_size=4))
async def test_a_search_finds_what_contains_it_and_nothing_else(
    installation: Installation, webinar: Webinar, text: str
):
    found = await names_found(installation, webinar, Wanted(search=text))
    term = text.strip()
    expected = [
        name
        for number, name in enumerate(NAMES)
        if term.casefold() in name.casefold() or term.casefold() in f"p{number}@example.org"
    ]
    assert found == sorted(expected)


@pytest.mark.parametrize(
    ("search", "name"),
    [
        ("100%", "Élise 100%"),
        ("élise", "Élise 100%"),
        ("_case", "snake_case"),
        ("k\\s", "back\\slash"),
        ("åsa", "ÅSA"),
        ("O'H", "o'Hara"),
        ("张", "张伟"),
    ],
)
async def test_a_search_takes_special_signs_for_themselves(
    installation: Installation, webinar: Webinar, search: str, name: str
):
    assert await names_found(installation, webinar, Wanted(search=search)) == [name]


async def test_filters_narrow_the_list(installation: Installation, webinar: Webinar):
    invited = await names_found(installation, webinar, Wanted(state=ParticipantState.INVITED))
    assert invited == sorted(NAMES[0::2])
    there = await names_found(installation, webinar, Wanted(joined=True))
    absent = await names_found(installation, webinar, Wanted(joined=False))
    assert there == sorted(NAMES[0::3])
    assert sorted(there + absent) == sorted(NAMES)


async def test_only_those_who_agree_at_present_are_found_by_a_consent(installation: Installation):
    async with installation.services.db.writing() as db:
        account = await make_account(db)
        webinar = await make_webinar(db, account)
        purpose = await make_purpose(db, account, "News")
        people = await people_called(db, webinar, ["given", "refused", "withdrawn"])
        notice = (await db.exec(select(NoticeVersion))).one()
        for person in people:
            decision = Decision(purpose.id, notice.id, "en", given=person.display_name != "refused")
            decided = FirstDecisions(person, [decision], Terms("", ""))
            await record_first_decisions(db, [decided], method="form", now=NOW)
        await withdraw_consent(db, people[2], purpose.id, method="personal link", now=NOW)
    assert await names_found(installation, webinar, Wanted(purpose_id=purpose.id)) == ["given"]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 11])
async def test_paging_there_and_back_shows_everybody_once(
    installation: Installation, webinar: Webinar, limit: int
):
    async with installation.services.db.reading() as db:
        page = await list_participants(db, webinar, Wanted(), limit=limit)
        assert page.newer is None
        pages = [page]
        while page.older:
            page = await list_participants(db, webinar, Wanted(), older_than=page.older, limit=limit)
            pages.append(page)
        everybody = [person.id for page in pages for person in page.people]
        assert len(everybody) == len(set(everybody)) == len(NAMES)
        for expected in reversed(pages[:-1]):
            page = await list_participants(db, webinar, Wanted(), newer_than=page.newer, limit=limit)
            assert [person.id for person in page.people] == [person.id for person in expected.people]
        assert page.newer is None


@pytest.mark.parametrize("text", ["", "x", "2026-01-01_x", f"2026-01-01T00:00:00_{UUID(int=1)}", "_", "\0"])
def test_a_place_that_does_not_exist_is_refused(text: str):
    with pytest.raises(Invalid) as refused:
        Cursor.read(text)
    assert "page" in refused.value.fields


async def test_a_correction_is_kept_once_and_may_not_take_somebody_elses_address(
    installation: Installation, webinar: Webinar
):
    async with installation.services.db.writing() as db:
        [ada] = (await list_participants(db, webinar, Wanted(search="Ada"))).people
        correct = partial(correct_participant, db, installation.services.signer, ada, now=NOW)
        assert await correct(name=" Ada King ", email="Ada@Example.com ")
        assert (ada.display_name, ada.email, ada.email_key) == (
            "Ada King",
            "Ada@example.com",
            "ada@example.com",
        )
        assert not await correct(name="Ada King", email="Ada@example.com")
        for email in ("P1@example.org", "not an address", ""):
            with pytest.raises(Invalid) as refused:
                await correct(name="Ada", email=email)
            assert list(refused.value.fields) == ["email"]
        with pytest.raises(Invalid) as refused:
            await correct(name="x" * 81, email="Ada@example.com")
        assert list(refused.value.fields) == ["name"]
