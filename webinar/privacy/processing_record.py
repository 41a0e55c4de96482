"""The record of processing activities (Art. 30(1) GDPR), from the columns' declarations and the live configuration.

One activity for each purpose that a column is declared for, with whose data it is, which classes of data, on what
basis and for how long; then what the account asks consent for, and what the account says about itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.models import Account, Basis, DataCategory, FormVersion, NoticeVersion, Purpose, Webinar
from webinar.privacy.inventory import PersonalColumn, cascade_path, personal_columns, table_named
from webinar.privacy.processor import Processor
from webinar.privacy.schedule import category_days
from webinar.privacy.tabular import BYTE_ORDER_MARK, csv_lines
from webinar.registration.definition import declared_for, read_definition, serves
from webinar.registration.field_types import Consent, Field, say

BASES = {
    Basis.CONSENT: "Consent, Art. 6(1)(a)",
    Basis.CONTRACT: "Contract, Art. 6(1)(b)",
    Basis.LEGAL_OBLIGATION: "Legal obligation, Art. 6(1)(c)",
    Basis.LEGITIMATE_INTEREST: "Legitimate interest, Art. 6(1)(f)",
}
# Art. 30(1)(g) and 32(1): what the platform itself does.
MEASURES = (
    "Tokens and passwords are stored as hashes only (SHA-256 of 256 random bits; argon2id).",
    "Every row is tied to its account by the database; other accounts' data cannot be looked up.",
    "Deleting overwrites the data in the database's files, and a receipt says when, and how far, that was proven.",
    "Logs, the audit trail and messages between servers carry ids and counts, never what people typed.",
    "Strict content security policy; no third-party requests; public pages set no cookies.",
)


@dataclass(frozen=True, slots=True)
class Activity:
    """One processing activity: Art. 30(1)(b), (c) and (f)."""

    purpose: str
    people: tuple[str, ...]
    data: tuple[str, ...]
    bases: tuple[str, ...]
    kept: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptField:
    """A field of a webinar's form in force; `days` as far as it has its own, `uses` the consents and interests it is declared for."""

    name: str
    kind: str
    required: bool
    days: int | None
    uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptWebinar:
    """How long a webinar keeps what, in days after its end, and what its form asks."""

    title: str
    days: int
    chat_days: int
    questions_days: int
    answers_days: int
    fields: tuple[KeptField, ...] = ()


@dataclass(frozen=True, slots=True)
class ProcessingRecord:
    """The record of one account. `facts` are Art. 30(1)(a), (d) and (e) in the account's own words."""

    facts: Mapping[str, str]
    activities: Sequence[Activity]
    consents: Sequence[str]
    retention: Sequence[KeptWebinar]
    processor: Processor
    measures: Sequence[str] = MEASURES


async def read_processing_record(
    db: AsyncSession, account: Account, processor: Processor
) -> ProcessingRecord:
    """The record of `account` as things are now."""
    return ProcessingRecord(
        facts={
            "Controller": account.controller_name or account.name,
            "Address": account.controller_address,
            "Contact": account.controller_email,
            "Data protection officer": account.dpo_contact,
            "Recipients": account.recipients,
            "Transfers outside the EEA": account.transfers,
            "Processor": "\n".join(filter(None, (processor.name, processor.contact))),
            "Hosting": processor.hosting,
        },
        activities=activities(),
        consents=await _asked(db, account),
        retention=await _kept_webinars(db, account),
        processor=processor,
    )


def activities() -> list[Activity]:
    """One activity for each declared purpose, in the order of the tables."""
    by_purpose: dict[str, list[PersonalColumn]] = {}
    for found in personal_columns():
        by_purpose.setdefault(found.declaration.purpose, []).append(found)
    return [_activity(purpose, columns) for purpose, columns in by_purpose.items()]


def record_as_facts(record: ProcessingRecord) -> dict[str, Any]:
    """The record for JSON."""
    return {
        "controller": dict(record.facts),
        "activities": [
            {
                "purpose": activity.purpose,
                "data_subjects": activity.people,
                "data": activity.data,
                "legal_bases": activity.bases,
                "kept": activity.kept,
                "columns": activity.columns,
            }
            for activity in record.activities
        ],
        "consents": list(record.consents),
        "retention": [
            {
                "webinar": kept.title,
                "days": kept.days,
                "chat_days": kept.chat_days,
                "questions_days": kept.questions_days,
                "answers_days": kept.answers_days,
                "fields": [asdict(field) for field in kept.fields],
            }
            for kept in record.retention
        ],
        "subprocessors": [each.model_dump() for each in record.processor.subprocessor],
        "measures": list(record.measures),
    }


