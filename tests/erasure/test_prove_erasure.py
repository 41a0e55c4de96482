"""`webinar prove-erasure`: the evidence for who asks, from a copy, while the installation is only read."""

import hashlib
import json
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import col
from typer.testing import CliRunner

from tests.support.installation import Installation
from webinar.__main__ import cli
from webinar.db import Database
from webinar.models import Participant
from webinar.privacy.chunks import delete_chunk
from webinar.privacy.leftovers import Leftovers
from webinar.privacy.proof.canaries import plant_account, plant_participant, plant_webinar


@pytest.fixture
async def data(installation: Installation) -> Path:
    """The data folder of an installation in which somebody takes part."""
    async with installation.services.db.writing() as db:
        await plant_participant(db, await plant_webinar(db, await plant_account(db)))
    return installation.services.exports.parent


def prove(data: Path, room: Path, *options: str) -> tuple[int, str]:
    room.mkdir(exist_ok=True)
    arguments = ["prove-erasure", "--data", str(data), "--room", str(room), *options]
    done = CliRunner().invoke(cli, arguments)
    return done.exit_code, done.output


def content(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.endswith("-shm")]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_every_erasure_is_proven_and_the_installation_was_only_read(data: Path, tmp_path: Path):
    before = content(data)
    code, said = prove(data, tmp_path / "room")
    assert code == 0
    assert "Proven: no byte is left." in said
    assert "unchanged, byte for byte" in said
    # Keys that the command's settings lack are made, and are the only thing that is new.
    assert {name: found for name, found in content(data).items() if name in before} == before
    assert list((tmp_path / "room").iterdir()) == []


def test_the_evidence_is_there_for_programs_too(data: Path, tmp_path: Path):
    code, said = prove(data, tmp_path / "room", "--json")
    evidence = json.loads(said)
    assert code == 0
    assert evidence["proven"]
    assert [finding["what"] for finding in evidence["findings"]] == [
        "one person",
        "two people at once",
        "a webinar",
        "an account",
    ]
    for finding in evidence["findings"]:
        assert finding["found_before"] == finding["canaries"] > 20
        assert finding["left"] == []
    assert evidence["others"]["participant"] == 1


def test_a_file_that_stays_is_named_and_fails_the_proof(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async def forgetful(_: Leftovers) -> int:
        return 0

    monkeypatch.setattr(Leftovers, "remove", forgetful)
    code, said = prove(data, tmp_path / "room")
    assert code == 1
    assert "participant.email in mail/" in said
    assert "NOT PROVEN" in said


def test_bytes_that_stay_in_free_pages_fail_the_proof(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async def careless(_: Database) -> bool:
        return True

    monkeypatch.setattr(Database, "scrub", careless)
    code, said = prove(data, tmp_path / "room")
    assert code == 1
    assert "participant.display_name in " in said


def test_an_erasure_that_takes_too_many_fails_the_proof(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async def greedy(db, receipt, most, now, **bounds):
        counts = await delete_chunk(db, receipt, most, now, **bounds)
        if not counts:
            others = update(Participant).where(col(Participant.account_id) != receipt.account_id)
            await db.exec(others.values(display_name="nobody"))
        return counts

    monkeypatch.setattr("webinar.privacy.eraser.delete_chunk", greedy)
    code, said = prove(data, tmp_path / "room")
    assert code == 1
    assert "CHANGED" in said


def test_what_cannot_be_proven_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    code, said = prove(tmp_path / "nothing", tmp_path / "room")
    assert code == 2
    assert "There is no database" in said
    code, said = prove(tmp_path / "nothing", tmp_path / "room", "--server-files", str(tmp_path))
    assert code == 2
    assert "are for PostgreSQL" in said
    monkeypatch.setenv("WEBINAR_DATABASE_URL", "postgresql+asyncpg://nobody@localhost:1/none")
    code, said = prove(tmp_path / "nothing", tmp_path / "room")
    assert code == 2
    assert "PostgreSQL says" in said
