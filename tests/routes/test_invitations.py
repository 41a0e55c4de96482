"""Inviting people: nothing of a pasted list is lost, nobody is invited twice, and a revoked guest is gone."""

from dataclasses import dataclass

import pytest
from sqlmodel import SQLModel, col, func, select

from tests.support.installation import Installation
from tests.support.people import Organisation
from tests.support.webinars import a_webinar
from webinar.errors import Invalid
from webinar.models import Access, OutgoingMail, Participant, ParticipantState, Webinar, WebinarState
from webinar.registration.admission import link_token
from webinar.registration.invitations import read_guests
from webinar.registration.mails import INVITATION


@dataclass
class Desk:
    """An admin's page of a webinar by invitation."""

    installation: Installation
    organisation: Organisation
    webinar: Webinar

    def at(self, end: str = "") -> str:
        return f"/admin/webinars/{self.webinar.id}/invitations{end}"

    async def paste(self, text: str):
        return await self.organisation.admin.client.post(self.at(), data={"guests": text})

    async def count(self, table: type[SQLModel]) -> int:
        async with self.installation.services.db.reading() as db:
            return (await db.exec(select(func.count()).select_from(table))).one()

    async def guest(self, email: str) -> Participant:
        async with self.installation.services.db.reading() as db:
            return (await db.exec(select(Participant).where(col(Participant.email) == email))).one()

    async def set_state(self, state: WebinarState) -> None:
        async with self.installation.services.db.writing() as db:
            webinar = await db.get_one(Webinar, self.webinar.id)
            webinar.state = state
            db.add(webinar)


@pytest.fixture
async def desk(installation: Installation, organisation: Organisation) -> Desk:
    webinar = await a_webinar(installation, organisation.id, access=Access.INVITATION)
    return Desk(installation, organisation, webinar)


async def test_everybody_on_the_list_is_invited_and_gets_a_mail(desk: Desk):
    answer = await desk.paste("mira@example.com\n\n  Ada Byron <ada@example.com>,\n")
    assert answer.status_code == 200
    assert "2 people invited" in answer.text
    ada = await desk.guest("ada@example.com")
    assert (ada.display_name, ada.state) == ("Ada Byron", ParticipantState.INVITED)
    async with desk.installation.services.db.reading() as db:
        assert (await db.exec(select(OutgoingMail.kind))).all() == [INVITATION, INVITATION]


async def test_one_wrong_line_keeps_the_whole_list_in_its_box_and_invites_nobody(desk: Desk):
    text = "mira@example.com\nnot an address\nada@example.com, eve@example.com\nzoë@example.com"
    answer = await desk.paste(text)
    assert answer.status_code == 422
    assert "2 (“not an address”)" in answer.text
    assert "3 (“ada@example.com, eve@example.com”)" in answer.text
    assert text.splitlines()[3] in answer.text
    assert await desk.count(Participant) == 0


async def test_who_is_there_already_and_who_stands_there_twice_is_told_by_line(desk: Desk):
    await desk.paste("mira@example.com")
    answer = await desk.paste("ada@example.com\nMIRA@example.com\nAda@Example.com")
    assert "1 person invited" in answer.text
    assert "Line 2 was there already" in answer.text
    assert "Line 3 repeats" in answer.text
    assert await desk.count(Participant) == 2
    assert await desk.count(OutgoingMail) == 2


async def test_mails_of_a_draft_wait_until_it_is_published_and_they_are_sent(desk: Desk):
    await desk.set_state(WebinarState.DRAFT)
    await desk.paste("mira@example.com\nada@example.com")
    assert await desk.count(OutgoingMail) == 0
    client = desk.organisation.admin.client
    assert (await client.post(desk.at("/send"))).status_code == 409
    await desk.set_state(WebinarState.SCHEDULED)
    for _ in range(2):
        assert (await client.post(desk.at("/send"))).status_code == 303
    assert await desk.count(OutgoingMail) == 2


async def test_an_invitation_can_be_sent_again_with_the_same_link(desk: Desk):
    await desk.paste("mira@example.com")
    guest = await desk.guest("mira@example.com")
    answer = await desk.organisation.admin.client.post(desk.at(f"/{guest.id}/send"))
    assert answer.status_code == 303
    assert await desk.count(OutgoingMail) == 2
    link = link_token(desk.installation.services.signer, guest.id, 1)
    follow = await desk.installation.client.post("/j/", data={"token": link})
    assert "?invitation=" in follow.headers["location"]


async def test_a_revoked_guest_is_erased_with_their_mail_and_link(desk: Desk):
    await desk.paste("mira@example.com")
    guest = await desk.guest("mira@example.com")
    answer = await desk.organisation.admin.client.post(desk.at(f"/{guest.id}/revoke"))
    assert answer.status_code == 303
    assert await desk.count(Participant) == await desk.count(OutgoingMail) == 0
    link = link_token(desk.installation.services.signer, guest.id, 1)
    assert (await desk.installation.client.post("/j/", data={"token": link})).status_code == 422


async def test_who_has_registered_is_no_guest_any_more(desk: Desk):
    await desk.paste("mira@example.com")
    guest = await desk.guest("mira@example.com")
    guest.state = ParticipantState.REGISTERED
    async with desk.installation.services.db.writing() as db:
        await db.merge(guest)
    for action in ("send", "revoke"):
        answer = await desk.organisation.admin.client.post(desk.at(f"/{guest.id}/{action}"))
        assert answer.status_code == 404
    assert "mira@example.com" not in (await desk.organisation.admin.client.get(desk.at())).text
    assert await desk.count(Participant) == 1


async def test_guests_of_another_account_are_not_found(desk: Desk, stranger: Organisation):
    await desk.paste("mira@example.com")
    guest = await desk.guest("mira@example.com")
    theirs = await a_webinar(desk.installation, stranger.id, access=Access.INVITATION)
    for webinar_id in (desk.webinar.id, theirs.id):
        for action in ("send", "revoke"):
            address = f"/admin/webinars/{webinar_id}/invitations/{guest.id}/{action}"
            assert (await stranger.admin.client.post(address)).status_code == 404
    assert await desk.count(Participant) == 1


async def test_a_webinar_with_registration_invites_nobody(desk: Desk):
    open_to_all = await a_webinar(desk.installation, desk.organisation.id)
    answer = await desk.organisation.admin.client.post(
        f"/admin/webinars/{open_to_all.id}/invitations", data={"guests": "mira@example.com"}
    )
    assert answer.status_code == 409
    assert await desk.count(Participant) == 0


async def test_long_lists_come_in_pages(desk: Desk):
    await desk.paste("\n".join(f"guest{number}@example.com" for number in range(60)))
    client = desk.organisation.admin.client
    assert "1–50 of 60" in (await client.get(desk.at())).text
    assert "51–60 of 60" in (await client.get(desk.at("?page=2"))).text
    for odd in ("0", "-1", "x", "99999999999", "²"):
        assert (await client.get(desk.at(f"?page={odd}"))).status_code == 200


@pytest.mark.parametrize(
    "text", ["", "  \n ", "x" * 300, "a@b", "<>", "a@example.com b@example.com", "a@example.com\r\nBcc: x"]
)
def test_a_list_without_an_address_in_each_line_is_refused(text: str):
    with pytest.raises(Invalid):
        read_guests(text)


def test_a_name_is_kept_on_one_line():
    (guest,) = read_guests('"Castell,   Mira" <mira@example.com>')
    assert (guest.name, guest.email, guest.line) == ("Castell, Mira", "mira@example.com", 1)
