"""G9: a backup is encrypted, and restoring it brings back nobody who was erased since."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pyrage
import pytest
from sqlmodel import col, select
from typer.testing import CliRunner, Result

from tests.support.canaries import places
from webinar.__main__ import cli
from webinar.accounts.audit import Action, record_action
from webinar.app import compose
from webinar.backup.make import NAME, prune
from webinar.backup.pending import FILE
from webinar.clock import SystemClock
from webinar.models import Participant, User, Webinar
from webinar.privacy.erasure import erase_participant_rows, erase_webinar_rows
from webinar.privacy.inventory import Within
from webinar.privacy.proof.canaries import Planted, plant_account, plant_participant, plant_webinar
from webinar.routes.context import Services
from webinar.schema import migrate
from webinar.settings import Settings, load_settings

T = TypeVar("T")
FAR = timedelta(days=400)


@dataclass
class House:
    """An installation with two participants in one webinar, each with a canary in every column, and its key."""

    settings: Settings
    folder: Path
    people: list[Planted]

    @property
    def backup(self) -> Path:
        return self.folder / "house.age"

    def command(self, *arguments: str | Path, **environment: str) -> Result:
        """What `webinar …` says, run on this installation."""
        variables = {
            "WEBINAR_DATA_DIR": str(self.settings.data_dir),
            "WEBINAR_DATABASE_URL": self.settings.database_url,
            "WEBINAR_BASE_URL": "http://testserver",
            **environment,
        }
        return CliRunner().invoke(cli, [str(each) for each in arguments], env=variables)

    def back_up(self) -> None:
        done = self.command("backup", self.backup, "--recipient", self.folder / "recipient.txt")
        assert done.exit_code == 0, done.output

    def restore(self, *options: str | Path) -> Result:
        return self.command("restore", self.backup, "--identity", self.folder / "key.txt", *options)

    def work(self, job: Callable[[Services], Awaitable[T]]) -> T:
        async def run() -> T:
            services = compose(load_settings(**self.facts()), SystemClock())
            try:
                return await job(services)
            finally:
                await services.limits.close()
                await services.db.close()

        return asyncio.run(run())

    def facts(self) -> dict[str, object]:
        return {
            "data_dir": self.settings.data_dir,
            "database_url": self.settings.database_url,
            "base_url": "http://testserver",
        }

    def erase(self, person: Planted) -> None:
        async def job(services: Services) -> None:
            chosen = select(col(Participant.id)).where(col(Participant.id) == person.id("participant"))
            within = Within(person.id("account"), person.id("webinar"), chosen)
            async with services.db.writing() as db:
                erased = await erase_participant_rows(db, within, role="owner", now=datetime.now(UTC))
            await services.eraser.finish(erased)

        self.work(job)

    def there(self) -> list[bool]:
        async def job(services: Services) -> list[bool]:
            async with services.db.reading() as db:
                return [
                    await db.get(Participant, person.id("participant")) is not None for person in self.people
                ]

        return self.work(job)

    def found(self, person: Planted) -> list[str]:
        """Where in the data folder any canary of `person` is."""
        return [place for canary in person.canaries() for place in places(self.settings.data_dir, canary)]


def furnish(folder: Path, database_url: str = "") -> House:
    data = folder / "data"
    settings = load_settings(data_dir=data, database_url=database_url, base_url="http://testserver")
    migrate(settings.database)
    house = House(settings, folder, [])

    async def plant(services: Services) -> None:
        async with services.db.writing() as db:
            webinar = await plant_webinar(db, await plant_account(db))
            house.people = [await plant_participant(db, webinar) for _ in range(2)]

    house.work(plant)
    media = data / "media" / str(house.people[0].id("webinar")) / "clip.ts"
    media.parent.mkdir(parents=True)
    media.write_bytes(b"a picture " * 1000)
    (folder / "key.txt").unlink(missing_ok=True)
    done = house.command("backup-key", folder / "key.txt")
    (folder / "recipient.txt").write_text(done.output)
    return house


@pytest.fixture
def house(tmp_path: Path) -> House:
    return furnish(tmp_path)


def test_who_was_erased_after_the_backup_is_in_no_byte_after_restoring_it_and_the_others_are(house: House):
    gone, staying = house.people
    house.back_up()
    house.erase(gone)
    done = house.restore("--replace")
    assert done.exit_code == 0, done.output
    assert "erased since: 1." in done.output
    assert house.there() == [False, True]
    assert house.found(gone) == []
    assert house.found(staying)


def test_the_journal_beside_a_lost_database_is_enough(house: House):
    gone = house.people[0]
    house.back_up()
    house.erase(gone)
    data, journal = house.settings.data_dir, house.folder / "journal"
    (data / "journal").rename(journal)
    data.rename(house.folder / "lost")
    assert house.restore("--journal", journal).exit_code == 0
    assert house.there() == [False, True]
    assert house.found(gone) == []
    # The restored installation goes on knowing it, for the next time.
    assert house.restore("--replace").exit_code == 0
    assert house.there() == [False, True]


def test_restoring_brings_everything_else_back_media_and_links_included(house: House):
    media = next((house.settings.data_dir / "media").rglob("clip.ts"))
    secret = (house.settings.data_dir / "secret_key").read_text()
    house.back_up()
    house.erase(house.people[0])
    media.write_bytes(b"")
    house.restore("--replace")
    assert media.read_bytes() == b"a picture " * 1000
    assert (house.settings.data_dir / "secret_key").read_text() == secret
    assert not (house.settings.data_dir / FILE).exists()
    assert [path.name for path in house.settings.data_dir.glob("restore-*")] == []


def test_a_deleted_webinar_stays_deleted_with_its_files(house: House):
    house.back_up()
    person = house.people[0]

    async def delete(services: Services) -> None:
        async with services.db.writing() as db:
            erased = await erase_webinar_rows(
                db, person.id("account"), person.id("webinar"), role="owner", now=datetime.now(UTC)
            )
        await services.eraser.finish(erased)

    house.work(delete)
    house.restore("--replace")
    assert house.there() == [False, False]
    assert not any(path.is_file() for path in (house.settings.data_dir / "media").rglob("*"))


def test_every_room_gets_a_new_epoch_so_that_old_pages_start_again(house: House):
    async def epoch(services: Services) -> object:
        async with services.db.reading() as db:
            return (await db.get_one(Webinar, house.people[0].id("webinar"))).epoch

    before = house.work(epoch)
    house.back_up()
    house.restore("--replace")
    assert house.work(epoch) != before


def test_without_its_journal_a_backup_is_refused_and_nothing_changes(house: House):
    house.back_up()
    house.settings.data_dir.rename(house.folder / "lost")
    refused = house.restore()
    assert refused.exit_code == 2
    assert "no erasure journal" in " ".join(refused.output.split())
    assert not (house.settings.data_dir / "webinar.sqlite3").exists()
    assert house.restore("--without-journal").exit_code == 0
    assert house.there() == [True, True]


def test_a_journal_that_ends_before_the_backup_is_refused(house: House):
    journal, old = house.settings.data_dir / "journal", house.folder / "old"
    house.back_up()
    journal.rename(old)
    stamp = (old / "stamp.json").read_text()
    year = str(datetime.now(UTC).year)
    (old / "stamp.json").write_text(stamp.replace(f'"{year}', '"2020', 1))
    house.settings.data_dir.rename(house.folder / "lost")
    refused = " ".join(house.restore("--journal", old).output.split())
    assert "journal ends on" in refused


def test_the_journal_of_another_installation_is_refused(house: House, tmp_path: Path):
    (tmp_path / "other").mkdir()
    other = furnish(tmp_path / "other")
    other.back_up()
    house.back_up()
    house.settings.data_dir.rename(house.folder / "lost")
    refused = house.restore("--journal", other.settings.data_dir / "journal")
    assert "another installation" in " ".join(refused.output.split())


def test_a_database_that_is_there_is_only_replaced_when_asked_to(house: House):
    house.back_up()
    assert "Use --replace" in " ".join(house.restore().output.split())


def test_a_backup_shows_nothing_of_what_is_in_it_and_only_its_owner_may_read_it(house: House):
    house.back_up()
    assert house.backup.read_bytes().startswith(b"age-encryption.org/v1")
    assert house.backup.stat().st_mode & 0o777 == 0o600
    alone = house.folder / "alone"
    alone.mkdir()
    house.backup.rename(alone / "house.age")
    assert [place for person in house.people for c in person.canaries() for place in places(alone, c)] == []
    # No copy in the clear is left behind either.
    assert not any((house.settings.data_dir / "exports").iterdir())


@pytest.mark.parametrize("harm", ["another key", "cut short", "one bit", "not a backup"])
def test_a_backup_that_is_not_whole_is_refused_before_anything_is_touched(house: House, harm: str):
    house.back_up()
    content = bytearray(house.backup.read_bytes())
    if harm == "another key":
        (house.folder / "key.txt").write_text(str(pyrage.x25519.Identity.generate()))
    elif harm == "cut short":
        house.backup.write_bytes(content[: len(content) // 2])
    elif harm == "one bit":
        content[-100] ^= 1
        house.backup.write_bytes(content)
    else:
        house.backup.write_bytes(b"hello")
    refused = house.restore("--replace")
    assert refused.exit_code == 2
    assert house.there() == [True, True]
    assert not (house.settings.data_dir / FILE).exists()


def test_keys_come_from_files_or_the_environment_and_are_never_repeated(house: House):
    assert "WEBINAR_BACKUP_RECIPIENT" in house.command("backup", house.backup).output
    secret = (house.folder / "key.txt").read_text().splitlines()[-1]
    said = house.command("backup", house.backup, WEBINAR_BACKUP_RECIPIENT=secret)
    assert said.exit_code == 2
    assert secret not in said.output
    assert "never overwritten" in " ".join(
        house.command("backup-key", house.folder / "key.txt").output.split()
    )
    recipient = (house.folder / "recipient.txt").read_text()
    assert house.command("backup", house.backup, WEBINAR_BACKUP_RECIPIENT=recipient).exit_code == 0
    again = house.command("restore", house.backup, "--replace", WEBINAR_BACKUP_IDENTITY=secret)
    assert again.exit_code == 0


def test_a_folder_keeps_the_backups_of_thirty_days(house: House):
    folder = house.folder / "backups"
    folder.mkdir()
    now = datetime.now(UTC)
    old, recent = (folder / (now - timedelta(days=days)).strftime(NAME) for days in (31, 29))
    other = folder / "holiday.jpg"
    for path in (old, recent, other):
        path.touch()
    done = house.command("backup", folder, "--recipient", house.folder / "recipient.txt")
    assert done.exit_code == 0, done.output
    assert (old.exists(), recent.exists(), other.exists()) == (False, True, True)
    assert len(list(folder.iterdir())) == 3
    assert prune(folder, now + FAR) != []


def test_a_backup_that_cannot_be_written_leaves_nothing_half_done(house: House):
    refused = house.command(
        "backup", house.folder / "nowhere" / "b.age", "--recipient", house.folder / "recipient.txt"
    )
    assert refused.exit_code == 2
    assert "could not be written" in " ".join(refused.output.split())


def test_postgresql_is_backed_up_and_forgets_as_well(tmp_path: Path, postgres_url: str):
    house = furnish(tmp_path, postgres_url)
    house.back_up()
    house.erase(house.people[0])
    done = house.restore("--replace")
    assert done.exit_code == 0, done.output
    assert house.there() == [False, True]


def test_verify_audit_tells_of_a_restore_and_of_what_is_not_there(tmp_path: Path):
    house = House(load_settings(data_dir=tmp_path / "data", base_url="http://testserver"), tmp_path, [])
    assert house.command("create-account", "Polder", "owner@example.org").exit_code == 0
    done = house.command("backup-key", tmp_path / "key.txt")
    (tmp_path / "recipient.txt").write_text(done.output)
    house.back_up()
    sha256 = hashlib.sha256(house.backup.read_bytes()).hexdigest()

    async def act(services: Services) -> None:
        async with services.db.writing() as db:
            owner = (await db.exec(select(User))).one()
            await record_action(db, owner, Action.WEBINAR_CREATED, now=datetime.now(UTC))
        await services.anchors.write()

    house.work(act)
    assert house.restore("--replace").exit_code == 0
    checked = house.command("verify-audit")
    assert checked.exit_code == 0, checked.output
    assert f"(SHA-256 {sha256}): 1 entries and 0 receipts written after it are not in this" in checked.output
