"""The mail a week before something goes: one for each day on which anything does, to every owner and admin."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.accounts.users import list_responsible
from webinar.mail import Button, Letter, Text
from webinar.mail.letter import Composer, Facts
from webinar.models import Account, DataCategory, OutgoingMail, Role, User
from webinar.privacy.schedule import Due, list_dues
from webinar.site import Site

KIND = "retention_warning"
NOTICE = timedelta(days=7)
# Planned daily, so a day more than the notice: the mail leaves on time.
AHEAD = NOTICE + timedelta(days=1)
CALENDAR = "/admin/records/calendar"
WHAT: Mapping[DataCategory, str] = {
    DataCategory.PEOPLE: "participants, with everything of theirs",
    DataCategory.CHAT: "chat messages",
    DataCategory.QUESTIONS: "questions",
    DataCategory.ANSWERS: "answers of the registration form",
}


async def plan_warnings(db: AsyncSession, now: datetime) -> int:
    """Adds to the outbox the warnings that are due within a day; gives their number.

    A row's id follows from the user and the day, so planning twice adds nothing. The mail holds no text: what
    goes on that day is looked up when it leaves, and with nothing left to say it is dropped.
    """
    days: dict[UUID, set[datetime]] = {}
    for due in await list_dues(db, until=now + AHEAD):
        if due.at > now and not due.held:
            days.setdefault(due.webinar.account_id, set()).add(_day(due.at))
    planned = 0
    for account_id, found in days.items():
        for user in await list_responsible(db, account_id):
            for day in sorted(found):
                planned += await _plan(db, user, day, now)
    await db.flush()
    return planned


def retention_mails(site: Site) -> Mapping[str, Composer]:
    """The composer of this floor's only kind of mail."""

    async def warning(db: AsyncSession, mail: OutgoingMail) -> Letter | None:
        user = await db.get(User, mail.user_id)
        if user is None or user.role not in {Role.OWNER, Role.ADMIN}:
            return None
        day = mail.due_at + NOTICE
        dues = [
            due
            for due in await list_dues(db, mail.account_id, until=day + timedelta(days=1))
            if not due.held and _day(due.at) == day
        ]
        return _letter(user, await db.get_one(Account, mail.account_id), day, dues, site) if dues else None

    return {KIND: warning}


def _letter(user: User, account: Account, day: datetime, dues: list[Due], site: Site) -> Letter:
    date = f"{day:%-d %B %Y}"
    return Letter(
        to=user.email,
        to_name=user.name,
        language="en",
        subject=f"To be erased on {date}",
        sender_name=account.name,
        parts=[
            Text(f"Hello {user.name},"),
            Text(f"On {date} the time is up that {account.name} promised to keep this data for:"),
            Facts(tuple((due.webinar.title, f"{due.rows} {_what(due)}, {due.at:%H:%M} UTC") for due in dues)),
            Text(
                "It will be erased by itself. There is nothing to do, unless a claim or the law needs it kept."
            ),
            Button("See what goes when", site.url(CALENDAR)),
        ],
    )


def _what(due: Due) -> str:
    return f"{WHAT[due.category]} ({', '.join(due.labels)})" if due.fields else WHAT[due.category]


async def _plan(db: AsyncSession, user: User, day: datetime, now: datetime) -> int:
    mail_id = uuid5(user.id, f"{KIND} {day.date().isoformat()}")
    if await db.get(OutgoingMail, mail_id) is not None:
        return 0
    db.add(
        OutgoingMail(
            id=mail_id,
            account_id=user.account_id,
            user_id=user.id,
            kind=KIND,
            created_at=now,
            due_at=day - NOTICE,
        )
    )
    return 1


def _day(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
