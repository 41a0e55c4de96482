"""The statistics of a webinar: counts that identify nobody, as pictures with the table beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from webinar.i18n import N_, language_name
from webinar.privacy.statistics import Counted, read_statistics, tables_of
from webinar.routes.admin.webinars.editor import open_editor, render_editor
from webinar.routes.context import services

NUMBERS = {
    "peak_viewers": N_("Most viewers at once"),
    "messages": N_("Chat messages"),
    "questions": N_("Questions"),
    "answered": N_("Questions answered"),
    "votes": N_("Votes for questions"),
}
TURNOUT = {"came": N_("Came"), "stayed_away": N_("Stayed away")}
WIDTH, HEIGHT = 640, 200


@dataclass(frozen=True, slots=True)
class Bar:
    """One cell as it is drawn, in the units of the picture; `value` is None where it stays hidden."""

    label: str
    value: int | None
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Plot:
    """A table and its picture."""

    name: str
    title: str
    heading: str
    total: int | None
    bars: Sequence[Bar]


async def show_statistics(request: Request) -> Response:
    """What was counted when the webinar was over."""
    async with services(request).db.reading() as db:
        editor = await open_editor(request, db)
        statistics = await read_statistics(db, editor.webinar.id)
    frozen = statistics if statistics and statistics.frozen_at else None
    tables = tables_of(frozen) if frozen else {}
    titles = {
        "days": (N_("Registrations by day"), N_("Day")),
        "languages": (N_("Registrations by language"), N_("Language")),
        "turnout": (N_("Turnout of those who registered"), N_("Whether they came")),
    }
    context = {
        "statistics": frozen,
        "numbers": [
            (words, frozen.figures.get("numbers", {}).get(name) if frozen else None)
            for name, words in NUMBERS.items()
        ],
        "plots": [_plot(name, *titles[name], counted) for name, counted in tables.items() if counted.cells],
        "size": (WIDTH, HEIGHT),
    }
    return render_editor(request, editor, "statistics", "admin/webinars/statistics.html", context)


def _plot(name: str, title: str, heading: str, counted: Counted) -> Plot:
    most = max((value for value in counted.cells.values() if value is not None), default=0) or 1
    step = WIDTH / max(1, len(counted.cells))
    width = min(step * 0.8, 60.0)
    bars = []
    for number, (cell, value) in enumerate(counted.cells.items()):
        height = HEIGHT * (value or 0) / most
        x = number * step + (step - width) / 2
        bars.append(
            Bar(
                _label(name, cell),
                value,
                round(x, 1),
                round(HEIGHT - height, 1),
                round(width, 1),
                round(height, 1),
            )
        )
    return Plot(name, title, heading, counted.total, bars)


def _label(name: str, cell: str) -> str:
    if name == "languages":
        return language_name(cell)
    if name == "turnout":
        return TURNOUT[cell]
    return f"{datetime.fromisoformat(cell).replace(tzinfo=UTC):%-d %b %Y}"
