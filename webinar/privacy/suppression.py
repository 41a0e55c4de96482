"""Figures that identify nobody: small cells are not stored, nor what would give them away by subtraction (G13).

A cell under five could be a person one knows. Hiding it alone helps little: the total less the other cells is the
hidden one. So the smallest others are hidden with it, until those hidden are two at least and together five or more.
"""

from collections.abc import Mapping

FEWEST = 5


def suppressed(cells: Mapping[str, int]) -> dict[str, int | None]:
    """The cells of one table with a known total; None is what must stay hidden. Zero is nobody, and may be seen."""
    hidden = {name for name, count in cells.items() if 0 < count < FEWEST}
    if not hidden:
        return dict(cells)
    others = sorted((count, name) for name, count in cells.items() if name not in hidden)
    # Nobody-cells last: they add nothing to what is hidden.
    for _, name in sorted(others, key=lambda each: (each[0] == 0, each)):
        if len(hidden) >= 2 and sum(cells[each] for each in hidden) >= FEWEST:
            break
        hidden.add(name)
    return {name: None if name in hidden else count for name, count in cells.items()}


def total_of(cells: Mapping[str, int]) -> int | None:
    """The total of a table; None when it is a small one itself."""
    return single(sum(cells.values()))


def single(count: int) -> int | None:
    """A count that stands for itself."""
    return count if count == 0 or count >= FEWEST else None
