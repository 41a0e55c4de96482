"""The field types of the registration form: adding one is adding its class here.

Each class is the definition of a field (what the admin sets, strictly validated) and knows how to build its input,
read what was entered into the value that is stored, and write that value for people and for exports.
"""

from typing import Annotated

from pydantic import Field as Option

from webinar.registration.field_types.base import (
    Condition,
    Field,
    Refused,
    Translate,
    Value,
    Words,
    say,
)
from webinar.registration.field_types.choices import Checkbox, Choice, Country, MultipleChoice, SingleChoice
from webinar.registration.field_types.contact import EmailAddress, PhoneNumber, WebAddress
from webinar.registration.field_types.special import Consent, Hidden
from webinar.registration.field_types.typed import Date, LongText, Number, ShortText

AnyField = Annotated[
    ShortText
    | LongText
    | Number
    | EmailAddress
    | PhoneNumber
    | WebAddress
    | Country
    | Date
    | SingleChoice
    | MultipleChoice
    | Checkbox
    | Consent
    | Hidden,
    Option(discriminator="type"),
]

FIELD_TYPES: dict[str, type[Field]] = {
    kind.kind(): kind
    for kind in (
        ShortText,
        LongText,
        Number,
        EmailAddress,
        PhoneNumber,
        WebAddress,
        Country,
        Date,
        SingleChoice,
        MultipleChoice,
        Checkbox,
        Consent,
        Hidden,
    )
}

__all__ = [
    "FIELD_TYPES",
    "AnyField",
    "Checkbox",
    "Choice",
    "Condition",
    "Consent",
    "Country",
    "Date",
    "EmailAddress",
    "Field",
    "Hidden",
    "LongText",
    "MultipleChoice",
    "Number",
    "PhoneNumber",
    "Refused",
    "ShortText",
    "SingleChoice",
    "Translate",
    "Value",
    "WebAddress",
    "Words",
    "say",
]
