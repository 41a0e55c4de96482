"""Mails to an account's own people: what they say, and that they say nothing once their link is over."""

import re

from sqlmodel import select

from tests.support.installation import Installation
from tests.support.people import Organisation
from webinar.accounts.mails import user_mails
from webinar.mail import Button, Letter
from webinar.models import OutgoingMail

NEW = {"name": "Iris Invited", "email": "iris@example.example.org", "role": "host"}


async def letters(installation: Installation) -> list[Letter | None]:
    found = installation.services
    composers = user_mails(found.signer, found.site)
    async with found.db.reading() as db:
        mails = (await db.exec(select(OutgoingMail))).all()
        return [await composers[mail.kind](db, mail) for mail in mails]


def link_in(letter: Letter) -> str:
    (button,) = [part for part in letter.parts if isinstance(part, Button)]
    return button.url


async def test_an_invitation_leads_to_an_account_of_one_s_own(
    installation: Installation, organisation: Organisation
):
    answer = await organisation.admin.client.post("/admin/users", data=NEW)
    assert answer.headers["location"] == "/admin/users?done=invited"
    (letter,) = await letters(installation)
    assert letter is not None
    assert (letter.to, letter.to_name, letter.sender_name) == (NEW["email"], NEW["name"], "Example")
    assert re.fullmatch(r"http://testserver/welcome/#[\w-]{43}", link_in(letter))
    entered = await installation.client.post(
        "/welcome/", data={"token": link_in(letter), "password": "another long walk"}
    )
    assert entered.status_code == 303
    assert "Iris Invited" in (await installation.client.get("/admin/me")).text


async def test_a_mail_whose_link_is_over_is_not_sent(installation: Installation, organisation: Organisation):
    email = organisation.owner.user.email
    await installation.client.post("/forgotten-password", data={"email": email})
    (letter,) = await letters(installation)
    assert letter is not None
    await installation.client.post(
        "/welcome/", data={"token": link_in(letter), "password": "another long walk"}
    )
    assert await letters(installation) == [None]


async def test_somebody_who_never_accepted_is_invited_again_when_they_forget(installation, organisation):
    await organisation.admin.client.post("/admin/users", data=NEW)
    await installation.client.post("/forgotten-password", data={"email": NEW["email"]})
    found = [letter for letter in await letters(installation) if letter]
    assert {letter.subject for letter in found} == {"Your invitation to Example"}