def record_as_csv(record: ProcessingRecord) -> bytes:
    """The record's activities for a spreadsheet; each line has all that Art. 30(1) asks for, so it stands alone."""
    said = dict(record.facts)
    said["Recipients"] = "; ".join(
        filter(None, [said["Recipients"], *(each.name for each in record.processor.subprocessor)])
    )
    headings = ("Purpose", "Data subjects", "Data", "Legal basis", "Kept", *said, "Technical measures")
    lines = [
        (
            activity.purpose,
            *("; ".join(part) for part in (activity.people, activity.data, activity.bases, activity.kept)),
            *said.values(),
            " ".join(record.measures),
        )
        for activity in record.activities
    ]
    return (BYTE_ORDER_MARK + csv_lines([headings, *lines])).encode()


async def _kept_webinars(db: AsyncSession, account: Account) -> list[KeptWebinar]:
    webinars = select(Webinar).where(col(Webinar.account_id) == account.id)
    forms = (
        select(FormVersion)
        .where(col(FormVersion.account_id) == account.id, col(FormVersion.published_at).is_not(None))
        .order_by(col(FormVersion.number))
    )
    # The newest published version of each webinar is in force.
    titles = await _titles(db, account)
    interests = await _interests(db, account)
    in_force = {form.webinar_id: form for form in (await db.exec(forms)).all()}
    return [
        KeptWebinar(
            webinar.title,
            webinar.retention_days,
            category_days(webinar, DataCategory.CHAT),
            category_days(webinar, DataCategory.QUESTIONS),
            category_days(webinar, DataCategory.ANSWERS),
            _kept_fields(in_force.get(webinar.id), webinar.language, titles, interests),
        )
        for webinar in (await db.exec(webinars.order_by(col(Webinar.created_at), col(Webinar.id)))).all()
    ]


def _kept_fields(
    form: FormVersion | None, language: str, titles: Mapping[UUID, str], interests: Sequence[UUID]
) -> tuple[KeptField, ...]:
    if form is None:
        return ()
    definition = read_definition(form.fields)
    asked = [consent.purpose_id for consent in definition.consents]
    return tuple(
        KeptField(
            _name_of(field, language, titles),
            field.kind(),
            field.required,
            field.retention_days,
            (
                *(titles.get(each, "") for each in asked if _is_used(field, each)),
                *(titles.get(each, "") for each in interests if declared_for(field, each)),
            ),
        )
        for field in definition.fields
    )


async def _interests(db: AsyncSession, account: Account) -> Sequence[UUID]:
    """What rests on a legitimate interest at present, in the purposes' order."""
    found = select(col(Purpose.id)).where(
        col(Purpose.account_id) == account.id,
        col(Purpose.basis) == Basis.LEGITIMATE_INTEREST,
        col(Purpose.retired_at).is_(None),
    )
    return (await db.exec(found.order_by(col(Purpose.position), col(Purpose.created_at)))).all()


def _name_of(field: Field, language: str, titles: Mapping[UUID, str]) -> str:
    # A consent is called what its purpose is.
    words = titles.get(field.purpose_id, "") if isinstance(field, Consent) else say(field.label, language)
    return words or field.key


def _is_used(field: Field, purpose_id: UUID) -> bool:
    return not isinstance(field, Consent) and serves(field, purpose_id)


async def _titles(db: AsyncSession, account: Account) -> dict[UUID, str]:
    """What each purpose is called last."""
    titles = (
        select(col(NoticeVersion.purpose_id), col(NoticeVersion.title))
        .where(col(NoticeVersion.account_id) == account.id, col(NoticeVersion.purpose_id).is_not(None))
        .order_by(col(NoticeVersion.number), col(NoticeVersion.language))
    )
    return {purpose_id: title for purpose_id, title in (await db.exec(titles)).all() if purpose_id}


def _activity(purpose: str, columns: Sequence[PersonalColumn]) -> Activity:
    declarations = [found.declaration for found in columns]
    return Activity(
        purpose,
        _once(_people(found.table) for found in columns),
        _once(str(declaration.data_class) for declaration in declarations),
        _once(BASES[declaration.basis] for declaration in declarations),
        _once(str(declaration.kept) for declaration in declarations),
        _once(f"{found.table}.{found.column}" for found in columns),
    )


def _people(table: str) -> str:
    if cascade_path(table_named(table), "participant"):
        return "participants"
    return "speakers" if table == "speaker" else "users of the account"


def _once(words: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


async def _asked(db: AsyncSession, account: Account) -> list[str]:
    """The titles of the consents that are asked for at present, each once."""
    titles = (
        select(col(NoticeVersion.title))
        .join(Purpose, col(Purpose.id) == col(NoticeVersion.purpose_id))
        .where(
            col(Purpose.account_id) == account.id,
            col(Purpose.basis) == Basis.CONSENT,
            col(Purpose.retired_at).is_(None),
        )
        .order_by(col(Purpose.position), col(Purpose.created_at), col(NoticeVersion.number))
    )
    return list(dict.fromkeys((await db.exec(titles)).all()))
