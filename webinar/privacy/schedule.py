"""What goes when: worked out from the data and the time alone, for the calendar and for the retention that follows it.

A webinar's time counts from its end. Then go, each at its own time: answers to a field, all answers, questions, the
chat, and at last the people with everything that is left. Who restricted the use of their data, or waits for
an answer about it, is passed over.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.standing import unawaited
from webinar.models import (
    Answer,
    ChatMessage,
    DataCategory,
    FormVersion,
    LegalHold,
    Participant,
    Question,
    Registration,
    Webinar,
    WebinarState,
)
from webinar.registration.definition import read_definition
from webinar.registration.field_types import say

COUNTED: Mapping[DataCategory, type[Participant | ChatMessage | Question | Answer]] = {
    DataCategory.PEOPLE: Participant,
    DataCategory.CHAT: ChatMessage,
    DataCategory.QUESTIONS: Question,
    DataCategory.ANSWERS: Answer,
}
# Where a category's own number of days is kept.
OWN_DAYS: Mapping[DataCategory, str] = {
    DataCategory.CHAT: "chat_days",
    DataCategory.QUESTIONS: "questions_days",
    DataCategory.ANSWERS: "answers_days",
}
LEFT_RUNNING = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Due:
    """What of one webinar goes at one moment. `form` is set where only the answers to its `fields` go."""

    webinar: Webinar
    category: DataCategory
    at: datetime
    rows: int = 0
    held: bool = False
    form: FormVersion | None = None
    fields: tuple[str, ...] = ()

    @property
    def labels(self) -> list[str]:
        """What the `fields` are called on the form, in the webinar's language."""
        definition = read_definition(self.form.fields if self.form else [])
        found = ((key, definition.find(key)) for key in self.fields)
        return [say(field.label, self.webinar.language) if field else key for key, field in found]


def over_since(webinar: Webinar) -> datetime | None:
    """When the webinar was, or is to be, over; None as long as it has no time.

    One that still runs a week after it was to end counts as over then: a button that nobody pressed must not keep
    people's data for ever.
    """
    if webinar.ended_at is not None:
        return webinar.ended_at
    if webinar.starts_at is None:
        return None
    length = timedelta(minutes=webinar.duration_minutes)
    if webinar.state not in {WebinarState.LIVE, WebinarState.PAUSED}:
        return webinar.starts_at + length
    return max(webinar.starts_at, webinar.went_live_at or webinar.starts_at) + length + LEFT_RUNNING


def category_days(webinar: Webinar, category: DataCategory) -> int:
    """How many days after the end this category of the webinar goes."""
    own: int | None = getattr(webinar, OWN_DAYS[category]) if category in OWN_DAYS else None
    return webinar.retention_days if own is None else min(own, webinar.retention_days)


def overdue_fields(webinar: Webinar, form: FormVersion, now: datetime) -> set[str]:
    """The keys of the fields whose answers have had their time, erased or not: nothing may be stored for them."""
    over = over_since(webinar)
    if over is None:
        return set()
    most = category_days(webinar, DataCategory.ANSWERS)
    return {
        str(field["key"])
        for field in form.fields
        if over + timedelta(days=min(field.get("retention_days") or most, most)) <= now
    }


async def list_dues(
    db: AsyncSession, account_id: UUID | None = None, *, until: datetime | None = None
) -> list[Due]:
    """Everything there is that will go by `until`, or at all, of the account or of all accounts, in order of time."""
    webinars = select(Webinar)
    if account_id is not None:
        webinars = webinars.where(col(Webinar.account_id) == account_id)
    by_id = {webinar.id: webinar for webinar in (await db.exec(webinars)).all()}
    dues = [due for webinar in by_id.values() for due in _of_webinar(webinar)]
    dues += await _of_fields(db, by_id)
    timely = [due for due in dues if until is None or due.at <= until]
    counted = await _counted(db, timely, account_id)
    return sorted(
        counted, key=lambda due: (due.at, str(due.webinar.id), list(DataCategory).index(due.category))
    )


