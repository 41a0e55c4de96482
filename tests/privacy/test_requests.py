"""Data subject requests: asked without an account, answered within a month by a clock that everybody sees (Art. 12)."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx2
import pytest
from sqlmodel import col, select, update

from tests.privacy.rights import ADA, BOB, Place, open_place
from tests.privacy.test_restriction import settings  # noqa: F401 - mails go to the mail server
from tests.support.installation import Installation
from tests.support.mailbox import Mailbox
from tests.support.people import Organisation
from tests.support.samples import NOW
from webinar.models import (
    AuditEntry,
    ErasureReceipt,
    OutgoingMail,
    Participant,
    RequestKind,
    RequestState,
    SubjectRequest,
    User,
    Webinar,
    WebinarState,
)
from webinar.privacy.requests import MOST_OPEN, months_after

OWNER, ADMIN, HOST = "owner@example.example.org", "admin@example.example.org", "host@example.example.org"
SECRET = "What did the lecturer note about me?"


@pytest.fixture
async def place(installation: Installation, organisation: Organisation, smtp_server: Mailbox) -> Place:
    return await open_place(installation, organisation, smtp_server)


async def ask(place: Place, kind: str = "access", body: str = SECRET) -> SubjectRequest:
    answer = await place.browser.post(place.my("/requests"), data={"kind": kind, "body": body})
    assert answer.status_code == 303, re.findall(r"error[^>]*>([^<]{3,120})<", answer.text)
    return (await requests(place))[-1]


async def requests(place: Place) -> list[SubjectRequest]:
    async with place.installation.services.db.reading() as db:
        found = select(SubjectRequest).order_by(col(SubjectRequest.received_at))
        return list((await db.exec(found)).all())


def at(request: SubjectRequest, end: str = "") -> str:
    return f"/admin/requests/{request.id}{end}"


async def sees(place: Place) -> str:
    return (await place.browser.get(place.my("/requests"))).text


async def after(place: Place, time: timedelta) -> None:
    """Moves the clock, lets the minute's work be done and the mail leave."""
    place.installation.clock.at += time
    await place.installation.services.retention.watch_requests()
    await place.post()


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-11-23", 1, "2026-12-23"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2027-01-31", 3, "2027-04-30"),
        ("2027-10-31", 3, "2028-01-31"),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_months_last(day: str, months: int, then: str):
    def at_half_past(date: str) -> datetime:
        return datetime.fromisoformat(f"{date}T09:30:00+00:00")

    assert months_after(at_half_past(day), months) == at_half_past(then)


async def test_a_request_is_seen_with_its_state_and_the_day_by_which_it_is_answered(place: Place):
    await ask(place)
    page = await sees(place)
    assert SECRET in page
    assert "Waits for an answer" in page
    assert 'datetime="2026-12-23T12:00:00+00:00"' in page
    await place.post()
    [mail] = place.mailbox.all_to(ADA)
    assert mail["subject"] == "We have your request: Dikes that breathe"
    assert "December 23, 2026" in text_of(mail)


def text_of(mail) -> str:
    return " ".join(mail.get_body(("plain",)).get_content().split())


async def test_owners_and_admins_are_told_and_no_mail_to_them_says_who_or_what(place: Place):
    await ask(place)
    await place.post()
    for address in (OWNER, ADMIN):
        [mail] = place.mailbox.all_to(address)
        assert mail["subject"] == "A data subject request came in"
        assert "Access (Art. 15)" in text_of(mail)
        for told in (ADA, "Ada", SECRET, str(place.ada.id)):
            assert told not in mail.as_string()
    assert place.mails(HOST) == []


async def test_the_list_is_sorted_by_due_date_with_a_clock_and_the_number_is_in_the_navigation(place: Place):
    await ask(place, "portability")
    place.installation.clock.move(days=6)
    await ask(place, "access")
    await place.admin_again()
    page = (await place.admin.get("/admin/requests")).text
    assert page.index("Portability (Art. 20)") < page.index("Access (Art. 15)")
    assert page.index("24 days left") < page.index("30 days left")
    home = (await place.admin.get("/admin/")).text
    assert re.search(r'<span class="count">2<span class="visually-hidden"> open</span></span>', home)


