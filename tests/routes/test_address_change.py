"""Another e-mail address: proven from its own mailbox, told to the old one, and no way to learn who is registered."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

import httpx2
import pytest
from sqlalchemy import delete, event
from sqlmodel import SQLModel, col, func, select

from tests.registration.samples import publish_sample
from tests.support.installation import Installation
from tests.support.people import Organisation
from tests.support.samples import NOW, make_account, make_participant, make_webinar
from webinar.db import Database
from webinar.models import (
    AddressChange,
    AdmissionClaim,
    OutgoingMail,
    Participant,
    ParticipantSession,
    ParticipantState,
    Webinar,
    WebinarState,
)
from webinar.privacy.proof.needles import Needle
from webinar.privacy.proof.scanner import Scanner
from webinar.registration.address_change import ADDRESS_ASKED, ADDRESS_PROOF
from webinar.registration.admission import WayIn, link_token, send_ways_in
from webinar.registration.mails import LOST_LINK, withdrawal_token
from webinar.registration.register import invitation_reference

OLD, NEW = "mira.castell@lighthouse.example.org", "mira.novak@harbour.example.org"
PROOF = re.compile(r"http://testserver/my/address#(\S+)")
OPENS = re.compile(r"http://testserver/(?:j|my)/#(\S+)")


@dataclass
class Home:
    """Somebody with an address, admitted in a browser."""

    installation: Installation
    webinar: Webinar
    person: Participant

    @property
    def client(self) -> httpx2.AsyncClient:
        return self.installation.client

    def at(self, end: str = "", base: str = "w") -> str:
        return f"/{base}/{self.webinar.id}/my/address{end}"

    async def ask(self, address: str = NEW, **options: Any) -> httpx2.Response:
        return await self.client.post(self.at(), data={"email": address}, **options)

    async def confirm(self, token: str) -> httpx2.Response:
        return await self.installation.new_client().post("/my/address", data={"token": token})

    async def change(self, address: str = NEW) -> None:
        """All the way."""
        await self.ask(address)
        assert (await self.confirm(await self.token())).status_code == 200

    async def mails(self) -> list[EmailMessage]:
        """Everything that left, once all that is due has left; who was written to first comes first."""
        await self.installation.services.mail.send_due()
        folder = self.installation.settings.data_dir / "mail"
        files = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [
            BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(file.read_bytes())
            for file in files
        ]

    async def mail_to(self, address: str) -> str:
        """The text of the newest mail there."""
        mail = [mail for mail in await self.mails() if address in str(mail["to"])][-1]
        body = mail.get_body(("plain",))
        assert body
        return f"{mail['subject']}\n{body.get_content()}"

    async def token(self, address: str = NEW) -> str:
        found = PROOF.search(await self.mail_to(address))
        assert found
        return found[1]

    async def fresh(self, person: Participant | None = None) -> Participant:
        async with self.installation.services.db.reading() as db:
            return await db.get_one(Participant, (person or self.person).id)

    async def count(self, table: type[SQLModel]) -> int:
        async with self.installation.services.db.reading() as db:
            return (await db.exec(select(func.count()).select_from(table))).one()

    async def neighbour(self, address: str = NEW, **values: Any) -> Participant:
        """Somebody else of the webinar."""
        found = self.installation.services
        async with found.db.writing() as db:
            return await make_participant(
                db, found.signer, self.webinar, email=address, display_name="Noor", **values
            )


@pytest.fixture
async def home(installation: Installation) -> Home:
    found = installation.services
    async with found.db.writing() as db:
        webinar = await make_webinar(db, await make_account(db))
        person = await make_participant(db, found.signer, webinar, email=OLD)
    await installation.client.post("/my/", data={"token": link_token(found.signer, person.id, 1)})
    return Home(installation, webinar, person)


async def test_the_old_address_stays_until_the_new_one_is_proven(home: Home):
    answer = await home.ask()
    assert answer.headers["location"] == f"{home.at()}?done=asked"
    page = (await home.client.get(answer.headers["location"])).text
    assert NEW in page
    assert OLD in page
    assert "A mail is on its way" in page
    token = await home.token()
    assert (await home.fresh()).email == OLD
    answer = await home.confirm(token)
    assert answer.status_code == 200
    assert "Your address is confirmed" in answer.text
    person = await home.fresh()
    assert (person.email, person.email_key) == (NEW, NEW)
    assert NEW in (await home.client.get(f"/w/{home.webinar.id}/my")).text


async def test_the_old_address_is_told_of_it_but_not_of_the_new_one(home: Home):
    await home.ask()
    told = await home.mail_to(OLD)
    assert "Another address was asked for" in told
    assert "If it was not you, call it off" in told
    assert NEW not in told
    assert OPENS.search(told)


async def test_the_mail_to_be_proven_opens_nothing_and_names_nobody(home: Home):
    """A stranger may get it: a slip of the keyboard is enough."""
    await home.ask()
    [mail] = [mail for mail in await home.mails() if NEW in str(mail["to"])]
    whole = mail.as_string()
    assert "Mira" not in whole
    assert OLD not in whole
    assert "List-Unsubscribe" not in mail
    for link in re.findall(r"http://testserver/[^\s\"<]+", await home.mail_to(NEW)):
        assert PROOF.fullmatch(link), link
    assert link_token(home.installation.services.signer, home.person.id, 1) not in whole


async def test_looking_at_the_link_confirms_nothing(home: Home):
    await home.ask()
    token = await home.token()
    for method in ("GET", "HEAD") * 5:
        answer = await home.client.request(method, "/my/address", params={"token": token})
        assert answer.status_code == 200
    for end in ("", "?done=asked"):
        assert (await home.client.get(home.at(end))).status_code == 200
    assert (await home.fresh()).email == OLD
    assert (await home.confirm(token)).status_code == 200


async def test_the_link_works_once_and_for_a_day(home: Home):
    await home.ask()
    token = await home.token()
    home.installation.clock.move(hours=23, minutes=59)
    late = [home.confirm(token) for _ in range(5)]
    assert sorted(answer.status_code for answer in await asyncio.gather(*late)) == [200, 422, 422, 422, 422]
    await home.ask(OLD)
    token = await home.token(OLD)
    home.installation.clock.move(hours=24)
    assert (await home.confirm(token)).status_code == 422
    assert (await home.fresh()).email == NEW
    await home.installation.services.retention.run()
    assert await home.count(AddressChange) == 0


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 43, "#"])
async def test_a_forged_link_changes_nothing(home: Home, token: str):
    await home.ask()
    answer = await home.confirm(token)
    assert answer.status_code == 422
    assert "used already, is too old, or was called off" in answer.text
    assert (await home.fresh()).email == OLD


async def test_only_the_newest_wish_counts_and_one_that_is_called_off_counts_no_more(home: Home):
    await home.ask("first@example.org")
    first = await home.token("first@example.org")
    await home.ask()
    second = await home.token()
    assert (await home.confirm(first)).status_code == 422
    answer = await home.client.post(home.at("/keep"))
    page = (await home.client.get(answer.headers["location"])).text
    assert "stays as it is" in page
    assert NEW not in page
    assert (await home.confirm(second)).status_code == 422
    assert (await home.fresh()).email == OLD
    data = home.installation.settings.data_dir / "webinar.sqlite3"
    for path in data.parent.glob("webinar.sqlite3*"):
        assert NEW.encode() not in path.read_bytes()


async def test_mails_about_a_wish_that_is_over_are_not_sent(home: Home):
    async with home.installation.services.mail._sending:  # as if no mail could leave just now
        await home.ask("first@example.org")
        await home.ask()
        await home.client.post(home.at("/keep"))
        async with home.installation.services.db.reading() as db:
            kinds = (await db.exec(select(OutgoingMail.kind))).all()
    assert not set(kinds) & {ADDRESS_ASKED, ADDRESS_PROOF}
    assert not await home.mails()


async def test_who_reads_the_old_mailbox_keeps_no_way_in(home: Home):
    found = home.installation.services
    async with found.db.writing() as db:
        claim_id = home.webinar.id  # any id
        await send_ways_in(db, [WayIn.of(home.person, claim_id, LOST_LINK)], NOW)
    code = re.search(r"\b\d{4} \d{4}\b", await home.mail_to(OLD))
    assert code
    withdrawal = f"/my/withdraw/{withdrawal_token(found.signer, home.person)}"
    reader = home.installation.new_client()
    assert (await reader.get(withdrawal)).status_code == 200

    await home.change()

    old_link = link_token(found.signer, home.person.id, 1)
    for path in ("/j/", "/my/"):
        assert (await reader.post(path, data={"token": old_link})).status_code == 422
    typed = await reader.post(f"/w/{home.webinar.id}/registered?claim={claim_id}", data={"code": code[0]})
    assert typed.status_code == 422
    assert await home.count(AdmissionClaim) == 0
    for method in ("GET", "POST"):
        assert (await reader.request(method, withdrawal)).status_code == 404
    assert (await home.fresh()).reminders_stopped_at is None


async def test_the_new_address_gets_the_new_link_and_sessions_stay(home: Home):
    sessions = await home.count(ParticipantSession)
    await home.change()
    assert await home.count(ParticipantSession) == sessions
    assert (await home.client.get(f"/w/{home.webinar.id}/my")).status_code == 200
    mail = await home.mail_to(NEW)
    assert "Your new link" in mail
    link = OPENS.search(mail)
    assert link
    answer = await home.installation.new_client().post("/j/", data={"token": link[1]})
    assert answer.headers["location"] == f"/w/{home.webinar.id}/watch"


async def test_an_invitation_that_was_opened_at_the_old_address_does_not_show_the_new_one(
    installation: Installation,
):
    found = installation.services
    async with found.db.writing() as db:
        webinar = (await publish_sample(db)).webinar
        guest = await make_participant(db, found.signer, webinar, email=OLD, state=ParticipantState.INVITED)
    home = Home(installation, webinar, guest)
    page = f"/w/{webinar.id}?invitation={invitation_reference(found.signer, guest)}"
    assert OLD in (await installation.new_client().get(page)).text
    await home.client.post("/my/", data={"token": link_token(found.signer, guest.id, 1)})
    await home.change()
    assert NEW not in (await installation.new_client().get(page)).text
    link = OPENS.search(await home.mail_to(NEW))
    assert link
    answer = await home.client.post("/j/", data={"token": link[1]})
    assert NEW in (await home.client.get(answer.headers["location"])).text


async def test_the_old_address_is_nowhere_after_the_change(home: Home):
    data = home.installation.settings.data_dir
    await home.ask()
    token = await home.token()
    scanner = Scanner([Needle("old address", OLD, hashed=True)])
    assert scanner.search_folder(data).needles
    await home.confirm(token)
    await home.mails()
    assert scanner.search_folder(data).clean


async def outcome(home: Home, address: str) -> tuple[Any, ...]:
    """What the asker can see of asking for the address, and how many mails left."""
    before = len(await home.mails())
    answer = await home.ask(address)
    page = await home.client.get(answer.headers["location"])
    await home.mails()
    mine = (await home.client.get(f"/w/{home.webinar.id}/my/data.json")).json()
    facts = [
        {name: value for name, value in row.items() if name not in {"id", "created_at", "sent_at"}}
        for row in (*mine["outgoing_mail"], *mine["address_change"])
    ]
    seen = re.sub(r'(nonce|id)="[^"]+"', "", page.text).replace(address, "ADDRESS")
    # Rows come in the order of their random ids.
    told = sorted(str(fact).replace(address, "ADDRESS") for fact in facts)
    await home.client.post(home.at("/keep"))
    return answer.status_code, answer.headers["location"], seen, told, len(await home.mails()) - before


async def test_nobody_learns_whether_the_new_address_is_registered(home: Home):
    """S8: the same answer, the same page, the same data of one's own, one mail there and one to the asker."""
    noor = await home.neighbour()
    free = await outcome(home, "mira.nobody@harbour.example.org")
    async with home.installation.services.db.writing() as db:
        await db.exec(delete(OutgoingMail))
    taken = await outcome(home, NEW)
    assert taken == free
    assert taken[4] == 2

    mail = await home.mail_to(NEW)
    assert "It is registered already." in mail
    assert "Nothing was changed" in mail
    assert "Hello Noor" in mail
    assert "Mira" not in mail
    assert not PROOF.search(mail)
    links = OPENS.findall(mail)
    assert links == [link_token(home.installation.services.signer, noor.id, 1)]


