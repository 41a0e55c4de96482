"""The statistics of a webinar: counts that identify nobody, as pictures with the table beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from webinar.i18n import N_, language_name
from webinar.privacy.statistics import Counted, read_statistics, tables_of
from webinar.routes.admin.webinars.editor import open_editor, render_editor
from webinar.routes.context import services

NUMBERS = {
    "peak_viewers": N_("Most viewers at once"),
    "watch_minutes": N_("Watch minutes"),
    "messages": N_("Chat messages"),
    "questions": N_("Questions"),
    "answered": N_("Questions answered"),
    "votes": N_("Votes for questions"),
}
TURNOUT = {"came": N_("Came"), "stayed_away": N_("Stayed away")}
CURVE = "viewers"
WIDTH, HEIGHT = 640, 200
FEW = 5  # bars


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
    """A table and its picture: bars, or the runs of a curve as SVG points. `unit` is what the figures count.

    `most` is what the top of the picture stands for, `marks` are the words below it, from one edge to the other.
    """

    name: str
    title: str
    heading: str
    unit: str
    total: int | None
    most: int
    bars: Sequence[Bar]
    marks: Sequence[str]
    runs: Sequence[str] = ()

    @property
    def short(self) -> bool:
        """Whether each bar has room for its own words."""
        return not self.runs and len(self.bars) <= FEW


async def show_statistics(request: Request) -> Response:
    """What was counted when the webinar was over."""
    async with services(request).db.reading() as db:
        editor = await open_editor(request, db)
        statistics = await read_statistics(db, editor.webinar.id)
    frozen = statistics if statistics and statistics.frozen_at else None
    tables = tables_of(frozen) if frozen else {}
    titles = {
        CURVE: (N_("Viewers over time"), N_("From"), N_("Viewers")),
        "days": (N_("Registrations by day"), N_("Day"), N_("People")),
        "languages": (N_("Registrations by language"), N_("Language"), N_("People")),
        "turnout": (N_("Turnout of those who registered"), N_("Whether they came"), N_("People")),
    }
    zone = ZoneInfo(editor.webinar.time_zone)
    step = frozen.figures.get("step", 1) if frozen else 1
    context = {
        "statistics": frozen,
        "numbers": [
            (words, frozen.figures.get("numbers", {}).get(name) if frozen else None)
            for name, words in NUMBERS.items()
        ],
        "plots": [
            _plot(name, titles[name], counted, zone, step)
            for name, counted in tables.items()
            if counted.cells
        ],
        "step": step,
        "size": (WIDTH, HEIGHT),
    }
    return render_editor(request, editor, "statistics", "admin/webinars/statistics.html", context)


def _plot(name: str, words: tuple[str, str, str], counted: Counted, zone: ZoneInfo, minutes: int) -> Plot:
    most = max((value for value in counted.cells.values() if value is not None), default=0) or 1
    share = WIDTH / max(1, len(counted.cells))
    width = share if name == CURVE else min(share * 0.8, 60.0)
    bars = []
    for number, (cell, value) in enumerate(counted.cells.items()):
        height = HEIGHT * (value or 0) / most
        x = number * share + (share - width) / 2
        bars.append(
            Bar(
                _label(name, cell, zone),
                value,
                round(x, 1),
                round(HEIGHT - height, 1),
                round(width, 1),
                round(height, 1),
            )
        )
    if name == CURVE:
        return Plot(
            name, *words, counted.total, most, bars, _times(list(counted.cells), zone, minutes), _runs(bars)
        )
    labels = [bar.label for bar in bars]
    marks = labels if len(labels) <= FEW else [labels[0], labels[-1]]
    return Plot(name, *words, counted.total, most, bars, marks)


def _times(cells: Sequence[str], zone: ZoneInfo, minutes: int) -> list[str]:
    """The beginning, the middle and the end of a curve of steps of so many minutes."""
    begin = datetime.fromisoformat(cells[0])
    end = datetime.fromisoformat(cells[-1]) + timedelta(minutes=minutes)
    return [f"{at.astimezone(zone):%-d %b %H:%M}" for at in (begin, begin + (end - begin) / 2, end)]


def _runs(bars: Sequence[Bar]) -> list[str]:
    """The curve's parts between what is hidden, as steps that hold for their whole time."""
    runs: list[str] = []
    open_run: list[str] = []
    for bar in (*bars, None):
        if bar is None or bar.value is None:
            if open_run:
                runs.append(" ".join(open_run))
            open_run = []
        else:
            open_run += [f"{bar.x},{bar.y}", f"{round(bar.x + bar.width, 1)},{bar.y}"]
    return runs


def _label(name: str, cell: str, zone: ZoneInfo) -> str:
    if name == CURVE:
        return f"{datetime.fromisoformat(cell).astimezone(zone):%-d %b %H:%M}"
    if name == "languages":
        return language_name(cell)
    if name == "turnout":
        return TURNOUT[cell]
    return f"{datetime.fromisoformat(cell).replace(tzinfo=UTC):%-d %b %Y}"
