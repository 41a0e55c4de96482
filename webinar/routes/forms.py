"""The forms of an account's own people."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from wtforms import (
    BooleanField,
    EmailField,
    Form,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms import ValidationError as Wrong
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.fields.core import Field
from wtforms.validators import DataRequired, Length, Optional

from webinar.addresses import MAX_LENGTH, normal_address
from webinar.consent.notices import BODY_LENGTH, TITLE_LENGTH
from webinar.errors import Invalid
from webinar.i18n import FALLBACK, LANGUAGES, language_name
from webinar.models import Basis, NoticeVersion, Role

ROLES = {
    Role.HOST: "Host: moderates live",
    Role.ADMIN: "Admin: everything but deleting the account",
    Role.OWNER: "Owner: everything",
}
NEEDED = "Please fill this in."


class PageForm(Form):
    """A form whose errors may also come from further down."""

    def take(self, error: Invalid) -> None:
        """Puts what `error` says beside its fields, and the rest on top."""
        for name, message in error.fields.items():
            if name in self:
                own: Any = self[name]
                own.errors = [*own.errors, message]
        if not any(name in self for name in error.fields):
            self.form_errors = [*self.form_errors, error.message]


def tidy(value: str | None) -> str:
    """What was typed, without space around it."""
    return value.strip() if value else ""


def _address(form: Form, field: Field) -> None:
    try:
        field.data = normal_address(field.data or "")
    except ValueError as error:
        raise Wrong(str(error)) from error


def _name() -> StringField:
    return StringField(
        "Name", [DataRequired(NEEDED), Length(max=100)], filters=[tidy], render_kw={"autocomplete": "name"}
    )


def _email(autocomplete: str = "email") -> EmailField:
    return EmailField(
        "E-mail address",
        [DataRequired(NEEDED), Length(max=MAX_LENGTH), _address],
        filters=[tidy],
        render_kw={"autocomplete": autocomplete},
    )


def _current_password(element_id: str = "current") -> PasswordField:
    return PasswordField(
        "Your current password",
        [DataRequired(NEEDED)],
        id=element_id,
        render_kw={"autocomplete": "current-password"},
    )


def _new_password() -> PasswordField:
    return PasswordField(
        "New password",
        [DataRequired(NEEDED)],
        description="At least 12 characters. A few words are easy to remember.",
        render_kw={"autocomplete": "new-password", "minlength": 12},
    )


def _text(label: str, description: str, *, needed: bool = False, most: int = 2000) -> TextAreaField:
    checks = [Length(max=most), *([DataRequired(NEEDED)] if needed else [])]
    return TextAreaField(label, checks, description=description, filters=[tidy], render_kw={"rows": 3})


class SignIn(PageForm):
    """Address and password."""

    email = StringField(
        "E-mail address",
        [DataRequired(NEEDED), Length(max=MAX_LENGTH)],
        filters=[tidy],
        render_kw={"autocomplete": "username", "type": "email"},
    )
    password = PasswordField(
        "Password",
        [DataRequired(NEEDED), Length(max=1024)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class ForgottenPassword(PageForm):
    """The address that the link goes to."""

    email = _email("username")


class Welcome(PageForm):
    """A link's token with the password that its holder chooses."""

    token = StringField(
        "Link from your mail",
        [DataRequired(NEEDED), Length(max=500)],
        filters=[tidy],
        description="Paste the whole link.",
        render_kw={"autocomplete": "off"},
    )
    password = _new_password()


class Invite(PageForm):
    """Somebody who is to work in the account."""

    name = _name()
    email = _email("off")
    role = SelectField("Role", choices=[SelectChoice(role.value, text) for role, text in ROLES.items()])


class ChangeRole(PageForm):
    """A user's new role."""

    role = SelectField("Role", choices=[SelectChoice(role.value, text) for role, text in ROLES.items()])


class OwnData(PageForm):
    """A user's own name and address."""

    name = _name()
    email = _email()
    current = _current_password()


