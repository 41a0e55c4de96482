"""Tests whose tool is missing: skipped on a laptop, failed in CI."""

import pytest

SUITE = """
import pytest

@pytest.mark.redis
def test_one(): pass

@pytest.mark.redis
def test_two(): pass

@pytest.mark.xfail
def test_known(): assert False
"""


@pytest.fixture
def suite(
    pytester: pytest.Pytester, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> pytest.Pytester:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("PYTHONPATH", str(pytestconfig.rootpath))
    pytester.makepyfile(SUITE)
    return pytester


def test_a_missing_tool_skips_with_one_line_that_says_what_to_install(suite, monkeypatch):
    monkeypatch.delenv("WEBINAR_REQUIRE", raising=False)
    result = suite.runpytest_subprocess("-p", "tests.support.tools", "-rs")
    result.assert_outcomes(skipped=2, xfailed=1)
    result.stdout.fnmatch_lines("SKIPPED ?2?*needs Redis: run make system-deps, or install redis-server")


def test_a_run_that_must_be_complete_fails_instead(suite, monkeypatch):
    monkeypatch.setenv("WEBINAR_REQUIRE", "all")
    result = suite.runpytest_subprocess("-p", "tests.support.tools")
    result.assert_outcomes(errors=2, xfailed=1)
    result.stdout.fnmatch_lines("*needs Redis*(WEBINAR_REQUIRE=all allows no skips)")
