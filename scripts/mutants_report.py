"""What became of the mutants, as a page: docs/mutation-testing.md."""

import ast
import difflib
import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

KILLED, TIMED_OUT, SURVIVED, NOT_COVERED = "killed", "timed out", "survived", "not covered"
# How mutmut writes the end of a test run down: pytest's exit code, or the signal that ended it.
OUTCOMES = {
    0: SURVIVED,
    1: KILLED,
    3: KILLED,
    5: NOT_COVERED,
    33: NOT_COVERED,
    -24: TIMED_OUT,
    -9: TIMED_OUT,
    255: TIMED_OUT,
}
LOGGERS = ("log", "logger")
OUTCOME_ORDER = (KILLED, TIMED_OUT, SURVIVED, NOT_COVERED)
Ran = tuple[str, str, bool, "Sequence[Outcome] | None"]
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

"""
TOTALS = """\
| Part | Mutants | Killed | Timed out | Survived | Not covered | Killed, all | Killed, without words |
|---|---:|---:|---:|---:|---:|---:|---:|
"""
MODULES = """
| Module | Mutants | Killed | Timed out | Survived | Not covered | Killed, all | Killed, without words |
|---|---:|---:|---:|---:|---:|---:|---:|
"""


@dataclass(frozen=True)
class Outcome:
    """A mutant of `function`: the lines it takes and puts, what became of it, and whether it changes only words."""

    function: str
    take: str
    put: str
    outcome: str
    only_words: bool


def read_outcomes(folder: Path, path: str) -> list[Outcome] | None:
    """The outcomes that mutmut left in `folder` for the module; None while some mutants have none."""
    meta = folder / f"{path}.meta"
    if not meta.exists():
        return None
    codes = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
    if None in codes.values():
        return None
    lines = (folder / path).read_text(encoding="utf-8").splitlines()
    spans = json.loads((folder / f"{path}.spans").read_text(encoding="utf-8"))["spans"]

    def source(name: str) -> str:
        first, last = spans[name]
        return textwrap.dedent("\n".join(lines[first - 1 : last]))

    found = []
    for key, code in codes.items():
        name = key.rpartition(".")[2]
        mangled = name.rpartition("__mutmut_")[0]
        before, after = source(f"{mangled}__mutmut_orig"), source(name)
        function = mangled.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
        take, put = _changed(before, after)
        outcome = OUTCOMES.get(code, TIMED_OUT)
        found.append(Outcome(function, take, put, outcome, _bare(before) == _bare(after)))
    return found


def as_report(ran: Iterable[Ran], stays: Sequence[Mapping[str, str]]) -> str:
    """docs/mutation-testing.md. `stays` are the reasons.

    `ran` has a row per module: its part, its path, whether it or its tests have changed since, and the outcomes.
    """
    rows, sections, everything = [], [], []
    for part, members in groupby(ran, key=lambda each: each[0]):
        modules = list(members)
        of_part = [outcome for *_, outcomes in modules for outcome in outcomes or ()]
        everything += of_part
        done = [changed for *_, changed, outcomes in modules if outcomes]
        name = f"{part.capitalize()}: {len(done)} of {len(modules)} modules, {sum(done)} of them earlier"
        rows.append(_row(name, of_part))
        sections.append(f"\n## {part.capitalize()}\n{MODULES}")
        sections += [
            _row(f"`{path}`, earlier" if changed and outcomes else f"`{path}`", outcomes)
            for _, path, changed, outcomes in modules
        ]
        for _, path, changed, outcomes in modules:
            sections += _survivors(path, outcomes or (), stays, otherwise=UNASKED if changed else UNKNOWN)
    return (
        INTRODUCTION.format(version=version("mutmut"))
        + TOTALS
        + "".join(rows)
        + _row("**All**", everything)
        + "".join(sections)
    )


def _row(name: str, outcomes: Sequence[Outcome] | None) -> str:
    if not outcomes:
        return f"| {name} | no finished run | | | | | | |\n"
    numbers = Counter(each.outcome for each in outcomes)
    columns = [str(count) for count in (len(outcomes), *(numbers[each] for each in OUTCOME_ORDER))]
    percent = [_percent(outcomes), _percent([each for each in outcomes if not each.only_words])]
    return f"| {name} | {' | '.join(map(str, columns + percent))} |\n"


def _percent(outcomes: Sequence[Outcome]) -> str:
    killed = sum(each.outcome in {KILLED, TIMED_OUT} for each in outcomes)
    return f"{100 * killed / len(outcomes):.1f} %" if outcomes else "none"


def _survivors(
    path: str, outcomes: Sequence[Outcome], stays: Sequence[Mapping[str, str]], *, otherwise: str
) -> list[str]:
    left = [each for each in outcomes if each.outcome in {SURVIVED, NOT_COVERED} and not each.only_words]
    if not left:
        return []
    lines = [f"\n### What survives in `{path}`\n\n"]
    for each in left:
        covered = "" if each.outcome == SURVIVED else " (not covered)"
        change = f"`{each.take}` → `{each.put}`" if each.put else f"`{each.take}` left out"
        lines.append(f"- `{each.function}`{covered}: {change}  \n  {_why(path, each, stays) or otherwise}\n")
    return lines


def _why(path: str, outcome: Outcome, stays: Sequence[Mapping[str, str]]) -> str | None:
    """The reason whose expressions match where the mutant is, what it takes and what it puts."""
    place = f"{path}::{outcome.function}"
    for each in stays:
        found = (
            re.search(each.get(key, ""), text)
            for key, text in (("in", place), ("take", outcome.take), ("put", outcome.put))
        )
        if all(found):
            return each["why"]
    return None


def _changed(before: str, after: str) -> tuple[str, str]:
    """The lines that differ, the function's name left out of it."""
    one, other = (source.splitlines()[_body_at(source) :] for source in (before, after))
    take, put = [], []
    for line in difflib.ndiff(one, other):
        if line.startswith("- "):
            take.append(line[2:].strip())
        elif line.startswith("+ "):
            put.append(line[2:].strip())
    if not take and not put:  # the change is in the head: a default
        take, put = [ast.unparse(_head(before))], [ast.unparse(_head(after))]
    return " ".join(take), " ".join(put)


def _body_at(source: str) -> int:
    return _function(source).body[0].lineno - 1


def _head(source: str) -> ast.arguments:
    return _function(source).args


def _function(source: str) -> ast.FunctionDef | ast.AsyncFunctionDef:
    function = ast.parse(source).body[0]
    if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
        raise TypeError(f"no function begins with {source[:40]!r}")
    return function


class _Blank(ast.NodeTransformer):
    """Takes out what only people read: calls of the log, sentences in `raise`."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        call = node.value.value if isinstance(node.value, ast.Await) else node.value
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            owner = call.func.value
            if isinstance(owner, ast.Name) and owner.id in LOGGERS:
                return ast.Pass()
        return self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        for each in ast.walk(node):
            if isinstance(each, ast.Constant) and isinstance(each.value, str) and " " in each.value:
                each.value = ""
        return node


def _bare(source: str) -> str:
    function = _function(source)
    function.name = "f"
    return ast.dump(_Blank().visit(function))
