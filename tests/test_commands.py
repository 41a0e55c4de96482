"""The command line: what it refuses, in words that name the argument."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from webinar.__main__ import cli

RUNNER = CliRunner()


@pytest.mark.parametrize(
    ("organisation", "email", "said"),
    [
        (" ", "ada@example.org", "Please name the organisation."),
        ("Example", "notmail", "Please enter an e-mail address"),
    ],
)
def test_an_account_without_a_name_or_an_address_is_not_made(
    tmp_path: Path, organisation: str, email: str, said: str
):
    done = CliRunner().invoke(cli, ["create-account", organisation, email, "--data", str(tmp_path)])
    assert done.exit_code == 2
    assert said in done.output
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "command",
    [
        ["receipt-key"],
        ["verify-audit"],
        ["breach-report", "--since", "2026-02-01"],
        ["backup", "made.backup"],
        ["flood-proof", "00000000-0000-4000-8000-000000000000"],
    ],
)
def test_where_there_is_no_installation_none_is_made_and_no_key_shown(tmp_path: Path, command: list[str]):
    done = RUNNER.invoke(cli, [*command, "--data", str(tmp_path / "elsewhere")])
    assert done.exit_code == 2
    assert "no installation in" in " ".join(done.output.split())
    assert not list(tmp_path.iterdir())


def test_a_changed_entry_of_the_audit_trail_is_told_on_the_command_line(tmp_path: Path):
    RUNNER.invoke(cli, ["create-account", "Example", "ada@example.org", "--data", str(tmp_path)])
    whole = RUNNER.invoke(cli, ["verify-audit", "--data", str(tmp_path)])
    assert whole.exit_code == 0
    assert "all whole" in whole.output

    with closing(sqlite3.connect(tmp_path / "webinar.sqlite3")) as db, db:
        db.execute("UPDATE audit_entry SET role = 'host' WHERE number = 1")
    changed = RUNNER.invoke(cli, ["verify-audit", "--data", str(tmp_path)])
    assert changed.exit_code == 1
    assert "the audit trail is changed at entry 1" in changed.output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('name = "Polder\n', "is no TOML"),
        ('nme = "Polder"', "does not fit: nme"),
        ('name = "\xff"', "is no TOML"),
    ],
)
def test_a_file_of_the_operator_that_cannot_be_read_is_named_in_a_sentence(
    tmp_path: Path, content: str, said: str
):
    RUNNER.invoke(cli, ["create-account", "Example", "ada@example.org", "--data", str(tmp_path)])
    (tmp_path / "processing.toml").write_text(content, encoding="latin-1")
    done = RUNNER.invoke(cli, ["verify-audit", "--data", str(tmp_path)], env={"COLUMNS": "400"})
    assert done.exit_code == 2
    assert "processing.toml" in done.output
    assert said in done.output
