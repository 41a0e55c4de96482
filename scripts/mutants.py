"""Changes the code in small ways and sees the tests notice: `python -m scripts.mutants [tokens] [consent/records]`.

tests/mutants.toml says which modules, and which tests own each. Every module is mutated by mutmut in a folder of its
own under build/mutants, so that a run that was stopped goes on where it was. What a finished run found is kept in
tests/mutants-outcomes.json, and counts as long as the module and its tests are the same. `--survivors` asks only those
again that were not noticed, while tests are written. At the end docs/mutation-testing.md is made from all that is kept.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.mutants_outcomes import Kept, read_kept, read_outcomes, summed_up, write_kept
from scripts.mutants_report import as_report
from webinar.schema import migrate

ROOT = Path(__file__).parent.parent
LIST = ROOT / "tests" / "mutants.toml"
OUTCOMES = ROOT / "tests" / "mutants-outcomes.json"
REPORT = ROOT / "docs" / "mutation-testing.md"
WORK = ROOT / "build" / "mutants"
LINKED = ("webinar", "tests", "migrations")
IMPORT = re.compile(r"^from (tests[\w.]*) import", re.MULTILINE)
# pytest's exit codes when a test noticed. A mutant that was noticed stays so while tests are only added.
NOTICED = (1, 3)
CONFIGURATION = """
[tool.mutmut]
source_paths = ["webinar"]
only_mutate = [{path}]
also_copy = ["migrations"]
pytest_add_cli_args = ["-p", "no:cacheprovider", "-p", "pytest_asyncio.plugin", "-p", "no:unraisableexception", "-m", "not postgres"]
pytest_add_cli_args_test_selection = {tests}
# Each mutant's process is forked from one that has imported everything and run nothing: no loop, no threads.
process_isolation = "forkserver"
use_git_change_detection = false
on_dependency_change = "ignore"
"""


@dataclass(frozen=True)
class Module:
    """A module under test, the part it belongs to, and the tests that own it."""

    part: str
    path: str
    tests: tuple[str, ...]

    @property
    def name(self) -> str:
        """How it is called on the command line: consent/records."""
        return self.path.removeprefix("webinar/").removesuffix(".py")

    @property
    def folder(self) -> Path:
        """Where mutmut works on it."""
        return WORK / self.name.replace("/", ".")

    @property
    def stamp(self) -> str:
        """Changes with the module, with its tests, and with all that these import of each other."""
        files = sorted({self.path, *_with_imports(self.tests)})
        content = b"".join((ROOT / file).read_bytes() for file in files)
        return hashlib.sha256(repr((self.tests, files)).encode() + content).hexdigest()


def read_list() -> tuple[list[Module], list[dict[str, str]]]:
    """All modules in the order of the list, and why some mutants stay."""
    found = tomllib.loads(LIST.read_text(encoding="utf-8"))
    modules = [Module(each["part"], each["path"], tuple(each["tests"])) for each in found["module"]]
    return modules, found.get("stays", [])


def run(module: Module, *, survivors: bool) -> None:
    """Has mutmut try every mutant of the module that has no outcome yet. Raises CalledProcessError when it can't."""
    if has_changed(module):
        _begin_again(module, keep_noticed=survivors)
    tests = json.dumps(module.tests)
    configuration = CONFIGURATION.format(path=json.dumps(module.path), tests=tests)
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (module.folder / "pyproject.toml").write_text(project + configuration, encoding="utf-8")
    (module.folder / "stamp").write_text(module.stamp, encoding="utf-8")
    template = _template()
    subprocess.run(
        [Path(sys.executable).with_name("mutmut"), "run", "--max-children", "1"],
        cwd=module.folder,
        env=os.environ | {"WEBINAR_TEST_TEMPLATE": str(template), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        check=True,
    )


def has_changed(module: Module) -> bool:
    """Whether the module or its tests have changed since it was run."""
    stamp = module.folder / "stamp"
    return not stamp.exists() or stamp.read_text(encoding="utf-8") != module.stamp


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the script; 1 when a test run could not be begun."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wanted", nargs="*", help="parts (tokens) or modules (consent/records); without: all")
    parser.add_argument("--survivors", action="store_true", help="keep what was noticed, ask the rest again")
    parser.add_argument("--report", action="store_true", help="only make docs/mutation-testing.md again")
    chosen = parser.parse_args(arguments)
    modules, stays = read_list()
    wanted = list(_chosen(modules, chosen.wanted))
    kept = read_kept(OUTCOMES)
    for module in [] if chosen.report else wanted:
        print(f"--- {module.path}", flush=True)
        if chosen.survivors or not is_current(module, kept):
            run(module, survivors=chosen.survivors)
            _keep(module, kept)
    known = {each.path for each in modules}
    write_kept(OUTCOMES, {path: each for path, each in kept.items() if path in known})
    ran = [(each.part, each.path, not is_current(each, kept), kept.get(each.path)) for each in modules]
    REPORT.write_text(as_report(ran, stays), encoding="utf-8")
    return 0


