"""G15: after a breach one command says who and which fields were reachable."""

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlmodel import col, select
from typer.testing import CliRunner

from tests.registration.samples import Published, entry_of, publish_sample
from tests.support.installation import Installation
from tests.support.people import Organisation
from tests.support.samples import NOW
from webinar.__main__ import cli
from webinar.accounts.users import remove_user
from webinar.errors import NotFound
from webinar.interaction.actor import Actor
from webinar.interaction.chat import post_message
from webinar.interaction.questions import answer_question, ask_question
from webinar.models import DataClass, Participant, WebinarState
from webinar.privacy.breach import BreachReport, breach_as_csv, breach_in_words, read_breach
from webinar.privacy.erasure import erase_participant_rows
from webinar.privacy.holds import place_hold
from webinar.privacy.inventory import Within, personal_columns
from webinar.privacy.reach import Reach
from webinar.registration.register import Submission, register
from webinar.webinars.catalogue import get_webinar
from webinar.webinars.speakers import SpeakerWords, add_speaker

SPAN = (NOW - timedelta(days=1), NOW + timedelta(days=1))


@pytest.fixture
async def published(installation: Installation, organisation: Organisation) -> Published:
    """A webinar with two registrations."""
    services = installation.services
    async with services.db.writing() as db:
        sample = await publish_sample(db, organisation.account)
        for number, email in enumerate(("ada@example.com", "bob@example.com")):
            entry = entry_of(sample.form, email, organisation="Polder")
            await register(db, services.signer, Submission(sample.form, entry, str(number) * 64), NOW)
    return sample


async def report_on(installation: Installation, reach: Reach) -> BreachReport:
    async with installation.services.db.reading() as db:
        return await read_breach(db, reach)


async def test_everybody_within_reach_is_named_with_every_field_of_theirs(
    installation: Installation, published: Published, organisation: Organisation
):
    report = await report_on(installation, Reach(*SPAN))
    named = {person.email: person for person in report.people}
    users = {member.user.email for member in (organisation.owner, organisation.admin, organisation.host)}
    assert set(named) == {"ada@example.com", "bob@example.com"} | users
    ada = named["ada@example.com"]
    assert (ada.kind, ada.webinar, ada.language) == ("participant", published.webinar.title, "en")
    assert {"participant.email", "participant.display_name", "answer.value", "consent_record.state"} <= set(
        ada.readable
    )
    assert "chat_message.body" not in ada.readable


async def test_tokens_and_passwords_are_marked_as_hashes(installation: Installation, published: Published):
    report = await report_on(installation, Reach(*SPAN))
    for person in report.people:
        assert person.hashed == (
            ("participant.link_hash",)
            if person.kind == "participant"
            else ("user.password_hash", "user_session.token_hash")
        )
    secret = {
        (found.table, found.column)
        for found in personal_columns()
        if found.declaration.data_class is DataClass.CREDENTIAL
    }
    assert {(each.table, each.column) for each in report.fields if not each.readable} <= secret
    assert "user.password_hash: credential (stored as a hash only)" in breach_in_words(report)


async def test_one_webinar_or_one_account_is_reported_alone(
    installation: Installation, published: Published, stranger: Organisation
):
    other = await report_on(installation, Reach(*SPAN, account_id=stranger.id))
    assert {person.account for person in other.people} == {stranger.account.name}
    one = await report_on(installation, Reach(*SPAN, webinar_id=published.webinar.id))
    assert {person.kind for person in one.people} == {"participant"}
    with pytest.raises(NotFound):
        await report_on(installation, Reach(*SPAN, account_id=stranger.id, webinar_id=published.webinar.id))


async def test_who_came_after_the_span_was_not_within_reach(installation: Installation, published: Published):
    report = await report_on(installation, Reach(NOW - timedelta(days=3), NOW - timedelta(days=2)))
    assert report.people == []
    assert report.fields == []


async def test_who_was_erased_since_is_counted_and_not_named(
    installation: Installation, published: Published
):
    chosen = select(col(Participant.id)).where(col(Participant.email) == "ada@example.com")
    within = Within(published.account.id, published.webinar.id, chosen)
    async with installation.services.db.writing() as db:
        await erase_participant_rows(db, within, role="owner", now=NOW + timedelta(hours=1))
    report = await report_on(installation, Reach(*SPAN, webinar_id=published.webinar.id))
    assert (report.erased_since, [person.email for person in report.people]) == (1, ["bob@example.com"])
    words = breach_in_words(report)
    assert "1 participants erased" in words
    assert "bob@" not in words


