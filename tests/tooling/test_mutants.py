"""The report on mutants: what counts as killed, what is left out by rule, and why the rest stays."""

import json
from pathlib import Path

import pytest

from scripts.mutants import OUTCOMES, REPORT, ROOT, is_current, read_list
from scripts.mutants_outcomes import (
    KILLED,
    NOT_COVERED,
    SURVIVED,
    TIMED_OUT,
    Outcome,
    read_kept,
    read_outcomes,
    summed_up,
    write_kept,
)
from scripts.mutants_report import as_report

ORIGINAL = """\
async def x_leave__mutmut_orig(door, much=1):
    \"\"\"Goes.\"\"\"
    log.info("somebody went", much=much)
    if much > 2:
        raise ValueError("far too much", much)
    return door
"""
MUTANTS = {
    1: ORIGINAL.replace("somebody went", "XXsomebody wentXX"),
    2: ORIGINAL.replace("far too much", "FAR TOO MUCH"),
    3: ORIGINAL.replace("much > 2", "much >= 2"),
    4: ORIGINAL.replace("much=1", "much=2"),
    5: ORIGINAL.replace('ValueError("far too much", much)', 'ValueError("far too much", None)'),
    6: ORIGINAL.replace("    return door\n", "    return None\n"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What mutmut leaves behind for a module."""
    written: list[str] = []
    spans = {}
    sources = {"orig": ORIGINAL} | {str(number): source for number, source in MUTANTS.items()}
    for name, source in sources.items():
        lines = source.replace("__mutmut_orig", f"__mutmut_{name}").splitlines()
        spans[f"x_leave__mutmut_{name}"] = [len(written) + 1, len(written) + len(lines)]
        written += lines
    (tmp_path / "door.py").write_text("\n".join(written))
    (tmp_path / "door.py.spans").write_text(json.dumps({"spans": spans}))
    write_codes(tmp_path, [1, 0, 0, 33, -24, 3])
    return tmp_path


def write_codes(folder: Path, codes: list[int | None]) -> None:
    found = {f"door.x_leave__mutmut_{number}": code for number, code in enumerate(codes, 1)}
    (folder / "door.py.meta").write_text(json.dumps({"exit_code_by_key": found}))


def outcomes(folder: Path) -> list[Outcome]:
    found = read_outcomes(folder, "door.py")
    assert found is not None
    return found


def test_what_became_of_a_mutant_is_read_from_how_its_tests_ended(folder: Path):
    assert [each.outcome for each in outcomes(folder)] == [
        KILLED, SURVIVED, SURVIVED, NOT_COVERED, TIMED_OUT, KILLED,
    ]  # fmt: skip


def test_only_words_of_the_log_and_sentences_of_errors_are_left_out_by_rule(folder: Path):
    assert [each.only_words for each in outcomes(folder)] == [True, True, False, False, False, False]


def test_a_change_is_told_by_its_lines(folder: Path):
    told = [(each.function, each.take, each.put) for each in outcomes(folder)]
    assert told[2] == ("leave", "if much > 2:", "if much >= 2:")
    assert told[3] == ("leave", "door, much=1", "door, much=2")
    assert told[5] == ("leave", "return door", "return None")


def test_a_module_that_is_not_done_has_no_outcomes(folder: Path):
    write_codes(folder, [1, 0, None, 33, -24, 3])
    assert read_outcomes(folder, "door.py") is None
    assert read_outcomes(folder, "window.py") is None


def test_the_report_counts_with_and_without_words_and_says_why_the_rest_stays(folder: Path):
    stays = [{"in": "door.py::leave", "take": "much > 2", "why": "Two is not much."}]
    rows = [
        ("doors", "door.py", False, summed_up(outcomes(folder), "now")),
        ("doors", "window.py", True, None),
    ]
    report = as_report(rows, stays)
    assert "| `door.py` | 6 | 2 | 1 | 2 | 1 | 50.0 % | 50.0 % |" in report
    assert "| `window.py` | no finished run |" in report
    assert "| Doors: 1 of 2 modules, 0 of them earlier | 6 |" in report
    assert "- `leave`: `if much > 2:` → `if much >= 2:`  \n  Two is not much.\n" in report
    assert "- `leave` (not covered): `door, much=1` → `door, much=2`  \n  Not looked into yet.\n" in report
    assert "FAR TOO MUCH" not in report


def test_what_is_kept_of_a_run_is_read_as_it_was_written(folder: Path):
    kept = {"door.py": summed_up(outcomes(folder), "now"), "empty.py": summed_up([], "")}
    write_kept(folder / "kept.json", kept)
    assert read_kept(folder / "kept.json") == kept
    assert kept["door.py"].words == {"mutants": 2, "noticed": 1}
    assert len(kept["door.py"].left) == 2
    assert read_kept(folder / "nothing.json") == {}


def test_what_is_kept_holds_for_a_module_only_while_it_and_its_tests_are_the_same(folder: Path):
    module = read_list()[0][0]
    assert is_current(module, {module.path: summed_up(outcomes(folder), module.stamp)})
    assert not is_current(module, {module.path: summed_up(outcomes(folder), "before")})
    assert not is_current(module, {})


def test_the_page_has_the_figures_that_are_kept():
    page = REPORT.read_text(encoding="utf-8")
    for path, kept in read_kept(OUTCOMES).items():
        figures = " | ".join(str(each) for each in (sum(kept.counts.values()), *kept.counts.values()))
        assert any(f"| `{path}`{mark} | {figures} |" in page for mark in ("", ", earlier")), path


def test_every_module_and_test_of_the_list_is_there_and_named_once():
    modules, stays = read_list()
    assert len({module.path for module in modules}) == len(modules)
    for module in modules:
        assert (ROOT / module.path).is_file()
        assert all((ROOT / test).exists() for test in module.tests)
    assert all(reason["why"].endswith(".") for reason in stays)
