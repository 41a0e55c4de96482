"""Field types: what they take, store and show; and that nothing anybody sends breaks them."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tests.registration.samples import sent
from tests.registration.strategies import FIELD, SENT, forms
from webinar.errors import Invalid
from webinar.i18n import LANGUAGES
from webinar.registration.definition import dump_definition, is_shown, read_definition
from webinar.registration.field_types import FIELD_TYPES, AnyField, Field, Refused
from webinar.registration.form import build_form

ONE: TypeAdapter[Field] = TypeAdapter(AnyField)
CHOICES = [{"value": "a", "label": {"en": "A", "nl": "Een A"}}, {"value": "b", "label": {"en": "B"}}]


def make(kind: str, **settings: Any) -> Field:
    row = {"type": kind, "key": "k", "label": {"en": "Label"}, **settings}
    return ONE.validate_json(json.dumps(row))


@given(FIELD, SENT)
def test_whatever_is_sent_is_stored_canonically_or_refused_in_words(row: dict[str, Any], raw: list[str]):
    definition = ONE.validate_json(json.dumps({**row, "key": "k"}))
    try:
        value = definition.read(raw, str)
    except Refused:
        return
    if value is None:
        return
    stored = json.loads(json.dumps(value))
    assert stored == value
    for language in LANGUAGES:
        definition.show(stored, language)
        definition.export(stored, language)
    again = stored if isinstance(stored, list) else ["y" if stored is True else str(stored)]
    if stored is not False:
        assert definition.read(again, str) == stored


@given(forms(), st.lists(SENT, min_size=3, max_size=3))
def test_any_form_takes_any_submission_and_stores_nothing_that_was_hidden(
    rows: list[dict[str, Any]], sets: list[list[str]]
):
    definition = read_definition(rows)
    assert dump_definition(read_definition(dump_definition(definition))) == dump_definition(definition)
    form_class = build_form(definition, {}, "en", str)
    values = {row["key"]: sets[number % 3] for number, row in enumerate(rows)} | {"email": "a@example.com"}
    form = form_class(sent(**values, unknown="x", email_confirm=["y"] * 3))
    entry = form.read()
    for each in form:
        each()
    for field in definition.fields:
        if not is_shown(field, definition, form.values):
            assert field.key not in form.values
            assert not form[field.key].errors
    if entry is not None:
        assert set(entry.answers) <= {row["key"] for row in rows}
        json.dumps(dict(entry.answers))


@pytest.mark.parametrize(
    ("kind", "settings", "raw", "stored", "shown"),
    [
        ("short_text", {}, ["  Cafe\u0301 "], "Café", "Café"),
        ("long_text", {}, ["a\r\nb"], "a\nb", "a\nb"),
        ("number", {}, ["٣"], 3, "3"),
        ("number", {"whole": False}, ["1,25"], 1.25, "1,25"),
        ("number", {}, ["12345"], 12345, "12.345"),
        ("email", {}, ["Ada@EXAMPLE.com"], "Ada@example.com", "Ada@example.com"),
        ("phone", {"region": "NL"}, ["020 123 4567"], "+31201234567", "+31 20 123 4567"),
        ("url", {}, ["Example.com/a"], "https://example.com/a", "https://example.com/a"),
        ("country", {}, ["DE"], "DE", "Duitsland"),
        ("date", {}, ["2026-11-23"], "2026-11-23", "23 november 2026"),
        ("single_choice", {"choices": CHOICES}, ["a"], "a", "Een A"),
        ("multiple_choice", {"choices": CHOICES}, ["b", "a", "a"], ["a", "b"], "Een A, B"),
        ("checkbox", {}, ["y"], True, "✓"),
        ("checkbox", {}, [], False, "–"),
        ("hidden", {"parameter": "utm_source"}, ["letter"], "letter", "letter"),
        ("hidden", {"parameter": "utm_source"}, ["x" * 999], None, ""),
    ],
)
def test_each_type_stores_one_form_of_a_value_and_shows_it_in_dutch(
    kind: str, settings: dict[str, Any], raw: list[str], stored: object, shown: str
):
    definition = make(kind, **settings)
    value = definition.read(raw, str)
    assert value == stored
    assert type(value) is type(stored)
    if value is not None:
        assert definition.show(value, "nl") == shown


@pytest.mark.parametrize(
    ("kind", "settings", "raw"),
    [
        ("short_text", {}, "a\x00b"),
        ("short_text", {"max_length": 3}, "four"),
        ("number", {"minimum": 5}, "4"),
        ("number", {"maximum": 5}, "6"),
        ("number", {}, "1.5"),
        ("number", {}, "1e5"),
        ("email", {}, "not an address"),
        ("phone", {}, "020 123 4567"),
        ("url", {}, "javascript:alert(1)"),
        ("url", {}, "https://user:secret@example.com"),
        ("country", {}, "ZZ"),
        ("date", {}, "2026-02-30"),
        ("date", {"earliest": "2026-01-01"}, "2025-12-31"),
        ("single_choice", {"choices": CHOICES}, "c"),
        ("multiple_choice", {"choices": CHOICES}, "c"),
    ],
)
def test_what_does_not_fit_is_refused(kind: str, settings: dict[str, Any], raw: str):
    with pytest.raises(Refused):
        make(kind, **settings).read([raw], str)


@pytest.mark.parametrize("kind", sorted(set(FIELD_TYPES) - {"hidden", "consent"}))
def test_a_required_field_wants_an_answer(kind: str):
    settings = {"choices": CHOICES} if kind.endswith("choice") else {}
    with pytest.raises(Refused):
        make(kind, required=True, **settings).read([], str)
    assert make(kind, **settings).read([], str) in {None, False}


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"type": "short_text", "key": "a", "label": {"en": "A"}}],
        [{"type": "email", "key": "email", "label": {"en": "E"}}],
        [{"type": "email", "key": "email", "label": {}, "required": True}],
        [{"type": "email", "key": "email", "label": {"xx": "E"}, "required": True}],
        [{"type": "email", "key": "Email", "label": {"en": "E"}, "required": True}],
        [{"type": "unknown", "key": "email", "label": {"en": "E"}, "required": True}],
        [{"type": "email", "key": "email", "label": {"en": "E"}, "required": True, "extra": 1}],
        [{"type": "email", "key": "email", "label": {"en": "E"}, "required": True}] * 2,
        [
            {"type": "email", "key": "email", "label": {"en": "E"}, "required": True},
            {
                "type": "checkbox",
                "key": "a",
                "label": {"en": "A"},
                "shown_if": {"field": "b", "values": ["yes"]},
            },
            {"type": "checkbox", "key": "b", "label": {"en": "B"}},
        ],
        [
            {"type": "email", "key": "email", "label": {"en": "E"}, "required": True},
            {"type": "checkbox", "key": "b", "label": {"en": "B"}},
            {
                "type": "checkbox",
                "key": "a",
                "label": {"en": "A"},
                "shown_if": {"field": "b", "values": ["c"]},
            },
        ],
        ["not a field"],
    ],
)
def test_a_definition_that_makes_no_sense_is_refused(rows: list[Any]):
    with pytest.raises(Invalid) as refused:
        read_definition(rows)
    assert all(refused.value.fields.values())
