"""From the time on somebody's wall to UTC, on the two nights a year when that is a question too."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from webinar.errors import Invalid

# Names that say nothing about a place, so that nobody can know what their clocks will do.
PLACES = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


@cache
def time_zones() -> tuple[str, ...]:
    """The IANA time zones to choose from, in alphabetical order."""
    places = (name for name in available_timezones() if name.partition("/")[0] in PLACES)
    return (*sorted(places), "UTC")


def to_utc(local: datetime, zone: str, occurrence: str = "") -> datetime:
    """The moment when clocks in `zone` show `local` (a time without zone).

    `occurrence` is "first" or "second", for a time that the clocks show twice. Raises Invalid naming
    `starts_at` when they never show it, and naming `occurrence` when it is not said which is meant.
    """
    place = ZoneInfo(zone)
    first, second = (local.replace(tzinfo=place, fold=fold) for fold in (0, 1))
    if _exists(first):
        if first.utcoffset() == second.utcoffset():
            return first.astimezone(UTC)
        chosen = {"first": first, "second": second}.get(occurrence)
        if chosen is None:
            raise Invalid({"occurrence": _twice(first, second)})
        return chosen.astimezone(UTC)
    # In a gap the later offset gives the time before it, and the earlier one the time after it.
    before, after = (moment.astimezone(UTC).astimezone(place) for moment in (second, first))
    raise Invalid(
        {
            "starts_at": f"{local:%H:%M} does not exist on this day: in {zone} the clocks go forward. "
            f"Choose {before:%H:%M} or {after:%H:%M}."
        }
    )


def occurrence_of(moment: datetime, zone: str) -> str:
    """Says "first" or "second" when the clocks in `zone` show this time twice, otherwise nothing."""
    local = moment.astimezone(ZoneInfo(zone))
    other = local.replace(fold=1 - local.fold)
    if local.utcoffset() == other.utcoffset():
        return ""
    return "second" if local.fold else "first"


def _exists(moment: datetime) -> bool:
    back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return back.replace(tzinfo=None) == moment.replace(tzinfo=None)


def _twice(first: datetime, second: datetime) -> str:
    return (
        f"The clocks go back that night, so {first:%H:%M} comes twice: "
        f"first as {first:%Z} (UTC{first:%z}), then as {second:%Z} (UTC{second:%z}). Choose which you mean."
    )