def is_current(module: Module, kept: Mapping[str, Kept]) -> bool:
    """Whether what is kept of the module holds for it and its tests as they are now."""
    return module.path in kept and kept[module.path].stamp == module.stamp


def _keep(module: Module, kept: dict[str, Kept]) -> None:
    outcomes = read_outcomes(module.folder / "mutants", module.path)
    if outcomes is not None:
        # By what it was when the run began: what was changed meanwhile has not been asked.
        stamp = (module.folder / "stamp").read_text(encoding="utf-8")
        kept[module.path] = summed_up(outcomes, stamp)
        write_kept(OUTCOMES, kept)


def _chosen(modules: Sequence[Module], wanted: Sequence[str]) -> Iterator[Module]:
    unknown = set(wanted) - {module.part for module in modules} - {module.name for module in modules}
    if unknown:
        raise SystemExit(f"tests/mutants.toml has no part or module called {', '.join(sorted(unknown))}")
    yield from (each for each in modules if not wanted or each.part in wanted or each.name in wanted)


def _begin_again(module: Module, *, keep_noticed: bool) -> None:
    meta = module.folder / "mutants" / f"{module.path}.meta"
    kept = json.loads(meta.read_text(encoding="utf-8")) if keep_noticed and meta.exists() else None
    shutil.rmtree(module.folder, ignore_errors=True)
    meta.parent.mkdir(parents=True)
    for name in LINKED:
        (module.folder / name).symlink_to(ROOT / name)
    if kept:
        codes = kept["exit_code_by_key"]
        kept["exit_code_by_key"] = {name: code if code in NOTICED else None for name, code in codes.items()}
        meta.write_text(json.dumps(kept), encoding="utf-8")


def _with_imports(tests: Sequence[str]) -> set[str]:
    """These files of tests, what they import of the tests, and where their fixtures come from."""
    found: set[str] = set()
    waiting = [*tests, "tests/support/installation.py"]
    while waiting:
        file = waiting.pop()
        if file in found or not (ROOT / file).is_file():
            continue
        found.add(file)
        waiting.append(str(Path(file).with_name("conftest.py")))
        imported = IMPORT.findall((ROOT / file).read_text(encoding="utf-8"))
        waiting += (f"{name.replace('.', '/')}.py" for name in imported)
    return found


def _template() -> Path:
    """A migrated database that every test's own is copied from."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "migrations").rglob("*.py")):
        digest.update(path.read_bytes())
    template = WORK / f"template-{digest.hexdigest()[:16]}.sqlite3"
    if not template.exists():
        making = template.with_suffix(".making")
        migrate(f"sqlite+aiosqlite:///{making}")
        making.rename(template)
    return template


if __name__ == "__main__":
    sys.exit(main())