async def test_an_overdue_request_says_so_in_words(place: Place):
    request = await ask(place)
    async with place.installation.services.db.writing() as db:
        await db.exec(update(SubjectRequest).values(due_at=NOW - timedelta(days=3)))
    page = (await place.admin.get("/admin/requests")).text
    assert re.search(r'<span class="badge bad">.*Overdue by 3 days</span>', page)
    assert "Overdue by 3 days" in (await place.admin.get(at(request))).text


async def test_an_answer_is_read_on_the_page_and_comes_by_mail(place: Place):
    request = await ask(place)
    typed = {"decision": "answer", "answer": "She noted nothing."}
    assert (await place.admin.post(at(request, "/answer"), data=typed)).status_code == 303
    page = await sees(place)
    assert "She noted nothing." in page
    assert "Answered" in page
    await place.post()
    assert "She noted nothing." in text_of(place.mailbox.all_to(ADA)[-1])
    assert "Nobody waits for an answer" in (await place.admin.get("/admin/requests")).text
    assert "Access (Art. 15)" in (await place.admin.get("/admin/requests?state=answered")).text


async def test_a_refusal_tells_the_reasons_and_where_to_complain(place: Place):
    request = await ask(place)
    typed = {"decision": "refuse", "answer": "It would name others."}
    await place.admin.post(at(request, "/answer"), data=typed)
    await place.post()
    text = text_of(place.mailbox.all_to(ADA)[-1])
    assert "It would name others." in text
    assert "Autoriteit Persoonsgegevens" in text
    assert "Refused" in await sees(place)


async def test_nothing_is_answered_twice_or_without_words(place: Place):
    request = await ask(place)
    for typed, field in (({"decision": "answer", "answer": " "}, "answer"), ({"answer": "Yes"}, "decision")):
        answer = await place.admin.post(at(request, "/answer"), data=typed)
        assert (answer.status_code, f'href="#{field}' in answer.text) == (422, True)
    typed = {"decision": "answer", "answer": "Yes"}
    await place.admin.post(at(request, "/answer"), data=typed)
    again = await place.admin.post(at(request, "/answer"), data=typed | {"answer": "No"})
    assert again.status_code == 409
    assert [each.answer for each in await requests(place)] == ["Yes"]


async def test_more_time_is_taken_once_with_a_reason_that_the_person_is_told(place: Place):
    request = await ask(place)
    without = await place.admin.post(at(request, "/extend"), data={"months": "2", "reason": ""})
    assert without.status_code == 422
    typed = {"months": "2", "reason": "The recording has to be searched."}
    assert (await place.admin.post(at(request, "/extend"), data=typed)).status_code == 303
    [extended] = await requests(place)
    assert extended.due_at == datetime(2027, 2, 23, 12, tzinfo=UTC)
    assert "The recording has to be searched." in await sees(place)
    await place.post()
    assert "The recording has to be searched." in text_of(place.mailbox.all_to(ADA)[-1])
    assert (await place.admin.post(at(request, "/extend"), data=typed)).status_code == 409


async def test_no_more_time_is_taken_after_the_first_month(place: Place):
    request = await ask(place)
    async with place.installation.services.db.writing() as db:
        await db.exec(update(SubjectRequest).values(due_at=NOW))
    answer = await place.admin.post(at(request, "/extend"), data={"months": "1", "reason": "Late."})
    assert answer.status_code == 409


@pytest.mark.parametrize("months", ["0", "3", "many", ""])
async def test_more_than_two_months_are_not_taken(place: Place, months: str):
    request = await ask(place)
    answer = await place.admin.post(at(request, "/extend"), data={"months": months, "reason": "Much."})
    assert answer.status_code == 422
    assert [each.due_at for each in await requests(place)] == [months_after(NOW, 1)]


