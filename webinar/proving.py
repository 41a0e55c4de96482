"""`webinar prove-erasure`: the trial of erasure on a copy of an installation, with the evidence for who asks for it."""

import json
import secrets
import shutil
import tempfile
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr
from sqlalchemy.engine import make_url

from webinar.app import EXPORTS
from webinar.backup.keys import BackupError
from webinar.backup.snapshot import is_sqlite, take_snapshot
from webinar.commands import DataDir, settings_of, work_with
from webinar.privacy.proof.trial import Trial, Verdict
from webinar.routes.context import Services
from webinar.schema import migrate
from webinar.settings import Settings

POSTGRESQL = (
    "This proof reads every byte of the database's files, so it is for SQLite. With PostgreSQL an erasure is proven by its"
    " tables; docs/privacy-by-proof.md says what that means."
)


def prove_erasure(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the evidence for programs.")] = False,
    room: Annotated[
        Path | None,
        typer.Option(help="A folder with room for the copy; the system's temporary folder otherwise."),
    ] = None,
    data: DataDir = None,
) -> None:
    """Copy the database, plant canaries in the copy, erase them, and search every byte. The installation is only read."""
    settings = settings_of(data_dir=data)
    if not is_sqlite(make_url(settings.database)):
        raise typer.BadParameter(POSTGRESQL)
    try:
        with tempfile.TemporaryDirectory(prefix="webinar-proof-", dir=room) as folder:
            copy = _copy(settings, Path(folder))
            size = sum(path.stat().st_size for path in copy.data_dir.iterdir() if path.is_file())
            verdict = work_with(copy, partial(_run, folder=copy.data_dir))
    except (BackupError, OSError) as error:
        raise typer.BadParameter(str(error)) from error
    print(json.dumps({**asdict(verdict), "proven": verdict.proven}) if as_json else _in_words(verdict, size))
    if not verdict.proven:
        raise typer.Exit(1)


def _copy(settings: Settings, folder: Path) -> Settings:
    """An installation like this one in `folder`, with nobody to mail to and nobody to talk to."""
    copy = Settings(
        secret_key=SecretStr(secrets.token_urlsafe(32)),
        data_dir=folder / "data",
        journal_dir=folder / "data" / "journal",
        database_url="",
        redis_url="",
        smtp_url=SecretStr(""),
    )
    target = Path(make_url(copy.database).database or "")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with take_snapshot(make_url(settings.database), folder / EXPORTS) as source, target.open("wb") as written:
        shutil.copyfileobj(source, written)
    migrate(copy.database)
    return copy


async def _run(services: Services, folder: Path) -> Verdict:
    try:
        return await Trial(services.db, services.eraser, folder, services.clock.now).run()
    finally:
        await services.eraser.close()


def _in_words(verdict: Verdict, size: int) -> str:
    lines = [
        f"A copy of the database ({size / 1e6:,.1f} MB) was made and is deleted again; the installation was only read.",
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
        "Each canary stands in one column that is declared personal, and is searched for in every file of the copy: as it is, in",
        "UTF-16, upper and lower case, hex, Base64, percent, JSON and HTML escapes, as hashes of addresses, in archives and mails.",
        f"Everybody else's {others}: {'unchanged, byte for byte' if verdict.others_unchanged else 'CHANGED'}.",
        "Proven: no byte is left." if verdict.proven else "NOT PROVEN.",
    ]
    return "\n".join(lines)
