"""What the form builder does to a definition: each step gives a new definition that makes sense, or raises Invalid."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from webinar.errors import Invalid, NotFound
from webinar.i18n import N_, Catalogues
from webinar.models import Purpose
from webinar.registration.definition import BUILT_IN, EMAIL, FormDefinition, dump_definition, read_definition
from webinar.registration.field_types import FIELD_TYPES, Field
from webinar.registration.versions import consent_field

KEY_LENGTH = 32
NEW_CHOICES = (("first", N_("First choice")), ("second", N_("Second choice")))
# Everything else is made ready by its own defaults.
FRESH: Mapping[str, Mapping[str, Any]] = {"hidden": {"parameter": "utm_source"}}


def add_field(
    definition: FormDefinition, kind: str, language: str, catalogues: Catalogues
) -> tuple[FormDefinition, str]:
    """A new field behind the others, named after its type; gives its key as well. Raises Invalid, NotFound."""
    if kind not in FIELD_TYPES or kind == "consent":
        raise NotFound
    name = catalogues.gettext(language, FIELD_TYPES[kind].name)
    key = free_key(definition, kind)
    row: dict[str, Any] = {"type": kind, "key": key, "label": {language: name}, **FRESH.get(kind, {})}
    if kind.endswith("_choice"):
        row["choices"] = [
            {"value": value, "label": {language: catalogues.gettext(language, words)}}
            for value, words in NEW_CHOICES
        ]
    return read_definition([*dump_definition(definition), row]), key


def add_consent(definition: FormDefinition, purpose: Purpose) -> tuple[FormDefinition, str]:
    """Asks for one more purpose; gives the field's key as well. Raises Invalid if it is asked for already."""
    field = consent_field(purpose)
    row = field.model_dump(mode="json", exclude_none=True)
    return read_definition([*dump_definition(definition), row]), field.key


def replace_field(definition: FormDefinition, key: str, row: Mapping[str, Any]) -> FormDefinition:
    """The field `key` with other settings; its key and type stay. Raises Invalid, naming the setting."""
    current = get_field(definition, key)
    rows = dump_definition(definition)
    place = definition.fields.index(current)  # type: ignore[arg-type]
    rows[place] = {**row, "key": key, "type": current.type}
    try:
        return read_definition(rows)
    except Invalid as error:
        raise Invalid(_by_setting(error, str(place)), error.message) from error


def move_field(definition: FormDefinition, key: str, place: int) -> FormDefinition:
    """The field `key` at `place` (from 0; beyond the ends is the end). Raises Invalid if others depend on it."""
    field = get_field(definition, key)
    others = [each for each in definition.fields if each is not field]
    place = max(0, min(place, len(others)))
    return _checked(definition, [*others[:place], field, *others[place:]])


def remove_field(definition: FormDefinition, key: str) -> FormDefinition:
    """The form without the field; raises Invalid for the e-mail address, and if others depend on it."""
    field = get_field(definition, key)
    if key == EMAIL:
        raise Invalid({}, "The e-mail address is always asked for: the personal link is sent there.")
    return _checked(definition, [each for each in definition.fields if each is not field])


def get_field(definition: FormDefinition, key: str) -> Field:
    """The field with this key; raises NotFound."""
    field = definition.find(key)
    if field is None:
        raise NotFound
    return field


def free_key(definition: FormDefinition, words: str) -> str:
    """A key made of `words` that no field has."""
    plain = slug(words)[:KEY_LENGTH].replace("-", "_")
    stem = plain if plain and plain[0].isalpha() else f"field_{plain}".rstrip("_")
    taken = {field.key for field in definition.fields} | BUILT_IN
    return next(key for key in (stem, *(f"{stem}_{n}" for n in range(2, 1000))) if key not in taken)


def slug(words: str) -> str:
    """`words` in lower-case Latin letters, digits and hyphens; empty where nothing of them is left."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _checked(definition: FormDefinition, fields: Sequence[Field]) -> FormDefinition:
    rows = {row["key"]: row for row in dump_definition(definition)}
    try:
        return read_definition([rows[field.key] for field in fields])
    except Invalid as error:
        raise Invalid({}, next(iter(error.fields.values()), error.message)) from error


def _by_setting(error: Invalid, place: str) -> dict[str, str]:
    """Errors of one field by the name of the setting: `3.number.minimum` → `minimum`."""
    found: dict[str, str] = {}
    for path, message in error.fields.items():
        parts = path.split(".")
        found[parts[2] if parts[0] == place and len(parts) > 2 else ""] = message
    return found
