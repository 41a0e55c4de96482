"""`webinar prove-erasure`: the trial of erasure on a copy of an installation, with the evidence for who asks for it."""

import json
import secrets
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from webinar.app import EXPORTS
from webinar.backup.keys import BackupError
from webinar.backup.snapshot import is_sqlite, put_back, take_snapshot
from webinar.commands import DataDir, settings_of, work_with
from webinar.privacy.proof.trial import Place, Trial, Verdict
from webinar.proving.scratch import places_of_copy, scratch_database, size_of
from webinar.routes.context import Services
from webinar.schema import migrate
from webinar.settings import Settings


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verdict, the size of the copy in bytes, where canaries were searched for, and what that proves."""

    verdict: Verdict
    size: int
    where: str
    proven: str


Room = Annotated[
    Path | None,
    typer.Option(help="A folder with room for the copy; the system's temporary folder otherwise."),
]
ScratchUrl = Annotated[
    str,
    typer.Option(
        help="PostgreSQL: an empty database for the copy, emptied again; one is made beside the installation's otherwise."
    ),
]
ServerFiles = Annotated[
    Path | None,
    typer.Option(
        help="PostgreSQL: the server's data folder, if it can be read from here, to be searched too.",
        exists=True,
        file_okay=False,
    ),
]


def prove_erasure(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the evidence for programs.")] = False,
    room: Room = None,
    scratch_url: ScratchUrl = "",
    server_files: ServerFiles = None,
    data: DataDir = None,
) -> None:
    """Copy the database, plant canaries in the copy, erase them, and search every byte. The installation is only read."""
    settings = settings_of(data_dir=data)
    database = make_url(settings.database)
    try:
        if is_sqlite(database) and (scratch_url or server_files):
            raise BackupError(
                "--scratch-url and --server-files are for PostgreSQL; this installation is on SQLite."
            )
        with tempfile.TemporaryDirectory(prefix="webinar-proof-", dir=room) as folder:
            if is_sqlite(database):
                evidence = _prove_sqlite(settings, Path(folder))
            else:
                with scratch_database(database, _url(scratch_url)) as copy:
                    evidence = _prove_postgres(database, copy, Path(folder), server_files)
    except (BackupError, OSError) as error:
        raise typer.BadParameter(str(error)) from error
    verdict = evidence.verdict
    print(json.dumps({**asdict(verdict), "proven": verdict.proven}) if as_json else _in_words(evidence))
    if not verdict.proven:
        raise typer.Exit(1)


def _prove_sqlite(settings: Settings, folder: Path) -> Evidence:
    copy = _settings_in(folder)
    target = Path(make_url(copy.database).database or "")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with take_snapshot(make_url(settings.database), folder / EXPORTS) as source, target.open("wb") as written:
        shutil.copyfileobj(source, written)
    migrate(copy.database)
    size = target.stat().st_size
    verdict = work_with(copy, partial(_run, folder=copy.data_dir, places=()))
    return Evidence(verdict, size, "every file of the copy", "no byte is left")


def _prove_postgres(installation: URL, copy: URL, folder: Path, server_files: Path | None) -> Evidence:
    with take_snapshot(installation, folder / EXPORTS) as source:
        file = folder / "dump"
        with file.open("wb") as written:
            shutil.copyfileobj(source, written)
    put_back(file, copy)
    file.unlink()
    settings = _settings_in(folder, copy.render_as_string(hide_password=False))
    migrate(settings.database)
    size = size_of(copy)
    places = places_of_copy(copy, folder, server_files)
    verdict = work_with(settings, partial(_run, folder=settings.data_dir, places=places))
    if server_files is None:
        where = "every row of every table, a dump of the copy and its files"
        return Evidence(verdict, size, where, "no row, and nothing in a dump or a file, is left")
    where = "every row of every table, a dump of the copy, its files and all files of the server"
    return Evidence(
        verdict, size, where, "no byte is left, after the statements of docs/operations.md either"
    )


def _settings_in(folder: Path, database_url: str = "") -> Settings:
    """An installation in `folder` with nobody to mail to and nobody to talk to."""
    return Settings(
        secret_key=SecretStr(secrets.token_urlsafe(32)),
        data_dir=folder / "data",
        journal_dir=folder / "data" / "journal",
        database_url=database_url,
        redis_url="",
        smtp_url=SecretStr(""),
    )


def _url(given: str) -> URL | None:
    try:
        return make_url(given) if given else None
    except ArgumentError as error:
        raise BackupError(
            "--scratch-url is no database URL, like postgresql+asyncpg://user:password@host/name."
        ) from error


async def _run(services: Services, folder: Path, places: Sequence[Place]) -> Verdict:
    try:
        return await Trial(services.db, services.eraser, folder, services.clock.now, places).run()
    finally:
        await services.eraser.close()


def _in_words(evidence: Evidence) -> str:
    verdict = evidence.verdict
    lines = [
        f"A copy of the database ({evidence.size / 1e6:,.1f} MB) was made and is deleted again; the installation was only read.",
        "",
        f"{'Erased':<20}{'canaries':>10}{'found before':>14}{'left':>6}",
    ]
    for finding in verdict.findings:
        lines.append(
            f"{finding.what:<20}{finding.canaries:>10}{finding.found_before:>14}{len(finding.left):>6}"
            + ("" if finding.verified else "   not verified by the product itself")
        )
        lines += [f"    {place}" for place in finding.left]
        lines += [f"    could not be searched: {place}" for place in finding.unread]
    others = f"{sum(verdict.others.values()):,} rows in {len(verdict.others)} tables"
    lines += [
        "",
        f"Each canary stands in one column that is declared personal, and is searched for in {evidence.where}:",
        "as it is, in UTF-16, upper and lower case, hex, Base64, percent, JSON and HTML escapes, as hashes of addresses, in archives and mails.",
        f"Everybody else's {others}: {'unchanged, byte for byte' if verdict.others_unchanged else 'CHANGED'}.",
        f"Proven: {evidence.proven}." if verdict.proven else "NOT PROVEN.",
    ]
    return "\n".join(lines)
