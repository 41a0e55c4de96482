"""What became of the mutants, as a page: docs/mutation-testing.md."""

import re
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from itertools import groupby

from scripts.mutants_outcomes import NOTICED, OUTCOME_ORDER, Kept, Left, added_up

Ran = tuple[str, str, bool, Kept | None]
UNKNOWN = "Not looked into yet."
UNASKED = "Survived before the last change; not asked again yet."
INTRODUCTION = """\
# Mutation testing

Made by `make mutants`; nothing here is written by hand. Each mutant is one small change of the code: a comparison turned
round, an argument left out, a number one higher. A mutant is *killed* when a test fails with it, and whatever survives is a
line that could be wrong without anybody noticing.

- **Tool:** mutmut {version}, with a process of its own for every mutant.
- **Scope:** [tests/mutants.toml](../tests/mutants.toml) names the modules of erasure, consent and tokens, and for each the
  tests that own it: quick ones, on SQLite and in process. What only PostgreSQL, a browser or a second process can show is in
  other tests, which are not used here.
- **Not mutated** by the tool: what stands outside functions (a table of lifetimes, a column), functions with a decorator
  other than `staticmethod` and `classmethod`, docstrings and type hints.
- **Left out by rule** in the second percentage, whether killed or not: mutants that are the same program once the calls of
  the log and the sentences inside `raise` are blanked. No mutant is left out for any other reason.
- A mutant that never ends is stopped and counts as killed: the test run does not pass with it.
- **Earlier** figures were taken before the module or its tests last changed; the others hold for both as they are now. A
  mutant that was killed stays so while tests are only added, so `--survivors` may have asked only the others again.
- The figures are kept in [tests/mutants-outcomes.json](../tests/mutants-outcomes.json), from which this page is made.

"""
TOTALS = """\
| Part | Mutants | Killed | Timed out | Survived | Not covered | Killed, all | Killed, without words |
|---|---:|---:|---:|---:|---:|---:|---:|
"""
MODULES = """
| Module | Mutants | Killed | Timed out | Survived | Not covered | Killed, all | Killed, without words |
|---|---:|---:|---:|---:|---:|---:|---:|
"""


def as_report(ran: Iterable[Ran], stays: Sequence[Mapping[str, str]]) -> str:
    """docs/mutation-testing.md. `stays` are the reasons.

    `ran` has a row per module: its part, its path, whether it or its tests have changed since, and what is kept of it.
    """
    rows: list[str] = []
    sections: list[str] = []
    everything: list[Kept] = []
    for part, members in groupby(ran, key=lambda each: each[0]):
        modules = list(members)
        of_part = [kept for *_, kept in modules if kept]
        everything += of_part
        done = [changed for *_, changed, kept in modules if kept]
        name = f"{part.capitalize()}: {len(done)} of {len(modules)} modules, {sum(done)} of them earlier"
        rows.append(_row(name, of_part))
        sections.append(f"\n## {part.capitalize()}\n{MODULES}")
        sections += [
            _row(f"`{path}`, earlier" if changed and kept else f"`{path}`", [kept] if kept else [])
            for _, path, changed, kept in modules
        ]
        for _, path, changed, kept in modules:
            left = kept.left if kept else ()
            sections += _survivors(path, left, stays, otherwise=UNASKED if changed else UNKNOWN)
    return (
        INTRODUCTION.format(version=version("mutmut"))
        + TOTALS
        + "".join(rows)
        + _row("**All**", everything)
        + "".join(sections)
    )


def _row(name: str, kept: Sequence[Kept]) -> str:
    counts, words = added_up(kept)
    if not counts.total():
        return f"| {name} | no finished run | | | | | | |\n"
    noticed = sum(counts[each] for each in NOTICED)
    percent = [
        _percent(noticed, counts.total()),
        _percent(noticed - words["noticed"], counts.total() - words["mutants"]),
    ]
    columns = [counts.total(), *(counts[each] for each in OUTCOME_ORDER), *percent]
    return f"| {name} | {' | '.join(map(str, columns))} |\n"


def _percent(noticed: int, of: int) -> str:
    return f"{100 * noticed / of:.1f} %" if of else "none"


def _survivors(
    path: str, left: Sequence[Left], stays: Sequence[Mapping[str, str]], *, otherwise: str
) -> list[str]:
    if not left:
        return []
    lines = [f"\n### What survives in `{path}`\n\n"]
    for each in left:
        covered = "" if each.covered else " (not covered)"
        change = f"`{each.take}` → `{each.put}`" if each.put else f"`{each.take}` left out"
        lines.append(f"- `{each.function}`{covered}: {change}  \n  {_why(path, each, stays) or otherwise}\n")
    return lines


def _why(path: str, left: Left, stays: Sequence[Mapping[str, str]]) -> str | None:
    """The reason whose expressions match where the mutant is, what it takes and what it puts."""
    place = f"{path}::{left.function}"
    for each in stays:
        found = (
            re.search(each.get(key, ""), text)
            for key, text in (("in", place), ("take", left.take), ("put", left.put))
        )
        if all(found):
            return each["why"]
    return None
