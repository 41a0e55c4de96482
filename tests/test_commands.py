"""The command line: what it refuses, in words that name the argument."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from typer.testing import CliRunner

from webinar.__main__ import cli
from webinar.sqlite import PRAGMAS

RUNNER = CliRunner()
JSON = {"WEBINAR_LOG_FORMAT": "json"}


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


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql+asyncpg://ada:pass-word@127.0.0.1:1/named", "nobody listens there (ECONNREFUSED)"),
        ("postgresql+asyncpg://ada:pass-word@127.0.0.1:1/named?sslmode=require", "an option behind the ?"),
        ("sqlite+aiosqlite:////nowhere/named.sqlite3", "its file can't be opened or made (SQLITE_CANTOPEN)"),
        ("sqlite+aiosqlite:///{folder}/named", "its file is no database (SQLITE_NOTADB)"),
    ],
)
@pytest.mark.parametrize(
    "command", [["serve", "--port", "0"], ["migrate"], ["create-account", "Example", "ada@example.org"]]
)
def test_a_database_that_does_not_answer_is_told_in_a_sentence_without_its_address(
    tmp_path: Path, command: list[str], address: str, said: str
):
    (tmp_path / "named").write_text("This was never a database. " * 100, encoding="utf-8")
    address = address.format(folder=tmp_path)
    done = RUNNER.invoke(
        cli, [*command, "--data", str(tmp_path)], env={"WEBINAR_DATABASE_URL": address, **JSON}
    )
    assert done.exit_code == 1
    assert said in done.stderr
    assert "WEBINAR_DATABASE_URL" in done.stderr
    assert not [
        part for part in ("Traceback", "ada", "pass-word", "127.0.0.1", "named") if part in done.stderr
    ]


def test_a_database_that_is_only_for_reading_is_told_so(tmp_path: Path):
    RUNNER.invoke(cli, ["migrate", "--data", str(tmp_path)])
    address = f"sqlite+aiosqlite:///file:{tmp_path / 'webinar.sqlite3'}?mode=ro&uri=true"
    done = RUNNER.invoke(cli, ["migrate", "--data", str(tmp_path)], env={"WEBINAR_DATABASE_URL": address})
    assert done.exit_code == 1
    assert "can't be written (SQLITE_READONLY" in done.stderr


async def test_a_database_that_is_not_there_or_does_not_let_in_is_told_so(postgres_url: str, tmp_path: Path):
    there = make_url(postgres_url)
    for address, said in (
        (there.set(database="nowhere"), "there is no database of that name (3D000)"),
        (there.set(username="nobody"), "the user is not let in (28000)"),
    ):
        env = {"WEBINAR_DATABASE_URL": address.render_as_string(hide_password=False)}
        done = await asyncio.to_thread(RUNNER.invoke, cli, ["migrate", "--data", str(tmp_path)], env=env)
        assert done.exit_code == 1
        assert said in done.stderr


def test_a_database_that_went_away_is_told_by_commands_that_only_read(tmp_path: Path):
    RUNNER.invoke(cli, ["create-account", "Example", "ada@example.org", "--data", str(tmp_path)])
    (tmp_path / "webinar.sqlite3").write_text("This is no database any more. " * 100, encoding="utf-8")
    done = RUNNER.invoke(cli, ["verify-audit", "--data", str(tmp_path)])
    assert done.exit_code == 1
    assert "SQLITE_NOTADB" in done.stderr


def test_a_database_of_a_newer_version_is_told_in_a_sentence(tmp_path: Path):
    RUNNER.invoke(cli, ["migrate", "--data", str(tmp_path)])
    with closing(sqlite3.connect(tmp_path / "webinar.sqlite3")) as db, db:
        db.execute("UPDATE alembic_version SET version_num = '9999_later'")
    done = RUNNER.invoke(cli, ["serve", "--port", "0", "--data", str(tmp_path)], env=JSON)
    assert done.exit_code == 1
    assert "made by a newer version of webinar" in done.stderr


def test_a_migration_that_fails_is_not_taken_for_a_database_that_does_not_answer(tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / "webinar.sqlite3")) as db, db:
        db.execute("CREATE TABLE account (something_else)")
    done = RUNNER.invoke(cli, ["migrate", "--data", str(tmp_path)])
    assert isinstance(done.exception, OperationalError)


def test_a_database_that_somebody_is_writing_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(PRAGMAS, "busy_timeout", 0)
    RUNNER.invoke(cli, ["migrate", "--data", str(tmp_path)])
    with closing(sqlite3.connect(tmp_path / "webinar.sqlite3", isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        done = RUNNER.invoke(cli, ["migrate", "--data", str(tmp_path)])
    assert done.exit_code == 0


def test_a_data_folder_in_which_no_keys_can_be_kept_is_named(tmp_path: Path):
    (tmp_path / "file").touch()
    done = RUNNER.invoke(cli, ["migrate", "--data", str(tmp_path / "file")])
    assert done.exit_code == 2
    assert "WEBINAR_DATA_DIR" in done.output


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_does_not_exist_is_refused(tmp_path: Path, command: str):
    done = RUNNER.invoke(cli, [command, "--port", "99999", "--data", str(tmp_path)])
    assert done.exit_code == 2
    assert "65535" in done.output
