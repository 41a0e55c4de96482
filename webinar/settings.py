"""What an operator can set: the only reader of the environment. Names in the environment start with `WEBINAR_`."""

import os
import re
import secrets
from contextlib import suppress
from functools import cached_property
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from webinar.mail.transport import read_smtp_url

SECRET_LENGTH = 32
HIGHEST_PORT = 65535
HOST = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?", re.ASCII | re.IGNORECASE)


class Settings(BaseSettings):
    """One installation. Frozen; every value is validated with the variable's name in the message."""

    model_config = SettingsConfigDict(
        env_prefix="WEBINAR_", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    base_url: str = Field(
        "http://127.0.0.1:8000", description="The address people use, without a final slash."
    )
    secret_key: SecretStr = Field(description="At least 32 random characters; signs links and tickets.")
    receipt_key: SecretStr = Field(
        SecretStr(""), description="At least 32 random characters; signs receipts and the audit trail's head."
    )
    data_dir: Path = Field(Path("data"), description="Folder of the database, media and (in the demo) mails.")
    journal_dir: Path | None = Field(
        None, description="Folder of the erasure journal, best on another disk; empty for data_dir/journal."
    )
    database_url: str = Field("", description="SQLAlchemy URL; empty for SQLite inside data_dir.")
    redis_url: str = Field("", description="Redis for several instances; empty for one process.")
    smtp_url: SecretStr = Field(
        SecretStr(""), description="smtp://user:password@host:587; empty writes mails to data_dir/mail."
    )
    mail_from: str = Field("webinar@localhost.localdomain", description="The sender of every mail.")
    extra_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Further host names the server answers to, separated by commas."
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Addresses or networks of proxies whose X-Forwarded-* are believed, separated by commas.",
    )
    messages_per_second: float = Field(
        1.0, ge=0.1, le=100, description="How often one participant may speak; five seconds' worth at once."
    )
    media_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Hosts of external streams that may be private addresses, separated by commas."
    )
    heartbeat_seconds: float = Field(
        8,
        gt=0,
        le=8,
        description="A viewer or an instance that gives no sign of life for three of these is gone.",
    )
    reconnects_per_second: int = Field(
        50, ge=1, description="How many viewers of an instance that ends come back each second."
    )
    drain_seconds: float = Field(
        15, ge=0, le=15, description="How long they may stay meanwhile, where other instances take over."
    )
    metrics_token: SecretStr = Field(
        SecretStr(""), description="Prometheus shows it to read /metrics; empty: there is no such page."
    )
    log_format: str = Field("console", pattern="^(console|json)$", description="console or json.")
    demo: bool = Field(
        False, description="Shows the demo's mail folder on a page. Never on a real installation."
    )

    @field_validator("extra_hosts", "trusted_proxies", "media_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("base_url")
    @classmethod
    def _plain_origin(cls, value: str) -> str:
        with suppress(ValueError):
            if _is_origin(value):
                return value.rstrip("/")
        raise ValueError("must be like https://webinar.example.org")

    @field_validator("extra_hosts", "media_hosts")
    @classmethod
    def _host_names(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(map(_is_host, value)):
            raise ValueError(
                "must be host names like stream.example.org, separated by commas: without https://, port and path, "
                "and those with other letters as xn--…"
            )
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if value != ("*",) and not all(map(_is_address_or_network, value)):
            raise ValueError(
                "must be addresses or whole networks like 10.0.0.1 and 10.0.0.0/8, separated by commas, or * alone"
            )
        return value

    # What may hold a password is told by an example only: the reader's own words may quote a part of it.

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        with suppress(ArgumentError, ValueError):
            if not value or _is_database(value):
                return value
        raise ValueError(
            "must be like postgresql+asyncpg://user:password@host/name or sqlite+aiosqlite:////folder/file"
        )

    @field_validator("redis_url")
    @classmethod
    def _known_redis(cls, value: str) -> str:
        with suppress(ValueError):
            if not value or _is_redis(value):
                return value
        raise ValueError("must be like redis://:password@host:6379/0, rediss://… or unix:///folder/socket")

    @field_validator("smtp_url")
    @classmethod
    def _known_mail_server(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value():
            read_smtp_url(value.get_secret_value())
        return value

    @field_validator("secret_key", "receipt_key")
    @classmethod
    def _long_enough(cls, value: SecretStr, about: ValidationInfo) -> SecretStr:
        left_out = not value.get_secret_value() and about.field_name == "receipt_key"
        if len(value.get_secret_value()) < SECRET_LENGTH and not left_out:
            raise ValueError(f"must have at least {SECRET_LENGTH} characters")
        return value

    @cached_property
    def sealing_secret(self) -> str:
        """What the seal's key is made from."""
        return self.receipt_key.get_secret_value() or self.secret_key.get_secret_value()

    @cached_property
    def database(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'webinar.sqlite3'}"

    @cached_property
    def journal(self) -> Path:
        """Where the erasure journal's files are."""
        return self.journal_dir or self.data_dir / "journal"

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        """Every host name the server answers to (S13)."""
        own = urlsplit(self.base_url).hostname or ""
        return (own, *self.extra_hosts)


def load_settings(**overrides: Any) -> Settings:
    """The settings of the environment, with `overrides` winning.

    Where no secret key or receipt key is set, one is made on first use and kept in `data_dir/secret_key` and
    `data_dir/receipt_key`, readable by their owner only. Raises pydantic's ValidationError, which names each setting
    that does not fit.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    folder = Path(given.get("data_dir") or os.environ.get("WEBINAR_DATA_DIR") or "data")
    for name in ("secret_key", "receipt_key"):
        if name not in given and f"WEBINAR_{name.upper()}" not in os.environ:
            given[name] = _kept_secret(folder / name)
    return Settings(**given)


def _is_origin(value: str) -> bool:
    parts = urlsplit(value)
    more = (parts.path.strip("/"), parts.query, parts.fragment, "@" in parts.netloc, parts.port == 0)
    return parts.scheme in {"http", "https"} and _is_host(parts.hostname or "") and not any(more)


def _is_host(value: str) -> bool:
    """Whether a request can name `value` as its host; IPv6 is compared without its brackets."""
    return HOST.fullmatch(value) is not None or _is_address(value)


def _is_address(value: str) -> bool:
    with suppress(ValueError):
        return bool(ip_address(value))
    return False


def _is_address_or_network(value: str) -> bool:
    # As uvicorn reads them: it takes everything else for the name of a client, which nothing ever has.
    if "/" not in value:
        return _is_address(value)
    with suppress(ValueError):
        return bool(ip_network(value))
    return False


def _is_database(value: str) -> bool:
    url = make_url(value)
    if url.drivername == "sqlite+aiosqlite":
        # Every connection to a database in memory has one of its own.
        return not url.host and url.database not in {None, "", ":memory:"}
    fits = url.port is None or 0 < url.port <= HIGHEST_PORT
    return url.drivername == "postgresql+asyncpg" and bool(url.database) and fits


def _is_redis(value: str) -> bool:
    parts = urlsplit(value)
    if parts.scheme == "unix":
        return bool(parts.path)
    return parts.scheme in {"redis", "rediss"} and bool(parts.hostname) and parts.port != 0


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(SECRET_LENGTH))
    return path.read_text(encoding="ascii")
