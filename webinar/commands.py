"""What an operator does with a whole installation at the command line: backups, restoring, breach reports, proofs."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar
from uuid import UUID

import typer
from pydantic import SecretStr, ValidationError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select

from webinar.accounts.accounts import any_account
from webinar.app import EXPORTS, compose
from webinar.backup.keys import BackupError, make_identity, read_identities, read_recipients
from webinar.backup.make import House, make_backup
from webinar.backup.restore import Source, restore_backup, source_in
from webinar.backup.snapshot import is_sqlite
from webinar.clock import SystemClock
from webinar.errors import NotFound
from webinar.models import Account
from webinar.privacy.audit_check import Trail
from webinar.privacy.breach import BreachReport, breach_as_csv, breach_in_words, read_breach
from webinar.privacy.journal import read_journal
from webinar.privacy.processor import UnfitFile
from webinar.privacy.reach import Reach
from webinar.privacy.receipts import BadReceipt, check_receipt, search_in_words
from webinar.privacy.restored import list_restores, restore_in_words
from webinar.routes.context import Services
from webinar.schema import migrate, reach
from webinar.seal import Seal
from webinar.settings import SECRET_LENGTH, Settings, load_settings

T = TypeVar("T")
TIMES = ["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
WHOLE = "all whole"
DataDir = Annotated[Path | None, typer.Option("--data", help="The data folder; WEBINAR_DATA_DIR otherwise.")]


def backup(
    file: Annotated[Path, typer.Argument(help="The new backup, or a folder that keeps those of 30 days.")],
    recipient: Annotated[
        Path | None,
        typer.Option(help="A file with whom to encrypt for (age1…); WEBINAR_BACKUP_RECIPIENT otherwise."),
    ] = None,
    data: DataDir = None,
) -> None:
    """Make an encrypted backup of database, media and secret, while the installation runs."""
    settings = settings_there(data)
    try:
        recipients = read_recipients(recipient)
        # The journal first: from the moment of the copy on it tells what the backup does not know.
        house = work_with(settings, lambda services: _house(settings, services, write_journal=True))
        made = make_backup(house, file, recipients, datetime.now(UTC))
    except BackupError as error:
        raise typer.BadParameter(str(error)) from error
    print(f"{made.file} ({made.media} media files)\nsha256 {made.sha256}")
    for path in made.pruned:
        print(f"removed {path}: older than the erasure journal reaches")


def backup_key(
    file: Annotated[
        Path, typer.Argument(help="Where the new secret key goes. Keep it away from the server.")
    ],
) -> None:
    """Make a key for backups: the secret half into a file, the public half (age1…) on the screen."""
    try:
        print(make_identity(file))
    except BackupError as error:
        raise typer.BadParameter(str(error)) from error


def restore(
    file: Annotated[Path, typer.Argument(help="The backup.")],
    identity: Annotated[
        Path | None, typer.Option(help="A file with the secret key; WEBINAR_BACKUP_IDENTITY otherwise.")
    ] = None,
    journal: Annotated[
        Path | None,
        typer.Option(help="The folder of the erasure journal, if it is not the installation's own."),
    ] = None,
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Replace the database that is there.")] = False,
    without_journal: Annotated[
        bool, typer.Option("--without-journal", help="Nobody was erased since: restore without the journal.")
    ] = False,
    data: DataDir = None,
) -> None:
    """Restore a backup and erase again what was erased since. Stop the installation first."""
    settings = settings_of(data_dir=data)
    now = datetime.now(UTC)
    try:
        identities = read_identities(identity)
        # Not `work_with`: a database that can't be read any more is what backups are for.
        live = _with_services(settings, _live_journal) if _is_there(settings) else []
        if live and not replace:
            raise BackupError("There is a database already. Use --replace to put the backup in its place.")
        house = _with_services(settings, lambda services: _house(settings, services))
        sources = None if without_journal else [*live, *source_in(journal or settings.journal)]
        manifest = restore_backup(house, file, identities, sources, now)
    except BackupError as error:
        raise typer.BadParameter(str(error)) from error
    # With the secret of the backup, if it brought one.
    restored = settings_of(data_dir=data)
    migrate(restored.database)
    erased = work_with(restored, lambda services: services.restoring.finish())
    print(f"Restored as it was on {manifest.moment:%d %B %Y, %H:%M UTC}.")
    print(f"Erased again, because they were erased since: {erased}.")


def verify_receipt(
    file: Annotated[
        Path, typer.Argument(help="The receipt, as it was downloaded.", exists=True, dir_okay=False)
    ],
    key: Annotated[
        str, typer.Option(help="The fingerprint that the installation publishes (webinar receipt-key).")
    ] = "",
) -> None:
    """Check an erasure receipt: offline, on any computer, without the installation that signed it."""
    try:
        found = check_receipt(file.read_bytes(), key)
    except BadReceipt as error:
        print(f"Not genuine. {error}")
        raise typer.Exit(1) from error
    facts = found.facts
    print(f"Genuine: unchanged since it was signed with the key {found.fingerprint}.")
    if not key:
        print("Compare that key with the one the installation publishes, or give it with --key.")
    print(f"Erased: {facts['scope']} {facts['subject']}, asked for by {facts['requested_by']}.")
    print(f"Asked for {facts['requested_at']}, verified {facts['verified_at']} (proof: {facts['proof']}).")
    print(f"Receipt {facts['number']} of account {facts['account']}, after {facts['previous'] or 'none'}.")
    for table, rows in facts["counts"].items():
        print(f"{rows:>12,}  {table}")
    print(f"{facts['files']:>12,}  files")
    for table, rows in facts.get("redacted", {}).items():
        print(f"{rows:>12,}  {table}, of others: a name or an address in it redacted")
    print(search_in_words(facts.get("searched")))


def receipt_key(data: DataDir = None) -> None:
    """Print the public key that signs this installation's receipts, and its fingerprint: publish it."""
    seal = Seal(settings_there(data).sealing_secret)
    print(f"{seal.fingerprint}\n{seal.public_key}")


