"""What participants get by mail: in their language, with their way in, and nothing that was made up earlier."""

from datetime import timedelta
from email.message import EmailMessage
from uuid import uuid4

import icalendar
import pytest
from sqlalchemy import update
from sqlmodel import col, select

from tests.mail.posting import SENDER
from tests.support.installation import Installation
from tests.support.samples import make_account, make_participant, make_webinar
from webinar.mail.message import build_message
from webinar.models import OutgoingMail, Participant, ParticipantState, Webinar, WebinarState
from webinar.registration.admission import WayIn, admit_by_code, admit_by_link, send_ways_in
from webinar.registration.mails import INVITATION, LOST_LINK, WITHDRAWN, ParticipantMails
from webinar.registration.register import ALREADY_REGISTERED, REGISTERED
from webinar.registration.reminders import DAY_BEFORE, SOON, plan_reminders

KINDS = [REGISTERED, ALREADY_REGISTERED, LOST_LINK, WITHDRAWN]


class Desk:
    """Writes mails to one participant without sending them."""

    def __init__(self, installation: Installation, webinar: Webinar, participant: Participant) -> None:
        self.services = installation.services
        self.clock = installation.clock
        self.webinar = webinar
        self.participant = participant

    async def compose(self, mail: OutgoingMail) -> EmailMessage | None:
        found = self.services
        mails = ParticipantMails(found.site, found.signer, found.catalogues, self.clock)
        async with found.db.reading() as db:
            letter = await mails.composers()[mail.kind](db, mail)
        if letter is None:
            return None
        return build_message(
            letter, mail_id=mail.id, sender=SENDER, templates=found.templates, now=self.clock.now()
        )

    async def write(self, kind: str, **values) -> EmailMessage | None:
        row = OutgoingMail(
            account_id=self.participant.account_id,
            webinar_id=self.webinar.id,
            participant_id=self.participant.id,
            kind=kind,
            created_at=self.clock.now(),
            due_at=self.clock.now(),
        )
        for name, value in values.items():
            setattr(row, name, value)
        return await self.compose(row)

    async def set(self, table: type, **values) -> None:
        async with self.services.db.writing() as db:
            await db.exec(update(table).values(**values))


@pytest.fixture
async def desk(installation: Installation) -> Desk:
    found = installation.services
    async with found.db.writing() as db:
        account = await make_account(db)
        webinar = await make_webinar(
            db, account, brand_colour="#ffd166", starts_at=installation.clock.now() + timedelta(days=3)
        )
        participant = await make_participant(db, found.signer, webinar, email="mira@example.org")
    return Desk(installation, webinar, participant)


def text_of(message: EmailMessage | None) -> str:
    return _part(message, "plain")


def html_of(message: EmailMessage | None) -> str:
    return _part(message, "html")


def _part(message: EmailMessage | None, kind: str) -> str:
    assert message
    part = message.get_body((kind,))
    assert part
    return str(part.get_content())


@pytest.mark.parametrize("kind", KINDS)
async def test_every_mail_says_what_a_mail_from_a_machine_must_say(desk: Desk, kind: str):
    message = await desk.write(kind)
    assert message
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    assert message["Date"].datetime == desk.clock.now()
    assert message["From"].addresses[0].display_name == "Polder Academy"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].startswith("<http://testserver/my/withdraw/")
    assert "/my/#" in text_of(message)
    assert "/my/#" in html_of(message)


async def test_the_link_in_the_mail_lets_its_reader_in(desk: Desk):
    text = text_of(await desk.write(REGISTERED))
    token = text.split("/j/#")[1].split()[0]
    async with desk.services.db.reading() as db:
        admitted = await admit_by_link(db, token)
    assert admitted
    assert admitted.id == desk.participant.id


async def test_the_code_in_the_mail_admits_the_page_that_waits_for_it(desk: Desk):
    claim_id = uuid4()
    async with desk.services.db.writing() as db:
        await send_ways_in(db, [WayIn.of(desk.participant, claim_id, REGISTERED)], desk.clock.now())
    text = text_of(await desk.write(REGISTERED, claim_id=claim_id))
    code = text.split("asks for it:")[1].split("The link")[0].strip()
    assert len(code.replace(" ", "")) == 8
    async with desk.services.db.writing() as db:
        admitted = await admit_by_code(
            db,
            desk.services.signer,
            webinar_id=desk.webinar.id,
            claim_id=claim_id,
            code=code,
            now=desk.clock.now(),
        )
    assert admitted


async def test_a_code_that_ran_out_before_the_mail_left_is_left_out(desk: Desk):
    claim_id = uuid4()
    async with desk.services.db.writing() as db:
        await send_ways_in(db, [WayIn.of(desk.participant, claim_id, REGISTERED)], desk.clock.now())
    desk.clock.move(minutes=31)
    assert "asks for it" not in text_of(await desk.write(REGISTERED, claim_id=claim_id))


async def test_a_corrected_name_is_the_one_that_is_mailed(desk: Desk):
    await desk.set(Participant, display_name="Mira Novak")
    message = await desk.write(REGISTERED)
    assert message
    assert message["To"].addresses[0].display_name == "Mira Novak"
    assert "Castell" not in message.as_string()


