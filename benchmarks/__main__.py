"""`python -m benchmarks [name …]` runs the named benchmarks, or all of them one after the other."""

import asyncio
import importlib
import pkgutil
import sys

import benchmarks

HELPERS = {"__main__", "crowd", "harness", "serve"}


def names() -> list[str]:
    """Every benchmark there is."""
    return sorted(
        found.name for found in pkgutil.iter_modules(benchmarks.__path__) if found.name not in HELPERS
    )


def main(wanted: list[str]) -> int:
    """Runs what is wanted; 2 for a name that does not exist."""
    known = names()
    if unknown := [name for name in wanted if name not in known]:
        print(f"No benchmark called {', '.join(unknown)}. There is: {', '.join(known)}", file=sys.stderr)
        return 2
    for name in wanted or known:
        module = importlib.import_module(f"benchmarks.{name}")
        print(f"\n# {name}\n{(module.__doc__ or '').strip()}\n", flush=True)
        asyncio.run(module.main())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