async def test_owners_and_admins_are_told_a_week_before_and_when_it_is_overdue_each_once(place: Place):
    await ask(place)
    await after(place, timedelta(days=23) - timedelta(seconds=1))
    assert place.mails(ADMIN) == ["A data subject request came in"]
    for _ in range(2):
        await after(place, timedelta(seconds=1))
    assert place.mails(ADMIN)[1:] == ["A data subject request is due in a week"]
    await after(place, timedelta(days=7))
    for _ in range(40):
        await after(place, timedelta(days=1))
    assert place.mails(ADMIN)[2:] == ["A data subject request is overdue"]
    assert place.mails(OWNER) == place.mails(ADMIN)


async def test_downtime_is_caught_up_with_by_one_mail(place: Place):
    await ask(place)
    await place.post()
    await after(place, timedelta(days=100))
    assert place.mails(ADMIN)[1:] == ["A data subject request is overdue"]


async def test_an_answered_request_reminds_of_nothing_not_even_by_a_mail_that_waits(place: Place):
    await ask(place)
    await place.post()
    place.mailbox.messages.clear()
    place.mailbox.refusal = "451 Try again later"
    await after(place, timedelta(days=24))
    place.mailbox.refusal = None
    async with place.installation.services.db.writing() as db:
        await db.exec(update(SubjectRequest).values(state=RequestState.ANSWERED))
    await after(place, timedelta(days=10))
    assert place.mails(ADMIN) == []


async def test_more_time_begins_the_clock_anew(place: Place):
    request = await ask(place)
    await after(place, timedelta(days=24))
    await place.admin_again()
    await place.admin.post(at(request, "/extend"), data={"months": "1", "reason": "Much."})
    await after(place, timedelta(days=10))
    assert len(place.mails(ADMIN)) == 2
    await after(place, timedelta(days=25))
    assert place.mails(ADMIN)[2:] == ["A data subject request is due in a week"]


async def test_people_take_a_request_back_and_admins_close_it_for_them(place: Place):
    first = await ask(place)
    place.installation.clock.move(seconds=1)
    second = await ask(place, "other")
    closed = await place.browser.post(place.my("/requests/close"), data={"request": str(first.id)})
    assert closed.status_code == 303
    assert (await place.admin.post(at(second, "/close"))).status_code == 303
    assert {each.state for each in await requests(place)} == {RequestState.CLOSED}
    again = await place.browser.post(place.my("/requests/close"), data={"request": str(first.id)})
    assert again.status_code == 404


@pytest.mark.parametrize(
    ("kind", "body", "field"),
    [
        ("", SECRET, "kind-0"),
        ("everything", SECRET, "kind-0"),
        ("other", " ", "body"),
        ("rectification", "", "body"),
        ("access", "x" * 5001, "body"),
    ],
)
async def test_what_cannot_be_is_refused_beside_its_field_and_kept(
    place: Place, kind: str, body: str, field: str
):
    answer = await place.browser.post(place.my("/requests"), data={"kind": kind, "body": body})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert body.strip() in answer.text
    assert await requests(place) == []


async def test_somebody_with_many_open_requests_waits_for_an_answer(place: Place):
    for _ in range(MOST_OPEN):
        await ask(place)
    answer = await place.browser.post(place.my("/requests"), data={"kind": "other", "body": "Again"})
    assert answer.status_code == 409
    assert "several requests open" in answer.text
    assert "Again" in answer.text


async def test_looking_changes_nothing(place: Place):
    request = await ask(place)
    for path in ("/requests", "/data.json"):
        await place.browser.get(place.my(path))
    for path in ("/admin/requests", at(request)):
        await place.admin.get(path)
    assert await requests(place) == [request]


