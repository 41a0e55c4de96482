"""The keys of backups: age recipients (public, on the server) and identities (secret, where restoring happens).

They come from files or the environment, never from the command line, which every process of the machine can read.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import pyrage

RECIPIENT_VARIABLE = "WEBINAR_BACKUP_RECIPIENT"
IDENTITY_VARIABLE = "WEBINAR_BACKUP_IDENTITY"


class BackupError(Exception):
    """Why a backup can't be made or restored, in words for the operator."""


def read_recipients(file: Path | None) -> Sequence[pyrage.x25519.Recipient]:
    """Who can read the backup: the lines of `file`, or of the variable. Raises BackupError."""
    lines = _lines(file, RECIPIENT_VARIABLE, "whom the backup is encrypted for (age1…)")
    try:
        return [pyrage.x25519.Recipient.from_str(line) for line in lines]
    except pyrage.RecipientError as error:
        raise BackupError("This is no age recipient; one looks like age1….") from error


def read_identities(file: Path | None) -> Sequence[pyrage.x25519.Identity]:
    """The secret keys to try. Raises BackupError, which never quotes them."""
    lines = _lines(file, IDENTITY_VARIABLE, "the secret key of the backup (AGE-SECRET-KEY-1…)")
    try:
        return [pyrage.x25519.Identity.from_str(line) for line in lines]
    except pyrage.IdentityError as error:
        raise BackupError("This is no age identity; one looks like AGE-SECRET-KEY-1….") from error


def make_identity(file: Path) -> str:
    """Writes a new identity to `file`, readable by its owner only; gives its recipient. Raises BackupError."""
    identity = pyrage.x25519.Identity.generate()
    recipient = str(identity.to_public())
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise BackupError(f"{file} exists; a key is never overwritten.") from error
    with os.fdopen(descriptor, "w", encoding="ascii") as written:
        written.write(f"# public key: {recipient}\n{identity}\n")
    return recipient


def _lines(file: Path | None, variable: str, what: str) -> list[str]:
    try:
        text = file.read_text(encoding="utf-8") if file else os.environ.get(variable, "")
    except OSError as error:
        raise BackupError(f"{file} can't be read: {error.strerror}.") from error
    lines = [line.strip() for line in text.splitlines()]
    found = [line for line in lines if line and not line.startswith("#")]
    if not found:
        raise BackupError(f"Please say {what}: in a file, or in {variable}.")
    return found