class OwnPassword(PageForm):
    """A user's own new password."""

    current = _current_password("password-current")  # one page shows it beside OwnData
    password = _new_password()


class Organisation(PageForm):
    """What an account says about itself: the items of Art. 13(1) GDPR."""

    name = StringField(
        "Name of the account",
        [DataRequired(NEEDED), Length(max=100)],
        filters=[tidy],
        description="Shown to your own people, and as the sender of mails.",
    )
    controller_name = StringField(
        "Legal name",
        [Length(max=200)],
        filters=[tidy],
        description="Who is responsible for the data: the controller, as registered.",
    )
    controller_address = _text("Postal address", "Where the controller can be reached by letter.")
    controller_email = StringField(
        "Address for privacy questions",
        [Length(max=MAX_LENGTH)],
        filters=[tidy],
        description="An e-mail address that somebody reads.",
        render_kw={"type": "email"},
    )
    dpo_contact = _text("Data protection officer", "Name or role and how to reach them. None? Write “None”.")
    supervisory_authority = _text(
        "Supervisory authority", "Where people may complain, such as your country's."
    )
    recipients = _text("Recipients", "Who else receives the data, such as your mail provider.")
    transfers = _text(
        "Transfers outside the EEA", "To which countries, with which safeguards. None? Write “None”."
    )

    def validate_controller_email(self, field: Field) -> None:
        """An address is checked once there is one; publishing a form is what demands it."""
        if field.data:
            _address(self, field)


class DeleteAccount(PageForm):
    """The typed confirmation of deleting everything."""

    confirmation = StringField(
        "Name of the account", [DataRequired(NEEDED)], filters=[tidy], render_kw={"autocomplete": "off"}
    )
    current = _current_password()


def _wording() -> tuple[SelectField, StringField, TextAreaField]:
    languages = [SelectChoice(language, language_name(language)) for language in LANGUAGES]
    return (
        SelectField("Language", choices=languages, default=FALLBACK),
        StringField(
            "In a few words",
            [DataRequired(NEEDED), Length(max=TITLE_LENGTH)],
            filters=[tidy],
            description="What people tick, or the heading in the privacy notice.",
        ),
        _text(
            "In full",
            "What exactly the data is used for, by whom and until when. Plain words.",
            most=BODY_LENGTH,
        ),
    )


CHANGES = (
    (
        "substantive",
        "The meaning. Everybody who agreed is asked again; until then they count as not agreeing.",
    ),
    ("editorial", "Only the wording. It means the same, and earlier answers cover it."),
)


class PurposeWording(PageForm):
    """New words for a purpose in one language."""

    language, title, body = _wording()
    change = RadioField(
        "What changes",
        [Optional()],
        choices=[SelectChoice(value, text) for value, text in CHANGES],
        default="substantive",
    )

    def start_from(self, newest: Mapping[str, NoticeVersion]) -> None:
        """Shows the present words where nothing was typed yet."""
        self.language.data = self.language.data or FALLBACK
        present = newest.get(self.language.data)
        if present is not None and not self.errors and not self.title.data:
            self.title.data, self.body.data = present.title, present.body


class AddPurpose(PageForm):
    """A purpose with its first words."""

    basis = SelectField("Legal basis", choices=[SelectChoice(basis.value, basis.value) for basis in Basis])
    webinar = StringField("For", filters=[tidy])
    language, title, body = _wording()
    required = BooleanField(
        "Nobody can register without agreeing",
        description="Only where the webinar is impossible without it. Consent must be free to count.",
    )

    @property
    def webinar_id(self) -> UUID | None:
        """The webinar it is for; None for all of the account. Raises Invalid for what is no id."""
        return chosen_webinar(self.webinar.data)


def chosen_webinar(text: str | None) -> UUID | None:
    """The webinar chosen in a form; None for all of the account. Raises Invalid for what is no id."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Invalid({"webinar": "Please choose one of the webinars."}) from None
