"""Reading what somebody typed into a form, collecting everything that is wrong instead of stopping at the first."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from webinar.errors import Invalid

Choice = TypeVar("Choice", bound=StrEnum)
Value = TypeVar("Value")


def typed_text(form: Mapping[str, Any]) -> dict[str, str]:
    """The texts of a submitted form, the last one of each name; files are left out."""
    return {name: value for name, value in form.items() if isinstance(value, str)}


class Typed:
    """The typed values of one form. Readers return a usable value and note what is wrong; `check` then raises."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self.problems: dict[str, str] = {}

    def text(self, name: str, *, longest: int, required: str = "") -> str:
        """Text of at most `longest` characters; `required` is what to say when it is missing."""
        value = self._values.get(name, "").replace("\r\n", "\n").strip()
        if not value and required:
            self.problems[name] = required
        elif len(value) > longest:
            self.problems[name] = f"At most {longest} characters; this has {len(value)}."
        elif any(character < " " and character not in "\n\t" for character in value):
            self.problems[name] = "This contains characters that cannot be shown. Please type it again."
        return value

    def line(self, name: str, *, longest: int, required: str = "") -> str:
        """Text on one line."""
        return " ".join(self.text(name, longest=longest, required=required).split())

    def number(self, name: str, *, lowest: int, highest: int) -> int:
        """A whole number between two bounds, both included."""
        found = self._number(name, lowest, highest)
        if found is None:
            self.problems[name] = f"A whole number from {lowest} to {highest}."
        return lowest if found is None else found

    def optional_number(self, name: str, *, lowest: int, highest: int) -> int | None:
        """As `number`; None when nothing was typed."""
        return (
            self.number(name, lowest=lowest, highest=highest) if self._values.get(name, "").strip() else None
        )

    def one_of(self, name: str, choices: type[Choice], default: Choice) -> Choice:
        """One of the values of an enumeration."""
        try:
            return choices(self._values.get(name, default.value))
        except ValueError:
            self.problems[name] = "Choose one of these."
            return default

    def tick(self, name: str) -> bool:
        """Whether a box was ticked: an unticked one is not sent at all."""
        return bool(self._values.get(name, ""))

    def value(self, name: str, read: Callable[[str], Value], default: Value) -> Value:
        """What `read` makes of the text; it raises ValueError with what to say."""
        try:
            return read(self._values.get(name, "").strip())
        except ValueError as error:
            self.problems[name] = str(error)
            return default

    def check(self) -> None:
        """Raises Invalid when anything was wrong."""
        if self.problems:
            raise Invalid(self.problems)

    def _number(self, name: str, lowest: int, highest: int) -> int | None:
        digits = self._values.get(name, "").strip()
        # isdecimal alone would let a thousand digits through to int().
        if not digits.isascii() or not digits.isdecimal() or len(digits) > len(str(highest)) + 3:
            return None
        number = int(digits)
        return number if lowest <= number <= highest else None
