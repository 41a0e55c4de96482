"""What is typed freely: text, numbers, dates."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal

from babel.dates import format_date
from babel.numbers import format_decimal
from pydantic import Field as Option
from pydantic import model_validator
from wtforms import StringField, TextAreaField
from wtforms.widgets import DateInput

from webinar.i18n import N_
from webinar.registration.field_types.base import (
    Field,
    Input,
    Refused,
    Translate,
    Value,
    attributes,
    clean_text,
)

NUMBER = re.compile(r"[+-]?\d{1,9}(?:\.\d{1,4})?")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
LARGEST = 999_999_999
# What browsers fill in where somebody is asked for their name.
NAMES = frozenset({"name", "given-name", "family-name", "nickname"})
AUTOCOMPLETE = Literal[
    "",
    "name",
    "given-name",
    "family-name",
    "nickname",
    "organization",
    "organization-title",
    "postal-code",
    "address-level2",
    "street-address",
]


class ShortText(Field):
    """One line of text."""

    name: ClassVar[str] = N_("Short text")
    hint: ClassVar[str] = N_(
        "Do you need this? A choice from a list tells you as much and invites nobody to write about themselves."
    )

    type: Literal["short_text"] = "short_text"
    max_length: int = Option(default=200, ge=1, le=500)
    autocomplete: AUTOCOMPLETE = ""

    @property
    def names_somebody(self) -> bool:
        """Whether it asks for a name."""
        return self.autocomplete in NAMES

    @property
    def personal_data(self) -> str:
        return "pd:Name" if self.names_somebody else ""

    def input(self, language: str, checks: list[Any], _: Translate) -> Input:
        return StringField(
            validators=checks,
            render_kw=attributes(maxlength=self.max_length, autocomplete=self.autocomplete),
        )

    def parse(self, raw: Sequence[str], _: Translate) -> Value | None:
        return clean_text(raw, self.max_length, _)


class LongText(Field):
    """Several lines of text."""

    name: ClassVar[str] = N_("Long text")
    hint: ClassVar[str] = N_(
        "Do you need this? People write more here than you asked for. Say in the help what not to write: nothing "
        "about health, beliefs or other people."
    )

    type: Literal["long_text"] = "long_text"
    max_length: int = Option(default=2000, ge=1, le=5000)

    def input(self, language: str, checks: list[Any], _: Translate) -> Input:
        return TextAreaField(validators=checks, render_kw=attributes(maxlength=self.max_length, rows=5))

    def parse(self, raw: Sequence[str], _: Translate) -> Value | None:
        return clean_text(raw, self.max_length, _, lines=True)


class Number(Field):
    """A number, within a range if one is set."""

    name: ClassVar[str] = N_("Number")
    hint: ClassVar[str] = N_("Do you need the exact number? A choice of ranges says less about one person.")

    type: Literal["number"] = "number"
    minimum: int | None = Option(default=None, ge=-LARGEST, le=LARGEST)
    maximum: int | None = Option(default=None, ge=-LARGEST, le=LARGEST)
    whole: bool = True

    @model_validator(mode="after")
    def _range(self) -> "Number":
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError("the smallest number is larger than the largest")
        return self

    def input(self, language: str, checks: list[Any], _: Translate) -> Input:
        return StringField(
            validators=checks,
            render_kw=attributes(
                inputmode="numeric" if self.whole and (self.minimum or 0) >= 0 else "decimal",
                maxlength=16,
                autocomplete="off",
            ),
        )

    def parse(self, raw: Sequence[str], _: Translate) -> Value | None:
        text = clean_text(raw, 40, _)
        if text is None:
            return None
        plain = text.replace("−", "-").replace(",", ".").replace("٫", ".")
        if not NUMBER.fullmatch(plain):
            raise Refused(_("Enter a number, in digits."))
        number = Decimal(plain)
        if self.whole and number != number.to_integral_value():
            raise Refused(_("Enter a whole number."))
        if self.minimum is not None and number < self.minimum:
            raise Refused(_("Enter {minimum} or more.").format(minimum=self.minimum))
        if self.maximum is not None and number > self.maximum:
            raise Refused(_("Enter {maximum} or less.").format(maximum=self.maximum))
        return int(number) if number == number.to_integral_value() else float(number)

    def show(self, value: Value, language: str) -> str:
        return format_decimal(Decimal(str(value)), locale=language) if _is_number(value) else str(value)

    def export(self, value: Value, language: str) -> str | int | float:
        return value if isinstance(value, int | float) else str(value)


class Date(Field):
    """A day."""

    name: ClassVar[str] = N_("Date")
    hint: ClassVar[str] = N_(
        "Do you need the day? A date of birth identifies people; whether somebody is of age is a checkbox."
    )

    type: Literal["date"] = "date"
    earliest: str | None = Option(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    latest: str | None = Option(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")

    @model_validator(mode="after")
    def _range(self) -> "Date":
        for day in (self.earliest, self.latest):
            if day:
                date.fromisoformat(day)
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError("the first day is after the last")
        return self

    def input(self, language: str, checks: list[Any], _: Translate) -> Input:
        return StringField(
            validators=checks, widget=DateInput(), render_kw=attributes(min=self.earliest, max=self.latest)
        )

    def parse(self, raw: Sequence[str], _: Translate) -> Value | None:
        text = clean_text(raw, 40, _)
        if text is None:
            return None
        try:
            day = date.fromisoformat(text) if DATE.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None:
            raise Refused(_("Enter a date as year-month-day, like 2026-11-23."))
        if self.earliest and text < self.earliest:
            raise Refused(_("Enter {day} or later.").format(day=self.earliest))
        if self.latest and text > self.latest:
            raise Refused(_("Enter {day} or earlier.").format(day=self.latest))
        return text

    def show(self, value: Value, language: str) -> str:
        return format_date(date.fromisoformat(str(value)), "long", locale=language)

    def export(self, value: Value, language: str) -> str | int | float:
        return str(value)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
