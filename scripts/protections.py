"""Takes every protection out once and sees its test fail: `python -m scripts.protections [--row S2] [--write]`.

The list is tests/protections.toml. Each protection is taken out in a copy of the tree, never in the tree itself.
`--write` makes docs/protections.md from the list, without running anything.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
LIST = ROOT / "tests" / "protections.toml"
TABLE = ROOT / "docs" / "protections.md"
COPIED = (
    *("webinar", "tests", "migrations", "scripts", "docs", "benchmarks", "deploy"),
    *("pyproject.toml", "Makefile"),
)
PATIENCE = 180  # seconds; a test that hangs has noticed too
FAILED = 1  # pytest's answer when tests failed
WORDS = {FAILED: "fails", 0: "STILL PASSES"}
INTRODUCTION = """\
# Protections

Made from [tests/protections.toml](../tests/protections.toml) by `python -m scripts.protections --write`. Each of these lines
was taken out of a copy of the code and its test seen to fail; `make protections` does it again for all of them (about ten
minutes). What has to be true beyond what one line of code decides, such as the erasure proof and the contract suites on both
databases, is in the same test files.

| Row | Protection | In | The test that fails without it |
|---|---|---|---|
"""


@dataclass(frozen=True)
class Protection:
    """A protection: `take` in `file` is what protects, `put` is the code without it, `test` is what then fails."""

    row: str
    what: str
    file: str
    take: str
    put: str
    test: str

    @property
    def test_file(self) -> str:
        """The file of the test."""
        return self.test.partition("::")[0]

    def is_in(self, root: Path) -> bool:
        """Whether the code that protects stands in its file, once."""
        return (root / self.file).read_text(encoding="utf-8").count(self.take) == 1

    def without(self, root: Path) -> None:
        """Takes the protection out of the tree at `root`."""
        path = root / self.file
        path.write_text(path.read_text(encoding="utf-8").replace(self.take, self.put), encoding="utf-8")


def read_list() -> list[Protection]:
    """All protections, in the order of the list."""
    return [Protection(**each) for each in tomllib.loads(LIST.read_text(encoding="utf-8"))["protection"]]


def as_table(protections: Iterable[Protection]) -> str:
    """docs/protections.md."""
    return INTRODUCTION + "".join(map(_line, protections))


def take_out(protection: Protection) -> int:
    """How pytest ends when it runs the protection's test without it; `FAILED` is how it should."""
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        _copy_tree(root)
        protection.without(root)
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", protection.test]
        try:
            run = subprocess.run(command, cwd=root, capture_output=True, timeout=PATIENCE, check=False)
        except subprocess.TimeoutExpired:
            return FAILED
        return run.returncode


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the script; 1 when a protection can be taken out unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--row", action="append", help="only this row of goals")
    parser.add_argument("--only", default="", help="only protections whose words match this expression")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="make docs/protections.md and end")
    parser.add_argument("--check", action="store_true", help="say which the code no longer has, and end")
    chosen = parser.parse_args(arguments)
    protections = read_list()
    if chosen.write:
        TABLE.write_text(as_table(protections), encoding="utf-8")
        return 0
    if chosen.check:
        return _say_what_is_stale(protections)
    wanted = [each for each in protections if not chosen.row or each.row in chosen.row]
    wanted = [each for each in wanted if re.search(chosen.only, each.what)]
    with ThreadPoolExecutor(chosen.jobs) as pool:
        unnoticed = 0
        for protection, end in zip(wanted, pool.map(take_out, wanted), strict=True):
            unnoticed += end != FAILED
            print(f"{WORDS.get(end, 'DID NOT RUN'):12}  {protection.row:4} {protection.what}", flush=True)
    print(f"{len(wanted) - unnoticed} of {len(wanted)} protections are noticed when they are out")
    return 1 if unnoticed else 0


def _say_what_is_stale(protections: Sequence[Protection]) -> int:
    stale = [
        f"{each.file} no longer has what is quoted of: {each.what}"
        for each in protections
        if not each.is_in(ROOT)
    ]
    if TABLE.read_text(encoding="utf-8") != as_table(protections):
        stale.append("docs/protections.md is not made from the list: run this with --write")
    print("\n".join(stale))
    return 1 if stale else 0


def _copy_tree(root: Path) -> None:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__", "*.png"))
        else:
            shutil.copy(source, root / name)


def _line(protection: Protection) -> str:
    name = protection.test.partition("::")[2]
    test = f"[{name or protection.test_file}](../{protection.test_file})"
    return f"| {protection.row} | {protection.what} | `{protection.file}` | {test} |\n"


if __name__ == "__main__":
    sys.exit(main())
