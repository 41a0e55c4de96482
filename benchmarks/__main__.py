"""`python -m benchmarks [name …]` runs the named benchmarks, or all of them one after the other.

`realtime` stands for all of its parts; `--quick` makes them short, to see that everything works, and `--report FILE`
writes their tables to a page. `privacy` measures on SQLite and on PostgreSQL, or on the one that `--database` names.
"""

import argparse
import asyncio
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path

import benchmarks
from benchmarks.privacy import suite as privacy
from benchmarks.privacy.places import PLACES
from benchmarks.realtime import suite

HELPERS = {"__main__", "admin", "crowd", "harness", "realtime", "serve"}
PRIVACY = "privacy"


def names() -> list[str]:
    """Every benchmark there is."""
    found = {module.name for module in pkgutil.iter_modules(benchmarks.__path__)} - HELPERS
    return sorted(found | set(suite.PARTS))


def main(arguments: Sequence[str]) -> int:
    """Runs what is wanted; 2 for a name that does not exist."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name")
    parser.add_argument(
        "--quick", action="store_true", help="realtime, privacy: a short run, with fewer people"
    )
    parser.add_argument("--seconds", type=float, default=8.0, help="realtime: the length of each run")
    parser.add_argument("--report", type=Path, help="realtime, privacy: a Markdown file for the tables")
    parser.add_argument("--database", choices=sorted(PLACES), help="privacy: on this database only")
    given = parser.parse_args(arguments)
    known = names()
    wanted = [
        part for name in given.names for part in (suite.PARTS if name == suite.WHOLE else [name])
    ] or known
    if unknown := [name for name in wanted if name not in known]:
        print(f"No benchmark called {', '.join(unknown)}. There is: {', '.join(known)}", file=sys.stderr)
        return 2
    for name in (name for name in wanted if name not in suite.PARTS and name != PRIVACY):
        module = importlib.import_module(f"benchmarks.{name}")
        print(f"\n# {name}\n{(module.__doc__ or '').strip()}\n", flush=True)
        asyncio.run(module.main())
    if PRIVACY in wanted:
        print(f"\n# {PRIVACY}\n{(benchmarks.privacy.__doc__ or '').strip()}\n", flush=True)
        databases = [given.database] if given.database else list(PLACES)
        asyncio.run(privacy.run(databases, quick=given.quick, report=given.report))
    if parts := [name for name in wanted if name in suite.PARTS]:
        print(f"\n# {suite.WHOLE}\n{(benchmarks.realtime.__doc__ or '').strip()}\n", flush=True)
        asyncio.run(suite.run(parts, quick=given.quick, seconds=given.seconds, report=given.report))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