async def test_speakers_and_what_is_nobodys_row_are_not_forgotten(
    installation: Installation, published: Published, organisation: Organisation
):
    async with installation.services.db.writing() as db:
        webinar = await get_webinar(db, organisation.id, published.webinar.id)
        await add_speaker(db, webinar, SpeakerWords("Grace Hopper", "Admiral", "Made compilers."))
        await place_hold(db, organisation.admin.actor, published.webinar, "Bob claims a refund.", NOW)
    report = await report_on(installation, Reach(*SPAN, webinar_id=published.webinar.id))
    (speaker,) = (person for person in report.people if person.kind == "speaker")
    assert (speaker.name, speaker.webinar) == ("Grace Hopper", published.webinar.title)
    assert set(speaker.readable) == {"speaker.name", "speaker.role", "speaker.biography"}
    words = breach_in_words(report)
    assert "2 participants, 0 users, 1 speakers." in words
    assert "       1  legal_hold.reason: content" in words
    assert "refund" not in words

    other = await report_on(installation, Reach(NOW - timedelta(days=3), NOW - timedelta(days=2)))
    assert other.unowned == []


async def test_what_a_host_wrote_is_theirs_and_stays_counted_when_they_are_removed(
    installation: Installation, published: Published, organisation: Organisation
):
    services, host = installation.services, organisation.host.user
    async with services.db.writing() as db:
        ada = (await db.exec(select(Participant).where(col(Participant.email) == "ada@example.com"))).one()
        asker = Actor(ada.account_id, ada.webinar_id, participant_id=ada.id)
        speaker = Actor(ada.account_id, ada.webinar_id, user_id=host.id)
        webinar = await get_webinar(db, organisation.id, published.webinar.id)
        webinar.state = WebinarState.LIVE
        await post_message(db, speaker, client_id=uuid4(), body="Welcome, Bob.", now=NOW)
        asked = await ask_question(db, asker, client_id=uuid4(), body="Why?", anonymous=False, now=NOW)
        await answer_question(db, speaker, asked.id, "Ask Bob.", now=NOW)
    wrote = {"chat_message.body", "chat_message.posted_at", "question.answer"}
    before = await report_on(installation, Reach(*SPAN))
    (named,) = [person for person in before.people if person.email == host.email]
    assert wrote <= set(named.readable)
    assert before.unowned == []
    assert (before.removed_since, _people(before)["chat_message.body"]) == (0, 1)
    assert _people(before)["question.answer"] == 2  # of who asked and of who answered

    alone = await report_on(installation, Reach(*SPAN, webinar_id=published.webinar.id))
    assert {f"{each.table}.{each.column}": each.rows for each in alone.unowned} == dict.fromkeys(wrote, 1)

    async with services.db.writing() as db:
        await remove_user(db, organisation.owner.actor, host.id, NOW + timedelta(hours=1))
    after = await report_on(installation, Reach(*SPAN, account_id=organisation.id))
    assert host.email not in {person.email for person in after.people}
    assert {f"{each.table}.{each.column}": each.rows for each in after.unowned} == dict.fromkeys(wrote, 1)
    assert "0 participants erased, 1 users removed." in breach_in_words(after)
    later = NOW + timedelta(hours=2)
    assert (await report_on(installation, Reach(later, later))).removed_since == 0


def _people(report: BreachReport) -> dict[str, int]:
    return {f"{each.table}.{each.column}": each.people for each in report.fields}


def test_a_span_that_ends_before_it_begins_is_refused(tmp_path: Path):
    command = ["breach-report", "--since", "2026-02-02", "--until", "2026-02-01", "--data", str(tmp_path)]
    done = CliRunner().invoke(cli, command)
    assert done.exit_code == 2
    assert "ends before it begins" in done.output


async def test_the_file_has_a_line_for_everybody_to_be_told(installation: Installation, published: Published):
    report = await report_on(installation, Reach(*SPAN, webinar_id=published.webinar.id))
    rows = list(csv.DictReader(io.StringIO(breach_as_csv(report).decode("utf-8-sig"), newline="")))
    assert sorted(row["E-mail address"] for row in rows) == ["ada@example.com", "bob@example.com"]


def test_the_command_prints_counts_and_writes_names_only_to_a_file_of_the_operators_own(tmp_path: Path):
    runner = CliRunner()
    environment = {"WEBINAR_DATA_DIR": str(tmp_path / "data"), "WEBINAR_BASE_URL": "http://testserver"}
    runner.invoke(cli, ["create-account", "Polder", "owner@example.org"], env=environment)
    out = tmp_path / "people.csv"
    command = [
        "breach-report",
        "--since",
        str((datetime.now(UTC) - timedelta(days=1)).date()),
        "--out",
        str(out),
    ]
    done = runner.invoke(cli, command, env=environment)
    assert done.exit_code == 0, done.output
    assert "1 users" in done.output
    assert "owner@example.org" not in done.output
    assert "owner@example.org" in out.read_text("utf-8-sig")
    assert out.stat().st_mode & 0o777 == 0o600
    assert runner.invoke(cli, command, env=environment).exit_code == 2
