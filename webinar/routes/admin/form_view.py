"""What the builder's page shows of a form: its fields with their settings, the form itself, and what is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.notices import Wording, latest_wordings, pick_language, wording_of
from webinar.consent.purposes import list_purposes
from webinar.consent.records import Terms
from webinar.consent.transparency import ARTICLES, Item, notice_sections
from webinar.i18n import LANGUAGES, N_, language_name
from webinar.models import Basis, Purpose
from webinar.registration.definition import EMAIL, declared_for, serves
from webinar.registration.field_types import FIELD_TYPES, Consent, Field, say
from webinar.registration.form import CompiledForm, ShownConsent, build_form
from webinar.registration.publishing import Told, is_outdated
from webinar.registration.typed_settings import as_typed
from webinar.registration.versions import current_draft, current_form
from webinar.routes.admin.webinars.editor import Editor
from webinar.routes.event_page import shown_fields

CONSENT = "consent"
NOWHERE = UUID(int=0)
# What each item is called in the checklist, and the page where it is filled in.
ITEMS: Mapping[Item, tuple[str, str]] = {
    Item.CONTROLLER: (N_("Who is responsible, with a postal address"), "/admin/account"),
    Item.CONTACT: (N_("An address for privacy questions"), "/admin/account"),
    Item.DPO: (N_("The data protection officer, or that there is none"), "/admin/account"),
    Item.PURPOSES: (N_("What the data is used for, and the legal basis of each use"), "/admin/purposes"),
    Item.INTERESTS: (N_("The interest, where a use rests on a legitimate interest"), "/admin/purposes"),
    Item.PROVISION: (N_("Whether people have to give their data"), ""),
    Item.RECIPIENTS: (N_("Who receives the data"), "/admin/account"),
    Item.TRANSFERS: (N_("Transfers to other countries, or that there are none"), "/admin/account"),
    Item.RETENTION: (N_("How long the data is kept"), "details"),
    Item.RIGHTS: (N_("The rights people have"), ""),
    Item.WITHDRAWAL: (N_("That consent can be withdrawn"), ""),
    Item.COMPLAINT: (N_("Where people can complain"), "/admin/account"),
    Item.DECISIONS: (N_("That no decision is made by a machine alone"), ""),
}


@dataclass(frozen=True, slots=True)
class ListedField:
    """A field in the builder's list. `steering` are the answers of earlier fields that could show it, `uses` the
    form's consents and what rests on a legitimate interest, with whether its answers may be used for them.
    """

    definition: Field
    name: str
    label: str
    hint: str
    typed: Mapping[str, str]
    wanted: Sequence[str]
    steering: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    uses: Sequence[tuple[str, str, bool]]
    fixed: bool


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """An item of Art. 13 in the checklist, and where it is filled in (empty: by the platform itself)."""

    article: str
    words: str
    page: str
    told: bool


async def builder_context(db: AsyncSession, editor: Editor, told: Told) -> dict[str, Any]:
    """Everything on the builder's page."""
    webinar = editor.webinar
    published, draft = await current_form(db, webinar), await current_draft(db, webinar)
    outdated = published is not None and await is_outdated(
        db, told.account, webinar, published, told.catalogues
    )
    return {
        "fields": listed_fields(told),
        "kinds": [(key, kind.name, kind.hint) for key, kind in FIELD_TYPES.items() if key != CONSENT],
        "unasked": await _unasked(db, told),
        "checklist": checklist(told, editor.address),
        "missing": len(told.missing),
        "published": published,
        "draft": draft,
        "outdated": outdated,
        "languages": _languages(webinar.language),
        **preview_context(told, webinar.language),
    }


def preview_context(told: Told, language: str) -> dict[str, Any]:
    """The form as people would see it if it were published now."""
    spoken = language if language in told.languages else told.webinar.language
    compiled = _compiled(told, spoken)
    return {
        "preview": shown_fields(compiled, compiled.blank({})),
        "preview_language": spoken,
        "preview_languages": [(code, language_name(code)) for code in told.languages],
        "privacy": notice_sections(compiled.privacy.body),
        "terms": compiled.terms,
        "privacy_title": compiled.privacy.title,
    }


