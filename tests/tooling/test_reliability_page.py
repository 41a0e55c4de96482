"""The page that says what shows each promise names tests that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reliability.md"
NAMED = re.compile(r"\[(test_\w+)\]\(\.\./(tests/[\w/]+\.py)\)")
ROWS = {
    *(f"R{number}" for number in range(1, 9)),
    "R10",
    "R11",
    "R12",
    *(f"S{number}" for number in range(1, 6)),
}


def test_every_goal_has_its_row_and_every_test_that_is_named_is_there():
    page = PAGE.read_text(encoding="utf-8")
    assert {row for row in ROWS if f"\n| {row} | " in page} == ROWS
    named = NAMED.findall(page)
    assert named
    missing = [
        name for name, path in named if f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert missing == []
