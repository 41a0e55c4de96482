"""The definition of a form: its fields, in order, checked as a whole."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic import Field as Option

from webinar.errors import Invalid
from webinar.i18n import LANGUAGES, N_, Catalogues
from webinar.registration.field_types import (
    AnyField,
    Consent,
    EmailAddress,
    Field,
    ShortText,
    Value,
)

EMAIL, NAME = "email", "name"
BUILT_IN = frozenset({EMAIL, NAME})
MOST_FIELDS = 60


class FormDefinition(BaseModel):
    """The fields of a form. `email` is always there and required; `name`, if there, is the display name."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    fields: list[AnyField] = Option(max_length=MOST_FIELDS)

    @model_validator(mode="after")
    def _as_a_whole(self) -> "FormDefinition":
        earlier: dict[str, Field] = {}
        purposes: set[object] = set()
        for field in self.fields:
            _check_place(field, earlier)
            if isinstance(field, Consent):
                if field.purpose_id in purposes:
                    raise ValueError("the same consent is asked twice")
                purposes.add(field.purpose_id)
            elif not field.label:
                raise ValueError(f"the field “{field.key}” has no label")
            earlier[field.key] = field
        _check_built_in(earlier)
        return self

    def find(self, key: str) -> Field | None:
        """The field with this key."""
        return next((field for field in self.fields if field.key == key), None)

    @property
    def consents(self) -> list[Consent]:
        """The consents that are asked for."""
        return [field for field in self.fields if isinstance(field, Consent)]


def read_definition(rows: Sequence[Mapping[str, Any]]) -> FormDefinition:
    """The definition stored as JSON `rows`; raises Invalid, naming what does not fit by its place."""
    try:
        return FormDefinition.model_validate_json(json.dumps({"fields": list(rows)}))
    except ValidationError as error:
        raise Invalid(
            {
                ".".join(map(str, problem["loc"][1:])) or "fields": problem["msg"].removeprefix(
                    "Value error, "
                )
                for problem in error.errors(include_input=False, include_url=False)
            }
        ) from error


def dump_definition(definition: FormDefinition) -> list[dict[str, Any]]:
    """The JSON rows of a definition, as `read_definition` takes them."""
    return [field.model_dump(mode="json", exclude_none=True) for field in definition.fields]


def starting_definition(language: str, catalogues: Catalogues, consents: Sequence[Consent]) -> FormDefinition:
    """The smallest form: the address, a display name that may be left out, and the account's consents."""
    email, name = N_("E-mail address"), N_("Name")
    email_help = N_("Your personal link is sent here.")
    name_help = N_("Others see it when you write in the chat. A first name or a nickname is enough.")

    def words(message: str) -> dict[Any, str]:
        order = (language, *(other for other in LANGUAGES if other != language))
        return {other: catalogues.gettext(other, message) for other in order}

    return FormDefinition(
        fields=[
            ShortText(
                key=NAME, label=words(name), help=words(name_help), max_length=80, autocomplete="nickname"
            ),
            EmailAddress(key=EMAIL, label=words(email), help=words(email_help), required=True),
            *consents,
        ]
    )


def is_shown(field: Field, definition: FormDefinition, answers: Mapping[str, Value]) -> bool:
    """Whether a person with these answers so far is asked this field."""
    if field.shown_if is None:
        return True
    answer = answers.get(field.shown_if.field)
    steering = definition.find(field.shown_if.field)
    return answer is not None and steering is not None and steering.matches(answer, field.shown_if.values)


def serves(field: Field, purpose_id: UUID) -> bool:
    """Whether answers may be used for the purpose, beside taking part.

    What nobody declared serves none, but for the address: a consent that nobody can be reached for is no use.
    """
    return field.key == EMAIL if field.purposes is None else purpose_id in field.purposes


def declared_for(field: Field, interest_id: UUID) -> bool:
    """Whether answers may be used for what rests on a legitimate interest: only what the form says itself, the address
    too. Nobody agrees to that use, so it gets no more than was chosen for it.
    """
    return interest_id in (field.purposes or ())


def languages_of(definition: FormDefinition, default: str) -> list[str]:
    """The languages in which every label is there; the webinar's own comes first and is always offered."""
    complete = [
        language
        for language in LANGUAGES
        if language != default
        and all(language in field.label for field in definition.fields if not isinstance(field, Consent))
    ]
    return [default, *complete]


def _check_place(field: Field, earlier: Mapping[str, Field]) -> None:
    if field.key in earlier:
        raise ValueError(f"two fields have the key “{field.key}”")
    if field.shown_if is None:
        return
    steering = earlier.get(field.shown_if.field)
    if steering is None or not steering.steers:
        raise ValueError(f"“{field.key}” depends on a field that does not come before it or can't decide")
    if not set(field.shown_if.values) <= set(steering.steering("en", str)):
        raise ValueError(f"“{field.key}” depends on an answer that “{steering.key}” does not offer")


def _check_built_in(fields: Mapping[str, Field]) -> None:
    email = fields.get(EMAIL)
    if not isinstance(email, EmailAddress) or not email.required or email.shown_if is not None:
        raise ValueError("the form asks for the e-mail address, always")
    if not isinstance(fields.get(NAME), ShortText | None):
        raise ValueError("the name is a short text")