async def test_asking_looks_nothing_up(home: Home):
    """S8: neither the answer nor its time can depend on what is not looked at."""
    await home.neighbour()
    async with home.installation.services.mail._sending:  # whoever writes the mail does look
        with listening(home.installation.services.db) as heard:
            assert (await home.ask()).status_code == 303
    conditions = [statement.partition("WHERE")[2] for statement in heard]
    assert any(conditions)
    assert not [condition for condition in conditions if "email" in condition]


@contextmanager
def listening(db: Database) -> Iterator[list[str]]:
    """Every statement on the database."""
    heard: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        heard.append(statement)

    engines = [db._writer.sync_engine, db._reader.sync_engine]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", hear)
    yield heard
    for engine in engines:
        event.remove(engine, "before_cursor_execute", hear)


async def test_an_address_that_somebody_took_in_between_stays_theirs(home: Home):
    await home.ask()
    token = await home.token()
    noor = await home.neighbour()
    answer = await home.confirm(token)
    assert answer.status_code == 409
    assert "registered for this webinar already" in answer.text
    assert ((await home.fresh()).email, (await home.fresh(noor)).email) == (OLD, NEW)


@pytest.mark.parametrize(
    "typed", ["", "nonsense", "a@b", "x" * 400 + "@example.org", f" {OLD.upper()} ", "null\0@example.org"]
)
async def test_an_address_that_cannot_be_is_refused_beside_its_field(home: Home, typed: str):
    answer = await home.ask(typed)
    assert answer.status_code == 422
    if "\0" not in typed and len(typed) < 400:
        assert 'id="email-error"' in answer.text
    assert await home.count(AddressChange) == 0


