"""What was within reach in a breach, and the people in it who are to be told."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.models import Account, Participant, Speaker, User, Webinar, table_of

Person = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reach:
    """What was within reach: everything, an account, or one webinar of it, as it was in a span of time."""

    since: datetime
    until: datetime
    account_id: UUID | None = None
    webinar_id: UUID | None = None


def within(table: Table, reach: Reach) -> list[Any]:
    """The conditions on rows of `table`; one without a moment of its own counts as there all the time."""
    conditions: list[Any] = []
    if reach.account_id is not None:
        conditions.append(table.c.account_id == reach.account_id)
    if reach.webinar_id is not None and "webinar_id" in table.c:
        conditions.append(table.c.webinar_id == reach.webinar_id)
    made = next(
        (
            table.c[name]
            for name in ("created_at", "submitted_at", "posted_at", "placed_at", "at")
            if name in table.c
        ),
        None,
    )
    if made is not None:
        conditions.append(made <= reach.until)
    return conditions


async def _participants(db: AsyncSession, reach: Reach) -> list[Person]:
    people = (
        select(Participant, Webinar, Account)
        .join(Webinar, col(Webinar.id) == col(Participant.webinar_id))
        .join(Account, col(Account.id) == col(Participant.account_id))
        .where(*within(table_of(Participant), reach))
        .order_by(col(Participant.webinar_id), col(Participant.created_at), col(Participant.id))
    )
    return [
        _person("participant", person.id, person.display_name, account, person.created_at)
        | {"webinar": webinar.title, "email": person.email or "", "language": person.language}
        for person, webinar, account in (await db.exec(people)).all()
    ]


async def _users(db: AsyncSession, reach: Reach) -> list[Person]:
    people = (
        select(User, Account)
        .join(Account, col(Account.id) == col(User.account_id))
        .where(*within(table_of(User), reach))
        .order_by(col(User.account_id), col(User.created_at), col(User.id))
    )
    return [
        _person("user", user.id, user.name, account, user.created_at) | {"email": user.email}
        for user, account in (await db.exec(people)).all()
    ]


async def _speakers(db: AsyncSession, reach: Reach) -> list[Person]:
    people = (
        select(Speaker, Webinar, Account)
        .join(Webinar, col(Webinar.id) == col(Speaker.webinar_id))
        .join(Account, col(Account.id) == col(Speaker.account_id))
        .where(*within(table_of(Speaker), reach), col(Webinar.created_at) <= reach.until)
        .order_by(col(Speaker.webinar_id), col(Speaker.position), col(Speaker.id))
    )
    return [
        _person("speaker", speaker.id, speaker.name, account, webinar.created_at)
        | {"webinar": webinar.title, "language": webinar.language}
        for speaker, webinar, account in (await db.exec(people)).all()
    ]


def _person(kind: str, person_id: UUID, name: str, account: Account, since: datetime) -> Person:
    """Somebody of the account; what is known of few kinds of people is empty, and their language English."""
    own = {"id": person_id, "account": account.name, "kind": kind, "name": name, "since": since}
    return own | {"webinar": "", "email": "", "language": "en"}


Reading = Callable[[AsyncSession, Reach], Awaitable[list[Person]]]
READERS: Mapping[str, Reading] = {"participant": _participants, "user": _users, "speaker": _speakers}