async def test_the_trail_says_what_was_done_and_nothing_about_who_asked(place: Place):
    request = await ask(place)
    await place.admin.post(at(request, "/extend"), data={"months": "1", "reason": "Much."})
    await place.admin.post(at(request, "/answer"), data={"decision": "answer", "answer": "Yes."})
    async with place.installation.services.db.reading() as db:
        entries = (await db.exec(select(AuditEntry).where(AuditEntry.subject_kind == "request"))).all()
    assert [entry.action for entry in entries] == ["request.extended", "request.answered"]
    assert {entry.subject_id for entry in entries} == {place.webinar.id}
    assert [entry.details for entry in entries] == [{"kind": "access"}] * 2


async def test_erasing_the_person_erases_their_requests_with_the_mails_about_them(place: Place):
    await ask(place)
    assert (await place.browser.post(place.my("/erase"))).status_code == 303
    assert await place.count(SubjectRequest) == 0
    async with place.installation.services.db.reading() as db:
        assert (await db.exec(select(OutgoingMail).where(col(OutgoingMail.user_id).is_not(None)))).all() == []
        receipt = (await db.exec(select(ErasureReceipt))).one()
    assert receipt.counts["data_subject_request"] == 1
    assert "Nobody waits for an answer" in (await place.admin.get("/admin/requests")).text


async def test_a_removed_admin_leaves_the_answer_and_no_name(place: Place):
    request = await ask(place)
    await place.admin.post(at(request, "/answer"), data={"decision": "answer", "answer": "Yes."})
    async with place.installation.services.db.writing() as db:
        for user in (await db.exec(select(User).where(User.role == "admin"))).all():
            await db.delete(user)
    page = await place.organisation.owner.client.get(at(request))
    assert "Yes." in page.text
    assert [each.answered_by for each in await requests(place)] == [None]


async def test_another_accounts_requests_are_not_found(place: Place, stranger: Organisation):
    request = await ask(place)
    client: httpx2.AsyncClient = stranger.admin.client
    assert (await client.get(at(request))).status_code == 404
    for step, typed in (
        ("/answer", {"decision": "answer", "answer": "Mine now."}),
        ("/extend", {"months": "1", "reason": "Mine now."}),
        ("/close", {}),
    ):
        assert (await client.post(at(request, step), data=typed)).status_code == 404
    assert SECRET not in (await client.get("/admin/requests")).text
    assert (await client.get("/admin/")).text.count('<span class="count">') == 0
    assert await requests(place) == [request]


async def test_nobody_takes_back_what_another_asked(place: Place):
    request = await ask(place)
    async with place.installation.services.db.writing() as db:
        await db.exec(update(SubjectRequest).values(participant_id=place.bob.id))
    for made_up in (str(request.id), str(uuid4()), "nonsense", ""):
        answer = await place.browser.post(place.my("/requests/close"), data={"request": made_up})
        assert answer.status_code == 404
    assert SECRET not in await sees(place)


async def test_retention_waits_for_the_answer(place: Place):
    request = await ask(place)
    async with place.installation.services.db.writing() as db:
        await db.exec(update(Webinar).values(retention_days=7))
    await place.go(WebinarState.ENDED)
    place.installation.clock.move(days=8)
    await place.installation.services.retention.run()
    async with place.installation.services.db.reading() as db:
        assert [person.email for person in (await db.exec(select(Participant))).all()] == [ADA]
    await place.admin_again()
    await place.admin.post(at(request, "/answer"), data={"decision": "answer", "answer": "Yes."})
    await place.installation.services.retention.run()
    assert await place.count(Participant) == 0


async def test_a_restricted_person_asks_and_is_answered_by_mail(place: Place):
    await place.restrict()
    request = await ask(place)
    await place.admin.post(at(request, "/answer"), data={"decision": "answer", "answer": "Yes."})
    await place.post()
    assert len(place.mails(ADA)) >= 1
    assert place.mails(BOB) == []
    assert request.kind is RequestKind.ACCESS