async def test_asking_too_often_is_refused(home: Home):
    statuses = [(await home.ask(f"mira{number}@example.org")).status_code for number in range(6)]
    assert statuses == [303] * 5 + [429]


async def test_one_mailbox_is_not_written_to_by_many(home: Home):
    found = home.installation.services
    for number in range(6):
        person = await home.neighbour(f"person{number}@example.org")
        browser = home.installation.new_client()
        await browser.post("/my/", data={"token": link_token(found.signer, person.id, 1)})
        answer = await browser.post(home.at(), data={"email": NEW})
        assert answer.status_code == (303 if number < 5 else 429)


async def test_who_joined_without_an_address_has_none_to_change(home: Home):
    found = home.installation.services
    async with found.db.writing() as db:
        person = await make_participant(db, found.signer, home.webinar, email=None)
    browser = home.installation.new_client()
    await browser.post("/my/", data={"token": link_token(found.signer, person.id, 1)})
    assert "/my/address" not in (await browser.get(f"/w/{home.webinar.id}/my")).text
    assert (await browser.get(home.at())).status_code == 404
    assert (await browser.post(home.at(), data={"email": NEW})).status_code == 404


async def test_who_is_erased_while_a_change_waits_leaves_nothing(home: Home):
    await home.ask()
    token = await home.token()
    scanner = Scanner([Needle("old", OLD, hashed=True), Needle("new", NEW, hashed=True)])
    data = home.installation.settings.data_dir
    assert scanner.search_folder(data).needles == {"old", "new"}
    await home.client.post(f"/w/{home.webinar.id}/my/erase")
    assert scanner.search_folder(data).clean
    assert (await home.confirm(token)).status_code == 422


