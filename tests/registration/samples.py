"""A published form with a bit of everything, and filled-in forms to send to it."""

from dataclasses import dataclass
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.datastructures import FormData, UploadFile

from tests.support.samples import NOW, make_account, make_purpose, make_webinar
from webinar.i18n import Catalogues
from webinar.models import Account, Basis, Purpose, Webinar
from webinar.registration.compiled import Forms
from webinar.registration.definition import (
    FormDefinition,
    dump_definition,
    read_definition,
    starting_definition,
)
from webinar.registration.form import CompiledForm, Entry
from webinar.registration.publishing import publish_form
from webinar.registration.versions import consent_field, save_draft

CATALOGUES = Catalogues()
FIELDS: list[dict[str, Any]] = [
    {"type": "short_text", "key": "organisation", "label": {"en": "Organisation", "nl": "Organisatie"}},
    {
        "type": "single_choice",
        "key": "coming",
        "label": {"en": "Will you be there?"},
        "required": True,
        "choices": [
            {"value": "live", "label": {"en": "Live"}},
            {"value": "replay", "label": {"en": "I watch the replay"}},
        ],
    },
    {
        "type": "long_text",
        "key": "question",
        "label": {"en": "A question beforehand"},
        "shown_if": {"field": "coming", "values": ["live"]},
        "required": True,
    },
    {"type": "hidden", "key": "source", "label": {"en": "Source"}, "parameter": "utm_source"},
]


@dataclass
class Published:
    """A webinar that takes registrations."""

    account: Account
    webinar: Webinar
    news: Purpose
    form: CompiledForm


async def publish_sample(db: AsyncSession, account: Account | None = None, **values: Any) -> Published:
    """A webinar with `FIELDS`, one told purpose and one optional consent, published; of a new account or this one."""
    account = account or await make_account(db)
    await make_purpose(db, account, "Giving you the webinar", basis=Basis.CONTRACT)
    news = await make_purpose(db, account, "News by mail", "About once a month.")
    webinar = await make_webinar(db, account, **values)
    start = dump_definition(starting_definition("en", CATALOGUES, [consent_field(news)]))
    await save_draft(db, webinar, read_definition([*start, *FIELDS]))
    version = await publish_form(db, account, webinar, catalogues=CATALOGUES, now=NOW)
    return Published(account, webinar, news, await Forms(CATALOGUES).load(db, version, "en"))


def definition_of(*fields: dict[str, Any]) -> FormDefinition:
    """The smallest form with these fields behind."""
    return read_definition([*dump_definition(starting_definition("en", CATALOGUES, [])), *fields])


def sent(**values: str | list[str]) -> FormData:
    """What a browser would send."""
    pairs: list[tuple[str, str | UploadFile]] = [
        (name, each)
        for name, value in values.items()
        for each in ([value] if isinstance(value, str) else value)
    ]
    return FormData(pairs)


def entry_of(form: CompiledForm, email: str = "ada@example.com", **values: str) -> Entry:
    """A form filled in without errors."""
    usual = {"name": "Ada", "coming": "live", "question": "Why?"}
    filled = form.filled(sent(email=email, **{**usual, **values}))
    entry = filled.read()
    assert entry, filled.errors
    return entry
