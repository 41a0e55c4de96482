"""The mails to participants, composed at the moment they leave, in the language each person chose."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.clock import Clock
from webinar.consent.records import current_consents
from webinar.consent.standing import unopposed, usable
from webinar.i18n import Catalogues, format_time
from webinar.mail import Attachment, Button, Code, Facts, Letter, Part, Text
from webinar.mail.letter import Composer
from webinar.models import (
    Account,
    AdmissionClaim,
    OutgoingMail,
    Participant,
    ParticipantState,
    Webinar,
    WebinarState,
)
from webinar.registration.admission import code_for, link_token
from webinar.registration.calendar import CONTENT_TYPE, FILE_NAME, calendar_file
from webinar.registration.register import ALREADY_REGISTERED, REGISTERED
from webinar.registration.reminders import REMINDERS, SOON, is_timely
from webinar.registration.renewal import WORDS_CHANGED
from webinar.signing import Signer
from webinar.site import Site

LOST_LINK = "lost_link"
INVITATION = "invitation"
WITHDRAWN = "withdrawn"
WITHDRAW_TOKEN = "withdraw"  # noqa: S105 - the purpose that its signature is for
SHOWN_GROUP = 4
# What somebody asks for at a form, at that moment: these leave although the use of their data is restricted.
ASKED_FOR = frozenset({LOST_LINK, ALREADY_REGISTERED})
# What nobody asked for: none of these leaves to somebody who objects (Art. 21 GDPR).
UNASKED = frozenset({INVITATION, WORDS_CHANGED})

Gettext = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Occasion:
    """Everything a composer may say: to whom, about which webinar of whom, with which code if any."""

    participant: Participant
    webinar: Webinar
    account: Account
    code: str
    mail: OutgoingMail
    _: Gettext


class ParticipantMails:
    """Composes every kind of mail that participants get."""

    def __init__(self, site: Site, signer: Signer, catalogues: Catalogues, clock: Clock) -> None:
        self._site = site
        self._signer = signer
        self._catalogues = catalogues
        self._clock = clock

    def composers(self) -> Mapping[str, Composer]:
        """The composer of each kind."""
        writers: dict[str, Callable[[Occasion], Letter | None]] = {
            REGISTERED: self._registered,
            ALREADY_REGISTERED: self._already_registered,
            LOST_LINK: self._lost_link,
            INVITATION: self._invitation,
            WITHDRAWN: self._withdrawn,
            **dict.fromkeys(REMINDERS, self._reminder),
        }
        composers = {kind: self._composer(write) for kind, write in writers.items()}
        return {**composers, WORDS_CHANGED: self._words_changed}

    def _composer(self, write: Callable[[Occasion], Letter | None]) -> Composer:
        async def compose(db: AsyncSession, mail: OutgoingMail) -> Letter | None:
            occasion = await self.occasion(db, mail, though_restricted=mail.kind in ASKED_FOR)
            return write(occasion) if occasion else None

        return compose

    async def occasion(
        self, db: AsyncSession, mail: OutgoingMail, *, though_restricted: bool = False
    ) -> Occasion | None:
        """What a mail to a participant may say; None when it is not to leave any more.

        Somebody whose data is only kept gets no mail but those that are for them `though_restricted`.
        """
        found = (
            select(Participant, Webinar, Account)
            .join(Webinar, col(Webinar.id) == col(Participant.webinar_id))
            .join(Account, col(Account.id) == col(Participant.account_id))
            .where(col(Participant.id) == mail.participant_id)
        )
        if not though_restricted:
            allowed = unopposed if mail.kind in UNASKED else usable
            found = found.where(allowed(col(Participant.id)))
        row = (await db.exec(found)).one_or_none()
        if row is None or not row[0].email:
            return None
        participant, webinar, account = row
        gettext = self._catalogues.translations(participant.language).gettext
        code = await self._code(db, mail, self._clock.now())
        return Occasion(participant, webinar, account, code, mail, gettext)

    async def _code(self, db: AsyncSession, mail: OutgoingMail, now: datetime) -> str:
        claim = await db.get(AdmissionClaim, mail.claim_id) if mail.claim_id else None
        if claim is None or claim.expires_at <= now:
            return ""
        code = code_for(self._signer, claim.id, claim.participant_id)
        return f"{code[:SHOWN_GROUP]} {code[SHOWN_GROUP:]}"

    def _registered(self, occasion: Occasion) -> Letter:
        _ = occasion._
        parts: list[Part] = [
            *greeting(occasion),
            Text(_("You are registered. We look forward to seeing you.")),
            *self._facts(occasion),
            *self.way_in(occasion, _("Open the webinar")),
        ]
        subject = _("You are registered: %(title)s") % {"title": occasion.webinar.title}
        return self.letter(occasion, subject, parts, with_calendar=True)

    def _already_registered(self, occasion: Occasion) -> Letter:
        _ = occasion._
        parts: list[Part] = [
            *greeting(occasion),
            Text(
                _("Somebody filled in the registration form with this address, which is registered already.")
            ),
            Text(_("Nothing was changed. This is your way in:")),
            *self._facts(occasion),
            *self.way_in(occasion, _("Open the webinar")),
        ]
        subject = _("You were registered already: %(title)s") % {"title": occasion.webinar.title}
        return self.letter(occasion, subject, parts, with_calendar=True)

    def _lost_link(self, occasion: Occasion) -> Letter | None:
        if occasion.participant.state is ParticipantState.INVITED:
            return self._invitation(occasion)
        _ = occasion._
        parts: list[Part] = [
            *greeting(occasion),
            Text(_("You asked for your personal link. Here it is:")),
            *self._facts(occasion),
            *self.way_in(occasion, _("Open the webinar")),
            Text(_("If it was not you who asked, there is nothing to do."), quiet=True),
        ]
        subject = _("Your link: %(title)s") % {"title": occasion.webinar.title}
        return self.letter(occasion, subject, parts)

    def _invitation(self, occasion: Occasion) -> Letter | None:
        if occasion.participant.state is not ParticipantState.INVITED or not _is_coming(occasion.webinar):
            return None
        _ = occasion._
        invites = _("%(organisation)s invites you to a webinar.") % {"organisation": occasion.account.name}
        parts: list[Part] = [
            *greeting(occasion),
            Text(invites),
            *self._facts(occasion),
            *self.way_in(occasion, _("Register")),
        ]
        subject = _("Invitation: %(title)s") % {"title": occasion.webinar.title}
        return self.letter(occasion, subject, parts, with_calendar=True)

    def _reminder(self, occasion: Occasion) -> Letter | None:
        webinar, participant = occasion.webinar, occasion.participant
        if participant.reminders_stopped_at or not is_timely(webinar, occasion.mail, self._clock.now()):
            return None
        _ = occasion._
        parts: list[Part] = [
            *greeting(occasion),
            Text(_("A reminder of the webinar that you registered for.")),
            *self._facts(occasion),
            *self.way_in(occasion, _("Open the webinar")),
        ]
        soon = occasion.mail.kind == SOON
        subject = _("Starting soon: %(title)s") if soon else _("Reminder: %(title)s")
        return self.letter(occasion, subject % {"title": webinar.title}, parts)

    def _withdrawn(self, occasion: Occasion) -> Letter:
        _ = occasion._
        parts: list[Part] = [
            *greeting(occasion),
            Text(_("You withdrew your consent. It has taken effect, and what you did before stays lawful.")),
            Text(_("You can see what holds now, and change your mind, on this page:")),
            Button(_("Your data and your consent"), self.link("/my/", occasion), primary=False),
        ]
        subject = _("Consent withdrawn: %(title)s") % {"title": occasion.webinar.title}
        return self.letter(occasion, subject, parts)

    async def _words_changed(self, db: AsyncSession, mail: OutgoingMail) -> Letter | None:
        occasion = await self.occasion(db, mail)
        if occasion is None:
            return None
        consents = await current_consents(db, occasion.participant)
        titles = [consent.asked.title for consent in consents if consent.to_renew]
        if not titles:
            return None
        _ = occasion._
        parts: list[Part] = [
            *greeting(occasion),
            Text(_("You agreed to this, and its words have changed in meaning since:")),
            *(Text(title) for title in titles),
            Text(
                _("Until you agree to the new words, your consent is not used. To do nothing is to refuse.")
            ),
            Button(_("Read and answer"), self.link("/my/", occasion)),
        ]
        subject = _("Please answer again: %(title)s") % {"title": occasion.webinar.title}
        return self.letter(occasion, subject, parts)

    def _facts(self, occasion: Occasion) -> list[Part]:
        _, webinar, language = occasion._, occasion.webinar, occasion.participant.language
        rows = []
        if webinar.starts_at:
            rows.append(
                (_("When"), format_time(webinar.starts_at, webinar.time_zone, "full", language=language))
            )
        rows.append((_("Organised by"), occasion.account.name))
        return [Facts(tuple(rows))]

    def way_in(self, occasion: Occasion, label: str) -> list[Part]:
        """The personal link, as a button called `label`, and the code for a page that waits, if one does."""
        _ = occasion._
        parts: list[Part] = [Button(label, self.link("/j/", occasion))]
        if occasion.code:
            parts.append(Code(_("Or enter this code on the page that asks for it:"), occasion.code))
        parts.append(Text(_("The link is yours alone. Please do not pass it on."), quiet=True))
        return parts

    def letter(
        self, occasion: Occasion, subject: str, parts: list[Part], *, with_calendar: bool = False
    ) -> Letter:
        """A letter to the participant, with what stands around every one: whose it is, and the way to their data."""
        _, participant, webinar = occasion._, occasion.participant, occasion.webinar
        calendar = calendar_file(webinar, occasion.account, self._site, self._clock.now())
        why = _(
            "You get this mail because this address was used to take part in a webinar of %(organisation)s."
        )
        return Letter(
            to=participant.email or "",
            to_name=participant.display_name,
            language=participant.language,
            subject=subject,
            heading=webinar.title,
            parts=parts,
            sender_name=occasion.account.name,
            reply_to=occasion.account.controller_email,
            footer=(
                Text(why % {"organisation": occasion.account.name}),
                Button(_("See your data, withdraw consent, or be erased"), self.link("/my/", occasion)),
            ),
            withdraw_url=self._site.url(f"/my/withdraw/{withdrawal_token(self._signer, participant)}"),
            brand_colour=webinar.brand_colour,
            attachments=(Attachment(FILE_NAME, CONTENT_TYPE, calendar),)
            if calendar and with_calendar
            else (),
        )

    def link(self, path: str, occasion: Occasion) -> str:
        """The address of a page that the participant's own token opens."""
        participant = occasion.participant
        token = link_token(self._signer, participant.id, participant.link_generation)
        return self._site.url(f"{path}#{token}")


def withdrawal_token(signer: Signer, participant: Participant) -> str:
    """What the one click of a mail program sends; void as soon as the personal link is another one."""
    return signer.sign(WITHDRAW_TOKEN, [str(participant.id), participant.link_generation])


def greeting(occasion: Occasion) -> list[Part]:
    """Hello, for those whose name is known."""
    name = occasion.participant.display_name
    return [Text(occasion._("Hello %(name)s,") % {"name": name})] if name else []


def _is_coming(webinar: Webinar) -> bool:
    return webinar.state in {WebinarState.SCHEDULED, WebinarState.LIVE, WebinarState.PAUSED}