async def test_an_admin_who_corrects_an_address_shuts_the_old_mailbox_out_too(
    installation: Installation, organisation: Organisation
):
    found = installation.services
    async with found.db.writing() as db:
        webinar = await make_webinar(db, organisation.account, state=WebinarState.SCHEDULED)
        person = await make_participant(db, found.signer, webinar, email=OLD)
    home = Home(installation, webinar, person)
    address = f"/admin/webinars/{webinar.id}/participants/{person.id}"
    old_link = link_token(found.signer, person.id, 1)
    data = {"name": "Mira Castell", "email": OLD.upper()}
    await organisation.admin.client.post(address, data=data)
    # The same mailbox in other letters: the link stays.
    assert (await home.client.post("/j/", data={"token": old_link})).status_code == 303
    await organisation.admin.client.post(address, data={**data, "email": NEW})
    assert (await home.client.post("/j/", data={"token": old_link})).status_code == 422
    link = OPENS.search(await home.mail_to(NEW))
    assert link
    assert (await home.client.post("/j/", data={"token": link[1]})).status_code == 303
    async with found.db.reading() as db:
        people = select(Participant).where(col(Participant.email_key) == NEW)
        assert (await db.exec(people)).one().id == person.id


async def test_mails_about_an_address_leave_although_the_data_is_only_kept(home: Home):
    """Whoever restricts the use of their data may still put it right: they ask for these mails themselves."""
    answer = await home.client.post(f"/w/{home.webinar.id}/my/restriction", data={"wanted": "yes"})
    assert "done=restricted" in answer.headers["location"]
    await home.change()
    assert "Your new link" in await home.mail_to(NEW)
