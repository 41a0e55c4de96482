"""Programs that some tests need: found, or their tests skipped with one plain line.

`WEBINAR_REQUIRE=all` turns every skip into a failure: what runs in CI runs in full.
"""

import os
import shutil
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Tool:
    """A program behind a marker. A test that uses one of the `fixtures` gets the marker by itself."""

    marker: str
    name: str
    packages: str
    programs: tuple[str, ...]
    fixtures: frozenset[str] = frozenset()

    def find(self) -> str | None:
        """The path of the first of the programs that is there."""
        return next(filter(None, map(shutil.which, self.programs)), None)

    @property
    def advice(self) -> str:
        """Why a test was skipped and what helps."""
        return f"needs {self.name}: run make system-deps, or install {self.packages}"


def newest_postgres() -> str:
    """Debian keeps a folder per major version, outside of PATH."""
    folders = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    return str(max(folders, key=lambda path: int(path.parts[-3]), default="postgres"))


CHROMIUM = Tool(
    marker="browser",
    name="Chromium",
    packages="chromium",
    programs=(os.environ.get("WEBINAR_CHROMIUM", "chromium"), "chromium-browser", "google-chrome"),
    fixtures=frozenset({"browser"}),
)
FFMPEG = Tool(marker="ffmpeg", name="ffmpeg", packages="ffmpeg", programs=("ffmpeg",))
POSTGRES = Tool(
    marker="postgres",
    name="PostgreSQL",
    packages="postgresql",
    programs=(newest_postgres(),),
    fixtures=frozenset({"postgres_server", "own_postgres"}),
)
REDIS = Tool(
    marker="redis",
    name="Redis",
    packages="redis-server",
    programs=("redis-server",),
    fixtures=frozenset({"redis_server", "own_redis"}),
)
COMPILER = Tool(
    marker="compiler",
    name="a C compiler",
    packages="gcc and libc6-dev",
    programs=("cc",),
    fixtures=frozenset({"programs"}),
)
OPENSSL = Tool(
    marker="openssl",
    name="OpenSSL's program",
    packages="openssl",
    programs=("openssl",),
    fixtures=frozenset({"certificate"}),
)
NGINX = Tool(marker="nginx", name="nginx", packages="nginx", programs=("nginx", "/usr/sbin/nginx"))
CADDY = Tool(marker="caddy", name="Caddy", packages="caddy", programs=("caddy",))
PROMTOOL = Tool(
    marker="promtool", name="Prometheus's promtool", packages="prometheus", programs=("promtool",)
)
NETWORK = Tool(
    marker="network",
    name="root and its program for networks",
    packages="iproute2",
    programs=("ip", "/usr/sbin/ip") if os.geteuid() == 0 else (),
    fixtures=frozenset({"elsewhere"}),
)
TOOLS = (CHROMIUM, FFMPEG, POSTGRES, REDIS, COMPILER, OPENSSL, NGINX, CADDY, PROMTOOL, NETWORK)


def skips_fail() -> bool:
    """Whether this run has to be complete."""
    return os.environ.get("WEBINAR_REQUIRE") == "all"


def pytest_configure(config: pytest.Config) -> None:
    """Make the markers known."""
    for tool in TOOLS:
        config.addinivalue_line("markers", f"{tool.marker}: needs {tool.name}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a tool through a fixture, before `-m` selects."""
    for item in items:
        for tool in TOOLS:
            if tool.fixtures & set(getattr(item, "fixturenames", ())):
                item.add_marker(tool.marker)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose tool is missing."""
    for tool in TOOLS:
        if item.get_closest_marker(tool.marker) and not tool.find():
            pytest.skip(tool.advice)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where the run has to be complete, a skip is a failure."""
    report = yield
    if report.skipped and skips_fail() and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.longrepr = f"{reason} (WEBINAR_REQUIRE=all allows no skips)"
    return report
