"""The forms about keeping data: days and their bounds, and legal holds."""

from uuid import UUID

from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from webinar.routes.forms import NEEDED, PageForm, chosen_webinar, tidy

SOONER = "Empty: with everything else."


def _days(label: str, description: str = "", *, needed: bool = False) -> IntegerField:
    return IntegerField(
        label,
        [InputRequired(NEEDED) if needed else Optional()],
        description=description,
        render_kw={"inputmode": "numeric"},
    )


class KeepingDays(PageForm):
    """How long new webinars keep their data, and the bounds for all of them."""

    retention_days = _days("Everything", "Registrations, answers, chat and questions.", needed=True)
    answers_days = _days("Answers of the registration form", SOONER)
    questions_days = _days("Questions", SOONER)
    chat_days = _days("Chat", SOONER)
    shortest_days = _days("Shortest", "No webinar, category or field may keep data for less.", needed=True)
    longest_days = _days("Longest", "No webinar, category or field may keep data for more.", needed=True)


class PlaceHold(PageForm):
    """What must be kept, and why."""

    webinar = StringField("What is held", filters=[tidy])
    reason = TextAreaField(
        "Reason",
        [DataRequired(NEEDED), Length(max=2000)],
        description="The claim, or the duty of law, with its reference. Don't name participants.",
        filters=[tidy],
        render_kw={"rows": 3},
    )

    @property
    def webinar_id(self) -> UUID | None:
        """The webinar; None for all of the account. Raises Invalid for what is no id."""
        return chosen_webinar(self.webinar.data)
