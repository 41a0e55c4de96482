"""The mails about data subject requests to the account's own people. None of them says who asked, or what they wrote."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.mail import Button, Letter, Text
from webinar.mail.letter import Composer, Facts
from webinar.models import (
    Account,
    OutgoingMail,
    Participant,
    RequestKind,
    RequestState,
    Role,
    SubjectRequest,
    User,
    Webinar,
)
from webinar.site import Site

CAME_IN = "request_came_in"
DUE_SOON = "request_due_soon"
OVERDUE = "request_overdue"
PAGE = "/admin/requests"
KINDS: Mapping[RequestKind, str] = {
    RequestKind.ACCESS: "Access (Art. 15)",
    RequestKind.RECTIFICATION: "Rectification (Art. 16)",
    RequestKind.ERASURE: "Erasure (Art. 17)",
    RequestKind.RESTRICTION: "Restriction (Art. 18)",
    RequestKind.PORTABILITY: "Portability (Art. 20)",
    RequestKind.OBJECTION: "Objection (Art. 21)",
    RequestKind.OTHER: "Another request, or a complaint",
}
SAID = {
    CAME_IN: (
        "A data subject request came in",
        "Somebody asks for something about their data. Please answer by",
    ),
    DUE_SOON: (
        "A data subject request is due in a week",
        "A request is not answered yet. The law wants it by",
    ),
    OVERDUE: ("A data subject request is overdue", "A request should have been answered by"),
}


def request_mails(site: Site) -> Mapping[str, Composer]:
    """The composers of this floor, by kind of mail. Each gives None once the request is answered."""

    async def compose(db: AsyncSession, mail: OutgoingMail) -> Letter | None:
        user = await db.get(User, mail.user_id)
        found = (
            select(SubjectRequest, Webinar, Account)
            # With its person: whoever is being erased asks for nothing any more.
            .join(Participant, col(Participant.id) == col(SubjectRequest.participant_id))
            .join(Webinar, col(Webinar.id) == col(SubjectRequest.webinar_id))
            .join(Account, col(Account.id) == col(SubjectRequest.account_id))
            .where(col(SubjectRequest.id) == mail.request_id, col(SubjectRequest.state) == RequestState.OPEN)
        )
        row = (await db.exec(found)).one_or_none()
        if row is None or user is None or user.role not in {Role.OWNER, Role.ADMIN}:
            return None
        request, webinar, account = row
        if mail.kind == DUE_SOON and request.warned_at is None:
            return None  # more time was taken meanwhile
        return _letter(user, account, mail.kind, request, webinar, site)

    return dict.fromkeys(SAID, compose)


def _letter(  # noqa: PLR0917 - one letter, all it says
    user: User, account: Account, kind: str, request: SubjectRequest, webinar: Webinar, site: Site
) -> Letter:
    subject, said = SAID[kind]
    return Letter(
        to=user.email,
        to_name=user.name,
        language="en",
        subject=subject,
        sender_name=account.name,
        parts=[
            Text(f"Hello {user.name},"),
            Text(f"{said} {_day(request.due_at)}."),
            Facts(
                (
                    ("What is asked", KINDS[request.kind]),
                    ("Webinar", webinar.title),
                    ("Received", _day(request.received_at)),
                )
            ),
            Button("Open the request", site.url(f"{PAGE}/{request.id}")),
        ],
    )


def _day(at: datetime) -> str:
    return f"{at:%-d %B %Y, %H:%M} UTC"
