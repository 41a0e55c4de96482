"""Objecting to a use on a legitimate interest (Art. 21 GDPR, G11): it stops at once, and a human assesses it."""

import re
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select, update

from tests.privacy.rights import ADA, BOB, Place, open_place
from tests.privacy.test_requests import at, requests
from tests.privacy.test_restriction import everything, settings  # noqa: F401 - mails go to the mail server
from tests.support.installation import Installation
from tests.support.mailbox import Mailbox
from tests.support.people import Organisation
from tests.support.samples import NOW, make_account, make_purpose
from webinar.consent.notices import Wording, publish_wording
from webinar.models import Basis, Participant, RequestKind, RequestState, SubjectRequest, WebinarState
from webinar.privacy.statistics import read_statistics
from webinar.registration.invitations import send_waiting
from webinar.registration.mails import INVITATION
from webinar.registration.register import REGISTERED
from webinar.registration.renewal import plan_renewals

LISTS = ("participants", "chat", "questions")


@pytest.fixture
async def place(installation: Installation, organisation: Organisation, smtp_server: Mailbox) -> Place:
    """Beside the rest, the organisation tells of a use on a legitimate interest."""
    place = await open_place(installation, organisation, smtp_server)
    async with installation.services.db.writing() as db:
        interest = await make_purpose(
            db,
            organisation.account,
            "Improving our webinars",
            "We look at what was asked.",
            basis=Basis.LEGITIMATE_INTEREST,
        )
    place.interest = interest.id
    await place.go(WebinarState.LIVE)
    for person in (place.ada, place.bob):
        await place.speak(person, "Moin")
    return place


async def object_to(place: Place, purpose_id: UUID | None = None, grounds: str = "") -> SubjectRequest:
    sent = {"purpose": str(purpose_id or place.interest), "grounds": grounds}
    assert (await place.browser.post(place.my("/objection"), data=sent)).status_code == 303
    return (await requests(place))[-1]


async def decide(place: Place, request: SubjectRequest, decision: str) -> None:
    typed = {"decision": decision, "answer": "This is why."}
    assert (await place.admin.post(at(request, "/answer"), data=typed)).status_code == 303


async def listed(place: Place) -> dict[str, set[str]]:
    return {what: {row["email"] for row in await place.exported(what)} for what in LISTS}


async def test_what_rests_on_a_legitimate_interest_is_told_with_a_button_each(place: Place):
    page = (await place.browser.get(place.my("/requests"))).text
    assert "Improving our webinars" in page
    assert "Giving you the webinar" not in page
    request = await object_to(place, grounds="I was asked not to be quoted.")
    assert (request.kind, request.purpose_id) == (RequestKind.OBJECTION, place.interest)
    page = (await place.browser.get(place.my("/requests"))).text
    assert "You object" in page
    assert "I was asked not to be quoted." in page


async def test_while_it_is_assessed_no_list_that_is_taken_away_has_them(place: Place):
    assert await listed(place) == {what: {ADA, BOB} for what in LISTS}
    await object_to(place)
    assert await listed(place) == {what: {BOB} for what in LISTS}


@pytest.mark.parametrize("decision", ["", "answer"])
async def test_no_mail_that_nobody_asked_for_leaves_while_it_stands_those_that_wait_included(
    place: Place, decision: str
):
    async with place.installation.services.db.writing() as db:
        await db.exec(update(Participant).values(state="invited"))
    await place.enqueue(INVITATION)
    request = await object_to(place)
    if decision:
        await decide(place, request, decision)
    async with place.installation.services.db.writing() as db:
        assert await send_waiting(db, place.webinar, NOW) == 0
        await publish_wording(db, place.published.news, "en", Wording.of("News", "And more."), NOW)
        assert await plan_renewals(db, NOW) == 1
    await place.post()
    assert not [subject for subject in place.mails(ADA) if "request" not in subject]
    assert len(place.mails(BOB)) == 2


