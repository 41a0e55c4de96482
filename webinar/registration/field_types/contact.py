"""Ways to reach somebody: e-mail, phone, web."""

from collections.abc import Sequence
from typing import Any, ClassVar, Literal
from urllib.parse import urlsplit, urlunsplit

import phonenumbers
from pydantic import Field as Option
from wtforms import EmailField, TelField, URLField

from webinar.addresses import MAX_LENGTH, normal_address
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

URL_LENGTH = 1000
PHONE_LENGTH = 40


class EmailAddress(Field):
    """An e-mail address. The one with the key `email` is the participant's own."""

    name: ClassVar[str] = N_("E-mail address")
    hint: ClassVar[str] = N_(
        "Do you need a second address? The one for the personal link is always asked for."
    )

    type: Literal["email"] = "email"

    @property
    def personal_data(self) -> str:
        return "pd:EmailAddress"

    def input(self, language: str, checks: list[Any], _: Translate) -> Input:
        return EmailField(
            validators=checks,
            render_kw=attributes(
                maxlength=MAX_LENGTH, autocomplete="email", inputmode="email", spellcheck="false"
            ),
        )

    def parse(self, raw: Sequence[str], _: Translate) -> Value | None:
        text = clean_text(raw, MAX_LENGTH, _)
        if text is None:
            return None
        try:
            return normal_address(text)
        except ValueError as error:
            raise Refused(_("Enter an e-mail address like name@example.com.")) from error

    def wanted(self, _: Translate) -> str:
        return _("Enter your e-mail address.")


class PhoneNumber(Field):
    """A phone number, stored in international form (E.164). `region` is for numbers typed without +."""

    name: ClassVar[str] = N_("Phone number")
    hint: ClassVar[str] = N_(
        "Do you need this? A phone number stays with a person for life; e-mail reaches them."
    )

    type: Literal["phone"] = "phone"
    region: str | None = Option(default=None, pattern=r"^[A-Z]{2}$")

    @property
    def personal_data(self) -> str:
        return "pd:TelephoneNumber"

    def input(self, language: str, checks: list[Any], _: Translate) -> Input:
        return TelField(
            validators=checks,
            render_kw=attributes(maxlength=PHONE_LENGTH, autocomplete="tel", inputmode="tel"),
        )

    def parse(self, raw: Sequence[str], _: Translate) -> Value | None:
        text = clean_text(raw, PHONE_LENGTH, _)
        if text is None:
            return None
        try:
            number = phonenumbers.parse(text, self.region)
        except phonenumbers.NumberParseException as error:
            raise Refused(_("Enter a phone number with its country code, like +31 20 123 4567.")) from error
        if not phonenumbers.is_possible_number(number):
            raise Refused(_("Enter a phone number with its country code, like +31 20 123 4567."))
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def show(self, value: Value, language: str) -> str:
        number = phonenumbers.parse(str(value), None)
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)

    def export(self, value: Value, language: str) -> str | int | float:
        return str(value)


class WebAddress(Field):
    """The address of a page, http or https."""

    name: ClassVar[str] = N_("Web address")
    hint: ClassVar[str] = N_("Do you need this? A profile page tells everything about a person at once.")

    type: Literal["url"] = "url"

    def input(self, language: str, checks: list[Any], _: Translate) -> Input:
        return URLField(
            validators=checks, render_kw=attributes(maxlength=URL_LENGTH, autocomplete="url", inputmode="url")
        )

    def parse(self, raw: Sequence[str], _: Translate) -> Value | None:
        text = clean_text(raw, URL_LENGTH - len("https://"), _)
        if text is None:
            return None
        address = _web_address(text if "://" in text else f"https://{text}")
        if address is None:
            raise Refused(_("Enter a web address like https://example.com."))
        return address


def _web_address(text: str) -> str | None:
    if any(mark.isspace() or mark in '<>"\\^`{|}' for mark in text):
        return None
    try:
        parts = urlsplit(text)
        # Reading the port checks it; user names and passwords don't belong into a stored address.
        wellformed = parts.port != 0 and not parts.username and not parts.password
    except ValueError:
        return None
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not wellformed or "." not in host.strip("."):
        return None
    return urlunsplit(parts._replace(netloc=parts.netloc.lower()))
