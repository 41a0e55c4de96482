"""The mails to participants about their rights: they leave although the use of the data is restricted."""

from collections.abc import Mapping

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.i18n import format_time
from webinar.mail import Button, Letter, Text
from webinar.mail.letter import Composer
from webinar.models import OutgoingMail, Restriction
from webinar.registration.mails import Occasion, ParticipantMails, greeting

RESTRICTED = "restricted"
RESTRICTION_ENDS = "restriction_ends"


class RightsMails:
    """Composes them, with what stands around every mail to a participant."""

    def __init__(self, mails: ParticipantMails) -> None:
        self._mails = mails

    def composers(self) -> Mapping[str, Composer]:
        """The composer of each kind."""
        return {RESTRICTED: self._restricted, RESTRICTION_ENDS: self._restriction_ends}

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

    def _page(self, occasion: Occasion) -> Button:
        return Button(occasion._("Your data and your consent"), self._mails.link("/my/", occasion))


async def _in_force(db: AsyncSession, mail: OutgoingMail) -> Restriction | None:
    found = select(Restriction).where(
        col(Restriction.participant_id) == mail.participant_id, col(Restriction.ended_at).is_(None)
    )
    return (await db.exec(found)).one_or_none()
