"""What an operator can set, and what happens to a value that does not fit."""

import re
import stat
from pathlib import Path

import pytest
from pydantic import ValidationError

from webinar.settings import Settings, load_settings

OPERATIONS = Path(__file__).parent.parent / "docs" / "operations.md"


@pytest.fixture(autouse=True)
def no_settings_in_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"WEBINAR_{name.upper()}", raising=False)
    monkeypatch.setenv("WEBINAR_DATA_DIR", str(tmp_path / "data"))


def test_a_secret_key_is_made_once_and_kept_for_its_owner_only(tmp_path: Path):
    first = load_settings().secret_key.get_secret_value()
    assert load_settings().secret_key.get_secret_value() == first
    assert stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("base_url", "webinar.example.org"),
        ("base_url", "https://webinar.example.org/sub"),
        ("base_url", "https://webinar.example.org:pass"),
        ("base_url", "https://webinar.example.org:99999"),
        ("base_url", "https://webinar.example.org:0"),
        ("base_url", "https://ada:pass-word@webinar.example.org"),
        ("base_url", "https://webinar.example.org/?from=mail"),
        ("base_url", "https://webinar.example.org#top"),
        ("base_url", "https://w\u00ebbinar.example.org"),
        ("extra_hosts", "http://other.example.org/"),
        ("extra_hosts", "other.example.org:8000"),
        ("extra_hosts", "other.example.org,[::1]"),
        ("media_hosts", "stream.example.org/live"),
        ("media_hosts", "str\u00ebam.example.org"),
        ("media_hosts", "https://stream.example.org"),
        ("trusted_proxies", "notanip"),
        ("trusted_proxies", "10.0.0.0/99"),
        ("trusted_proxies", "10.0.0.1/8"),
        ("trusted_proxies", "10.0.0.1,*"),
        ("trusted_proxies", "10.0.0.1:8000"),
        ("secret_key", "short"),
        ("log_format", "xml"),
        ("database_url", "nonsense"),
        ("database_url", "postgres://ada:pass-word@db/webinar"),
        ("database_url", "postgresql://ada:pass-word@db/webinar"),
        ("database_url", "sqlite:////srv/webinar.sqlite3"),
        ("database_url", "sqlite+aiosqlite://"),
        ("database_url", "sqlite+aiosqlite://srv/webinar.sqlite3"),
        ("database_url", "postgresql+asyncpg://ada:pass-word@db"),
        ("database_url", "postgresql+asyncpg://ada:secret@db:pass/webinar"),
        ("database_url", "postgresql+asyncpg://ada:pass-word@db:99999/webinar"),
        ("redis_url", "nonsense"),
        ("redis_url", "http://:pass-word@redis"),
        ("redis_url", "redis://:pass/word@redis"),
        ("redis_url", "redis://redis:99999"),
        ("redis_url", "redis:/redis:6379"),
        ("redis_url", "unix://"),
        ("smtp_url", "foo"),
        ("smtp_url", "smtp://ada:pass/word@mail.example.org"),
        ("smtp_url", "smtp://[pass-word]"),
    ],
)
def test_a_setting_that_does_not_fit_is_named_and_its_value_is_not_repeated(name: str, value: str):
    with pytest.raises(ValidationError) as error:
        load_settings(**{name: value})
    told = str(error.value)
    assert name in told
    assert "must be" in told or name in {"secret_key", "log_format"}
    assert f"input_value='{value}'" not in told
    assert not [part for part in ("pass-word", "'pass'") if part in told]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("base_url", "http://[::1]:8000"),
        ("base_url", "https://xn--wbinar-dva.example.org:8443"),
        ("extra_hosts", ("Other.example.org", "localhost", "a_b", "10.0.0.1", "::1")),
        ("media_hosts", ("xn--stram-hva.example.org",)),
        ("trusted_proxies", ("10.0.0.1", "10.0.0.0/8", "fd00::/8", "::1")),
        ("trusted_proxies", ("*",)),
        ("database_url", ""),
        ("database_url", "postgresql+asyncpg://nobody@/webinar?host=/run/postgresql"),
        ("database_url", "postgresql+asyncpg://ada:pass%2Fword@[::1]:5432/webinar"),
        ("database_url", "sqlite+aiosqlite:///data/webinar.sqlite3"),
        ("redis_url", "redis://redis"),
        ("redis_url", "rediss://ada:pass-word@redis:6380/1?ssl_cert_reqs=none"),
        ("redis_url", "unix:///run/redis.sock?db=1"),
        ("smtp_url", "smtps://ada%40example.org:pass-word@mail.example.org:465"),
        ("smtp_url", ""),
    ],
)
def test_every_address_that_is_understood_may_be_set(name: str, value: object):
    found = getattr(load_settings(**{name: value}), name)
    assert (found.get_secret_value() if name == "smtp_url" else found) == value


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WEBINAR_TRUSTED_PROXIES", "10.0.0.1, 10.0.0.2")
    assert load_settings().trusted_proxies == ("10.0.0.1", "10.0.0.2")


def test_every_setting_is_documented_for_operators_and_nothing_else_is():
    documented = set(re.findall(r"^\| `WEBINAR_(\w+)`", OPERATIONS.read_text(), re.MULTILINE))
    assert documented == {name.upper() for name in Settings.model_fields}
