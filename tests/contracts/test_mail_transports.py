"""What the house asks of every way out for a mail: a real mail server, and the folder."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.mail.posting import SENDER
from tests.support.installation import Installation
from tests.support.mailbox import Mailbox
from webinar.mail import Attachment, Letter, Text
from webinar.mail.message import build_message
from webinar.mail.transport import FolderTransport, MailError, MailTransport, SmtpTransport

PLAIN = Letter(to="mira@example.org", to_name="Mira", language="en", subject="Hello", parts=(Text("Hi."),))


@dataclass
class Outlet:
    """A transport, and how to read what came out at its other end."""

    transport: MailTransport
    arrived: Callable[[], Awaitable[list[EmailMessage]]]


@pytest.fixture
async def server() -> AsyncIterator[Mailbox]:
    """A mail server that takes addresses beyond ASCII too."""
    mailbox = Mailbox()
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(
        lambda: SMTP(mailbox, loop=loop, enable_SMTPUTF8=True), mailbox.host, 0
    )
    mailbox.port = listening.sockets[0].getsockname()[1]
    yield mailbox
    listening.close()
    await listening.wait_closed()


@pytest.fixture(params=["smtp", "folder"])
async def outlet(request: pytest.FixtureRequest, server: Mailbox, tmp_path: Path) -> AsyncIterator[Outlet]:
    if request.param == "smtp":

        async def received() -> list[EmailMessage]:
            return server.messages

        outlet = Outlet(SmtpTransport(f"smtp://{server.host}:{server.port}"), received)
    else:
        folder = FolderTransport(tmp_path / "mail")

        async def received() -> list[EmailMessage]:
            paths = sorted(folder.folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
            return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]

        outlet = Outlet(folder, received)
    yield outlet
    await outlet.transport.rest()


@pytest.fixture
def write(installation: Installation) -> Callable[..., EmailMessage]:
    def written(letter: Letter, mail_id: UUID) -> EmailMessage:
        found = installation.services
        return build_message(
            letter, mail_id=mail_id, sender=SENDER, templates=found.templates, now=found.clock.now()
        )

    return written


async def test_a_message_arrives_whole(outlet: Outlet, write):
    mail_id = uuid4()
    letter = Letter(
        to="mira@example.org",
        to_name="Мира, „Zoë“ 美羅",
        language="de",
        withdraw_url="https://webinar.example.org/my/withdraw/" + "x" * 200,
        subject="Grüße – مرحبا – 👋 und noch mehr Wörter, damit die Zeile gefaltet werden muss",
        parts=(Text("Straße\n.\n.Punkt am Zeilenanfang"),),
        attachments=(
            Attachment("webinar.ics", "text/calendar; method=PUBLISH; charset=utf-8", "ü\r\n".encode()),
        ),
    )
    await outlet.transport.send(mail_id, write(letter, mail_id))
    (message,) = await outlet.arrived()
    assert message["To"].addresses[0].display_name == letter.to_name
    assert message["Subject"] == letter.subject
    assert message["Message-ID"] == SENDER.message_id(mail_id)
    # As it is: programs that unsubscribe decode nothing.
    raw = dict(message.raw_items())["List-Unsubscribe"]
    assert str(raw) == f"<{letter.withdraw_url}>"
    text = message.get_body(("plain",))
    assert text
    assert "Straße\n.\n.Punkt" in text.get_content().replace("\r\n", "\n")
    (attached,) = message.iter_attachments()
    assert attached.get_payload(decode=True) == "ü\r\n".encode()


async def test_an_address_beyond_ascii_is_reached(outlet: Outlet, write):
    mail_id = uuid4()
    letter = Letter(to="jörg@bücher.example", language="de", subject="Hallo", parts=(Text("Hallo."),))
    await outlet.transport.send(mail_id, write(letter, mail_id))
    (message,) = await outlet.arrived()
    # Python's parser leaves raw UTF-8 in headers undecoded.
    address = message["To"].addresses[0].addr_spec.encode("ascii", "surrogateescape").decode()
    assert address == "jörg@xn--bcher-kva.example"


async def test_a_row_of_mails_arrives_in_order_also_after_a_rest(outlet: Outlet, write):
    ids = [uuid4() for _ in range(4)]
    for number, mail_id in enumerate(ids):
        await outlet.transport.send(mail_id, write(PLAIN, mail_id))
        if number == 1:
            await outlet.transport.rest()
    messages = await outlet.arrived()
    assert [message["Message-ID"] for message in messages] == [SENDER.message_id(each) for each in ids]


async def test_sending_again_is_the_same_mail_again(outlet: Outlet, write):
    mail_id = uuid4()
    for _ in range(2):
        await outlet.transport.send(mail_id, write(PLAIN, mail_id))
    assert len({message["Message-ID"] for message in await outlet.arrived()}) == 1


async def test_what_is_removed_is_in_our_hands_no_more(outlet: Outlet, write, tmp_path: Path):
    gone, kept = uuid4(), uuid4()
    for mail_id in (gone, kept):
        await outlet.transport.send(mail_id, write(PLAIN, mail_id))
    await outlet.transport.remove([gone, uuid4()])
    folder = tmp_path / "mail"
    held = [path.stem for path in folder.iterdir()] if folder.is_dir() else []
    assert str(gone) not in held


async def test_a_letter_to_an_impossible_address_fails_for_good(write):
    for address in ("nobody", "a@b@c d", "x\r\nRCPT TO:<all@example.org>@example.org", "@example.org"):
        with pytest.raises(MailError) as failure:
            write(Letter(to=address, language="en", subject="Hello", parts=()), uuid4())
        assert failure.value.permanent


@pytest.mark.parametrize(
    ("refusal", "code", "permanent"),
    [("451 Later, mira@example.org", "smtp.451", False), ("550 No mira@example.org", "smtp.550", True)],
)
async def test_what_a_server_says_is_kept_as_a_number_only(
    smtp_server: Mailbox, write, refusal: str, code: str, permanent: bool
):
    smtp_server.refusal = refusal
    transport = SmtpTransport(f"smtp://{smtp_server.host}:{smtp_server.port}")
    with pytest.raises(MailError) as failure:
        await transport.send(uuid4(), write(PLAIN, uuid4()))
    assert str(failure.value) == failure.value.code == code
    assert failure.value.permanent is permanent
    smtp_server.refusal = None
    await transport.send(uuid4(), write(PLAIN, uuid4()))
    await transport.rest()
    assert len(smtp_server.messages) == 1


async def test_a_server_that_is_away_says_nothing_about_the_mail(write):
    transport = SmtpTransport("smtp://127.0.0.1:1")
    with pytest.raises(MailError) as failure:
        await transport.send(uuid4(), write(PLAIN, uuid4()))
    assert failure.value.unreachable
    assert not failure.value.permanent


async def test_a_password_never_travels_in_the_clear(write):
    heard: list[object] = []

    def listen(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        heard.append(data)
        return AuthResult(success=True)

    mailbox = Mailbox()
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(
        lambda: SMTP(mailbox, loop=loop, authenticator=listen, auth_require_tls=False), mailbox.host, 0
    )
    port = listening.sockets[0].getsockname()[1]
    transport = SmtpTransport(f"smtp://user:secret@{mailbox.host}:{port}")
    with pytest.raises(MailError):
        await transport.send(uuid4(), write(PLAIN, uuid4()))
    listening.close()
    assert heard == []
    assert mailbox.messages == []


def test_half_a_file_of_a_process_that_died_is_removed_at_the_next_start(tmp_path: Path):
    (tmp_path / f"{uuid4()}.part").write_bytes(b"To: mira@example.org")
    FolderTransport(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url", ["http://mail.example.org", "smtp://", "mail.example.org:25", "smtp://mail:x"]
)
def test_a_mail_server_that_cannot_be_one_is_refused_at_start(url: str):
    with pytest.raises(ValueError, match="smtp://user:password@host"):
        SmtpTransport(url)
