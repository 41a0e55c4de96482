"""Data subject requests: what people ask a human for, answered within a month (Art. 12(3) GDPR).

A month ends on the same day of the next month, or on its last day where it has none such, at the time of day at which the
request came. That a month which ends on a weekend may be longer by law is left out: the clock is never later than the law's.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from webinar.accounts.actor import Actor
from webinar.accounts.audit import Action, record_action
from webinar.accounts.users import list_responsible
from webinar.consent.prepared import drop_exports
from webinar.errors import Conflict, Invalid, NotFound
from webinar.i18n import N_
from webinar.mail import enqueue_mail
from webinar.models import Participant, RequestKind, RequestState, SubjectRequest, User, Webinar
from webinar.privacy.request_mails import CAME_IN
from webinar.registration.rights_mails import ANSWERED, EXTENDED, RECEIVED

LONGEST_TEXT = 5000
MOST_OPEN = 10  # of one person
MOST_MONTHS = 2  # more, where a request is complex
# Nobody could act on these without being told what is meant.
SAID = frozenset({RequestKind.RECTIFICATION, RequestKind.OTHER})
OPEN = RequestState.OPEN
ACTIONS = {
    RequestState.ANSWERED: Action.REQUEST_ANSWERED,
    RequestState.REFUSED: Action.REQUEST_REFUSED,
    RequestState.CLOSED: Action.REQUEST_CLOSED,
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A request with who asked, in which webinar, and who answered, as far as they are still there."""

    request: SubjectRequest
    participant: Participant
    webinar: Webinar
    answered_by: User | None = None

    def days_left(self, now: datetime) -> int:
        """Whole days until it is due, rounded up; negative or 0 once it is overdue."""
        return -((now - self.request.due_at) // timedelta(days=1))


def months_after(at: datetime, months: int) -> datetime:
    """The same day and time so many months later, or the last day of that month where it has no such day."""
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    day = min(at.day, calendar.monthrange(year, month + 1)[1])
    return at.replace(year=year, month=month + 1, day=day)


async def open_request(
    db: AsyncSession,
    participant: Participant,
    kind: RequestKind,
    body: str,
    *,
    purpose_id: UUID | None = None,
    now: datetime,
) -> SubjectRequest:
    """Notes a request, and tells the person and the account's owners and admins by mail.

    Raises Invalid (`body`), and Conflict when the person has too many open ones.
    """
    text = _text(body, "body", needed=kind in SAID)
    mine = (col(SubjectRequest.participant_id) == participant.id, col(SubjectRequest.state) == OPEN)
    if (await db.exec(select(func.count()).select_from(SubjectRequest).where(*mine))).one() >= MOST_OPEN:
        raise Conflict(N_("You have several requests open. Please wait for an answer, or take one back."))
    request = SubjectRequest(
        account_id=participant.account_id,
        webinar_id=participant.webinar_id,
        participant_id=participant.id,
        kind=kind,
        purpose_id=purpose_id,
        body=text,
        received_at=now,
        due_at=months_after(now, 1),
    )
    db.add(request)
    await db.flush()
    if kind is RequestKind.OBJECTION:
        await drop_exports(db, webinar_id=participant.webinar_id)
    await _tell_person(db, request, participant, RECEIVED, now)
    await tell_responsible(db, request, CAME_IN, now)
    return request


async def list_own(db: AsyncSession, participant: Participant) -> Sequence[SubjectRequest]:
    """The participant's own requests, newest first."""
    mine = select(SubjectRequest).where(col(SubjectRequest.participant_id) == participant.id)
    return (await db.exec(mine.order_by(col(SubjectRequest.received_at).desc()))).all()


async def take_back(
    db: AsyncSession, participant: Participant, request_id: UUID, now: datetime
) -> SubjectRequest:
    """Closes a request of the participant's own, at their wish. Raises NotFound for any other, or a closed one."""
    mine = select(SubjectRequest).where(
        col(SubjectRequest.id) == request_id,
        col(SubjectRequest.participant_id) == participant.id,
        col(SubjectRequest.state).in_([OPEN, RequestState.ANSWERED]),
    )
    request = (await db.exec(mine.with_for_update())).one_or_none()
    # An objection that was granted stands, and can be taken back for good; other answers are history.
    if request is None or (request.state is not OPEN and request.kind is not RequestKind.OBJECTION):
        raise NotFound
    request.state, request.answered_at = RequestState.CLOSED, now
    db.add(request)
    await db.flush()
    return request


async def list_requests(
    db: AsyncSession, account_id: UUID, states: Sequence[RequestState], *, most: int = 200
) -> Sequence[Listed]:
    """The account's requests in these states: the open ones by when they are due, others with the newest first."""
    order = col(SubjectRequest.due_at) if OPEN in states else col(SubjectRequest.answered_at).desc()
    found = _listed().where(
        col(SubjectRequest.account_id) == account_id, col(SubjectRequest.state).in_(list(states))
    )
    rows = (await db.exec(found.order_by(order, col(SubjectRequest.id)).limit(most))).all()
    return [Listed(*row) for row in rows]


async def get_request(db: AsyncSession, account_id: UUID, request_id: UUID) -> Listed:
    """One request of the account; raises NotFound, for another account's too."""
    found = _listed().where(
        col(SubjectRequest.account_id) == account_id, col(SubjectRequest.id) == request_id
    )
    row = (await db.exec(found)).one_or_none()
    if row is None:
        raise NotFound
    return Listed(*row)


async def count_open(db: AsyncSession, account_id: UUID) -> int:
    """How many requests of the account wait for an answer."""
    waiting = (
        select(func.count())
        .select_from(SubjectRequest)
        .join(Participant, col(Participant.id) == col(SubjectRequest.participant_id))
        .where(col(SubjectRequest.account_id) == account_id, col(SubjectRequest.state) == OPEN)
    )
    return (await db.exec(waiting)).one()


async def answer_request(
    db: AsyncSession, actor: Actor, listed: Listed, answer: str, *, refused: bool, now: datetime
) -> None:
    """Answers, or refuses with the reasons (Art. 12(4) GDPR), and tells the person. Raises Invalid (`answer`), Conflict."""
    text = _text(answer, "answer", needed=True)
    await _finish(
        db, actor, listed, RequestState.REFUSED if refused else RequestState.ANSWERED, text, now=now
    )


async def close_request(db: AsyncSession, actor: Actor, listed: Listed, now: datetime) -> None:
    """Closes a request that the person took back by another way than their page, and tells them. Raises Conflict."""
    await _finish(db, actor, listed, RequestState.CLOSED, "", now=now)


async def extend_request(
    db: AsyncSession, actor: Actor, listed: Listed, months: int, reason: str, *, now: datetime
) -> None:
    """Takes one or two months more, once, and tells the person why (Art. 12(3) GDPR).

    Raises Invalid (`months`, `reason`), and Conflict when it is not open, was extended or is overdue: the person must be
    told within the first month.
    """
    request = await _held(db, listed)
    if request.extended_at is not None or request.due_at <= now:
        raise Conflict("More time can be taken once, and within the first month only.")
    if not 1 <= months <= MOST_MONTHS:
        raise Invalid({"months": "One or two months."})
    request.extension = _text(reason, "reason", needed=True)
    request.extended_at = now
    request.due_at = months_after(request.received_at, 1 + months)
    request.warned_at = None
    db.add(request)
    await db.flush()
    await _tell_person(db, request, listed.participant, EXTENDED, now)
    await _record(db, actor, Action.REQUEST_EXTENDED, request, now)


async def tell_responsible(db: AsyncSession, request: SubjectRequest, kind: str, now: datetime) -> None:
    """Queues a mail about the request to every owner and admin of the account."""
    for user in await list_responsible(db, request.account_id):
        await enqueue_mail(
            db,
            account_id=request.account_id,
            webinar_id=request.webinar_id,
            user_id=user.id,
            request_id=request.id,
            kind=kind,
            now=now,
        )


async def _finish(
    db: AsyncSession, actor: Actor, listed: Listed, state: RequestState, answer: str, *, now: datetime
) -> None:
    request = await _held(db, listed)
    request.state, request.answer = state, answer
    request.answered_at, request.answered_by = now, actor.user.id
    db.add(request)
    await db.flush()
    await _tell_person(db, request, listed.participant, ANSWERED, now)
    await _record(db, actor, ACTIONS[state], request, now)


async def _held(db: AsyncSession, listed: Listed) -> SubjectRequest:
    """The request, locked: of two who answer at the same moment one is told that it is done."""
    request = await db.get_one(
        SubjectRequest, listed.request.id, with_for_update=True, populate_existing=True
    )
    if request.state is not OPEN:
        raise Conflict("This request is not open any more.")
    return request


async def _record(
    db: AsyncSession, actor: Actor, action: Action, request: SubjectRequest, now: datetime
) -> None:
    # By the webinar: the trail names no participant, and a request's id would find one.
    await record_action(db, actor, action, request.webinar_id, now=now, kind=request.kind.value)


async def _tell_person(
    db: AsyncSession, request: SubjectRequest, participant: Participant, kind: str, now: datetime
) -> None:
    if participant.email is None:
        return
    await enqueue_mail(
        db,
        account_id=request.account_id,
        webinar_id=request.webinar_id,
        participant_id=request.participant_id,
        request_id=request.id,
        kind=kind,
        now=now,
    )


def _listed() -> Select[SubjectRequest, Participant, Webinar, User]:
    return (
        select(SubjectRequest, Participant, Webinar, User)
        .join(Participant, col(Participant.id) == col(SubjectRequest.participant_id))
        .join(Webinar, col(Webinar.id) == col(SubjectRequest.webinar_id))
        .outerjoin(User, col(User.id) == col(SubjectRequest.answered_by))
    )


def _text(typed: str, field: str, *, needed: bool) -> str:
    text = typed.strip()
    if needed and not text:
        raise Invalid({field: N_("Please write what it is about.")})
    if len(text) > LONGEST_TEXT:
        raise Invalid({field: N_("Please write less.")})
    return text
