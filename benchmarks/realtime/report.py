"""What a part of the benchmark hands back, printed as tables and written as a page."""

import os
import platform
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from benchmarks.harness import table

T = TypeVar("T")


@dataclass(frozen=True)
class Check:
    """Something that must be reached: `found` against at most (or at least) `wanted`."""

    what: str
    found: float | None
    wanted: float
    at_least: bool = False

    @property
    def met(self) -> bool | None:
        """Whether it is reached; None when it could not be measured."""
        if self.found is None:
            return None
        return self.found >= self.wanted if self.at_least else self.found <= self.wanted

    def cells(self) -> tuple[str, str, str, str]:
        """A row: what, found, wanted, verdict."""
        verdict = {True: "reached", False: "NOT REACHED", None: "not measured"}[self.met]
        found = "–" if self.found is None else shown(self.found)
        return self.what, found, f"{'≥' if self.at_least else '≤'} {shown(self.wanted)}", verdict


@dataclass(frozen=True)
class Section:
    """A table with how to read it, what was missing, and what must be reached."""

    title: str
    rows: Sequence[Sequence[object]]
    how_to_read: str
    checks: Sequence[Check] = ()
    missing: Sequence[str] = field(default_factory=tuple)

    def show(self) -> None:
        """Prints it."""
        print(f"\n## {self.title}\n")
        table([_texts(row) for row in self.rows], self.how_to_read)
        if self.checks:
            print()
            table([("must reach", "found", "wanted", ""), *(check.cells() for check in self.checks)], "")
        for line in self.missing:
            print(f"NOT MEASURED: {line}", flush=True)

    def markdown(self) -> str:
        """As a part of a page."""
        parts = [f"## {self.title}", _markdown(self.rows), self.how_to_read]
        if self.checks:
            heading = ("must reach", "found", "wanted", "")
            parts.append(_markdown([heading, *(check.cells() for check in self.checks)]))
        parts += [f"Not measured: {line}" for line in self.missing]
        return "\n\n".join(parts)


def shown(value: object) -> str:
    """A cell: as many digits as mean something."""
    if value is None:
        return "–"
    if not isinstance(value, float):
        return str(value)
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f}"


def write_report(
    path: Path, sections: Iterable[Section], command: str, *, title: str = "Realtime figures"
) -> None:
    """Writes a page with all sections, and where and when they were measured."""
    load = ", ".join(f"{part:.2f}" for part in os.getloadavg())
    head = (
        f"# {title}\n\n"
        f"Measured on {datetime.now(UTC):%Y-%m-%d} with `{command}` on {os.cpu_count()} cores, Linux "
        f"{platform.release()}, Python {platform.python_version()}. Load at the end: {load}."
    )
    path.write_text(
        "\n\n".join([head, *(section.markdown() for section in sections)]) + "\n", encoding="utf-8"
    )


def median_of(runs: Sequence[T], read: Callable[[T], float]) -> float | None:
    """The median of one figure over the runs; None without runs."""
    return statistics.median(map(read, runs)) if runs else None


def median_ratio(runs: Sequence[T], others: Sequence[T], read: Callable[[T], float]) -> float | None:
    """The median of the ratios of runs that were made next to each other; None where there are no pairs."""
    pairs = [(read(run), read(other)) for run, other in zip(runs, others, strict=False)]
    ratios = [mine / theirs for mine, theirs in pairs if theirs]
    return statistics.median(ratios) if ratios else None


def _texts(row: Sequence[object]) -> list[str]:
    return [shown(cell) for cell in row]


def _markdown(rows: Sequence[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(_texts(row)) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])
