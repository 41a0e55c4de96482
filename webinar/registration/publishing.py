"""Publishing a form: everything that Art. 13 asks is there, and what is shown is fixed with the version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.notices import (
    Wording,
    get_notices,
    latest_wordings,
    pick_language,
    publish_privacy_notice,
)
from webinar.consent.purposes import list_purposes
from webinar.consent.transparency import Facts, Item, compose_notice, gather_facts, missing_items
from webinar.errors import Incomplete, NotFound
from webinar.i18n import Catalogues
from webinar.models import Account, Basis, FormVersion, NoticeVersion, Purpose, Webinar, WebinarState
from webinar.registration.definition import FormDefinition, dump_definition, languages_of, read_definition
from webinar.registration.field_types import Consent
from webinar.registration.versions import current_draft, current_form, edited_definition, save_draft


class PinnedConsent(BaseModel):
    """How a consent is asked with this version: language → notice version."""

    model_config = ConfigDict(frozen=True)

    required: bool
    notices: dict[str, UUID]


class Pinned(BaseModel):
    """What `FormVersion.notices` holds: everything that is shown with a published version, fixed with it.

    So a version alone says which bytes somebody saw, whatever is edited later.
    """

    model_config = ConfigDict(frozen=True)

    controller: str
    retention: dict[str, str]
    privacy: dict[str, UUID]
    consents: dict[UUID, PinnedConsent]


def pinned(version: FormVersion) -> Pinned:
    """What is shown with a published version."""
    return Pinned.model_validate(version.notices)


@dataclass(frozen=True, slots=True)
class Told:
    """What would be told with a form now: its purposes and their words, in every language it speaks."""

    account: Account
    webinar: Webinar
    definition: FormDefinition
    purposes: Sequence[Purpose]
    wordings: Mapping[UUID, Mapping[str, NoticeVersion]]
    catalogues: Catalogues

    @property
    def languages(self) -> list[str]:
        """The languages that the form can be shown in."""
        return languages_of(self.definition, self.webinar.language)

    @property
    def missing(self) -> list[Item]:
        """The items of Art. 13 that keep the form from being published, in the order of the notice."""
        return missing_items(self.facts(self.webinar.language))

    def facts(self, language: str) -> Facts:
        """What the privacy notice says."""
        translate = self.catalogues.translations(language).gettext
        return gather_facts(
            self.account, self.webinar, self.purposes, self.wordings, language=language, _=translate
        )

    def privacy(self, language: str) -> Wording:
        """The privacy notice in a language the form speaks."""
        translate = self.catalogues.translations(language).gettext
        return compose_notice(self.facts(language), title=self.webinar.title, _=translate)

    def consents(self) -> dict[UUID, PinnedConsent]:
        """How each consent of the form would be asked."""
        asked = {field.purpose_id for field in self.definition.consents}
        return {each.id: self._consent(each) for each in self.purposes if each.id in asked}

    async def pin(self, db: AsyncSession, now: datetime) -> Pinned:
        """Stores the privacy notice in each language and fixes what is shown with it."""
        privacy = {
            language: await publish_privacy_notice(db, self.webinar, language, self.privacy(language), now)
            for language in self.languages
        }
        return Pinned(
            controller=self.account.controller_name,
            retention={language: self.facts(language).retention for language in self.languages},
            privacy={language: notice.id for language, notice in privacy.items()},
            consents=self.consents(),
        )

    async def differs(self, db: AsyncSession, pins: Pinned) -> bool:
        """Whether people would be shown other words than those that were fixed."""
        notices = await get_notices(db, pins.privacy.values())
        shown = {language: notices[notice_id].sha256 for language, notice_id in pins.privacy.items()}
        present = {language: self.privacy(language).sha256 for language in self.languages}
        return shown != present or pins.consents != self.consents()

    def _consent(self, purpose: Purpose) -> PinnedConsent:
        chosen = {
            language: pick_language(self.wordings[purpose.id], language, self.webinar.language)
            for language in self.languages
        }
        notices = {language: notice.id for language, notice in chosen.items() if notice}
        return PinnedConsent(required=purpose.required, notices=notices)


async def told_with(
    db: AsyncSession, account: Account, webinar: Webinar, definition: FormDefinition, catalogues: Catalogues
) -> Told:
    """What would be told with this form if it were published now; consents to retired purposes fall away."""
    asked = {field.purpose_id for field in definition.consents}
    purposes = [
        purpose
        for purpose in await list_purposes(db, webinar.account_id, webinar.id)
        if purpose.basis is not Basis.CONSENT or purpose.id in asked
    ]
    alive = {purpose.id for purpose in purposes}
    kept = [each for each in definition.fields if not isinstance(each, Consent) or each.purpose_id in alive]
    definition = definition.model_copy(update={"fields": kept})
    return Told(account, webinar, definition, purposes, await latest_wordings(db, purposes), catalogues)


async def publish_form(
    db: AsyncSession, account: Account, webinar: Webinar, *, catalogues: Catalogues, now: datetime
) -> FormVersion:
    """Publishes what the builder shows; raises Incomplete, naming the items of Art. 13 that are missing (G3)."""
    definition = await edited_definition(db, webinar, catalogues)
    told = await told_with(db, account, webinar, definition, catalogues)
    return await _publish(db, told, await save_draft(db, webinar, told.definition), now)


async def republish_form(
    db: AsyncSession, account: Account, webinar: Webinar, *, catalogues: Catalogues, now: datetime
) -> FormVersion:
    """Publishes the present form again with the present words; a draft stays a draft.

    Raises NotFound where nothing was published yet, Incomplete as `publish_form` does.
    """
    current = await current_form(db, webinar)
    if current is None:
        raise NotFound
    told = await told_with(db, account, webinar, read_definition(current.fields), catalogues)
    draft = await current_draft(db, webinar)
    if draft is not None:
        draft.number += 1
        db.add(draft)
        await db.flush()
    version = FormVersion(
        account_id=webinar.account_id,
        webinar_id=webinar.id,
        number=current.number + 1,
        fields=dump_definition(told.definition),
    )
    return await _publish(db, told, version, now)


async def outdated_forms(db: AsyncSession, account: Account, catalogues: Catalogues) -> Sequence[Webinar]:
    """The webinars whose form shows other words than the account now has; ended ones are left out."""
    running = select(Webinar).where(
        col(Webinar.account_id) == account.id, col(Webinar.state) != WebinarState.ENDED
    )
    outdated = []
    for webinar in (await db.exec(running.order_by(col(Webinar.created_at)))).all():
        version = await current_form(db, webinar)
        if version is not None and await is_outdated(db, account, webinar, version, catalogues):
            outdated.append(webinar)
    return outdated


async def is_outdated(
    db: AsyncSession, account: Account, webinar: Webinar, version: FormVersion, catalogues: Catalogues
) -> bool:
    """Whether the account's data, a purpose or a wording was changed since this version was published."""
    told = await told_with(db, account, webinar, read_definition(version.fields), catalogues)
    return await told.differs(db, pinned(version))


async def _publish(db: AsyncSession, told: Told, version: FormVersion, now: datetime) -> FormVersion:
    if told.missing:
        raise Incomplete(told.missing, "People must be told everything that Art. 13 GDPR asks for first.")
    version.notices = (await told.pin(db, now)).model_dump(mode="json")
    version.published_at = now
    db.add(version)
    await db.flush()
    return version
