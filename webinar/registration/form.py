"""From what a browser sends to answers or errors: the form class of a published version, compiled once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, cast
from uuid import UUID

from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta
from wtforms.validators import StopValidation

from webinar.addresses import address_key
from webinar.consent.notices import Wording
from webinar.consent.records import Decision, Terms
from webinar.registration.definition import BUILT_IN, EMAIL, NAME, FormDefinition, is_shown
from webinar.registration.field_types import (
    AnyField,
    Consent,
    Field,
    Hidden,
    Refused,
    Translate,
    Value,
    say,
)

META = DefaultMeta()


class Sent(Protocol):
    """What a browser sent: every value under each name."""

    def getlist(self, key: str) -> list[Any]: ...
    def __contains__(self, key: object) -> bool: ...


@dataclass(frozen=True, slots=True)
class ShownConsent:
    """A consent as it is asked: the purpose, in the words of that notice version."""

    purpose_id: UUID
    notice_version_id: UUID
    language: str
    wording: Wording
    required: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A form that was filled in without errors."""

    email: str
    display_name: str
    answers: Mapping[str, Value]
    decisions: Sequence[Decision]

    @property
    def email_key(self) -> str:
        """What makes the address unique in the webinar."""
        return address_key(self.email)


@dataclass(frozen=True, slots=True)
class CompiledForm:
    """One version of a form in one language, with everything that is shown with it. Never changes."""

    account_id: UUID
    webinar_id: UUID
    version_id: UUID
    language: str
    languages: Sequence[str]
    definition: FormDefinition
    consents: Mapping[str, ShownConsent]
    privacy_notice_id: UUID
    privacy: Wording
    terms: Terms
    form_class: type["RegistrationForm"] = field(repr=False)

    def blank(self, parameters: Mapping[str, str], *, email: str = "") -> "RegistrationForm":
        """The empty form; hidden fields take what the link carries. A given address can't be changed."""
        taken = {
            hidden.key: parameters.get(hidden.parameter, "")
            for hidden in self.definition.fields
            if isinstance(hidden, Hidden)
        }
        return self.form_class(data=taken, email=email)

    def filled(self, sent: Sent, *, email: str = "") -> "RegistrationForm":
        """The form as it was sent: `read` it, or show it again with what was typed."""
        return self.form_class(sent, email=email)

    def of_fields(self, fields: Sequence[AnyField]) -> "CompiledForm":
        """The same form with these of its fields alone, and no consents. `read` is not for it: `check` is."""
        definition = FormDefinition.model_construct(fields=list(fields))
        facts = {
            "definition": definition,
            "consents": {},
            "inputs": {each.key: self.form_class.inputs[each.key] for each in fields},
        }
        form_class = type("RegistrationFormOfSomeFields", (RegistrationForm,), facts)
        return replace(self, definition=definition, consents={}, form_class=form_class)

    def answered(self, answers: Mapping[str, Value]) -> "RegistrationForm":
        """The form with what somebody answered before."""
        return self.form_class(data=answers)


class RegistrationForm(BaseForm):
    """A form in somebody's hands. Subclasses, one per version and language, are made by `build_form`."""

    definition: FormDefinition
    consents: Mapping[str, ShownConsent]
    inputs: Mapping[str, Any]

    def __init__(
        self, sent: Sent | None = None, data: Mapping[str, Value] | None = None, email: str = ""
    ) -> None:
        super().__init__(self.inputs, meta=META)
        self.fixed_email = email
        self.values: dict[str, Value] = {}
        # Only what `Sent` has is used.
        self.process(cast("Any", sent), data={**(data or {}), **({EMAIL: email} if email else {})})
        if email:
            self[EMAIL].data = email

    def read(self) -> Entry | None:
        """The entry, or None with the fields' `errors` set."""
        return self._entry() if self.check() else None

    def check(self) -> bool:
        """Whether everything is right: then `values` is what was answered; else the fields' `errors` are set.

        A field is asked only if the answers before it say so; what was sent for the others is ignored.
        """
        valid = True
        for definition in self.definition.fields:
            if is_shown(definition, self.definition, self.values):
                valid = self[definition.key].validate(self) and valid
        return valid

    def accept(self, definition: Field, raw: Sequence[Any], _: Translate) -> None:
        """Takes what was sent for one field; raises StopValidation with the words to show beside it."""
        if definition.key == EMAIL and self.fixed_email:
            raw = [self.fixed_email]
        try:
            value = definition.read([entry for entry in raw if isinstance(entry, str)], _)
        except Refused as refused:
            raise StopValidation(str(refused)) from refused
        consent = self.consents.get(definition.key)
        if consent is not None and consent.required and not value:
            raise StopValidation(_("This consent is needed to register."))
        if value is not None:
            self.values[definition.key] = value

    def _entry(self) -> Entry:
        decisions = [
            Decision(consent.purpose_id, consent.notice_version_id, consent.language, bool(self.values[key]))
            for key, consent in self.consents.items()
            if key in self.values
        ]
        answers = {
            key: value
            for key, value in self.values.items()
            if key not in BUILT_IN and not isinstance(self.definition.find(key), Consent)
        }
        return Entry(str(self.values[EMAIL]), str(self.values.get(NAME, "")), answers, decisions)


def build_form(
    definition: FormDefinition, consents: Mapping[str, ShownConsent], language: str, _: Translate
) -> type[RegistrationForm]:
    """The form class of a definition in a language. Costs milliseconds: make it once per version and language."""
    inputs = {each.key: each.input(language, [_check(each, _)], _) for each in definition.fields}
    return type(
        "RegistrationFormOfAVersion",
        (RegistrationForm,),
        {"definition": definition, "consents": consents, "inputs": inputs},
    )


def label_of(definition: Field, form: RegistrationForm, language: str) -> str:
    """What a field is called: the label, or the title of the consent's notice."""
    consent = form.consents.get(definition.key)
    return consent.wording.title if consent else say(definition.label, language)


def _check(definition: Field, _: Translate) -> Any:
    def check(form: RegistrationForm, bound: Any) -> None:
        form.accept(definition, bound.raw_data or (), _)

    return check