def listed_fields(told: Told) -> list[ListedField]:
    """The fields in order."""
    listed: list[ListedField] = []
    for field in told.definition.fields:
        condition = field.shown_if
        listed.append(
            ListedField(
                definition=field,
                name=type(field).name,
                label=_label(told, field),
                hint=type(field).hint,
                typed=as_typed(field),
                wanted=[f"{condition.field}={value}" for value in condition.values] if condition else [],
                steering=_steering(told, field),
                uses=_uses(told, field),
                fixed=field.key == EMAIL,
            )
        )
    return listed


def checklist(told: Told, address: str) -> list[CheckedItem]:
    """Every item of Art. 13, whether it is told, and where it goes."""
    missing = set(told.missing)
    return [
        CheckedItem(ARTICLES[item], words, address if page == "details" else page, item not in missing)
        for item, (words, page) in ITEMS.items()
    ]


async def _unasked(db: AsyncSession, told: Told) -> list[tuple[Purpose, str]]:
    """The consents that the form could ask for and does not, with their words."""
    asked = {field.purpose_id for field in told.definition.consents}
    purposes = [
        purpose
        for purpose in await list_purposes(db, told.webinar.account_id, told.webinar.id)
        if purpose.basis is Basis.CONSENT and purpose.id not in asked
    ]
    wordings = await latest_wordings(db, purposes)
    found = []
    for purpose in purposes:
        notice = pick_language(wordings[purpose.id], told.webinar.language, told.webinar.language)
        found.append((purpose, notice.title if notice else ""))
    return found


def _steering(told: Told, field: Field) -> list[tuple[str, Sequence[tuple[str, str]]]]:
    translate = told.catalogues.translations(told.webinar.language).gettext
    found: list[tuple[str, Sequence[tuple[str, str]]]] = []
    for earlier in told.definition.fields:
        if earlier is field:
            break
        if earlier.steers:
            answers = earlier.steering(told.webinar.language, translate)
            words = [(f"{earlier.key}={value}", text) for value, text in answers.items()]
            found.append((_label(told, earlier), words))
    return found


def _uses(told: Told, field: Field) -> list[tuple[str, str, bool]]:
    if isinstance(field, Consent):
        return []
    consents = [
        (str(consent.purpose_id), _label(told, consent), serves(field, consent.purpose_id))
        for consent in told.definition.consents
    ]
    interests = [
        (
            str(purpose.id),
            _wording(told, purpose.id, told.webinar.language).title,
            declared_for(field, purpose.id),
        )
        for purpose in told.purposes
        if purpose.basis is Basis.LEGITIMATE_INTEREST
    ]
    return [*consents, *interests]


def _label(told: Told, field: Field) -> str:
    if not isinstance(field, Consent):
        return say(field.label, told.webinar.language)
    return _wording(told, field.purpose_id, told.webinar.language).title


def _wording(told: Told, purpose_id: UUID, language: str) -> Wording:
    notice = pick_language(told.wordings.get(purpose_id, {}), language, told.webinar.language)
    return wording_of(notice) if notice else Wording("", "")


def _compiled(told: Told, language: str) -> CompiledForm:
    required = {purpose.id: purpose.required for purpose in told.purposes}
    consents = {
        field.key: ShownConsent(
            field.purpose_id,
            NOWHERE,
            language,
            _wording(told, field.purpose_id, language),
            required.get(field.purpose_id, False),
        )
        for field in told.definition.consents
    }
    translate = told.catalogues.translations(language).gettext
    return CompiledForm(
        account_id=told.account.id,
        webinar_id=told.webinar.id,
        version_id=NOWHERE,
        language=language,
        languages=told.languages,
        definition=told.definition,
        consents=consents,
        privacy_notice_id=NOWHERE,
        privacy=told.privacy(language),
        terms=Terms(told.account.controller_name, told.facts(language).retention),
        form_class=build_form(told.definition, consents, language, translate),
    )


def _languages(first: str) -> list[tuple[str, str]]:
    order = (first, *(language for language in LANGUAGES if language != first))
    return [(language, language_name(language)) for language in order]
