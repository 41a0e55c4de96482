"""What states and choices are called on the admin's pages, and what is offered in lists."""

from webinar.i18n import LANGUAGES, N_, language_name
from webinar.models import Access, WebinarState
from webinar.webinars.local_time import time_zones

STATES = {
    WebinarState.DRAFT: N_("Draft"),
    WebinarState.SCHEDULED: N_("Scheduled"),
    WebinarState.LIVE: N_("Live"),
    WebinarState.PAUSED: N_("Paused"),
    WebinarState.ENDED: N_("Ended"),
}
ACCESS = {
    Access.REGISTRATION: (N_("With registration"), N_("Everybody can register; whoever did can watch.")),
    Access.OPEN: (N_("Open"), N_("Everybody with the link can watch at once. Nobody registers.")),
    Access.INVITATION: (N_("By invitation"), N_("Only people whom you invite can register.")),
}


def languages() -> list[tuple[str, str]]:
    """The languages of the participants' pages, each by its own name."""
    return [(language, language_name(language)) for language in LANGUAGES]


def zones() -> list[tuple[str, str]]:
    """The time zones to choose from, with spaces where the database has underscores."""
    return [(zone, zone.replace("_", " ")) for zone in time_zones()]
