"""The command line: what it refuses, in words that name the argument."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from webinar.__main__ import cli


@pytest.mark.parametrize(
    ("organisation", "email", "said"),
    [
        (" ", "ada@example.org", "Please name the organisation."),
        ("Example", "notmail", "Please enter an e-mail address"),
    ],
)
def test_an_account_without_a_name_or_an_address_is_not_made(
    tmp_path: Path, organisation: str, email: str, said: str
):
    done = CliRunner().invoke(cli, ["create-account", organisation, email, "--data", str(tmp_path)])
    assert done.exit_code == 2
    assert said in done.output
    assert not list(tmp_path.iterdir())