async def test_a_name_that_tries_to_be_a_header_stays_a_name(desk: Desk):
    await desk.set(Participant, display_name='Mira\r\nBcc: all@example.org\r\n\r\n<script>alert(1)</script>"')
    await desk.set(Webinar, title="Nights\r\nX-Evil: yes <b>bold</b>")
    message = await desk.write(REGISTERED)
    assert message
    assert message["Bcc"] is None
    assert message["X-Evil"] is None
    assert "<script>" not in html_of(message)
    assert "<b>bold" not in html_of(message)
    assert "\nBcc:" not in message.as_bytes().partition(b"\r\n\r\n")[0].decode()


async def test_names_and_addresses_beyond_ascii_arrive_as_they_are(desk: Desk):
    await desk.set(Participant, display_name="محمد العربي, Ölmühle „Zoë“", email="jörg@bücher.example")
    message = await desk.write(REGISTERED)
    assert message
    address = message["To"].addresses[0]
    assert address.display_name == "محمد العربي, Ölmühle „Zoë“"
    assert address.addr_spec == "jörg@xn--bcher-kva.example"


async def test_an_arabic_mail_runs_from_right_to_left(desk: Desk):
    await desk.set(Participant, language="ar")
    message = await desk.write(REGISTERED)
    assert message
    assert message["Content-Language"] == "ar"
    assert '<html lang="ar" dir="rtl">' in html_of(message)


async def test_the_button_stays_readable_on_a_light_brand_colour(desk: Desk):
    assert "background:#ffd166" in html_of(await desk.write(REGISTERED))
    assert "color:#000000" in html_of(await desk.write(REGISTERED))


async def test_the_calendar_entry_names_nobody_and_can_be_replaced(desk: Desk):
    def entry(message: EmailMessage | None) -> icalendar.Event:
        assert message
        (attached,) = message.iter_attachments()
        assert attached.get_content_type() == "text/calendar"
        assert attached.get_param("method") == "PUBLISH"
        content = attached.get_payload(decode=True)
        assert isinstance(content, bytes)
        assert b"mira" not in content.lower()
        assert b"VTIMEZONE" in content
        (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
        assert isinstance(event, icalendar.Event)
        return event

    first = entry(await desk.write(REGISTERED))
    await desk.set(Webinar, starts_at=desk.clock.now() + timedelta(days=4), state_seq=7)
    second = entry(await desk.write(REGISTERED))
    assert first.uid == second.uid
    assert second.sequence > first.sequence
    assert second.start == desk.clock.now() + timedelta(days=4)


async def test_an_invitation_is_not_mailed_to_who_has_registered_since(desk: Desk):
    await desk.set(Participant, state=ParticipantState.INVITED)
    assert "invites you" in text_of(await desk.write(INVITATION))
    await desk.set(Participant, state=ParticipantState.REGISTERED)
    assert await desk.write(INVITATION) is None


async def plan(desk: Desk) -> int:
    async with desk.services.db.writing() as db:
        return await plan_reminders(db, desk.clock.now())


async def reminders(desk: Desk) -> list[OutgoingMail]:
    async with desk.services.db.reading() as db:
        return list((await db.exec(select(OutgoingMail).order_by(col(OutgoingMail.due_at)))).all())


async def test_reminders_are_planned_once_a_day_before_and_once_shortly_before(desk: Desk):
    assert await plan(desk) == 0
    desk.clock.move(days=2)
    assert await plan(desk) == 1
    assert await plan(desk) == 0
    desk.clock.move(hours=23, minutes=45)
    assert await plan(desk) == 1
    assert [row.kind for row in await reminders(desk)] == [DAY_BEFORE, SOON]
    subjects = [message["Subject"] for row in await reminders(desk) if (message := await desk.compose(row))]
    assert subjects == ["Reminder: Dikes that breathe", "Starting soon: Dikes that breathe"]


async def test_a_reminder_of_a_time_that_is_not_so_any_more_is_dropped_and_planned_anew(desk: Desk):
    desk.clock.move(days=2)
    await plan(desk)
    (row,) = await reminders(desk)
    await desk.set(Webinar, starts_at=desk.clock.now() + timedelta(hours=20))
    assert await desk.compose(row) is None
    await desk.set(Webinar, starts_at=desk.clock.now() + timedelta(hours=24, minutes=3))
    assert await plan(desk) == 1


async def test_nobody_is_reminded_who_wants_no_reminders_or_registered_just_now(desk: Desk):
    desk.clock.move(days=2)
    await desk.set(Participant, reminders_stopped_at=desk.clock.now())
    assert await plan(desk) == 0
    await desk.set(Participant, reminders_stopped_at=None, created_at=desk.clock.now() + timedelta(minutes=1))
    assert await plan(desk) == 0


async def test_a_reminder_that_waits_is_dropped_once_its_person_wants_none(desk: Desk):
    desk.clock.move(days=2)
    await plan(desk)
    (row,) = await reminders(desk)
    await desk.set(Participant, reminders_stopped_at=desk.clock.now())
    assert await desk.compose(row) is None


async def test_no_reminder_leaves_for_a_webinar_that_has_begun(desk: Desk):
    desk.clock.move(days=2)
    await plan(desk)
    (row,) = await reminders(desk)
    assert await desk.compose(row)
    await desk.set(Webinar, state=WebinarState.LIVE)
    assert await desk.compose(row) is None
