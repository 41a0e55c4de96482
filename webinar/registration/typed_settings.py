"""From the builder's plain form to a field's definition, as JSON: one input for each setting of each language."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from webinar.errors import Invalid
from webinar.i18n import LANGUAGES
from webinar.registration.builder import slug
from webinar.registration.field_types import Field
from webinar.registration.field_types.choices import Choice

Read = Callable[[str], str]
MOST_TEXT = 20_000
NUMBERS = ("max_length", "minimum", "maximum", "most", "retention_days")
TEXTS = ("autocomplete", "region", "earliest", "latest", "parameter", "display")


def settings_of(
    field: Field, read: Read, wanted: list[str], language: str, purposes: Sequence[str] | None = None
) -> dict[str, Any]:
    """The row of `field` as it was typed; raises Invalid for what is no number.

    `read` gives the text of an input, `wanted` are the ticked answers that show the field (`key=value`), `purposes` the
    ticked ids of what its answers may be used for (None: nobody was asked, so they stay).
    The webinar's `language` comes first: the others fall back to it.
    """
    names = type(field).model_fields
    row: dict[str, Any] = {}
    order = (language, *(other for other in LANGUAGES if other != language))
    if "label" in names:
        row["label"] = _words(read, "label", order)
        row["help"] = _words(read, "help", order)
    row["required"] = read("required") == "yes"
    for name in NUMBERS:
        if name in names:
            row |= _number(name, read(name))
    for name in TEXTS:
        if name in names and (text := read(name).strip()):
            row[name] = text
    if "whole" in names:
        row["whole"] = read("whole") == "yes"
    if "choices" in names:
        row["choices"] = _choices(field, read, order)
    if purposes is not None:
        row["purposes"] = sorted(set(purposes))
    elif field.purposes is not None:
        row["purposes"] = [str(each) for each in field.purposes]
    if "purpose_id" in names:
        row["purpose_id"] = str(getattr(field, "purpose_id"))  # noqa: B009 - only consents have one
        row["label"] = {}
    if wanted:
        row["shown_if"] = _condition(wanted)
    return row


def as_typed(field: Field) -> dict[str, str]:
    """The values that the builder's inputs start with."""
    typed: dict[str, str] = {}
    for language in LANGUAGES:
        typed[f"label_{language}"] = field.label.get(language, "")  # type: ignore[call-overload]
        typed[f"help_{language}"] = field.help.get(language, "")  # type: ignore[call-overload]
        choices: list[Choice] = getattr(field, "choices", [])
        lines = [choice.label.get(language, "") for choice in choices]  # type: ignore[call-overload]
        typed[f"choices_{language}"] = "\n".join(lines).rstrip()
    for name in (*NUMBERS, *TEXTS):
        value = getattr(field, name, None)
        typed[name] = "" if value is None else str(value)
    return typed


def _words(read: Read, name: str, order: tuple[str, ...]) -> dict[str, str]:
    typed = {language: read(f"{name}_{language}").strip() for language in order}
    return {language: text for language, text in typed.items() if text}


def _number(name: str, text: str) -> dict[str, int]:
    if not text.strip():
        return {}
    try:
        return {name: int(text.strip()[:20])}
    except ValueError as error:
        raise Invalid({name: "Enter a whole number."}) from error


def _choices(field: Field, read: Read, order: tuple[str, ...]) -> list[dict[str, Any]]:
    """One choice a line; the same line in another language is its translation.

    A choice whose words stay keeps its value, wherever it moves.
    """
    lines = {language: _lines(read(f"choices_{language}")) for language in order}
    known = {choice.label.get(order[0]): choice.value for choice in getattr(field, "choices", [])}
    rows: list[dict[str, Any]] = []
    taken: set[str] = set()
    for number, words in enumerate(lines[order[0]]):
        if not words:
            continue
        value = known.get(words) or slug(words)[:50] or f"choice-{number + 1}"
        value = next(each for each in (value, *(f"{value}-{n}" for n in range(2, 200))) if each not in taken)
        taken.add(value)
        label = {language: lines[language][number] for language in order if number < len(lines[language])}
        rows.append({"value": value, "label": {language: text for language, text in label.items() if text}})
    if not rows:
        raise Invalid({f"choices_{order[0]}": "Write one choice on each line."})
    return rows


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text[:MOST_TEXT].splitlines()]


def _condition(wanted: list[str]) -> Mapping[str, Any]:
    pairs = [entry.partition("=")[::2] for entry in wanted]
    keys = {key for key, _ in pairs}
    if len(keys) > 1:
        raise Invalid({"shown_if": "Choose answers of one field only."})
    return {"field": keys.pop(), "values": [value for _, value in pairs]}
