"""Figures that identify nobody: small cells are not stored, nor what would give them away by subtraction (G13).

A cell under five could be a person one knows. Hiding it alone helps little: the total less the other cells is the
hidden one. So the smallest others are hidden with it, until those hidden are two at least and together so many that
each of them could be one to four. Where that can't be reached, the total is hidden too.
"""

from collections.abc import Mapping, Set

FEWEST = 5


def suppressed(cells: Mapping[str, int]) -> dict[str, int | None]:
    """The cells of one table with a known total; None is what must stay hidden. Zero is nobody, and may be seen."""
    hidden = {name for name, count in cells.items() if 0 < count < FEWEST}
    if not hidden:
        return dict(cells)
    others = sorted((count, name) for name, count in cells.items() if name not in hidden)
    # Nobody-cells last: they add nothing to what is hidden.
    for _, name in sorted(others, key=lambda each: (each[0] == 0, each)):
        if _is_open(cells, hidden):
            break
        hidden.add(name)
    return {name: None if name in hidden else count for name, count in cells.items()}


def total_of(cells: Mapping[str, int]) -> int | None:
    """The total of a table; None when it is a small one itself, or would give hidden cells away."""
    hidden = {name for name, count in suppressed(cells).items() if count is None}
    return None if hidden and not _is_open(cells, hidden) else single(sum(cells.values()))


def single(count: int) -> int | None:
    """A count that stands for itself."""
    return count if count == 0 or count >= FEWEST else None


def _is_open(cells: Mapping[str, int], hidden: Set[str]) -> bool:
    """Whether the sum of the hidden cells leaves open what each of them is.

    Nobody-cells are seen, so each of the hidden is one at least: five cells that make five are all one.
    """
    return len(hidden) >= 2 and sum(cells[name] for name in hidden) - len(hidden) >= FEWEST - 2
