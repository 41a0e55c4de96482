"""What became of the mutants: read from what mutmut leaves behind, and kept in tests/mutants-outcomes.json.

Kept is what the page needs, and by what the module and its tests looked like then. So the page can be made again, and
a module that is the same need not be run again, on a machine that has none of mutmut's folders.
"""

import ast
import difflib
import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

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
NOTICED = {KILLED, TIMED_OUT}


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


@dataclass(frozen=True)
class Left:
    """A mutant that no test noticed and that changes more than words."""

    function: str
    take: str
    put: str
    covered: bool = True


@dataclass(frozen=True)
class Kept:
    """What a finished run of a module found; `stamp` is what module and tests were then, empty where that is not known.

    `words` are the mutants that change only words, and how many of them were noticed.
    """

    stamp: str
    counts: Mapping[str, int]
    words: Mapping[str, int]
    left: Sequence[Left]


def summed_up(outcomes: Sequence[Outcome], stamp: str) -> Kept:
    """What is kept of a run."""
    numbers = Counter(each.outcome for each in outcomes)
    words = [each for each in outcomes if each.only_words]
    left = [
        Left(each.function, each.take, each.put, covered=each.outcome == SURVIVED)
        for each in outcomes
        if each.outcome not in NOTICED and not each.only_words
    ]
    return Kept(
        stamp,
        {outcome: numbers[outcome] for outcome in OUTCOME_ORDER},
        {"mutants": len(words), "noticed": sum(each.outcome in NOTICED for each in words)},
        left,
    )


def added_up(kept: Iterable[Kept]) -> tuple[Counter[str], Counter[str]]:
    """The counts of several modules, of all mutants and of those that change only words."""
    counts, words = Counter[str](), Counter[str]()
    for each in kept:
        counts.update(each.counts)
        words.update(each.words)
    return counts, words


def read_kept(file: Path) -> dict[str, Kept]:
    """What is kept, by the path of the module."""
    if not file.exists():
        return {}
    found: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return {
        path: Kept(each["stamp"], each["counts"], each["words"], [Left(**left) for left in each["left"]])
        for path, each in found.items()
    }


def write_kept(file: Path, kept: Mapping[str, Kept]) -> None:
    """Writes it with a line for each mutant that is left, so that a difference can be read."""
    file.write_text(
        "{\n" + ",\n".join(f"{_line(path)}: {_entry(kept[path])}" for path in sorted(kept)) + "\n}\n",
        encoding="utf-8",
    )


def _entry(kept: Kept) -> str:
    facts = asdict(kept)
    left = ",\n    ".join(map(_line, facts.pop("left")))
    lines = [f"{_line(name)}: {_line(value)}" for name, value in facts.items()]
    lines.append(f'"left": [\n    {left}\n  ]' if left else '"left": []')
    return "{\n  " + ",\n  ".join(lines) + "\n}"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


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
