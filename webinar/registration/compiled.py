"""Published forms, compiled and kept: what a version shows never changes, so it is made once."""

from collections import OrderedDict
from collections.abc import Mapping
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.notices import get_notices, wording_of
from webinar.consent.records import Terms
from webinar.i18n import Catalogues
from webinar.models import FormVersion, NoticeVersion
from webinar.registration.definition import FormDefinition, read_definition
from webinar.registration.form import CompiledForm, ShownConsent, build_form
from webinar.registration.publishing import Pinned, pinned

KEPT = 256


class Forms:
    """The compiled forms that were used most recently. Create one per process. Holds no personal data."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues
        self._kept: OrderedDict[tuple[UUID, str], CompiledForm] = OrderedDict()

    def get(self, version_id: UUID, language: str) -> CompiledForm | None:
        """A form that was compiled before."""
        form = self._kept.get((version_id, language))
        if form is not None:
            self._kept.move_to_end((version_id, language))
        return form

    async def load(self, db: AsyncSession, version: FormVersion, language: str) -> CompiledForm:
        """A published version in `language`, or in the webinar's own where the form doesn't speak it."""
        pins = pinned(version)
        spoken = language if language in pins.privacy else next(iter(pins.privacy))
        form = self.get(version.id, spoken)
        if form is None:
            form = await self._compile(db, version, pins, spoken)
            self._kept[version.id, spoken] = form
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return form

    async def _compile(
        self, db: AsyncSession, version: FormVersion, pins: Pinned, language: str
    ) -> CompiledForm:
        definition = read_definition(version.fields)
        ids = [pins.privacy[language], *(each.notices[language] for each in pins.consents.values())]
        notices = await get_notices(db, ids)
        consents = _shown(definition, pins, notices, language)
        translate = self._catalogues.translations(language).gettext
        return CompiledForm(
            account_id=version.account_id,
            webinar_id=version.webinar_id,
            version_id=version.id,
            language=language,
            languages=list(pins.privacy),
            definition=definition,
            consents=consents,
            privacy_notice_id=pins.privacy[language],
            privacy=wording_of(notices[pins.privacy[language]]),
            terms=Terms(pins.controller, pins.retention[language]),
            form_class=build_form(definition, consents, language, translate),
        )


def _shown(
    definition: FormDefinition, pins: Pinned, notices: Mapping[UUID, NoticeVersion], language: str
) -> dict[str, ShownConsent]:
    shown = {}
    for field in definition.consents:
        pin = pins.consents[field.purpose_id]
        notice = notices[pin.notices[language]]
        shown[field.key] = ShownConsent(
            field.purpose_id, notice.id, notice.language, wording_of(notice), pin.required
        )
    return shown