def _of_webinar(webinar: Webinar) -> Iterator[Due]:
    over = over_since(webinar)
    if over is None:
        return
    for category in DataCategory:
        days = category_days(webinar, category)
        # Questions and answers go with the people who gave them; what hosts wrote in the chat does not.
        if days < webinar.retention_days or category in {DataCategory.PEOPLE, DataCategory.CHAT}:
            yield Due(webinar, category, over + timedelta(days=days))


async def _of_fields(db: AsyncSession, webinars: Mapping[UUID, Webinar]) -> list[Due]:
    forms = select(FormVersion).where(col(FormVersion.published_at).is_not(None))
    accounts = {webinar.account_id for webinar in webinars.values()}
    if len(accounts) == 1:
        forms = forms.where(col(FormVersion.account_id) == next(iter(accounts)))
    dues = []
    for form in (await db.exec(forms)).all():
        webinar = webinars.get(form.webinar_id)
        over = over_since(webinar) if webinar else None
        if webinar is None or over is None:
            continue
        for days, keys in _fields_by_days(form).items():
            if days < category_days(webinar, DataCategory.ANSWERS):
                at = over + timedelta(days=days)
                dues.append(Due(webinar, DataCategory.ANSWERS, at, form=form, fields=tuple(keys)))
    return dues


def _fields_by_days(form: FormVersion) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for field in form.fields:
        if days := field.get("retention_days"):
            found.setdefault(days, []).append(str(field["key"]))
    return found


async def _counted(db: AsyncSession, dues: Sequence[Due], account_id: UUID | None) -> list[Due]:
    """The dues of which there is something left, with how much, and whether it is held."""
    rows = {
        category: await _rows_by_webinar(db, category, account_id)
        for category in {due.category for due in dues if due.form is None}
    }
    holds = await _holds(db, account_id)
    found = []
    for due in dues:
        number = (
            rows[due.category].get(due.webinar.id, 0)
            if due.form is None
            else await _answers_to(db, due.form, due.fields)
        )
        if number:
            held = due.webinar.id in holds or due.webinar.account_id in holds
            found.append(Due(due.webinar, due.category, due.at, number, held, due.form, due.fields))
    return found


async def _rows_by_webinar(
    db: AsyncSession, category: DataCategory, account_id: UUID | None
) -> dict[UUID, int]:
    model = COUNTED[category]
    owner = col(model.id) if issubclass(model, Participant) else col(model.participant_id)
    counts = (
        select(col(model.webinar_id), func.count()).where(unawaited(owner)).group_by(col(model.webinar_id))
    )
    if account_id is not None:
        counts = counts.where(col(model.account_id) == account_id)
    return dict((await db.exec(counts)).all())


async def _answers_to(db: AsyncSession, form: FormVersion, keys: Iterable[str]) -> int:
    answers = (
        select(func.count())
        .select_from(Answer)
        .join(Registration, col(Registration.id) == col(Answer.registration_id))
        .where(
            col(Answer.account_id) == form.account_id,
            col(Answer.webinar_id) == form.webinar_id,
            col(Answer.field_key).in_(list(keys)),
            col(Registration.form_version_id) == form.id,
            unawaited(col(Answer.participant_id)),
        )
    )
    return (await db.exec(answers)).one()


async def _holds(db: AsyncSession, account_id: UUID | None) -> set[UUID]:
    """The ids of webinars, and of whole accounts, that a hold is on."""
    holds = select(col(LegalHold.webinar_id), col(LegalHold.account_id)).where(
        col(LegalHold.lifted_at).is_(None)
    )
    if account_id is not None:
        holds = holds.where(col(LegalHold.account_id) == account_id)
    return {webinar_id or owner for webinar_id, owner in (await db.exec(holds)).all()}
