"""Brings a database to the current schema with Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config

import webinar


def migrations_folder() -> Path:
    """Where the migrations are: beside the package in a checkout, inside it when installed from a wheel."""
    package = Path(webinar.__file__).parent
    inside = package / "migrations"
    return inside if inside.is_dir() else package.parent / "migrations"


def alembic_config(url: str) -> Config:
    """Alembic's configuration for the database at `url` (a SQLAlchemy URL)."""
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    config.attributes["url"] = url
    return config


def migrate(url: str) -> None:
    """Applies every migration that the database at `url` lacks. Blocking: call it before the server starts."""
    command.upgrade(alembic_config(url), "head")
