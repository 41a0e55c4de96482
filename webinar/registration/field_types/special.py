"""Fields whose answer is not only an answer: consent, and what comes along with the link."""

from collections.abc import Sequence
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import Field as Option
from wtforms import BooleanField, HiddenField

from webinar.i18n import N_
from webinar.registration.field_types.base import Field, Input, Refused, Translate, Value, clean_text
from webinar.registration.field_types.choices import NO, TICKED, YES

PARAMETER_LENGTH = 200


class Consent(Field):
    """Asks for one purpose, in the words of its notice. Stored as a consent record, never as an answer.

    Never ticked beforehand. Whether it is required is the purpose's own setting.
    """

    name: ClassVar[str] = N_("Consent")
    hint: ClassVar[str] = N_(
        "One purpose, one consent. Make it required only if the webinar can't be given without."
    )

    type: Literal["consent"] = "consent"
    purpose_id: UUID
    required: Literal[False] = False

    def input(self, language: str, checks: list[Any], _: Translate) -> Input:
        return BooleanField(validators=checks)

    def parse(self, raw: Sequence[str], _: Translate) -> Value | None:
        return bool(raw) and raw[0] in TICKED

    def export(self, value: Value, language: str) -> str | int | float:
        return YES if value else NO


class Hidden(Field):
    """Takes a parameter of the link, such as `utm_source`, along. What doesn't fit is dropped: nobody typed it."""

    name: ClassVar[str] = N_("Hidden (from the link)")
    hint: ClassVar[str] = N_(
        "Do you need this per person? The number of registrations per link may be enough."
    )

    type: Literal["hidden"] = "hidden"
    parameter: str = Option(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,59}$")
    required: Literal[False] = False

    def input(self, language: str, checks: list[Any], _: Translate) -> Input:
        return HiddenField(validators=checks)

    def parse(self, raw: Sequence[str], _: Translate) -> Value | None:
        try:
            return clean_text(raw, PARAMETER_LENGTH, _)
        except Refused:
            return None
