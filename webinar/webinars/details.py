"""What a webinar is about, when, and for whom: reading what was typed, and changing it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.errors import Invalid
from webinar.i18n import LANGUAGES
from webinar.models import Access, Account, Webinar, WebinarState
from webinar.webinars.catalogue import count_registered, get_webinar
from webinar.webinars.keeping import days_of, keeping_problems
from webinar.webinars.local_time import occurrence_of, time_zones, to_utc
from webinar.webinars.order import mark_state
from webinar.webinars.typed import Typed

LONGEST_TITLE = 120
LONGEST_DESCRIPTION = 10_000
LONGEST_DURATION = 24 * 60
MOST_REGISTRANTS = 1_000_000
LONGEST_RETENTION = 2 * 365
FIRST_YEAR, LAST_YEAR = 2000, 2199
NOT_YET_BEGUN = frozenset({WebinarState.DRAFT, WebinarState.SCHEDULED})


@dataclass(frozen=True, slots=True)
class Details:
    """The values of the page "Details", checked. `starts_at` is in UTC; None while nobody knows."""

    title: str
    description: str
    language: str
    time_zone: str
    starts_at: datetime | None
    duration_minutes: int
    access: Access
    max_registrants: int | None
    chat_enabled: bool
    questions_enabled: bool
    questions_moderated: bool
    retention_days: int
    chat_days: int | None
    questions_days: int | None
    answers_days: int | None


def read_details(values: Mapping[str, str]) -> Details:
    """The details in what was typed; raises Invalid naming every field that does not fit."""
    typed = Typed(values)
    zone = typed.value("time_zone", _zone, "UTC")
    details = Details(
        title=typed.line("title", longest=LONGEST_TITLE, required="Give the webinar a title."),
        description=typed.text("description", longest=LONGEST_DESCRIPTION),
        language=typed.value("language", _language, LANGUAGES[0]),
        time_zone=zone,
        starts_at=_start(typed, zone),
        duration_minutes=typed.number("duration_minutes", lowest=1, highest=LONGEST_DURATION),
        access=typed.one_of("access", Access, Access.REGISTRATION),
        max_registrants=typed.optional_number("max_registrants", lowest=1, highest=MOST_REGISTRANTS),
        chat_enabled=typed.tick("chat_enabled"),
        questions_enabled=typed.tick("questions_enabled"),
        questions_moderated=typed.tick("questions_moderated"),
        retention_days=typed.number("retention_days", lowest=1, highest=LONGEST_RETENTION),
        chat_days=_days(typed, "chat_days"),
        questions_days=_days(typed, "questions_days"),
        answers_days=_days(typed, "answers_days"),
    )
    typed.check()
    return details


def typed_details(webinar: Webinar) -> dict[str, str]:
    """The webinar's details as somebody would type them: what `read_details` reads, and a form shows."""
    start, zone = webinar.starts_at, webinar.time_zone
    return {
        "title": webinar.title,
        "description": webinar.description,
        "language": webinar.language,
        "time_zone": zone,
        "starts_at": f"{start.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}" if start else "",
        "occurrence": occurrence_of(start, zone) if start else "",
        "duration_minutes": str(webinar.duration_minutes),
        "access": webinar.access.value,
        "max_registrants": str(webinar.max_registrants or ""),
        "chat_enabled": "on" if webinar.chat_enabled else "",
        "questions_enabled": "on" if webinar.questions_enabled else "",
        "questions_moderated": "on" if webinar.questions_moderated else "",
        **{name: "" if days is None else str(days) for name, days in days_of(webinar).items()},
    }


async def create_webinar(
    db: AsyncSession, account_id: UUID, values: Mapping[str, str], now: datetime
) -> Webinar:
    """A new draft. `values` are what was typed of the details; the rest starts with the account's defaults.

    Raises Invalid, naming every field that does not fit.
    """
    account = await db.get_one(Account, account_id)
    webinar = Webinar(account_id=account_id, title="", epoch=uuid4(), created_at=now, **days_of(account))
    details = asdict(read_details({**typed_details(webinar), **values}))
    if problems := await keeping_problems(db, webinar, details):
        raise Invalid(problems)
    for name, value in details.items():
        setattr(webinar, name, value)
    db.add(webinar)
    await db.flush()
    return webinar


async def edit_details(db: AsyncSession, account_id: UUID, webinar_id: UUID, details: Details) -> Webinar:
    """Changes the webinar; raises Invalid for what its state or its registrations no longer allow."""
    webinar = await get_webinar(db, account_id, webinar_id, lock=True)
    problems = _start_problem(webinar, details) | await keeping_problems(db, webinar, asdict(details))
    if details.max_registrants is not None:
        taken = await count_registered(db, webinar)
        if details.max_registrants < taken:
            problems["max_registrants"] = f"{taken} people are registered already, so at least {taken}."
    if problems:
        raise Invalid(problems)
    for name, value in asdict(details).items():
        setattr(webinar, name, value)
    await mark_state(db, webinar)
    return webinar


def _days(typed: Typed, name: str) -> int | None:
    return typed.optional_number(name, lowest=1, highest=LONGEST_RETENTION)


def _start_problem(webinar: Webinar, details: Details) -> dict[str, str]:
    if details.starts_at == webinar.starts_at:
        return {}
    if webinar.state not in NOT_YET_BEGUN:
        return {"starts_at": "The webinar has begun, so its start can no longer change."}
    if webinar.state is WebinarState.SCHEDULED and details.starts_at is None:
        return {"starts_at": "A published webinar needs a start. Take it back to draft first."}
    return {}


def _start(typed: Typed, zone: str) -> datetime | None:
    local = typed.value("starts_at", _local_time, None)
    if local is None or "time_zone" in typed.problems:
        return None
    try:
        return to_utc(local, zone, typed.line("occurrence", longest=10))
    except Invalid as error:
        typed.problems.update(error.fields)
        return None


def _local_time(text: str) -> datetime | None:
    if not text:
        return None
    try:
        local = datetime.fromisoformat(text).replace(second=0, microsecond=0)
    except ValueError:
        raise ValueError("A date and time, such as 2027-03-31T15:00.") from None
    if local.tzinfo is not None:
        raise ValueError("A time on the clock of the time zone below, without an offset.")
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise ValueError("Please check the year.")
    return local


def _zone(text: str) -> str:
    if text not in time_zones():
        raise ValueError("Choose a time zone from the list, such as Europe/Amsterdam.")
    return text


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise ValueError("Choose one of these languages.")
    return text