def verify_audit(data: DataDir = None) -> None:
    """Check the audit trail and the receipts of every account: nothing changed, nothing cut off."""

    async def check(services: Services) -> list[tuple[str, ...]]:
        async with services.db.reading() as db:
            accounts = (await db.exec(select(col(Account.id)))).all()
            restores = {each: await list_restores(db, each) for each in accounts}
        return [
            (await _audited(services, account_id), *map(restore_in_words, restores[account_id]))
            for account_id in accounts
        ]

    verdicts = work_with(settings_there(data), check)
    print("\n".join("\n  ".join(verdict) for verdict in verdicts) or "There is no account yet.")
    if not all(verdict.endswith(WHOLE) for verdict, *_ in verdicts):
        raise typer.Exit(1)


async def _audited(services: Services, account_id: UUID) -> str:
    verdict = await services.anchors.check(account_id)
    receipt = await services.anchors.broken_receipt(account_id)
    if verdict.trail is not Trail.WHOLE:
        return f"{account_id}: the audit trail is {verdict.trail} at entry {verdict.wrong}"
    if receipt is not None:
        return f"{account_id}: receipt {receipt} is missing or was changed"
    return f"{account_id}: {verdict.entries} entries, {WHOLE}"


def settings_of(**overrides: object) -> Settings:
    """The installation's settings; ends the command with the name of what does not fit."""
    try:
        return load_settings(**overrides)
    except ValidationError as error:
        lines = (
            f"WEBINAR_{str(found['loc'][0]).upper()}: {found['msg'].removeprefix('Value error, ')}"
            for found in error.errors()
        )
        raise typer.BadParameter("\n".join(lines)) from error
    except OSError as error:
        raise typer.BadParameter(f"WEBINAR_DATA_DIR: keys can't be kept there: {error.strerror}.") from error


def settings_there(data: Path | None) -> Settings:
    """The settings of an installation that is there: looking at another folder must not make one, with keys of its own."""
    kept = {"secret_key": SecretStr("-" * SECRET_LENGTH), "receipt_key": SecretStr("")}
    looking = settings_of(data_dir=data, **kept)
    if not _is_there(looking):
        raise typer.BadParameter(
            f"There is no installation in {looking.data_dir.resolve()}. Name its data folder with --data or WEBINAR_DATA_DIR."
        )
    return settings_of(data_dir=data)


def work_with(settings: Settings, work: Callable[[Services], Awaitable[T]]) -> T:
    """Runs `work` with the services of an installation, without serving it. Raises NoDatabase."""

    async def reached(services: Services) -> T:
        await reach(services.db)
        return await work(services)

    return _with_services(settings, reached)


def _with_services(settings: Settings, work: Callable[[Services], Awaitable[T]]) -> T:
    async def run() -> T:
        services = compose(settings, SystemClock())
        try:
            return await work(services)
        finally:
            await services.db.close()

    try:
        return asyncio.run(run())
    except UnfitFile as error:
        raise typer.BadParameter(str(error)) from error


def breach_report(
    *,
    since: Annotated[
        datetime, typer.Option(help="From when on somebody could read it (UTC).", formats=TIMES)
    ],
    until: Annotated[
        datetime | None, typer.Option(help="Until when (UTC); until now otherwise.", formats=TIMES)
    ] = None,
    account: Annotated[UUID | None, typer.Option(help="Only this account was within reach.")] = None,
    webinar: Annotated[UUID | None, typer.Option(help="Only this webinar was within reach.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="A new file (CSV) with everybody to be told; only you may read it.")
    ] = None,
    data: DataDir = None,
) -> None:
    """Say who and which of their data was reachable in a breach (Art. 33 and 34 GDPR)."""
    now = datetime.now(UTC)
    reach = Reach(since.replace(tzinfo=UTC), until.replace(tzinfo=UTC) if until else now, account, webinar)
    if reach.until < reach.since:
        raise typer.BadParameter("The span ends before it begins: look at --since and --until.")

    async def read(services: Services) -> BreachReport:
        async with services.db.reading() as db:
            return await read_breach(db, reach)

    try:
        report = work_with(settings_there(data), read)
        if out:
            _write_private(out, breach_as_csv(report))
    except NotFound as error:
        raise typer.BadParameter("There is no such account or webinar.") from error
    except FileExistsError as error:
        raise typer.BadParameter(f"{out} exists already.") from error
    print(breach_in_words(report))


def _write_private(file: Path, content: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as written:
        written.write(content)


async def _house(settings: Settings, services: Services, *, write_journal: bool = False) -> House:
    journal = services.journal
    if write_journal and not await journal.write():
        raise BackupError(f"The erasure journal in {journal.folder} can't be written.")
    return House(services.db.url, settings.data_dir, settings.data_dir / EXPORTS, journal.installation)


def _is_there(settings: Settings) -> bool:
    """Whether there can be a database; looking into SQLite would make an empty one."""
    url = make_url(settings.database)
    return not is_sqlite(url) or Path(url.database or "").is_file()


async def _live_journal(services: Services) -> list[Source]:
    """The journal of the database in force. Empty when that can't be read, or nobody has used it yet."""
    try:
        async with services.db.reading() as db:
            if not await any_account(db):
                return []
            entries = await read_journal(db)
    except (SQLAlchemyError, OSError):
        return []
    return [Source(services.journal.installation, services.clock.now(), entries)]
