"""A webinar with a crowd, for benchmarks: rows put in many at a time, as the product's own code would leave them."""

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.accounts.accounts import AccountData, create_account
from webinar.accounts.sessions import start_session
from webinar.accounts.users import NewUser
from webinar.consent.notices import Wording, publish_wording
from webinar.consent.purposes import add_purpose
from webinar.db import Database
from webinar.i18n import Catalogues
from webinar.models import (
    Account,
    Answer,
    Basis,
    ChatMessage,
    ConsentRecord,
    FormVersion,
    Participant,
    Purpose,
    Registration,
    Role,
    Webinar,
    WebinarState,
    next_id,
)
from webinar.registration.definition import dump_definition, read_definition, starting_definition
from webinar.registration.publishing import pinned, publish_form
from webinar.registration.versions import consent_field, save_draft

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BATCH = 2000
CATALOGUES = Catalogues()
FIELDS: list[dict[str, Any]] = [
    {"type": "short_text", "key": "organisation", "label": {"en": "Organisation"}},
    {"type": "short_text", "key": "role", "label": {"en": "Role"}},
    {"type": "country", "key": "country", "label": {"en": "Country"}},
]
FIRST = (
    "Ada",
    "Björn",
    "Chloé",
    "Daan",
    "Emre",
    "Fatima",
    "Grace",
    "Hugo",
    "Ines",
    "Jürgen",
    "Kaya",
    "Lotte",
)
LAST = ("Lovelace", "Hopper", "de Vries", "Müller", "Dubois", "Yılmaz", "Haddad", "Jansen", "Rossi", "Novák")


@dataclass(frozen=True)
class Crowd:
    """Who was made: the webinar, and the cookie of a signed-in owner."""

    account: Account
    webinar: Webinar
    token: str


async def make_crowd(db: Database, people: int, messages_each: int = 0) -> Crowd:
    """A webinar with `people` registered, each with three answers, a consent and `messages_each` messages."""
    async with db.writing() as unit:
        account, owner = await _account(unit)
        purpose = await _purpose(unit, account)
        webinar = await _webinar(unit, account)
        form = await _form(unit, account, webinar, purpose)
        token = (await start_session(unit, owner, datetime.now(UTC))).token
    for start in range(0, people, BATCH):
        async with db.writing() as unit:
            await _add_people(unit, form, purpose, range(start, min(start + BATCH, people)), messages_each)
    return Crowd(account, webinar, token)


async def _account(db: AsyncSession) -> tuple[Account, Any]:
    none = "None"
    data = AccountData(
        "Polder", "Polder B.V.", "Dijkweg 1", "privacy@polder.example.com", none, "AP", none, none
    )
    return await create_account(db, data, NewUser("owner@polder.example.com", "Owner", Role.OWNER, "!"), NOW)


async def _purpose(db: AsyncSession, account: Account) -> Purpose:
    told = await add_purpose(db, account.id, now=NOW, basis=Basis.CONTRACT)
    await publish_wording(db, told, "en", Wording.of("Giving you the webinar", ""), NOW)
    purpose = await add_purpose(db, account.id, now=NOW, basis=Basis.CONSENT)
    await publish_wording(db, purpose, "en", Wording.of("News by mail", "About once a month."), NOW)
    return purpose


async def _webinar(db: AsyncSession, account: Account) -> Webinar:
    webinar = Webinar(
        account_id=account.id,
        title="Dikes that breathe",
        state=WebinarState.SCHEDULED,
        starts_at=datetime.now(UTC) + timedelta(days=7),
        epoch=uuid4(),
        created_at=NOW,
    )
    db.add(webinar)
    await db.flush()
    return webinar


async def _form(db: AsyncSession, account: Account, webinar: Webinar, purpose: Purpose) -> FormVersion:
    start = dump_definition(starting_definition("en", CATALOGUES, [consent_field(purpose)]))
    await save_draft(db, webinar, read_definition([*start, *FIELDS]))
    return await publish_form(db, account, webinar, catalogues=CATALOGUES, now=NOW)


async def _add_people(
    db: AsyncSession, form: FormVersion, purpose: Purpose, numbers: range, messages_each: int
) -> None:
    pins = pinned(form)
    notice = pins.consents[purpose.id].notices["en"]
    rows: dict[type[SQLModel], list[dict[str, Any]]] = {}
    for number in numbers:
        for model, row in _person(form, number, pins.privacy["en"], messages_each):
            rows.setdefault(model, []).append(row)
        rows.setdefault(ConsentRecord, []).append(
            _consent(form, rows[Participant][-1]["id"], purpose.id, notice, number)
        )
    connection = await db.connection()
    for model, batch in rows.items():
        await connection.execute(insert(model), batch)


def _person(
    form: FormVersion, number: int, notice: UUID, messages_each: int
) -> Iterator[tuple[type[SQLModel], dict[str, Any]]]:
    owner = {"account_id": form.account_id, "webinar_id": form.webinar_id}
    person, registration = uuid4(), next_id()
    name = f"{random.choice(FIRST)} {random.choice(LAST)}"
    email = f"{name.split(maxsplit=1)[0].lower()}.{number}@example.com"
    at = NOW + timedelta(milliseconds=37 * number)
    yield (
        Participant,
        owner
        | {
            "id": person,
            "email": email,
            "email_key": email,
            "display_name": name,
            "state": "registered",
            "language": "en",
            "link_generation": 1,
            "link_hash": secrets.token_bytes(32),
            "created_at": at,
        },
    )
    yield (
        Registration,
        owner
        | {
            "id": registration,
            "participant_id": person,
            "form_version_id": form.id,
            "privacy_notice_id": notice,
            "submission_key": secrets.token_hex(16),
            "submitted_at": at,
        },
    )
    for key, value in (("organisation", "Polder Academy"), ("role", "Engineer"), ("country", "NL")):
        answer = {"id": next_id(), "participant_id": person, "registration_id": registration}
        yield Answer, owner | answer | {"field_key": key, "value": value}
    for message in range(messages_each):
        seq = number * messages_each + message + 1
        posted = {"id": next_id(), "participant_id": person, "client_id": uuid4(), "kind": "chat"}
        body = "How does the tide know when to turn, and who tells it so?"
        yield (
            ChatMessage,
            owner | posted | {"body": body, "posted_seq": seq, "seq": seq, "posted_at": at},
        )


def _consent(form: FormVersion, person: UUID, purpose_id: UUID, notice: UUID, number: int) -> dict[str, Any]:
    return {
        "id": next_id(),
        "account_id": form.account_id,
        "webinar_id": form.webinar_id,
        "participant_id": person,
        "purpose_id": purpose_id,
        "notice_version_id": notice,
        "number": 1,
        "state": "given" if number % 3 else "refused",
        "language": "en",
        "at": NOW,
        "method": "registration form",
        "withdrawal_method": "the link in every mail",
        "controller": "Polder B.V.",
        "retention": "90 days",
    }