async def test_mails_of_what_they_registered_for_go_on(place: Place):
    await object_to(place)
    await place.enqueue(REGISTERED)
    await place.post()
    assert "You are registered: Dikes that breathe" in place.mails(ADA)


@pytest.mark.parametrize("decision", ["", "answer"])
async def test_figures_are_counted_without_them_while_it_stands(place: Place, decision: str):
    for _ in range(5):
        await place.speak(place.bob, "Moin")
    request = await object_to(place)
    if decision:
        await decide(place, request, decision)
    await place.go(WebinarState.ENDED)
    await place.installation.services.statistics.look()
    async with place.installation.services.db.reading() as db:
        statistics = await read_statistics(db, place.webinar.id)
    assert statistics
    assert statistics.figures["numbers"]["messages"] == 6


async def test_one_that_is_granted_stands_in_the_list_beside_them(place: Place):
    request = await object_to(place)
    await decide(place, request, "answer")
    rows = {row["email"]: row["objects_to"] for row in await place.exported("participants")}
    assert rows == {ADA: ["Improving our webinars"], BOB: []}
    assert "Granted" in (await place.browser.get(place.my("/requests"))).text


async def test_one_that_is_refused_ends_with_reasons(place: Place):
    request = await object_to(place)
    await decide(place, request, "refuse")
    assert await listed(place) == {what: {ADA, BOB} for what in LISTS}
    page = (await place.browser.get(place.my("/requests"))).text
    assert "This is why." in page
    assert "You object" not in page


@pytest.mark.parametrize("decision", ["", "answer"])
async def test_it_can_be_taken_back(place: Place, decision: str):
    request = await object_to(place)
    if decision:
        await decide(place, request, decision)
    await place.browser.post(place.my("/requests/close"), data={"request": str(request.id)})
    rows = {row["email"]: row["objects_to"] for row in await place.exported("participants")}
    assert rows == {ADA: [], BOB: []}


async def test_an_objection_in_ones_own_words_is_against_every_such_use(place: Place):
    typed = {"kind": "objection", "body": "Please leave me out."}
    await place.browser.post(place.my("/requests"), data=typed)
    assert await listed(place) == {what: {BOB} for what in LISTS}
    [request] = await requests(place)
    await decide(place, request, "answer")
    rows = {row["email"]: row["objects_to"] for row in await place.exported("participants")}
    assert rows[ADA] == ["everything on a legitimate interest"]


async def test_objecting_twice_is_one_objection(place: Place):
    for _ in range(2):
        await object_to(place)
    assert [each.state for each in await requests(place)] == [RequestState.OPEN]


async def test_everything_stays_as_it_was(place: Place):
    before = await everything(place)
    request = await object_to(place)
    await decide(place, request, "answer")
    after = await everything(place)
    assert {name: rows for name, rows in after.items() if name in before} | {"outgoing_mail": 0} == before | {
        "outgoing_mail": 0
    }


async def test_nobody_objects_to_what_is_no_legitimate_interest_of_theirs(place: Place):
    async with place.installation.services.db.writing() as db:
        elsewhere = await make_purpose(db, await make_account(db), "Theirs", basis=Basis.LEGITIMATE_INTEREST)
    for purpose in (str(place.published.news.id), str(elsewhere.id), str(uuid4()), "nonsense", ""):
        answer = await place.browser.post(place.my("/objection"), data={"purpose": purpose})
        assert answer.status_code == 404
    assert await requests(place) == []


async def test_admins_find_who_objects_and_see_it_on_their_page(place: Place):
    request = await object_to(place)
    page = (await place.admin.get(place.people, params={"right": "objecting"})).text
    assert (ADA in page, BOB in page) == (True, False)
    page = (await place.admin.get(place.of(place.ada))).text
    assert re.search(f'<a href="/admin/requests/{request.id}">Objection', page)
    page = (await place.admin.get(at(request))).text
    assert "Objects to: Improving our webinars" in page
    async with place.installation.services.db.reading() as db:
        stored = await db.exec(select(SubjectRequest).where(col(SubjectRequest.id) == request.id))
        assert stored.one().due_at == request.due_at
