"""What the demo says: an academy by the sea, its webinars, and people who talk about the tide."""

from dataclasses import dataclass
from typing import Any

from webinar.accounts.accounts import AccountData

ACADEMY = AccountData(
    name="Lighthouse Academy",
    controller_name="Lighthouse Academy Foundation",
    controller_address="Quay 12, 1011 AB Amsterdam, Netherlands",
    controller_email="privacy@lighthouse.example.org",
    dpo_contact="dpo@lighthouse.example.org",
    supervisory_authority="Autoriteit Persoonsgegevens, Postbus 93374, 2509 AJ The Hague",
    recipients="Only our own staff. The webinar runs on our own server; nobody else receives your data.",
    transfers="None. Everything stays in the European Union.",
)
OWNER = ("owner@lighthouse.example.org", "Ada Brandt")
HOST = ("host@lighthouse.example.org", "Joris de Wit")

TIDE = {
    "title": "How the tide turns",
    "description": (
        "Twice a day the sea leaves the harbour and comes back. **Why is it never on time?**\n\n"
        "In this lecture we look at\n\n"
        "- what the moon really does, and what it does not,\n"
        "- why Calais has seven metres of tide and Den Helder hardly two,\n"
        "- how a tide table is made, from brass wheels to models.\n\n"
        "No mathematics needed. Bring a cup of tea and your questions."
    ),
    "duration_minutes": "90",
    "access": "registration",
    "max_registrants": "500",
    "retention_days": "30",
}
OPEN_HOUSE = {
    "title": "Open house: a look behind the lens",
    "description": (
        "Walk up the lighthouse with us, past the lens from 1879, to the gallery.\n\n"
        "Everybody is welcome and nobody has to register. Choose a name if you want to say something."
    ),
    "duration_minutes": "240",
    "access": "open",
    "retention_days": "7",
}
STORM = {
    "title": "Reading a storm chart",
    "description": (
        "Isobars, fronts and the small print at the edge: what a storm chart says and what it keeps to itself.\n\n"
        "Recorded last week. Register to see the replay."
    ),
    "duration_minutes": "45",
    "access": "registration",
    "retention_days": "30",
}
COLOURS = {"tide": "#0b6e75", "open": "#8a4b08", "storm": "#4b4fa8"}
SPEAKERS = {
    "tide": (
        (
            "Dr. Noor Haddad",
            "Oceanographer, Lighthouse Academy",
            "Has measured tides on four coasts and in one bathtub.",
        ),
        (
            "Pieter Maas",
            "Harbour pilot, retired",
            "Brought ships through the Western Scheldt for thirty years.",
        ),
    ),
    "open": (("Joris de Wit", "Keeper of the lens", "Polishes 1,176 prisms, one by one."),),
    "storm": (("Ilse Vermeer", "Meteorologist", "Forecasts for fishermen, who do not forgive."),),
}

TAKING_PART = (
    "Taking part in the webinar",
    "We use your address to send your personal link, and your answers to prepare the webinar.",
)
NEWS = (
    "News about our lectures",
    "Tell me about further lectures by e-mail, at most once a month. I can change my mind at any time.",
)
QUOTES = (
    "Quoting my questions",
    "You may quote my questions, without my name, in the summary you publish afterwards.",
)


FIELDS: list[dict[str, Any]] = [
    {
        "type": "email",
        "key": "email",
        "required": True,
        "label": {"en": "E-mail address"},
        "help": {"en": "Your personal link is sent here."},
    },
    {
        "type": "short_text",
        "key": "name",
        "required": False,
        "label": {"en": "Name"},
        "help": {"en": "Others see it when you write. A first name or a nickname is enough."},
    },
    {
        "type": "single_choice",
        "key": "background",
        "required": True,
        "label": {"en": "What brings you here?"},
        "display": "radio",
        "choices": [
            {"value": "curious", "label": {"en": "Curiosity"}},
            {"value": "sailor", "label": {"en": "I sail"}},
            {"value": "teacher", "label": {"en": "I teach"}},
        ],
    },
    {
        "type": "short_text",
        "key": "harbour",
        "required": False,
        "label": {"en": "Your home harbour"},
        "help": {"en": "So that we can show its tide table."},
        "shown_if": {"field": "background", "values": ["sailor"]},
        "retention_days": 7,
    },
    {
        "type": "long_text",
        "key": "question",
        "required": False,
        "label": {"en": "What would you like to know?"},
    },
]


def form_fields(purposes: dict[str, str]) -> list[dict[str, Any]]:
    """The registration form as JSON rows. `purposes` maps "news" and "quotes" to the ids of their purposes."""
    return [
        *FIELDS,
        {"type": "consent", "key": "consent_quotes", "purpose_id": purposes["quotes"]},
        {"type": "consent", "key": "consent_news", "purpose_id": purposes["news"]},
    ]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who registered."""

    name: str
    background: str
    harbour: str = ""
    news: bool = False


PEOPLE = (
    Person("Mira", "sailor", "Lemmer", news=True),
    Person("Tom", "curious"),
    Person("Aïcha", "teacher", news=True),
    Person("Lars", "sailor", "Husum"),
    Person("Béatrice", "curious", news=True),
    Person("سارة", "teacher"),
    Person("Wouter", "curious"),
    Person("Greta", "sailor", "Emden"),
)
# Who says it is a place in PEOPLE; None is the host.
CHAT = (
    (None, "Good evening, and welcome. We start with the moon. Write your questions under Q&A."),
    (0, "Good evening from Lemmer, where there is no tide at all :)"),
    (1, "Hello. First time here, the picture is lovely."),
    (4, "Bonsoir de Saint-Malo, twelve metres tonight!"),
    (None, "Twelve metres! You will be our best example in ten minutes."),
    (2, "Watching with my class of 26. Can they ask too?"),
    (None, "Please do. One question at a time, we collect them."),
    (5, "مساء الخير من الإسكندرية"),
    (7, "The pilot's story about the Western Scheldt alone was worth it."),
    (3, "Here is the table for Husum: https://www.example.org/tides/husum"),
)
# Who asks, what, anonymously, what became of it, the written answer.
QUESTIONS = (
    (2, "Why are there two high tides a day and not one?", False, "published", ""),
    (0, "Does the Wadden Sea get deeper or shallower over the years?", False, "published", ""),
    (
        1,
        "Is a spring tide always in spring?",
        True,
        "answered",
        "No. It comes at every new and full moon, all year.",
    ),
    (4, "Could you show the machine with the brass wheels again?", False, "pending", ""),
    (6, "Will there be a recording?", False, "answered", "Yes, the replay is here from tomorrow on."),
)
VOTES = {0: (0, 1, 3, 4, 6), 1: (2, 3, 7), 2: (5,)}
