"""The mails about a new address: to the new one, which is a stranger's until it is proven, and to the present one."""

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.clock import Clock
from webinar.i18n import Catalogues
from webinar.mail import Button, Letter, Part, Text
from webinar.mail.letter import Composer
from webinar.models import AddressChange, OutgoingMail, Participant, ParticipantState, WebinarState
from webinar.registration.address_change import (
    ADDRESS_ASKED,
    ADDRESS_CHANGED,
    ADDRESS_PROOF,
    holder_of,
    pending_change,
    proof_token,
)
from webinar.registration.mails import Occasion, ParticipantMails, greeting
from webinar.signing import Signer
from webinar.site import Site


class AddressMails:
    """Composes them, in the frame of all mails to participants.

    They leave although the use of somebody's data is restricted: people ask for them, at that moment.
    """

    def __init__(
        self, mails: ParticipantMails, site: Site, signer: Signer, catalogues: Catalogues, clock: Clock
    ) -> None:
        self._mails = mails
        self._site = site
        self._signer = signer
        self._catalogues = catalogues
        self._clock = clock

    def composers(self) -> Mapping[str, Composer]:
        """The composer of each kind."""
        return {
            ADDRESS_ASKED: self._asked,
            ADDRESS_PROOF: self._proof,
            ADDRESS_CHANGED: self._changed,
        }

    async def _asked(self, db: AsyncSession, mail: OutgoingMail) -> Letter | None:
        occasion = await self._mails.occasion(db, mail, though_restricted=True)
        if occasion is None or await self._pending(db, occasion.participant) is None:
            return None
        _ = occasion._
        parts: list[Part] = [
            *greeting(occasion),
            Text(_("Somebody asked to move your place in this webinar to another e-mail address.")),
            Text(
                _(
                    "It moves as soon as that address is confirmed. Mails then go there, and the links in mails to "
                    "this address stop working."
                )
            ),
            Text(_("If it was not you, call it off on this page:")),
            Button(_("Your e-mail address"), self._mails.link("/my/", occasion), primary=False),
        ]
        subject = _("Another address was asked for: %(title)s") % {"title": occasion.webinar.title}
        return self._mails.letter(occasion, subject, parts)

    async def _proof(self, db: AsyncSession, mail: OutgoingMail) -> Letter | None:
        occasion = await self._mails.occasion(db, mail, though_restricted=True)
        change = await self._pending(db, occasion.participant) if occasion else None
        if occasion is None or change is None:
            return None
        holder = await holder_of(db, occasion.participant, change.email)
        return self._taken(occasion, holder) if holder else self._to_be_proven(occasion, change)

    def _to_be_proven(self, occasion: Occasion, change: AddressChange) -> Letter:
        """To somebody who may be a stranger: no name, and nothing that opens or withdraws anything."""
        _, organisation = occasion._, {"organisation": occasion.account.name}
        title = {"title": occasion.webinar.title}
        token = proof_token(self._signer, change.id)
        parts: list[Part] = [
            Text(_("Somebody wants to use this address for a webinar of %(organisation)s.") % organisation),
            Text(_("If that is you, please confirm it. The link works once, for 24 hours.")),
            Button(_("Confirm this address"), self._site.url(f"/my/address#{token}")),
            Text(_("If it is not you, there is nothing to do: this address is then forgotten."), quiet=True),
        ]
        return Letter(
            to=change.email,
            language=occasion.participant.language,
            subject=_("Please confirm your address: %(title)s") % title,
            heading=occasion.webinar.title,
            parts=parts,
            sender_name=occasion.account.name,
            reply_to=occasion.account.controller_email,
            footer=(
                Text(_("You get this mail because somebody entered this address on the page of their data.")),
            ),
            brand_colour=occasion.webinar.brand_colour,
        )

    def _taken(self, asked: Occasion, holder: Participant) -> Letter:
        """To who has the address already, in their language and with their own links."""
        gettext = self._catalogues.translations(holder.language).gettext
        occasion = replace(asked, participant=holder, code="", _=gettext)
        _ = occasion._
        parts: list[Part] = [
            *greeting(occasion),
            Text(
                _(
                    "Somebody wanted to use this address for their place in this webinar. It is registered already."
                )
            ),
            Text(_("Nothing was changed, and there is nothing to do.")),
        ]
        subject = _("Your address was entered: %(title)s") % {"title": occasion.webinar.title}
        return self._mails.letter(occasion, subject, parts)

    async def _changed(self, db: AsyncSession, mail: OutgoingMail) -> Letter | None:
        occasion = await self._mails.occasion(db, mail, though_restricted=True)
        # Nobody is written to about a webinar that is not public yet.
        if occasion is None or occasion.webinar.state is WebinarState.DRAFT:
            return None
        _ = occasion._
        invited = occasion.participant.state is ParticipantState.INVITED
        parts: list[Part] = [
            *greeting(occasion),
            Text(_("Mails about this webinar go to this address from now on.")),
            Text(_("The links in earlier mails do not work any more. This is your new one:")),
            *self._mails.way_in(occasion, _("Register") if invited else _("Open the webinar")),
        ]
        subject = _("Your new link: %(title)s") % {"title": occasion.webinar.title}
        return self._mails.letter(occasion, subject, parts)

    async def _pending(self, db: AsyncSession, participant: Participant) -> AddressChange | None:
        return await pending_change(db, participant, self._clock.now())
