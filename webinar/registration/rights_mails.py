"""The mails to participants about their rights: they leave although the use of the data is restricted."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.i18n import format_date, format_time
from webinar.mail import Button, Letter, Part, Text
from webinar.mail.letter import Composer
from webinar.models import Account, OutgoingMail, RequestState, Restriction, SubjectRequest
from webinar.registration.mails import Gettext, Occasion, ParticipantMails, greeting

RESTRICTED = "restricted"
RESTRICTION_ENDS = "restriction_ends"
RECEIVED = "request_received"
EXTENDED = "request_extended"
ANSWERED = "request_answered"

# A subject with a place for the webinar's title, and what the mail says; None when there is nothing to say any more.
Written = tuple[str, list[Part]] | None


class RightsMails:
    """Composes them, with what stands around every mail to a participant."""

    def __init__(self, mails: ParticipantMails) -> None:
        self._mails = mails

    def composers(self) -> Mapping[str, Composer]:
        """The composer of each kind."""
        requests = {RECEIVED: self._received, EXTENDED: self._extended, ANSWERED: self._answered}
        return {
            RESTRICTED: self._restricted,
            RESTRICTION_ENDS: self._restriction_ends,
            **{kind: self._about_request(write) for kind, write in requests.items()},
        }

    async def _restricted(self, db: AsyncSession, mail: OutgoingMail) -> Letter | None:
        occasion = await self._mails.occasion(db, mail, though_restricted=True)
        if occasion is None or await _in_force(db, mail) is None:
            return None
        _ = occasion._
        said = _(
            "As you asked, your data is only kept from now on: you get no mails, you are in no list that is "
            "taken away, and what you wrote is shown to nobody."
        )
        parts = [
            *greeting(occasion),
            Text(said),
            Text(_("You can end this at any time:")),
            self._page(occasion),
        ]
        subject = _("The use of your data is restricted: %(title)s")
        return self._mails.letter(occasion, subject % {"title": occasion.webinar.title}, parts)

    async def _restriction_ends(self, db: AsyncSession, mail: OutgoingMail) -> Letter | None:
        occasion = await self._mails.occasion(db, mail, though_restricted=True)
        restriction = await _in_force(db, mail)
        if occasion is None or restriction is None or restriction.ends_at is None:
            return None
        _, webinar = occasion._, occasion.webinar
        when = format_time(restriction.ends_at, webinar.time_zone, language=occasion.participant.language)
        said = _("The use of your data is restricted. %(organisation)s lifts this on %(when)s.")
        parts = [
            *greeting(occasion),
            Text(said % {"organisation": occasion.account.name, "when": when}),
            Text(
                _(
                    "From then on it is used again as the privacy notice says. What has been kept long enough is "
                    "erased. If you still need it, take it along now or ask a person on the page of your data."
                )
            ),
            self._page(occasion),
        ]
        subject = _("The restriction of your data ends: %(title)s") % {"title": webinar.title}
        return self._mails.letter(occasion, subject, parts)

    def _about_request(self, write: Callable[[Occasion, SubjectRequest], Written]) -> Composer:
        async def compose(db: AsyncSession, mail: OutgoingMail) -> Letter | None:
            occasion = await self._mails.occasion(db, mail, though_restricted=True)
            request = await db.get(SubjectRequest, mail.request_id) if mail.request_id else None
            written = write(occasion, request) if occasion and request else None
            if occasion is None or written is None:
                return None
            subject, parts = written
            return self._mails.letter(
                occasion,
                subject % {"title": occasion.webinar.title},
                [*greeting(occasion), *parts, self._page(occasion)],
            )

        return compose

    def _received(self, occasion: Occasion, request: SubjectRequest) -> Written:
        if request.state is not RequestState.OPEN:
            return None
        _ = occasion._
        said = _("We have your request about your data. A person reads it and answers by %(when)s.")
        return _("We have your request: %(title)s"), [
            Text(said % {"when": _day(request.due_at, occasion)}),
            Text(_("What you asked, and the answer, are on the page of your data.")),
        ]

    def _extended(self, occasion: Occasion, request: SubjectRequest) -> Written:
        if request.state is not RequestState.OPEN or request.extended_at is None:
            return None
        _ = occasion._
        said = _("We need more time for your request about your data, and answer by %(when)s. The reason:")
        return _("Your request takes longer: %(title)s"), [
            Text(said % {"when": _day(request.due_at, occasion)}),
            Text(request.extension),
            Text(complaint(occasion.account, _)),
        ]

    def _answered(self, occasion: Occasion, request: SubjectRequest) -> Written:
        _ = occasion._
        subject = _("About your request: %(title)s")
        if request.state is RequestState.CLOSED:
            return subject, [Text(_("Your request is closed, because you took it back."))]
        if request.state is RequestState.OPEN:
            return None
        refused = request.state is RequestState.REFUSED
        first = _("We do not do what you asked. The reason:") if refused else _("The answer to your request:")
        parts: list[Part] = [Text(first), Text(request.answer)]
        return subject, [*parts, Text(complaint(occasion.account, _))] if refused else parts

    def _page(self, occasion: Occasion) -> Button:
        return Button(occasion._("Your data and your consent"), self._mails.link("/my/", occasion))


def complaint(account: Account, _: Gettext) -> str:
    """Where somebody can go who is not content with an answer (Art. 12(4) GDPR)."""
    said = _(
        "If you do not agree, you can complain to the supervisory authority (%(authority)s) or go to court."
    )
    return said % {"authority": account.supervisory_authority.strip() or "–"}


def _day(moment: datetime, occasion: Occasion) -> str:
    language = occasion.participant.language
    return format_date(moment, occasion.webinar.time_zone, "long", language=language)


async def _in_force(db: AsyncSession, mail: OutgoingMail) -> Restriction | None:
    found = select(Restriction).where(
        col(Restriction.participant_id) == mail.participant_id, col(Restriction.ended_at).is_(None)
    )
    return (await db.exec(found)).one_or_none()
