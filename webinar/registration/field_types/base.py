"""What every field type shares: its definition, its words in several languages, and when it is shown."""

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic import Field as Option
from wtforms import Field as WTField

from webinar.visible import without_hidden

Translate = Callable[[str], str]
# What a field puts on the page; unbound until a form is made of it.
Input = WTField
# What an answer is stored as: JSON that the same field type reads again.
Value = str | int | float | bool | list[str]

KEY = r"^[a-z][a-z0-9_]{0,39}$"
Key = Annotated[str, StringConstraints(pattern=KEY)]
Language = Literal["en", "nl", "de", "fr", "ar"]
# The first language is the one that others fall back to.
Words = Annotated[
    dict[Language, Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]],
    Option(max_length=5),
]
LINE_BREAKS = "\n"
# What decoding leaves where bytes were no text.
UNREADABLE = "\ufffd"


class Refused(Exception):
    """An entry that does not fit; the message is in the person's language."""


class Condition(BaseModel):
    """Shows a field only while an earlier one has one of these answers."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    field: Key
    values: list[Annotated[str, StringConstraints(min_length=1, max_length=100)]] = Option(
        min_length=1, max_length=50
    )


class Field(BaseModel, ABC):
    """One question of the form. Frozen; unknown or ill-fitting settings are refused.

    `retention_days` erases its answers that long after the webinar, earlier than everything else. `purposes` are the
    consents and legitimate interests that its answers may be used for; None is the default, see `definition.serves`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: ClassVar[str]
    hint: ClassVar[str]
    # Whether another field can be shown depending on this one's answer.
    steers: ClassVar[bool] = False

    type: str
    key: Key
    label: Words = Option(default_factory=dict)
    help: Words = Option(default_factory=dict)
    required: bool = False
    shown_if: Condition | None = None
    purposes: list[UUID] | None = Option(default=None, max_length=50)
    retention_days: int | None = Option(default=None, ge=1, le=3650)

    @property
    def personal_data(self) -> str:
        """The kind of data it asks for as a term of the W3C's Data Privacy Vocabulary; empty: there is none for it."""
        return ""

    @classmethod
    def kind(cls) -> str:
        """The type's stable name, as definitions store it."""
        return str(cls.model_fields["type"].default)

    @abstractmethod
    def input(self, language: str, checks: list[Any], _: Translate) -> Input:
        """The WTForms field, still unbound; `checks` are its validators."""

    @abstractmethod
    def parse(self, raw: Sequence[str], _: Translate) -> Value | None:
        """The value to store of what the browser sent; None for no answer; raises Refused."""

    def read(self, raw: Sequence[str], _: Translate) -> Value | None:
        """`parse`, and an answer where one is required. Raises Refused."""
        value = self.parse(raw, _)
        if self.required and (value is None or value is False):
            raise Refused(self.wanted(_))
        return value

    def wanted(self, _: Translate) -> str:
        """What to say where a required answer is missing."""
        return _("Please fill this in.")

    def show(self, value: Value, language: str) -> str:
        """The value for people who read it in `language`."""
        return str(value)

    def export(self, value: Value, language: str) -> str | int | float:
        """The value for a cell of a table."""
        return self.show(value, language)

    def matches(self, value: Value, wanted: Sequence[str]) -> bool:
        """Whether an answer is one of those that a condition wants."""
        return value in wanted

    def steering(self, language: str, _: Translate) -> Mapping[str, str]:
        """What a condition can want of this field: value → words."""
        return {}


def say(words: Mapping[Any, str], language: str) -> str:
    """The words in `language`, else in the first one there is."""
    return words.get(language) or next(iter(words.values()), "")


def attributes(**values: object) -> dict[str, Any]:
    """HTML attributes, leaving out what is empty."""
    return {name.replace("_", "-"): value for name, value in values.items() if value not in {None, ""}}


def clean_text(raw: Sequence[str], limit: int, _: Translate, *, lines: bool = False) -> str | None:
    """What somebody typed, in one Unicode form, without hidden characters and outer blanks; None when nothing is left.

    Raises Refused for control characters (null bytes among them) and for more than `limit` characters.
    """
    text = raw[0] if raw else ""
    if len(text) > 2 * limit:
        raise Refused(_("Use at most {limit} characters.").format(limit=limit))
    text = without_hidden(text.replace("\r\n", "\n").replace("\t", " "))
    text = unicodedata.normalize("NFC", text).strip()
    allowed = LINE_BREAKS if lines else ""
    if (
        any(unicodedata.category(mark) in {"Cc", "Cs"} and mark not in allowed for mark in text)
        or UNREADABLE in text
    ):
        raise Refused(_("Remove the characters that can't be shown."))
    if len(text) > limit:
        raise Refused(_("Use at most {limit} characters.").format(limit=limit))
    return text or None
