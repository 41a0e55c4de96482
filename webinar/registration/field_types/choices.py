"""What is chosen: one of a list, several of a list, a country, yes or no."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator
from pydantic import Field as Option
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.widgets import CheckboxInput, ListWidget

from webinar.i18n import N_, country_names
from webinar.registration.field_types.base import (
    Field,
    Input,
    Refused,
    Translate,
    Value,
    Words,
    attributes,
    say,
)

MOST_CHOICES = 100
YES, NO = "yes", "no"
TICKED = frozenset({"y", "yes", "on", "true", "1"})


class Choice(BaseModel):
    """One option: `value` is stored and never changes its meaning, `label` is shown."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    value: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,59}$")]
    label: Words = Option(min_length=1)


class _FromList(Field):
    choices: list[Choice] = Option(min_length=1, max_length=MOST_CHOICES)

    @model_validator(mode="after")
    def _unique(self) -> "_FromList":
        if len({choice.value for choice in self.choices}) < len(self.choices):
            raise ValueError("two choices have the same value")
        return self

    def wanted(self, _: Translate) -> str:
        return _("Please choose.")

    def steering(self, language: str, _: Translate) -> Mapping[str, str]:
        return {choice.value: say(choice.label, language) for choice in self.choices}

    def _options(self, language: str) -> list[SelectChoice]:
        return [SelectChoice(value, words) for value, words in self.steering(language, str).items()]

    def _label_of(self, value: str, language: str) -> str:
        # A definition that an answer belongs to never loses a choice; the value itself still says something.
        return self.steering(language, str).get(value, value)

    def _known(self, raw: Sequence[str], _: Translate) -> list[str]:
        known = [choice.value for choice in self.choices]
        wanted = {entry for entry in raw if entry}
        if not wanted <= set(known):
            raise Refused(_("Choose from the list."))
        return [value for value in known if value in wanted]


class SingleChoice(_FromList):
    """One of a list, as radio buttons or as a drop-down."""

    name: ClassVar[str] = N_("Single choice")
    hint: ClassVar[str] = N_("Do you need every choice? Fewer, broader ones tell you enough about a group.")
    steers: ClassVar[bool] = True

    type: Literal["single_choice"] = "single_choice"
    display: Literal["radio", "list"] = "radio"

    def input(self, language: str, checks: list[Any], _: Translate) -> Input:
        options = self._options(language)
        if self.display == "radio":
            return RadioField(validators=checks, choices=options, validate_choice=False)
        nothing = SelectChoice("", _("Please choose"))
        return SelectField(validators=checks, choices=[nothing, *options], validate_choice=False)

    def parse(self, raw: Sequence[str], _: Translate) -> Value | None:
        return next(iter(self._known(raw[:1], _)), None)

    def show(self, value: Value, language: str) -> str:
        return self._label_of(str(value), language)


class MultipleChoice(_FromList):
    """Any number of a list, or at most `most`."""

    name: ClassVar[str] = N_("Multiple choice")
    hint: ClassVar[str] = N_("Do you need every choice? Many answers together can point to one person.")
    steers: ClassVar[bool] = True

    type: Literal["multiple_choice"] = "multiple_choice"
    most: int | None = Option(default=None, ge=1, le=MOST_CHOICES)

    def input(self, language: str, checks: list[Any], _: Translate) -> Input:
        return SelectMultipleField(
            validators=checks,
            choices=self._options(language),
            validate_choice=False,
            widget=ListWidget(prefix_label=False),
            option_widget=CheckboxInput(),
        )

    def parse(self, raw: Sequence[str], _: Translate) -> Value | None:
        chosen = self._known(raw, _)
        if self.most is not None and len(chosen) > self.most:
            raise Refused(_("Choose at most {most}.").format(most=self.most))
        return chosen or None

    def show(self, value: Value, language: str) -> str:
        values = value if isinstance(value, list) else [str(value)]
        return ", ".join(self._label_of(one, language) for one in values)

    def matches(self, value: Value, wanted: Sequence[str]) -> bool:
        return isinstance(value, list) and not set(value).isdisjoint(wanted)


class Country(Field):
    """A country, named in the page's language."""

    name: ClassVar[str] = N_("Country")
    hint: ClassVar[str] = N_(
        "Do you need this? The language of the page and the time zone often answer it already."
    )

    type: Literal["country"] = "country"

    @property
    def personal_data(self) -> str:
        return "pd:Country"

    def input(self, language: str, checks: list[Any], _: Translate) -> Input:
        options = [SelectChoice(code, name) for code, name in country_names(language)]
        return SelectField(
            validators=checks,
            choices=[SelectChoice("", _("Please choose")), *options],
            validate_choice=False,
            render_kw=attributes(autocomplete="country"),
        )

    def parse(self, raw: Sequence[str], _: Translate) -> Value | None:
        code = raw[0] if raw else ""
        if code and code not in dict(country_names("en")):
            raise Refused(_("Choose from the list."))
        return code or None

    def wanted(self, _: Translate) -> str:
        return _("Please choose.")

    def show(self, value: Value, language: str) -> str:
        return dict(country_names(language)).get(str(value), str(value))


class Checkbox(Field):
    """Yes or no. A required one must be ticked."""

    name: ClassVar[str] = N_("Checkbox")
    hint: ClassVar[str] = N_(
        "Is this a consent? Then use the consent field: it keeps the proof and can be withdrawn."
    )
    steers: ClassVar[bool] = True

    type: Literal["checkbox"] = "checkbox"

    def input(self, language: str, checks: list[Any], _: Translate) -> Input:
        return BooleanField(validators=checks)

    def parse(self, raw: Sequence[str], _: Translate) -> Value | None:
        return bool(raw) and raw[0] in TICKED

    def wanted(self, _: Translate) -> str:
        return _("Please tick this to go on.")

    def show(self, value: Value, language: str) -> str:
        return "✓" if value else "–"

    def export(self, value: Value, language: str) -> str | int | float:
        return YES if value else NO

    def matches(self, value: Value, wanted: Sequence[str]) -> bool:
        return (YES if value else NO) in wanted

    def steering(self, language: str, _: Translate) -> Mapping[str, str]:
        return {YES: _("Ticked"), NO: _("Not ticked")}
