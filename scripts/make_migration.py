"""Writes a migration for what the models say and the migrations do not: `make_migration.py "what changes"`.

With `--baseline` it replaces all migrations by one from empty; only before the first release.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command

from webinar.schema import alembic_config, migrate, migrations_folder


def main(arguments: list[str]) -> None:
    """Writes the migration; its file name is printed."""
    baseline = "--baseline" in arguments
    message = "baseline" if baseline else arguments[0]
    folder = migrations_folder() / "versions"
    if baseline:
        for old in folder.glob("*.py"):
            old.unlink()
    with tempfile.TemporaryDirectory() as scratch:
        url = f"sqlite+aiosqlite:///{Path(scratch) / 'empty.sqlite3'}"
        migrate(url)
        number = f"{len(list(folder.glob('*.py'))) + 1:04}"
        command.revision(alembic_config(url), message, autogenerate=True, rev_id=number)


if __name__ == "__main__":
    main(sys.argv[1:])
