"""What the form builder does to a definition."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.registration.samples import CATALOGUES, FIELDS, definition_of
from webinar.errors import Invalid, NotFound
from webinar.registration.builder import add_field, move_field, remove_field, replace_field
from webinar.registration.definition import FormDefinition
from webinar.registration.field_types import FIELD_TYPES, Field
from webinar.registration.field_types.choices import Choice
from webinar.registration.typed_settings import as_typed, settings_of


@pytest.fixture
def form() -> FormDefinition:
    return definition_of(*FIELDS)


def keys(form: FormDefinition) -> list[str]:
    return [field.key for field in form.fields]


def reading(field: Field) -> Callable[[str], str]:
    """The builder's page of a field, sent back as it came."""
    typed = as_typed(field)
    return lambda name: typed.get(name, "")


def row_of(field: Field, **typed: str) -> dict[str, Any]:
    """The settings as they come back when only `typed` is changed on the page."""
    values: Mapping[str, str] = {**as_typed(field), "required": "yes" if field.required else "", **typed}
    condition = field.shown_if
    wanted = [f"{condition.field}={value}" for value in condition.values] if condition else []
    return settings_of(field, lambda name: values.get(name, ""), wanted, "en")


@pytest.mark.parametrize("kind", sorted(set(FIELD_TYPES) - {"consent"}))
def test_every_type_can_be_added_and_saved_unchanged(form: FormDefinition, kind: str):
    longer, key = add_field(form, kind, "nl", CATALOGUES)
    field = longer.find(key)
    assert field
    again = replace_field(longer, key, settings_of(field, reading(field), [], "nl"))
    assert keys(again) == [*keys(form), key]


def test_two_of_a_kind_have_keys_of_their_own(form: FormDefinition):
    once, first = add_field(form, "number", "en", CATALOGUES)
    _, second = add_field(once, "number", "en", CATALOGUES)
    assert (first, second) == ("number", "number_2")


def test_an_unknown_type_or_field_is_not_there(form: FormDefinition):
    for kind in ("", "consent", "no_such_type"):
        with pytest.raises(NotFound):
            add_field(form, kind, "en", CATALOGUES)
    with pytest.raises(NotFound):
        remove_field(form, "no_such_field")


def test_a_field_moves_but_not_before_what_decides_about_it(form: FormDefinition):
    assert keys(move_field(form, "organisation", 99))[-1] == "organisation"
    assert keys(move_field(form, "organisation", -1))[0] == "organisation"
    with pytest.raises(Invalid, match="question"):
        move_field(form, "question", 0)
    with pytest.raises(Invalid, match="question"):
        remove_field(form, "coming")


def test_the_address_stays(form: FormDefinition):
    with pytest.raises(Invalid, match="always asked"):
        remove_field(form, "email")
    with pytest.raises(Invalid):
        replace_field(form, "email", {"label": {"en": "E-mail"}, "required": False})


def test_a_choice_keeps_its_value_wherever_its_words_move(form: FormDefinition):
    field = form.find("coming")
    assert field
    row = row_of(field, choices_en="New one\nI watch the replay\nLive", choices_nl="Nieuw\n\nLive erbij")
    changed = replace_field(form, "coming", row).find("coming")
    choices: list[Choice] = getattr(changed, "choices", [])
    assert [choice.value for choice in choices] == ["new-one", "replay", "live"]
    assert choices[0].label == {"en": "New one", "nl": "Nieuw"}
    assert choices[2].label == {"en": "Live", "nl": "Live erbij"}


@pytest.mark.parametrize(
    ("key", "typed", "setting"),
    [
        ("organisation", {"max_length": "many"}, "max_length"),
        ("organisation", {"max_length": "0"}, "max_length"),
        ("organisation", {"retention_days": "-1"}, "retention_days"),
        ("coming", {"choices_en": " \n "}, "choices_en"),
        ("source", {"parameter": "utm source"}, "parameter"),
        ("organisation", {"label_en": "x" * 501}, "label"),
    ],
)
def test_a_setting_that_does_not_fit_is_named(
    form: FormDefinition, key: str, typed: dict[str, str], setting: str
):
    field = form.find(key)
    assert field
    with pytest.raises(Invalid) as refused:
        replace_field(form, key, row_of(field, **typed))
    assert list(refused.value.fields) == [setting]


def test_a_field_without_label_or_with_answers_of_two_fields_is_refused(form: FormDefinition):
    field = form.find("organisation")
    assert field
    with pytest.raises(Invalid, match="check"):
        replace_field(form, "organisation", row_of(field, label_en="", label_nl=""))
    with pytest.raises(Invalid) as refused:
        settings_of(field, reading(field), ["a=1", "b=2"], "en")
    assert list(refused.value.fields) == ["shown_if"]
